"""What comes of asking for the floor, of giving and taking it, and of the chair's acts upon queue, list and time."""

from collections.abc import Collection
from datetime import datetime

from meetings.domain import commands as c
from meetings.domain.debate import (
    FloorGiven,
    FloorTaken,
    HandLowered,
    HandRaised,
    HandSkipped,
    ListClosed,
    ListReopened,
    SpeechExtended,
    SpeechPutBack,
    TimeUp,
)
from meetings.domain.events import Event
from meetings.domain.floor import Floor, Turn
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import Kind, MemberId

CHAIRS = (c.SkipHand, c.PutBack, c.ExtendSpeech, c.CloseList, c.ReopenList)
"""The chair's commands that `preside` decides."""


def raise_hand(floor: Floor, member: MemberId, *, native: bool, kind: Kind = Kind.SPEECH) -> list[Event] | Refusal:
    """Join the queue, once; who has the floor need not ask for it."""
    if floor.speaker and floor.speaker.member == member:
        return Refusal(Code.HAS_FLOOR_ALREADY)
    asked = next((request for request in floor.queue if request.member == member), None)
    if asked and asked.kind is kind:
        return Refusal(Code.HAND_UP_ALREADY, {"place": floor.place(member) or 0})
    if not floor.takes(kind):
        return Refusal(Code.KIND_NOT_IN_RULES)
    if kind.point:
        return [HandRaised(member, native, kind)]
    if floor.closed and (asked is None or kind is Kind.REPLY):
        return Refusal(Code.LIST_CLOSED)
    answered = floor.answerable()
    if kind is Kind.REPLY and (refusal := _unanswerable(answered, member)):
        return refusal
    return _time_spent(floor, member) or [
        HandRaised(member, native, kind, answered.member if answered and kind is Kind.REPLY else None)
    ]


def lower_hand(floor: Floor, member: MemberId) -> list[Event] | Refusal:
    """Leave the queue."""
    return [HandLowered(member)] if floor.place(member) else Refusal(Code.HAND_NOT_UP)


def give(floor: Floor, member: MemberId | None) -> list[Event] | Refusal:
    """Give the floor to a member, or to who is first in the queue; it is taken from who has it."""
    if member is None:
        if not floor.queue:
            return Refusal(Code.QUEUE_EMPTY)
        member = floor.queue[0].member
    given = FloorGiven(member, _limit(floor, member))
    if floor.speaker is None:
        return [given]
    if floor.speaker.member == member:
        return Refusal(Code.HAS_FLOOR_ALREADY)
    return [FloorTaken(floor.speaker.member), given]


def take(floor: Floor) -> list[Event] | Refusal:
    """End the present speech."""
    return [FloorTaken(floor.speaker.member)] if floor.speaker else Refusal(Code.NO_SPEAKER)


def preside(floor: Floor, command: c.Command, present: Collection[MemberId]) -> list[Event] | Refusal | None:
    """What the chair does to queue, list and time; None for any other command."""
    match command:
        case c.SkipHand(member=member):
            return _skip(floor, member)
        case c.PutBack():
            return _undo(floor, present)
        case c.ExtendSpeech(seconds=seconds):
            if floor.speaker is None:
                return Refusal(Code.NO_SPEAKER)
            return [SpeechExtended(floor.speaker.member, seconds)] if floor.speaker.ends else Refusal(Code.NO_LIMIT)
        case c.CloseList():
            return Refusal(Code.LIST_CLOSED) if floor.closed else [ListClosed()]
        case c.ReopenList():
            return [ListReopened()] if floor.closed else Refusal(Code.LIST_OPEN)
    return None


def time_up(floor: Floor, member: MemberId, at: datetime) -> list[Event] | Refusal:
    """Note that the speaker's time is over, once; the rules may end the speech with it."""
    turn = floor.speaker
    if turn is None or turn.member != member or turn.up or turn.ends is None or at < turn.ends:
        return Refusal(Code.NOTHING_CHANGED)
    return [TimeUp(member), FloorTaken(member)] if floor.rules.cut else [TimeUp(member)]


def _unanswerable(turn: Turn | None, member: MemberId) -> Refusal | None:
    """A reply answers somebody else's speech; replies are not answered, or nobody else would be heard."""
    if turn is None or turn.member == member:
        return Refusal(Code.NOBODY_TO_ANSWER)
    return Refusal(Code.NO_REPLY_TO_REPLY) if turn.kind is Kind.REPLY or turn.kind.point else None


def _time_spent(floor: Floor, member: MemberId) -> Refusal | None:
    if floor.left(member) != 0:
        return None
    own = floor.rules.member and floor.spent({member}) >= floor.rules.member
    limit, code = (floor.rules.member, Code.TIME_SPENT) if own else (floor.rules.college, Code.COLLEGE_TIME_SPENT)
    return Refusal(code, {"minutes": f"{limit / 60:g}"})


def _limit(floor: Floor, member: MemberId) -> int:
    """Seconds of a speech. Who has used up a total and is given the floor all the same has the limit of a speech."""
    left = floor.left(member)
    point = any(request.member == member and request.kind.point for request in floor.queue)
    limits = [floor.rules.speech, left or 0] if not point else [floor.rules.speech]
    return min((limit for limit in limits if limit), default=0)


def _skip(floor: Floor, member: MemberId | None) -> list[Event] | Refusal:
    if not floor.queue:
        return Refusal(Code.QUEUE_EMPTY)
    request = next((one for one in floor.queue if one.member == (member or floor.queue[0].member)), None)
    if request is None:
        return Refusal(Code.HAND_NOT_UP)
    return Refusal(Code.NOTHING_CHANGED) if request.skipped else [HandSkipped(request.member)]


def _undo(floor: Floor, present: Collection[MemberId]) -> list[Event] | Refusal:
    turn = floor.answerable()
    if turn is None:
        return Refusal(Code.NO_SPEECH)
    if turn.member not in present:
        return Refusal(Code.NOT_PRESENT)
    return [SpeechPutBack(turn.member)]
