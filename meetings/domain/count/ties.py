"""Ties: settled by what came before, then by a lot; never by chance nobody can see."""

from collections.abc import Mapping, Sequence

from meetings.domain.count.election import Candidate
from meetings.domain.count.errors import Question, TieError
from meetings.domain.count.steps import Drawn, LookedBack, Step
from meetings.domain.lot import Lot


def settle(
    tied: tuple[Candidate, ...],
    question: Question,
    history: Sequence[Mapping[Candidate, int]],
    lot: Lot | None,
) -> tuple[Candidate, tuple[Step, ...]]:
    """The one of `tied` to exclude (the fewest votes), or to go first (the most), and the steps that say why.

    `history`: votes at the end of each stage. Regard is had to the most recent stage at which the votes differ, and
    then to the lot (Scottish Local Government Elections Order 2007, Schedule 1, rules 49(2)-(3) and 51).
    Raises TieError.
    """
    pick = min if question is Question.EXCLUDE else max
    stage = len(history) + 1
    steps: list[Step] = []
    for at in range(len(history), 0, -1):
        if len(tied) == 1:
            break
        votes = history[at - 1]
        bound = pick(votes[candidate] for candidate in tied)
        kept = tuple(candidate for candidate in tied if votes[candidate] == bound)
        if len(kept) < len(tied):
            steps.append(LookedBack(stage, question, tied, at, kept))
            tied = kept
    if len(tied) > 1:
        drawn = draw(tied, 1, question, stage, lot)
        steps.append(drawn)
        tied = drawn.chosen
    return tied[0], tuple(steps)


def draw(tied: tuple[Candidate, ...], places: int, question: Question, stage: int, lot: Lot | None) -> Drawn:
    """So many of `tied`, by lot. Raises TieError without one."""
    if lot is None:
        raise TieError(question, stage, tied)
    label = f"{question.value} {stage}"
    order = lot.order(label, map(str, tied))
    return Drawn(stage, question, tied, label, tuple(map(int, order[:places])))
