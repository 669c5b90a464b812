"""The calendar and the log compared -> the commands that make the log say what the calendar says. Pure."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from agenda.documents import Documents
from agenda.occurrence import Occurrence
from meetings.domain import diary as d
from meetings.domain.agenda import Fate
from meetings.domain.command import Command
from meetings.domain.commands import Plan
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.rules import Rules
from meetings.domain.scheduling import Reason
from meetings.domain.values import MeetingId, PlannedItem
from meetings.planning.known import Compared
from meetings.planning.plans import Host, entry_of, items_of, meeting_id, planned

MOST = 100
"""Meetings planned ahead, the nearest: as many as Discord announces (Guild Scheduled Event)."""


class Scene(NamedTuple):
    """What decides: the meetings in the log, where the council meets, the documents' texts, and the hour."""

    meetings: Sequence[Meeting]
    host: Host
    texts: Documents
    now: datetime


def commands(scene: Scene, found: Compared, *, whole: bool) -> Iterator[Command]:
    """In order. Where not the `whole` calendar was read, what is absent from it says nothing."""
    for meeting in scene.meetings:
        if one := found.current.get(meeting.id):
            yield from _followed(scene, meeting, one)
    if whole:
        yield from _absent(scene, found)
    yield from _planned(scene, found)


def _followed(scene: Scene, meeting: Meeting, one: Occurrence) -> Iterator[Command]:
    """A meeting that is still in the calendar, until it is convened."""
    plan, at, key = meeting.plan, scene.now, meeting.id
    if plan is None or meeting.phase not in {Phase.PLANNED, Phase.CANCELLED} or one.end <= at:
        return
    if one.cancelled or one.all_day:
        if meeting.phase is Phase.PLANNED:
            yield d.Cancel(meeting=key, at=at, reason=Reason.CALENDAR)
        return
    if meeting.phase is Phase.CANCELLED:
        yield d.Reinstate(meeting=key, at=at)
    if meeting.standing.missing or meeting.standing.kept:
        yield d.NoteFound(meeting=key, at=at)
    entry, items = entry_of(one), items_of(one, scene.texts, _others(scene, meeting))
    if (plan.starts, plan.ends, plan.place) != (one.start, one.end, one.location):
        yield d.Reschedule(meeting=key, at=at, starts=one.start, ends=one.end, place=one.location, entry=entry)
    if (plan.title, plan.items) != (one.summary, items):
        yield d.ChangeAgenda(meeting=key, at=at, title=one.summary, items=items, entry=entry)


def _absent(scene: Scene, found: Compared) -> Iterator[Command]:
    """Withdrawn, or missing without an explanation: then a person says what it means."""
    known = {meeting.id: meeting for meeting in scene.meetings}
    for key in found.gone:
        if known[key].phase is Phase.PLANNED and not known[key].standing.kept:
            yield d.Cancel(meeting=key, at=scene.now, reason=Reason.CALENDAR)
    for key in found.missing:
        standing = known[key].standing
        if known[key].phase is Phase.PLANNED and not standing.missing and not standing.kept:
            yield d.NoteMissing(meeting=key, at=scene.now)


def _planned(scene: Scene, found: Compared) -> Iterator[Command]:
    """What is new, and what became of an event whose meeting was held: the same event, used for a later one."""
    again = [
        (_again(one), one)
        for meeting in scene.meetings
        if (one := found.current.get(meeting.id)) and meeting.adjourned and one.start > meeting.adjourned
    ]
    coming = [(meeting_id(one), one) for one in found.new] + again
    known = {meeting.id for meeting in scene.meetings}
    room = MOST - sum(meeting.phase is Phase.PLANNED for meeting in scene.meetings)
    for key, one in sorted(coming, key=lambda each: each[1].start_utc)[: max(0, room)]:
        if key not in known and one.end > scene.now and not one.cancelled and not one.all_day:
            plan = planned(one, scene.host, items_of(one, scene.texts))
            yield Plan(meeting=key, at=scene.now, cause=f"calendar:{key}", plan=plan)


def _again(one: Occurrence) -> MeetingId:
    source = f"{one.uid}\n{one.recurrence_id or ''}\n{one.start_utc.isoformat()}"
    return MeetingId(hashlib.sha256(source.encode()).hexdigest()[:12])


def seated(meetings: Sequence[Meeting], host: Host, rules: Rules, now: datetime) -> Iterator[Command]:
    """Who sits now, in the next meeting and in those to which members were called; then the proxies handed on to it.

    A meeting planned long ago, to which nobody was called yet, goes by the `rules` of today.
    """
    latest, following = pair(meetings)
    for meeting in meetings:
        plan = meeting.plan if meeting.phase is Phase.PLANNED else None
        if plan and plan.rules != rules and not plan.waiver and not meeting.standing.summoned:
            yield d.ReviseRules(meeting=meeting.id, at=now, rules=rules)
        called = meeting.phase is Phase.PLANNED and (meeting is following or meeting.standing.summoned)
        if called and host.roster and host.roster != meeting.attendance.roster:
            yield d.ReviseRoster(meeting=meeting.id, at=now, roster=host.roster)
    if latest and following and latest.rules.proxies.held:
        proxies = latest.attendance.carried(latest.rules.proxies.meetings)
        if proxies:
            yield d.CarryProxies(meeting=following.id, at=now, cause=f"carried:{latest.id}", proxies=proxies)


def pair(meetings: Sequence[Meeting]) -> tuple[Meeting | None, Meeting | None]:
    """The latest meeting held, and the next one to come, to which it leaves what it did not finish.

    A meeting that lacked its quorum leaves everything to the one reconvened for it, which has it from its planning.
    """
    held = [meeting for meeting in meetings if meeting.phase is Phase.ADJOURNED]
    latest = max(held, key=lambda meeting: meeting.adjourned or _NEVER, default=None)
    following = next_of(meetings)
    if latest is None or latest.attendance.reconvened:
        return None, following
    return latest, following


def next_of(meetings: Sequence[Meeting]) -> Meeting | None:
    """The next meeting to come."""
    coming = [meeting for meeting in meetings if meeting.phase is Phase.PLANNED and meeting.plan]
    return min(coming, key=lambda meeting: meeting.plan.starts if meeting.plan else _NEVER, default=None)


_NEVER = datetime.max.replace(tzinfo=UTC)


def _others(scene: Scene, meeting: Meeting) -> list[PlannedItem]:
    """What is on its agenda besides what the calendar says: postponed to it, or proposed and accepted."""
    latest, following = pair(scene.meetings)
    postponed = [item.plan for item in latest.items if item.fate is Fate.POSTPONED] if latest else []
    mine = postponed if following and following.id == meeting.id else []
    return [*mine, *meeting.standing.accepted()]
