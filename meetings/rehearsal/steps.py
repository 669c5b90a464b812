"""What a story is made of: members, lines, and the acts of an evening in order."""

from dataclasses import dataclass
from pathlib import Path

from meetings.domain.events import Choice, Role
from meetings.rehearsal.cast.ogg import PACKET_SECONDS


@dataclass(frozen=True, slots=True)
class Member:
    """Who plays: `voice` names the recipe by which scripts/make_voices.py speaks."""

    key: str
    name: str
    role: Role
    college: str
    voice: str


@dataclass(frozen=True, slots=True)
class Line:
    """Words said by `member` (a key) under agenda item `item` (from 1; None before the first)."""

    member: str
    text: str
    item: int | None
    audio: Path
    packets: tuple[bytes, ...]

    @property
    def seconds(self) -> float:
        """How long the line sounds."""
        return round(len(self.packets) * PACKET_SECONDS, 2)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another line, starting `after` seconds into the first, while that is still said."""

    line: Line
    after: float


@dataclass(frozen=True, slots=True)
class Open:
    """The chair opens the session."""


@dataclass(frozen=True, slots=True)
class Next:
    """The chair goes to the next agenda item."""


@dataclass(frozen=True, slots=True)
class Adjourn:
    """The chair closes the session."""


@dataclass(frozen=True, slots=True)
class Arrive:
    """A member enters the room."""

    member: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A member leaves the room."""

    member: str


@dataclass(frozen=True, slots=True)
class Raise:
    """A member raises a hand: with the button, or `native`ly on a stage (where there is no stage: with the button)."""

    member: str
    native: bool = False


@dataclass(frozen=True, slots=True)
class Lower:
    """A member lowers the hand."""

    member: str


@dataclass(frozen=True, slots=True)
class Give:
    """The chair gives the floor to `member`, or (None) to the first in the queue."""

    member: str | None


@dataclass(frozen=True, slots=True)
class Take:
    """The chair takes the floor back."""


@dataclass(frozen=True, slots=True)
class Say:
    """A line is said, and perhaps another over it."""

    line: Line
    over: Overlap | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """The chair puts a motion to the vote."""

    text: str
    secret: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """A member votes."""

    member: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Close:
    """The chair closes the ballot."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing happens."""

    seconds: float


Step = Open | Next | Adjourn | Arrive | Leave | Raise | Lower | Give | Take | Say | Ballot | Vote | Close | Pause
"""What happens next in a story; acts of the chair name nobody."""
