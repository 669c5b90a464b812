"""A zone of the database -> the VTIMEZONE that says the same for a stretch of years (RFC 5545 section 3.6.5).

icalendar can make one too, but has summer time begin an hour late.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)

Observance = tuple[bool, timedelta, timedelta, str]
"""Summer time or not, the offset before, the offset from then on, the name."""


def vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The rules of a zone from `first` to `last`, both aware."""
    begin = first.astimezone(UTC).replace(microsecond=0)
    onsets: dict[Observance, list[datetime]] = {}
    for onset, before in [(begin, begin), *((one, one - _SECOND) for one in _transitions(zone, begin, last))]:
        local, was = onset.astimezone(zone), before.astimezone(zone)
        offset = was.utcoffset() or timedelta(0)
        observance = bool(local.dst()), offset, local.utcoffset() or timedelta(0), local.tzname() or zone.key
        onsets.setdefault(observance, []).append((onset + offset).replace(tzinfo=None))
    component = Timezone()
    component.add("TZID", zone.key)
    for observance, locals_ in onsets.items():
        component.add_component(_observance(observance, locals_))
    return component


def _transitions(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants, in UTC, at which the offset or its name changes; a day at a time, then by halves."""
    while first < last:
        early, late = first, first + _DAY
        if _state(zone, early) != _state(zone, late):
            while late - early > _SECOND:
                middle = early + (late - early) // 2
                middle = middle.replace(microsecond=0)
                early, late = (early, middle) if _state(zone, middle) != _state(zone, early) else (middle, late)
            yield late
        first += _DAY


def _state(zone: ZoneInfo, moment: datetime) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()


def _observance(observance: Observance, onsets: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    summer, before, offset, name = observance
    component = TimezoneDaylight() if summer else TimezoneStandard()
    component.add("DTSTART", onsets[0])
    component.add("TZOFFSETFROM", before)
    component.add("TZOFFSETTO", offset)
    component.add("TZNAME", name)
    if onsets[1:]:
        component.add("RDATE", onsets[1:])
    return component
