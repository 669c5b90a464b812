"""The schedule convenes planned meetings, also those whose hour passed while nobody ran."""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import BallotId, Mark, MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.log.store import Log
from meetings.schedule import Schedule, utc_now


def plan(starts: datetime, ends: datetime | None = None) -> Planned:
    return Planned(
        council="Conseil",
        title="Séance",
        starts=starts,
        ends=ends or starts + timedelta(hours=1),
        channel="1",
        venue="stage",
        lang="fr",
        items=(PlannedItem(1, "Bancs"),),
        roster=(Seat(MemberId("chair"), Role.CHAIR),),
    )


async def planned(council: Council, name: str, **fields: datetime) -> MeetingId:
    meeting = MeetingId(name)
    await council.handle(c.Plan(meeting=meeting, at=utc_now(), plan=plan(**fields)))
    return meeting


async def until(council: Council, meeting: MeetingId, phase: Phase) -> None:
    async with asyncio.timeout(20):
        with council.feed.subscribe() as bell:
            while council.meeting(meeting).phase is not phase:
                await bell.wait()
                bell.clear()


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    log = Log.open(tmp_path / "log.db")
    yield Council(log)
    log.close()


@asynccontextmanager
async def running(schedule: Schedule):
    task = asyncio.create_task(schedule.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_meeting_is_convened_at_its_time_also_when_planned_later(council: Council) -> None:
    async with running(Schedule(council)):
        meeting = await planned(council, "m", starts=utc_now() + timedelta(seconds=0.3))
        assert council.meeting(meeting).phase is Phase.PLANNED
        await until(council, meeting, Phase.CONVENED)
    state = council.meeting(meeting)
    assert state.plan
    assert state.convened
    assert state.convened >= state.plan.starts


async def test_an_hour_missed_is_made_good_until_the_meetings_end(council: Council) -> None:
    late = await planned(council, "late", starts=utc_now() - timedelta(minutes=5))
    over = await planned(council, "over", starts=utc_now() - timedelta(hours=2), ends=utc_now() - timedelta(hours=1))
    async with running(Schedule(council)):
        await until(council, late, Phase.CONVENED)
    assert council.meeting(over).phase is Phase.PLANNED


async def test_a_clock_that_stands_before_the_hour_convenes_nothing(council: Council) -> None:
    meeting = await planned(council, "m", starts=datetime(2099, 1, 1, tzinfo=UTC))
    schedule = Schedule(council)
    schedule.reconcile()
    schedule.reconcile()
    assert council.meeting(meeting).phase is Phase.PLANNED


async def test_a_vote_closes_at_its_deadline_also_when_nobody_ran_then(council: Council) -> None:
    chair, start = MemberId("chair"), utc_now() - timedelta(minutes=10)
    for name, opened in (("late", start), ("soon", utc_now() - timedelta(seconds=59.7))):
        meeting = await planned(council, name, starts=start)
        await council.handle(c.Convene(meeting=meeting, at=start))
        await council.handle(c.Arrive(meeting=meeting, at=start, member=chair))
        await council.handle(c.Open(meeting=meeting, at=start, by=chair))
        ballot = BallotId(name)
        await council.handle(c.OpenBallot(meeting=meeting, at=opened, by=chair, ballot=ballot, motion="M", minutes=1))
    early = await council.handle(c.CloseBallot(meeting=MeetingId("soon"), at=start, ballot=BallotId("soon")))
    assert early == Refusal(Code.NOT_A_MEMBER)
    async with running(Schedule(council)), asyncio.timeout(20):
        with council.feed.subscribe() as bell:
            while any(council.meeting(MeetingId(name)).running_ballot for name in ("late", "soon")):
                await bell.wait()
                bell.clear()
    for name in ("late", "soon"):
        ballot_ = council.meeting(MeetingId(name)).ballots[BallotId(name)]
        assert ballot_.deadline
        assert ballot_.closed
        assert ballot_.closed >= ballot_.deadline
        late = c.CastVote(meeting=MeetingId(name), at=utc_now(), by=chair, ballot=ballot_.id, mark=Mark("for"))
        assert await council.handle(late) == Refusal(Code.BALLOT_CLOSED)
