"""ICS text -> typed events, with what real calendars get wrong repaired and reported.

RFC 5545 is the format. No time that leaves here is without a zone, no file makes it crash or hang, and one bad event
never hides the good ones.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event

from agenda import blocks, text
from agenda.errors import CalendarError, Problem, Report
from agenda.events import parse, parse_texts, sequence_of
from agenda.occurrence import Occurrence, build
from agenda.series import MAX_EVENTS, MAX_OCCURRENCES, Expander, Instance, Window, span_of
from agenda.zones import Zones

__all__ = ["Occurrence", "Reading", "next_meeting", "read"]

YEAR = timedelta(days=365)
MAX_WINDOW = timedelta(days=3660)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9990, 1, 1, tzinfo=UTC)
_BLOCK = "X-BLOCK"
"""Carries the number of the block an event came from through recurring-ical-events, which hands out copies."""


@dataclass(frozen=True)
class Reading:
    """What a calendar says, by start, and what was repaired or left out on the way."""

    occurrences: tuple[Occurrence, ...]
    problems: tuple[Problem, ...]


def read(
    data: bytes | str,
    *,
    zone: ZoneInfo,
    start: datetime | None = None,
    end: datetime | None = None,
    now: datetime | None = None,
    cancelled: bool = False,
    file: str | None = None,
) -> Reading:
    """What happens from `start` (inclusive) to `end` (exclusive), both aware.

    Without `start` and `end`: a year back and a year ahead of `now`, and where nothing falls there, the whole file. At
    most ten years and 5,000 occurrences. `zone` is the council's: floating times and days take it. Called-off instances
    are left out unless `cancelled`. `file` names the source in the problems.

    Raises:
        CalendarError: `empty`, `too-large`, `not-calendar`, or `cut` before the first event was whole.
    """
    report = Report(file)
    now = now or datetime.now(UTC)
    source = _File(text.lines(data, report), zone, report)
    found = source.occurrences(_window(start, end, now, report))
    if not found and source.series and start is None and end is None:
        found = source.occurrences(source.span())
    kept = [one for one in found if cancelled or not one.cancelled]
    if source.series and end is None and not any(one.end > now for one in kept):
        report.add("no-future-event")
    return Reading(tuple(kept), report.problems())


def next_meeting(reading: Reading, now: datetime) -> Occurrence:
    """The first occurrence that is not over at `now`, neither called off nor a whole day.

    Raises:
        CalendarError: `no-future-event`.
    """
    for one in reading.occurrences:
        if one.end > now and not one.cancelled and not one.all_day:
            return one
    raise CalendarError("no-future-event")


class _File:
    """The mended events of all calendars in a file, those of one UID together, and the blocks they came from."""

    def __init__(self, lines: Iterable[text.Line], zone: ZoneInfo, report: Report) -> None:
        self._zone = zone
        self._report = report
        self._blocks: list[blocks.Block] = []
        self._texts: dict[int, Event] = {}
        self._sequences: dict[int, int] = {}
        self.series = defaultdict[str, list[Event]](list)
        for raw in blocks.split(lines, report):
            self._add(raw)

    def _add(self, raw: blocks.RawCalendar) -> None:
        zones = Zones(raw.zones, self._zone, raw.properties.get("X-WR-TIMEZONE"), self._report)
        called_off = raw.properties.get("METHOD", "").upper() == "CANCEL"
        for block in raw.events:
            if len(self._blocks) >= MAX_EVENTS:
                self._report.add("too-many-events", limit=MAX_EVENTS)
                return
            event = parse(block, zones, self._report)
            self._blocks.append(block)
            if event is not None:
                event[_BLOCK] = len(self._blocks) - 1
                self._sequences[len(self._blocks) - 1] = sequence_of(event)
                if called_off:
                    event["STATUS"] = "CANCELLED"
                self.series[str(event["UID"])].append(event)

    def span(self) -> Window:
        """From the first event to a year after the last one, the last ten years of it."""
        first, last = span_of([event for events in self.series.values() for event in events])
        end = _clamp(last) + YEAR
        return max(_clamp(first), end - MAX_WINDOW), end

    def occurrences(self, window: Window) -> list[Occurrence]:
        """What happens in the window, by start."""
        expander = Expander((window[0].astimezone(self._zone), window[1].astimezone(self._zone)), self._report)
        found: list[Occurrence] = []
        for events in self.series.values():
            found.extend(self._typed(instance) for instance in expander.instances(events))
            if len(found) > MAX_OCCURRENCES:
                self._report.add("too-many-occurrences", limit=MAX_OCCURRENCES)
                del found[MAX_OCCURRENCES:]
                break
        return sorted(found, key=lambda one: (one.start, one.uid))

    def _typed(self, instance: Instance) -> Occurrence:
        number = int(str(instance.event[_BLOCK]))
        if number not in self._texts:
            self._texts[number] = parse_texts(self._blocks[number], self._report)
        return build(instance, self._texts[number], self._sequences[number], self._zone)


def _window(start: datetime | None, end: datetime | None, now: datetime, report: Report) -> Window:
    """The window asked for, its missing side a year from the other or from now, cut to what is worked out."""
    first = start or min(now - YEAR, end - YEAR) if end else start or now - YEAR
    last = end or max(now, start or now) + YEAR
    first, last = _clamp(first), _clamp(last)
    if last - first > MAX_WINDOW:
        report.add("window-cut", years=MAX_WINDOW.days // 365)
        last = first + MAX_WINDOW
    return first, max(last, first)


def _clamp(moment: datetime) -> datetime:
    return min(max(moment.astimezone(UTC), _EARLIEST), _LATEST)
