"""Who speaks, who asked to, and who spoke for how long."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple, get_args

from meetings.domain.change import replace
from meetings.domain.debate import (
    FloorEvent,
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
from meetings.domain.events import Adjourned, ItemOpened, Left, Planned, Recorded
from meetings.domain.order import Ahead, Heard, Order, Request
from meetings.domain.persistent import PersistentList
from meetings.domain.rules import BEFORE, Criterion, FloorRules
from meetings.domain.scheduling import RosterRevised, RulesRevised
from meetings.domain.values import Kind, MemberId, Seat


class Turn(NamedTuple):
    """The floor in one member's hands; `until` is None while it lasts, `ends` where no limit is set.

    `request` is what it was given on, None where nobody had asked; `item` the item in debate; `up` once the chair was
    told that its time is over.
    """

    member: MemberId
    since: datetime
    until: datetime | None = None
    request: Request | None = None
    item: int | None = None
    ends: datetime | None = None
    up: bool = False

    @property
    def kind(self) -> Kind:
        """What the floor was asked for."""
        return self.request.kind if self.request else Kind.SPEECH

    def ended(self, at: datetime) -> "Turn":
        """The turn once it is over."""
        return Turn(self.member, self.since, at, self.request, self.item, self.ends, self.up)

    def seconds(self, now: datetime | None = None) -> float:
        """How long it lasted; of one that lasts, until `now` (without it: nothing yet)."""
        return ((self.until or now or self.since) - self.since).total_seconds()


@dataclass(frozen=True)
class Floor:
    """The queue in order, the speaker, and the turns that are over; `closed` while the list takes no requests.

    `on_item` are those of `turns` on the item in debate: what the order and the time left depend on.
    """

    HEEDS: ClassVar = (Planned, RosterRevised, RulesRevised, ItemOpened, Adjourned, Left, *get_args(FloorEvent))

    queue: tuple[Request, ...] = ()
    speaker: Turn | None = None
    turns: PersistentList[Turn] = field(default_factory=PersistentList)
    on_item: PersistentList[Turn] = field(default_factory=PersistentList)
    closed: bool = False
    item: int | None = None
    rules: FloorRules = BEFORE.floor
    colleges: Mapping[MemberId, str] = field(default_factory=dict)

    def place(self, member: MemberId) -> int | None:
        """The member's place in the queue, from 1; None where no hand is up."""
        return next((n for n, request in enumerate(self.queue, 1) if request.member == member), None)

    def why(self, member: MemberId) -> tuple[Ahead, ...]:
        """Who goes before a member who waits, each with the reason. Raises StopIteration for who does not wait."""
        return self._order.why(member, self.queue, self._heard())

    def takes(self, kind: Kind) -> bool:
        """Whether the rules know this kind of request: their order says where it stands."""
        if kind.point:
            return Criterion.POINT_OF_ORDER in self.rules.order
        named = {Kind.REPLY: Criterion.DIRECT_REPLY, Kind.PRO: Criterion.PRO_CONTRA, Kind.CONTRA: Criterion.PRO_CONTRA}
        return kind not in named or named[kind] in self.rules.order

    def answerable(self) -> Turn | None:
        """The speech that a direct reply would answer: the present one, or else the last on the item."""
        return self.speaker or (self.on_item[-1] if self.on_item else None)

    def seconds(self, now: datetime | None = None) -> Counter[MemberId]:
        """How long every member has spoken in this meeting, in seconds, the present speech until `now`."""
        spoken: Counter[MemberId] = Counter()
        for turn in (*self.turns, *([self.speaker] if self.speaker else [])):
            spoken[turn.member] += round(turn.seconds(now))
        return spoken

    def left(self, member: MemberId) -> int | None:
        """Seconds that the totals leave a member on the item, whichever is the least; None where there is no total."""
        totals = [(self.rules.member, {member}), (self.rules.college, self._fellows(member))]
        left = [total - self.spent(members) for total, members in totals if total]
        return max(0, min(left)) if left else None

    def spent(self, members: Collection[MemberId]) -> int:
        """Seconds that these have spoken on the item, until the present speech; points of order are no debate."""
        ours = (turn for turn in self.on_item if turn.member in members)
        return round(sum(turn.seconds() for turn in ours if not turn.kind.point))

    def evolve(self, recorded: Recorded) -> "Floor":
        """The floor after an event, the queue in order. Who leaves the room leaves the queue, and the floor."""
        if isinstance(recorded.event, Left):
            return self._gone(recorded.event.member, recorded.at)
        if after := self._asked(recorded) or self._spoken(recorded):
            return after.ordered()
        match recorded.event:
            case Planned(roster=roster, rules=rules):
                return replace(self, colleges=_colleges(roster), rules=(rules or BEFORE).floor)
            case RosterRevised(roster=roster):
                return replace(self, colleges=_colleges(roster))
            case RulesRevised(rules=rules):
                return replace(self, rules=rules.floor)
            case ListClosed():
                return replace(self, closed=True)
            case ListReopened():
                return replace(self, closed=False)
            case ItemOpened(number=number):
                return self._at(number).ordered()
            case Adjourned():
                return replace(self._ended(recorded.at), queue=())
        return self

    def _asked(self, recorded: Recorded) -> "Floor | None":
        """After what is done to the queue; None for any other event."""
        match recorded.event:
            case HandRaised(member=member, native=native, kind=kind, to=to):
                return self._joined(Request(member, recorded.at, native, kind, to, recorded.seq))
            case HandLowered(member=member):
                return replace(self, queue=self._others(member))
            case HandSkipped(member=member):
                return replace(self, queue=tuple(_skipped(request, member) for request in self.queue))
        return None

    def _spoken(self, recorded: Recorded) -> "Floor | None":
        """After what is done to a speech; None for any other event."""
        event, at = recorded.event, recorded.at
        match event:
            case FloorGiven(member=member, limit=limit):
                asked = next((request for request in self.queue if request.member == member), None)
                ends = at + timedelta(seconds=limit) if limit else None
                turn = Turn(member, at, request=asked, item=self.item, ends=ends)
                return self._ended(at, without=member, speaker=turn)
            case FloorTaken():
                return self._ended(at)
            case SpeechPutBack(member=member):
                return self._put_back(member, recorded)
            case SpeechExtended(seconds=seconds) if self.speaker and self.speaker.ends:
                ends = max(self.speaker.ends, at) + timedelta(seconds=seconds)
                return replace(self, speaker=self.speaker._replace(ends=ends, up=False))
            case TimeUp() if self.speaker:
                return replace(self, speaker=self.speaker._replace(up=True))
        return None

    def ordered(self) -> "Floor":
        """The same floor, its queue in order."""
        if len(self.queue) < 2:
            return self
        return replace(self, queue=self._order.queue(self.queue, self._heard()))

    @property
    def _order(self) -> Order:
        return Order(self.rules.order, self.colleges)

    def _heard(self) -> Heard:
        heard = Heard()
        for turn in (*self.on_item, *([self.speaker] if self.speaker else [])):
            heard.hear(turn.member, turn.kind, self.colleges.get(turn.member, ""))
        return heard

    def _at(self, item: int) -> "Floor":
        """The floor as the meeting comes to an item, perhaps not for the first time; its list is open."""
        on_item = PersistentList(turn for turn in self.turns if turn.item == item)
        return replace(self, item=item, closed=False, on_item=on_item)

    def _joined(self, request: Request) -> "Floor":
        return replace(self, queue=(*self._others(request.member), request))

    def _speaks(self, member: MemberId) -> bool:
        return self.speaker is not None and self.speaker.member == member

    def _gone(self, member: MemberId, at: datetime) -> "Floor":
        """The floor without a member, whose speech ends and whose request falls."""
        if self._speaks(member):
            return self._ended(at, without=member).ordered()
        others = self._others(member)
        return self if others == self.queue else replace(self, queue=others).ordered()

    def _others(self, member: MemberId | None) -> tuple[Request, ...]:
        return tuple([request for request in self.queue if request.member != member]) if self.queue else ()

    def _ended(self, at: datetime, without: MemberId | None = None, speaker: Turn | None = None) -> "Floor":
        """The floor after the speech, if there is one; then it is the next `speaker`'s, if there is one."""
        queue = self._others(without)
        if self.speaker is None:
            return replace(self, queue=queue, speaker=speaker)
        turn = self.speaker.ended(at)
        on_item = self.on_item.plus(turn) if turn.item == self.item else self.on_item
        return replace(self, queue=queue, speaker=speaker, turns=self.turns.plus(turn), on_item=on_item)

    def _put_back(self, member: MemberId, recorded: Recorded) -> "Floor":
        turn = self.speaker or self.turns[-1]
        request = turn.request or Request(member, recorded.at, seq=recorded.seq)
        floor = replace(self, speaker=None, queue=(*self._others(member), request))
        if self.speaker:
            return floor
        return replace(floor, turns=PersistentList(self.turns[:-1]), on_item=PersistentList(self.on_item[:-1]))

    def _fellows(self, member: MemberId) -> set[MemberId]:
        college = self.colleges.get(member, "")
        return {other for other, theirs in self.colleges.items() if theirs == college} if college else set()


def _colleges(roster: Iterable[Seat]) -> Mapping[MemberId, str]:
    return {seat.member: seat.college for seat in roster}


def _skipped(request: Request, member: MemberId) -> Request:
    return request._replace(skipped=True) if request.member == member else request
