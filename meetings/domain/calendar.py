"""What follows from the commands of the calendar: a meeting to come is moved, changed, called off, announced."""

from dataclasses import replace
from datetime import datetime, timedelta

from meetings.domain import commands as c
from meetings.domain import diary as d
from meetings.domain.agenda import worded
from meetings.domain.attendance import Attendance
from meetings.domain.events import Event, Planned
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.quorum import earliest
from meetings.domain.refusals import Code, Refusal
from meetings.domain.scheduling import (
    AgendaRevised,
    CalendarReadAgain,
    CalendarTroubled,
    Cancelled,
    FoundAgain,
    ItemProposed,
    MissingKept,
    ProposalAccepted,
    ProposalDeclined,
    ProxiesCarried,
    Reason,
    Reinstated,
    Reminded,
    Rescheduled,
    RosterRevised,
    RulesRevised,
    Summoned,
    WentMissing,
)
from meetings.domain.standing import Standing
from meetings.domain.values import Mandate, PlannedItem, Role

Decision = list[Event] | Refusal

NOTES = (d.Reinstate, d.NoteMissing, d.NoteFound, d.NoteCalendar, c.NotePosted)
"""What may be asked of a meeting that was called off."""

UNCHANGED = Refusal(Code.NOTHING_CHANGED)


def settle(meeting: Meeting, command: c.Command) -> Decision | None:
    """What comes of a command of the calendar; None for any other that may go on."""
    if meeting.phase is Phase.CANCELLED and not isinstance(command, NOTES):
        return Refusal(Code.CANCELLED)
    match command:
        case d.Cancel(reason=reason):
            return _cancel(meeting, command, reason)
        case d.Reinstate():
            return [Reinstated()] if meeting.phase is Phase.CANCELLED else UNCHANGED
        case d.NoteCalendar():
            return _noted(meeting.standing, command)
        case d.NoteFound():
            return [FoundAgain()] if meeting.standing.missing or meeting.standing.kept else UNCHANGED
    if meeting.plan is None or not isinstance(command, _EARLY):
        return None
    if meeting.phase is not Phase.PLANNED:
        return Refusal(Code.ALREADY_CONVENED)
    return _early(meeting, meeting.plan, command) or _announced(meeting, meeting.plan, command)


_EARLY = (
    *(d.Reschedule, d.ChangeAgenda, d.NoteMissing, d.Keep, d.ReviseRoster, d.CarryProxies, d.Summon, d.Remind),
    *(d.ReviseRules, d.ProposeItem, d.SettleProposal),
)


def _early(meeting: Meeting, plan: Planned, command: c.Command) -> Decision | None:
    """What the calendar and the roles say of a meeting to come."""
    match command:
        case d.Reschedule(starts=starts, ends=ends, place=place, entry=entry):
            same = (starts, ends, place) == (plan.starts, plan.ends, plan.place)
            return UNCHANGED if same else [Rescheduled(starts, ends, place, entry)]
        case d.ChangeAgenda(title=title, items=items, entry=entry):
            same = (title, items) == (plan.title, plan.items)
            return UNCHANGED if same else [AgendaRevised(title, items, entry)]
        case d.NoteMissing():
            return UNCHANGED if meeting.standing.missing or meeting.standing.kept else [WentMissing()]
        case d.Keep():
            kept: Decision = [MissingKept()] if meeting.standing.missing else UNCHANGED
            return _officer(meeting.attendance, command) or kept
        case d.ReviseRoster(roster=roster):
            return UNCHANGED if roster == meeting.attendance.roster else [RosterRevised(roster)]
        case d.ReviseRules(rules=rules):
            return UNCHANGED if rules == plan.rules or meeting.standing.summoned else [RulesRevised(rules)]
        case d.CarryProxies(proxies=proxies):
            carried = tuple(one for one in proxies if not _has(meeting.attendance, one))
            return [ProxiesCarried(carried)] if carried else UNCHANGED
    return None


