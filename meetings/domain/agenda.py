"""The agenda as it is treated: items debated, returned to, moved, withdrawn, postponed, added on the spot."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, get_args

from meetings.domain.conduct import AgendaEvent, ItemAdded, ItemMoved, ItemPostponed, ItemWithdrawn
from meetings.domain.events import Adjourned, Event, ItemOpened, Planned, Recorded
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import TITLE_LIMIT
from meetings.domain.scheduling import AgendaRevised
from meetings.domain.values import PlannedItem

ACTS = get_args(AgendaEvent)


class Fate(StrEnum):
    """Why an item is not treated, or no further."""

    WITHDRAWN = "withdrawn"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Opening:
    """A time during which an item was in debate; `until` is None while it is."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda, each time the meeting was at it, and what became of it; `added` on the spot or not."""

    plan: PlannedItem
    openings: tuple[Opening, ...] = ()
    fate: Fate | None = None
    added: bool = False

    @property
    def opened(self) -> datetime | None:
        """When the meeting first came to it."""
        return self.openings[0].since if self.openings else None

    @property
    def closed(self) -> datetime | None:
        """When the meeting last left it; None before that, and while it is in debate."""
        return self.openings[-1].until if self.openings else None

    def spent(self, now: datetime) -> timedelta:
        """How long it was in debate, all times together."""
        return sum(((one.until or now) - one.since for one in self.openings), timedelta())

    def left(self, at: datetime) -> "Item":
        """The item once the meeting has left it."""
        if not self.openings or self.openings[-1].until:
            return self
        return replace(self, openings=(*self.openings[:-1], replace(self.openings[-1], until=at)))


@dataclass(frozen=True, slots=True)
class Agenda:
    """The items in the order in which they are to be treated, the one in debate, and what changed the agenda.

    An item keeps its number wherever it is moved. Opening one that was withdrawn or postponed takes it up again.
    """

    HEEDS: ClassVar = (Planned, AgendaRevised, ItemOpened, Adjourned, *ACTS)

    items: tuple[Item, ...] = ()
    current: int | None = None
    acts: tuple[Recorded, ...] = ()

    @property
    def item(self) -> Item | None:
        """The item in debate."""
        return self.find(self.current)

    def find(self, number: int | None) -> Item | None:
        """The item of that number."""
        return next((item for item in self.items if item.plan.number == number), None)

    def waiting(self) -> list[Item]:
        """The items still to be treated, in order."""
        return [item for item in self.items if not item.openings and item.fate is None]

    def item_at(self, instant: datetime) -> int | None:
        """The item in debate at that instant, or else the last one that was; None before the first."""
        begun = [
            (opening.since, item.plan.number)
            for item in self.items
            for opening in item.openings
            if opening.since <= instant
        ]
        return max(begun)[1] if begun else None

    def evolve(self, recorded: Recorded) -> "Agenda":
        """The agenda after an event."""
        event, at = recorded.event, recorded.at
        kept = replace(self, acts=(*self.acts, recorded)) if isinstance(event, ACTS) else self
        match event:
            case Planned(items=items) | AgendaRevised(items=items):
                return Agenda(tuple(Item(item) for item in items))
            case ItemOpened(number=number):
                return replace(_with(_left(kept, at), _opened(self.items, number, at)), current=number)
            case Adjourned():
                return _left(kept, at)
            case ItemMoved(number=number, before=before):
                return replace(kept, items=tuple(_moved(self.items, number, before)))
            case ItemAdded(item=plan):
                return replace(kept, items=(*self.items, Item(plan, added=True)))
            case ItemWithdrawn(number=number):
                return _let_go(kept, number, Fate.WITHDRAWN, at)
            case ItemPostponed(number=number):
                return _let_go(kept, number, Fate.POSTPONED, at)
        return kept


def move(agenda: Agenda, number: int, before: int | None) -> list[Event] | Refusal:
    """Change the order of what is still to come."""
    for one in (number, *(() if before is None else (before,))):
        if refusal := _not_waiting(agenda, one):
            return refusal
    moved = [item.plan.number for item in _moved(agenda.items, number, before)]
    if moved == [item.plan.number for item in agenda.items]:
        return Refusal(Code.NOTHING_CHANGED)
    return [ItemMoved(number, before)]


def withdraw(agenda: Agenda, number: int) -> list[Event] | Refusal:
    """Take an item off: one still to come, or the one in debate."""
    return _not_open(agenda, number) or [ItemWithdrawn(number)]


def postpone(agenda: Agenda, number: int) -> list[Event] | Refusal:
    """Leave an item to the next meeting: one still to come, or the one in debate."""
    return _not_open(agenda, number) or [ItemPostponed(number)]


def add(agenda: Agenda, title: str, minutes: int | None) -> list[Event] | Refusal:
    """A new item, last, with a number of its own."""
    words = worded(title)
    if isinstance(words, Refusal):
        return words
    number = 1 + max((item.plan.number for item in agenda.items), default=0)
    return [ItemAdded(PlannedItem(number, words, minutes))]


def worded(title: str) -> str | Refusal:
    """An item's title as a person typed it, on one line."""
    words = " ".join(title.split())
    if len(words) > TITLE_LIMIT:
        return Refusal(Code.TITLE_TOO_LONG, {"limit": TITLE_LIMIT})
    return words or Refusal(Code.TITLE_EMPTY)


def _not_waiting(agenda: Agenda, number: int) -> Refusal | None:
    item = agenda.find(number)
    if item is None:
        return Refusal(Code.NO_SUCH_ITEM, {"number": number})
    if item.fate is not None:
        return Refusal(Code.ITEM_GONE, {"number": number})
    return Refusal(Code.ITEM_TREATED, {"number": number}) if item.openings else None


def _not_open(agenda: Agenda, number: int) -> Refusal | None:
    return None if number == agenda.current else _not_waiting(agenda, number)


def _opened(items: tuple[Item, ...], number: int, at: datetime) -> Item:
    item = next(item for item in items if item.plan.number == number)
    return replace(item.left(at), openings=(*item.left(at).openings, Opening(at)), fate=None)


def _moved(items: tuple[Item, ...], number: int, before: int | None) -> list[Item]:
    moving = [item for item in items if item.plan.number == number]
    rest = [item for item in items if item.plan.number != number]
    place = next((n for n, item in enumerate(rest) if item.plan.number == before), len(rest))
    return [*rest[:place], *moving, *rest[place:]]


def _left(agenda: Agenda, at: datetime) -> Agenda:
    """Nothing is in debate any more."""
    return replace(agenda, current=None, items=tuple(item.left(at) for item in agenda.items))


def _with(agenda: Agenda, changed: Item) -> Agenda:
    same = changed.plan.number
    return replace(agenda, items=tuple(changed if item.plan.number == same else item for item in agenda.items))


def _let_go(agenda: Agenda, number: int, fate: Fate, at: datetime) -> Agenda:
    left = _left(agenda, at) if number == agenda.current else agenda
    item = left.find(number)
    return _with(left, replace(item, fate=fate)) if item else left
