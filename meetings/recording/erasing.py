"""A member's voice taken out of a recording: each segment is written anew without it, whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

from meetings.recording.journal import MAGIC, Beat, Segment, entry_time, note, records, segments
from meetings.recording.rtp import Heard

PART = ".erasing"
"""What a segment's name ends in while it is written; `segments` does not see it."""


def erase(folder: Path, user_id: int) -> int:
    """Leave no packet of a member's, nor any track drawn of them, in a recording that is closed; how many there were.

    The rest stays as it is, byte for byte, but for a damaged end, which may hold part of a packet. Where packets went
    stands a sign of life, so that the recording has the same holes as before. Cut short, it is done again. Blocks.
    Raises OSError.
    """
    for left in folder.glob(f"*{PART}"):
        left.unlink()
    for track in folder.rglob(f"{user_id}.ogg*"):
        track.unlink()
    return sum(_rewritten(segment, user_id) for segment in segments(folder))


def _rewritten(segment: Segment, user_id: int) -> int:
    packets = sum(isinstance(entry, Heard) and entry.user_id == user_id for entry in segment.entries())
    if packets:
        part = segment.path.with_name(segment.path.name + PART)
        with part.open("wb") as file:
            file.write(MAGIC)
            file.writelines(_without(segment, user_id))
            file.flush()
            os.fsync(file.fileno())
        part.replace(segment.path)
    return packets


def _without(segment: Segment, user_id: int) -> Iterator[bytes]:
    alive: int | None = None
    for record, entry in records(segment):
        if isinstance(entry, Heard) and entry.user_id == user_id:
            alive = entry_time(entry)
            continue
        if alive is not None:
            yield note(Beat(alive))
            alive = None
        yield record
    if alive is not None:
        yield note(Beat(alive))
