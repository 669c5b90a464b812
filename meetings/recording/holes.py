"""Where a recording has nothing, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from meetings.recording.journal import Deaf, Listening, Lost, entry_time, segments

SIGNS = timedelta(seconds=2)
"""At least one sign of life comes within this time, while the disk takes it."""


class HoleCause(StrEnum):
    """Why nothing was recorded."""

    STOPPED = "stopped"  # the recorder did not run
    AWAY = "away"  # it ran and was not connected
    DEAF = "deaf"  # it was connected, and what came could not be opened, or nothing came at all
    DISK = "disk"  # it heard and could not write


@dataclass(frozen=True, slots=True)
class Hole:
    """A time (aware, UTC) of which the recording holds nothing, or not everything."""

    start: datetime
    end: datetime
    cause: HoleCause
    packets: int = 0  # known to be lost; only the disk's holes know


def holes(folder: Path, until: datetime | None = None) -> list[Hole]:
    """The holes of a recording, oldest first, from its journal. Raises OSError.

    The recording begins when the recorder first listens and ends with the last sign of life: a packet, or the beat
    that it leaves each second, so a hole after a kill is known to a second. What lacks at its end is a hole where it
    should have gone on `until` then.
    """
    return sorted(_holes(folder, until), key=lambda hole: (hole.start, hole.end))


def _holes(folder: Path, until: datetime | None) -> Iterator[Hole]:
    gone: datetime | None = None
    alive: datetime | None = None  # known once the recording has begun
    cause = HoleCause.STOPPED
    for segment in segments(folder):
        if alive is not None and gone is None:
            gone, cause = alive, HoleCause.STOPPED
        for entry in segment.entries():
            moment = segment.moment(entry_time(entry))
            match entry:
                case Listening(_, True) | Deaf(_, False):
                    if gone is not None:
                        yield Hole(gone, moment, cause)
                    gone, alive = None, max(alive or moment, moment)
                case Listening(_, False) | Deaf(_, True):
                    if gone is None:  # a connection left because it was deaf is one hole, from the first word unheard
                        gone, cause = moment, HoleCause.AWAY if isinstance(entry, Listening) else HoleCause.DEAF
                case Lost(since, again, packets):
                    yield Hole(segment.moment(since), segment.moment(again), HoleCause.DISK, packets)
            if alive is not None:
                alive = max(alive, moment)
    if alive is not None:
        yield from _last(gone, alive, cause, until)


def _last(gone: datetime | None, alive: datetime, cause: HoleCause, until: datetime | None) -> Iterator[Hole]:
    if gone is None:
        gone, cause = alive, HoleCause.DISK
    elif cause is HoleCause.DEAF:
        until = until or alive
    if until is not None and until - gone > SIGNS:
        yield Hole(gone, until, cause)
