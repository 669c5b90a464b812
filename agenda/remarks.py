"""What one line of an agenda says beside its title: how long, when, who reports, what for.

Read in French and in English: `Budget (10 min, Mme Diallo)`, `18h30-18h45 : Budget – vote`, `Roads [for information]`,
`Budget - 10' - rapporteur : Paul Martin`. What is no such remark stays in the title.
"""

import re
from dataclasses import dataclass

from agenda import marks
from agenda.clock import (
    EDGES,
    HOURS,
    MINUTES,
    ONE_CLOCK,
    RANGE,
    duration,
    leading_clock,
    span,
    time_of_day,
    within_reason,
)
from agenda.marks import Kind

_SEPARATOR = re.compile(r"\s+[-–—|/]\s+|\s*[–—]\s*(?=$)|(?<=[)\]])\s*[-–—:]\s*")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,120})[)\]]")
_NOT_BARE = re.compile(r"\b(?:les?|des?|every|each|in|en|à|of|within|sous)$", re.IGNORECASE)
"""Before a length of time that belongs to the title: `une ligne toutes les 10 min`."""


@dataclass(frozen=True)
class Remarks:
    """A title and what was said beside it. `begins` and `ends` are minutes after midnight on the clock."""

    title: str
    minutes: int | None = None
    begins: int | None = None
    ends: int | None = None
    rapporteur: str | None = None
    kind: Kind | None = None


def read(line: str, notes: tuple[str, ...] = ()) -> Remarks:
    """The remarks of one agenda line and of the notes written under it."""
    reader = _Reader(line)
    for note in notes:
        reader.note(note)
    return reader.remarks()


def starts_with_clock(line: str) -> bool:
    """Whether the line begins with a time of day, as a programme does."""
    return leading_clock(line) is not None


def is_remark(line: str) -> bool:
    """Whether the line says nothing but how long, when, who or what for."""
    return _Reader("").note(line)


def has_duration(line: str) -> bool:
    """Whether the line says how long something takes."""
    return read(line).minutes is not None


