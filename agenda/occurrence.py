"""One event as it happens once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar import Event

from agenda.series import Instance
from agenda.zones import FileZone


@dataclass(frozen=True)
class Occurrence:
    """One event as it happens once.

    `start` and `end` are aware, in the event's own zone (the council's where it is written in UTC), whose name is
    `zone`; for an all-day event they are midnights and `end` is the day after the last, as in RFC 5545.
    `recurrence_id` is the planned start of this instance of a series, ISO 8601 in UTC (a date for whole days), None for
    an event that happens once. `status` is upper case, CONFIRMED where none is given.
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

    def after(self, offset: timedelta) -> datetime:
        """That long after the start, as clocks in the event's zone show it."""
        return (self.start_utc + offset).astimezone(self.start.tzinfo)

    @property
    def cancelled(self) -> bool:
        """Whether this instance was called off."""
        return self.status == "CANCELLED"


def build(instance: Instance, texts: Event, sequence: int, zone: ZoneInfo) -> Occurrence:
    """What happens, from its times and its texts; days alone begin at midnight in `zone`, and UTC is shown in it."""
    event = instance.event
    start, end = _aware(instance.start, zone), _aware(instance.end, zone)
    return Occurrence(
        uid=str(event["UID"]),
        recurrence_id=_iso(instance.recurrence_id),
        start=start,
        end=max(start, end),
        all_day=not isinstance(instance.start, datetime),
        zone=_zone_name(start.tzinfo, start),
        summary=" ".join(_text(texts, "SUMMARY").split()),
        description=_text(texts, "DESCRIPTION"),
        html=_html(texts),
        location=" ".join(_text(texts, "LOCATION").split()),
        url=_text(texts, "URL").strip(),
        status=_text(event, "STATUS").strip().upper() or "CONFIRMED",
        sequence=sequence,
    )


def _aware(moment: date, zone: ZoneInfo) -> datetime:
    """An instant in its zone; a day alone is its midnight at home. A time that a spring night skips is moved on.

    UTC says nothing of where people meet: such times are given as the council's clocks show them.
    """
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    local = zone if moment.tzname() == "UTC" else moment.tzinfo
    return moment.astimezone(UTC).astimezone(local)


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
