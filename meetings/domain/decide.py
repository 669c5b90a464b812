"""What follows from a command: events, or a refusal. Pure; the council writes the outcome to the log."""

from dataclasses import replace
from datetime import timedelta

from meetings.domain import (
    agenda,
    amending,
    approving,
    calendar,
    forgetting,
    gavel,
    interludes,
    polling,
    quorum,
    representation,
    reviewing,
    roll,
    speaking,
)
from meetings.domain import commands as c
from meetings.domain.ballot import Purpose
from meetings.domain.conduct import ClosedSessionPut, Suspended
from meetings.domain.events import Adjourned, Convened, Event, ItemOpened, MinutesDrafted, Opened, Posted
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import Rules
from meetings.domain.tape import (
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    RecordingTroubled,
    UtteranceRecorded,
    UtteranceTranscribed,
)
from meetings.domain.values import BallotId, MemberId
from meetings.domain.voting import BallotOpened

Decision = list[Event] | Refusal

AGENDA = (c.MoveItem, c.WithdrawItem, c.PostponeItem, c.AddItem)
"""Commands that change the agenda."""

CONDUCT = (c.Suspend, c.Resume, c.Reconvene, c.EndClosedSession, *AGENDA)
"""The chair's commands over the course of the session."""

CHAIRS = (c.Open, c.NextItem, c.Adjourn, c.GiveFloor, *polling.CHAIRS, *speaking.CHAIRS, *CONDUCT)
"""Commands that belong to the chair: to who holds the gavel."""

MEMBERS = (c.RaiseHand, c.AskClosedSession, *polling.MEMBERS)
"""Commands of a member in the room, for oneself."""

PEOPLE = (*representation.COMMANDS, *roll.COMMANDS)
"""Commands about who is there or represented."""

EARLY = (c.Open, c.Excuse, *representation.COMMANDS)
"""What may be asked before the session, from the planning on."""

CONVENED = (c.HandGavel, c.Reconvene, *roll.NOTES)
"""What may be asked before the session, once the room is open."""

RECESS = (c.Resume, c.Adjourn, c.Reconvene, c.RaiseHand, c.LowerHand, c.HandGavel, *PEOPLE)
"""What goes on in a recess."""


def decide(meeting: Meeting, command: c.Command, rules: Rules) -> Decision:
    """The events that `command` brings about in `meeting`, or why it cannot be.

    `rules` are the council's: a plan notes them, and the meeting then goes by those that its plan notes.
    """
    if isinstance(command, c.Plan):
        planned = replace(command.plan, rules=command.plan.rules or rules)
        return [planned] if meeting.phase is Phase.UNPLANNED else Refusal(Code.ALREADY_PLANNED)
    if meeting.phase is Phase.UNPLANNED:
        return Refusal(Code.UNKNOWN_MEETING)
    rules = meeting.rules
    decision = (
        calendar.settle(meeting, command)
        or _may(meeting, command)
        or _room(meeting, command)
        or _recording(meeting, command)
        or reviewing.review(meeting, command)
        or amending.amend(meeting, command)
        or approving.process(meeting, command, rules)
        or forgetting.forget(meeting, command)
        or _conduct(meeting, command, rules)
        or roll.call(meeting.attendance, meeting.chair, command)
        or representation.represent(meeting.attendance, meeting.running_ballot, command, rules)
        or speaking.preside(meeting.floor, command, meeting.attendance.present)
        or (quorum.lacks(meeting) if isinstance(command, polling.OPENINGS) else None)
        or polling.poll(meeting, command, rules)
        or _session(meeting, command, rules)
    )
    return decision if isinstance(decision, Refusal) else [*decision, *quorum.followed(meeting, command, decision)]


