"""Meetings -> a calendar of our own (RFC 5545) that others can follow, the agenda in each event's description.

The same meetings always give the same bytes. A follower knows a meeting again by its UID and takes what has the higher
SEQUENCE; times keep the zone they were set in, and the file says what that zone is (VTIMEZONE).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from agenda import marks, words
from agenda.items import Item
from agenda.vtimezone import vtimezone
from agenda.words import Language

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

REFRESH = timedelta(hours=1)
"""How often a follower is asked to look again (RFC 7986 section 5.7)."""

_YEAR = timedelta(days=366)
_WORDS = {
    "fr": ("Ordre du jour :", "rapporteur :", "Procès-verbal :"),
    "en": ("Agenda:", "presenter:", "Minutes:"),
}


@dataclass(frozen=True)
class Entry:
    """A meeting to write. `start` and `end` are aware; `sequence` grows with each change, at the instant `modified`.

    `minutes` is the link to the minutes, once there are any.
    """

    uid: str
    start: datetime
    end: datetime
    summary: str
    modified: datetime
    sequence: int = 0
    status: Status = "CONFIRMED"
    location: str = ""
    items: Sequence[Item] = ()
    minutes: str = ""


def write(entries: Iterable[Entry], *, name: str, language: Language = "fr") -> bytes:
    """The calendar `name` of these meetings, by start, as UTF-8 with folded lines.

    Raises:
        ValueError: a time without a zone.
    """
    meetings = sorted(entries, key=lambda one: (one.start, one.uid))
    if any(moment.utcoffset() is None for one in meetings for moment in (one.start, one.end, one.modified)):
        raise ValueError("a time without a zone")
    calendar = Calendar()
    calendar.add("PRODID", f"-//Hemicycle//agenda//{language.upper()}")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    for label in ("NAME", "X-WR-CALNAME"):
        calendar.add(label, name)
    calendar.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    for zone in sorted({_zone(one) for meeting in meetings for one in (meeting.start, meeting.end)} - {"UTC"}):
        latest = max(one.end for one in meetings)
        calendar.add_component(vtimezone(ZoneInfo(zone), meetings[0].start - _YEAR, latest + _YEAR))
    for one in meetings:
        calendar.add_component(_event(one, language))
    return bytes(calendar.to_ical())


def describe(items: Sequence[Item], language: Language = "fr") -> str:
    """An agenda as people write it and as `agenda.items` reads it; empty where there are no items."""
    return "\n".join((_WORDS[language][0], *(_line(item, language) for item in items))) if items else ""


def _event(one: Entry, language: Language) -> Event:
    event = Event()
    event.add("UID", one.uid)
    event.add("DTSTAMP", one.modified.astimezone(UTC))
    event.add("LAST-MODIFIED", one.modified.astimezone(UTC))
    event.add("SEQUENCE", one.sequence)
    event.add("STATUS", one.status)
    event.add("DTSTART", _zoned(one.start))
    event.add("DTEND", _zoned(one.end))
    event.add("SUMMARY", one.summary)
    if one.location:
        event.add("LOCATION", one.location)
    link = f"{_WORDS[language][2]} {one.minutes}" if one.minutes else ""
    description = "\n\n".join(part for part in (describe(one.items, language), link) if part)
    if description:
        event.add("DESCRIPTION", description)
    if one.minutes:
        event.add("URL", one.minutes)
    return event


def _zone(moment: datetime) -> str:
    """Its zone's name where the zone database has it, otherwise UTC."""
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else "UTC"


def _zoned(moment: datetime) -> datetime:
    return moment if _zone(moment) != "UTC" else moment.astimezone(UTC)


def _line(item: Item, language: Language) -> str:
    last = item.number.rpartition(".")[2]
    number = f"{item.number} " if "." in item.number and last.isdecimal() else f"{last}. "
    remarks = ", ".join(_remarks(item, language))
    title = " ".join(item.title.split())
    return f"{'   ' * (item.level - 1)}{number}{title}" + (f" ({remarks})" if remarks else "")


def _remarks(item: Item, language: Language) -> Iterator[str]:
    if item.minutes is not None:
        yield f"{item.minutes} min"
    if item.kind:
        yield words.kind(item.kind, language)
    if item.rapporteur:
        plain = marks.name(item.rapporteur, sure=False) == item.rapporteur
        yield item.rapporteur if plain else f"{_WORDS[language][1]} {item.rapporteur}"
