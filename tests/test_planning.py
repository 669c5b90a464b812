"""From a calendar to the log: the next meeting and no other, always the same one."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agenda.calendar import Reading, read
from agenda.errors import CalendarError
from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import MinutesDrafted
from meetings.domain.meeting import Phase, fold
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.log.store import Log
from meetings.planning import Host, is_waiting, plan_next
from meetings.rehearsal.bot import BotProcess
from meetings.rehearsal.cast.client import MemberClient
from meetings.rehearsal.casting import hall, tokens
from meetings.rehearsal.scenario import STORIES, load

PARIS = ZoneInfo("Europe/Paris")
CHAIR = MemberId("1")
HOST = Host("Conseil de Lunel", "fr", "77", "stage", (Seat(CHAIR, Role.CHAIR), Seat(MemberId("2"))))
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//FR
BEGIN:VEVENT
UID:conseil@lunel.example
DTSTAMP:20260101T090000Z
DTSTART;TZID=Europe/Paris:{start}
DTEND;TZID=Europe/Paris:{end}
{rule}SUMMARY:Séance ordinaire
LOCATION:Salle des Caladons
DESCRIPTION:Ordre du jour :\\n1. Ouverture (5 min) – information (Anne Roux)\\n2. Bancs (20 min) – débat et vote
END:VEVENT
END:VCALENDAR
"""


def calendar(start: str = "20260303T183000", end: str = "20260303T200000", rule: str = "RRULE:FREQ=MONTHLY\n") -> bytes:
    return CALENDAR.format(start=start, end=end, rule=rule).replace("\n", "\r\n").encode()


def reading(now: datetime = MARCH, **parts: str) -> Reading:
    return read(calendar(**parts), zone=PARIS, now=now)


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council(Log.open(tmp_path / "council.db"))


async def adjourn(council: Council, meeting: MeetingId, at: datetime) -> None:
    """Hold the meeting from its convening to its end."""
    await council.handle(c.Convene(meeting=meeting, at=at))
    for seat in HOST.roster:
        await council.handle(c.Arrive(meeting=meeting, at=at, member=seat.member))
    await council.handle(c.Open(meeting=meeting, at=at, by=CHAIR))
    await council.handle(c.Adjourn(meeting=meeting, at=at, by=CHAIR))
    assert council.meeting(meeting).phase is Phase.ADJOURNED


async def test_the_next_meeting_is_planned_as_its_calendar_says(council: Council) -> None:
    meeting = await plan_next(council, reading(), HOST, lambda: MARCH)
    assert meeting
    plan = council.meeting(meeting).plan
    assert plan
    assert (plan.council, plan.title, plan.place) == ("Conseil de Lunel", "Séance ordinaire", "Salle des Caladons")
    assert plan.starts == datetime(2026, 3, 3, 18, 30, tzinfo=PARIS)
    assert plan.ends - plan.starts == timedelta(minutes=90)
    assert plan.following == datetime(2026, 4, 3, 18, 30, tzinfo=PARIS)
    assert plan.items == (
        PlannedItem(1, "Ouverture", 5, "Anne Roux", "information"),
        PlannedItem(2, "Bancs", 20, "", "vote"),
    )
    assert (plan.channel, plan.venue, plan.lang, plan.roster) == ("77", "stage", "fr", HOST.roster)


async def test_one_meeting_waits_at_a_time_and_each_is_held_once(council: Council) -> None:
    first = await plan_next(council, reading(), HOST, lambda: MARCH)
    assert first
    assert is_waiting(council)
    assert await plan_next(council, reading(), HOST, lambda: MARCH) is None
    await adjourn(council, first, datetime(2026, 3, 3, 17, 40, tzinfo=UTC))
    early = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)  # the evening is not over by the calendar
    second = await plan_next(council, reading(early), HOST, lambda: early)
    assert second
    assert second != first
    assert council.meeting(second).plan.starts == datetime(2026, 4, 3, 18, 30, tzinfo=PARIS)


