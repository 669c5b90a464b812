"""What one may ask of a meeting's minutes once they are drafted, and what the house notes of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from meetings.domain.command import Command
from meetings.domain.values import BallotId, MeetingId, MemberId, RequestId, UtteranceId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMinutes(Command):
    """Open the draft to the members (secretary, chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCorrection(Command):
    """Ask that an utterance of one's own read otherwise, or (None) make a remark; the text lies beside the log."""

    request: RequestId
    digest: str
    utterance: UtteranceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCorrection(Command):
    """Accept a request, or not (secretary, chair)."""

    request: RequestId
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveMinutes(Command):
    """Say that this meeting approves the minutes of another (who presides), by an adopted `ballot` of it or by nobody's
    objecting."""

    of: MeetingId
    digest: str
    ballot: BallotId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteApproval(Command):
    """A later meeting approved the minutes of this one."""

    digest: str
    during: MeetingId
    approved: datetime
    ballot: BallotId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignMinutes(Command):
    """Sign the approved document, for oneself (chair, secretary)."""

    digest: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishMinutes(Command):
    """Make the signed minutes public (secretary, chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAudioDeleted(Command):
    """The meeting's sound was deleted."""

    files: int
    size: int
    why: Literal["approved", "age"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWordsDeleted(Command):
    """The meeting's transcript was deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAction(Command):
    """Note what is to be done, by whom and by when, where that was said (members present)."""

    what: str
    member: MemberId | None = None
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRecording(Command):
    """Decline to be recorded, or (`declined` false) accept it again, for oneself, from now on."""

    declined: bool
