"""Who was erased from a meeting, or is to be: a fold of its log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, get_args

from meetings.domain.attendance import Attendance
from meetings.domain.change import replace
from meetings.domain.erasure import ErasureAsked, ErasureEvent, MemberErased
from meetings.domain.events import Recorded
from meetings.domain.values import MemberId


@dataclass(frozen=True)
class Erasures:
    """Since when each member is erased, and whose erasure is still to be done."""

    HEEDS: ClassVar = get_args(ErasureEvent)

    since: Mapping[MemberId, datetime] = field(default_factory=lambda: MappingProxyType({}))
    pending: tuple[ErasureAsked, ...] = ()

    def evolve(self, recorded: Recorded) -> "Erasures":
        """The erasures after an event."""
        match recorded.event:
            case ErasureAsked(member=member) as asked:
                return replace(self, since={**self.since, member: recorded.at}, pending=(*self.pending, asked))
            case MemberErased(member=member):
                return replace(self, pending=tuple(one for one in self.pending if one.member != member))
        return self


def forgotten(meetings: Iterable[tuple[Erasures, Attendance]]) -> dict[MemberId, datetime]:
    """Whose name is not to be known again, and since when: they were erased, and came to no meeting since.

    In the order of their erasure. Who comes again is known again, in the meetings from then on.
    """
    known, since = list(meetings), dict[MemberId, datetime]()
    for erasures, _ in known:
        for member, at in erasures.since.items():
            since[member] = max(at, since.get(member, at))
    came = {
        move.member
        for _, attendance in known
        for move in (attendance.movements if since else ())
        if move.member in since and move.arrived and move.at > since[move.member]
    }
    return dict(
        sorted(((one, at) for one, at in since.items() if one not in came), key=lambda each: (each[1], each[0]))
    )
