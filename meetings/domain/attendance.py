"""Who is entitled to sit, is there, represented or excused, who came and went, and whether the quorum is reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from meetings.domain.change import replace
from meetings.domain.events import Arrived, Left, Planned, Recorded
from meetings.domain.persistent import PersistentList
from meetings.domain.presence import Excused, ExcuseWithdrawn, QuorumLost, QuorumRegained, Reconvened
from meetings.domain.record import PresenceAmended, Stay
from meetings.domain.rules import Rules
from meetings.domain.scheduling import ProxiesCarried, RosterRevised
from meetings.domain.values import Mandate, MemberId, Role, Seat
from meetings.domain.voting import ProxyAccepted, ProxyEnded, ProxyGiven


class Roster(tuple[Seat, ...]):
    """Seats in order, each found by its member at once."""

    @cached_property
    def by_member(self) -> Mapping[MemberId, Seat]:
        """Every member's seat."""
        return {seat.member: seat for seat in self}


class Movement(NamedTuple):
    """A member entered or left the room, to the second; `noted` is who says so of a member who attends otherwise."""

    member: MemberId
    at: datetime
    arrived: bool
    noted: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Fall:
    """A time without quorum during the session, by the counts at its beginning and end; `until` is None while it is."""

    since: datetime
    present: int
    needed: int
    until: datetime | None = None
    regained: int = 0


@dataclass(frozen=True, slots=True)
class Roll:
    """How every member entitled stands at one instant, each group in the roster's order; `represented` says by whom."""

    entitled: tuple[MemberId, ...]
    present: tuple[MemberId, ...]
    represented: Mapping[MemberId, MemberId]
    excused: tuple[MemberId, ...]
    absent: tuple[MemberId, ...]


@dataclass(frozen=True)
class Proxy:
    """The power to vote for an absent member; good from `accepted` to `ended`. This is its `meetings`th meeting."""

    giver: MemberId
    holder: MemberId
    given: datetime
    accepted: datetime | None = None
    ended: datetime | None = None
    meetings: int = 1

    def good(self, at: datetime | None = None) -> bool:
        """Whether it was good at that instant, or is now."""
        if self.accepted is None:
            return False
        return self.ended is None if at is None else self.accepted <= at and (self.ended is None or at < self.ended)


