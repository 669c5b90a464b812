"""The gavel: who presides. The chair by right, until it is handed to another; in whoever's hands it is, it stays there
while they are away, and then nobody presides."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from meetings.domain.attendance import Attendance
from meetings.domain.conduct import GavelHanded
from meetings.domain.events import Event, Recorded
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId, Role


@dataclass(frozen=True, slots=True)
class Handing:
    """The gavel passed to a member, by another."""

    member: MemberId
    at: datetime
    by: MemberId | None


@dataclass(frozen=True, slots=True)
class Gavel:
    """Each time it was handed over, in order."""

    HEEDS: ClassVar = (GavelHanded,)

    handings: tuple[Handing, ...] = ()

    def holder(self, attendance: Attendance) -> MemberId | None:
        """Who holds it: whom it was handed to last, else the chair."""
        return self.handings[-1].member if self.handings else attendance.holder(Role.CHAIR)

    def holder_at(self, instant: datetime, attendance: Attendance) -> MemberId | None:
        """Who held it then."""
        before = [handing.member for handing in self.handings if handing.at <= instant]
        return before[-1] if before else attendance.holder(Role.CHAIR)

    def evolve(self, recorded: Recorded) -> "Gavel":
        """The gavel after an event."""
        if not isinstance(recorded.event, GavelHanded):
            return self
        return replace(self, handings=(*self.handings, Handing(recorded.event.member, recorded.at, recorded.by)))


def hand(gavel: Gavel, attendance: Attendance, by: MemberId, member: MemberId | None) -> list[Event] | Refusal:
    """Pass the gavel to a member present, or (None) take it back, as the chair by right.

    Who holds it may pass it on; the secretary may, where who holds it is away: a meeting is never without a way on.
    """
    holder, chair = gavel.holder(attendance), attendance.holder(Role.CHAIR)
    if not _may(holder, chair, attendance, by, takes_back=member is None):
        return Refusal(Code.CHAIR_ONLY)
    to = by if member is None else member
    if attendance.seat(to) is None:
        return Refusal(Code.NOT_A_MEMBER)
    if to not in attendance.present:
        return Refusal(Code.NOT_PRESENT)
    return Refusal(Code.NOTHING_CHANGED) if to == holder else [GavelHanded(to)]


def _may(
    holder: MemberId | None, chair: MemberId | None, attendance: Attendance, by: MemberId, *, takes_back: bool
) -> bool:
    if takes_back:
        return by == chair
    secretary = by == attendance.holder(Role.SECRETARY) and holder not in attendance.present
    return by == holder or secretary
