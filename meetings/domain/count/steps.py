"""How a result was reached: one small record a step, from which words are made (see `words`)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from meetings.domain.count.election import Candidate
from meetings.domain.count.errors import Question

Number: TypeAlias = int | Decimal
"""Votes: whole, or with the decimals of a transfer or a weight."""

Votes: TypeAlias = tuple[tuple[Candidate, Number], ...]
"""Votes by candidate, the most first; equals in the order of the ballot paper."""


class Why(StrEnum):
    """What elects."""

    QUOTA = "quota"
    LAST_SEATS = "last-seats"
    MAJORITY = "majority"
    MOST_VOTES = "most-votes"
    MOST_APPROVALS = "most-approvals"
    BEST_GRADE = "best-grade"
    ELDEST = "eldest"
    LOT = "lot"


class Base(StrEnum):
    """What a majority is counted of."""

    CAST = "cast"  # for and against: suffrages exprimés
    VALID = "valid"  # for, against and abstentions
    PRESENT = "present"
    ENTITLED = "entitled"
    ALL = "all"


class Threshold(StrEnum):
    """How much of the base must be in favour."""

    SIMPLE = "simple"
    ABSOLUTE = "absolute"
    TWO_THIRDS = "two-thirds"
    THREE_QUARTERS = "three-quarters"
    FOUR_FIFTHS = "four-fifths"
    UNANIMITY = "unanimity"


class Position(StrEnum):
    """Where a member stands in a decision by consent."""

    CONSENT = "consent"
    RESERVATION = "reservation"
    OBJECTION = "objection"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers that count, and those on which no choice can be read."""

    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class Quota:
    """Votes that secure a seat: `valid` papers divided by one more than `seats`, decimals dropped, plus one."""

    valid: int
    seats: int
    quota: int


@dataclass(frozen=True, slots=True)
class Needed:
    """The absolute majority of `votes` at this stage."""

    stage: int
    votes: Number
    needed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Votes at the end of a stage. `exhausted`: papers with no further preference; `lost`: to dropped decimals."""

    stage: int
    votes: Votes
    exhausted: Number = 0
    lost: Number = 0


@dataclass(frozen=True, slots=True)
class Surplus:
    """A surplus passed on: each paper keeps `surplus`/`total` of the value it had, to five decimals."""

    stage: int
    candidate: Candidate
    surplus: Number
    total: Number
    received: Votes
    exhausted: Number
    lost: Number


@dataclass(frozen=True, slots=True)
class Excluded:
    """A candidate excluded, and where the papers went."""

    stage: int
    candidate: Candidate
    votes: Number
    received: Votes
    exhausted: Number


@dataclass(frozen=True, slots=True)
class Elected:
    """Elected at this stage, in order."""

    stage: int
    candidates: tuple[Candidate, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class LookedBack:
    """A tie settled (or narrowed to `chosen`) by the votes at the end of the earlier stage `at`."""

    stage: int
    question: Question
    tied: tuple[Candidate, ...]
    at: int
    chosen: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie settled by lot, under this label (see `meetings.domain.lot`; names are candidates' numbers)."""

    stage: int
    question: Question
    tied: tuple[Candidate, ...]
    label: str
    chosen: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Eldest:
    """A tie settled by age."""

    stage: int
    tied: tuple[Candidate, ...]
    chosen: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NextRound:
    """Nobody is elected yet: another round is held."""

    stage: int


@dataclass(frozen=True, slots=True)
class Judged:
    """How many papers gave each grade (best first), and the majority grade (from 1): the lower median."""

    candidate: Candidate
    grades: tuple[int, ...]
    grade: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Same majority grade: after `removed` middlemost grades are taken from each, these remain in the middle."""

    better: Candidate
    worse: Candidate
    removed: int
    better_grade: int
    worse_grade: int


@dataclass(frozen=True, slots=True)
class Motion:
    """The tally, what it is measured against, and whether it suffices. `equal`: as many for as against."""

    for_: Number
    against: Number
    abstain: Number
    base: Base
    total: Number
    threshold: Threshold
    adopted: bool
    equal: bool


@dataclass(frozen=True, slots=True)
class Voiced:
    """A member's position, with their words."""

    member: str
    position: Position
    text: str


@dataclass(frozen=True, slots=True)
class Consented:
    """The outcome of a decision by consent."""

    adopted: bool
    consents: int
    objections: int


Step: TypeAlias = (
    Papers
    | Quota
    | Needed
    | Standing
    | Surplus
    | Excluded
    | Elected
    | LookedBack
    | Drawn
    | Eldest
    | NextRound
    | Judged
    | Compared
    | Motion
    | Voiced
    | Consented
)


@dataclass(frozen=True, slots=True)
class Result:
    """Who is elected, in order of election, and how that came about."""

    winners: tuple[Candidate, ...]
    steps: tuple[Step, ...]

    @property
    def tie(self) -> bool:
        """Whether a lot had to be drawn."""
        return any(isinstance(step, Drawn) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a motion is adopted, and how that came about; `tie`: as many for as against."""

    adopted: bool
    steps: tuple[Step, ...]
    tie: bool = False


def by_votes(votes: dict[Candidate, Number]) -> Votes:
    """The most first; equals in the order of the ballot paper."""
    return tuple(sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])))
