"""One speaker's packets, put in order and placed in time.

Inside a talk spurt the sender's RTP clock places packets; between spurts it cannot be trusted, because some senders
let it run while they are silent and others freeze it. So each stream carries an offset from RTP time to recording
time, set anew from the arrival clock whenever the two disagree by more than a quarter of a second.

The result depends on the packets and their times alone, never on how often `tick` is called.
"""

from collections import Counter
from typing import NamedTuple

from meetings.recording.opus import RATE, duration
from meetings.recording.rtp import Heard

REORDER_NS = 400_000_000  # how long a missing packet is waited for
REANCHOR = RATE // 4  # samples of disagreement between RTP time and arrival time
_MS = RATE // 1000
_MISORDER, _DROPOUT = 100, 3000  # packets; beyond them the sender began a new count (RFC 3550, appendix A.1)


class Placed(NamedTuple):
    """One packet in its place. A tuple for speed: one is made for every packet."""

    start: int  # samples at 48 kHz since the timeline's origin; never before the previous packet's end
    samples: int
    opus: bytes
    lost: int  # packets known to be missing right before this one


class _Waiting(NamedTuple):
    timestamp: int  # extended beyond 32 bits
    arrival_ns: int
    opened_ns: int
    opus: bytes


class Timeline:
    """One speaker's packets from any order into time. `origin_ns` is position 0 on the packets' clock."""

    def __init__(self, origin_ns: int, end: int = 0) -> None:
        self.end = end  # samples: where the next packet may start
        self.counts: Counter[str] = Counter()  # late, malformed, reanchored, streams
        self.strayed: Counter[int] = Counter()  # packets by milliseconds between their place and their arrival
        self._origin = origin_ns
        self._ssrc: int | None = None
        self._waiting: dict[int, _Waiting] = {}
        self._seq = self._timestamp = 0  # the newest, extended
        self._next: int | None = None  # the extended sequence number that is due
        self._offset: int | None = None  # recording samples minus RTP samples
        self._expected = 0  # the RTP time that continues the last packet

    @property
    def waiting(self) -> bool:
        """Whether packets wait for a missing one."""
        return bool(self._waiting)

    def position(self, time_ns: int) -> int:
        """Samples since the origin of a time on the packets' clock."""
        return (time_ns - self._origin) * RATE // 1_000_000_000

    def push(self, heard: Heard) -> list[Placed]:
        """Take one packet; returns the packets whose place is now known."""
        placed = self._drain(heard.opened_ns)
        if heard.ssrc != self._ssrc or self._recounted(heard.seq):
            placed += self.flush()
            self._restart(heard)
        seq = self._seq + _signed(heard.seq - self._seq, 16)
        timestamp = self._timestamp + _signed(heard.timestamp - self._timestamp, 32)
        self._seq, self._timestamp = max(seq, self._seq), max(timestamp, self._timestamp)
        if self._next is not None and seq < self._next:
            self.counts["late"] += 1
            return placed
        self._waiting[seq] = _Waiting(timestamp, heard.arrival_ns, heard.opened_ns, heard.opus)
        return placed + self._drain(heard.opened_ns)

    def tick(self, now_ns: int) -> list[Placed]:
        """Stop waiting for packets that are overdue; returns the packets whose place is now known."""
        return self._drain(now_ns)

    def flush(self) -> list[Placed]:
        """Place everything that still waits."""
        return self._drain(None)

    def _recounted(self, seq: int) -> bool:
        return not -_MISORDER <= _signed(seq - self._seq, 16) <= _DROPOUT

    def _restart(self, heard: Heard) -> None:
        self.counts["streams"] += 1
        self._ssrc, self._seq, self._timestamp = heard.ssrc, heard.seq, heard.timestamp
        self._next = self._offset = None

    def _drain(self, now_ns: int | None) -> list[Placed]:
        placed: list[Placed] = []
        while self._waiting:  # in an orderly network it is empty, or holds the packet that is due
            seq = self._next if self._next is not None and self._next in self._waiting else min(self._waiting)
            packet = self._waiting[seq]
            if now_ns is not None and seq != self._next and now_ns - packet.opened_ns < REORDER_NS:
                break
            del self._waiting[seq]
            lost = 0 if self._next is None else seq - self._next
            self._next = seq + 1
            self._place(packet, lost, placed)
        return placed

    def _place(self, packet: _Waiting, lost: int, placed: list[Placed]) -> None:
        samples = duration(packet.opus)
        if not samples:
            self.counts["malformed"] += 1
            return
        arrived = self.position(packet.arrival_ns)
        start = max(self._anchored(packet.timestamp, arrived), self.end)
        self.strayed[abs(start - arrived) // _MS] += 1
        self._expected = packet.timestamp + samples
        self.end = start + samples
        placed.append(Placed(start, samples, packet.opus, lost))

    def _anchored(self, timestamp: int, arrived: int) -> int:
        if self._offset is None:
            self._offset = arrived - timestamp
        late = arrived - (timestamp + self._offset)
        # A packet that continues its spurt and comes early says that the first ones were slow, not that time jumped.
        if late > REANCHOR or (late < -REANCHOR and timestamp != self._expected):
            self._offset = arrived - timestamp
            self.counts["reanchored"] += 1
        return timestamp + self._offset


def _signed(difference: int, bits: int) -> int:
    """The difference of two counters of `bits` bits, taken the short way round."""
    half = 1 << (bits - 1)
    return ((difference + half) & ((1 << bits) - 1)) - half
