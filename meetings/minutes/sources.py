"""What minutes are made of, and who was in the room when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

from meetings.domain.attendance import Movement
from meetings.domain.meeting import Meeting
from meetings.domain.recount import as_noted
from meetings.domain.values import MeetingId, MemberId, RequestId, Role, Seat, UtteranceId
from meetings.i18n import Translator
from meetings.i18n.typography import polish
from meetings.minutes.document import Attendee, Quorum
from meetings.minutes.text import clean

BRIEF = timedelta(seconds=60)
"""Who is back this soon was cut off by the network: it is no departure that minutes would tell."""


class Words(Protocol):
    """What an utterance said; an empty text is a sound that held no words."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def doubtful(self) -> bool:
        """Whether they need an ear."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What minutes need and the log does not say; what stays None is left to be completed.

    `zone` is the council's; `model` names what transcribed the voices; `unrecorded` are those who declined to be
    recorded; `asked` are the words of the corrections asked for, `objected` those whose place they were to take;
    `held` is when other meetings were.
    `answers` are what the language model `summariser` answered, by the digest of what it was asked.
    """

    zone: tzinfo = UTC
    place: str | None = None
    model: str | None = None
    next_meeting: datetime | None = None
    excused: frozenset[MemberId] = frozenset()
    unrecorded: frozenset[MemberId] = frozenset()
    asked: Mapping[RequestId, str] = field(default_factory=dict)
    objected: Mapping[RequestId, str] = field(default_factory=dict)
    held: Mapping[MeetingId, datetime] = field(default_factory=dict)
    summariser: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """State, words and names of one meeting, read as minutes need them."""

    meeting: Meeting
    transcript: Mapping[UtteranceId, Words]
    names: Mapping[MemberId, str]
    circumstances: Circumstances
    t: Translator

    def name(self, member: MemberId) -> str:
        """The member's name as they write it, or what is to be completed."""
        return clean(self.names.get(member, "")) or self.t("minutes.missing.name", member=member)

    def tidy(self, text: str) -> str:
        """Words of the council on one line, with the typography of its language."""
        return polish(clean(text), self.t.lang)

    def rules(self) -> str | None:
        """How the rules in force are called: a preset in words, a council's own by their title."""
        noted = self.meeting.plan.rules if self.meeting.plan else None
        if noted is None:
            return None
        key = f"minutes.rules.{noted.name or 'own'}"
        return self.t(key) if key in self.t else f"« {self.tidy(noted.name)} »"

    def local(self, at: datetime | None) -> datetime | None:
        """A moment in the council's zone."""
        return at.astimezone(self.circumstances.zone) if at else None

    def here(self, at: datetime) -> datetime:
        """As `local`, for a moment that is known."""
        return at.astimezone(self.circumstances.zone)

    def present_at(self, instant: datetime) -> frozenset[MemberId]:
        """Who was in the room at that instant."""
        return self.meeting.attendance.present_at(instant)

    def voters_at(self, instant: datetime) -> frozenset[MemberId]:
        """Who could vote at that instant, in person or by proxy."""
        roll = self.meeting.attendance.at(instant)
        return frozenset(roll.present) | roll.represented.keys()

    def represented(self) -> dict[MemberId, MemberId]:
        """Who was represented at some time of the session, by whom at last."""
        meeting, roll = self.meeting, self.meeting.attendance
        if meeting.opened is None:
            return roll.represented()
        marks = [meeting.opened, *(move.at for move in roll.movements)]
        marks += [proxy.accepted for proxy in roll.proxies if proxy.accepted]
        during = sorted(at for at in marks if meeting.opened <= at and _before(at, meeting.adjourned))
        return {giver: holder for at in during for giver, holder in roll.represented(at).items()}

    def quorum_at(self, instant: datetime | None) -> Quorum | None:
        """The quorum counted at that instant."""
        if instant is None:
            return None
        members = len(self.meeting.attendance.roster)
        rules = self.meeting.rules
        there, noted = (roll.counted(rules, instant) for roll in (self.meeting.attendance, as_noted(self.meeting)))
        changed = noted if noted != there else None
        return Quorum(members, rules.needed(members), there, rules.quorum.proxies, changed)

    def movements(self) -> list[Movement]:
        """Comings and goings while the session lasted, without brief cuts of the network."""
        opened, closed = self.meeting.opened, self.meeting.adjourned
        if opened is None:
            return []
        moves = [move for move in self.meeting.attendance.movements if opened < move.at and _before(move.at, closed)]
        cuts = {place for move in moves for place in _cut(moves, move)}
        return [move for place, move in enumerate(moves) if place not in cuts]

    def attendees(self) -> list[tuple[Seat, Attendee]]:
        """The seats of those who sat while the session lasted: chair, secretary, then the roll's order."""
        moves = self.movements()
        sat = (
            self.present_at(self.meeting.opened) if self.meeting.opened else frozenset(self.meeting.attendance.present)
        )
        sat |= {move.member for move in moves}
        seats = [seat for seat in self.meeting.attendance.roster if seat.member in sat]
        return [(seat, self._attendee(seat, moves)) for seat in sorted(seats, key=lambda seat: _RANK[seat.role])]

    def _attendee(self, seat: Seat, moves: list[Movement]) -> Attendee:
        own = [move for move in moves if move.member == seat.member]
        arrived = self.here(own[0].at) if own and own[0].arrived else None
        left = self.here(own[-1].at) if own and not own[-1].arrived else None
        by = self.meeting.attendance.vouched.get(seat.member)
        noted = self.name(by) if by else ""
        return Attendee(self.name(seat.member), self.tidy(seat.college), seat.role, arrived, left, noted)


_RANK = {Role.CHAIR: 0, Role.SECRETARY: 1, Role.MEMBER: 2}


def _before(at: datetime, limit: datetime | None) -> bool:
    return limit is None or at < limit


def _cut(moves: list[Movement], gone: Movement) -> tuple[int, ...]:
    """The places of a departure and the return that follows within BRIEF, or nothing."""
    if gone.arrived:
        return ()
    place = moves.index(gone)
    back = next((n for n, move in enumerate(moves) if n > place and move.member == gone.member), None)
    return (place, back) if back is not None and moves[back].at - gone.at <= BRIEF else ()
