"""The time zone a TZID means, so that no time is ever left without one.

In order: the zone database's own names, the VTIMEZONE in the file, names of the database in another case or behind a
vendor's prefix (RFC 5545 section 3.2.19), Windows names, what Outlook displays ("(UTC+01:00) Bruxelles, Paris"), and at
last the council's zone, reported.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from agenda.blocks import Block, property_name
from agenda.errors import ProblemCode, Report
from agenda.rules import refusal_of_text
from agenda.text import Line

_DAY = timedelta(days=1)
_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+-−])\s*(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_FRENCH_CITIES = {"bruxelles": "brussels", "londres": "london", "lisbonne": "lisbon", "athènes": "athens"}
_TZID = re.compile(r"[^:;]*(?:;[^:]*)?:(.*)")


class Zone(NamedTuple):
    """A time zone and the name to show for it."""

    tz: tzinfo
    name: str


class FileZone(tzinfo):
    """A zone that a file defines itself, under the name it gives it."""

    def __init__(self, rules: tzinfo, key: str) -> None:
        self._rules = rules
        self.key = key

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """See `datetime.tzinfo`."""
        return self._rules.utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        """See `datetime.tzinfo`."""
        return self._rules.dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        """See `datetime.tzinfo`."""
        return self._rules.tzname(moment)

    def fromutc(self, moment: datetime) -> datetime:
        """The local time of a moment in UTC: the one that leads back to it.

        dateutil's own way assumes that summer time is one hour ahead, and is wrong by hours in zones that are not so.
        """
        for near in (moment - _DAY, moment + _DAY, moment):
            offset = self.utcoffset(near) or timedelta(0)
            for fold in (0, 1):
                local = (moment + offset).replace(fold=fold)
                if self.utcoffset(local) == offset:
                    return local
        return moment + (self.utcoffset(moment) or timedelta(0))


class Zones:
    """Resolves the TZIDs of one VCALENDAR; `home` is the council's zone."""

    def __init__(self, blocks: Iterable[Block], home: ZoneInfo, declared: str | None, report: Report) -> None:
        self._blocks = {_tzid(block): block for block in blocks}
        self._report = report
        self._known: dict[str, Zone] = {}
        self.home = Zone(home, home.key)
        self.declared = by_name(declared) if declared else None

    def resolve(self, tzid: str, uid: str | None) -> Zone:
        """The zone of that name; what had to be guessed is reported once a name."""
        tzid = tzid.strip().strip('"')
        if tzid not in self._known:
            zone, problem = self._find(tzid)
            if problem:
                self._report.add(problem, uid=uid, tzid=tzid[:80], zone=zone.name)
            self._known[tzid] = zone
        return self._known[tzid]

    def _find(self, tzid: str) -> tuple[Zone, ProblemCode | None]:
        exact = by_name(tzid) if tzid in available() else None
        zone = exact or self._defined(tzid) or by_name(tzid) or by_name(WINDOWS_TO_OLSON.get(tzid.strip("/ "), ""))
        if zone:
            return zone, None
        guess = self._displayed(tzid)
        return (guess, "zone-guessed") if guess else (self.declared or self.home, "zone-unknown")

    def _defined(self, tzid: str) -> Zone | None:
        """From the file's VTIMEZONE, unless its rules are no yearly rules."""
        block = self._blocks.get(tzid)
        if block is None:
            return None
        tz = _build(block)
        if tz is None:
            self._report.add("zone-refused", line=block.line, tzid=tzid[:80])
            return None
        return Zone(FileZone(tz, tzid[:80]), tzid[:80])

    def _displayed(self, text: str) -> Zone | None:
        """By the offset in an Outlook display name: the council's own zone, a city named there, or the bare offset."""
        found = _OFFSET.search(text)
        if not found:
            return None
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes) * (1 if found[1] == "+" else -1)
        if _standard_offset(self.home.tz) == offset:
            return self.home
        for city in re.split(r"[,;/()]", text[found.end() :].lower()):
            name = _cities().get(_FRENCH_CITIES.get(city.strip(), city.strip()).replace(" ", "_"))
            if name and _standard_offset(ZoneInfo(name)) == offset:
                return Zone(ZoneInfo(name), name)
        fixed = timezone(offset)
        return Zone(fixed, str(fixed))


def by_name(name: str) -> Zone | None:
    """A zone of the database: exact, in another case, with a space for `_`, or behind a vendor's prefix."""
    parts = name.strip().strip("/").replace(" ", "_").lower().split("/")
    for first in range(len(parts) if name.startswith("/") else 1):
        key = _names().get("/".join(parts[first:]))
        if key:
            return Zone(UTC, "UTC") if key in {"UTC", "Etc/UTC"} else Zone(ZoneInfo(key), key)
    return None


@cache
def available() -> frozenset[str]:
    """The names of the zone database."""
    return frozenset(available_timezones())


@cache
def _names() -> dict[str, str]:
    return {key.lower(): key for key in available()}


@cache
def _cities() -> dict[str, str]:
    return {key.rpartition("/")[2]: name for key, name in sorted(_names().items(), reverse=True) if "/" in key}


def _standard_offset(tz: tzinfo) -> timedelta | None:
    """The offset outside summer time, as Windows display names give it: the smaller one of the year."""
    offsets = [datetime(2026, month, 15, tzinfo=tz).utcoffset() for month in (1, 7)]
    return min((offset for offset in offsets if offset is not None), default=None)


def _tzid(block: Block) -> str:
    line = next((line.text for line in block.lines if property_name(line.text) == "TZID"), "")
    found = _TZID.fullmatch(line)
    return found[1].strip() if found else ""


def _build(block: Block) -> tzinfo | None:
    """A tzinfo from a VTIMEZONE (RFC 5545 section 3.6.5), None where it cannot be used."""
    rules = [line.text.partition(":")[2] for line in block.lines if property_name(line.text) == "RRULE"]
    if len(block.lines) > 2000 or any(refusal_of_text(rule) for rule in rules):
        return None
    # icalendar keeps every VTIMEZONE that has a TZID in one table for the whole process, so that a file could redefine
    # the zone of another: the name is given only after parsing.
    nameless = [Line(0, line.text) for line in block.lines if property_name(line.text) != "TZID"]
    try:
        component = Timezone.from_ical(Block(block.name, block.line, nameless).ics())
        if not isinstance(component, Timezone):
            return None
        component.add("TZID", "of-the-file")
        tz = component.to_tz(lookup_tzid=False)
        midsummer = datetime(2026, 7, 15, tzinfo=tz)
        usable = midsummer.utcoffset() is not None and midsummer.astimezone(UTC).astimezone(tz) is not None
    except Exception:  # icalendar and dateutil raise whatever their own code trips on
        return None
    return tz if usable else None
