"""What the house itself reports of a meeting: its recorder, its transcriber, its minutes, its surfaces."""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.command import Command
from meetings.domain.values import MemberId, UtteranceId


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecording(Command):
    """The recorder listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecording(Command):
    """The recorder no longer listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInterruption(Command):
    """Nothing was recorded from `start` to `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTrouble(Command):
    """The recorder met a difficulty."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUtterance(Command):
    """A member spoke."""

    utterance: UtteranceId
    member: MemberId
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTranscript(Command):
    """An utterance's words are known and kept beside the log."""

    utterance: UtteranceId
    digest: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEcho(Command):
    """An utterance is what another microphone had of the voice in the utterance `of`."""

    utterance: UtteranceId
    of: UtteranceId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft(Command):
    """A draft of the minutes was written."""

    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePosted(Command):
    """The meeting is drawn on a platform's surface."""

    surface: str
    ref: str
