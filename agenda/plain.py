"""An event written in the plainest way: once, from one date and time to another, each in a zone.

Most events of most calendars are such. Their times are read here, without the machinery that the others need, as
icalendar and recurring-ical-events would; what is written in any other way is left to them.
"""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from agenda.blocks import Block
from agenda.events import MAX_LENGTH, YEARS
from agenda.zones import Zones

_LINE = re.compile(r"(UID|DTSTART|DTEND|SEQUENCE|STATUS)(?:;TZID=([^\";:,]+))?:([^\\]*)")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")


class Plain(NamedTuple):
    """An event that happens once, as written."""

    uid: str
    status: str
    sequence: int
    start: datetime
    end: datetime

    def within(self, first: datetime, last: datetime) -> bool:
        """Whether it happens from `first` (inclusive) to `last` (exclusive)."""
        return self.start < last and (self.end > first or first <= self.start)


def read_plain(block: Block, zones: Zones) -> Plain | None:
    """The event, None where anything in it is not plain."""
    found: dict[str, tuple[str | None, str]] = {}
    for line in block.lines:
        written = _LINE.fullmatch(line.text)
        if written is None or written[1] in found or (written[2] and not written[1].startswith("DT")):
            return None
        found[written[1]] = written[2], written[3].strip()
    uid, sequence = found.get("UID", (None, ""))[1], found.get("SEQUENCE", (None, "0"))[1]
    start, end = (_time(found.get(name), uid, zones) for name in ("DTSTART", "DTEND"))
    if not uid or not sequence.isdecimal() or len(sequence) > 9 or start is None or end is None:
        return None
    if not start <= end or end - start > MAX_LENGTH:
        return None
    return Plain(uid, found.get("STATUS", (None, ""))[1], int(sequence), start, end)


def _time(written: tuple[str | None, str] | None, uid: str, zones: Zones) -> datetime | None:
    """A time in a zone; None for days, for floating times and where UTC stands for a zone the calendar declares."""
    parts = _TIME.fullmatch(written[1]) if written else None
    if written is None or parts is None or int(parts[1]) not in YEARS:
        return None
    tzid = written[0]
    if bool(parts[7]) == bool(tzid) or (parts[7] and zones.declared):
        return None
    try:
        moment = datetime(*(int(part) for part in parts.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    return moment.replace(tzinfo=zones.resolve(tzid, uid).tz if tzid else UTC)
