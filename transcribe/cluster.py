"""Speech to text by workers of other machines, of which a dask scheduler knows (`transcribe.remote` is what they do).

A batch goes to a worker that offers this version of the program and the model wanted, and waits while there is none.
"""

import asyncio
import logging
import pickle  # nosec: both ends are this program, and who reaches a dask scheduler may run what they like anyway
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

try:
    from distributed import Client, KilledWorker
    from distributed.client import FutureCancelledError
except ModuleNotFoundError as absent:
    from transcribe.errors import ClusterMissing

    raise ClusterMissing from absent

from transcribe.engine import Job, Result
from transcribe.errors import StoreFailed, WorkerLost, WorkersAway
from transcribe.executor import WorkerStats
from transcribe.remote import LEAVE, LOOK, NAME, hear, offer, version
from transcribe.store import Parcel, Store

logger = logging.getLogger(__name__)

SILENCE = 10.0  # seconds after which a scheduler does not answer
REST = 60.0  # seconds until a store that failed is tried again: while it fails, nobody's words wait for it


@dataclass(frozen=True)
class Census:
    """The workers of a scheduler: `fit` have this program's version and the model wanted, `models` are those others of
    this version have, `versions` those of the rest."""

    fit: int = 0
    models: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


async def census(scheduler: str, model: str) -> Census:
    """Who is there. Raises WorkersAway where the scheduler does not answer."""
    try:
        client = await _client(scheduler)
        try:
            async with asyncio.timeout(SILENCE):
                return await _census(client, version(), model)
        finally:
            await _closed(client)
    except Exception as error:  # dask tells in many ways that nobody answers
        raise WorkersAway(scheduler, str(error) or type(error).__name__) from error


class Cluster:
    """An Executor of all workers that offer a model at a scheduler (`tcp://host:8786`), as they come and go.

    Args:
        scheduler: its address.
        model: the model's name, as workers offer it.
        language: of jobs that name none; None lets the engine find out, utterance by utterance.
        others: languages that may be spoken beside it.
        store: the address of a Store that the workers reach too; "" sends sound with the task.

    Raises:
        StoreFailed: the store is none.
    """

    def __init__(
        self, scheduler: str, model: str, *, language: str | None = None, others: Sequence[str] = (), store: str = ""
    ) -> None:
        self._scheduler, self._model = scheduler, model
        self._language, self._others = language, tuple(others)
        self._store = _store(store) if store else None
        self._rested = 0.0
        self._version = version()
        self._client: Client | None = None
        self._connecting = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None
        self._changed: Callable[[], None] = lambda: None
        self._seats = 0

    @property
    def seats(self) -> int:
        """Workers that offer the model, 0 while the scheduler does not answer."""
        return self._seats

    def watch(self, changed: Callable[[], None]) -> None:
        """Look at the scheduler from now on."""
        self._changed = changed
        self._watching = asyncio.create_task(self._watch())

    async def ready(self) -> None:
        """Raises WorkersAway where the scheduler does not answer; workers may come later."""
        await self._look()

    async def transcribe(self, jobs: Sequence[Job]) -> list[Result]:
        """Raises WorkerLost where workers died over it, WorkersAway where the scheduler was lost."""
        asked = [
            replace(job, language=job.language or self._language, others=job.others or self._others) for job in jobs
        ]
        if self._store and time.monotonic() >= self._rested:
            try:
                return await self._by_store(self._store, asked)
            except StoreFailed as error:
                logger.warning("%s The sound goes with the task.", error)
                self._rested = time.monotonic() + REST
        return await self._ask(asked, ())

    def stats(self) -> tuple[WorkerStats, ...]:
        """None is on this machine."""
        return ()

    async def close(self) -> None:
        """Leave the scheduler; what is being heard is dropped there."""
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await self._leave()

    async def _look(self) -> Census:
        client = await self._connected()
        try:
            async with asyncio.timeout(SILENCE):
                await client.set_metadata(NAME, self._version)
                found = await _census(client, self._version, self._model)
        except Exception as error:  # of a connection that breaks dask tells in many ways
            raise self._away(error) from error
        self._sit(found.fit)
        return found

    async def _watch(self) -> None:
        told: list[Census | None] = []
        while True:
            found, words = None, ""
            try:
                found = await self._look()
                words = _words(found, self._scheduler, self._model, self._version)
            except WorkersAway as away:
                words = away.detail
            if [found] != told:
                well = found and found.fit and not found.versions
                logger.log(logging.INFO if well else logging.WARNING, "%s", words)
                told = [found]
            await asyncio.sleep(LOOK)

    def _sit(self, seats: int) -> None:
        before, self._seats = self._seats, seats
        if seats != before:
            self._changed()

    def _away(self, error: Exception) -> WorkersAway:
        self._sit(0)
        return WorkersAway(self._scheduler, str(error) or type(error).__name__)

    async def _connected(self) -> Client:
        async with self._connecting:
            if self._client and self._client.status == "running":
                return self._client
            await self._leave()
            try:
                self._client = await _client(self._scheduler)
            except Exception as error:  # likewise
                raise self._away(error) from error
            return self._client

    async def _leave(self) -> None:
        client, self._client = self._client, None
        if client:
            await _closed(client)

    async def _by_store(self, store: Store, jobs: list[Job]) -> list[Result]:
        """Raises StoreFailed where the store cannot be used, here or there."""
        parcels: list[Parcel] = []
        try:
            await asyncio.to_thread(_lay, store, jobs, parcels)
            return await self._ask([replace(job, audio=b"") for job in jobs], parcels)
        finally:
            await asyncio.shield(asyncio.to_thread(store.drop, parcels))

    async def _ask(self, jobs: Sequence[Job], parcels: Sequence[Parcel]) -> list[Result]:
        client = await self._connected()
        sent = pickle.dumps((list(jobs), tuple(parcels)))
        try:
            future = client.submit(hear, sent, pure=False, resources={offer(self._version, self._model): 1})
            try:
                results: list[Result] = pickle.loads(await future)  # noqa: S301 of a worker of this version
            finally:
                future.release()
        except KilledWorker as killed:
            raise WorkerLost("Workers of the cluster ended over it, for lack of memory perhaps.") from killed
        except (FutureCancelledError, OSError) as lost:
            raise self._away(lost) from lost
        return results


