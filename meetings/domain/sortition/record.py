"""A draw as JSON, with all it takes to redo it; and the redoing."""

import json
from collections.abc import Sequence
from typing import TypeAlias

from meetings.domain.lot import Lot, SeedError
from meetings.domain.sortition.draw import Draw, draw
from meetings.domain.sortition.errors import Obstacle, SortitionError
from meetings.domain.sortition.quotas import parse
from meetings.domain.sortition.roll import JOIN, Member, Roll

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def write(done: Draw) -> dict[str, Json]:
    """The record: of the members, only what the draw looked at."""
    columns = _columns(done)
    return {
        "seed": done.seed,
        "commitment": Lot(done.seed).commitment,
        "seats": done.seats,
        "quotas": [str(quota) for quota in done.quotas],
        "columns": [*columns],
        "members": [[each.name, *(each.traits[column] for column in columns)] for each in done.roll.members],
        "drawn": [*done.drawn],
        "replacements": [{"stratum": dict(reserve.traits), "members": [*reserve.members]} for reserve in done.reserves],
    }


def verify(data: bytes, roll: Roll | None = None) -> tuple[str, ...]:
    """Redo a recorded draw: what differs (`commitment`, `members`, `drawn`, `replacements`; `draw`: cannot be redone).

    With `roll`, the list of members published before is compared too. Raises SortitionError(RECORD) for other files.
    """
    try:
        record = json.loads(data)
        redone = write(_redo(record))
    except (SeedError, SortitionError):
        return ("draw",)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SortitionError(Obstacle.RECORD) from error
    differs = [key for key in ("commitment", "drawn", "replacements") if record.get(key) != redone[key]]
    return (*(["members"] if roll and not _same(record, roll) else []), *differs)


def _redo(record: dict[str, Json]) -> Draw:
    columns, seed, seats = _texts(record["columns"]), record["seed"], record["seats"]
    if not isinstance(seed, str) or not isinstance(seats, int) or not isinstance(record["members"], list):
        raise TypeError
    rows = [_texts(row) for row in record["members"]]
    members = tuple(Member(name, dict(zip(columns, values, strict=True))) for name, *values in rows)
    if len({member.name for member in members}) < len(members):
        raise SortitionError(Obstacle.RECORD)
    quotas = [parse(text) for text in _texts(record["quotas"])]
    return draw(Roll(tuple(columns), members), seed, seats, quotas)


def _texts(value: Json) -> list[str]:
    if not isinstance(value, list):
        raise TypeError
    texts = [each for each in value if isinstance(each, str)]
    if len(texts) < len(value):
        raise TypeError
    return texts


def _same(record: dict[str, Json], roll: Roll) -> bool:
    """Whether the record's members are the roll's."""
    columns = _texts(record["columns"])
    if not set(columns) <= set(roll.columns) or not isinstance(record["members"], list):
        return False
    theirs = [[member.name, *(member.traits[column] for column in columns)] for member in roll.members]
    return sorted(theirs) == sorted(_texts(row) for row in record["members"])


def _columns(done: Draw) -> Sequence[str]:
    return sorted({column for quota in done.quotas for column in quota.column.split(JOIN)})
