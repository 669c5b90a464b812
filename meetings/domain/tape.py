"""Events of the recording: begun, troubled, interrupted, ended; what was said, and that its words are known.

As in `events`: a field is only ever added with a default; a change of meaning is a new event.
"""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.values import MemberId, UtteranceId


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """From here on the members' voices are kept."""


@dataclass(frozen=True, slots=True)
class RecordingInterrupted:
    """Nothing was recorded between these instants; the minutes say so."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class RecordingTroubled:
    """Recording met a difficulty (`code`: disk-full, ...); the chair was told."""

    code: str


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """The members' voices are no longer kept."""


@dataclass(frozen=True, slots=True)
class UtteranceRecorded:
    """A member spoke without a pause between these instants."""

    utterance: UtteranceId
    member: MemberId
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class UtteranceTranscribed:
    """The words of an utterance are known; they lie beside the chain under this SHA-256 digest."""

    utterance: UtteranceId
    digest: str
    model: str


RecordingEvent = (
    RecordingStarted
    | RecordingInterrupted
    | RecordingTroubled
    | RecordingStopped
    | UtteranceRecorded
    | UtteranceTranscribed
)
