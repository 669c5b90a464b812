"""The text of a BLT file: its encoding, its lines without comments, and the names at its end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from meetings.domain.count.errors import BltError, Flaw


class Oddity(StrEnum):
    """What a file has that a strict one has not, read all the same."""

    BOM = "bom"
    CRLF = "crlf"
    LATIN1 = "latin-1"
    COMMENTS = "comments"
    NAMES_MISSING = "names-missing"
    TITLE_MISSING = "title-missing"
    MORE_TEXT = "more-text"


@dataclass(frozen=True, slots=True)
class Note:
    """One oddity, first met on this line, and how often: lines, candidates without a name, texts too many."""

    oddity: Oddity
    line: int
    count: int = 1


class Line(NamedTuple):
    """A line that says something: its number in the file, its text without comment and outer spaces, its words."""

    number: int
    text: str
    words: list[str]


_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_QUOTED_LINE = re.compile(rf"(?:{_QUOTED.pattern}\s*)+")
_TEXT = re.compile(rf'{_QUOTED.pattern}|[^"#]+|"|#.*', re.DOTALL)


def decode(data: bytes) -> tuple[str, list[Note]]:
    """The text, lines ended by one line feed, and what was odd. UTF-8 is tried first; Latin-1 reads anything."""
    notes = [Note(Oddity.BOM, 1)] if data.startswith(b"\xef\xbb\xbf") else []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode("latin-1")
        notes.append(Note(Oddity.LATIN1, data.count(b"\n", 0, error.start) + 1))
    if "\r" in text:
        notes.append(Note(Oddity.CRLF, text[: text.index("\r")].count("\n") + 1, text.count("\r")))
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def lines(text: str) -> tuple[list[Line], list[Note]]:
    """The lines that say something, and a note where any had a comment."""
    found: list[Line] = []
    commented: list[int] = []
    for number, row in enumerate(text.split("\n"), 1):
        kept = "".join(part for part in _TEXT.findall(row) if not part.startswith("#"))
        if kept != row:
            commented.append(number)
        if kept.strip():
            found.append(Line(number, kept.strip(), kept.split()))
    return found, [Note(Oddity.COMMENTS, commented[0], len(commented))] if commented else []


def names(rest: Iterable[Line], candidates: int) -> tuple[tuple[str, ...], list[Note]]:
    """The candidates' names and the title, in the order of the file, and what was odd.

    A candidate without a name is called by number, `#3`. Raises BltError for a quotation mark that is not closed.
    """
    found = [(name, line.number) for line in rest for name in _strings(line)]
    given = [name for name, _ in found]
    last = found[-1][1] if found else 1
    notes: list[Note] = []
    if (unnamed := candidates - sum(map(bool, given[:candidates]))) > 0:
        notes.append(Note(Oddity.NAMES_MISSING, last, unnamed))
    if len(given) <= candidates:
        notes.append(Note(Oddity.TITLE_MISSING, last))
    if len(given) > candidates + 1:
        notes.append(Note(Oddity.MORE_TEXT, found[candidates + 1][1], len(given) - candidates - 1))
    given += [""] * (candidates + 1 - len(given))
    called = [name or f"#{number}" for number, name in enumerate(given[:candidates], 1)]
    return (*called, given[candidates]), notes


def _strings(line: Line) -> Iterator[str]:
    """The texts of a line: all that stand between quotation marks (doubled inside), or the line as it is."""
    if not line.text.startswith('"'):
        yield line.text
        return
    if not _QUOTED_LINE.fullmatch(line.text):
        raise BltError(line.number, Flaw.QUOTE, line.text)
    for quoted in _QUOTED.finditer(line.text):
        yield quoted[0][1:-1].replace('""', '"').strip()
