"""An event of a calendar as a meeting of the council."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from agenda.calendar import Reading, next_meeting
from agenda.documents import NO_DOCUMENTS, Documents
from agenda.errors import CalendarError
from agenda.items import Item, plan
from agenda.occurrence import Occurrence
from meetings.council import Council, insist
from meetings.domain.calendar import numbered
from meetings.domain.commands import Plan
from meetings.domain.events import Planned
from meetings.domain.refusals import Refusal
from meetings.domain.values import Entry, MeetingId, PlannedItem, Seat


@dataclass(frozen=True, slots=True)
class Host:
    """Where and for whom the council meets: its name and language, the platform's room, the members' seats."""

    council: str
    lang: Literal["fr", "en"]
    channel: str
    venue: Literal["stage", "voice"]
    roster: tuple[Seat, ...]


def meeting_id(occurrence: Occurrence) -> MeetingId:
    """The same id for the same instance of the same event, wherever it is read (UID and RECURRENCE-ID, RFC 5545)."""
    source = f"{occurrence.uid}\n{occurrence.recurrence_id or ''}"
    return MeetingId(hashlib.sha256(source.encode()).hexdigest()[:12])


def entry_of(occurrence: Occurrence) -> Entry:
    """What the log keeps of a calendar's event, to know it again."""
    one = occurrence
    return Entry(one.uid, one.recurrence_id or "", one.url, one.sequence, one.modified)


def items_of(
    occurrence: Occurrence, documents: Documents = NO_DOCUMENTS, others: Iterable[PlannedItem] = ()
) -> tuple[PlannedItem, ...]:
    """The event's agenda; then the `others` (postponed to it, or proposed), but for titles that are there already."""
    items = [_item(item) for item in plan(occurrence, documents).items if item.level == 1]
    for item in others:
        if item.title.casefold() not in {one.title.casefold() for one in items}:
            items.append(item)
    return numbered(tuple(items))


def planned(
    occurrence: Occurrence, host: Host, items: tuple[PlannedItem, ...], *, following: datetime | None = None
) -> Planned:
    """The council's meeting that an event of its calendar announces."""
    return Planned(
        council=host.council,
        title=occurrence.summary,
        starts=occurrence.start,
        ends=occurrence.end,
        channel=host.channel,
        venue=host.venue,
        lang=host.lang,
        items=items,
        roster=host.roster,
        source=f"{occurrence.uid} {occurrence.recurrence_id or ''}".strip(),
        place=occurrence.location,
        following=following,
        entry=entry_of(occurrence),
    )


async def plan_soon(
    council: Council, reading: Reading, host: Host, now: Callable[[], datetime], soon: timedelta
) -> MeetingId | None:
    """For a rehearsal: the calendar's next meeting, held so `soon` from now whatever its date; its id where planned.

    Raises CalendarError (`no-future-event`).
    """
    occurrence = next_meeting(reading, now())
    starts = (now() + soon).astimezone(occurrence.start.tzinfo)
    following = _following(reading, occurrence)
    announced = planned(occurrence, host, items_of(occurrence), following=following)
    held = replace(announced, starts=starts, ends=starts + (announced.ends - announced.starts))
    command = Plan(meeting=meeting_id(occurrence), at=now(), cause=f"calendar:{meeting_id(occurrence)}", plan=held)
    outcome = await insist(lambda: council.handle(command))
    return None if isinstance(outcome, Refusal) else command.meeting


def _following(reading: Reading, occurrence: Occurrence) -> datetime | None:
    try:
        return next_meeting(reading, occurrence.end).start
    except CalendarError:
        return None


def _item(item: Item) -> PlannedItem:
    return PlannedItem(0, item.title, item.minutes, item.rapporteur or "", item.kind or "")
