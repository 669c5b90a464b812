"""Where batches are heard: one contract, kept in this process, by processes of this machine, by a cluster's workers.

An executor holds no queue and no truth: what it was given and did not answer is given to it again.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from transcribe.engine import Engine, Job, Result
from transcribe.worker import Recipe, peak_memory


@dataclass(frozen=True)
class WorkerStats:
    """One worker: its process now (None before the first and between two), jobs done, times it had to be replaced, and
    the largest resident size any of its processes reached, in bytes."""

    pid: int | None
    jobs: int
    replaced: int
    peak_memory: int


@runtime_checkable
class Executor(Protocol):
    """Hears batches side by side, as many as it has seats.

    What it raises says what becomes of the jobs: after WorkerLost they run again, each alone, and are given up when
    that happened too often; after WorkersAway they run again as if they had never been given; any other TranscribeError
    is the fate of every job.
    """

    @property
    def seats(self) -> int:
        """Batches that can be heard side by side now; 0 while nobody is there to hear."""
        ...

    def watch(self, changed: Callable[[], None]) -> None:
        """Begin to work; `changed` is called whenever there are other seats than before."""
        ...

    async def ready(self) -> None:
        """Make the engines before the first job needs them. Raises TranscribeError."""
        ...

    async def transcribe(self, jobs: Sequence[Job]) -> list[Result]:
        """One result a job, in order. Raises TranscribeError."""
        ...

    def stats(self) -> tuple[WorkerStats, ...]:
        """One entry a worker on this machine."""
        ...

    async def close(self) -> None:
        """End at once; what is being heard is dropped. May be called twice."""
        ...


class InProcess:
    """An engine in a thread of this process, for programs that do nothing else meanwhile. A batch that was begun is
    heard to its end, though nobody waits for it any more."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._thread = ThreadPoolExecutor(1, "speech")
        self._engine: Engine | None = None
        self._jobs = 0

    @property
    def seats(self) -> int:
        """One."""
        return 1

    def watch(self, changed: Callable[[], None]) -> None:
        """Nothing changes here."""

    async def ready(self) -> None:
        """Raises ModelBroken."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._made)

    async def transcribe(self, jobs: Sequence[Job]) -> list[Result]:
        """Raises ModelBroken."""

        def heard() -> list[Result]:
            return self._made().transcribe(jobs)

        results = await asyncio.get_running_loop().run_in_executor(self._thread, heard)
        self._jobs += len(jobs)
        return results

    def stats(self) -> tuple[WorkerStats, ...]:
        """This process has no worker of its own: one entry without a process."""
        return (WorkerStats(None, self._jobs, 0, peak_memory()),)

    async def close(self) -> None:
        """Begin no other batch."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _made(self) -> Engine:
        self._engine = self._engine or self._recipe.make()
        return self._engine
