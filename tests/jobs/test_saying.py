"""Words of who speaks now: heard when there is time, replaced by the final ones, and in no log."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sessions import ANNE, CHAIR, ID, START, in_session, meeting, note

from meetings.domain import commands as c
from meetings.domain.values import BallotId, Mark, UtteranceId
from meetings.jobs.saying import FADES, Provisional, Saying

SO_FAR = Provisional(UtteranceId("u9"), ANNE, START, "Je propose")


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
