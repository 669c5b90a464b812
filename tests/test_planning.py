"""From a calendar to the log: every meeting to come, and what becomes of each, worked out anew at every reading."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agenda.calendar import read
from agenda.errors import CalendarError
from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain import diary as d
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.refusals import Refusal
from meetings.domain.rules import CGCT, SIMPLE
from meetings.domain.scheduling import Cancelled, Reason
from meetings.domain.values import MemberId, PlannedItem, Role, Seat
from meetings.log.store import Log
from meetings.planning import Follower, Host, plan_soon
from meetings.planning.news import News
from meetings.settings import Settings

PARIS = ZoneInfo("Europe/Paris")
CHAIR, PAUL = MemberId("1"), MemberId("2")
HOST = Host("Conseil de Lunel", "fr", "77", "stage", (Seat(CHAIR, Role.CHAIR), Seat(PAUL)))
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
DESCRIPTION = "Ordre du jour :\\n1. Ouverture (5 min) – information (Anne Roux)\\n2. Bancs (20 min) – débat et vote"


def event(uid: str = "conseil@lunel.example", start: str = "20260303T183000", **fields: str) -> str:
    told = {"SUMMARY": "Séance ordinaire", "LOCATION": "Salle des Caladons", "DESCRIPTION": DESCRIPTION} | fields
    end = f"{start[:9]}{int(start[9:11]) + 1:02}{start[11:]}"
    rows = [f"UID:{uid}", "DTSTAMP:20260101T090000Z", f"DTSTART;TZID=Europe/Paris:{start}"]
    rows += [f"DTEND;TZID=Europe/Paris:{end}", *(f"{name.replace('_', '-')}:{value}" for name, value in told.items())]
    return "\n".join(["BEGIN:VEVENT", *rows, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//tests//FR\n"
    return (head + "\n".join([*events, "END:VCALENDAR"]) + "\n").replace("\n", "\r\n").encode()


class Evening:
    """A council, its calendar in a file, and a clock that stands still."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now, self.host = folder, MARCH, HOST
        self.start()

    def start(self) -> None:
        """Everything from the log alone, as after a restart."""
        self.council = Council(Log.open(self.folder / "council.db"))
        files = [str(self.folder / "a.ics")]
        self.follower = Follower(self.council, files, self._host, zone=PARIS, now=lambda: self.now)

    def restart(self) -> None:
        self.council.log.close()
        self.start()

    async def reads(self, *events: str) -> News:
        (self.folder / "a.ics").write_bytes(calendar(*events))
        return await self.follower.refresh()

    async def _host(self) -> Host:
        return self.host

    async def do(self, kind: type[c.Command], meeting: Meeting, **fields: object) -> None:
        outcome = await self.council.handle(kind(meeting=meeting.id, at=self.now, **fields))
        assert not isinstance(outcome, Refusal), outcome

    async def hold(self, meeting: Meeting) -> None:
        """From its convening to its opening."""
        await self.do(c.Convene, meeting)
        for seat in HOST.roster:
            await self.do(c.Arrive, meeting, member=seat.member)
        await self.do(c.Open, meeting, by=CHAIR)

    @property
    def coming(self) -> list[Meeting]:
        found = [one for one in self.council.meetings() if one.phase is Phase.PLANNED]
        return sorted(found, key=lambda one: one.plan.starts if one.plan else MARCH)

    def titles(self, meeting: Meeting) -> list[str]:
        return [item.plan.title for item in self.council.meeting(meeting.id).items]


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Evening]:
    evening = Evening(tmp_path)
    yield evening
    evening.council.log.close()


def starts(meeting: Meeting) -> datetime:
    assert meeting.plan
    return meeting.plan.starts.astimezone(PARIS)


async def test_every_meeting_to_come_is_planned_as_its_calendar_says(evening: Evening) -> None:
    news = await evening.reads(event(), event("b", "20260410T190000", SUMMARY="Bureau"), event("c", "20260101T190000"))
    assert (news.planned, news.failures, news.problems) == (2, (), ())
    first, second = evening.coming
    plan = first.plan
    assert plan
    assert (plan.council, plan.title, plan.place) == ("Conseil de Lunel", "Séance ordinaire", "Salle des Caladons")
    assert plan.starts == datetime(2026, 3, 3, 18, 30, tzinfo=PARIS)
    assert plan.ends - plan.starts == timedelta(hours=1)
    assert plan.items == (
        PlannedItem(1, "Ouverture", 5, "Anne Roux", "information"),
        PlannedItem(2, "Bancs", 20, "", "vote"),
    )
    assert (plan.channel, plan.venue, plan.lang, plan.roster) == ("77", "stage", "fr", HOST.roster)
    assert second.plan
    assert second.plan.title == "Bureau"
    assert await evening.follower.refresh() == News()
    evening.restart()
    assert await evening.follower.refresh() == News()
    assert len(evening.council.meetings()) == 2


