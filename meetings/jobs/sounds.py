"""Where the sound of an utterance is: in memory while it is fresh, in its meeting's journal as long as that is kept."""

from collections.abc import Callable, Collection
from pathlib import Path

from meetings.domain.values import MeetingId, UtteranceId
from meetings.recording.utterances import speeches

Sounds = Callable[[MeetingId, Collection[UtteranceId]], dict[UtteranceId, bytes]]
"""Gives utterances as Ogg/Opus files, those it has of the ids asked for. Blocks. Raises OSError, RecordingError."""


def from_journal(recordings: Path) -> Sounds:
    """Utterances out of the journals, read once however many are asked for: one folder a meeting in `recordings`."""

    def sounds(meeting: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        found = (speech for speech in speeches(recordings / meeting) if speech.utterance.id in wanted)
        return {UtteranceId(speech.utterance.id): speech.audio() for speech in found}

    return sounds


def first(quick: Sounds, slow: Sounds) -> Sounds:
    """What the quick source has, and the rest from the slow one."""

    def sounds(meeting: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        found = quick(meeting, wanted)
        missing = set(wanted) - found.keys()
        return found | slow(meeting, missing) if missing else found

    return sounds
