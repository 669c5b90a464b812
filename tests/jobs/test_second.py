"""A meeting heard again: surer words replace the first, the secretary's never, and the draft is not kept waiting."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from sessions import CHAIR, ID, SAID, START, Table, in_session, meeting, note, over, until

from meetings.council import Council
from meetings.domain.refusals import Refusal
from meetings.domain.review import LineId
from meetings.domain.reviewing import CorrectLine
from meetings.domain.tape import UtteranceTranscribed
from meetings.domain.values import MeetingId, UtteranceId
from meetings.jobs.second import SecondPass
from meetings.jobs.transcription import Transcriber, Transcription
from meetings.log.corrections import Corrections, Version
from transcribe.engine import Job, Transcript
from transcribe.errors import ModelBroken
from transcribe.scripted import Line, Scripted

U1, U2, U3 = SAID
WITHIN = timedelta(minutes=10)


def sounds(_: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
    return dict.fromkeys(wanted, b"Ogg")


class Better:
    """Surer of two utterances than the first model (-0.3), less sure of one; waits at `gate` if there is one."""

    def __init__(self, gate: asyncio.Event | None = None) -> None:
        lines = {U1: Line("Bonsoir à toutes et tous.", logprob=-0.1), U2: Line("Je suis pour lui.", logprob=-0.2)}
        self._engine, self.gate = Scripted({**lines, U3: Line("Moi ossi.", logprob=-0.7)}), gate
        self.asked: list[str] = []
        self.closed = 0

    async def submit(self, job: Job) -> Transcript:
        self.asked.append(job.key)
        assert job.late
        if self.gate and len(self.asked) > 1:
            await self.gate.wait()
        (result,) = self._engine.transcribe([job])
        assert isinstance(result, Transcript)
        return result

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Transcriber]:
        try:
            yield self
        finally:
            self.closed += 1


@asynccontextmanager
async def running(
    council: Council,
    better: Callable[[], AbstractAsyncContextManager[Transcriber]],
    now: Callable[[], datetime],
    within: timedelta = WITHIN,
) -> AsyncIterator[SecondPass]:
    first = Transcription(council, Table(SAID), sounds, "base", lambda: START)
    await first.catch_up(ID)
    job = SecondPass(council, first, sounds, better, "small", within, now)
    task = asyncio.create_task(job.run())
    try:
        yield job
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def words(council: Council) -> list[str]:
    return [council.log.words(ID)[key].text for key in SAID]


async def test_surer_words_replace_the_first_ones_as_events_of_the_chain(tmp_path: Path) -> None:
    council, better = await in_session(tmp_path), Better()
    async with running(council, better.open, lambda: START) as job:
        await asyncio.sleep(0.1)
        assert better.asked == []  # the session goes on
        await over(council)
        assert not job.settled(meeting(council))
        await until(lambda: job.settled(meeting(council)))
    assert words(council) == ["Bonsoir à toutes et tous.", "Je suis pour lui.", SAID[U3]]
    models = {key: heard.model for key, heard in meeting(council).recording.transcribed.items()}
    assert models == {U1: "small", U2: "small", U3: "base"}
    events = [one.event for one in council.log.read(ID) if isinstance(one.event, UtteranceTranscribed)]
    assert len(events) == 5
    assert council.log.verify(ID) is None
    assert better.closed == 1
    assert Council(council.log).meeting(ID) == meeting(council)


async def test_a_line_the_secretary_touched_stays_as_it_is(tmp_path: Path) -> None:
    council, gate = await in_session(tmp_path), asyncio.Event()
    better = Better(gate)
    first, second = Version(LineId(U1), "Bonsoir, tous."), Version(LineId(U2), "Je suis contre.")
    Corrections(council.log).keep(ID, first, second)
    async with running(council, better.open, lambda: START) as job:
        await note(council)(CorrectLine, by=CHAIR, line=first.line, base="", digest=first.digest)
        await over(council)
        await until(lambda: len(better.asked) == 2)
        assert set(better.asked) == {U2, U3}
        again = CorrectLine(meeting=ID, at=START, by=CHAIR, line=second.line, base="", digest=second.digest)
        assert not isinstance(await council.handle(again), Refusal)  # while it is heard again
        gate.set()
        await until(lambda: job.settled(meeting(council)))
    assert words(council) in ([SAID[U1], SAID[U2], SAID[U3]], [SAID[U1], "Je suis pour lui.", SAID[U3]])
    lines = meeting(council).review.lines(meeting(council).recording.utterances)
    assert [line.digest for line in lines] == [first.digest, second.digest, ""]


async def test_the_draft_is_due_whatever_was_heard_by_then(tmp_path: Path) -> None:
    council, better = await in_session(tmp_path), Better(asyncio.Event())
    async with running(council, better.open, lambda: START, timedelta(seconds=0.5)) as job:
        await over(council)
        await until(lambda: job.settled(meeting(council)))
    assert len(better.asked) == 3
    assert better.closed == 1
    assert sum(one != SAID[key] for key, one in zip(SAID, words(council), strict=True)) <= 1


async def test_a_meeting_whose_draft_was_due_while_nobody_ran_waits_for_nothing(tmp_path: Path) -> None:
    council, better = await in_session(tmp_path), Better()
    await over(council)
    async with running(council, better.open, lambda: START + WITHIN) as job:
        assert job.settled(meeting(council))
        await asyncio.sleep(0.1)
    assert better.asked == []


async def test_a_model_that_cannot_be_loaded_leaves_the_first_words(tmp_path: Path) -> None:
    council = await in_session(tmp_path)

    @asynccontextmanager
    async def broken() -> AsyncIterator[Transcriber]:
        raise ModelBroken("It does not fit in memory.")
        yield Better()

    async with running(council, broken, lambda: START) as job:
        await over(council)
        await until(lambda: job.settled(meeting(council)))
    assert words(council) == list(SAID.values())
