"""What follows from a command about a member's erasure."""

from meetings.domain import commands as c
from meetings.domain.erasure import ErasureAsked, MemberErased
from meetings.domain.events import Event
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.refusals import Code, Refusal


def forget(meeting: Meeting, command: c.Command) -> list[Event] | Refusal | None:
    """What comes of it; None for any other command.

    While a session lasts its recording and its votes are being written: an erasure waits until it is over.
    """
    match command:
        case c.AskErasure(by=by, member=member, rows=rows):
            if by not in {None, member}:
                return Refusal(Code.NOT_YOUR_DATA)
            if meeting.phase in {Phase.CONVENED, Phase.OPEN} or meeting.recording.running:
                return Refusal(Code.SESSION_LASTS)
            pending = any(asked.member == member for asked in meeting.erasures.pending)
            return Refusal(Code.NOTHING_CHANGED) if pending else [ErasureAsked(member, rows)]
        case c.NoteErasure(member=member):
            asked = next((one for one in meeting.erasures.pending if one.member == member), None)
            return [_done(meeting, asked)] if asked else Refusal(Code.NOTHING_CHANGED)
    return None


def _done(meeting: Meeting, asked: ErasureAsked) -> MemberErased:
    """What went is counted from the log, so that it is the same however often the work was cut short."""
    said = sum(spoken.member == asked.member for spoken in meeting.recording.utterances.values())
    requests = sum(one.asked.member == asked.member for one in meeting.path.requests.values())
    return MemberErased(asked.member, said, requests, len(asked.rows))
