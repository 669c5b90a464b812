"""Speech to text in worker processes of this machine, so that the process that hears packets stays small and answers at
once. A process that dies is replaced when the next batch needs one."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from transcribe.engine import Job, Result
from transcribe.errors import TranscribeError, WorkerLost
from transcribe.executor import WorkerStats
from transcribe.worker import ENVIRONMENT, LENGTH, Done, Ready, Recipe, Reply, Request, pack, unpack

KEPT_STDERR = 2_000  # characters of a dead worker's last words


class Processes:
    """An Executor of `workers` processes, each with an engine of the recipe."""

    def __init__(self, recipe: Recipe, workers: int = 1) -> None:
        self._workers = [_Worker(recipe) for _ in range(workers)]
        self._free = list(reversed(self._workers))

    @property
    def seats(self) -> int:
        """As many as workers: each is replaced when it dies."""
        return len(self._workers)

    def watch(self, changed: Callable[[], None]) -> None:
        """Nothing changes here."""

    async def ready(self) -> None:
        """Start every process and load its model. Raises ModelBroken, WorkerLost."""
        await asyncio.gather(*(worker.ready() for worker in self._workers))

    async def transcribe(self, jobs: Sequence[Job]) -> list[Result]:
        """Raises ModelBroken, WorkerLost."""
        worker = self._free.pop()
        try:
            await worker.ready()
            return await worker.transcribe(jobs)
        except TranscribeError:
            raise
        except BaseException:  # in the middle of a frame: what this process says next would belong to another batch
            await worker.stop()
            raise
        finally:
            self._free.append(worker)

    def stats(self) -> tuple[WorkerStats, ...]:
        """One entry a worker."""
        return tuple(WorkerStats(one.pid, one.jobs, max(0, one.starts - 1), one.peak) for one in self._workers)

    async def close(self) -> None:
        """Kill the processes: they hold nothing that is not held here."""
        for worker in self._workers:
            await worker.stop()


class _Worker:
    """One seat in the pool: at most one process at a time, started when it is needed."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._process: asyncio.subprocess.Process | None = None
        self._drain: asyncio.Task[None] | None = None
        self._last_words = ""
        self._starting = asyncio.Lock()
        self.jobs = self.starts = self.peak = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def ready(self) -> None:
        """Raises what keeps the engine from being made, or WorkerLost if the process dies over it."""
        async with self._starting:
            if not self._process or self._process.returncode is not None:
                await self._run()

    async def _run(self) -> None:
        await self.stop()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "transcribe.worker",  # -P: the folder one happens to stand in holds no modules
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **ENVIRONMENT},
        )  # fmt: skip
        self.starts += 1
        self._drain = asyncio.create_task(self._listen(self._process))
        reply = await self._ask(self._recipe)
        if isinstance(reply, TranscribeError):
            await self.stop()
            raise reply

    async def transcribe(self, jobs: Sequence[Job]) -> list[Result]:
        reply = await self._ask(list(jobs))
        if not isinstance(reply, Done):
            raise WorkerLost(f"The speech worker answered {reply!r}.")
        self.jobs += len(jobs)
        return reply.results

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with suppress(ProcessLookupError):  # `process.kill` may take a dead process's status before asyncio does
                os.kill(process.pid, signal.SIGKILL)  # it holds nothing that is not held here
        if process.stdin:
            process.stdin.close()
        await process.wait()
        if self._drain:
            await self._drain

    async def _ask(self, request: Request) -> Reply:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise WorkerLost("The speech worker is not running.")
        try:
            process.stdin.write(pack(request))
            await process.stdin.drain()
            (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
            reply = unpack(await process.stdout.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            await self.stop()
            when = " while it loaded the model, for lack of memory perhaps" if isinstance(request, Recipe) else ""
            status = f"The speech worker ended with status {process.returncode}{when}."
            raise WorkerLost(f"{status} {self._last_words}".strip()) from error
        if not isinstance(reply, Ready | Done | TranscribeError):
            raise WorkerLost(f"The speech worker answered {reply!r}.")
        if isinstance(reply, Ready | Done):
            self.peak = max(self.peak, reply.peak)
        return reply

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        self._last_words = ""
        while process.stderr and (heard := await process.stderr.read(4096)):
            self._last_words = (self._last_words + heard.decode(errors="replace"))[-KEPT_STDERR:]
