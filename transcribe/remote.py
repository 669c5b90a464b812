"""The far side of a cluster: a process on any machine that holds a model, and hears for who asks at a dask scheduler.

It offers this version of the program and its model; only batches that want both come to it.
"""

import asyncio
import hashlib
import logging
import pickle  # nosec: both ends are this program, and who reaches a dask scheduler may run what they like anyway
import platform
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version as released
from pathlib import Path
from typing import cast

try:
    from distributed import Status, Worker, WorkerPlugin, get_worker
except ModuleNotFoundError as absent:
    from transcribe.errors import ClusterMissing

    raise ClusterMissing from absent

from transcribe.engine import Engine, Job, Result
from transcribe.errors import StoreFailed
from transcribe.worker import Recipe

logger = logging.getLogger(__name__)
for _name in ("distributed", "distributed.client"):  # what matters of it is said here, in a sentence
    logging.getLogger(_name).setLevel(logging.CRITICAL)

NAME = "hemicycle"
LOOK = 0.5  # seconds between two looks at the scheduler
LEAVE = 5.0  # seconds it has to hear that one leaves


def version() -> str:
    """The program's, and a digest of this library's own code, so that checkouts too are told apart."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    digest = hashlib.sha256("\0".join(source.read_text("utf-8") for source in sources).encode())
    return f"{released(NAME)}+{digest.hexdigest()[:8]}"


def offer(version: str, model: str) -> str:
    """What dask calls a resource: a worker has one of it, and a batch takes it."""
    return f"{NAME} {version} {model}"


def hear(sent: bytes) -> bytes:
    """What a worker does for `Cluster`. Raises StoreFailed where it does not reach the store."""
    jobs, parcels = pickle.loads(sent)  # noqa: S301 of a program of this version
    if parcels:
        try:
            jobs = [replace(job, audio=parcel.open()) for job, parcel in zip(jobs, parcels, strict=True)]
        except OSError as error:
            raise StoreFailed(f"A worker on {platform.node()} does not find a sound. {error}") from error
    return pickle.dumps(cast("_Ear", get_worker().plugins[NAME]).hear(jobs))


class _Ear(WorkerPlugin):
    """The engine of a worker's process, which outlives its connection."""

    name = NAME

    def __init__(self, engine: Engine) -> None:
        self._engine, self._one = engine, threading.Lock()

    def hear(self, jobs: Sequence[Job]) -> list[Result]:
        with self._one:  # of a connection that was lost a batch may still be at work
            return self._engine.transcribe(jobs)


def serve(scheduler: str, recipe: Recipe, model: str) -> None:
    """Make the engine, and hear for whoever asks at a scheduler until SIGTERM or SIGINT; wait for one that is away.

    Raises:
        ModelBroken: the engine cannot be made.
    """
    ear = _Ear(recipe.make())
    asyncio.run(_until_asked_to_end(scheduler, ear, model))


async def _until_asked_to_end(scheduler: str, ear: _Ear, model: str) -> None:
    work = asyncio.create_task(_serve(scheduler, ear, model))
    for request in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(request, work.cancel)
    with suppress(asyncio.CancelledError):
        await work


async def _serve(scheduler: str, ear: _Ear, model: str) -> None:
    own = version()
    told = {own}
    while True:
        logger.info("Asking at %s for speech to hear with %s, version %s.", scheduler, model, own)
        worker = Worker(scheduler, nthreads=1, resources={offer(own, model): 1}, plugins=(ear,), memory_limit=0)
        try:
            await worker
            logger.info("Hearing for %s.", scheduler)
            while worker.status == Status.running:
                wanted = await worker.scheduler.get_metadata(keys=[NAME], default=own)
                if wanted not in told:
                    logger.warning(
                        "Who asks at %s is of version %s, this worker of %s: it is given nothing. %s",
                        *(scheduler, wanted, own, "Install the same on both machines."),
                    )
                    told.add(wanted)
                await asyncio.sleep(LOOK)
        except (OSError, RuntimeError) as error:
            reason = error.__cause__ or error
            logger.warning("The scheduler %s does not answer (%s); it is asked again.", scheduler, reason)
        finally:
            await _leave(worker)
        await asyncio.sleep(LOOK)


async def _leave(worker: Worker) -> None:
    """What is being heard goes to another at once, without this worker being counted as one that died over it."""
    with suppress(Exception):  # a scheduler that is away needs no farewell
        async with asyncio.timeout(LEAVE):
            leaving = f"{NAME}-{worker.address}"
            await worker.scheduler.retire_workers(
                workers=[worker.address], close_workers=False, remove=True, stimulus_id=leaving
            )
    await worker.close()
