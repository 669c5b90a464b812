"""What keeps an election from being counted: typed, with what a sentence about it needs."""

from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong on a line of a BLT file, by what was expected there."""

    HEADER = "header"  # the numbers of candidates and of seats
    CANDIDATES = "candidates"  # from 1 to `limit` candidates
    WITHDRAWN = "withdrawn"  # withdrawals: -1 to -`candidates`
    WEIGHT = "weight"  # a ballot's weight, or the 0 that ends the ballots
    RANK = "rank"  # candidates from 1 to `candidates`, with = between equals, - for a rank left out
    TWICE = "twice"  # a candidate ranked once
    UNENDED = "unended"  # the 0 that ends a ballot
    UNFINISHED = "unfinished"  # the 0 that ends the ballots, before the end of the file
    QUOTE = "quote"  # a closing quotation mark


class Contradiction(StrEnum):
    """What contradicts what."""

    CANDIDATES = "candidates"  # none at all, or one withdrew who is none
    SEATS = "seats"  # fewer than one
    ONE_SEAT = "one-seat"  # several, for a method that elects one
    RANKING = "ranking"  # of who is no candidate, or of one twice
    WEIGHT = "weight"  # less than nothing
    GRADES = "grades"  # candidates graded on different papers, or on another scale
    ROUNDS = "rounds"  # one held after the election, or a fourth
    BASE = "base"  # smaller than the votes
    OBJECTION = "objection"  # without its text


class Question(StrEnum):
    """What a tie leaves open."""

    EXCLUDE = "exclude"
    SURPLUS = "surplus"
    SEAT = "seat"


class CountError(Exception):
    """An election that cannot be counted as asked."""


class BltError(CountError):
    """A file that is not BLT: on `line` (from 1), `found` stands where `flaw` says what is expected."""

    def __init__(self, line: int, flaw: Flaw, found: str = "", *, limit: int = 0) -> None:
        super().__init__(f"line {line}: {flaw.value}: {found!r}")
        self.line = line
        self.flaw = flaw
        self.found = found if len(found) <= 40 else found[:39] + "…"
        self.limit = limit


class TieError(CountError):
    """A tie no rule settles, and no lot was given: `tied` at this stage (candidate numbers; `names` at the edge)."""

    def __init__(self, question: Question, stage: int, tied: tuple[int, ...], names: tuple[str, ...] = ()) -> None:
        super().__init__(f"stage {stage}: {question.value}: {tied}")
        self.question = question
        self.stage = stage
        self.tied = tied
        self.names = names or tuple(f"#{number}" for number in tied)


class BadElectionError(CountError):
    """An election whose parts contradict each other; `why` says which."""

    def __init__(self, why: Contradiction) -> None:
        super().__init__(why.value)
        self.why = why