async def test_a_series_keeps_its_hour_across_the_night_when_clocks_change(evening: Evening) -> None:
    await evening.reads(event(start="20260327T183000", RRULE="FREQ=DAILY;COUNT=5"))
    assert [starts(one).hour for one in evening.coming] == [18] * 5
    assert [one.plan.starts.astimezone(UTC).hour for one in evening.coming if one.plan] == [17, 17, 16, 16, 16]


async def test_what_the_calendar_changes_is_changed_and_nothing_else(evening: Evening) -> None:
    other = event("b", "20260410T190000")
    await evening.reads(event(), other)
    first, second = (one.id for one in evening.coming)
    evening.restart()
    moved = event(start="20260330T200000", LOCATION="Préau", SEQUENCE="1")
    assert await evening.reads(moved, other) == News(moved=1)
    plan = evening.council.meeting(first).plan
    assert plan
    assert (plan.starts, plan.place) == (datetime(2026, 3, 30, 20, 0, tzinfo=PARIS), "Préau")
    evening.restart()
    changed = event(start="20260330T200000", LOCATION="Préau", SEQUENCE="2", DESCRIPTION="ODJ :\\n- Budget\\n- Fête")
    assert await evening.reads(changed, other) == News(changed=1)
    assert evening.titles(evening.council.meeting(first)) == ["Budget", "Fête"]
    assert await evening.reads(moved, other) == News()  # an older copy
    assert evening.titles(evening.council.meeting(first)) == ["Budget", "Fête"]
    assert evening.council.meeting(second).seq == 1


async def test_cancelled_withdrawn_and_back(evening: Evening) -> None:
    others = [event(f"o{n}", f"202604{n:02}T190000") for n in range(1, 4)]
    await evening.reads(event(), *others)
    first = evening.coming[0].id
    assert await evening.reads(event(STATUS="CANCELLED"), *others) == News(cancelled=1)
    assert evening.council.meeting(first).phase is Phase.CANCELLED
    evening.restart()
    assert await evening.reads(event(), *others) == News(planned=1)
    assert evening.council.meeting(first).phase is Phase.PLANNED
    assert await evening.reads(*others) == News(cancelled=1)
    assert evening.council.meeting(first).standing.cancelled == Cancelled(Reason.CALENDAR)


async def test_one_instance_of_a_series_is_cancelled_and_one_moved(evening: Evening) -> None:
    series = event(RRULE="FREQ=MONTHLY;COUNT=4")
    await evening.reads(series)
    april = event(start="20260403T183000", RECURRENCE_ID="20260403T163000Z", STATUS="CANCELLED")
    may = event(start="20260506T200000", RECURRENCE_ID="20260503T163000Z")
    assert await evening.reads(series, april, may) == News(moved=1, cancelled=1)
    assert [f"{starts(one):%d/%m %H:%M}" for one in evening.coming] == ["03/03 18:30", "06/05 20:00", "03/06 18:30"]


async def test_a_random_uid_is_known_by_its_address(evening: Evening) -> None:
    await evening.reads(
        event("x1", URL="https://decidim.example/m/1"), event("y1", "20260401T190000", URL="https://d.example/2")
    )
    first, second = (one.id for one in evening.coming)
    evening.restart()
    news = await evening.reads(
        event("x2", "20260304T190000", URL="https://decidim.example/m/1"),
        event("y2", "20260401T190000", URL="https://d.example/2"),
    )
    assert news == News(moved=1)
    assert [one.id for one in evening.coming] == [first, second]


async def test_a_calendar_that_is_broken_changes_nothing_and_is_told_once(evening: Evening) -> None:
    await evening.reads(event(), event("b", "20260410T190000"))
    before = [one.plan for one in evening.coming]
    for content in (b"", b"<html>maintenance</html>", None):
        path = evening.folder / "a.ics"
        path.unlink() if content is None else path.write_bytes(content)
        evening.restart()
        assert len((await evening.follower.refresh()).failures) == 1
    assert [one.plan for one in evening.coming] == before
    (told,) = evening.coming[0].standing.troubles
    assert told == "a.ics"
    assert sum(bool(one.standing.troubles) for one in evening.coming) == 1
    await evening.reads(event(), event("b", "20260410T190000"))
    assert not any(one.standing.troubles for one in evening.coming)


