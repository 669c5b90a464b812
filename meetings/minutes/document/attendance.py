"""Who was there, who was not, who presided; the quorum."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from meetings.domain.values import Role
from meetings.minutes.document.later import LATER


@dataclass(frozen=True, slots=True)
class Attendee:
    """A member who was there, with the times of coming and going where they are not the session's own.

    `noted` is who noted the presence of a member who attended otherwise than in the room.
    """

    name: str
    college: str = ""
    role: Role = Role.MEMBER
    arrived: datetime | None = None
    left: datetime | None = None
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Represented:
    """A member absent who gave a proxy (pouvoir)."""

    name: str
    by: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Somebody came or went while the session lasted; `item` is the number of the item in debate, `noted` who noted it
    by hand."""

    name: str
    at: datetime
    arrived: bool
    item: int | None = None
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """The count of those present, with `proxies` of the represented too, at the opening or at an item (L2121-17).

    `noted` is what the session counted, where that was put right since.
    """

    members: int
    needed: int
    present: int
    proxies: bool = False
    noted: Annotated[int | None, LATER] = None

    @property
    def reached(self) -> bool:
        """Whether enough were present."""
        return self.present >= self.needed


@dataclass(frozen=True, slots=True)
class Fall:
    """The quorum was lacking during the session; `until` is None where it did not come back."""

    since: datetime
    present: int
    needed: int
    until: datetime | None = None
    regained: int = 0


@dataclass(frozen=True, slots=True)
class Presided:
    """Who presided from this moment on."""

    name: str
    since: datetime
