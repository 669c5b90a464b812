"""A council's `rules.toml`, read: a preset, and what the council has otherwise. What is wrong is refused with its line.

preset = "cgct"              # cgct, association or simple
name = "Règlement de Lunel"  # optional

[quorum]                     # each table and key is a field of `rules.Rules`
share = "1/3"
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from meetings.domain.rules import (
    PRESETS,
    BallotRules,
    ConvocationRules,
    Criterion,
    FloorRules,
    MinutesRules,
    ProxyRules,
    QuorumRules,
    Rules,
    SessionRules,
)

NAME_LIMIT = 100
"""Characters of a rule book's name: it stands in a sentence of the minutes."""

LARGEST = 86_400
"""The largest number a rule takes: a day in seconds."""

HEAVIEST = 100
"""The most votes a member may have."""

UNITS = {"d": "days", "h": "hours", "m": "minutes"}
"""Of a length of time."""

TABLES = tuple(each.name for each in fields(Rules) if each.name not in {"name", "weights"})
"""Each a table of the file, with fields of its own."""

Value: TypeAlias = "int | bool | Fraction | StrEnum | tuple[Criterion, ...] | tuple[str, ...] | tuple[timedelta, ...]"
T = TypeVar("T", QuorumRules, FloorRules, ProxyRules, BallotRules, SessionRules, ConvocationRules, MinutesRules)


class Fault(StrEnum):
    """What is wrong with a rules file."""

    ABSENT = "absent"  # known
    SYNTAX = "syntax"  # why
    ENCODING = "encoding"
    UNKNOWN_KEY = "unknown-key"  # key, known
    PRESET = "preset"  # value, known
    TABLE = "table"  # key
    TEXT = "text"  # key, limit
    FLAG = "flag"  # key, value
    SHARE = "share"  # key, value
    NUMBER = "number"  # key, value, limit
    CHOICE = "choice"  # key, value, known
    MEMBERS = "members"  # key
    WEIGHT = "weight"  # key, value, limit
    ORDER = "order"  # key, known
    ORDER_END = "order-end"  # key
    SPANS = "spans"  # key


class RulesError(Exception):
    """A rules file cannot be taken: `fault` with its `fields`, at `line` of `file`. Nothing of it is in force."""

    def __init__(self, fault: Fault, line: int, **fields: object) -> None:
        super().__init__(f"line {line}: {fault} {fields or ''}".rstrip())
        self.fault, self.line, self.fields = fault, line, fields
        self.file = ""


def read(content: bytes) -> Rules:
    """The rules of a TOML file. Raises RulesError."""
    try:
        text = content.decode("utf-8-sig")
        book = tomllib.loads(text)
    except UnicodeDecodeError as refused:
        raise RulesError(Fault.ENCODING, content.count(b"\n", 0, refused.start) + 1) from refused
    except tomllib.TOMLDecodeError as refused:
        raise RulesError(Fault.SYNTAX, _line_of(refused, text), why=str(refused)) from refused
    return _Page(text).rules(book)


