"""Events of a meeting's place in the calendar, from its planning to its hour, and of what members are told before it.

As in `events`: a field is only ever added with a default; a change of meaning is a new event. Who acted and when is
said by the `Recorded` around each.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from meetings.domain.rules import Rules
from meetings.domain.values import Entry, Mandate, PlannedItem, Seat


class Reason(StrEnum):
    """Why a meeting does not take place."""

    CALENDAR = "calendar"  # cancelled there, or taken out
    OFFICERS = "officers"  # it was gone from the calendar, and the chair or the secretary said so
    NOT_HELD = "not-held"  # its time passed


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """The meeting is held at another time or in another place; `entry` is the calendar's event as it is now."""

    starts: datetime
    ends: datetime
    place: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class AgendaRevised:
    """The meeting has another title or agenda, whole."""

    title: str
    items: tuple[PlannedItem, ...]
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The meeting does not take place."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Reinstated:
    """It takes place after all."""


@dataclass(frozen=True, slots=True)
class WentMissing:
    """It is no longer in the calendar, which does not seem whole: a person must say what that means."""


@dataclass(frozen=True, slots=True)
class MissingKept:
    """It takes place although the calendar lacks it."""


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """It is in the calendar again."""


@dataclass(frozen=True, slots=True)
class CalendarTroubled:
    """The calendar `source` could not be read, for the reason `code` with its `fields` (`agenda.errors`); nothing was
    changed for it.
    """

    source: str
    code: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalendarReadAgain:
    """The calendar `source` can be read again."""

    source: str


@dataclass(frozen=True, slots=True)
class RosterRevised:
    """Who is entitled to sit, as the roles say now."""

    roster: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class RulesRevised:
    """The council's rules as they are now: the meeting goes by those, to which nobody was called yet."""

    rules: Rules


@dataclass(frozen=True, slots=True)
class ProxiesCarried:
    """Proxies still good from the meeting before."""

    proxies: tuple[Mandate, ...]


@dataclass(frozen=True, slots=True)
class Summoned:
    """The members are called to the meeting."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """The members are reminded, so long before it begins."""

    before: timedelta


@dataclass(frozen=True, slots=True)
class ItemProposed:
    """A member proposes an item for the agenda."""

    proposal: str
    title: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ProposalAccepted:
    """The chair puts it on the agenda."""

    proposal: str


@dataclass(frozen=True, slots=True)
class ProposalDeclined:
    """The chair does not."""

    proposal: str


CalendarEvent = (
    Rescheduled
    | AgendaRevised
    | Cancelled
    | Reinstated
    | WentMissing
    | MissingKept
    | FoundAgain
    | CalendarTroubled
    | CalendarReadAgain
    | RosterRevised
    | RulesRevised
    | ProxiesCarried
    | Summoned
    | Reminded
    | ItemProposed
    | ProposalAccepted
    | ProposalDeclined
)
