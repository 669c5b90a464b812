"""The council's own calendar: what its log says, as others follow it."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agenda import plan, read
from agenda.calendar import Reading
from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.diary import Cancel, Reschedule
from meetings.domain.events import Planned
from meetings.domain.scheduling import Reason
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.log.store import Log
from meetings.published import calendar

ROOT = Path(__file__).parents[1]
PARIS = ZoneInfo("Europe/Paris")
CHAIR, MEMBER, MEETING = MemberId("1"), MemberId("2"), MeetingId("a1b2c3")
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
STARTS = datetime(2026, 12, 8, 18, 30, tzinfo=PARIS)
ITEMS = (PlannedItem(1, "Budget", 20, "Nadia Benali", "vote"), PlannedItem(2, "Voirie"))
PLAN = Planned(
    *("Conseil de Lunel", "Séance ordinaire", STARTS, STARTS + timedelta(hours=2), "77", "voice", "fr", ITEMS),
    roster=(Seat(CHAIR, Role.CHAIR), Seat(MEMBER)),
    place="Salle des Caladons",
)


async def held(folder: Path) -> Log:
    """A meeting that is planned and opened, in whose session an item is withdrawn."""
    council = Council(Log.open(folder / "council.db"))
    await council.handle(c.Plan(meeting=MEETING, at=AT, plan=PLAN))
    return council.log


async def withdraw(log: Log) -> None:
    council = Council(log)
    await council.handle(c.Convene(meeting=MEETING, at=STARTS))
    for member in (CHAIR, MEMBER):
        await council.handle(c.Arrive(meeting=MEETING, at=STARTS, member=member))
    await council.handle(c.Open(meeting=MEETING, at=STARTS, by=CHAIR))
    await council.handle(c.WithdrawItem(meeting=MEETING, at=STARTS + timedelta(minutes=1), by=CHAIR, number=1))


def followed(data: bytes) -> Reading:
    return read(data, zone=PARIS, now=AT, cancelled=True)


async def test_a_planned_meeting_is_in_it_with_its_agenda(tmp_path: Path) -> None:
    (found,) = followed(calendar(await held(tmp_path), council="Conseil", zone=PARIS, lang="fr")).occurrences
    assert (found.uid, found.sequence, found.status, found.modified) == ("a1b2c3@hemicycle", 0, "CONFIRMED", AT)
    assert (found.start, found.end, found.zone) == (STARTS, STARTS + timedelta(hours=2), "Europe/Paris")
    assert (found.summary, found.location) == ("Séance ordinaire", "Salle des Caladons")
    assert [(one.title, one.minutes, one.rapporteur, one.kind) for one in plan(found).items] == [
        ("Budget", 20, "Nadia Benali", "vote"),
        ("Voirie", None, None, None),
    ]


async def test_what_followers_see_change_counts_and_nothing_else(tmp_path: Path) -> None:
    log = await held(tmp_path)
    await withdraw(log)
    (found,) = followed(calendar(log, council="Conseil", zone=PARIS, lang="fr")).occurrences
    assert (found.sequence, found.modified) == (1, (STARTS + timedelta(minutes=1)).astimezone(UTC))
    assert [one.title for one in plan(found).items] == ["Voirie"]


async def test_what_is_moved_and_called_off_is_so_for_followers(tmp_path: Path) -> None:
    log = await held(tmp_path)
    council, moved = Council(log), STARTS + timedelta(days=7)
    await council.handle(Reschedule(meeting=MEETING, at=AT, starts=moved, ends=moved + timedelta(hours=1)))
    (found,) = followed(calendar(log, council="Conseil", zone=PARIS, lang="fr")).occurrences
    assert (found.start, found.sequence, found.status) == (moved, 1, "CONFIRMED")
    await council.handle(Cancel(meeting=MEETING, at=AT, reason=Reason.CALENDAR))
    (found,) = followed(calendar(log, council="Conseil", zone=PARIS, lang="fr")).occurrences
    assert (found.sequence, found.status) == (2, "CANCELLED")


async def test_the_command_writes_it(tmp_path: Path) -> None:
    log = await held(tmp_path)
    expected = calendar(log, council="Conseil citoyen", zone=PARIS, lang="fr")
    log.close()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meetings", "agenda", "export", str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
    )
    printed, _ = await process.communicate()
    assert (process.returncode, printed) == (0, expected)
