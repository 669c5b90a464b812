"""Calendars as they really are: ICS text -> typed events -> timed agenda items, and what changed since.

    reading = read(Path("council.ics").read_bytes(), zone=ZoneInfo("Europe/Paris"))
    meeting = next_meeting(reading, datetime.now(UTC))
    for item in plan(meeting).items: ...

`agenda.feed` follows a calendar by its address, `agenda.changes` compares two readings, `agenda.linked` fetches the
documents that events without an agenda link to, `agenda.writer` writes a calendar of our own.

Knows no council and no platform. Errors and problems carry codes and fields; `agenda.words` says them in French and
English; `agenda.show` makes JSON and plain text of a reading.
"""

from agenda.calendar import Reading, merge, next_meeting, read
from agenda.errors import CalendarError, Place, Problem
from agenda.items import Item, Plan, parse, plan
from agenda.occurrence import Occurrence

__all__ = [
    "CalendarError",
    "Item",
    "Occurrence",
    "Place",
    "Plan",
    "Problem",
    "Reading",
    "merge",
    "next_meeting",
    "parse",
    "plan",
    "read",
]
