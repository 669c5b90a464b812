"""Everything one may ask of a meeting.

A command says who asks (`by`, None for the house itself), when (`at`, aware UTC) and by what act (`cause`: an
interaction's id, so that a press delivered twice counts once).
"""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.approval_commands import AnswerCorrection as AnswerCorrection
from meetings.domain.approval_commands import ApproveMinutes as ApproveMinutes
from meetings.domain.approval_commands import AskCorrection as AskCorrection
from meetings.domain.approval_commands import ChooseRecording as ChooseRecording
from meetings.domain.approval_commands import NoteAction as NoteAction
from meetings.domain.approval_commands import NoteApproval as NoteApproval
from meetings.domain.approval_commands import NoteAudioDeleted as NoteAudioDeleted
from meetings.domain.approval_commands import NoteWordsDeleted as NoteWordsDeleted
from meetings.domain.approval_commands import ProposeMinutes as ProposeMinutes
from meetings.domain.approval_commands import PublishMinutes as PublishMinutes
from meetings.domain.approval_commands import SignMinutes as SignMinutes
from meetings.domain.command import Command as Command
from meetings.domain.erasure import AskErasure as AskErasure
from meetings.domain.erasure import NoteErasure as NoteErasure
from meetings.domain.events import Planned
from meetings.domain.notes import NoteDraft as NoteDraft
from meetings.domain.notes import NoteEcho as NoteEcho
from meetings.domain.notes import NoteInterruption as NoteInterruption
from meetings.domain.notes import NotePosted as NotePosted
from meetings.domain.notes import NoteTranscript as NoteTranscript
from meetings.domain.notes import NoteTrouble as NoteTrouble
from meetings.domain.notes import NoteUtterance as NoteUtterance
from meetings.domain.notes import StartRecording as StartRecording
from meetings.domain.notes import StopRecording as StopRecording
from meetings.domain.values import BallotId, Kind, MemberId
from meetings.domain.voting_commands import AnnulBallot as AnnulBallot
from meetings.domain.voting_commands import AskBallot as AskBallot
from meetings.domain.voting_commands import CastVote as CastVote
from meetings.domain.voting_commands import CloseBallot as CloseBallot
from meetings.domain.voting_commands import NextRound as NextRound
from meetings.domain.voting_commands import OpenBallot as OpenBallot


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Command):
    """Put a meeting on the calendar."""

    plan: Planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Convene(Command):
    """The hour has come: open the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive(Command):
    """A member entered the room."""

    member: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Command):
    """A member left the room."""

    member: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteArrival(Command):
    """Note that `member` attends otherwise than in the room (chair, secretary)."""

    member: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDeparture(Command):
    """Note that `member`, who attended otherwise, has gone (chair, secretary)."""

    member: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse(Command):
    """Excuse oneself, or `member` (chair, secretary); `withdrawn`: no longer."""

    member: MemberId | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconvene(Command):
    """For lack of a quorum, close and meet again at `starts`, in the council's own time (chair)."""

    starts: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveProxy(Command):
    """Give `holder` the power to vote for oneself while absent; it replaces an earlier one."""

    holder: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptProxy(Command):
    """Take on the proxy that `giver` gave oneself."""

    giver: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class EndProxy(Command):
    """Take back the proxy one gave, or give back the one `giver` gave oneself."""

    giver: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Command):
    """Open the session (chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextItem(Command):
    """Go to the next item, or to `number` (chair)."""

    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjourn(Command):
    """Close the session (chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseHand(Command):
    """Ask for the floor, for oneself."""

    native: bool = False
    kind: Kind = Kind.SPEECH


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerHand(Command):
    """No longer ask for the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFloor(Command):
    """Give the floor to `member`, or to who is first in the queue (chair)."""

    member: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFloor(Command):
    """Take the floor back from who has it (chair), or give it back (the speaker)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipHand(Command):
    """Pass over `member`, or who is first in the queue: they wait behind all others (chair)."""

    member: MemberId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack(Command):
    """Undo the present speech, or the last: the member waits again where they waited (chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendSpeech(Command):
    """Give the speaker more time (chair)."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseList(Command):
    """Take no more requests for the item in debate (chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenList(Command):
    """Take requests again (chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTimeUp(Command):
    """The speaker's time is over."""

    member: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(Command):
    """Suspend the session (chair); `minutes` says for how long, if that is known."""

    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """Go on after a recess (chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskClosedSession(Command):
    """Ask for closed doors: the chair's request, or the third member's, puts it to the vote as `ballot`."""

    ballot: BallotId


@dataclass(frozen=True, slots=True, kw_only=True)
class EndClosedSession(Command):
    """Open the doors again (chair)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveItem(Command):
    """Take an item `before` another, or (None) last (chair)."""

    number: int
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawItem(Command):
    """Take an item off the agenda (chair)."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeItem(Command):
    """Leave an item to the next meeting (chair)."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem(Command):
    """Put an item on the agenda on the spot (chair; where the rules allow it)."""

    title: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandGavel(Command):
    """Let `member` preside (who presides; the secretary where nobody does), or (None) take the gavel back (chair)."""

    member: MemberId | None = None
