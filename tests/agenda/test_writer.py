"""Our own calendar: what others read in it, and what we read in it ourselves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icsfiles import NOW, PARIS, ROOT, read_all

from agenda import Item, parse, plan
from agenda.changes import compare
from agenda.writer import Entry, describe, write

START = datetime(2026, 12, 8, 18, 30, tzinfo=PARIS)
MEETING = Entry(
    uid="a1b2c3@hemicycle",
    start=START,
    end=START + timedelta(minutes=90),
    summary="Conseil citoyen de Lunel, séance ordinaire ; décembre",
    modified=datetime(2026, 11, 20, 9, tzinfo=UTC),
    sequence=2,
    location="Salle des Caladons, Lunel",
    items=(Item("1", "Budget", 20, "Nadia Benali", "vote"), Item("2", "Voirie")),
)


def test_what_others_read():
    data = write([MEETING], name="Conseil citoyen")
    calendar = icalendar.Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert not calendar.errors + event.errors
    assert calendar.get_missing_tzids() == set()
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert str(calendar["X-WR-CALNAME"]) == str(calendar["NAME"]) == "Conseil citoyen"
    assert str(event["UID"]) == "a1b2c3@hemicycle"
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (2, "CONFIRMED")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == MEETING.modified
    assert str(event["DTSTART"].params["TZID"]) == "Europe/Paris"
    assert str(event["DESCRIPTION"]) == "Ordre du jour :\n1. Budget (20 min, vote, Nadia Benali)\n2. Voirie"
    assert "URL" not in event
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    (instance,) = recurring_ical_events.of(calendar).at("20261208")
    assert instance["DTSTART"].dt == START


@pytest.mark.parametrize(
    "name", ["Europe/Paris", "Europe/Dublin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata"]
)
def test_the_zone_is_written_so_that_it_can_be_rebuilt_to_the_minute(name):
    zone = ZoneInfo(name)
    start = datetime(2026, 12, 8, 18, 30, tzinfo=zone)
    data = write([replace(MEETING, start=start, end=start + timedelta(hours=1))], name="x")
    (written,) = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    tz = written.to_tz(lookup_tzid=False)
    moment = datetime(2026, 1, 1, tzinfo=zone)
    while moment.year < 2028:
        moment = (moment.astimezone(UTC) + timedelta(minutes=30)).astimezone(zone)
        if moment.day > 24 or moment.day < 16:
            assert moment.replace(tzinfo=tz).utcoffset() == moment.utcoffset(), moment


def test_the_link_to_the_minutes():
    minutes = "https://lunel.example/pv/12"
    data = write([replace(MEETING, minutes=minutes)], name="Council", language="en")
    (found,) = read_all(data).occurrences
    assert found.url == minutes
    assert found.description.endswith(f"\n\nMinutes: {minutes}")
    assert [item.title for item in plan(found).items] == ["Budget", "Voirie"]


def test_a_cancelled_meeting_says_so():
    data = write([replace(MEETING, status="CANCELLED", sequence=3)], name="x")
    assert read_all(data).occurrences == ()
    (found,) = read_all(data, cancelled=True).occurrences
    assert (found.status, found.sequence) == ("CANCELLED", 3)


def test_an_empty_calendar_is_one_all_the_same():
    data = write([], name="x")
    assert icalendar.Calendar.from_ical(data).walk("VEVENT") == []
    assert [problem.code for problem in read_all(data).problems] == ["no-event"]


def test_the_same_meetings_give_the_same_bytes_in_whatever_order():
    other = replace(MEETING, uid="b", start=START + timedelta(days=7), end=START + timedelta(days=7, hours=1))
    assert write([MEETING, other], name="x") == write([other, MEETING], name="x")


def test_a_zone_without_a_name_is_written_in_utc():
    bare = datetime(2026, 12, 8, 18, 30, tzinfo=timezone(timedelta(hours=1)))
    data = write([replace(MEETING, start=bare, end=bare + timedelta(hours=1))], name="x")
    assert b"DTSTART:20261208T173000Z" in data


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        write([replace(MEETING, start=datetime(2026, 12, 8))], name="x")  # noqa: DTZ001 - what is tested


def test_followers_see_a_meeting_move():
    moved = replace(MEETING, start=START + timedelta(days=7), end=MEETING.end + timedelta(days=7), sequence=3)
    known, coming = (read_all(write([one], name="x"), cancelled=True) for one in (MEETING, moved))
    (change,) = compare(known, coming, NOW).changes
    assert change.what == ("moved",)
    assert compare(coming, known, NOW).changes == ()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["conseil-lunel.ics", "council-en.ics"])
def test_the_examples_agendas_are_read_as_they_were(name, language):
    for occurrence in read_all((ROOT / "examples" / name).read_bytes()).occurrences:
        items = plan(occurrence).items
        assert untimed(parse(describe(items, language))) == untimed(items)


def untimed(items):
    return [replace(item, start=None) for item in items]


TITLES = st.lists(
    st.sampled_from(["Bancs", "de la place", "piste", "cyclable", "l'école", "2027", "gare", "; travaux", "Œuvres,"]),
    min_size=1,
    max_size=6,
).map(lambda parts: "Jardin " + " ".join(parts) + " neuf")
NAMES = st.sampled_from([None, "Nadia Benali", "Mme Diallo", "Karim", "la commission des finances", "Anne de La Tour"])
KINDS = st.sampled_from([None, "information", "debate", "vote", "appointment"])
LINES = st.tuples(TITLES, st.none() | st.integers(1, 240), NAMES, KINDS)
TREES = st.lists(st.tuples(LINES, st.lists(LINES, max_size=3)), min_size=1, max_size=6)
MOMENTS = st.datetimes(datetime(2026, 1, 2), datetime(2027, 12, 30)).map(lambda one: one.replace(microsecond=0))  # noqa: DTZ001
TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=60)


def items_of(tree) -> list[Item]:
    found = []
    for number, (line, parts) in enumerate(tree, 1):
        whole = line[1] if line[1] or not parts or None in (part[1] for part in parts) else sum(p[1] for p in parts)
        found.append(Item(str(number), line[0], whole, line[2], line[3]))
        found += [Item(f"{number}.{one}", *part, level=2) for one, part in enumerate(parts, 1)]
    return found


@given(tree=TREES, language=st.sampled_from(["fr", "en"]))
def test_any_agenda_is_read_as_it_was_written(tree, language):
    items = items_of(tree)
    assert untimed(parse(describe(items, language))) == items


@given(
    start=MOMENTS,
    length=st.integers(1, 600),
    zone=st.sampled_from(["Europe/Paris", "America/New_York", "Pacific/Auckland", "UTC"]),
    summary=TEXT,
    location=TEXT,
    sequence=st.integers(0, 99),
    status=st.sampled_from(["CONFIRMED", "TENTATIVE", "CANCELLED"]),
)
def test_any_meeting_is_read_as_it_was_written(start, length, zone, summary, location, sequence, status):
    begins = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    ends = (begins.astimezone(UTC) + timedelta(minutes=length)).astimezone(ZoneInfo(zone))
    entry = Entry("u@test", begins, ends, summary, NOW, sequence, status, location)
    reading = read_all(write([entry], name=summary), cancelled=True)
    (found,) = reading.occurrences
    assert {problem.code for problem in reading.problems} <= {"no-future-event"}
    assert (found.start_utc, found.end_utc) == (begins.astimezone(UTC), ends.astimezone(UTC))
    assert found.zone == (zone if zone != "UTC" else "Europe/Paris")
    assert (found.uid, found.sequence, found.status, found.modified) == ("u@test", sequence, status, NOW)
    assert (found.summary, found.location) == (" ".join(summary.split()), " ".join(location.split()))
