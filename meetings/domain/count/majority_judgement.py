"""Majority judgement: voters grade every candidate; the best majority grade (lower median) wins.

Equal majority grades are told apart by taking one middlemost grade away from each candidate, again and again, until the
grades left in the middle differ (M. Balinski and R. Laraki, *A theory of measuring, electing, and ranking*, PNAS 104,
2007: the majority value). Only candidates with the very same grades stay tied, and need a lot.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from typing import TypeAlias

from meetings.domain.count.election import Candidate, Election
from meetings.domain.count.errors import BadElectionError, Contradiction
from meetings.domain.count.most import most
from meetings.domain.count.steps import Compared, Judged, Papers, Result, Step, Why
from meetings.domain.lot import Lot

GRADES = 7
"""Excellent, very good, good, fair, passable, insufficient, to reject."""

Tally: TypeAlias = tuple[int, ...]
"""How many papers gave each grade, the best first; as many numbers as GRADES."""

_Key: TypeAlias = tuple[int, ...]


def count(election: Election, lot: Lot | None = None) -> Result:
    """Count rankings as grades: the first rank is the best grade, the seventh and later, and no rank, the worst.

    Ranks may be shared and left out, so that every way of grading can be written. Raises as `rank` does.
    """
    tallies = {candidate: [0] * GRADES for candidate in election.running}
    invalid = valid = 0
    for weight, ranking in election.ballots:
        graded = {each: min(grade, GRADES - 1) for grade, rank in enumerate(ranking) for each in rank}
        if graded.keys().isdisjoint(tallies):
            invalid += weight
            continue
        valid += weight
        for candidate, tally in tallies.items():
            tally[graded.get(candidate, GRADES - 1)] += weight
    result = rank({candidate: tuple(tally) for candidate, tally in tallies.items()}, election.seats, lot)
    return Result(result.winners, (Papers(valid, invalid), *result.steps))


def rank(tallies: Mapping[Candidate, Tally], seats: int = 1, lot: Lot | None = None) -> Result:
    """Fill the seats. Every candidate is graded on every paper.

    Raises TieError where the last seat needs a lot, BadElectionError for tallies that do not match.
    """
    if len({sum(tally) for tally in tallies.values()}) > 1 or any(len(tally) != GRADES for tally in tallies.values()):
        raise BadElectionError(Contradiction.GRADES)
    times = _times(tallies)
    keys = {candidate: _key(tally, times) for candidate, tally in tallies.items()}
    order = sorted(keys, key=lambda each: (keys[each], each))
    scores = {key: -place for place, key in enumerate(sorted(set(keys.values())))}
    winners, elected = most({each: scores[key] for each, key in keys.items()}, seats, Why.BEST_GRADE, lot)
    judged = (Judged(each, tallies[each], keys[each][0] + 1 if keys[each] else GRADES) for each in order)
    return Result(winners, (*judged, *_compared(order, keys, times), *elected))


def _compared(order: list[Candidate], keys: Mapping[Candidate, _Key], times: list[int]) -> Iterator[Step]:
    """Neighbours of the same majority grade, and after how many grades taken away they differ."""
    for better, worse in pairwise(order):
        pairs = zip(times, keys[better], keys[worse], strict=True)
        removed, one, other = next((pair for pair in pairs if pair[1] != pair[2]), (0, 0, 0))
        if removed:
            yield Compared(better, worse, removed, one + 1, other + 1)


def _key(tally: Tally, times: list[int]) -> _Key:
    """The grade in the middle after so many were taken away, for each of `times`; the lesser key is the better."""
    bounds = list(accumulate(tally))
    return tuple(bisect_right(bounds, _position(time, bounds[-1])) for time in times)


def _times(tallies: Mapping[Candidate, Tally]) -> list[int]:
    """The few removals at which any candidate's middle grade can change: to compare there is to compare everywhere."""
    times = {0, 1, 2}
    for tally in tallies.values():
        bounds = list(accumulate(tally))
        times.update(_time(place, bounds[-1]) for bound in bounds for place in (bound - 1, bound))
    total = sum(next(iter(tallies.values()), ()))
    return sorted(time for time in times if 0 <= time < total)


def _position(time: int, total: int) -> int:
    """Which of `total` papers, sorted from the best grade, is in the middle after `time` removals (zigzag outwards)."""
    offset = (time + 1) // 2
    return total // 2 + (offset if time % 2 == total % 2 else -offset)


def _time(position: int, total: int) -> int:
    """After how many removals that paper is in the middle: the inverse of `_position`."""
    offset = position - total // 2
    return 2 * abs(offset) - (1 if (offset > 0) == (total % 2 == 1) else 0) if offset else 0