async def test_meetings_gone_by_accident_are_asked_about(evening: Evening) -> None:
    events = [event(f"e{n}", f"202604{n:02}T190000") for n in range(1, 6)]
    await evening.reads(*events)
    assert await evening.reads(events[0]) == News(missing=4)
    evening.restart()
    assert await evening.reads(events[0]) == News()
    assert len(evening.coming) == 5
    gone = evening.coming[1:]
    await evening.do(d.Cancel, gone[0], by=CHAIR)
    await evening.do(d.Keep, gone[1], by=CHAIR)
    assert isinstance(await evening.council.handle(d.Keep(meeting=gone[2].id, at=MARCH, by=PAUL)), Refusal)
    assert await evening.reads(events[0]) == News()
    news = await evening.reads(*events)
    assert news == News(planned=1)
    assert not any(one.standing.missing or one.standing.kept for one in evening.coming)
    assert len(evening.coming) == 5


async def test_one_calendar_down_keeps_its_meetings(evening: Evening) -> None:
    (evening.folder / "b.ics").write_bytes(calendar(event("b", "20260410T190000")))
    files = [str(evening.folder / name) for name in ("a.ics", "b.ics")]
    evening.follower = Follower(evening.council, files, evening._host, zone=PARIS, now=lambda: MARCH)
    assert (await evening.reads(event())).planned == 2
    (evening.folder / "b.ics").unlink()
    evening.follower = Follower(evening.council, files, evening._host, zone=PARIS, now=lambda: MARCH)
    news = await evening.reads(event(start="20260304T183000"))
    assert (news.moved, news.cancelled, news.missing, len(news.failures)) == (1, 0, 0, 1)


async def test_what_a_meeting_leaves_goes_to_the_next_one_planned(evening: Evening) -> None:
    events = [
        event("a"),
        event("b", "20260410T190000", DESCRIPTION="ODJ :\\n- bancs\\n- Voirie"),
        event("c", "20260510T190000"),
    ]
    await evening.reads(*events)
    first, second, third = evening.coming
    await evening.hold(first)
    for number in (1, 2):
        await evening.do(c.PostponeItem, first, by=CHAIR, number=number)
    await evening.do(c.Adjourn, first, by=CHAIR)
    evening.now += timedelta(days=3)
    await evening.follower.refresh()
    assert evening.titles(second) == ["bancs", "Voirie", "Ouverture"]
    assert evening.titles(third) == ["Ouverture", "Bancs"]
    evening.restart()
    assert await evening.follower.refresh() == News()


async def test_a_proxy_goes_on_to_as_many_meetings_as_the_rules_say(evening: Evening) -> None:
    await evening.reads(event(RRULE="FREQ=MONTHLY;COUNT=4"))
    good = []
    for meeting in evening.coming:
        evening.now = starts(meeting).astimezone(UTC)
        if not good:
            await evening.do(c.GiveProxy, meeting, by=PAUL, holder=CHAIR)
            await evening.do(c.AcceptProxy, meeting, by=CHAIR, giver=PAUL)
        proxies = evening.council.meeting(meeting.id).attendance.proxies
        good.append([proxy.meetings for proxy in proxies if proxy.good()])
        await evening.hold(meeting)
        await evening.do(c.Adjourn, meeting, by=CHAIR)
        for _ in range(2):
            await evening.follower.refresh()
    assert good == [[1], [2], [3], []]


async def test_a_proposed_item_stays_on_the_agenda_when_the_calendar_changes(evening: Evening) -> None:
    await evening.reads(event())
    (meeting,) = evening.coming
    for title in ("Jardin", "Parking"):
        await evening.do(d.ProposeItem, meeting, by=PAUL, cause=title, title=title)
    asked = d.SettleProposal(meeting=meeting.id, at=MARCH, by=PAUL, proposal="Jardin", accept=True)
    assert isinstance(await evening.council.handle(asked), Refusal)
    await evening.do(d.SettleProposal, meeting, by=CHAIR, proposal="Jardin", accept=True)
    await evening.do(d.SettleProposal, meeting, by=CHAIR, proposal="Parking", accept=False)
    assert evening.titles(meeting) == ["Ouverture", "Bancs", "Jardin"]
    assert await evening.follower.refresh() == News()
    await evening.reads(event(DESCRIPTION="ODJ :\\n- Budget\\n- Fête", SEQUENCE="1"))
    assert evening.titles(meeting) == ["Budget", "Fête", "Jardin"]


async def test_who_sits_in_the_next_meeting_is_who_has_the_role_now(evening: Evening) -> None:
    await evening.reads(event(RRULE="FREQ=MONTHLY;COUNT=2"))
    evening.host = replace(HOST, roster=(*HOST.roster, Seat(MemberId("3"))))
    await evening.follower.refresh()
    assert [len(one.attendance.roster) for one in evening.coming] == [3, 2]