def _announced(meeting: Meeting, plan: Planned, command: c.Command) -> Decision:
    """What members are told, and what they propose."""
    match command:
        case d.Summon():
            return UNCHANGED if meeting.standing.summoned else [Summoned()]
        case d.Remind(before=before):
            return UNCHANGED if before in meeting.standing.reminded else [Reminded(before)]
        case d.ProposeItem(title=title, minutes=minutes, cause=cause):
            if meeting.attendance.seat(command.by) is None:
                return Refusal(Code.NOT_A_MEMBER)
            words = worded(title)
            return words if isinstance(words, Refusal) else [ItemProposed(cause, words, minutes)]
        case d.SettleProposal(proposal=key, accept=accept):
            return _settled(meeting, plan, command, key, accept=accept)
    raise TypeError(f"no decision for {type(command).__name__}")


def _settled(meeting: Meeting, plan: Planned, command: c.Command, key: str, *, accept: bool) -> Decision:
    proposal = meeting.standing.proposal(key)
    if command.by != meeting.chair:
        return Refusal(Code.CHAIR_ONLY)
    if proposal is None or proposal.accepted is not None:
        return Refusal(Code.NO_SUCH_PROPOSAL if proposal is None else Code.PROPOSAL_SETTLED)
    if not accept:
        return [ProposalDeclined(key)]
    items = numbered((*plan.items, proposal.item))
    return [ProposalAccepted(key), AgendaRevised(plan.title, items)]


def numbered(items: tuple[PlannedItem, ...]) -> tuple[PlannedItem, ...]:
    """The items, counted from 1."""
    return tuple(replace(item, number=number) for number, item in enumerate(items, 1))


def _cancel(meeting: Meeting, command: c.Command, reason: Reason) -> Decision:
    if command.by is not None and (refused := _officer(meeting.attendance, command)):
        return refused
    early = {Phase.PLANNED, Phase.CONVENED} if reason is Reason.NOT_HELD else {Phase.PLANNED}
    return [Cancelled(reason)] if meeting.phase in early else Refusal(Code.ALREADY_CONVENED)


def _noted(standing: Standing, told: d.NoteCalendar) -> Decision:
    known = told.source in standing.troubles
    if known is bool(told.code):
        return UNCHANGED
    return [CalendarReadAgain(told.source) if known else CalendarTroubled(told.source, told.code, told.fields)]


def _officer(roll: Attendance, command: c.Command) -> Refusal | None:
    allowed = {roll.holder(Role.CHAIR), roll.holder(Role.SECRETARY)}
    return None if command.by in allowed else Refusal(Code.OFFICERS_ONLY)


def _has(roll: Attendance, mandate: Mandate) -> bool:
    """Whether its giver has given another meanwhile, or it was taken over before."""
    mine = [one for one in roll.proxies if one.giver == mandate.giver]
    return any(one.ended is None or one.meetings == mandate.meetings for one in mine)


def too_late(meeting: Meeting) -> bool:
    """Whether its members were called, or told of another day, with fewer clear days than the rules ask."""
    plan, called = meeting.plan, meeting.standing.summoned
    if plan is None or called is None or meeting.rules.convocation.clear_days == 0:
        return False
    moved = [one.at for one in meeting.standing.changes if isinstance(one.event, Rescheduled)]
    told = max([called, *moved]).astimezone(plan.starts.tzinfo).date()
    return plan.starts.date() < earliest(told, meeting.rules.convocation.clear_days)


def reminder(meeting: Meeting, now: datetime) -> timedelta | None:
    """The reminder that is due: the last one whose time has come, however many were slept through."""
    due = [before for before in _to_come(meeting) if meeting.plan and meeting.plan.starts - before <= now]
    return min(due, default=None) if meeting.plan and now < meeting.plan.starts else None


def next_reminder(meeting: Meeting) -> datetime | None:
    """When the next one is due, or was."""
    return min((meeting.plan.starts - before for before in _to_come(meeting) if meeting.plan), default=None)


def _to_come(meeting: Meeting) -> list[timedelta]:
    """The reminders not sent yet; one for a time before the call says nothing new, nor does one before one sent."""
    plan, standing = meeting.plan, meeting.standing
    if plan is None or standing.summoned is None:
        return []
    sent = min(standing.reminded, default=timedelta.max)
    called = standing.summoned
    return [one for one in meeting.rules.convocation.reminders if one < sent and plan.starts - one > called]
