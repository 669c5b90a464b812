"""Where a recording has nothing, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from meetings.recording.journal import Listening, Lost, entry_time, segments


class HoleCause(StrEnum):
    """Why nothing was recorded."""

    STOPPED = "stopped"  # the recorder did not run
    AWAY = "away"  # it ran and was not connected
    DISK = "disk"  # it heard and could not write


@dataclass(frozen=True, slots=True)
class Hole:
    """A time (aware, UTC) of which the recording holds nothing, or not everything."""

    start: datetime
    end: datetime
    cause: HoleCause
    packets: int = 0  # known to be lost; only the disk's holes know


def holes(folder: Path) -> list[Hole]:
    """The holes of a recording, oldest first, from its journal. Raises OSError.

    The recording begins when the recorder first listens and ends with the last sign of life: a packet, or the beat
    that it leaves each second, so a hole after a kill is known to a second.
    """
    return sorted(_holes(folder), key=lambda hole: (hole.start, hole.end))


def _holes(folder: Path) -> Iterator[Hole]:
    gone: datetime | None = None
    alive: datetime | None = None  # known once the recording has begun
    cause = HoleCause.STOPPED
    for segment in segments(folder):
        if alive is not None and gone is None:
            gone, cause = alive, HoleCause.STOPPED
        for entry in segment.entries():
            moment = segment.moment(entry_time(entry))
            match entry:
                case Listening(_, True):
                    if gone is not None:
                        yield Hole(gone, moment, cause)
                    gone, alive = None, moment
                case Listening(_, False):
                    gone, cause = moment, HoleCause.AWAY
                case Lost(since, until, packets):
                    yield Hole(segment.moment(since), segment.moment(until), HoleCause.DISK, packets)
            if alive is not None:
                alive = max(alive, moment)