def _may(meeting: Meeting, command: c.Command) -> Refusal | None:
    """Who asks, and whether the session is running: the same for every command of a kind."""
    if not isinstance(command, (*CHAIRS, *MEMBERS, *PEOPLE, c.LowerHand, c.TakeFloor, c.HandGavel)):
        return None
    if polling.due(meeting, command):
        return None
    if meeting.attendance.seat(command.by) is None:
        return Refusal(Code.NOT_A_MEMBER)
    if isinstance(command, CHAIRS) and command.by != meeting.chair:
        return Refusal(Code.CHAIR_ONLY)
    if meeting.phase is Phase.ADJOURNED:
        return Refusal(Code.ADJOURNED)
    early = isinstance(command, EARLY) or (isinstance(command, CONVENED) and meeting.phase is Phase.CONVENED)
    if meeting.phase is not Phase.OPEN and not early:
        return Refusal(Code.NOT_OPEN)
    if meeting.interludes.recess and not isinstance(command, RECESS):
        return Refusal(Code.IN_RECESS)
    if isinstance(command, MEMBERS) and command.by not in meeting.attendance.present:
        return Refusal(Code.NOT_PRESENT)
    return None


def _room(meeting: Meeting, command: c.Command) -> Decision | None:
    """What the house itself notes; None for a command of the session."""
    match command:
        case c.Convene():
            return [Convened()] if meeting.phase is Phase.PLANNED else Refusal(Code.ALREADY_CONVENED)
        case c.NoteTimeUp(member=member, at=at):
            return speaking.time_up(meeting.floor, member, at)
        case c.NoteDraft(digest=digest):
            return _draft(meeting, digest)
        case c.NotePosted(surface=surface, ref=ref):
            return Refusal(Code.NOTHING_CHANGED) if meeting.posted.get(surface) == ref else [Posted(surface, ref)]
    return None


def _draft(meeting: Meeting, digest: str) -> Decision:
    """A further version; none once they are approved."""
    if meeting.path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    same = digest == meeting.draft and not (meeting.path.stale or meeting.path.undrafted)
    return Refusal(Code.NOTHING_CHANGED) if same else [MinutesDrafted(digest)]


def _recording(meeting: Meeting, command: c.Command) -> Decision | None:
    """What the recorder and the transcriber report; None for any other command."""
    match command:
        case c.StartRecording():
            return Refusal(Code.NOTHING_CHANGED) if meeting.recording.running else [RecordingStarted()]
        case c.StopRecording():
            return [RecordingStopped()] if meeting.recording.running else Refusal(Code.NOTHING_CHANGED)
        case c.NoteInterruption(start=start, end=end):
            holes = meeting.interludes.lacking(start, end)
            return [RecordingInterrupted(*hole) for hole in holes] or Refusal(Code.NOTHING_CHANGED)
        case c.NoteTrouble(code=code):
            return [RecordingTroubled(code)]
        case c.NoteUtterance(utterance=key):
            if key in meeting.recording.utterances:
                return Refusal(Code.NOTHING_CHANGED)
            return [UtteranceRecorded(key, command.member, command.start, command.end)]
        case c.NoteTranscript(utterance=key, digest=digest, model=model):
            return [UtteranceTranscribed(key, digest, model)]
        case c.NoteEcho(utterance=key, of=of):
            return reviewing.echo(meeting, key, of)
    return None


def _conduct(meeting: Meeting, command: c.Command, rules: Rules) -> Decision | None:
    """Recess, closed doors, the gavel and the agenda's own changes; None for any other command."""
    match command:
        case c.Suspend(minutes=minutes):
            until = command.at + timedelta(minutes=minutes) if minutes else None
            return _no_ballot(meeting) or [*quorum.silenced(meeting), Suspended(until)]
        case c.Resume():
            return quorum.resumable(meeting) or interludes.resume(meeting.interludes)
        case c.Reconvene(starts=starts, at=at):
            return quorum.reconvene(meeting, starts, at)
        case c.AskClosedSession(ballot=key):
            return _ask(meeting, command.by or MemberId(""), key, rules)
        case c.EndClosedSession():
            return _no_ballot(meeting) or interludes.reopen(meeting.interludes)
        case c.HandGavel(member=member):
            return gavel.hand(meeting.gavel, meeting.attendance, command.by or MemberId(""), member)
    return _agenda(meeting, command, rules) if isinstance(command, AGENDA) else None


