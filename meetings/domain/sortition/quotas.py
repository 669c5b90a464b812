"""Quotas: how many members a draw takes of each value of a column, and whether that can be done."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeAlias

from meetings.domain.lot import Lot
from meetings.domain.sortition.errors import Obstacle, SortitionError
from meetings.domain.sortition.roll import JOIN, Roll

MAX_COLUMNS = 2
MAX_EVEN = 6
PARITY = frozenset({"parity", "parité"})

Value: TypeAlias = str | None
"""A value with a quota, or None: all others of that column."""

Plan: TypeAlias = tuple[Mapping[Value, int], Mapping[Value, int]]
"""Members to take by value, of the first and the second column."""

Stratum: TypeAlias = tuple[Value, Value]


@dataclass(frozen=True, slots=True)
class Quota:
    """So many with this value in this column; `value` None: as many of each value, the odd ones by lot."""

    column: str
    value: Value = None
    number: int = 0

    def __str__(self) -> str:
        return f"{self.column}=parity" if self.value is None else f"{self.column}={self.value}:{self.number}"


def parse(text: str) -> Quota:
    """A quota from `COLUMN=VALUE:NUMBER` or `COLUMN=parity`. Raises SortitionError(QUOTA)."""
    column, _, rest = (part.strip() for part in text.partition("="))
    if column and rest.casefold() in PARITY:
        return Quota(column)
    found = re.fullmatch(r"(.+?)\s*:\s*([0-9]{1,6})", rest)
    if not column or not found:
        raise SortitionError(Obstacle.QUOTA, text=text)
    return Quota(column, found[1], int(found[2]))


@dataclass(frozen=True, slots=True)
class Frame:
    """Quotas by column, checked against the roll. Raises SortitionError when made."""

    roll: Roll
    seats: int
    columns: Mapping[str, Sequence[Quota]]

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise SortitionError(Obstacle.SEATS)
        if self.seats > len(self.roll.members):
            raise SortitionError(Obstacle.FEW, wanted=self.seats, found=len(self.roll.members))
        if len(self.columns) > MAX_COLUMNS:
            raise SortitionError(Obstacle.COLUMNS, columns=tuple(self.columns))
        for column, quotas in self.columns.items():
            self._check(column, quotas)

    def _check(self, column: str, quotas: Sequence[Quota]) -> None:
        if not set(column.split(JOIN)) <= set(self.roll.columns):
            raise SortitionError(Obstacle.COLUMN, column=column, columns=self.roll.columns)
        if len({quota.value for quota in quotas}) < len(quotas) or (self.even(column) and len(quotas) > 1):
            raise SortitionError(Obstacle.MIXED, column=column)
        for member in self.roll.members:
            if not all(member.traits[each] for each in column.split(JOIN)):
                raise SortitionError(Obstacle.BLANK, column=column, name=member.name)
        found = self.found(column)
        if self.even(column) and len(found) > MAX_EVEN:
            raise SortitionError(Obstacle.PARITY, column=column, found=len(found), limit=MAX_EVEN)
        self._check_numbers(column, quotas, found)

    def _check_numbers(self, column: str, quotas: Sequence[Quota], found: Mapping[str, int]) -> None:
        least = {value: self.seats // len(found) for value in found} if self.even(column) else numbers(quotas)
        for value, number in least.items():
            if number > found.get(value, 0):
                raise SortitionError(
                    Obstacle.SHORT, column=column, value=value, wanted=number, found=found.get(value, 0)
                )
        total = sum(least.values())
        if total > self.seats:
            raise SortitionError(Obstacle.OVER, column=column, wanted=total, seats=self.seats)
        others = sum(number for value, number in found.items() if value not in least)
        if not self.even(column) and self.seats - total > others:
            raise SortitionError(Obstacle.SHORT_OTHERS, column=column, wanted=self.seats - total, found=others)

    def even(self, column: str) -> bool:
        """Whether the column is drawn in equal parts."""
        return any(quota.value is None for quota in self.columns[column])

    def found(self, column: str) -> Mapping[str, int]:
        """How many members have each value."""
        return Counter(member.trait(column) for member in self.roll.members)

    def plans(self, lot: Lot) -> Iterator[Plan]:
        """What to take, in the order of preference: which value of a column in equal parts has one more is a lot."""
        ways = [list(self._ways(column, lot)) for column in self.columns]
        ways += [[{None: self.seats}]] * (MAX_COLUMNS - len(ways))
        return ((first, second) for first, second in product(*ways))

    def _ways(self, column: str, lot: Lot) -> Iterator[Mapping[Value, int]]:
        if not self.even(column):
            wanted = {quota.value: quota.number for quota in self.columns[column]}
            yield wanted | {None: self.seats - sum(wanted.values())}
            return
        values = lot.order(f"parity {column}", self.found(column))
        each, odd = divmod(self.seats, len(values))
        for more in combinations(values, odd):
            yield {value: each + (value in more) for value in values}


def numbers(quotas: Sequence[Quota]) -> dict[str, int]:
    """Numbers by value."""
    return {quota.value: quota.number for quota in quotas if quota.value is not None}


def possible(plan: Plan, strata: Mapping[Stratum, int]) -> int:
    """How many of the plan's seats these strata can fill at most: all of them, where the plan can be met.

    A maximum flow from the values of the first column to those of the second, by augmenting paths (Ford and Fulkerson).
    """
    rows, free = plan[0], dict(plan[1])
    used: Counter[Stratum] = Counter()

    def place(row: Value, seen: set[Value]) -> bool:
        for column in free:
            if column in seen or used[row, column] >= strata.get((row, column), 0):
                continue
            seen.add(column)
            if free[column]:
                free[column] -= 1
                used[row, column] += 1
                return True
            for other in rows:
                if other != row and used[other, column] and place(other, seen):
                    used[other, column] -= 1
                    used[row, column] += 1
                    return True
        return False

    return sum(place(row, set()) for row, number in rows.items() for _ in range(number))
