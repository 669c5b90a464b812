"""Speech to text: one queue before whoever hears.

    async with Pool("base", language="fr") as pool:
        transcript = await pool.submit(Job("utterance-1", ogg))

A free seat takes the oldest waiting job, and with it its share of those that wait, at most a batch, of like length:
nobody waits for a batch to fill, and a backlog is packed well. Late work waits for what is not. What a worker that died
was working on runs again, each job alone, so that one poisonous job fails by itself.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from transcribe.engine import BATCH, Job, Result, Transcript
from transcribe.errors import EngineFailed, PoolClosed, TranscribeError, WorkerLost, WorkersAway
from transcribe.executor import Executor, InProcess, WorkerStats
from transcribe.processes import Processes
from transcribe.worker import Recipe, recipe

ATTEMPTS = 3


@dataclass(eq=False)
class _Ticket:
    job: Job
    done: "asyncio.Future[Transcript]"
    lost: int = 0


class Pool:
    """A queue, and an executor that hears what waits in it.

    Args:
        model: a name of the catalogue ("auto" for this machine's best that is here), whose files every worker verifies
            before it loads them; a folder with a model of one's own; a Recipe for another engine; or an Executor, which
            knows the rest by itself.
        language: of jobs that name none; None lets the engine find out, utterance by utterance.
        others: languages that may be spoken beside it; one is taken where it is surely heard.
        workers: processes, 0 for none but this one; two of one thread do half as much again as one of two.
        threads: of each worker's engine.
        device: "cpu", "cuda", or "auto" for a GPU that works where there is one.
    """

    def __init__(
        self,
        model: str | Path | Recipe | Executor,
        *,
        language: str | None = None,
        others: Sequence[str] = (),
        workers: int = 1,
        threads: int = 1,
        device: str = "auto",
    ) -> None:
        if isinstance(model, Executor):
            self._executor = model
        else:
            made = model if isinstance(model, Recipe) else recipe(model, language, tuple(others), threads, device)
            self._executor = Processes(made, workers) if workers else InProcess(made)
        self._waiting: deque[_Ticket] = deque()
        self._wake = asyncio.Event()
        self._dispatcher: asyncio.Task[None] | None = None
        self._batches: set[asyncio.Task[None]] = set()
        self._broken: TranscribeError | None = None

    async def submit(self, job: Job) -> Transcript:
        """The job's transcript, however long nobody is there to hear it.

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
        self._start()
        self._wake.set()
        return await ticket.done

    async def warm(self) -> None:
        """Make every engine before the first job needs it.

        Raises:
            ModelBroken: the model cannot be loaded.
            WorkerLost: a worker died while loading, for lack of memory perhaps.
            WorkersAway: nobody can be asked to hear; what is submitted waits.
        """
        if self._broken:
            raise self._broken
        await self._executor.ready()
        self._start()

    @property
    def idle(self) -> bool:
        """Whether a worker is free and nothing waits for it."""
        return not self._waiting and len(self._batches) < self._executor.seats and self._broken is None

    def stats(self) -> tuple[WorkerStats, ...]:
        """One entry a worker on this machine."""
        return self._executor.stats()

    async def close(self) -> None:
        """End the workers at once; jobs that are not done get PoolClosed. May be called twice."""
        self._fail(PoolClosed("The speech workers were stopped before this utterance was transcribed."))
        tasks = [*self._batches, *([self._dispatcher] if self._dispatcher else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._fail(self._broken or PoolClosed("The speech workers were stopped."))
        await self._executor.close()

    async def __aenter__(self) -> "Pool":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _start(self) -> None:
        if self._dispatcher is None:
            self._executor.watch(self._wake.set)
            self._dispatcher = asyncio.create_task(self._dispatch())

    async def _dispatch(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while len(self._batches) < self._executor.seats and (tickets := self._take()):
                batch = asyncio.create_task(self._hear(tickets))
                self._batches.add(batch)
                batch.add_done_callback(self._freed)

    def _freed(self, batch: asyncio.Task[None]) -> None:
        self._batches.discard(batch)
        self._wake.set()

    async def _hear(self, tickets: list[_Ticket]) -> None:
        try:
            results = await self._executor.transcribe([ticket.job for ticket in tickets])
        except WorkerLost as lost:
            self._again(tickets, lost)
        except WorkersAway:
            self._waiting.extendleft(reversed(tickets))
        except TranscribeError as error:
            self._waiting.extendleft(reversed(tickets))
            self._fail(error)
        except asyncio.CancelledError:
            self._waiting.extendleft(reversed(tickets))
            raise
        except Exception as error:  # its callers would wait for ever
            failed = EngineFailed(f"The speech worker could not be used: {type(error).__name__}: {error}")
            for ticket in tickets:
                _settle(ticket, failed)
        else:
            for ticket, result in zip(tickets, results, strict=True):
                _settle(ticket, result)

    def _take(self) -> list[_Ticket]:
        """What is heard together next; whoever submitted a job and waits for it no longer is passed over."""
        self._waiting = deque(ticket for ticket in self._waiting if not ticket.done.done())
        if not self._waiting:
            return []
        taken = _together(self._waiting, -(-len(self._waiting) // self._executor.seats))
        self._waiting = deque(ticket for ticket in self._waiting if ticket not in taken)
        return taken

    def _again(self, tickets: list[_Ticket], lost: WorkerLost) -> None:
        for ticket in reversed(tickets):
            ticket.lost += 1
            if ticket.lost < ATTEMPTS:
                self._waiting.appendleft(ticket)
            else:
                _settle(ticket, lost)

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
