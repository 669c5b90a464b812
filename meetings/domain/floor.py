"""Who speaks, who asked to, and who spoke for how long."""

from dataclasses import dataclass, field
from datetime import datetime

from meetings.domain.change import replace
from meetings.domain.events import (
    Adjourned,
    Event,
    FloorGiven,
    FloorTaken,
    HandLowered,
    HandRaised,
    Left,
    MemberId,
    Recorded,
)
from meetings.domain.persistent import PersistentList
from meetings.domain.refusals import Code, Refusal


@dataclass(frozen=True, slots=True)
class Request:
    """A raised hand."""

    member: MemberId
    since: datetime
    native: bool = False


@dataclass(frozen=True)
class Turn:
    """The floor in one member's hands; `until` is None while it lasts."""

    member: MemberId
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Floor:
    """The queue in order, the speaker, and the turns that are over."""

    queue: tuple[Request, ...] = ()
    speaker: Turn | None = None
    turns: PersistentList[Turn] = field(default_factory=PersistentList)

    def place(self, member: MemberId) -> int | None:
        """The member's place in the queue, from 1; None where no hand is up."""
        return next((n for n, request in enumerate(self.queue, 1) if request.member == member), None)

    def evolve(self, recorded: Recorded) -> "Floor":
        """The floor after an event. Who leaves the room leaves the queue and gives the floor back."""
        event, at = recorded.event, recorded.at
        match event:
            case HandRaised(member=member, native=native):
                return replace(self, queue=(*self.queue, Request(member, at, native)))
            case HandLowered(member=member):
                return replace(self, queue=self._others(member))
            case FloorGiven(member=member):
                return replace(self._ended(at, without=member), speaker=Turn(member, at))
            case FloorTaken():
                return self._ended(at)
            case Left(member=member):
                speaking = self.speaker is not None and self.speaker.member == member
                return self._ended(at, without=member) if speaking else replace(self, queue=self._others(member))
            case Adjourned():
                return replace(self._ended(at), queue=())
        return self

    def _others(self, member: MemberId | None) -> tuple[Request, ...]:
        return tuple(request for request in self.queue if request.member != member)

    def _ended(self, at: datetime, without: MemberId | None = None) -> "Floor":
        turns = self.turns.plus(replace(self.speaker, until=at)) if self.speaker else self.turns
        return replace(self, queue=self._others(without), speaker=None, turns=turns)


def raise_hand(floor: Floor, member: MemberId, *, native: bool) -> list[Event] | Refusal:
    """Join the queue, once; who has the floor need not ask for it."""
    if floor.speaker and floor.speaker.member == member:
        return Refusal(Code.HAS_FLOOR_ALREADY)
    if place := floor.place(member):
        return Refusal(Code.HAND_UP_ALREADY, {"place": place})
    return [HandRaised(member, native)]


def lower_hand(floor: Floor, member: MemberId) -> list[Event] | Refusal:
    """Leave the queue."""
    return [HandLowered(member)] if floor.place(member) else Refusal(Code.HAND_NOT_UP)


def give(floor: Floor, member: MemberId | None) -> list[Event] | Refusal:
    """Give the floor to a member, or to who is first in the queue; it is taken from who has it."""
    if member is None:
        if not floor.queue:
            return Refusal(Code.QUEUE_EMPTY)
        member = floor.queue[0].member
    if floor.speaker is None:
        return [FloorGiven(member)]
    if floor.speaker.member == member:
        return Refusal(Code.HAS_FLOOR_ALREADY)
    return [FloorTaken(floor.speaker.member), FloorGiven(member)]


def take(floor: Floor) -> list[Event] | Refusal:
    """End the present speech."""
    return [FloorTaken(floor.speaker.member)] if floor.speaker else Refusal(Code.NO_SPEAKER)
