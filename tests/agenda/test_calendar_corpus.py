"""Real and hostile calendars: none crashes, hangs or gives a naive time; series agree with recurring-ical-events."""

import re
import time
import warnings
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from icsfiles import NOW, PARIS, SHARED

from agenda import CalendarError, plan, read

FILES = sorted(SHARED.rglob("*.ics")) if SHARED.is_dir() else []
START, END = datetime(2024, 1, 1, tzinfo=PARIS), datetime(2028, 1, 1, tzinfo=PARIS)
SECONDS = 2

pytestmark = pytest.mark.skipif(not FILES, reason="../shared/data/ics absent")


def name(path: Path) -> str:
    return path.name[-60:]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_file_reads(path):
    began = time.process_time()
    try:
        reading = read(path.read_bytes(), zone=PARIS, start=START, end=END, now=NOW, cancelled=True)
    except CalendarError:
        assert not re.search(rb"BEGIN:V(CALENDAR|EVENT)", path.read_bytes())
        return
    plans = [plan(one) for one in reading.occurrences[:50]]
    assert time.process_time() - began < SECONDS
    assert all(one.start.utcoffset() is not None and one.end.utcoffset() is not None for one in reading.occurrences)
    assert all(one.start <= one.end for one in reading.occurrences)
    assert all(its.items for its in plans)


@pytest.mark.slow
def test_series_agree_with_recurring_ical_events():
    compared, disagree = 0, []
    for path in FILES:
        theirs = reference(path.read_bytes())
        if not theirs:
            continue  # it finds nothing here, does not work, or leaves naive times
        reading = read(path.read_bytes(), zone=PARIS, start=START, end=END, now=NOW, cancelled=True)
        if {"rule-sub-daily", "too-many-occurrences"} & {problem.code for problem in reading.problems}:
            continue  # refused on purpose
        guessed = unresolved(path.read_bytes())
        ours = {(one.uid, one.start.date() if one.all_day else one.start_utc) for one in reading.occurrences}
        compared += 1
        if {one for one in ours if one[0] not in guessed} != {one for one in theirs if one[0] not in guessed}:
            disagree.append(path.name)
    assert disagree == []
    assert compared > 80


def reference(data: bytes) -> set[tuple[str, date]] | None:
    """What icalendar and recurring-ical-events make of the file alone, where it has a zone for every time."""
    found = set()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for one in icalendar.Calendar.from_ical(data, multiple=True):
                for event in recurring_ical_events.of(one).between(START, END):
                    moment = event["DTSTART"].dt
                    if isinstance(moment, datetime):
                        if moment.tzinfo is None:
                            return None
                        moment = moment.astimezone(UTC)
                    found.add((str(event["UID"]), moment))
    except Exception:
        return None
    return found


def unresolved(data: bytes) -> set[str]:
    """The UIDs whose TZID icalendar does not know: it drops it, and X-WR-TIMEZONE takes its place."""
    events = [event for one in icalendar.Calendar.from_ical(data, multiple=True) for event in one.walk("VEVENT")]
    return {
        str(event["UID"])
        for event in events
        if "TZID" in event["DTSTART"].params and getattr(event["DTSTART"].dt, "tzinfo", None) is None
    }
