"""Recording a meeting's voices: packets to a journal, the journal to one track a speaker and to utterances.

Platform-neutral: a platform hands datagrams and keys to a `Receiver` and connects it to a `Recorder`. Nothing here
decodes audio; Opus goes from the network to the disk as it came.
"""

from meetings.recording.errors import RecordingError
from meetings.recording.holes import Hole, HoleCause, holes
from meetings.recording.receiver import Opener, Receiver
from meetings.recording.recorder import Recorder, Summary
from meetings.recording.report import Report, TrackReport, check
from meetings.recording.rtp import Heard
from meetings.recording.tracks import render
from meetings.recording.utterances import Speech, Utterance, utterance_audio, utterances
from meetings.recording.writer import Ill, Trouble

__all__ = [
    "Heard",
    "Hole",
    "HoleCause",
    "Ill",
    "Opener",
    "Receiver",
    "Recorder",
    "RecordingError",
    "Report",
    "Speech",
    "Summary",
    "TrackReport",
    "Trouble",
    "Utterance",
    "check",
    "holes",
    "render",
    "utterance_audio",
    "utterances",
]