async def test_a_proxy_goes_on_to_as_many_meetings_as_the_rules_say(council: Council) -> None:
    giver, now, good = MemberId("2"), MARCH, []
    for month in range(3, 7):
        meeting = await plan_next(council, reading(now), HOST, lambda: now)  # noqa: B023 - called at once
        assert meeting
        if month == 3:
            await council.handle(c.GiveProxy(meeting=meeting, at=now, by=giver, holder=CHAIR))
            await council.handle(c.AcceptProxy(meeting=meeting, at=now, by=CHAIR, giver=giver))
        good.append([proxy.meetings for proxy in council.meeting(meeting).attendance.proxies if proxy.good()])
        now = datetime(2026, month, 3, 19, 0, tzinfo=UTC)
        await adjourn(council, meeting, now)
    assert good == [[1], [2], [3], []]


async def test_two_bots_that_read_the_same_calendar_plan_the_same_meeting(tmp_path: Path) -> None:
    ids = []
    for name in ("a", "b"):
        council = Council(Log.open(tmp_path / name / "council.db"))
        ids.append(await plan_next(council, reading(), HOST, lambda: MARCH))
    assert ids[0] == ids[1] is not None


async def test_a_rehearsal_is_held_soon_whatever_the_date(council: Council) -> None:
    meeting = await plan_next(council, reading(), HOST, lambda: MARCH, timedelta(seconds=3))
    assert meeting
    plan = council.meeting(meeting).plan
    assert plan
    assert (plan.starts, plan.ends - plan.starts) == (MARCH + timedelta(seconds=3), timedelta(minutes=90))
    assert plan.following == datetime(2026, 4, 3, 18, 30, tzinfo=PARIS)


async def test_a_calendar_without_a_meeting_to_come_is_refused_and_nothing_written(council: Council) -> None:
    with pytest.raises(CalendarError) as refusal:
        await plan_next(council, reading(rule=""), HOST, lambda: MARCH + timedelta(days=60))
    assert refusal.value.code == "no-future-event"
    assert council.meetings() == []


@pytest.mark.slow
async def test_the_house_outlives_the_last_meeting_of_its_calendar(tmp_path: Path) -> None:
    """One event, a few seconds from now, held at its own hour; then the calendar has no more, and the bot stays."""
    start = datetime.now(PARIS).replace(microsecond=0) + timedelta(seconds=12)
    stamps = {"start": f"{start:%Y%m%dT%H%M%S}", "end": f"{start + timedelta(hours=1):%Y%m%dT%H%M%S}"}
    (tmp_path / "council.ics").write_bytes(calendar(**stamps, rule=""))
    scenario = load(STORIES["fr"])
    server = hall(scenario)
    await server.start()
    told = server.describe()
    settings = {
        "TOKEN": told["bots"][0]["token"],
        "REST": told["rest"],
        "GATEWAY": told["gateway"],
        "ROOM": told["channels"]["stage"],
        "AGENDA": str(tmp_path / "council.ics"),
        "DATA": str(tmp_path / "data"),
        "MODELS": str(tmp_path / "no-models"),
    }
    nowhere = {
        "HF_ENDPOINT": "http://127.0.0.1:9",
        "PIP_INDEX_URL": "http://127.0.0.1:9",
        "PIP_CONFIG_FILE": os.devnull,
    }
    environment = {f"HEMICYCLE_{key}": value for key, value in settings.items()}
    bot = BotProcess(environment | nowhere | {"SSL_CERT_FILE": told["ca"]}, tmp_path, tmp_path / "bot.log")
    clients = [MemberClient(told["rest"], told["gateway"], token) for token in tokens(server).values()]
    log = Log.open(tmp_path / "data" / "council.db")
    try:
        await bot.start()
        for client in clients:
            await client.connect()
            await client.join_voice(int(told["channels"]["stage"]))
        chair = clients[0]
        await until(lambda: phase(log) is Phase.CONVENED, 40)
        assert datetime.now(PARIS) >= start
        while phase(log) is not Phase.OPEN:
            await chair.slash("séance ouvrir")
        await chair.slash("séance lever")
        await until(lambda: any(isinstance(one.event, MinutesDrafted) for one in log.read(log.meetings()[0])), 40)
        await until(lambda: "no-future-event" in (tmp_path / "bot.log").read_text(), 10)
        assert bot.pid is not None
    finally:
        for client in clients:
            await client.close()
        await bot.stop()
        await server.stop()
        log.close()


def phase(log: Log) -> Phase:
    meetings = log.meetings()
    return fold(meetings[0], log.read(meetings[0])).phase if meetings else Phase.UNPLANNED


async def until(condition, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.1)
