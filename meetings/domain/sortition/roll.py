"""The list from which members are drawn: one a row, the first column naming them, the others describing them."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from meetings.domain.sortition.errors import Obstacle, SortitionError

JOIN = "+"
"""Between columns taken together, and between their values: `college+gender`, `inhabitants+F`."""


@dataclass(frozen=True, slots=True)
class Member:
    """A name of their own, and their value in each column."""

    name: str
    traits: Mapping[str, str]

    def trait(self, column: str) -> str:
        """Their value in a column, or in several taken together."""
        return JOIN.join(self.traits[each] for each in column.split(JOIN))


@dataclass(frozen=True, slots=True)
class Roll:
    """Columns that describe members, and the members."""

    columns: tuple[str, ...]
    members: tuple[Member, ...]


def read(data: bytes) -> Roll:
    """A roll from CSV (RFC 4180; semicolons too), UTF-8 or Latin-1, its first row the headings.

    Texts are trimmed and put in Unicode's composed form (NFC). Raises SortitionError with the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    first = text.split("\n", 1)[0]
    rows = _rows(text, ";" if first.count(";") > first.count(",") else ",")
    line, headings = next(rows, (1, [""]))
    if not all(headings) or len(set(headings)) < len(headings):
        raise SortitionError(Obstacle.HEADER, line=line)
    return Roll(tuple(headings[1:]), tuple(_members(headings, rows)))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(value.strip() for value in row):
                yield reader.line_num, [normalize("NFC", value.strip()) for value in row]
    except csv.Error as error:
        raise SortitionError(Obstacle.TABLE, line=max(reader.line_num, 1)) from error


def _members(headings: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Member]:
    seen: set[str] = set()
    for line, row in rows:
        if len(row) != len(headings):
            raise SortitionError(Obstacle.ROW, line=line, wanted=len(headings), found=len(row))
        name, *values = row
        if not name:
            raise SortitionError(Obstacle.NAMELESS, line=line)
        if name in seen:
            raise SortitionError(Obstacle.TWICE, line=line, name=name)
        seen.add(name)
        yield Member(name, dict(zip(headings[1:], values, strict=True)))
