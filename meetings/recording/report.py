"""A recording examined: what each track holds, what is missing, whether the journal is whole."""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from meetings.recording.holes import Hole, holes
from meetings.recording.journal import damage, segments
from meetings.recording.opus import RATE
from meetings.recording.tracks import Speaker, draw


@dataclass(frozen=True, slots=True)
class TrackReport:
    """One speaker's track."""

    user_id: int
    packets: int
    lost: int  # packets that never came
    concealed: int  # of those, left to the decoder to conceal
    gaps: int  # losses in a row too long to conceal, over half a second; they are silence in the track
    held: int  # packets that had to wait for their key or their speaker's name
    late: int  # packets that came after their place was given up
    malformed: int  # packets that are not Opus
    voice: float  # seconds covered by packets
    length: float  # seconds from the recording's start to the track's end
    alignment: float  # seconds within which 95 of 100 packets stand of where they arrived


@dataclass(frozen=True, slots=True)
class Report:
    """A whole recording."""

    start: datetime  # aware, UTC: time 0 of every track
    segments: int  # runs of the recorder
    damaged: int  # bytes at segments' ends that belong to no whole record, left by a kill
    tracks: list[TrackReport]
    holes: list[Hole]


def check(folder: Path) -> Report:
    """Examine a recording without changing it. Raises OSError, and RecordingError when there is none."""

    def create(_user_id: int) -> BinaryIO:
        return sink

    with Path(os.devnull).open("wb") as sink:
        speakers = draw(folder, create)
    found = segments(folder)
    return Report(
        start=found[0].anchor,
        segments=len(found),
        damaged=sum(map(damage, found)),
        tracks=[_track(user_id, speaker) for user_id, speaker in sorted(speakers.items())],
        holes=holes(folder),
    )


def _track(user_id: int, speaker: Speaker) -> TrackReport:
    drawn, placed = speaker.track.counts, speaker.counts
    return TrackReport(
        user_id=user_id,
        packets=drawn["packets"],
        lost=drawn["lost"],
        concealed=drawn["concealed"],
        gaps=drawn["gaps"],
        held=placed["held"],
        late=placed["late"],
        malformed=placed["malformed"],
        voice=drawn["samples"] / RATE,
        length=speaker.track.samples / RATE,
        alignment=_within(speaker.strayed, 0.95) / 1000,
    )


def _within(histogram: Counter[int], share: float) -> int:
    """The least value that this share of a histogram does not exceed."""
    wanted, seen = share * histogram.total(), 0
    for value, count in sorted(histogram.items()):
        seen += count
        if seen >= wanted:
            return value
    return 0
