"""The packet journal: the primary record of a recording, append-only.

A recording is a folder of segments, one a run of the process. A segment is a magic word and records; a record is
its payload's length (16 bits), CRC-32 (32 bits) and the payload, whose first byte is its kind; integers are
big-endian. A segment reads up to its last whole record, wherever it was cut. Times are nanoseconds since the
segment's head, on a clock that does not jump; the head ties them to the wall clock (UTC).
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from meetings.recording.rtp import Heard

MAGIC = b"HEMIVOX1"
SUFFIX = ".journal"

_HEAD, _PACKET, _BEAT, _LISTENING, _LOST, _END, _DEAF = range(7)
_frame = struct.Struct(">HI")
_head = struct.Struct(">Bq")  # the wall clock, nanoseconds since the Unix epoch
_packet = struct.Struct(">BqqIHIQ")  # arrival, opened, SSRC, sequence, timestamp, user; then Opus
_beat = struct.Struct(">Bq")
_listening = struct.Struct(">Bq?")
_lost = struct.Struct(">BqqI")
_end = struct.Struct(">Bq")
_deaf = struct.Struct(">Bq?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Beat:
    """The process was alive."""

    at_ns: int


@dataclass(frozen=True, slots=True)
class Listening:
    """From here on the recorder stands in the room (or no longer does)."""

    at_ns: int
    present: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """Packets that came and could not be written, because the disk refused for too long."""

    from_ns: int
    to_ns: int
    packets: int


@dataclass(frozen=True, slots=True)
class Deaf:
    """From here on the recorder, though connected, cannot hear somebody who speaks or may (or no longer so)."""

    at_ns: int
    begins: bool


@dataclass(frozen=True, slots=True)
class End:
    """The segment was closed in order."""

    at_ns: int


Entry = Heard | Beat | Listening | Deaf | Lost | End


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of the recorder. `anchor` is the wall-clock time (aware, UTC) of its time 0."""

    path: Path
    anchor: datetime

    def entries(self) -> Iterator[Entry]:
        """What the segment holds, in the order written, up to its last whole record. Raises OSError."""
        with self.path.open("rb") as file:
            file.seek(len(MAGIC))
            for payload in _payloads(file):
                entry = _entry(payload)
                if entry is not None:
                    yield entry

    def moment(self, at_ns: int) -> datetime:
        """The wall-clock time (aware, UTC) of a time in this segment, to the microsecond."""
        return self.anchor + timedelta(microseconds=at_ns // 1000)


def records(segment: Segment) -> Iterator[tuple[bytes, Entry | None]]:
    """What a segment holds, each record as it lies there, head included (None). Raises OSError."""
    with segment.path.open("rb") as file:
        file.seek(len(MAGIC))
        for payload in _payloads(file):
            yield _framed(payload), _entry(payload)


def entry_time(entry: Entry) -> int:
    """When an entry was made, in nanoseconds since its segment's head."""
    match entry:
        case Heard():
            return entry.opened_ns
        case Lost():
            return entry.to_ns
        case _:
            return entry.at_ns


def segments(folder: Path) -> list[Segment]:
    """The readable segments of a recording, oldest first. Raises OSError; a segment without its head holds nothing."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        anchor = _anchor(path)
        if anchor is not None:
            found.append(Segment(path, anchor))
    return found


def damage(segment: Segment) -> int:
    """Bytes at a segment's end that belong to no whole record."""
    with segment.path.open("rb") as file:
        file.seek(len(MAGIC))
        whole = len(MAGIC) + sum(_frame.size + len(payload) for payload in _payloads(file))
    return segment.path.stat().st_size - whole


def head(anchor: datetime) -> bytes:
    """How a segment begins."""
    return MAGIC + _framed(_head.pack(_HEAD, nanoseconds(anchor)))


def packet(heard: Heard, origin_ns: int) -> bytes:
    """The record of one packet; `origin_ns` is the segment's time 0 on the packet's clock."""
    user_id, ssrc, seq, timestamp, arrival, opened, opus = heard
    times = arrival - origin_ns, opened - origin_ns
    return _framed(_packet.pack(_PACKET, *times, ssrc, seq, timestamp, user_id) + opus)


def note(entry: Beat | Listening | Deaf | Lost | End) -> bytes:
    """The record of anything but a packet."""
    match entry:
        case Beat(at):
            return _framed(_beat.pack(_BEAT, at))
        case Listening(at, present):
            return _framed(_listening.pack(_LISTENING, at, present))
        case Deaf(at, begins):
            return _framed(_deaf.pack(_DEAF, at, begins))
        case Lost(since, until, packets):
            return _framed(_lost.pack(_LOST, since, until, packets))
        case End(at):
            return _framed(_end.pack(_END, at))


def nanoseconds(moment: datetime) -> int:
    """Nanoseconds from the Unix epoch to an aware time, to the microsecond."""
    return (moment - _EPOCH) // timedelta(microseconds=1) * 1000


def _framed(payload: bytes) -> bytes:
    return _frame.pack(len(payload), zlib.crc32(payload)) + payload


def _payloads(file: BinaryIO) -> Iterator[bytes]:
    while len(frame := file.read(_frame.size)) == _frame.size:
        size, checksum = _frame.unpack(frame)
        payload = file.read(size)
        if not size or len(payload) < size or zlib.crc32(payload) != checksum:
            return
        yield payload


def _anchor(path: Path) -> datetime | None:
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return None
        payload = next(_payloads(file), b"")
    if len(payload) != _head.size or payload[0] != _HEAD:
        return None
    return _EPOCH + timedelta(microseconds=_head.unpack(payload)[1] // 1000)


def _entry(payload: bytes) -> Entry | None:
    kind = payload[0]
    if kind == _PACKET:
        _, arrival, opened, ssrc, seq, timestamp, user_id = _packet.unpack_from(payload)
        return Heard(user_id, ssrc, seq, timestamp, arrival, opened, payload[_packet.size :])
    if kind == _BEAT:
        return Beat(*_beat.unpack(payload)[1:])
    if kind == _LISTENING:
        return Listening(*_listening.unpack(payload)[1:])
    if kind == _DEAF:
        return Deaf(*_deaf.unpack(payload)[1:])
    if kind == _LOST:
        return Lost(*_lost.unpack(payload)[1:])
    if kind == _END:
        return End(*_end.unpack(payload)[1:])
    return None  # the head, or a kind that a later version added
