"""What follows from a command about a meeting's minutes: who may take them a step further, and when."""

from datetime import datetime, timedelta
from typing import Literal

from meetings.domain import actions
from meetings.domain import commands as c
from meetings.domain.actions import ActionNoted
from meetings.domain.approval import (
    ApprovalNoted,
    AudioDeleted,
    CorrectionAnswered,
    CorrectionAsked,
    MinutesApproved,
    MinutesProposed,
    MinutesPublished,
    MinutesSigned,
    WordsDeleted,
)
from meetings.domain.consent import RecordingAccepted, RecordingDeclined
from meetings.domain.events import Event
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.path import Stage
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import Rules
from meetings.domain.values import BallotId, MemberId, Outcome, RequestId, Role, UtteranceId

Decision = list[Event] | Refusal

OFFICERS = (c.ProposeMinutes, c.AnswerCorrection, c.PublishMinutes)
"""Commands of the chair and the secretary, by their seats."""


def process(meeting: Meeting, command: c.Command, rules: Rules) -> Decision | None:
    """What comes of a command about the minutes; None for any other command."""
    by = command.by or MemberId("")
    if isinstance(command, OFFICERS) and _role(meeting, by) is None:
        return Refusal(Code.OFFICERS_ONLY)
    match command:
        case c.ProposeMinutes(at=at):
            return _propose(meeting, at, rules)
        case c.AskCorrection(request=key, digest=digest, utterance=utterance, at=at):
            return _ask(meeting, by, at, utterance) or [CorrectionAsked(key, by, digest, utterance)]
        case c.AnswerCorrection(request=key, accepted=accepted):
            return _answer(meeting, key, accepted=accepted)
        case c.ApproveMinutes():
            return _approve(meeting, by, command.ballot) or [
                MinutesApproved(command.of, command.digest, command.ballot)
            ]
        case c.NoteApproval(digest=digest):
            return _approvable(meeting, digest) or [
                ApprovalNoted(digest, command.during, command.approved, command.ballot)
            ]
        case c.SignMinutes():
            return _sign(meeting, by, command)
        case c.PublishMinutes():
            return _publish(meeting)
        case c.NoteAudioDeleted() | c.NoteWordsDeleted():
            return _deleted(meeting, command)
        case c.NoteAction():
            return _action(meeting, by, command)
        case c.ChooseRecording(declined=declined):
            return _choose(meeting, by, declined=declined)
    return None


def audio_due(meeting: Meeting, now: datetime) -> Literal["approved", "age"] | None:
    """Why the meeting's sound is to be deleted now, by its rules: `approved`, `age`; None where it is to be kept."""
    path, rules = meeting.path, meeting.rules.minutes
    if path.audio or meeting.phase is not Phase.ADJOURNED or meeting.recording.running or meeting.adjourned is None:
        return None
    if path.approval and rules.delete_audio:
        return "approved"
    return "age" if rules.audio_days and now >= meeting.adjourned + timedelta(days=rules.audio_days) else None


def words_due(meeting: Meeting, now: datetime) -> bool:
    """Whether the meeting's transcript is to be deleted now, by its rules."""
    days, approval = meeting.rules.minutes.words_days, meeting.path.approval
    due = approval is not None and bool(days) and now >= approval.at + timedelta(days=days)
    return due and meeting.path.words_gone is None


def _role(meeting: Meeting, by: MemberId) -> Role | None:
    """Chair or secretary, by the seat: the gavel goes from hand to hand, the office does not."""
    seat = meeting.attendance.seat(by)
    return seat.role if seat and seat.role in {Role.CHAIR, Role.SECRETARY} else None


def _propose(meeting: Meeting, at: datetime, rules: Rules) -> Decision:
    if not meeting.draft:
        return Refusal(Code.NO_MINUTES)
    if meeting.path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    if meeting.path.proposed:
        return Refusal(Code.NOTHING_CHANGED)
    if meeting.path.undrafted:
        return Refusal(Code.UNDRAFTED)
    return [MinutesProposed(meeting.draft, at + timedelta(days=rules.minutes.days))]


def _ask(meeting: Meeting, by: MemberId, at: datetime, utterance: UtteranceId | None) -> Refusal | None:
    path = meeting.path
    if meeting.attendance.seat(by) is None:
        return Refusal(Code.NOT_A_MEMBER)
    if path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    if path.proposed is None:
        return Refusal(Code.NOT_PROPOSED)
    if at > path.proposed.until:
        return Refusal(Code.CORRECTIONS_OVER)
    spoken = meeting.recording.utterances.get(utterance) if utterance else None
    own = utterance is None or (spoken is not None and spoken.member == by)
    return None if own else Refusal(Code.NOT_YOUR_WORDS)


