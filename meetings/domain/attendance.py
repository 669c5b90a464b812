"""Who is entitled to sit, who is in the room, who came and went, and whether the quorum is reached."""

from dataclasses import dataclass, field
from datetime import datetime

from meetings.domain.change import replace
from meetings.domain.events import Arrived, Left, MemberId, Recorded, Role, Seat
from meetings.domain.persistent import PersistentList
from meetings.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Movement:
    """A member entered or left the room, to the second."""

    member: MemberId
    at: datetime
    arrived: bool


@dataclass(frozen=True)
class Attendance:
    """The roll: seats entitled, members now present (in order of arrival), every movement."""

    roster: tuple[Seat, ...] = ()
    present: tuple[MemberId, ...] = ()
    movements: PersistentList[Movement] = field(default_factory=PersistentList)

    def seat(self, member: MemberId | None) -> Seat | None:
        """The member's seat, or None for who is not entitled to one."""
        return next((seat for seat in self.roster if seat.member == member), None)

    def holder(self, role: Role) -> MemberId | None:
        """Who holds this role."""
        return next((seat.member for seat in self.roster if seat.role is role), None)

    def needed(self, rules: Rules) -> int:
        """How many must be present for the quorum."""
        return rules.needed(len(self.roster))

    def quorate(self, rules: Rules) -> bool:
        """Whether enough members are present now."""
        return len(self.present) >= self.needed(rules)

    def ever_present(self) -> tuple[MemberId, ...]:
        """Every member who was in the room at some time, in order of first arrival."""
        return tuple(dict.fromkeys(move.member for move in self.movements if move.arrived))

    def evolve(self, recorded: Recorded) -> "Attendance":
        """The roll after an arrival or a departure."""
        match recorded.event:
            case Arrived(member=member):
                present = (*self.present, member)
            case Left(member=member):
                place = self.present.index(member)
                present = self.present[:place] + self.present[place + 1 :]
            case _:
                return self
        move = Movement(member, recorded.at, isinstance(recorded.event, Arrived))
        return replace(self, present=present, movements=self.movements.plus(move))
