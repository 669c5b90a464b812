"""What a story is made of: members, lines, and the acts of an evening in order."""

from dataclasses import dataclass
from pathlib import Path

from meetings.domain.values import Choice, Role
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
    """Words said by `member` (a key) under agenda item `item` (from 1; None before the first).

    Those said behind closed doors (`private`) are to be heard by nobody else, and kept nowhere.
    """

    member: str
    text: str
    item: int | None
    audio: Path
    packets: tuple[bytes, ...]
    private: bool = False

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
class Recess:
    """The chair suspends the session."""


@dataclass(frozen=True, slots=True)
class Resume:
    """The chair goes on with it."""


@dataclass(frozen=True, slots=True)
class AskDoors:
    """A member asks for closed doors: the chair's request, or the third member's, is voted on at once."""

    member: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """The chair ends the closed session."""


@dataclass(frozen=True, slots=True)
class Postpone:
    """The chair leaves the item with this number to the next meeting."""

    number: int


@dataclass(frozen=True, slots=True)
class Gavel:
    """Who presides hands the gavel to `member`, or (None) the chair takes it back."""

    member: str | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing happens."""

    seconds: float


Conduct = Recess | Resume | AskDoors | Reopen | Postpone | Gavel
Step = (
    Open | Next | Adjourn | Arrive | Leave | Raise | Lower | Give | Take | Say | Ballot | Vote | Close | Conduct | Pause
)
"""What happens next in a story; acts of the chair name nobody."""
