"""One SSRC as the receiver knows it: who it is, what came of it, what waits."""

from array import array
from dataclasses import dataclass, field
from typing import NamedTuple

_WINDOW = 2048  # sequence numbers; a duplicate farther behind its twin is not recognized


class Frame(NamedTuple):
    """A packet whose transport encryption is off. A tuple for speed: one is made for every packet."""

    seq: int
    timestamp: int
    arrival_ns: int
    body: bytes  # still under end-to-end encryption where the room uses it


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