def _agenda(meeting: Meeting, command: c.Command, rules: Rules) -> Decision | None:
    match command:
        case c.MoveItem(number=number, before=before):
            return agenda.move(meeting.agenda, number, before)
        case c.WithdrawItem(number=number):
            return _voted_on(meeting, number) or agenda.withdraw(meeting.agenda, number)
        case c.PostponeItem(number=number):
            return _voted_on(meeting, number) or agenda.postpone(meeting.agenda, number)
        case c.AddItem(title=title, minutes=minutes):
            allowed = rules.session.items_on_the_spot
            return agenda.add(meeting.agenda, title, minutes) if allowed else Refusal(Code.AGENDA_FIXED)
    return None


def _ask(meeting: Meeting, by: MemberId, key: BallotId, rules: Rules) -> Decision:
    """The chair's request, or that of the member who makes them enough, is voted on at once, without debate."""
    asked = _no_ballot(meeting) or interludes.ask(meeting.interludes, by)
    if isinstance(asked, Refusal):
        return asked
    if by != meeting.chair and len(meeting.interludes.asking) + 1 < rules.session.closed_session:
        return asked
    voted: list[Event] = [BallotOpened(key, "", secret=False), ClosedSessionPut(key)]
    return quorum.lacks(meeting) or [*asked, *quorum.silenced(meeting), *voted]


def _no_ballot(meeting: Meeting) -> Refusal | None:
    return Refusal(Code.BALLOT_RUNNING) if meeting.running_ballot else None


def _voted_on(meeting: Meeting, number: int) -> Refusal | None:
    return _no_ballot(meeting) if number == meeting.current else None


def _session(meeting: Meeting, command: c.Command, rules: Rules) -> Decision:
    """The session's own commands; `_may` has let them through."""
    by = command.by or MemberId("")
    match command:
        case c.Open():
            return _open(meeting, rules)
        case c.NextItem(number=number):
            return _next(meeting, number)
        case c.Adjourn():
            return Refusal(Code.BALLOT_RUNNING) if meeting.running_ballot else [Adjourned()]
        case c.RaiseHand(native=native, kind=kind):
            return speaking.raise_hand(meeting.floor, by, native=native, kind=kind)
        case c.LowerHand():
            return speaking.lower_hand(meeting.floor, by)
        case c.GiveFloor(member=member):
            return _give(meeting, member)
        case c.TakeFloor():
            return _take(meeting, by)
    raise TypeError(f"no decision for {type(command).__name__}")


def _open(meeting: Meeting, rules: Rules) -> Decision:
    if meeting.phase is Phase.OPEN:
        return Refusal(Code.ALREADY_OPEN)
    if meeting.phase is not Phase.CONVENED:
        return Refusal(Code.NOT_CONVENED)
    present, needed = meeting.attendance.counted(rules), meeting.attendance.needed(rules)
    return quorum.lacks(meeting) or [Opened(present, needed)]


def _next(meeting: Meeting, number: int | None) -> Decision:
    if number is None:
        waiting = meeting.agenda.waiting()
        if not waiting:
            return Refusal(Code.AGENDA_DONE)
        number = waiting[0].plan.number
    if meeting.agenda.find(number) is None:
        return Refusal(Code.NO_SUCH_ITEM, {"number": number})
    if meeting.running_ballot:
        return Refusal(Code.BALLOT_RUNNING)
    if number == meeting.current:
        return Refusal(Code.NOTHING_CHANGED)
    return quorum.lacks(meeting) or [ItemOpened(number)]


def _give(meeting: Meeting, member: MemberId | None) -> Decision:
    if member is not None and member not in meeting.attendance.present:
        return Refusal(Code.NOT_PRESENT)
    if (running := meeting.running_ballot) and running.purpose is Purpose.CLOSED_SESSION:
        return Refusal(Code.NO_DEBATE)
    return speaking.give(meeting.floor, member)


def _take(meeting: Meeting, by: MemberId) -> Decision:
    speaker = meeting.floor.speaker
    if speaker and by not in {meeting.chair, speaker.member}:
        return Refusal(Code.CHAIR_ONLY)
    return speaking.take(meeting.floor)
