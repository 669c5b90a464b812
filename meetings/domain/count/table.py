"""The counting table: papers in piles, one a candidate, moved pile by pile. Shared by all methods that transfer."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from meetings.domain.count.election import Candidate, Election, preferences
from meetings.domain.count.errors import Question
from meetings.domain.count.steps import Excluded, Number, Papers, Standing, Step, Votes, by_votes
from meetings.domain.count.ties import settle
from meetings.domain.lot import Lot

ONE = 100_000
"""One vote, in units of the fifth decimal: all arithmetic is on whole numbers."""


class Paper(NamedTuple):
    """So many papers with the same preferences and the same value each, in units."""

    weight: int
    value: int
    preferences: tuple[Candidate, ...]


class Moved(NamedTuple):
    """Where a pile went, in units."""

    received: dict[Candidate, int]
    exhausted: int


class Table:
    """State of a count. After every stage: votes + exhausted + lost = valid papers."""

    def __init__(self, election: Election, lot: Lot | None) -> None:
        self.lot = lot
        self.continuing = set(election.running)
        self.votes = dict.fromkeys(election.running, 0)
        self.piles: dict[Candidate, list[Paper]] = {candidate: [] for candidate in election.running}
        self.exhausted = self.lost = 0
        self.history: list[dict[Candidate, int]] = []
        self.steps: list[Step] = []
        readable = [Paper(weight, ONE, preferences(ranks, self.continuing)) for weight, ranks in election.ballots]
        papers = [paper for paper in readable if paper.preferences]
        self.valid = sum(paper.weight for paper in papers)
        self._deal(papers)
        self.steps.append(Papers(self.valid, sum(paper.weight for paper in readable) - self.valid))

    @property
    def stage(self) -> int:
        """The stage under way, from 1."""
        return len(self.history) + 1

    def end_stage(self) -> None:
        """Write down how the candidates stand."""
        standing = by_votes({candidate: decimal(votes) for candidate, votes in self.votes.items()})
        self.steps.append(Standing(self.stage, standing, decimal(self.exhausted), decimal(self.lost)))
        self.history.append(dict(self.votes))

    def move(self, source: Candidate, value: Callable[[int], int]) -> Moved:
        """Pass a pile on to the next preferences, each paper at the new `value` of its old one (units)."""
        papers = [paper._replace(value=value(paper.value)) for paper in self.piles.pop(source)]
        return self._deal(papers)

    def exclude(self) -> Candidate:
        """Exclude the candidate with the fewest votes, and pass the papers on at the value they have."""
        fewest = min(self.votes[candidate] for candidate in self.continuing)
        tied = tuple(sorted(each for each in self.continuing if self.votes[each] == fewest))
        loser = self.choose(tied, Question.EXCLUDE)
        self.continuing.remove(loser)
        moved = self.move(loser, lambda value: value)
        del self.votes[loser]
        self.steps.append(
            Excluded(self.stage, loser, decimal(fewest), credited(moved.received), decimal(moved.exhausted))
        )
        return loser

    def choose(self, tied: tuple[Candidate, ...], question: Question) -> Candidate:
        """One of several with equal votes; the steps say by what. Raises TieError."""
        chosen, steps = settle(tied, question, self.history, self.lot)
        self.steps.extend(steps)
        return chosen

    def ranked(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """The most votes first; equals by the votes of the stages before, then in the order of the ballot paper."""
        past = [self.votes, *reversed(self.history)]
        return sorted(candidates, key=lambda each: ([-votes[each] for votes in past], each))

    def _deal(self, papers: list[Paper]) -> Moved:
        received: dict[Candidate, int] = {}
        exhausted = 0
        for paper in papers:
            units = paper.weight * paper.value
            heir = next((each for each in paper.preferences if each in self.continuing), None)
            if heir is None:
                exhausted += units
            else:
                self.piles[heir].append(paper)
                self.votes[heir] += units
                received[heir] = received.get(heir, 0) + units
        self.exhausted += exhausted
        return Moved(received, exhausted)


def decimal(units: int) -> Number:
    """Units as votes."""
    whole, rest = divmod(units, ONE)
    return Decimal(f"{whole}.{rest:05}") if rest else whole


def credited(received: dict[Candidate, int]) -> Votes:
    """Units by candidate as votes."""
    return by_votes({candidate: decimal(units) for candidate, units in received.items()})
