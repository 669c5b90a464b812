"""One SSRC as the receiver knows it: who it is, what came of it, what waits."""

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

ENOUGH = 25  # frames given up in a row that show that somebody speaks: half a second of voice
FORGET_NS = 5_000_000_000  # after which they no longer do
_WINDOW = 2048  # sequence numbers; a duplicate farther behind its twin is not recognized


class Frame(NamedTuple):
    """A packet whose transport encryption is off. A tuple for speed: one is made for every packet."""

    seq: int
    timestamp: int
    arrival_ns: int
    body: bytes  # still under end-to-end encryption where the room uses it


@dataclass(slots=True)
class Unheard:
    """Frames in a row that could not be opened and were given up."""

    count: int = 0
    since_ns: int = 0  # when the first of them came
    last_ns: int = 0  # when the last was given up

    def add(self, came_ns: int, now_ns: int) -> None:
        """One more."""
        if not self.count or now_ns - self.last_ns > FORGET_NS:
            self.count, self.since_ns = 0, came_ns
        self.count += 1
        self.last_ns = now_ns

    def speaks(self, now_ns: int) -> bool:
        """Whether they show that somebody speaks now."""
        return self.count >= ENOUGH and now_ns - self.last_ns <= FORGET_NS


def _window() -> "array[int]":
    return array("i", [-1]) * _WINDOW


@dataclass(slots=True)
class Source:
    """One SSRC of one voice session."""

    ssrc: int
    user_id: int | None = None
    held: list[Frame] = field(default_factory=list)  # in the order of their sequence numbers
    opened: bytes | None = None  # what attribution found inside the first voiced frame that is held
    left_ns: int | None = None  # when its member left
    unheard: Unheard = field(default_factory=Unheard)
    last: int = 0  # the ordinal of the last frame opened, see Opener.ordinal
    _seen: "array[int]" = field(default_factory=_window, repr=False)

    def is_new(self, seq: int) -> bool:
        """Whether a sequence number comes for the first time."""
        slot = seq % _WINDOW
        if self._seen[slot] == seq:
            return False
        self._seen[slot] = seq
        return True

    def hold(self, frame: Frame) -> bool:
        """Queue a frame in its place; True when it is now the first."""
        place = len(self.held)
        while place and ((frame.seq - self.held[place - 1].seq) & 0xFFFF) > 0x8000:
            place -= 1
        self.held.insert(place, frame)
        return place == 0