async def test_a_meeting_goes_by_the_rules_of_when_its_members_are_called(evening: Evening) -> None:
    await evening.reads(event(RRULE="FREQ=MONTHLY;COUNT=2"))
    first, second = evening.coming
    await evening.do(d.Summon, first)
    evening.council.rules = SIMPLE
    for _ in range(2):
        await evening.follower.refresh()
    evening.restart()
    assert [evening.council.meeting(one.id).rules for one in (first, second)] == [CGCT, SIMPLE]


async def test_a_file_is_followed_until_cancelled(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.planning.follower.LOOK", 0.02)
    (evening.folder / "a.ics").write_bytes(calendar(event()))
    following = asyncio.create_task(evening.follower.run(timedelta(days=1)))
    async with asyncio.timeout(20):
        while not evening.coming:
            await asyncio.sleep(0.01)
        (evening.folder / "a.ics").write_bytes(calendar(event(), event("b", "20260410T190000")))
        while len(evening.coming) < 2:
            await asyncio.sleep(0.01)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("", ()),
        ("a.ics https://x.example/b.ics", ("a.ics", "https://x.example/b.ics")),
        ("https://x.example/b\n  caldav://n:p@y.example/c/\n", ("https://x.example/b", "caldav://n:p@y.example/c/")),
        ("{folder}/mon conseil.ics", ("{folder}/mon conseil.ics",)),
    ],
)
def test_several_calendars_are_named_in_one_setting(
    written: str, named: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mon conseil.ics").touch()
    monkeypatch.setenv("HEMICYCLE_AGENDA", written.format(folder=tmp_path))
    settings = Settings()
    assert settings.calendars() == tuple(one.format(folder=tmp_path) for one in named)
    assert "n:p@" not in repr(settings)


async def test_an_event_used_again_for_a_later_meeting_is_a_meeting_of_its_own(evening: Evening) -> None:
    await evening.reads(event())
    (meeting,) = evening.coming
    evening.now = starts(meeting).astimezone(UTC)
    await evening.hold(meeting)
    await evening.do(c.Adjourn, meeting, by=CHAIR)
    evening.now += timedelta(days=1)
    assert (await evening.reads(event(start="20260407T183000", SEQUENCE="1"))).planned == 1
    assert await evening.follower.refresh() == News()
    evening.restart()
    assert (await evening.reads(event(start="20260408T183000", SEQUENCE="2"))).moved == 1
    assert [f"{starts(one):%d/%m}" for one in evening.coming] == ["08/04"]


async def test_whole_days_open_no_session_and_the_problems_of_agendas_are_told(evening: Evening) -> None:
    day = (
        event("d")
        .replace(";TZID=Europe/Paris:20260303T183000", ";VALUE=DATE:20260303")
        .replace(";TZID=Europe/Paris:20260303T193000", ";VALUE=DATE:20260304")
    )
    news = await evening.reads(day, event("e", "20260401T190000", DESCRIPTION="À bientôt"))
    assert news.planned == 1
    assert [problem.code for problem in news.problems] == ["no-agenda"]


async def test_a_meeting_that_ran_before_entries_were_noted_is_known_again(evening: Evening) -> None:
    await evening.reads(event(RRULE="FREQ=MONTHLY;COUNT=2"))
    old = [(one.id, one.plan) for one in evening.coming]
    evening.council.log.close()
    (evening.folder / "council.db").unlink()
    evening.start()
    for key, plan in old:
        assert plan
        await evening.council.handle(c.Plan(meeting=key, at=MARCH, plan=replace(plan, entry=None)))
    assert await evening.follower.refresh() == News()
    assert (await evening.reads(event(start="20260304T183000", RRULE="FREQ=MONTHLY;COUNT=2"))).moved == 2


async def test_a_rehearsal_is_held_soon_whatever_the_date(evening: Evening) -> None:
    reading = read(calendar(event(RRULE="FREQ=MONTHLY")), zone=PARIS, now=MARCH)
    meeting = await plan_soon(evening.council, reading, HOST, lambda: MARCH, timedelta(seconds=3))
    assert meeting
    plan = evening.council.meeting(meeting).plan
    assert plan
    assert (plan.starts, plan.ends - plan.starts) == (MARCH + timedelta(seconds=3), timedelta(hours=1))
    assert plan.following == datetime(2026, 4, 3, 18, 30, tzinfo=PARIS)
    reading = read(calendar(event()), zone=PARIS, now=MARCH)
    with pytest.raises(CalendarError) as refusal:
        await plan_soon(evening.council, reading, HOST, lambda: MARCH + timedelta(days=60), timedelta())
    assert refusal.value.code == "no-future-event"