class _Reader:
    def __init__(self, line: str) -> None:
        self._title = " ".join(line.split())
        self._minutes: int | None = None
        self._begins: int | None = None
        self._ends: int | None = None
        self._rapporteur: str | None = None
        self._kinds: list[Kind] = []
        self._take_clock()
        self._take_leading()
        self._take_trailing()

    def note(self, text: str) -> bool:
        """A line under the item counts only where it is a remark as a whole."""
        return self._classify(text.strip(EDGES), sure=True)

    def remarks(self) -> Remarks:
        title = self._title.strip(" \t-–—:;,|").rstrip(".") or self._title.strip()
        kind = marks.strongest(self._kinds, title)
        if self._minutes is None and self._begins is not None and self._ends is not None:
            self._minutes = (self._ends - self._begins) % 1440 or None
        return Remarks(title, self._minutes, self._begins, self._ends, self._rapporteur, kind)

    def _take_clock(self) -> None:
        found = leading_clock(self._title)
        if found:
            self._begins, self._ends, rest = found
            self._title = rest

    def _take_leading(self) -> None:
        """`[Vote] Budget`, `10 min : Budget`, `Pour information : travaux`."""
        bracket = _BRACKETS.match(self._title)
        if bracket and bracket.end() < len(self._title) and self._classify(bracket[1], sure=False, names=False):
            self._title = self._title[bracket.end() :].lstrip(EDGES)
        duration = MINUTES.match(self._title)
        if duration and duration[1] and self._minutes is None and self._title[duration.end() :].strip(EDGES):
            self._minutes = within_reason(int(duration[1]))
            self._title = self._title[duration.end() :].lstrip(EDGES)
        head, colon, rest = self._title.partition(":")
        if not colon:
            head, colon, rest = self._title.partition(" – ")
        if rest.strip() and len(head) < 40 and self._mark(head.strip()):
            self._title = rest.strip()

    def _take_trailing(self) -> None:
        """Remarks at the end, from the last to the first, until something is part of the title."""
        for _ in range(8):
            before = self._title
            self._title = self._title.rstrip(EDGES) if self._title.rstrip()[-1:] in ",;:-–—" else self._title.rstrip()
            if not (self._take_bracket() or self._take_segment() or self._take_bare()) or not self._title.strip():
                break
        if not self._title.strip(EDGES):
            self._title = before

    def _take_bracket(self) -> bool:
        found = next(
            (one for one in _BRACKETS.finditer(self._title) if one.end() == len(self._title.rstrip(" ."))), None
        )
        if found is None or found.start() == 0 or not self._classify(found[1], sure=False):
            return False
        self._title = self._title[: found.start()]
        return True

    def _take_segment(self) -> bool:
        """What follows the last dash, or the last comma where it is no name."""
        separators = list(_SEPARATOR.finditer(self._title))
        if separators and separators[-1].start() > 0:
            tail = self._title[separators[-1].end() :]
            if self._classify(tail, sure=not self._title[: separators[-1].start()].endswith((")", "]"))):
                self._title = self._title[: separators[-1].start()]
                return True
        head, comma, tail = self._title.rpartition(",")
        if not comma:
            head, comma, tail = self._title.rpartition(" : ")
        if comma and head.strip() and self._classify(tail.strip(), sure=True, names=False):
            self._title = head
            return True
        return False

    def _take_bare(self) -> bool:
        """`Budget 10 min`, `Budget 18h30-18h45`, `Budget, rapporteur : Paul Martin` without brackets or dash."""
        for pattern in (RANGE, MINUTES, HOURS):
            for found in pattern.finditer(self._title):
                head = self._title[: found.start()].rstrip()
                if found.end() < len(self._title.rstrip(" .")) or not head or _NOT_BARE.search(head):
                    continue
                if self._classify(found[0].strip(), sure=True):
                    self._title = head
                    return True
        start = marks.reporter_within(self._title)
        if start and self._classify(self._title[start:], sure=True):
            self._title = self._title[:start]
            return True
        return False

    def _classify(self, text: str, *, sure: bool, names: bool = True) -> bool:
        """Take in what a remark says; False, and nothing taken, where any part of it is none.

        `sure`: a name must look like one (two words or a title), because the text may as well belong to the title.
        """
        text = text.strip()
        if self._take_plain(text, sure=sure, names=names):
            return True
        parts = [part.strip() for part in re.split(r"[,;/|·+]|\s[-–—]\s", text) if part.strip()]
        return (len(parts) > 1 and self._take_parts(parts, sure=sure, names=names)) or self._take_reporter(text)

    def _take_parts(self, parts: list[str], *, sure: bool, names: bool) -> bool:
        trial = _Reader("")
        known = [trial._take_plain(one, sure=sure, names=names) or trial._take_reporter(one) for one in parts]
        roles = [part for part, taken in zip(parts, known, strict=True) if not taken]
        if roles and not (trial._rapporteur and all(marks.is_role(part) for part in roles)):
            return False
        self._minutes = self._minutes or trial._minutes
        if self._begins is None:
            self._begins, self._ends = trial._begins, trial._ends
        self._rapporteur = self._rapporteur or trial._rapporteur
        self._kinds += trial._kinds
        return True

    def _take_plain(self, text: str, *, sure: bool, names: bool) -> bool:
        return (
            self._take_minutes(text)
            or self._take_times(text)
            or self._mark(text)
            or (names and self._take_name(text, sure=sure))
        )

    def _take_minutes(self, text: str) -> bool:
        minutes = duration(text)
        self._minutes = self._minutes or minutes
        return minutes is not None

    def _take_times(self, text: str) -> bool:
        both = RANGE.fullmatch(text)
        one = ONE_CLOCK.fullmatch(text)
        begins, ends = span(both[1], both[2]) if both else (time_of_day(one[1]) if one else None, None)
        if begins is not None:
            self._begins, self._ends = begins, ends
        return begins is not None

    def _mark(self, text: str) -> bool:
        kinds = marks.kinds(text)
        self._kinds += kinds
        return bool(kinds)

    def _take_reporter(self, text: str) -> bool:
        name = marks.reporter(text)
        self._rapporteur = self._rapporteur or name
        return name is not None

    def _take_name(self, text: str, *, sure: bool) -> bool:
        name = marks.name(text, sure=sure)
        self._rapporteur = self._rapporteur or name
        return name is not None
