"""Members drawn by lot, with quotas, from a published seed.

All names are put in the order of the lot `draw` (see `meetings.domain.lot`). Down that order each member is drawn,
unless the quotas could then no longer be met with those who follow: these go on the list of replacements. So within a
stratum (the same value in every column with quotas, those without one taken together) all have the same chance, and
who leaves is replaced by the first on the list of their stratum.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from meetings.domain.lot import Lot
from meetings.domain.sortition.errors import Obstacle, SortitionError
from meetings.domain.sortition.quotas import Frame, Plan, Quota, Stratum, Value, possible
from meetings.domain.sortition.roll import Member, Roll

LABEL = "draw"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Who replaces members of a stratum, in order: `traits` are the stratum's values, by column (None: the others)."""

    traits: tuple[tuple[str, Value], ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """Everything it takes to redo it, and its result in the order of the lot."""

    roll: Roll
    seats: int
    quotas: tuple[Quota, ...]
    seed: str
    drawn: tuple[str, ...]
    reserves: tuple[Reserve, ...]


def draw(roll: Roll, seed: str, seats: int | None = None, quotas: Sequence[Quota] = ()) -> Draw:
    """Draw. Without `seats`, as many as the first column's quotas add up to. Raises SortitionError, SeedError."""
    lot = Lot(seed)
    columns = {quota.column: [other for other in quotas if other.column == quota.column] for quota in quotas}
    frame = Frame(roll, seats if seats is not None else _sum(columns), columns)
    by_name = {member.name: member for member in roll.members}
    order = lot.order(LABEL, by_name)
    plan = _plan(frame, lot)
    strata = {name: _stratum(by_name[name], frame, plan) for name in order}
    drawn = _take(strata, plan, frame.seats)
    return Draw(roll, frame.seats, tuple(quotas), seed, drawn, tuple(_reserves(strata, drawn, tuple(columns))))


def _sum(columns: dict[str, list[Quota]]) -> int:
    return next((total for quotas in columns.values() if (total := sum(quota.number for quota in quotas))), 0)


def _plan(frame: Frame, lot: Lot) -> Plan:
    """The first plan that can be met."""
    best = 0
    for plan in frame.plans(lot):
        most = possible(plan, Counter(_stratum(member, frame, plan) for member in frame.roll.members))
        if most == frame.seats:
            return plan
        best = max(best, most)
    raise SortitionError(Obstacle.TOGETHER, wanted=frame.seats, found=best)


def _stratum(member: Member, frame: Frame, plan: Plan) -> Stratum:
    """The member's values in the plan's columns; None for those without a quota."""
    traits = [*(member.trait(column) for column in frame.columns), None, None]
    return (traits[0] if traits[0] in plan[0] else None, traits[1] if traits[1] in plan[1] else None)


def _take(strata: dict[str, Stratum], plan: Plan, seats: int) -> tuple[str, ...]:
    """Down the order of `strata`: each is drawn after whom the plan can still be met."""
    pool = Counter(strata.values())
    drawn: list[str] = []
    for name, (one, other) in strata.items():
        pool[one, other] -= 1
        if len(drawn) == seats or not plan[0].get(one) or not plan[1].get(other):
            continue
        rest = ({**plan[0], one: plan[0][one] - 1}, {**plan[1], other: plan[1][other] - 1})
        if possible(rest, pool) == seats - len(drawn) - 1:
            plan = rest
            drawn.append(name)
    return tuple(drawn)


def _reserves(strata: dict[str, Stratum], drawn: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[Reserve]:
    """Of each stratum that somebody was drawn from, in the order of its first drawn."""
    left: dict[Stratum, list[str]] = {strata[name]: [] for name in drawn}
    taken = set(drawn)
    for name, stratum in strata.items():
        if stratum in left and name not in taken:
            left[stratum].append(name)
    for stratum, names in left.items():
        yield Reserve(tuple(zip(columns, stratum, strict=False)), tuple(names))
