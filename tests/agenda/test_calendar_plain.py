"""The short way through a calendar says what the long way says: icalendar's texts, recurring-ical-events' times."""

from datetime import UTC, datetime, timedelta

import icalendar
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icsfiles import PARIS, calendar, event

from agenda import read

TEXT = st.text(st.sampled_from('aé\\n,;:"^ <b>%2C='), max_size=30).map(str.strip)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001 - written with a TZID
# An hour that the clocks leave out begins no window: each library reads it in its own way.
WINDOWS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(PARIS), allow_imaginary=False)  # noqa: DTZ001
PARAMETERS = st.sampled_from(["", ";LANGUAGE=fr", ';X-A="a:b;c"', ";X-A=1,2;X-B=x"])


def theirs(ics: str, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(ics)).between(start, end)
    return [(one["DTSTART"].dt, one["DTEND"].dt) for one in found]


@given(name=st.sampled_from(["SUMMARY", "DESCRIPTION", "LOCATION"]), parameters=PARAMETERS, text=TEXT)
def test_texts_are_icalendars(name, parameters, text):
    ics = calendar(event("DTSTART:20261208T173000Z", f"{name}{parameters}:{text}"))
    (component,) = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    (ours,) = read(ics, zone=PARIS, start=datetime(2026, 1, 1, tzinfo=UTC)).occurrences
    said = str(component.get(name, ""))
    assert getattr(ours, name.lower()) == (said if name == "DESCRIPTION" else " ".join(said.split()))


@given(start=MOMENTS, length=st.integers(0, 3000), first=WINDOWS, days=st.integers(0, 300))
def test_times_and_window_are_those_of_recurring_ical_events(start, length, first, days):
    window = first, first + timedelta(days=days, minutes=1)
    end = start + timedelta(minutes=length)
    ics = calendar(
        event(f"DTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID=Europe/Paris:{end:%Y%m%dT%H%M%S}")
    )
    reading = read(ics, zone=PARIS, start=window[0], end=window[1])
    expected = [(one.astimezone(UTC), two.astimezone(UTC)) for one, two in theirs(ics, *window)]
    assert [(one.start_utc, one.end_utc) for one in reading.occurrences] == expected


def test_when_it_was_last_changed_and_where_it_was_read():
    ics = calendar(event("DTSTART:20261208T173000Z", "LAST-MODIFIED:20261101T120000Z"))
    (ours,) = read(ics, zone=PARIS, start=datetime(2026, 1, 1, tzinfo=UTC), file="a.ics").occurrences
    assert ours.modified == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert ours.file == "a.ics"
