"""What the log says is planned, as a reading of the calendar: to be compared with what the calendar says now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from agenda.calendar import Reading
from agenda.changes import Comparison, compare, identity
from agenda.errors import Problem
from agenda.occurrence import Occurrence
from meetings.domain.events import Planned
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import Entry, MeetingId


@dataclass(frozen=True)
class Compared:
    """What became of the meetings in the log: each one's event now (`current`), those that are `gone` or `missing` (see
    `agenda.changes`), and the events that are `new`.
    """

    current: Mapping[MeetingId, Occurrence]
    gone: tuple[MeetingId, ...]
    missing: tuple[MeetingId, ...]
    new: tuple[Occurrence, ...]


def compared(meetings: Iterable[Meeting], reading: Reading, problems: tuple[Problem, ...], now: datetime) -> Compared:
    """The log and the calendar side by side. `problems` are those that the calendar had the last time too."""
    known = {identity(one): (meeting.id, one) for meeting in _in_order(meetings) if (one := _occurrence(meeting))}
    ids = {key: meeting for key, (meeting, _) in known.items()}
    before = Reading(tuple(one for _, one in known.values()), problems)
    found: Comparison = compare(before, reading, now)
    current = {ids[key]: one for one in reading.occurrences if (key := identity(one)) in ids}
    current |= {ids[identity(one.before)]: one.after for one in found.changes if one.before and one.after}
    for one in found.stale:
        current.pop(ids[identity(one)], None)
    return Compared(
        current,
        tuple(ids[identity(one.before)] for one in found.changes if one.before and not one.after),
        tuple(ids[identity(one)] for one in found.missing),
        tuple(one.after for one in found.changes if one.after and not one.before),
    )


def _in_order(meetings: Iterable[Meeting]) -> list[Meeting]:
    """By start: an event used again for a later meeting stands for that one."""
    return sorted((one for one in meetings if one.plan), key=lambda one: one.plan.starts if one.plan else _NEVER)


_NEVER = datetime.max.replace(tzinfo=UTC)


def _occurrence(meeting: Meeting) -> Occurrence | None:
    """The calendar's event of a meeting, as far as the log knows it; None for one that no calendar announced."""
    plan = meeting.plan
    entry = _entry(plan) if plan else None
    if plan is None or entry is None:
        return None
    return Occurrence(
        uid=entry.uid,
        recurrence_id=entry.recurrence_id or None,
        start=plan.starts,
        end=plan.ends,
        all_day=False,
        zone="",
        summary=plan.title,
        description="",
        html="",
        location=plan.place,
        url=entry.url,
        status="CANCELLED" if meeting.phase is Phase.CANCELLED else "CONFIRMED",
        sequence=entry.sequence,
        modified=entry.modified,
    )


def _entry(plan: Planned) -> Entry | None:
    """In logs from before it was noted, what `source` says: a recurrence id is a moment, and a UID need not be one."""
    if plan.entry or not plan.source:
        return plan.entry
    uid, space, last = plan.source.rpartition(" ")
    try:
        datetime.fromisoformat(last)
    except ValueError:
        return Entry(plan.source)
    return Entry(uid, last) if space else Entry(plan.source)
