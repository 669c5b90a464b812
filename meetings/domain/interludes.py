"""Stretches of the session in which nothing is recorded: recesses, and sittings behind closed doors (CGCT L2121-18)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from meetings.domain.conduct import (
    ClosedSessionAsked,
    ClosedSessionBegun,
    ClosedSessionEnded,
    ClosedSessionPut,
    Resumed,
    Suspended,
)
from meetings.domain.events import Adjourned, Event, Left, Recorded
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import BallotId, MemberId

EDGE = timedelta(seconds=1)
"""A hole in the recording this short beside an interlude is the recorder's own stopping and starting."""

Span = tuple[datetime, datetime]


class Kind(StrEnum):
    """Why nothing is recorded."""

    RECESS = "recess"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Interlude:
    """`until` is None while it lasts. A recess may have an end that was `planned`, closed doors have their `ballot`."""

    kind: Kind
    since: datetime
    until: datetime | None = None
    planned: datetime | None = None
    ballot: BallotId | None = None


@dataclass(frozen=True, slots=True)
class Interludes:
    """All of them, by their beginning; `asking` are the members who ask for closed doors now."""

    HEEDS: ClassVar = (
        *(Suspended, Resumed, Adjourned, Left),
        *(ClosedSessionAsked, ClosedSessionPut, ClosedSessionBegun, ClosedSessionEnded),
    )

    all: tuple[Interlude, ...] = ()
    asking: tuple[MemberId, ...] = ()

    @property
    def recess(self) -> Interlude | None:
        """The recess that lasts."""
        return self._lasting(Kind.RECESS)

    @property
    def private(self) -> Interlude | None:
        """The closed session that lasts; a recess within it does not open the doors."""
        return self._lasting(Kind.CLOSED)

    @property
    def silent_since(self) -> datetime | None:
        """Since when nothing is recorded; None where the session may be."""
        return next((one.since for one in self.all if one.until is None), None)

    def hide(self, start: datetime, end: datetime) -> bool:
        """Whether more of this time than its edge lies behind closed doors."""
        closed = (one for one in self.all if one.kind is Kind.CLOSED)
        return any((one.until is None or start + EDGE < one.until) and one.since + EDGE < end for one in closed)

    def lacking(self, start: datetime, end: datetime) -> list[Span]:
        """What of a hole in the recording lies in no interlude: there words are missing that should be there."""
        left = [(start, end)]
        for one in self.all:
            left = [rest for hole in left for rest in _without(hole, one.since, one.until or end)]
        whole = left == [(start, end)]
        return left if whole else [(since, until) for since, until in left if until - since > EDGE]

    def evolve(self, recorded: Recorded) -> "Interludes":
        """The interludes after an event; the end of the session ends them."""
        at = recorded.at
        match recorded.event:
            case Left(member=member):
                others = tuple(other for other in self.asking if other != member)
                return self if others == self.asking else replace(self, asking=others)
            case Suspended(until=planned):
                return replace(self, all=(*self.all, Interlude(Kind.RECESS, at, planned=planned)))
            case ClosedSessionBegun(ballot=ballot):
                return replace(self, all=(*self.all, Interlude(Kind.CLOSED, at, ballot=ballot)))
            case Resumed():
                return replace(self, all=self._ended(at, Kind.RECESS))
            case ClosedSessionEnded():
                return replace(self, all=self._ended(at, Kind.CLOSED))
            case Adjourned():
                return Interludes(self._ended(at, *Kind))
            case ClosedSessionAsked(member=member):
                return replace(self, asking=(*self.asking, member))
            case ClosedSessionPut():
                return replace(self, asking=())
        return self

    def _lasting(self, kind: Kind) -> Interlude | None:
        return next((one for one in self.all if one.kind is kind and one.until is None), None)

    def _ended(self, at: datetime, *kinds: Kind) -> tuple[Interlude, ...]:
        return tuple(replace(one, until=at) if one.kind in kinds and one.until is None else one for one in self.all)


def resume(interludes: Interludes) -> list[Event] | Refusal:
    """End the recess."""
    return [Resumed()] if interludes.recess else Refusal(Code.NOT_IN_RECESS)


def reopen(interludes: Interludes) -> list[Event] | Refusal:
    """Open the doors again."""
    return [ClosedSessionEnded()] if interludes.private else Refusal(Code.NOT_PRIVATE)


def ask(interludes: Interludes, member: MemberId) -> list[Event] | Refusal:
    """Ask for closed doors, once."""
    if interludes.private or member in interludes.asking:
        return Refusal(Code.NOTHING_CHANGED)
    return [ClosedSessionAsked(member)]


def _without(hole: Span, since: datetime, until: datetime) -> list[Span]:
    """A span less another: nothing, one or two spans."""
    start, end = hole
    if until <= start or end <= since:
        return [hole]
    return [span for span in ((start, since), (until, end)) if span[0] < span[1]]
