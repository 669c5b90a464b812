"""A meeting put off for lack of quorum has its next one, whatever happened in between, and only once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.quorum import next_id
from meetings.domain.refusals import Refusal
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.jobs.reconvening import Reconvening
from meetings.log.store import Log

CHAIR, ANNE, BILAL = (MemberId(name) for name in ("1", "2", "3"))
ROSTER = (Seat(CHAIR, Role.CHAIR), Seat(ANNE), Seat(BILAL))
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
AGAIN = datetime(2026, 11, 26, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
ID = MeetingId("m")
PLAN = Planned(
    "Conseil", "Séance", NOW, NOW + timedelta(hours=2), "1", "voice", "fr", (PlannedItem(1, "Bancs"),), ROSTER, "uid"
)


async def sits() -> tuple[Seat, ...]:
    return ROSTER[:2]


async def do(council: Council, kind: type[c.Command], **fields: object) -> None:
    outcome = await council.handle(kind(meeting=ID, at=NOW, by=CHAIR, **fields))
    assert not isinstance(outcome, Refusal), outcome


async def test_a_crash_between_loses_nothing_and_plans_nothing_twice(tmp_path: Path) -> None:
    council = Council(Log.open(tmp_path / "council.db"))
    await do(council, c.Plan, plan=PLAN)
    await do(council, c.Convene)
    await do(council, c.Arrive, member=CHAIR)
    await do(council, c.Reconvene, starts=AGAIN)
    council.log.close()  # the process ends before anything was planned

    for _ in range(2):
        council = Council(Log.open(tmp_path / "council.db"))
        await Reconvening(council, sits, lambda: NOW + timedelta(seconds=1)).plan()
        await Reconvening(council, sits, lambda: NOW + timedelta(seconds=1)).plan()
        council.log.close()
    council = Council(Log.open(tmp_path / "council.db"))
    assert [meeting.id for meeting in council.meetings()] == [ID, next_id(ID)]
    again = council.meeting(next_id(ID))
    assert again.phase is Phase.PLANNED
    assert again.plan
    assert again.plan.starts == AGAIN
    assert again.plan.waiver
    assert again.plan.waiver.held == NOW
    assert (again.plan.roster, again.plan.source) == (ROSTER[:2], "")
    assert again.rules.needed(3) == 1
    council.log.close()


async def test_where_the_platform_knows_nobody_who_sat_sits_again(tmp_path: Path) -> None:
    async def nobody() -> tuple[Seat, ...]:
        return ()

    council = Council(Log.open(tmp_path / "council.db"))
    await do(council, c.Plan, plan=PLAN)
    await do(council, c.Convene)
    await do(council, c.Reconvene, starts=AGAIN)
    await Reconvening(council, nobody, lambda: NOW).plan()
    assert council.meeting(next_id(ID)).attendance.roster == ROSTER
    council.log.close()
