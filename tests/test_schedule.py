"""The schedule convenes planned meetings, also those whose hour passed while nobody ran."""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.calendar import too_late
from meetings.domain.diary import Remind, Reschedule
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import Rules
from meetings.domain.scheduling import Cancelled, Reason
from meetings.domain.values import BallotId, Mark, MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.log.store import Log
from meetings.schedule import Schedule, step, utc_now


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
        await until(council, over, Phase.CANCELLED)
    assert council.meeting(over).standing.cancelled == Cancelled(Reason.NOT_HELD)


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


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOURS = {"starts": NOW + timedelta(days=30), "ends": NOW + timedelta(days=30, hours=2)}


async def ready(council: Council, name: str = "m", **hours: datetime) -> MeetingId:
    meeting = MeetingId(name)
    await council.handle(c.Plan(meeting=meeting, at=NOW, plan=plan(**(hours or HOURS))))
    return meeting


async def lived(council: Council, meeting: MeetingId, moments: list[datetime]) -> list[tuple[datetime, str]]:
    """What is done at these moments, each as often as there is something due."""
    done = []
    for now in moments:
        while command := step(council.meeting(meeting), council.meetings(), now):
            await council.handle(command)
            said = f" {command.before}" if isinstance(command, Remind) else ""
            done.append((now, type(command).__name__ + said))
    return done


async def test_members_are_called_and_reminded_each_once(council: Council) -> None:
    meeting, starts = await ready(council), HOURS["starts"]
    moments = [NOW + timedelta(minutes=10 * n) for n in range(6 * 24 * 30)]
    assert await lived(council, meeting, moments) == [
        (starts - timedelta(days=10), "Summon"),
        (starts - timedelta(days=5), "Remind 5 days, 0:00:00"),
        (starts - timedelta(days=1), "Remind 1 day, 0:00:00"),
        (starts - timedelta(minutes=10), "Remind 0:15:00"),
    ]
    assert await lived(council, meeting, [starts]) == [(starts, "Convene")]
    assert not too_late(council.meeting(meeting))


async def test_a_host_that_slept_catches_up_once(council: Council) -> None:
    meeting, starts = await ready(council), HOURS["starts"]
    awake = [starts - timedelta(days=9), starts - timedelta(hours=3), starts - timedelta(hours=2)]
    assert [what for _, what in await lived(council, meeting, awake)] == ["Summon", "Remind 1 day, 0:00:00"]
    assert [what for _, what in await lived(council, meeting, [starts + timedelta(minutes=50)])] == ["Convene"]


async def test_a_call_made_late_is_known_to_be_and_calls_back_no_reminder(council: Council) -> None:
    late = {"starts": NOW + timedelta(days=5, hours=6), "ends": NOW + timedelta(days=5, hours=8)}
    meeting = await ready(council, **late)
    assert [what for _, what in await lived(council, meeting, [NOW])] == ["Summon"]
    assert too_late(council.meeting(meeting))  # from the 1st to the 6th there are four clear days
    assert await lived(council, meeting, [NOW + timedelta(days=1)]) == [
        (NOW + timedelta(days=1), "Remind 5 days, 0:00:00")
    ]


async def test_a_meeting_moved_is_called_anew_and_reminded_anew(council: Council) -> None:
    meeting, starts = await ready(council), HOURS["starts"]
    await lived(council, meeting, [starts - timedelta(days=9), starts - timedelta(days=4)])
    hours = {name: at + timedelta(days=2) for name, at in HOURS.items()}
    await council.handle(Reschedule(meeting=meeting, at=starts - timedelta(days=3), **hours))
    assert too_late(council.meeting(meeting))
    later = [starts - timedelta(days=3), starts + timedelta(days=1), starts + timedelta(days=2)]
    done = [what for _, what in await lived(council, meeting, later)]
    assert done == ["Remind 5 days, 0:00:00", "Remind 1 day, 0:00:00", "Convene"]


async def test_a_session_that_lasts_keeps_the_room_and_one_nobody_opened_leaves_it(council: Council) -> None:
    first, starts = await ready(council, "first"), HOURS["starts"]
    second = await ready(council, "second", starts=starts + timedelta(hours=1), ends=starts + timedelta(hours=5))
    await lived(council, first, [starts])
    now = starts + timedelta(hours=1, minutes=30)
    assert await lived(council, second, [now]) == []
    assert council.meeting(second).phase is Phase.PLANNED
    now = starts + timedelta(hours=2)
    assert [what for _, what in await lived(council, first, [now])] == ["Cancel"]
    assert await lived(council, second, [now]) == [(now, "Convene")]


async def test_where_the_rules_call_nobody_nobody_is_called(tmp_path: Path) -> None:
    council = Council(Log.open(tmp_path / "bare.db"), Rules())
    meeting, starts = await ready(council), HOURS["starts"]
    assert await lived(council, meeting, [starts - timedelta(minutes=1)]) == []
    council.log.close()


async def test_who_sits_now_is_called(council: Council) -> None:
    async def roster() -> tuple[Seat, ...]:
        return (Seat(MemberId("chair"), Role.CHAIR), Seat(MemberId("new")))

    async with running(Schedule(council, roster=roster)):
        meeting = await planned(council, "m", starts=utc_now() + timedelta(seconds=0.3))
        await until(council, meeting, Phase.CONVENED)
    assert [seat.member for seat in council.meeting(meeting).attendance.roster] == ["chair", "new"]