def _store(url: str) -> Store:
    try:
        return Store(url)
    except OSError as error:
        raise StoreFailed(str(error)) from error


def _lay(store: Store, jobs: Iterable[Job], parcels: list[Parcel]) -> None:
    """Into `parcels`, one by one, so that whoever gives up knows what is there. Raises StoreFailed."""
    try:
        for job in jobs:
            parcels.append(store.put(job.audio))  # noqa: PERF401
    except OSError as error:
        raise StoreFailed(str(error)) from error


async def _client(scheduler: str) -> Client:
    """Raises OSError where the scheduler does not answer."""
    client = Client(scheduler, asynchronous=True, set_as_default=False, timeout=SILENCE, name=NAME)
    try:
        await client
    except BaseException:
        await _closed(client)
        raise
    return client


async def _closed(client: Client) -> None:
    with suppress(OSError, asyncio.TimeoutError):
        await client.close(timeout=LEAVE)


async def _census(client: Client, version: str, model: str) -> Census:
    """Raises OSError where the scheduler does not answer."""
    if client.scheduler is None:
        raise ConnectionError
    workers = (await client.scheduler.identity(n_workers=-1))["workers"].values()
    offers = [key.split(" ", 2)[1:] for one in workers for key in one["resources"] if key.startswith(f"{NAME} ")]
    return Census(
        sum(offer == [version, model] for offer in offers),
        tuple(sorted({theirs for own, theirs in offers if own == version and theirs != model})),
        tuple(sorted({own for own, _ in offers if own != version})),
    )


def _words(found: Census, scheduler: str, model: str, version: str) -> str:
    others = f" Workers of another version ({', '.join(found.versions)}) are given nothing." if found.versions else ""
    if found.fit:
        return f"{found.fit} workers at {scheduler} hear with {model}.{others}"
    others += f" Those there have {', '.join(found.models)}." if found.models else ""
    later = f"What is said waits until one comes: `hemicycle worker --scheduler {scheduler} --model {model}`."
    return f"No worker at {scheduler} hears with {model}, version {version}.{others} {later}"