class _Page:
    """The file's text, to say where a key stands."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def rules(self, book: Mapping[str, object]) -> Rules:
        known = ("preset", *(each.name for each in fields(Rules)))
        for key in book:
            if key not in known:
                raise self._fault(Fault.UNKNOWN_KEY, "", key, known=known)
        name = book.get("preset", "cgct")
        if not isinstance(name, str) or name not in PRESETS:
            raise self._fault(Fault.PRESET, "", "preset", value=name, known=tuple(PRESETS))
        base = PRESETS[name]
        title = self._name(book["name"]) if "name" in book else ""
        tables = {each: self._table(getattr(base, each), book, each) for each in TABLES}
        rules = replace(base, name=title, weights=self._weights(book), **tables)
        return base if replace(rules, name=name) == base and not title else rules

    def _table(self, base: T, book: Mapping[str, object], table: str) -> T:
        given = book.get(table, {})
        if not isinstance(given, dict):
            raise self._fault(Fault.TABLE, "", table)
        known = tuple(each.name for each in fields(base))
        changes: dict[str, Any] = {}  # the tables' fields are of many types; each value has that of its preset
        for key, value in given.items():
            if key not in known:
                raise self._fault(Fault.UNKNOWN_KEY, table, key, known=known)
            changes[key] = self._value(getattr(base, key), table, key, value)
        return replace(base, **changes)

    def _weights(self, book: Mapping[str, object]) -> dict[str, int]:
        """Votes by college; the colleges are the council's own."""
        given = book.get("weights", {})
        if not isinstance(given, dict):
            raise self._fault(Fault.TABLE, "", "weights")
        for college, votes in given.items():
            if isinstance(votes, bool) or not isinstance(votes, int) or not 1 <= votes <= HEAVIEST:
                raise self._fault(Fault.WEIGHT, "weights", college, value=votes, limit=HEAVIEST)
        return dict(given)

    def _value(self, base: Value, table: str, key: str, value: object) -> Value:
        """`value` as what the preset has there."""
        match base:
            case bool():
                if not isinstance(value, bool):
                    raise self._fault(Fault.FLAG, table, key, value=value)
                return value
            case int():
                if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
                    raise self._fault(Fault.NUMBER, table, key, value=value, limit=LARGEST)
                return value
            case Fraction():
                return self._share(table, key, value)
            case StrEnum():
                known = tuple(each.value for each in type(base))
                if value not in known:
                    raise self._fault(Fault.CHOICE, table, key, value=value, known=known)
                return type(base)(value)
        return self._list(base, table, key, value)

    def _list(self, base: tuple[object, ...], table: str, key: str, value: object) -> Value:
        """What a list holds is told by the first thing in the preset's; where that is empty, members."""
        match base[:1]:
            case (timedelta(),):
                return self._spans(table, key, value)
            case (Criterion(),):
                return self._order(table, key, value)
        return self._members(table, key, value)

    def _members(self, table: str, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) and each.isdecimal() for each in value):
            raise self._fault(Fault.MEMBERS, table, key)
        if len(set(value)) < len(value):
            raise self._fault(Fault.MEMBERS, table, key)
        return tuple(value)

    def _share(self, table: str, key: str, value: object) -> Fraction:
        written = f"{value}/1" if type(value) is int else value
        parts = re.fullmatch(r"(\d{1,3})/(\d{1,3})", written) if isinstance(written, str) else None
        if parts is None or int(parts[2]) == 0 or int(parts[1]) > int(parts[2]):
            raise self._fault(Fault.SHARE, table, key, value=value)
        return Fraction(int(parts[1]), int(parts[2]))

    def _order(self, table: str, key: str, value: object) -> tuple[Criterion, ...]:
        known = tuple(each.value for each in Criterion)
        if not isinstance(value, list) or any(each not in known for each in value):
            raise self._fault(Fault.ORDER, table, key, known=known)
        if len(set(value)) < len(value) or value[-1:] != [Criterion.ARRIVAL]:
            raise self._fault(Fault.ORDER_END, table, key)
        return tuple(Criterion(each) for each in value)

    def _spans(self, table: str, key: str, value: object) -> tuple[timedelta, ...]:
        """`5d`, `1h`, `15m`, longest first."""
        written = value if isinstance(value, list) else [None]
        parts = [part for each in written if (part := re.fullmatch(r"(\d{1,3})([dhm])", str(each)))]
        if len(parts) < len(written):
            raise self._fault(Fault.SPANS, table, key)
        return tuple(sorted({timedelta(**{UNITS[part[2]]: int(part[1])}) for part in parts}, reverse=True))

    def _name(self, value: object) -> str:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= NAME_LIMIT or "\n" in value.strip():
            raise self._fault(Fault.TEXT, "", "name", limit=NAME_LIMIT)
        return value.strip()

    def _fault(self, fault: Fault, table: str, key: str, **found: object) -> RulesError:
        shown = {"value": _shown(found["value"])} if "value" in found else {}
        return RulesError(fault, self._line(table, key), **{"key": key} | found | shown)

    def _line(self, table: str, key: str) -> int:
        """Where the key stands: under its table's head, or else wherever the word is first written before a `=`."""
        word = rf"[\"']?{re.escape(key)}[\"']?"
        first = next((n for n, line in enumerate(self._lines) if re.match(rf"\s*\[\s*{table}\s*\]", line)), 0)
        for start in (first, 0):
            for number, line in enumerate(self._lines[start:], start + 1):
                if re.match(rf"\s*({word}\s*[=.]|\[+\s*{word}\s*[\].])|[^#]*[.{{,]\s*{word}\s*=", line):
                    return number
        return 1


def _shown(value: object) -> str:
    """A value as its file writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _line_of(refused: tomllib.TOMLDecodeError, text: str) -> int:
    """The line that tomllib names in its words; the last one where it says that the file ends too soon."""
    named = re.search(r"line (\d+)", str(refused))
    return int(named[1]) if named else max(1, len(text.splitlines()))
