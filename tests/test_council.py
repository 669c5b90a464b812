"""The council: the only writer, each act once, state always equal to the log."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import fold
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import BallotId, Choice, MeetingId, MemberId, PlannedItem, Role, Seat, Tally
from meetings.log.store import Log, NotWrittenError

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
CHAIR, ANNE, BILAL = (MemberId(name) for name in ("chair", "anne", "bilal"))
ID = MeetingId("m")
PLAN = Planned(
    council="Conseil",
    title="Séance",
    starts=START,
    ends=START + timedelta(hours=1),
    channel="1",
    venue="voice",
    lang="fr",
    items=(PlannedItem(1, "Bancs"),),
    roster=(Seat(CHAIR, Role.CHAIR), Seat(ANNE), Seat(BILAL)),
)


@pytest.fixture
async def council(tmp_path: Path) -> AsyncIterator[Council]:
    council = Council(Log.open(tmp_path / "council.db"))
    await council.handle(c.Plan(meeting=ID, at=START, plan=PLAN))
    await council.handle(c.Convene(meeting=ID, at=START))
    for member in (CHAIR, ANNE, BILAL):
        await council.handle(c.Arrive(meeting=ID, at=START, member=member))
    await council.handle(c.Open(meeting=ID, at=START, by=CHAIR))
    await council.handle(c.NextItem(meeting=ID, at=START, by=CHAIR))
    yield council
    council.log.close()


async def test_a_press_delivered_twice_counts_once(council: Council) -> None:
    press = c.RaiseHand(meeting=ID, at=START, by=ANNE, cause="interaction-1")
    first, second = await asyncio.gather(council.handle(press), council.handle(press))
    assert sorted([len(first), len(second)]) == [0, 1]  # type: ignore[arg-type]
    assert council.meeting(ID).floor.place(ANNE) == 1


async def test_a_restart_knows_the_acts_it_has_answered(council: Council) -> None:
    press = c.RaiseHand(meeting=ID, at=START, by=ANNE, cause="interaction-1")
    await council.handle(press)
    again = Council(council.log)
    assert again.meeting(ID) == council.meeting(ID)
    assert await again.handle(press) == ()


async def test_hundred_presses_at_once_keep_one_order(council: Council) -> None:
    acts = [(member, kind) for _ in range(25) for member in (ANNE, BILAL) for kind in (c.RaiseHand, c.LowerHand)]
    presses = [kind(meeting=ID, at=START, by=by, cause=str(n)) for n, (by, kind) in enumerate(acts)]
    await asyncio.gather(*(council.handle(press) for press in presses))
    log = council.log.read(ID)
    assert [recorded.seq for recorded in log] == list(range(1, len(log) + 1))
    assert fold(ID, log) == council.meeting(ID)
    assert council.log.verify(ID) is None


async def test_secret_ballot_is_counted_from_the_urn_and_numbered_in_the_year(council: Council) -> None:
    for number, secret in enumerate((True, False), 1):
        ballot = BallotId(f"b{number}")
        await council.handle(c.OpenBallot(meeting=ID, at=START, by=CHAIR, ballot=ballot, motion="M", secret=secret))
        for member, choice in ((ANNE, Choice.FOR), (BILAL, Choice.AGAINST), (CHAIR, Choice.FOR)):
            await council.handle(c.CastVote(meeting=ID, at=START, by=member, ballot=ballot, mark=choice))
        await council.handle(c.CloseBallot(meeting=ID, at=START, by=CHAIR, ballot=ballot))
        result = council.meeting(ID).ballots[ballot].result
        assert result
        assert (result.tally, result.decision) == (Tally(2, 1), f"2026-00{number}")


async def test_a_refusal_writes_nothing_and_wakes_nobody(council: Council) -> None:
    before = council.log.read(ID)
    with council.feed.subscribe() as bell:
        bell.clear()
        assert await council.handle(c.RaiseHand(meeting=ID, at=START, by=MemberId("x"))) == Refusal(Code.NOT_A_MEMBER)
        assert not bell.is_set()
        await council.handle(c.RaiseHand(meeting=ID, at=START, by=ANNE))
        assert bell.is_set()
    assert council.log.read(ID)[:-1] == before


async def test_who_gives_up_waiting_does_not_part_state_from_log(council: Council) -> None:
    task = asyncio.create_task(council.handle(c.RaiseHand(meeting=ID, at=START, by=ANNE)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await council.handle(c.RaiseHand(meeting=ID, at=START, by=BILAL))
    assert fold(ID, council.log.read(ID)) == council.meeting(ID)


async def test_a_closing_counts_every_vote_that_was_asked_before_it(council: Council) -> None:
    for secret in (True, False):
        ballot = BallotId(f"secret-{secret}")
        opening = c.OpenBallot(meeting=ID, at=START, by=CHAIR, ballot=ballot, motion="M", secret=secret)
        votes = [
            c.CastVote(meeting=ID, at=START, by=member, ballot=ballot, mark=choice)
            for member, choice in ((ANNE, Choice.FOR), (BILAL, Choice.AGAINST), (CHAIR, Choice.FOR))
        ]
        late = c.CastVote(meeting=ID, at=START, by=ANNE, ballot=ballot, mark=Choice.AGAINST)
        closing = c.CloseBallot(meeting=ID, at=START, by=CHAIR, ballot=ballot)
        *_, refused = await asyncio.gather(*(council.handle(one) for one in (opening, *votes, closing, late)))
        result = council.meeting(ID).ballots[ballot].result
        assert result
        assert result.tally == Tally(2, 1)
        assert refused == Refusal(Code.BALLOT_CLOSED)


async def test_commands_that_wait_together_are_written_together(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    append = council.log.append
    monkeypatch.setattr(council.log, "append", lambda news, *beside: (written.append(len(news)), append(news, *beside)))
    presses = [c.RaiseHand(meeting=ID, at=START, by=ANNE), c.RaiseHand(meeting=ID, at=START, by=BILAL)]
    lowered = [c.LowerHand(meeting=ID, at=START, by=member) for member in (ANNE, BILAL)]
    await asyncio.gather(*(council.handle(one) for one in (*presses, *lowered)))
    assert written == [4]
    assert council.log.verify(ID) is None


async def test_when_the_log_refuses_nothing_has_happened_to_anybody(council: Council) -> None:
    before = council.meeting(ID)
    council.log.close()
    with sqlite3.connect(council.log.where) as raw:
        raw.execute("ALTER TABLE events RENAME TO elsewhere")
    raw.close()
    presses = [c.RaiseHand(meeting=ID, at=START, by=member) for member in (ANNE, BILAL)]
    told = await asyncio.gather(*(council.handle(one) for one in presses), return_exceptions=True)
    assert all(isinstance(one, NotWrittenError) for one in told)
    assert council.meeting(ID) == before
    with sqlite3.connect(council.log.where) as raw:
        raw.execute("ALTER TABLE elsewhere RENAME TO events")
    raw.close()
    assert await council.handle(presses[0])
    assert council.meeting(ID).floor.place(ANNE) == 1


async def test_a_mistake_over_one_command_costs_the_others_nothing(council: Council) -> None:
    class Unheard(c.Command):
        """A command nobody decides."""

    told = await asyncio.gather(
        council.handle(c.RaiseHand(meeting=ID, at=START, by=ANNE)),
        council.handle(Unheard(meeting=ID, at=START)),
        council.handle(c.RaiseHand(meeting=ID, at=START, by=BILAL)),
        return_exceptions=True,
    )
    assert isinstance(told[1], TypeError)
    assert council.meeting(ID).floor.place(BILAL) == 2
