"""The quorum: refused where it lacks, told when it falls and comes back, and the meeting reconvened for lack of it."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from meetings.domain import commands as c
from meetings.domain.agenda import Fate, Item
from meetings.domain.conduct import Resumed, Suspended
from meetings.domain.debate import FloorTaken
from meetings.domain.events import Adjourned, Arrived, Event, Left, Planned, Recorded
from meetings.domain.meeting import Meeting, Phase, after
from meetings.domain.presence import QuorumLost, QuorumRegained, Reconvened
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import Falls
from meetings.domain.values import MeetingId, Seat, Waiver
from meetings.domain.voting import BallotAnnulled, BallotClosed, ProxyAccepted, ProxyEnded

MOVING = (Arrived, Left, ProxyAccepted, ProxyEnded, Resumed, BallotAnnulled, BallotClosed)
"""Events after which the quorum is looked at: who counts changed, or what waited for it may go on."""


def lacks(meeting: Meeting) -> Refusal | None:
    """Quorum at the opening, at each item and at each vote (CGCT L2121-17 and its case law)."""
    roll, rules = meeting.attendance, meeting.rules
    return None if roll.quorate(rules) else Refusal(Code.NO_QUORUM, {**_counts(meeting)})


def resumable(meeting: Meeting) -> Refusal | None:
    """Where the rules suspend a session without quorum, it goes on with one."""
    return lacks(meeting) if meeting.rules.quorum.falls is Falls.RECESS else None


def followed(meeting: Meeting, command: c.Command, events: list[Event]) -> list[Event]:
    """What the quorum brings about after these events.

    In a recess nobody deliberates: people may leave the room, and only that they are enough again is told. A vote that
    runs is not cut: the recess waits for its closing.
    """
    if meeting.phase is not Phase.OPEN or not any(isinstance(event, MOVING) for event in events):
        return []
    then = after(meeting, _recorded(meeting, command, events))
    quorate, lost, recess = then.attendance.quorate(then.rules), then.attendance.lost, then.interludes.recess
    if quorate:
        return [QuorumRegained(**_counts(then))] if lost else []
    if recess:
        return []
    told: list[Event] = [] if lost else [QuorumLost(**_counts(then))]
    suspends = then.rules.quorum.falls is Falls.RECESS and then.running_ballot is None
    return [*told, *silenced(then), Suspended()] if suspends else told


def silenced(meeting: Meeting) -> list[Event]:
    """Nobody has the floor any more."""
    speaker = meeting.floor.speaker
    return [FloorTaken(speaker.member)] if speaker else []


def earliest(notice: date, clear_days: int) -> date:
    """The first day on which a meeting called on the day of `notice` may be held.

    Clear days (jours francs) lie whole between the two: neither that of the notice nor that of the meeting counts.
    """
    return notice + timedelta(days=clear_days + 1)


def reconvene(meeting: Meeting, starts: datetime, at: datetime) -> list[Event] | Refusal:
    """Close for lack of quorum, and meet again at `starts`, in the council's own time."""
    if meeting.attendance.quorate(meeting.rules):
        return Refusal(Code.QUORUM_REACHED, {**_counts(meeting)})
    if meeting.running_ballot:
        return Refusal(Code.BALLOT_RUNNING)
    days = meeting.rules.quorum.clear_days
    notice = max(at, meeting.at or at)
    first = earliest(notice.astimezone(starts.tzinfo).date(), days)
    if starts.date() < first:
        return Refusal(Code.TOO_SOON, {"earliest": first, "days": days})
    return [*silenced(meeting), Reconvened(starts), Adjourned()]


def reconvenings(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those put off for lack of quorum whose next meeting is not planned yet."""
    known = {meeting.id: meeting for meeting in meetings}
    return [meeting for meeting in known.values() if meeting.attendance.reconvened and next_id(meeting.id) not in known]


def next_id(meeting: MeetingId) -> MeetingId:
    """The id of the meeting reconvened for one: always the same."""
    return MeetingId(hashlib.sha256(f"{meeting}\nreconvened".encode()).hexdigest()[:12])


def replanned(meeting: Meeting, roster: tuple[Seat, ...]) -> Planned:
    """The meeting reconvened for one that lacked its quorum: what is left of its agenda, its rules, and no quorum.

    Raises ValueError for a meeting that was not reconvened.
    """
    plan, starts, held = meeting.plan, meeting.attendance.reconvened, meeting.adjourned
    if plan is None or starts is None or held is None:
        raise ValueError(f"meeting {meeting.id} was not reconvened")
    return replace(
        plan,
        starts=starts,
        ends=starts + (plan.ends - plan.starts),
        items=tuple(item.plan for item in meeting.items if _left(item, held)),
        roster=roster,
        source="",
        following=plan.following if plan.following and plan.following > starts else None,
        proxies=meeting.attendance.carried(meeting.rules.proxies.meetings),
        waiver=Waiver(meeting.id, held.astimezone(starts.tzinfo)),
    )


def _left(item: Item, adjourned: datetime) -> bool:
    """Not treated to its end: still to come, postponed, or in debate when the session closed."""
    return item.fate is not Fate.WITHDRAWN and (not item.openings or item.fate is not None or item.closed == adjourned)


def _counts(meeting: Meeting) -> dict[str, int]:
    roll, rules = meeting.attendance, meeting.rules
    return {"present": roll.counted(rules), "needed": roll.needed(rules)}


def _recorded(meeting: Meeting, command: c.Command, events: list[Event]) -> list[Recorded]:
    return [
        Recorded(meeting.id, seq, command.at, command.by, command.cause, event)
        for seq, event in enumerate(events, meeting.seq + 1)
    ]
