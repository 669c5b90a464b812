"""The recording as it is known: whether it runs, what it lacks, what was said and which words are known."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, get_args

from meetings.domain.change import replace
from meetings.domain.events import Recorded
from meetings.domain.persistent import PersistentList, PersistentMap
from meetings.domain.tape import (
    RecordingEvent,
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    RecordingTroubled,
    UtteranceRecorded,
    UtteranceTranscribed,
)
from meetings.domain.values import UtteranceId


@dataclass(frozen=True)
class Recording:
    """What is known of the recording: running or not, its holes, its troubles, the utterances in order of their end."""

    HEEDS: ClassVar = get_args(RecordingEvent)

    running: bool = False
    holes: PersistentList[tuple[datetime, datetime]] = field(default_factory=PersistentList)
    troubles: PersistentList[str] = field(default_factory=PersistentList)
    utterances: PersistentMap[UtteranceId, UtteranceRecorded] = field(default_factory=PersistentMap)
    transcribed: PersistentMap[UtteranceId, UtteranceTranscribed] = field(default_factory=PersistentMap)

    def evolve(self, recorded: Recorded) -> "Recording":
        """The recording after an event."""
        match recorded.event:
            case UtteranceRecorded(utterance=key) as spoken:
                return replace(self, utterances=self.utterances.plus(key, spoken))
            case UtteranceTranscribed(utterance=key) as heard:
                return replace(self, transcribed=self.transcribed.plus(key, heard))
            case RecordingStarted():
                return replace(self, running=True)
            case RecordingStopped():
                return replace(self, running=False)
            case RecordingInterrupted(start=start, end=end):
                return replace(self, holes=self.holes.plus((start, end)))
            case RecordingTroubled(code=code):
                return replace(self, troubles=self.troubles.plus(code))
        return self
