"""How a story's session is conducted: recess, closed doors, items let go, who presides; as far as acts depend on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from meetings.domain.values import Choice
from meetings.rehearsal.entries import Entry, Fault

OF_THE_CHAIR = frozenset(
    ("open", "next", "adjourn", "give", "take", "ballot", "close", "recess", "resume", "reopen", "postpone")
)
"""Acts of who presides."""

IN_RECESS = frozenset(("resume", "adjourn", "raise", "lower", "request", "arrive", "leave", "gavel", "pause"))
"""Acts for which a session need not go on."""

ENOUGH = 3
"""Members whose request puts closed doors to the vote (CGCT L2121-18)."""


@dataclass(slots=True)
class Conducting:
    """What holds between two acts; `presiding` is a member's key."""

    presiding: str
    chair: str = field(init=False)
    recess: bool = False
    private: bool = False
    postponed: set[int] = field(default_factory=set)
    asking: set[str] = field(default_factory=set)
    doors_voted: bool = False

    def __post_init__(self) -> None:
        self.chair = self.presiding

    def next_item(self, item: int | None) -> int:
        """The item that comes after `item`."""
        number = (item or 0) + 1
        while number in self.postponed:
            number += 1
        return number

    def ask(self, entry: Entry, member: str) -> bool:
        """A request for closed doors; true where it puts them to the vote. Raises ScenarioError."""
        if self.private or member in self.asking:
            raise entry.fault(Fault.DOORS_CLOSED, member=member)
        self.asking.add(member)
        if member != self.presiding and len(self.asking) < ENOUGH:
            return False
        self.asking.clear()
        self.doors_voted = True
        return True

    def counted(self, votes: Mapping[str, Choice]) -> None:
        """A vote is closed: doors that were voted closed are; a tie falls to who presides."""
        if not self.doors_voted:
            return
        senses = list(votes.values())
        for_, against = senses.count(Choice.FOR), senses.count(Choice.AGAINST)
        casting = bool(for_) and votes.get(self.presiding) is Choice.FOR
        self.private = for_ > against or (for_ == against and casting)
        self.doors_voted = False

    def hand(self, entry: Entry, member: str | None) -> None:
        """The gavel goes to a member, or back to the chair. Raises ScenarioError."""
        to = member or self.chair
        if to == self.presiding:
            raise entry.fault(Fault.PRESIDES, member=to)
        self.presiding = to
