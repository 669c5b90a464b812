"""The most votes win: what plurality, approval and the third round of an appointment have in common."""

from meetings.domain.count.election import Candidate
from meetings.domain.count.errors import Question
from meetings.domain.count.steps import Drawn, Elected, Step, Why
from meetings.domain.count.ties import draw
from meetings.domain.lot import Lot


def most(
    votes: dict[Candidate, int], seats: int, why: Why, lot: Lot | None
) -> tuple[tuple[Candidate, ...], tuple[Step, ...]]:
    """Who takes the seats, the most votes first, and the steps. Raises TieError where the last seat needs a lot.

    Equals who are all elected stand in the order of the ballot paper: nothing hangs on it, so no lot is drawn.
    """
    order = sorted(votes, key=lambda each: (-votes[each], each))
    if len(order) <= seats:
        return tuple(order), _elected(order, why, None)
    last = votes[order[seats - 1]]
    sure = [each for each in order if votes[each] > last]
    tied = tuple(each for each in order if votes[each] == last)
    if len(sure) + len(tied) == seats:
        return tuple(sure) + tied, _elected([*sure, *tied], why, None)
    lots = draw(tied, seats - len(sure), Question.SEAT, 1, lot)
    return (*sure, *lots.chosen), _elected(sure, why, lots)


def _elected(sure: list[Candidate], why: Why, lots: Drawn | None) -> tuple[Step, ...]:
    steps: list[Step] = [Elected(1, tuple(sure), why)] if sure else []
    return (*steps, lots, Elected(1, lots.chosen, Why.LOT)) if lots else tuple(steps)
