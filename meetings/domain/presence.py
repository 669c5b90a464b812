"""Events of the roll: who is excused, a quorum that falls and comes back, and the meeting put off for lack of it.

As in `events`: a field is only ever added with a default; a change of meaning is a new event.
"""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.values import MemberId


@dataclass(frozen=True, slots=True)
class Excused:
    """A member said, or had it noted, that they cannot come; why is theirs, and not kept."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class ExcuseWithdrawn:
    """The member is not excused after all."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class QuorumLost:
    """Fewer are there than the quorum needs, from here on."""

    present: int
    needed: int


@dataclass(frozen=True, slots=True)
class QuorumRegained:
    """Enough are there again."""

    present: int
    needed: int


@dataclass(frozen=True, slots=True)
class Reconvened:
    """For lack of a quorum the council meets again at this hour, on what is left of the agenda (CGCT L2121-17)."""

    starts: datetime


RollEvent = Excused | ExcuseWithdrawn | QuorumLost | QuorumRegained | Reconvened
