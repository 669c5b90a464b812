"""Words of who speaks now: heard when there is time, replaced by the final ones, and in no log."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sessions import ANNE, CHAIR, ID, START, in_session, meeting, note, until

from meetings.domain import commands as c
from meetings.domain.values import BallotId, Mark, MeetingId, UtteranceId
from meetings.jobs.saying import FADES, Listening, Provisional, Saying
from meetings.recording import Speech, Utterance
from meetings.recording.timeline import Placed
from transcribe.engine import Job, Transcript
from transcribe.errors import EngineFailed
from transcribe.scripted import Line, Scripted

SO_FAR = Provisional(UtteranceId("u9"), ANNE, START, "Je propose")


def speech(key: str, seconds: float) -> Speech:
    said = Utterance(key, int(ANNE), START, START + timedelta(seconds=seconds), 1, 0, False, False)
    return Speech(said, (Placed(0, 960, b"\x78" + bytes(40), 0),))


class Engine:
    """Hears `so far` each time; busy when told so."""

    def __init__(self, text: str = "Je propose") -> None:
        self._engine, self.idle = Scripted({"u9": Line(text)}), True
        self.asked: list[Job] = []

    async def submit(self, job: Job) -> Transcript:
        self.asked.append(job)
        (result,) = self._engine.transcribe([job])
        assert isinstance(result, Transcript)
        return result


class Failing(Engine):
    async def submit(self, job: Job) -> Transcript:
        self.asked.append(job)
        raise EngineFailed("no")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.jobs.saying.LOOK", 0.01)


async def test_an_open_utterance_is_heard_again_as_it_grows_and_only_when_nothing_waits(tmp_path: Path) -> None:
    council, engine, open_now = await in_session(tmp_path), Engine(), [speech("u9", 1.0)]
    saying = Saying(council)

    def speaking(_: MeetingId) -> list[Speech]:
        return open_now

    listening = Listening(council, engine, speaking, saying)
    task = asyncio.create_task(listening.run())
    try:
        await asyncio.sleep(0.1)
        assert engine.asked == []  # too short to be worth it
        engine.idle, open_now[:] = False, [speech("u9", 2.5)]
        await asyncio.sleep(0.1)
        assert engine.asked == []  # a final one waits
        engine.idle = True
        await until(lambda: saying.of(meeting(council)) == (SO_FAR,))
        await asyncio.sleep(0.1)
        assert len(engine.asked) == 1
        open_now[:] = [speech("u9", 6.0)]
        await until(lambda: len(engine.asked) == 2)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert all(job.hasty and job.late and job.language == "fr" for job in engine.asked)
    assert UtteranceId("u9") not in council.log.words(ID)
    assert listening.hearings == 2


async def test_what_cannot_be_heard_stops_nobody(tmp_path: Path) -> None:
    council, engine = await in_session(tmp_path), Failing()
    saying = Saying(council)
    task = asyncio.create_task(
        Listening(council, engine, lambda _: [speech("u9", 2 + len(engine.asked) * 9)], saying).run()
    )
    await until(lambda: len(engine.asked) == 3)
    task.cancel()
    assert saying.of(meeting(council)) == ()


async def test_final_words_take_the_place_of_provisional_ones(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    saying, do = Saying(council), note(council)
    saying.put(ID, SO_FAR)
    await do(c.NoteUtterance, utterance=UtteranceId("u9"), member=ANNE, start=START, end=START + timedelta(seconds=3))
    assert saying.of(meeting(council)) == (SO_FAR,)  # until they are known
    await do(c.NoteTranscript, utterance=UtteranceId("u9"), digest="d", model="base")
    assert saying.of(meeting(council)) == ()


async def test_nothing_is_shown_of_who_declined_in_a_recess_or_behind_closed_doors(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    saying, do = Saying(council), note(council)
    saying.put(ID, SO_FAR)
    await do(c.ChooseRecording, by=ANNE, declined=True)
    assert saying.of(meeting(council)) == ()
    await do(c.ChooseRecording, by=ANNE, declined=False)
    assert saying.of(meeting(council)) == (SO_FAR,)
    await do(c.Suspend, by=CHAIR)
    saying.put(ID, SO_FAR)
    assert saying.of(meeting(council)) == ()
    await do(c.Resume, by=CHAIR)
    assert saying.of(meeting(council)) == (SO_FAR,)  # said before
    await do(c.AskClosedSession, by=CHAIR, ballot=BallotId("doors"))
    for voter in (CHAIR, ANNE):
        await do(c.CastVote, by=voter, ballot=BallotId("doors"), mark=Mark("for"))
    await do(c.CloseBallot, by=CHAIR, ballot=BallotId("doors"))
    assert meeting(council).interludes.private
    saying.put(ID, replace(SO_FAR, utterance=UtteranceId("behind"), text="Entre nous"))
    assert saying.of(meeting(council)) == ()
    await do(c.EndClosedSession, by=CHAIR)
    assert saying.of(meeting(council)) == (SO_FAR,)


async def test_words_that_never_become_final_fade(tmp_path: Path) -> None:
    council, now = await in_session(tmp_path), [0.0]
    saying = Saying(council, clock=lambda: now[0])
    saying.put(ID, SO_FAR)
    now[0] = FADES + 1
    assert saying.of(meeting(council)) == ()
