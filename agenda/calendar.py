"""ICS text -> typed events, with what real calendars get wrong repaired and reported.

RFC 5545 is the format. No time that leaves here is without a zone, no file makes it crash or hang, and one bad event
never hides the good ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Event

from agenda import blocks, text
from agenda.errors import CalendarError, Problem, Report
from agenda.events import parse, sequence_of
from agenda.occurrence import Occurrence, build
from agenda.plain import Plain, read_plain
from agenda.series import BLOCK, MAX_EVENTS, Expander, Instance, Window, span_of
from agenda.texts import Texts, read_texts
from agenda.zones import Zones

__all__ = ["YEAR", "Occurrence", "Reading", "merge", "next_meeting", "read"]

YEAR = timedelta(days=365)
MAX_WINDOW = timedelta(days=3660)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """What a calendar says, by start, what was repaired or left out on the way, and the `window` that was read."""

    occurrences: tuple[Occurrence, ...]
    problems: tuple[Problem, ...]
    window: Window = (_EARLIEST, _LATEST)


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
    most ten years and 11,000 instances of series. `zone` is the council's: floating times and days take it. Called-off
    instances are left out unless `cancelled`. `file` names the source in the problems.

    Raises:
        CalendarError: `empty`, `too-large`, `not-calendar`, or `cut` before the first event was whole.
    """
    report = Report(file)
    now = now or datetime.now(UTC)
    source = _File(text.lines(data, report), zone, report, file)
    window = _window(start, end, now, report)
    found = source.occurrences(window)
    if not found and source and start is None and end is None:
        window = source.span()
        found = source.occurrences(window)
    kept = [one for one in found if cancelled or not one.cancelled]
    if source and end is None and not any(one.end > now for one in kept):
        report.add("no-future-event")
    return Reading(tuple(kept), report.problems(), window)


def next_meeting(reading: Reading, now: datetime) -> Occurrence:
    """The first occurrence that is not over at `now`, neither called off nor a whole day.

    Raises:
        CalendarError: `no-future-event`.
    """
    for one in reading.occurrences:
        if one.end > now and not one.cancelled and not one.all_day:
            return one
    raise CalendarError("no-future-event")


def merge(readings: Sequence[Reading]) -> Reading:
    """Several calendars read as one; of an event that is in two of them, the newer. A single one stays itself."""
    if len(readings) == 1:
        return readings[0]
    best: dict[tuple[str, str | None], Occurrence] = {}
    for one in (one for reading in readings for one in reading.occurrences):
        known = best.setdefault((one.uid, one.recurrence_id), one)
        if (one.sequence, one.modified or _EARLIEST) > (known.sequence, known.modified or _EARLIEST):
            best[one.uid, one.recurrence_id] = one
    return Reading(
        tuple(sorted(best.values(), key=lambda one: (one.start, one.uid))),
        tuple(problem for reading in readings for problem in reading.problems),
        (
            max((reading.window[0] for reading in readings), default=_EARLIEST),
            min((reading.window[1] for reading in readings), default=_LATEST),
        ),
    )


class _Written(NamedTuple):
    """One event as the file has it: its block, its number in the file and what its calendar says for all."""

    block: blocks.Block
    number: int
    zones: Zones
    called_off: bool


class _File:
    """The events of all calendars in a file, those of one UID together; parsed when a window comes near them."""

    def __init__(self, lines: Iterable[text.Line], zone: ZoneInfo, report: Report, file: str | None) -> None:
        self._file = file
        self._zone = zone
        self._report = report
        self._written: list[_Written] = []
        self._series = defaultdict[str, list[_Written]](list)
        self._parsed: dict[str, list[Event]] = {}
        self._texts: dict[int, Texts] = {}
        self._sequences: dict[int, int] = {}
        for raw in blocks.split(lines, report):
            self._add(raw)

    def _add(self, raw: blocks.RawCalendar) -> None:
        zones = Zones(raw.zones, self._zone, raw.properties.get("X-WR-TIMEZONE"), self._report)
        called_off = raw.properties.get("METHOD", "").upper() == "CANCEL"
        for block in raw.events:
            number = len(self._written)
            if number >= MAX_EVENTS:
                self._report.add("too-many-events", limit=MAX_EVENTS)
                return
            self._written.append(_Written(block, number, zones, called_off))
            self._series[block.uid or f"\0{number}"].append(self._written[-1])

    def __bool__(self) -> bool:
        return bool(self._written)

    def _events(self, uid: str) -> list[Event]:
        """The mended events of one UID."""
        if uid not in self._parsed:
            self._parsed[uid] = [event for one in self._series[uid] if (event := self._parse(one)) is not None]
        return self._parsed[uid]

    def _parse(self, written: _Written) -> Event | None:
        event = parse(written.block, written.zones, self._report)
        if event is not None:
            event[BLOCK] = written.number
            self._sequences[written.number] = sequence_of(event)
            if written.called_off:
                event["STATUS"] = "CANCELLED"
        return event

    def span(self) -> Window:
        """From the first event to a year after the last one, the last ten years of it."""
        first, last = span_of([event for uid in self._series for event in self._events(uid)])
        end = _clamp(last) + YEAR
        return max(_clamp(first), end - MAX_WINDOW), end

    def occurrences(self, window: Window) -> list[Occurrence]:
        """What happens in the window, by start."""
        expander = Expander((window[0].astimezone(self._zone), window[1].astimezone(self._zone)), self._report)
        found: list[Occurrence] = []
        for uid, written in self._series.items():
            found.extend(self._typed(one) for one in self._instances(uid, written, window, expander))
        return sorted(found, key=lambda one: (one.start, one.uid))

    def _instances(self, uid: str, written: list[_Written], window: Window, expander: Expander) -> Iterable[Instance]:
        """What happens of one UID: worked out, unless it is far, or plain to see."""
        if len(written) == 1:
            only = written[0]
            if only.block.is_far(*window):
                return ()
            plain = read_plain(only.block, only.zones)
            if plain is not None:
                return [self._plain(plain, only)] if plain.within(*window) else ()
        events = self._events(uid)
        return expander.instances(events) if events else ()

    def _plain(self, plain: Plain, written: _Written) -> Instance:
        self._sequences[written.number] = plain.sequence
        status = "CANCELLED" if written.called_off else plain.status
        return Instance(written.number, plain.uid, status, plain.start, plain.end, None)

    def _typed(self, instance: Instance) -> Occurrence:
        number = instance.number
        if number not in self._texts:
            self._texts[number] = read_texts(self._written[number].block, self._report)
        return build(instance, self._texts[number], self._sequences[number], self._zone, self._file)


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
