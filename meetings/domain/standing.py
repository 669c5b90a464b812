"""How a meeting stands before its hour: what the calendar changed of it, what is in doubt, what members were told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as later
from datetime import datetime, timedelta
from typing import ClassVar, get_args

from meetings.domain.change import replace
from meetings.domain.events import Event, Planned, Recorded
from meetings.domain.scheduling import (
    AgendaRevised,
    CalendarEvent,
    CalendarReadAgain,
    CalendarTroubled,
    Cancelled,
    FoundAgain,
    ItemProposed,
    MissingKept,
    ProposalAccepted,
    ProposalDeclined,
    Reinstated,
    Reminded,
    Rescheduled,
    RulesRevised,
    Summoned,
    WentMissing,
)
from meetings.domain.values import MemberId, PlannedItem

CHANGES = (Rescheduled, AgendaRevised, Cancelled, Reinstated)
"""What members who were called to the meeting are told of."""


@dataclass(frozen=True)
class Proposal:
    """An item that a member proposes; `accepted` is None until the chair has said."""

    id: str
    by: MemberId
    item: PlannedItem
    accepted: bool | None = None


@dataclass(frozen=True)
class Standing:
    """`missing` says since when nobody has said what its absence from the calendar means; `kept`, that it was said.

    `summoned` is when its members were called to it, `reminded` how long before its hour they were reminded since it
    was last moved. `changes` are those after the call. `troubles` maps a calendar to the event that says it cannot be
    read.
    """

    HEEDS: ClassVar = (Planned, *get_args(CalendarEvent))

    missing: datetime | None = None
    kept: bool = False
    cancelled: Cancelled | None = None
    summoned: datetime | None = None
    reminded: tuple[timedelta, ...] = ()
    changes: tuple[Recorded, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    troubles: Mapping[str, Recorded] = field(default_factory=dict)

    def proposal(self, key: str) -> Proposal | None:
        """The proposal of that id."""
        return next((one for one in self.proposals if one.id == key), None)

    def accepted(self) -> list[PlannedItem]:
        """The items proposed that the chair put on the agenda."""
        return [one.item for one in self.proposals if one.accepted]

    def evolve(self, recorded: Recorded) -> "Standing":
        """The standing after an event."""
        told = isinstance(recorded.event, CHANGES) and self.summoned is not None
        kept = replace(self, changes=(*self.changes, recorded)) if told else self
        match recorded.event:
            case Planned():
                return Standing()
            case Rescheduled():
                return replace(kept, reminded=())
            case Cancelled() as cancelled:
                return replace(kept, cancelled=cancelled, missing=None)
            case Reinstated():
                return replace(kept, cancelled=None, missing=None, kept=False)
            case WentMissing():
                return replace(self, missing=recorded.at)
            case MissingKept() | FoundAgain():
                return replace(self, missing=None, kept=isinstance(recorded.event, MissingKept))
            case CalendarTroubled(source=source):
                return replace(self, troubles={**self.troubles, source: recorded})
            case CalendarReadAgain(source=source):
                return replace(self, troubles={name: one for name, one in self.troubles.items() if name != source})
            case Summoned():
                return replace(self, summoned=recorded.at)
            case Reminded(before=before):
                return replace(self, reminded=(*self.reminded, before))
            case ItemProposed() | ProposalAccepted() | ProposalDeclined():
                return replace(self, proposals=tuple(_proposals(self.proposals, recorded)))
        return kept


def revised(plan: Planned | None, event: Event) -> Planned | None:
    """The plan after what the calendar changed of it."""
    match event:
        case Rescheduled(starts=starts, ends=ends, place=place, entry=entry) if plan:
            return later(plan, starts=starts, ends=ends, place=place, entry=entry or plan.entry)
        case AgendaRevised(title=title, items=items, entry=entry) if plan:
            return later(plan, title=title, items=items, entry=entry or plan.entry)
        case RulesRevised(rules=rules) if plan:
            return later(plan, rules=rules)
    return plan


def _proposals(known: tuple[Proposal, ...], recorded: Recorded) -> list[Proposal]:
    match recorded.event:
        case ItemProposed(proposal=key, title=title, minutes=minutes):
            return [*known, Proposal(key, recorded.by or MemberId(""), PlannedItem(0, title, minutes))]
        case ProposalAccepted(proposal=key):
            return [replace(one, accepted=True) if one.id == key else one for one in known]
        case ProposalDeclined(proposal=key):
            return [replace(one, accepted=False) if one.id == key else one for one in known]
    return list(known)
