"""One raw event -> an icalendar Event whose every time has a zone.

Broken values are taken out and reported, so that what is left can be worked out by recurring-ical-events.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha1

from icalendar import Event
from icalendar.prop import vBroken, vDDDLists, vDDDTypes

from agenda.blocks import Block, property_name
from agenda.errors import Report
from agenda.text import Line
from agenda.zones import Zones

MAX_DATES = 5_000
"""Values of EXDATE and RDATE read in one event."""

YEARS = range(2, 9000)
"""Nearer to the ends of Python's calendar, changing the zone of a time overflows."""

MAX_LENGTH = timedelta(days=36_600)
MAX_SPAN = timedelta(days=366)
"""A recurring event that lasts longer is read once, at its start."""

# icalendar looks a TZID up in a table that all files of the process share and fill: hidden from it, resolved here.
_TZID = re.compile(
    r'^((?:DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID)\b[^":\r\n]*);[ \t]*TZID[ \t]*=', re.IGNORECASE | re.MULTILINE
)
_SINGLE_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID")
_TIME_LISTS = ("EXDATE", "RDATE")
_UTC_NAMES = {"UTC", "Z"}


def parse(block: Block, zones: Zones, report: Report) -> Event | None:
    """The event, or None with the reason in the report: unreadable, or without a start."""
    _bound(block, report)
    event = _component(_TZID.sub(r"\1;X-TZID=", block.ics()))
    if event is None:
        report.add("event-unreadable", uid=block.uid, line=block.line)
        return None
    return _Mender(event, block, zones, report).mend()


def _bound(block: Block, report: Report) -> None:
    """Cut the lists of dates short before they are parsed: that alone takes seconds where there are enough of them."""
    left, kept = MAX_DATES, []
    for line in block.lines:
        if (name := property_name(line.text)) in _TIME_LISTS:
            dates = line.text.split(",")
            if len(dates) > left:
                report.add("bad-value", uid=block.uid, line=line.number, name=name)
            line = Line(line.number, ",".join(dates[:left]))
            left -= min(len(dates), left)
        kept.append(line)
    block.lines = [line for line in kept if line.text]


def _component(ics: str) -> Event | None:
    try:
        event = Event.from_ical(ics)
    except Exception:  # icalendar raises whatever its own code trips on
        return None
    return event if isinstance(event, Event) else None


class _Mender:
    def __init__(self, event: Event, block: Block, zones: Zones, report: Report) -> None:
        self._event = event
        self._block = block
        self._zones = zones
        self._report = report
        self._floating = False

    def mend(self) -> Event | None:
        self._drop_broken()
        self._name()
        for name in _SINGLE_TIMES:
            self._place_single(name)
        if "DTSTART" not in self._event:
            self._report.add("no-start", uid=self._uid, line=self._block.line)
            return None
        for name in _TIME_LISTS:
            self._place_list(name)
        self._check_length()
        if self._floating and self._zones.declared is None:
            self._report.add("floating", zone=self._zones.home.name)
        return self._event

    @property
    def _uid(self) -> str:
        return str(self._event["UID"])

    def _name(self) -> None:
        """An event without a UID gets one from what it says, the same at each reading."""
        uid = self._event.get("UID")
        if isinstance(uid, list):
            uid = uid[0]
        if not uid:
            said = "\n".join(line.text for line in (*self._block.lines, *self._block.texts))
            uid = f"no-uid-{sha1(said.encode(), usedforsecurity=False).hexdigest()[:16]}"
            self._report.add("no-uid", line=self._block.line)
        self._event["UID"] = str(uid)

    def _drop_broken(self) -> None:
        for name, value in list(self._event.items()):
            values = value if isinstance(value, list) else [value]
            sound = [one for one in values if not isinstance(one, vBroken)]
            if len(sound) < len(values):
                self._bad(name)
                self._event.pop(name)
                if sound:
                    self._event[name] = sound if len(sound) > 1 else sound[0]

    def _bad(self, name: str) -> None:
        line = next((line.number for line in self._block.lines if line.text.upper().startswith(name)), self._block.line)
        self._report.add("bad-value", uid=self._block.uid, line=line, name=name)

    def _place_single(self, name: str) -> None:
        value = self._event.get(name)
        if isinstance(value, list):
            value = value[0]
        if value is None:
            return
        moment = getattr(value, "dt", None)
        if not isinstance(value, vDDDTypes) or not isinstance(moment, date) or moment.year not in YEARS:
            self._bad(name)
            del self._event[name]
            return
        value.dt = self._place(moment, value.params.get("X-TZID"))
        self._event[name] = value

    def _place_list(self, name: str) -> None:
        value = self._event.pop(name, None)
        lists = value if isinstance(value, list) else [value] if value is not None else []
        placed = [time for one in lists if isinstance(one, vDDDLists) for time in self._times(name, one)]
        if placed:
            self._event[name] = [vDDDLists([time]) for time in placed]

    def _times(self, name: str, times: vDDDLists) -> Iterator[date | tuple[date, date | timedelta]]:
        """Dates, date-times and (RDATE) periods, placed in their zone."""
        tzid = times.params.get("X-TZID")
        for one in times.dts:
            moment = one.dt
            if isinstance(moment, tuple) and moment[0].year in YEARS:
                start, end = moment
                yield self._place(start, tzid), end if isinstance(end, timedelta) else self._place(end, tzid)
            elif isinstance(moment, date) and moment.year in YEARS:
                yield self._place(moment, tzid)
            else:
                self._bad(name)

    def _place(self, moment: date, tzid: object) -> date:
        """The same moment in the zone it means; a day alone stays a day."""
        if not isinstance(moment, datetime):
            return moment
        if tzid:
            return moment.replace(tzinfo=self._zones.resolve(str(tzid), self._block.uid).tz)
        if moment.tzinfo is None:
            self._floating = True
            return moment.replace(tzinfo=(self._zones.declared or self._zones.home).tz)
        if self._zones.declared and moment.tzname() in _UTC_NAMES:
            # Calendars that declare X-WR-TIMEZONE write UTC and mean that zone: a series follows its summer time.
            return moment.astimezone(self._zones.declared.tz)
        return moment

    def _check_length(self) -> None:
        """Report an end before the start (read the other way round) and refuse endless recurring events."""
        start, end = moment_of(self._event, "DTSTART"), moment_of(self._event, "DTEND")
        length = end - start if start and end else getattr(self._event.get("DURATION"), "dt", timedelta(0))
        if not isinstance(length, timedelta) or abs(length) > MAX_LENGTH:
            self._bad("DURATION" if "DURATION" in self._event else "DTEND")
            self._event.pop("DURATION", None)
            self._event.pop("DTEND", None)
            return
        if length < timedelta(0):
            self._report.add("ends-before-start", uid=self._uid, line=self._block.line)
        if abs(length) > MAX_SPAN and ("RRULE" in self._event or "RDATE" in self._event):
            self._report.add("rule-too-long", uid=self._uid, line=self._block.line)
            self._event.pop("RRULE", None)
            self._event.pop("RDATE", None)


def sequence_of(event: Event) -> int:
    """The event's own SEQUENCE, 0 where it has none."""
    value = event.get("SEQUENCE")
    return max(int(value), 0) if isinstance(value, int) else 0


def moment_of(event: Event, name: str) -> datetime | None:
    """A time of a mended event as an instant (a day counts from midnight UTC), None where it has none."""
    moment = getattr(event.get(name), "dt", None)
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC) if isinstance(moment, date) else None
