"""An election as it comes to the count."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from meetings.domain.count.errors import BadElectionError, Contradiction

Candidate: TypeAlias = int
"""A candidate's number on the ballot paper, from 1."""

Ranking: TypeAlias = tuple[tuple[Candidate, ...], ...]
"""Ranks, best first: one candidate each; several where a voter put them equal, none where a rank was left out."""


class Ballot(NamedTuple):
    """So many ballots with the same ranking."""

    weight: int
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Election:
    """Candidates in the order of their numbers, and all ballots. Raises BadElectionError."""

    title: str
    candidates: tuple[str, ...]
    seats: int
    withdrawn: frozenset[Candidate]
    ballots: tuple[Ballot, ...]

    def __post_init__(self) -> None:
        numbers = set(range(1, len(self.candidates) + 1))
        if not numbers or not self.withdrawn <= numbers:
            raise BadElectionError(Contradiction.CANDIDATES)
        if self.seats < 1:
            raise BadElectionError(Contradiction.SEATS)
        for weight, ranking in self.ballots:
            ranked = [candidate for rank in ranking for candidate in rank]
            if len(set(ranked)) < len(ranked) or not numbers.issuperset(ranked):
                raise BadElectionError(Contradiction.RANKING)
            if weight < 1:
                raise BadElectionError(Contradiction.WEIGHT)

    @property
    def running(self) -> tuple[Candidate, ...]:
        """Who stands, in the order of the ballot paper."""
        return tuple(number for number in range(1, len(self.candidates) + 1) if number not in self.withdrawn)


def preferences(ranking: Ranking, running: Collection[Candidate]) -> tuple[Candidate, ...]:
    """The preferences that can be followed: in consecutive order, up to the first rank left out or shared.

    Who withdrew is passed over, as if never on the paper. (Scottish Local Government Elections Order 2007, article 2:
    "next available preference [...] in consecutive order"; Schedule 1, rule 43, on unclear papers.)
    """
    found: list[Candidate] = []
    for rank in ranking:
        standing = [candidate for candidate in rank if candidate in running]
        if rank and not standing:
            continue
        if len(standing) != 1:
            break
        found.append(standing[0])
    return tuple(found)
