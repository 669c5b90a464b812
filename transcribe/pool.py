"""Speech to text in worker processes, so that the process that hears packets stays small and answers at once.

    async with Pool("base", language="fr") as pool:
        transcript = await pool.submit(Job("utterance-1", ogg))

A free worker takes the oldest waiting job, and with it its share of those that wait, at most a batch, of like length:
nobody waits for a batch to fill, and a backlog is packed well. Late work waits for what is not. A worker that dies is
replaced, and what it was working on runs again, each job alone, so that one poisonous job fails by itself.
"""

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from transcribe.engine import BATCH, Job, Result, Transcript
from transcribe.errors import EngineFailed, PoolClosed, TranscribeError, WorkerLost
from transcribe.worker import ENVIRONMENT, LENGTH, Done, Ready, Recipe, Reply, Request, pack, recipe, unpack

ATTEMPTS = 3
KEPT_STDERR = 2_000  # characters of a dead worker's last words


@dataclass(frozen=True)
class WorkerStats:
    """One worker: its process now (None before the first and between two), jobs done, times it had to be replaced, and
    the largest resident size any of its processes reached, in bytes."""

    pid: int | None
    jobs: int
    replaced: int
    peak_memory: int


@dataclass(eq=False)
class _Ticket:
    job: Job
    done: "asyncio.Future[Transcript]"
    lost: int = 0


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


class Pool:
    """Workers that share one queue.

    Args:
        model: a name of the catalogue ("auto" for this machine's best that is here), whose files every worker verifies
            before it loads them; a folder with a model of one's own; or a Recipe for another engine.
        language: of jobs that name none; None lets the engine find out, utterance by utterance.
        others: languages that may be spoken beside it; one is taken where it is surely heard.
        workers: processes; two of one thread do half as much again as one of two.
        threads: of each worker's engine.
        device: "cpu", "cuda", or "auto" for a GPU that works where there is one.
    """

    def __init__(
        self,
        model: str | Path | Recipe,
        *,
        language: str | None = None,
        others: Sequence[str] = (),
        workers: int = 1,
        threads: int = 1,
        device: str = "auto",
    ) -> None:
        made = model if isinstance(model, Recipe) else recipe(model, language, tuple(others), threads, device)
        self._seats = [_Worker(made) for _ in range(workers)]
        self._waiting: deque[_Ticket] = deque()
        self._wake = asyncio.Event()
        self._servants: list[asyncio.Task[None]] = []
        self._busy = 0
        self._broken: TranscribeError | None = None

    async def submit(self, job: Job) -> Transcript:
        """The job's transcript.

        Raises:
            AudioUnreadable: the audio cannot be decoded.
            EngineFailed: the engine failed over this job.
            ModelBroken: no worker can load the model; every job gets this error.
            WorkerLost: workers died over this job three times.
            PoolClosed: the pool was closed first.
        """
        if self._broken:
            raise self._broken
        ticket = _Ticket(job, asyncio.get_running_loop().create_future())
        self._waiting.append(ticket)
        self._wake.set()
        self._start()
        return await ticket.done

    async def warm(self) -> None:
        """Start every worker and load its model, before the first job needs it.

        Raises:
            ModelBroken: the model cannot be loaded.
            WorkerLost: a worker died while loading, for lack of memory perhaps.
        """
        if self._broken:
            raise self._broken
        if not self._servants:
            await asyncio.gather(*(seat.ready() for seat in self._seats))
            self._start()

    @property
    def idle(self) -> bool:
        """Whether a worker is free and nothing waits for it."""
        return not self._waiting and self._busy < len(self._seats) and self._broken is None

    def stats(self) -> tuple[WorkerStats, ...]:
        """One entry a worker."""
        return tuple(WorkerStats(seat.pid, seat.jobs, max(0, seat.starts - 1), seat.peak) for seat in self._seats)

    async def close(self) -> None:
        """End the workers at once; jobs that are not done get PoolClosed. May be called twice."""
        self._fail(PoolClosed("The speech workers were stopped before this utterance was transcribed."))
        for servant in self._servants:
            servant.cancel()
        await asyncio.gather(*self._servants, return_exceptions=True)
        for seat in self._seats:
            await seat.stop()

    async def __aenter__(self) -> "Pool":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _start(self) -> None:
        if not self._servants:
            self._servants = [asyncio.create_task(self._serve(seat)) for seat in self._seats]

    async def _serve(self, seat: _Worker) -> None:
        while True:
            tickets = await self._take()
            self._busy += 1
            try:
                await seat.ready()
                results = await seat.transcribe([ticket.job for ticket in tickets])
            except WorkerLost as lost:
                self._again(tickets, lost)
                continue
            except TranscribeError as error:
                self._waiting.extendleft(reversed(tickets))
                self._fail(error)
                continue
            except asyncio.CancelledError:
                self._waiting.extendleft(reversed(tickets))
                self._fail(self._broken or PoolClosed("The speech workers were stopped."))
                raise
            except Exception as error:  # a servant that died would leave its callers waiting for ever
                failed = EngineFailed(f"The speech worker could not be used: {type(error).__name__}: {error}")
                results = [failed] * len(tickets)
                await seat.stop()
            finally:
                self._busy -= 1
            for ticket, result in zip(tickets, results, strict=True):
                _settle(ticket, result)

    async def _take(self) -> list[_Ticket]:
        while True:
            while self._waiting and self._waiting[0].done.done():  # whoever submitted it no longer waits
                self._waiting.popleft()
            if self._waiting:
                break
            self._wake.clear()
            await self._wake.wait()
        taken = _together(self._waiting, -(-len(self._waiting) // len(self._seats)))
        self._waiting = deque(ticket for ticket in self._waiting if ticket not in taken)
        return taken

    def _again(self, tickets: list[_Ticket], lost: WorkerLost) -> None:
        for ticket in reversed(tickets):
            ticket.lost += 1
            if ticket.lost < ATTEMPTS:
                self._waiting.appendleft(ticket)
            else:
                _settle(ticket, lost)
        self._wake.set()

    def _fail(self, error: TranscribeError) -> None:
        self._broken = self._broken or error
        while self._waiting:
            _settle(self._waiting.popleft(), error)


def _together(waiting: Sequence[_Ticket], share: int) -> list[_Ticket]:
    """The job that is due, and those a batch gains from: as urgent, of its language and words, nearest in size."""
    first = next((ticket for ticket in waiting if not ticket.job.late), waiting[0])
    if first.lost:  # it may have killed a worker: alone, it harms no other
        return [first]

    def alike(ticket: _Ticket) -> bool:
        return not ticket.lost and _kind(ticket.job) == _kind(first.job)

    others = [ticket for ticket in waiting if ticket is not first and alike(ticket)]
    others.sort(key=lambda ticket: abs(len(ticket.job.audio) - len(first.job.audio)))
    return [first, *others[: min(BATCH, share) - 1]]


def _kind(job: Job) -> tuple[bool, bool, str | None, str, tuple[str, ...]]:
    return job.late, job.hasty, job.language, job.prompt, job.terms


def _settle(ticket: _Ticket, result: Result) -> None:
    if ticket.done.done():
        return
    if isinstance(result, TranscribeError):
        ticket.done.set_exception(result)
    else:
        ticket.done.set_result(result)