@dataclass(frozen=True)
class Attendance:
    """The roll: seats entitled, members now present (since when, in order of arrival), every movement, every proxy.

    `elsewhere` are those present who attend otherwise than in the room: its door says nothing of them. `vouched` says
    of everybody who ever did who noted it. `excused` are excused since then, unless they come. `falls` of the
    quorum; `reconvened` is when the council meets again for lack of it.
    """

    HEEDS: ClassVar = (
        *(Planned, Arrived, Left, Excused, ExcuseWithdrawn, QuorumLost, QuorumRegained, Reconvened),
        *(ProxyGiven, ProxyAccepted, ProxyEnded, RosterRevised, ProxiesCarried, PresenceAmended),
    )

    roster: Roster = field(default_factory=Roster)
    present: dict[MemberId, datetime] = field(default_factory=dict)
    movements: PersistentList[Movement] = field(default_factory=PersistentList)
    proxies: tuple[Proxy, ...] = ()
    elsewhere: frozenset[MemberId] = frozenset()
    vouched: Mapping[MemberId, MemberId] = field(default_factory=dict)
    excused: Mapping[MemberId, datetime] = field(default_factory=dict)
    falls: tuple[Fall, ...] = ()
    reconvened: datetime | None = None

    def seat(self, member: MemberId | None) -> Seat | None:
        """The member's seat, or None for who is not entitled to one."""
        return self.roster.by_member.get(member) if member else None

    def holder(self, role: Role) -> MemberId | None:
        """Who holds this role."""
        return next((seat.member for seat in self.roster if seat.role is role), None)

    def needed(self, rules: Rules) -> int:
        """How many must be there for the quorum."""
        return rules.needed(len(self.roster))

    def counted(self, rules: Rules, at: datetime | None = None) -> int:
        """How many are there now, or were then, for the quorum: the represented too where the rules count them."""
        present = self.present if at is None else self.present_at(at)
        return len(present) + (len(self.represented(at)) if rules.quorum.proxies else 0)

    def quorate(self, rules: Rules) -> bool:
        """Whether enough members are there now."""
        return self.counted(rules) >= self.needed(rules)

    @property
    def lost(self) -> Fall | None:
        """The fall of the quorum that lasts."""
        return self.falls[-1] if self.falls and self.falls[-1].until is None else None

    def at(self, instant: datetime) -> Roll:
        """Entitled, present, represented, excused and absent at that instant."""
        present, represented = self.present_at(instant), self.represented(instant)
        members = tuple(seat.member for seat in self.roster)
        away = [member for member in members if member not in present and member not in represented]
        excused = tuple(one for one in away if (since := self.excused.get(one)) and since <= instant)
        return Roll(
            entitled=members,
            present=tuple(member for member in members if member in present),
            represented=represented,
            excused=excused,
            absent=tuple(member for member in away if member not in excused),
        )

    def ever_present(self) -> tuple[MemberId, ...]:
        """Every member who was in the room at some time, in order of first arrival."""
        return tuple(dict.fromkeys(move.member for move in self.movements if move.arrived))

    def present_at(self, instant: datetime) -> frozenset[MemberId]:
        """Who was in the room at that instant."""
        last = {move.member: move.arrived for move in self.movements if move.at <= instant}
        return frozenset(member for member, arrived in last.items() if arrived)

    def stays(self, member: MemberId) -> tuple[Stay, ...]:
        """When the member was in the room."""
        moves = [move for move in self.movements if move.member == member]
        ends = [move.at for move in moves[1:]]
        return tuple(Stay(move.at, gone) for move, gone in zip_longest(moves, ends) if move.arrived)

    def proxy(self, giver: MemberId) -> Proxy | None:
        """The proxy that a member has given and that has not ended, accepted or not."""
        return next((one for one in self.proxies if one.giver == giver and one.ended is None), None)

    def represented(self, at: datetime | None = None) -> dict[MemberId, MemberId]:
        """Who is absent and represented now, or was at that instant, by whom: the holder has to be in the room."""
        present = self.present if at is None else self.present_at(at)
        good = (proxy for proxy in self.proxies if proxy.good(at))
        return {proxy.giver: proxy.holder for proxy in good if proxy.giver not in present and proxy.holder in present}

    def carried(self, meetings: int) -> tuple[Mandate, ...]:
        """The proxies that are good for the next meeting too, a proxy lasting so many `meetings`."""
        good = (proxy for proxy in self.proxies if proxy.good() and proxy.meetings < meetings)
        return tuple(Mandate(proxy.giver, proxy.holder, proxy.meetings + 1) for proxy in good)

    def evolve(self, recorded: Recorded) -> "Attendance":
        """The roll after an arrival, a departure, or what becomes of a proxy."""
        at = recorded.at
        match recorded.event:
            case Planned(roster=roster, proxies=mandates):
                return Attendance(Roster(roster), proxies=_carried(mandates, at))
            case RosterRevised() | ProxiesCarried() | PresenceAmended():
                return self._revised(recorded.event, at)
            case Arrived(member=member, elsewhere=elsewhere):
                return self._arrived(member, recorded, elsewhere=elsewhere)
            case Left(member=member):
                return self._left(member, recorded)
            case Excused(member=member) | ExcuseWithdrawn(member=member):
                others = {one: since for one, since in self.excused.items() if one != member}
                mine = {member: at} if isinstance(recorded.event, Excused) else {}
                return replace(self, excused=others | mine)
            case QuorumLost(present=present, needed=needed):
                return replace(self, falls=(*self.falls, Fall(at, present, needed)))
            case Reconvened(starts=starts):
                return replace(self, reconvened=starts)
            case QuorumRegained(present=present) if fall := self.lost:
                ended = Fall(fall.since, fall.present, fall.needed, at, present)
                return replace(self, falls=(*self.falls[:-1], ended))
            case ProxyGiven(giver=giver, holder=holder):
                return replace(self, proxies=(*self.proxies, Proxy(giver, holder, at)))
            case ProxyAccepted(giver=giver):
                return self._became(giver, lambda proxy: replace(proxy, accepted=at))
            case ProxyEnded(giver=giver):
                return self._became(giver, lambda proxy: replace(proxy, ended=at))
        return self

    def _revised(self, event: RosterRevised | ProxiesCarried | PresenceAmended, at: datetime) -> "Attendance":
        if isinstance(event, RosterRevised):
            return replace(self, roster=Roster(event.roster))
        if isinstance(event, PresenceAmended):
            excused = {event.member: at} if event.excused else {}
            roll = self.amended(event)
            return replace(roll, excused=dict(roll.excused) | excused)
        return replace(self, proxies=(*self.proxies, *_carried(event.proxies, at)))

    def _arrived(self, member: MemberId, recorded: Recorded, *, elsewhere: bool) -> "Attendance":
        """Who is in the room already only changes the way of attending: no movement."""
        move = Movement(member, recorded.at, arrived=True, noted=recorded.by if elsewhere else None)
        roll = self if member in self.present else self._moved(move, self.present | {member: recorded.at})
        if not elsewhere:
            return roll
        vouched = {**self.vouched, member: recorded.by or MemberId("")}
        return replace(roll, elsewhere=self.elsewhere | {member}, vouched=vouched)

    def _left(self, member: MemberId, recorded: Recorded) -> "Attendance":
        present = self.present.copy()
        present.pop(member, None)
        if member not in self.elsewhere:
            return self._moved(Movement(member, recorded.at, arrived=False), present)
        move = Movement(member, recorded.at, arrived=False, noted=recorded.by)
        return replace(self._moved(move, present), elsewhere=self.elsewhere - {member})

    def amended(self, amended: PresenceAmended) -> "Attendance":
        """The roll where the member's movements are those of the stays; who vouched for them no longer counts."""
        member, stays = amended.member, amended.stays
        moves = [move for move in self.movements if move.member != member]
        moves += [Movement(member, one.since, arrived=True) for one in stays]
        moves += [Movement(member, one.until, arrived=False) for one in stays if one.until]
        last = {member: stays[-1].since} if stays and stays[-1].until is None else {}
        return replace(
            self,
            movements=PersistentList(sorted(moves, key=lambda move: move.at)),
            present={one: since for one, since in self.present.items() if one != member} | last,
            elsewhere=self.elsewhere - {member},
            vouched={one: by for one, by in self.vouched.items() if one != member},
            excused={one: since for one, since in self.excused.items() if one != member},
        )

    def _moved(self, move: Movement, present: dict[MemberId, datetime]) -> "Attendance":
        return replace(self, present=present, movements=self.movements.plus(move))

    def _became(self, giver: MemberId, change: Callable[[Proxy], Proxy]) -> "Attendance":
        now = self.proxy(giver)
        return replace(self, proxies=tuple(change(one) if one is now else one for one in self.proxies))


def _carried(mandates: tuple[Mandate, ...], at: datetime) -> tuple[Proxy, ...]:
    return tuple(Proxy(one.giver, one.holder, at, at, meetings=one.meetings) for one in mandates)
