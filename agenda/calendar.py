"""ICS text -> typed events, with what real calendars get wrong repaired and reported.

RFC 5545 is the format. No time that leaves here is without a zone, no file makes it crash or hang, and one bad event
never hides the good ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar import Event

from agenda import blocks, text
from agenda.errors import CalendarError, Problem, Report
from agenda.events import parse
from agenda.series import MAX_EVENTS, MAX_OCCURRENCES, Expander, Instance, Window, span_of
from agenda.zones import FileZone, Zones

YEAR = timedelta(days=365)
MAX_WINDOW = timedelta(days=3660)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Occurrence:
    """One event as it happens once.

    `start` and `end` are aware, in the event's own zone, whose name is `zone`; for an all-day event they are midnights
    and `end` is the day after the last, as in RFC 5545. `recurrence_id` is the planned start of this instance of a
    series, ISO 8601 in UTC (a date for whole days), None for an event that happens once. `status` is upper case,
    CONFIRMED where none is given.
    """

    uid: str
    recurrence_id: str | None
    start: datetime
    end: datetime
    all_day: bool
    zone: str
    summary: str
    description: str
    html: str
    location: str
    url: str
    status: str
    sequence: int

    @property
    def start_utc(self) -> datetime:
        """The start in UTC."""
        return self.start.astimezone(UTC)

    @property
    def end_utc(self) -> datetime:
        """The end in UTC."""
        return self.end.astimezone(UTC)

    @property
    def cancelled(self) -> bool:
        """Whether this instance was called off."""
        return self.status == "CANCELLED"


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
    series = _series(text.lines(data, report), zone, report)
    window = _window(start, end, now, report)
    found = _occurrences(series, window, zone, report)
    if not found and series and start is None and end is None:
        found = _occurrences(series, _whole([event for events in series for event in events]), zone, report)
    kept = [one for one in found if cancelled or not one.cancelled]
    if series and end is None and not any(one.end > now for one in kept):
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


def _series(lines: Iterable[text.Line], zone: ZoneInfo, report: Report) -> list[list[Event]]:
    """The mended events of all calendars in the file, those of one UID together."""
    series = defaultdict[str, list[Event]](list)
    count = 0
    for raw in blocks.split(lines, report):
        zones = Zones(raw.zones, zone, raw.properties.get("X-WR-TIMEZONE"), report)
        called_off = raw.properties.get("METHOD", "").upper() == "CANCEL"
        for block in raw.events:
            count += 1
            if count > MAX_EVENTS:
                report.add("too-many-events", limit=MAX_EVENTS)
                break
            event = parse(block, zones, report)
            if event is not None:
                if called_off:
                    event["STATUS"] = "CANCELLED"
                series[str(event["UID"])].append(event)
    return list(series.values())


def _window(start: datetime | None, end: datetime | None, now: datetime, report: Report) -> Window:
    """The window asked for, its missing side a year from the other or from now, cut to what is worked out."""
    first = start or min(now - YEAR, end - YEAR) if end else start or now - YEAR
    last = end or max(now, start or now) + YEAR
    first, last = _clamp(first), _clamp(last)
    if last - first > MAX_WINDOW:
        report.add("window-cut", years=MAX_WINDOW.days // 365)
        last = first + MAX_WINDOW
    return first, max(last, first)


def _whole(events: list[Event]) -> Window:
    """From the first event to a year after the last one, the last ten years of it."""
    first, last = span_of(events)
    end = _clamp(last) + YEAR
    return max(_clamp(first), end - MAX_WINDOW), end


def _clamp(moment: datetime) -> datetime:
    return min(max(moment.astimezone(UTC), _EARLIEST), _LATEST)


def _occurrences(series: list[list[Event]], window: Window, zone: ZoneInfo, report: Report) -> list[Occurrence]:
    expander = Expander((window[0].astimezone(zone), window[1].astimezone(zone)), report)
    found: list[Occurrence] = []
    for events in series:
        found.extend(_typed(instance, zone) for instance in expander.instances(events))
        if len(found) > MAX_OCCURRENCES:
            report.add("too-many-occurrences", limit=MAX_OCCURRENCES)
            del found[MAX_OCCURRENCES:]
            break
    return sorted(found, key=lambda one: (one.start, one.uid))


def _typed(instance: Instance, zone: ZoneInfo) -> Occurrence:
    event = instance.event
    start, end = _aware(instance.start, zone), _aware(instance.end, zone)
    return Occurrence(
        uid=str(event["UID"]),
        recurrence_id=_iso(instance.recurrence_id),
        start=start,
        end=max(start, end),
        all_day=not isinstance(instance.start, datetime),
        zone=_zone_name(start.tzinfo, start),
        summary=" ".join(_text(event, "SUMMARY").split()),
        description=_text(event, "DESCRIPTION"),
        html=_html(event),
        location=" ".join(_text(event, "LOCATION").split()),
        url=_text(event, "URL").strip(),
        status=_text(event, "STATUS").strip().upper() or "CONFIRMED",
        sequence=_sequence(event),
    )


def _aware(moment: date, zone: ZoneInfo) -> datetime:
    """An instant in its zone; a day alone is its midnight at home. A time that a spring night skips is moved on."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment.astimezone(UTC).astimezone(moment.tzinfo)


def _zone_name(tz: tzinfo | None, moment: datetime) -> str:
    return tz.key if isinstance(tz, ZoneInfo | FileZone) else moment.tzname() or "UTC"


def _iso(moment: date | None) -> str | None:
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
    return moment.isoformat() if moment else None


def _text(event: Event, name: str) -> str:
    return next(_values(event, name), "")


def _values(event: Event, name: str) -> Iterator[str]:
    value = event.get(name)
    for one in value if isinstance(value, list) else [value]:
        if one is not None:
            yield str(one)


_ALTREP = re.compile(r"data:text/html(?:;charset=[\w-]+)?,(.*)", re.IGNORECASE | re.DOTALL)


def _html(event: Event) -> str:
    """X-ALT-DESC (Outlook), STYLED-DESCRIPTION (RFC 9073) or an ALTREP that carries its data (Thunderbird)."""
    for name in ("X-ALT-DESC", "STYLED-DESCRIPTION"):
        for value in _values(event, name):
            if "<" in value:
                return value
    params = getattr(event.get("DESCRIPTION"), "params", {})
    found = _ALTREP.match(str(params.get("ALTREP", "")))
    return unquote(found[1]) if found else ""


def _sequence(event: Event) -> int:
    value = event.get("SEQUENCE")
    return max(int(value), 0) if isinstance(value, int) else 0
