"""Commands of the calendar: what it says of a meeting before its hour, what is done about it, what members are told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from meetings.domain.command import Command
from meetings.domain.rules import Rules
from meetings.domain.scheduling import Reason
from meetings.domain.values import Entry, Mandate, PlannedItem, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Reschedule(Command):
    """Hold the meeting at another time or in another place."""

    starts: datetime
    ends: datetime
    place: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAgenda(Command):
    """Give the meeting another title or agenda."""

    title: str
    items: tuple[PlannedItem, ...]
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Command):
    """Do not hold the meeting; a person (chair, secretary) may say so of one that is gone from the calendar."""

    reason: Reason = Reason.OFFICERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstate(Command):
    """Hold it after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMissing(Command):
    """The calendar lacks it, and does not seem whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFound(Command):
    """The calendar has it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep(Command):
    """Hold it although the calendar lacks it (chair, secretary)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCalendar(Command):
    """The calendar `source` cannot be read, for this reason; or (empty) it can be again."""

    source: str
    code: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseRoster(Command):
    """Seat these members."""

    roster: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseRules(Command):
    """Let the meeting go by these rules."""

    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryProxies(Command):
    """Take over the proxies still good from the meeting before."""

    proxies: tuple[Mandate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summon(Command):
    """Call the members to the meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(Command):
    """Remind the members, so long before it begins."""

    before: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeItem(Command):
    """Propose an item, for oneself."""

    title: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleProposal(Command):
    """Put a proposed item on the agenda, or not (chair)."""

    proposal: str
    accept: bool
