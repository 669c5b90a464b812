"""Appointments (nominations): absolute majority in rounds one and two, relative in the third, then the eldest.

Source: code général des collectivités territoriales, article L2121-21.
"""

from collections.abc import Mapping, Sequence

from meetings.domain.count.election import Candidate
from meetings.domain.count.errors import BadElectionError, Contradiction, Question
from meetings.domain.count.steps import Eldest, Elected, Needed, NextRound, Result, Standing, Step, Why, by_votes
from meetings.domain.count.ties import draw
from meetings.domain.lot import Lot

LAST = 3
"""The round that the relative majority decides."""


def count(rounds: Sequence[Mapping[Candidate, int]], born: Mapping[Candidate, int], lot: Lot | None = None) -> Result:
    """The rounds held so far, each the votes cast by candidate (blank and void papers are no votes).

    No winners, and a last step `NextRound`, while another round is needed. `born`: places in the order of birth, the
    eldest's the least, needed for a tie in round three; where one is unknown or the same, a lot. Raises TieError where
    that lot is missing, and BadElectionError for a fourth round or one held after the election.
    """
    steps: list[Step] = []
    for stage, votes in enumerate(rounds, 1):
        steps.append(Standing(stage, by_votes({**votes})))
        winner, found = _relative(stage, votes, born, lot) if stage == LAST else _absolute(stage, votes)
        steps.extend(found)
        if (winner or stage == LAST) and stage < len(rounds):
            raise BadElectionError(Contradiction.ROUNDS)
        if winner or stage == LAST:
            return Result((winner,) if winner else (), tuple(steps))
    return Result((), (*steps, NextRound(len(rounds) + 1)))


def _absolute(stage: int, votes: Mapping[Candidate, int]) -> tuple[Candidate | None, list[Step]]:
    cast = sum(votes.values())
    needed = Needed(stage, cast, cast // 2 + 1)
    winner = next((each for each, number in votes.items() if number >= needed.needed), None)
    return winner, [needed, Elected(stage, (winner,), Why.MAJORITY)] if winner else [needed]


def _relative(
    stage: int, votes: Mapping[Candidate, int], born: Mapping[Candidate, int], lot: Lot | None
) -> tuple[Candidate | None, list[Step]]:
    best = max(votes.values(), default=0)
    tied = tuple(sorted(each for each, number in votes.items() if number == best > 0))
    if len(tied) < 2:
        return (tied[0], [Elected(stage, tied, Why.MOST_VOTES)]) if tied else (None, [])
    eldest = _eldest(tied, born)
    if len(eldest) == 1:
        return eldest[0], [Eldest(stage, tied, eldest), Elected(stage, eldest, Why.ELDEST)]
    narrowed: list[Step] = [Eldest(stage, tied, eldest)] if len(eldest) < len(tied) else []
    lots = draw(eldest, 1, Question.SEAT, stage, lot)
    return lots.chosen[0], [*narrowed, lots, Elected(stage, lots.chosen, Why.LOT)]


def _eldest(tied: tuple[Candidate, ...], born: Mapping[Candidate, int]) -> tuple[Candidate, ...]:
    """Those born first; all of them where one's place is unknown."""
    if not all(each in born for each in tied):
        return tied
    first = min(born[each] for each in tied)
    return tuple(each for each in tied if born[each] == first)