def _answer(meeting: Meeting, key: RequestId, *, accepted: bool) -> Decision:
    request = meeting.path.requests.get(key)
    if request is None:
        return Refusal(Code.NO_SUCH_REQUEST)
    if meeting.path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    return Refusal(Code.NOTHING_CHANGED) if request.accepted is accepted else [CorrectionAnswered(key, accepted)]


def _approve(meeting: Meeting, by: MemberId, ballot: BallotId | None) -> Refusal | None:
    """Of the meeting that approves: who presides says so while it sits, on an adopted ballot where one is named."""
    if meeting.attendance.seat(by) is None:
        return Refusal(Code.NOT_A_MEMBER)
    if by != meeting.chair:
        return Refusal(Code.CHAIR_ONLY)
    if meeting.phase is not Phase.OPEN:
        return Refusal(Code.ADJOURNED if meeting.phase is Phase.ADJOURNED else Code.NOT_OPEN)
    if ballot is None:
        return None
    voted = meeting.ballots.get(ballot)
    if voted is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    adopted = voted.result is not None and voted.result.outcome is Outcome.ADOPTED and voted.annulled is None
    return None if adopted else Refusal(Code.NOT_ADOPTED)


def _approvable(meeting: Meeting, digest: str) -> Refusal | None:
    path = meeting.path
    if path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    if digest not in path.drafts:
        return Refusal(Code.NO_MINUTES)
    if path.proposed is None:
        return Refusal(Code.NOT_PROPOSED)
    return Refusal(Code.REQUESTS_OPEN, {"number": len(path.waiting)}) if path.waiting or path.stale else None


def _sign(meeting: Meeting, by: MemberId, command: c.SignMinutes) -> Decision:
    path, role = meeting.path, _role(meeting, by)
    if role is None:
        return Refusal(Code.OFFICERS_ONLY)
    if path.approval is None:
        return Refusal(Code.NOT_APPROVED)
    if any(signed.member == by for signed, _ in path.signatures):
        return Refusal(Code.NOTHING_CHANGED)
    if any(signed.digest != command.digest for signed, _ in path.signatures):
        return Refusal(Code.OTHER_DOCUMENT)
    office: Literal["chair", "secretary"] = "chair" if role is Role.CHAIR else "secretary"
    return [MinutesSigned(office, by, command.digest, command.key, command.signature)]


def _publish(meeting: Meeting) -> Decision:
    if meeting.path.stage is Stage.PUBLISHED:
        return Refusal(Code.NOTHING_CHANGED)
    if meeting.path.stage is not Stage.SIGNED:
        return Refusal(Code.NOT_SIGNED)
    return [MinutesPublished(meeting.path.signatures[0][0].digest)]


def _deleted(meeting: Meeting, command: c.NoteAudioDeleted | c.NoteWordsDeleted) -> Decision:
    path = meeting.path
    if isinstance(command, c.NoteAudioDeleted):
        deleted = AudioDeleted(command.files, command.size, command.why)
        return Refusal(Code.NOTHING_CHANGED) if path.audio else [deleted]
    heard = len(meeting.recording.transcribed)
    return Refusal(Code.NOTHING_CHANGED) if path.words_gone else [WordsDeleted(heard)]


def _action(meeting: Meeting, by: MemberId, command: c.NoteAction) -> Decision:
    """While the session is open, who is there may have it noted."""
    if meeting.attendance.seat(by) is None:
        return Refusal(Code.NOT_A_MEMBER)
    if meeting.phase is not Phase.OPEN:
        return Refusal(Code.ADJOURNED if meeting.phase is Phase.ADJOURNED else Code.NOT_OPEN)
    if by not in meeting.attendance.present:
        return Refusal(Code.NOT_PRESENT)
    if command.member is not None and meeting.attendance.seat(command.member) is None:
        return Refusal(Code.NO_SEAT)
    noted = actions.note(command.what, command.member, command.due)
    return [noted] if isinstance(noted, ActionNoted) else noted


def _choose(meeting: Meeting, by: MemberId, *, declined: bool) -> Decision:
    if meeting.attendance.seat(by) is None:
        return Refusal(Code.NOT_A_MEMBER)
    return [RecordingDeclined(by) if declined else RecordingAccepted(by)]
