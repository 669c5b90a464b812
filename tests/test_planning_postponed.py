"""The calendar's next meeting: what the last one postponed is on its agenda."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agenda.calendar import read
from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.refusals import Refusal
from meetings.domain.values import MeetingId, MemberId, Role, Seat
from meetings.log.store import Log
from meetings.planning import Host, plan_next

CHAIR = MemberId("1")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
EVENT = """BEGIN:VEVENT
UID:{uid}
DTSTAMP:20261001T000000Z
DTSTART:{day}T180000Z
DTEND:{day}T200000Z
SUMMARY:Séance
DESCRIPTION:Ordre du jour :\\n1. {first}\\n2. {second}
END:VEVENT
"""


async def test_an_item_postponed_follows_those_of_the_next_meeting_once(tmp_path: Path) -> None:
    events = EVENT.format(uid="a", day="20261105", first="Bancs", second="Fête") + EVENT.format(
        uid="b", day="20261205", first="fête", second="Voirie"
    )
    ics = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n".replace("\n", "\r\n")
    reading = read(ics.encode(), zone=ZoneInfo("Europe/Paris"), file="x.ics")
    log = Log.open(tmp_path / "council.db")
    council, host = Council(log), Host("Conseil", "fr", "1", "voice", (Seat(CHAIR, Role.CHAIR),))
    first = await plan_next(council, reading, host, lambda: NOW)
    assert first

    async def do(kind: type[c.Command], meeting: MeetingId = first, **fields: object) -> None:
        outcome = await council.handle(kind(meeting=meeting, at=NOW, by=CHAIR, **fields))
        assert not isinstance(outcome, Refusal), outcome

    await do(c.Convene)
    await do(c.Arrive, member=CHAIR)
    await do(c.Open)
    for number in (1, 2):
        await do(c.PostponeItem, number=number)
    await do(c.Adjourn)
    second = await plan_next(council, reading, host, lambda: NOW + timedelta(days=20))
    assert second
    items = [item.plan for item in council.meeting(second).items]
    assert [(item.number, item.title) for item in items] == [(1, "fête"), (2, "Voirie"), (3, "Bancs")]
    log.close()
