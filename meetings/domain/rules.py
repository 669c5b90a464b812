"""A council's rules, as data. The first preset is the one every French council knows."""

from dataclasses import dataclass
from fractions import Fraction

from meetings.domain.events import Choice, Outcome, Tally, Why

MOTION_LIMIT = 1_000
"""Characters of a motion's text: what fits a message on every platform with its buttons and counts."""

TITLE_LIMIT = 200
"""Characters of the title of an item added on the spot."""


@dataclass(frozen=True, slots=True)
class Rules:
    """`quorum`: more than this share of the members entitled must be present (CGCT L2121-17: the half).

    `closed_session`: how many members may ask for closed doors; the chair may alone (L2121-18). `items_on_the_spot`:
    whether the chair may add items during the session (a municipal council deliberates on its convocation alone).
    """

    quorum: Fraction = Fraction(1, 2)
    casting_vote: bool = True
    closed_session: int = 3
    items_on_the_spot: bool = False

    def needed(self, entitled: int) -> int:
        """How many members must be present: strictly more than the share (CGCT L2121-17)."""
        return int(entitled * self.quorum) + 1

    def settle(self, tally: Tally, *, secret: bool, chair: Choice | None) -> tuple[Outcome, Why]:
        """Absolute majority of the votes cast; a tie falls to the chair's vote, unless secret (CGCT L2121-20)."""
        if tally.for_ > tally.against:
            return Outcome.ADOPTED, Why.MAJORITY
        if tally.against > tally.for_:
            return Outcome.REJECTED, Why.MAJORITY
        if not tally.cast:
            return Outcome.REJECTED, Why.NO_VOTE
        if self.casting_vote and not secret and chair in {Choice.FOR, Choice.AGAINST}:
            return (Outcome.ADOPTED if chair is Choice.FOR else Outcome.REJECTED), Why.CASTING_VOTE
        return Outcome.REJECTED, Why.TIE


CGCT = Rules()
"""Code général des collectivités territoriales, articles L2121-17 to L2121-21."""
