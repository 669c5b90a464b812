"""What a story is made of: members, lines, and the acts of an evening in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from meetings.domain.events import Event
from meetings.domain.values import Role
from meetings.recording.packets import PACKET_SECONDS


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

    Those said in a recess or behind closed doors (`private`) are to be heard by nobody else, and kept nowhere.
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
class Say:
    """A line is said, and perhaps another over it."""

    line: Line
    over: Overlap | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Both, in the order in which they begin."""
        return (self.line, self.over.line) if self.over else (self.line,)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return max(self.line.seconds, self.over.after + self.over.line.seconds if self.over else 0)


@dataclass(frozen=True, slots=True)
class Arrive:
    """A member enters the room."""

    member: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A member leaves the room."""

    member: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing happens."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Kill:
    """The bot's process ends as by a power cut, and is started again `seconds` later."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Who:
    """A member, by key, as the value of a command's option."""

    member: str


Value = str | int | bool | Who | tuple[Who, ...]
"""What an option of a command is given; several members are typed by name."""


@dataclass(frozen=True, slots=True)
class Slash:
    """A slash command by its key in the catalogues (`discord.command.KEY`), with its options by theirs."""

    key: str
    options: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press:
    """The newest button whose id begins and ends so."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Discord's own request to speak on a stage; elsewhere the button."""


@dataclass(frozen=True, slots=True)
class Act:
    """A member (`by`, a key) does what the file calls `name`, in a certain `way`, and these `events` are to follow."""

    name: str
    by: str
    way: Slash | Press | Ask
    events: tuple[Event, ...]


Step = Act | Say | Arrive | Leave | Pause | Kill
"""What happens next in a story."""
