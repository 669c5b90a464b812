"""BLT files: ballots as OpenSTV and OpaVote write them, read and written.

    4 2                 four candidates, two seats
    -2                  the second withdrew
    3 1 3=4 0           three ballots: the first, then the third and fourth as equals
    1 2 - 3 0           one ballot: the second; the second rank left out; the third
    0                   the end of the ballots
    "Anne"              the names, in order
    ...
    "Title"

Format: I. D. Hill, B. A. Wichmann and D. R. Woodall, *Algorithm 123: Single Transferable Vote by Meek's method*,
Computer Journal 30 (1987); `#` comments, `=`, `-` and ballot ids in parentheses as OpenSTV has them. One ballot a line.
"""

import re
from collections import deque
from dataclasses import dataclass

from meetings.domain.count.election import Ballot, Election, Ranking
from meetings.domain.count.errors import BltError, Flaw
from meetings.domain.count.source import Line, Note, decode, lines, names

MAX_CANDIDATES = 1_000
MAX_DIGITS = 9
_NUMBER = re.compile(rf"[0-9]{{1,{MAX_DIGITS}}}")
_ID = re.compile(r"\([^()]*\)\s*")


@dataclass(frozen=True, slots=True)
class Reading:
    """An election, and what its file had that a strict one has not."""

    election: Election
    notes: tuple[Note, ...]


def parse(data: bytes) -> Reading:
    """Read a file. Raises BltError with the line and what is expected there."""
    text, notes = decode(data)
    rows, comments = lines(text)
    reader = _Reader(rows)
    numbers, seats = reader.header()
    withdrawn = reader.withdrawals()
    ballots = reader.ballots()
    found, oddities = names(reader.rest, numbers)
    election = Election(found[-1], found[:-1], seats, withdrawn, ballots)
    return Reading(election, (*notes, *comments, *oddities))


def write(election: Election) -> str:
    """The file of an election; `parse` reads the same election from it."""
    rows = [f"{len(election.candidates)} {election.seats}"]
    rows += [" ".join(f"-{number}" for number in sorted(election.withdrawn))] if election.withdrawn else []
    rows += [" ".join([str(weight), *map(_rank, ranking), "0"]) for weight, ranking in election.ballots]
    rows += ["0", *(_quoted(name) for name in (*election.candidates, election.title))]
    return "\n".join(rows) + "\n"


def _rank(rank: tuple[int, ...]) -> str:
    return "=".join(map(str, rank)) or "-"


def _quoted(name: str) -> str:
    return '"{}"'.format(re.sub(r"[\r\n]+", " ", name).replace('"', '""'))


class _Reader:
    """The numbers, line by line; `rest` are the lines not read yet."""

    def __init__(self, rest: list[Line]) -> None:
        self.rest = deque(rest)
        self.end = rest[-1].number if rest else 1
        self.candidates = 0

    def header(self) -> tuple[int, int]:
        line = self.next(Flaw.HEADER)
        words = line.words
        if len(words) != 2 or not all(map(_NUMBER.fullmatch, words)) or not int(words[1]):
            raise BltError(line.number, Flaw.HEADER, line.text)
        self.candidates = int(words[0])
        if not 1 <= self.candidates <= MAX_CANDIDATES:
            raise BltError(line.number, Flaw.CANDIDATES, words[0], limit=MAX_CANDIDATES)
        return self.candidates, int(words[1])

    def withdrawals(self) -> frozenset[int]:
        found: set[int] = set()
        while self.rest and self.rest[0].text.startswith("-"):
            line = self.next(Flaw.WITHDRAWN)
            found.update(self.candidate(line, word.removeprefix("-"), word, Flaw.WITHDRAWN) for word in line.words)
        return frozenset(found)

    def ballots(self) -> tuple[Ballot, ...]:
        found: list[Ballot] = []
        while (line := self.next(Flaw.UNFINISHED)).words != ["0"]:
            found.append(self.ballot(line))
        return tuple(found)

    def ballot(self, line: Line) -> Ballot:
        weight, *ranks = _ID.sub("", line.text, count=1).split() or [""] if line.text.startswith("(") else line.words
        if not _NUMBER.fullmatch(weight) or not int(weight):
            raise BltError(line.number, Flaw.WEIGHT, weight)
        if ranks[-1:] != ["0"]:
            raise BltError(line.number, Flaw.UNENDED, line.text)
        return Ballot(int(weight), self.ranking(line, ranks[:-1]))

    def ranking(self, line: Line, words: list[str]) -> Ranking:
        seen: set[int] = set()
        ranking = []
        for word in words:
            rank = [] if word == "-" else [self.candidate(line, part, word, Flaw.RANK) for part in word.split("=")]
            if len(seen | {*rank}) < len(seen) + len(rank):
                raise BltError(line.number, Flaw.TWICE, word)
            seen.update(rank)
            ranking.append(tuple(rank))
        return tuple(ranking)

    def candidate(self, line: Line, digits: str, word: str, flaw: Flaw) -> int:
        number = int(digits) if _NUMBER.fullmatch(digits) else 0
        if not 1 <= number <= self.candidates:
            raise BltError(line.number, flaw, word, limit=self.candidates)
        return number

    def next(self, flaw: Flaw) -> Line:
        if not self.rest:
            raise BltError(self.end, flaw)
        return self.rest.popleft()
