"""Events of a session's conduct: recess, closed session, the agenda changed on the way, the gavel handed over.

As in `events`: a field is only ever added with a default; a change of meaning is a new event. Who acted and when is
said by the `Recorded` around each.
"""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.values import BallotId, MemberId, PlannedItem


@dataclass(frozen=True, slots=True)
class Suspended:
    """The session is in recess; `until` is when it should go on, if that was said."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """The recess is over."""


@dataclass(frozen=True, slots=True)
class ClosedSessionAsked:
    """A member asks that the council sit behind closed doors (huis clos, CGCT L2121-18)."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class ClosedSessionPut:
    """The ballot just opened is on closed doors: it has no words of its own."""

    ballot: BallotId


@dataclass(frozen=True, slots=True)
class ClosedSessionBegun:
    """The doors are closed, as this ballot decided: from here on nothing is recorded."""

    ballot: BallotId


@dataclass(frozen=True, slots=True)
class ClosedSessionEnded:
    """The session is public again."""


@dataclass(frozen=True, slots=True)
class ItemMoved:
    """An item comes `before` another, or (None) last."""

    number: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class ItemWithdrawn:
    """An item is taken off the agenda."""

    number: int


@dataclass(frozen=True, slots=True)
class ItemPostponed:
    """An item is left to the next meeting."""

    number: int


@dataclass(frozen=True, slots=True)
class ItemAdded:
    """An item is put on the agenda while the session lasts; it comes last."""

    item: PlannedItem


@dataclass(frozen=True, slots=True)
class GavelHanded:
    """This member presides from here on; where it is the chair, the gavel came back."""

    member: MemberId


AgendaEvent = ItemMoved | ItemWithdrawn | ItemPostponed | ItemAdded
"""What changes the agenda itself."""
