"""Logical lines -> the raw calendars of a file, each event on its own.

The file is cut into events before anything is parsed, so that one bad event cannot hide the good ones. Only what an
agenda needs is kept: guests and alarms are dropped unread.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agenda.errors import CalendarError, Report
from agenda.text import MAX_LINE, Line

_TIMES = {"UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS"}
_TEXTS = {"SUMMARY", "DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "LOCATION", "URL", "LAST-MODIFIED", "ATTACH"}
_PROPERTY = re.compile(r"[ \t]*([A-Za-z0-9-]+)[ \t]*[;:]")
_MORE_TIMES = {"DURATION", "RRULE", "RDATE", "RECURRENCE-ID"}
_DAY = re.compile(r":(\d{8})(?:T\d{6}Z?)?$")
_MARGIN = timedelta(days=3)
_LONG_TEXTS = {"DESCRIPTION", "X-ALT-DESC"}


@dataclass
class Block:
    """The lines of one component, without its BEGIN and END; `line` is the number of its BEGIN.

    An event's texts stand apart: they are parsed only for what happens within the window.
    """

    name: str
    line: int
    lines: list[Line] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    uid: str | None = None

    def ics(self) -> str:
        """The component as text again, without its texts."""
        return "\r\n".join((f"BEGIN:{self.name}", *(line.text for line in self.lines), f"END:{self.name}", ""))

    def is_far(self, first: datetime, last: datetime) -> bool:
        """Whether the written days alone show that the event happens once, well outside the window."""
        days = []
        for name, line in ((property_name(line.text), line.text) for line in self.lines):
            if name in _MORE_TIMES:
                return False
            if name in {"DTSTART", "DTEND"}:
                found = _DAY.search(line)
                days.append(found[1] if found else "")
        if not days or "" in days:
            return False
        return max(days) < f"{first - _MARGIN:%Y%m%d}" or min(days) > f"{last + _MARGIN:%Y%m%d}"


@dataclass
class RawCalendar:
    """One VCALENDAR; `properties` are its own (METHOD, X-WR-TIMEZONE)."""

    properties: dict[str, str] = field(default_factory=dict)
    zones: list[Block] = field(default_factory=list)
    events: list[Block] = field(default_factory=list)


def property_name(text: str) -> str | None:
    """The upper-case name of the property on this line, None where the line is no property."""
    found = _PROPERTY.match(text)
    return found[1].upper() if found else None


def _value(text: str) -> str:
    return text.partition(":")[2].strip()


def split(lines: Iterable[Line], report: Report) -> list[RawCalendar]:
    """The calendars of a file: whole events only, those cut short are reported.

    Raises:
        CalendarError: `cut` when the file breaks off before its first event is whole.
    """
    splitter = _Splitter(report)
    for line in lines:
        splitter.take(line)
    return splitter.finish()


class _Splitter:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._calendars: list[RawCalendar] = []
        self._open = False
        self._block: Block | None = None
        self._inner: list[str] = []
        self._dropped = 0

    def take(self, line: Line) -> None:
        name = property_name(line.text)
        if name == "BEGIN":
            self._begin(_value(line.text).upper(), line)
        elif name == "END":
            self._end(_value(line.text).upper())
        elif self._block is not None:
            self._keep(name, line, self._block)
        elif self._open and not self._inner and name:
            self._calendars[-1].properties.setdefault(name, _value(line.text))

    def _begin(self, name: str, line: Line) -> None:
        if name == "VCALENDAR":
            self._drop()
            self._calendars.append(RawCalendar())
            self._open, self._inner = True, []
        elif name == "VEVENT" or (name == "VTIMEZONE" and self._block is None):
            self._drop()
            if not self._calendars:
                self._report.add("no-envelope")
                self._calendars.append(RawCalendar())
            self._block, self._inner = Block(name, line.number), []
        else:
            self._inner.append(name)
            if self._block is not None and self._block.name == "VTIMEZONE":
                self._block.lines.append(line)

    def _end(self, name: str) -> None:
        if name == "VCALENDAR":
            self._drop()
            self._open = False
        elif self._block is not None and name == self._block.name:
            calendar = self._calendars[-1]
            (calendar.events if name == "VEVENT" else calendar.zones).append(self._block)
            self._block, self._inner = None, []
        elif name in self._inner:
            del self._inner[self._inner.index(name) :]
            if self._block is not None and self._block.name == "VTIMEZONE":
                self._block.lines.append(Line(0, f"END:{name}"))

    def _keep(self, name: str | None, line: Line, block: Block) -> None:
        if block.name == "VTIMEZONE":
            if name:
                block.lines.append(line)
        elif self._inner:
            return
        elif name is None:
            self._mend(line, block)
        elif name in _TEXTS:
            block.texts.append(line)
        elif name in _TIMES:
            block.lines.append(line)
            if name == "UID":
                block.uid = _value(line.text)

    def _mend(self, line: Line, block: Block) -> None:
        """A line that is no property: most often a description whose line breaks were not escaped."""
        self._report.add("bad-line", uid=block.uid, line=line.number)
        last = block.texts[-1] if block.texts else Line(0, "")
        if property_name(last.text) in _LONG_TEXTS and len(last.text) < MAX_LINE:
            block.texts[-1] = Line(last.number, f"{last.text}\\n{line.text}")

    def _drop(self) -> None:
        """Forget the component that was never closed."""
        if self._block is not None and self._block.name == "VEVENT":
            self._dropped += 1
            self._report.add("event-cut", uid=self._block.uid, line=self._block.line)
        self._block = None

    def finish(self) -> list[RawCalendar]:
        cut = self._open or self._block is not None
        self._drop()
        events = sum(len(calendar.events) for calendar in self._calendars)
        if cut and not events:
            raise CalendarError("cut")
        if cut:
            self._report.add("cut", events=events)
        if not events and not self._dropped:
            self._report.add("no-event")
        return self._calendars
