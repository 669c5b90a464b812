"""The state of a meeting: a pure fold of its log."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, get_args

from meetings.domain import ballot as ballots
from meetings.domain.actions import Action, ActionNoted
from meetings.domain.agenda import Agenda
from meetings.domain.agenda import Item as Item
from meetings.domain.amendments import Amendments
from meetings.domain.attendance import Attendance
from meetings.domain.ballot import Ballot, Purpose
from meetings.domain.change import replace
from meetings.domain.conduct import ClosedSessionPut
from meetings.domain.consent import Consent
from meetings.domain.erasures import Erasures
from meetings.domain.events import (
    Adjourned,
    Convened,
    Event,
    ItemOpened,
    MinutesDrafted,
    Opened,
    Planned,
    Posted,
    Recorded,
)
from meetings.domain.floor import Floor
from meetings.domain.gavel import Gavel
from meetings.domain.interludes import Interludes
from meetings.domain.path import Path
from meetings.domain.persistent import PersistentMap
from meetings.domain.record import VoteAmended
from meetings.domain.recording import Recording
from meetings.domain.review import Review, ReviewEvent
from meetings.domain.rules import BEFORE, Rules
from meetings.domain.scheduling import (
    AgendaRevised,
    CalendarEvent,
    Cancelled,
    Reinstated,
    Rescheduled,
    RulesRevised,
)
from meetings.domain.standing import Standing, revised
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import BallotId, Manner, MeetingId, MemberId
from meetings.domain.voting import (
    BallotAnnulled,
    BallotAsked,
    BallotCast,
    BallotClosed,
    BallotEvent,
    BallotOpened,
    UrnOpened,
    VoteWithdrawn,
)


class Phase(StrEnum):
    """How far the meeting is."""

    UNPLANNED = "unplanned"
    PLANNED = "planned"
    CONVENED = "convened"
    OPEN = "open"
    ADJOURNED = "adjourned"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Meeting:
    """All the log says of one meeting. `seq` numbers its last event, `at` is when that was; `posted` maps a surface to
    its reference.
    """

    id: MeetingId
    seq: int = 0
    at: datetime | None = None
    phase: Phase = Phase.UNPLANNED
    plan: Planned | None = None
    standing: Standing = field(default_factory=Standing)
    agenda: Agenda = field(default_factory=Agenda)
    attendance: Attendance = field(default_factory=Attendance)
    floor: Floor = field(default_factory=Floor)
    gavel: Gavel = field(default_factory=Gavel)
    interludes: Interludes = field(default_factory=Interludes)
    ballots: Mapping[BallotId, Ballot] = field(default_factory=dict)
    asked: Mapping[Manner, tuple[MemberId, ...]] = field(default_factory=dict)
    recording: Recording = field(default_factory=Recording)
    review: Review = field(default_factory=Review)
    convened: datetime | None = None
    opened: datetime | None = None
    quorum: Opened | None = None
    adjourned: datetime | None = None
    draft: str = ""
    path: Path = field(default_factory=Path)
    amendments: Amendments = field(default_factory=Amendments)
    actions: tuple[Action, ...] = ()
    consent: Consent = field(default_factory=Consent)
    erasures: Erasures = field(default_factory=Erasures)
    posted: PersistentMap[str, str] = field(default_factory=PersistentMap)

    @property
    def rules(self) -> Rules:
        """The rules in force, as they were noted with the plan; a meeting reconvened for lack of quorum needs none."""
        noted = (self.plan and self.plan.rules) or BEFORE
        return noted.without_quorum() if self.plan and self.plan.waiver else noted

    @property
    def chair(self) -> MemberId | None:
        """Who holds the gavel: the chair, until it is handed to another."""
        return self.gavel.holder(self.attendance)

    @property
    def presiding(self) -> MemberId | None:
        """Who presides: who holds the gavel, while they are in the room."""
        return self.chair if self.chair in self.attendance.present else None

    @property
    def items(self) -> tuple[Item, ...]:
        """The agenda, in the order in which it is to be treated."""
        return self.agenda.items

    @property
    def current(self) -> int | None:
        """The number of the item in debate."""
        return self.agenda.current

    @property
    def item(self) -> Item | None:
        """The item in debate."""
        return self.agenda.item

    @property
    def running_ballot(self) -> Ballot | None:
        """The ballot that takes votes, if any."""
        return next((ballot for ballot in self.ballots.values() if ballot.running), None)

    def item_at(self, instant: datetime) -> int | None:
        """The number of the item in debate at that instant, or else of the last that was; None before the first."""
        return self.agenda.item_at(instant)

    @property
    def spoken(self) -> list[UtteranceRecorded]:
        """What was said, in order of its end, each voice once: without what another microphone had of it."""
        echoes = self.review.echoes()
        return [one for key, one in self.recording.utterances.items() if key not in echoes]

    def pending(self) -> list[UtteranceRecorded]:
        """What was said, of which the words are not known yet."""
        return [one for one in self.spoken if one.utterance not in self.recording.transcribed]

    def open_microphones(self) -> frozenset[MemberId]:
        """Whose microphone is open: the chair's and the speaker's; everybody's before, after and in recess."""
        if self.phase is not Phase.OPEN or self.interludes.recess:
            return frozenset(seat.member for seat in self.attendance.roster)
        speaker = {self.floor.speaker.member} if self.floor.speaker else set()
        return frozenset(speaker | ({self.chair} if self.chair else set()))


PARTS: dict[str, Any] = {
    "standing": Standing,
    "attendance": Attendance,
    "floor": Floor,
    "agenda": Agenda,
    "gavel": Gavel,
    "interludes": Interludes,
    "recording": Recording,
    "path": Path,
    "consent": Consent,
    "amendments": Amendments,
    "erasures": Erasures,
}
"""The parts of a meeting that evolve by themselves; each says which events it heeds."""

_HEEDED = {kind: tuple(name for name, part in PARTS.items() if kind in part.HEEDS) for kind in get_args(Event)}


def fold(meeting: MeetingId, log: Iterable[Recorded]) -> Meeting:
    """The state that a meeting's log says."""
    return after(Meeting(meeting), log)


def evolve(meeting: Meeting, recorded: Recorded) -> Meeting:
    """The meeting after one more event."""
    return after(meeting, (recorded,))


def after(meeting: Meeting, news: Iterable[Recorded]) -> Meeting:
    """The meeting after these events: the whole keeps what belongs to no part, then the parts that heed each evolve.

    The meeting given stays as it was: what changes is a copy of it, one for all the events. Events come in the order
    of their numbers; where the clock was set back, time stands still until it caught up.
    """
    now, at = replace(meeting), meeting.at
    fields = vars(now)
    for one in news:
        kind = type(one.event)
        if at and one.at < at:
            one = one._replace(at=at)
        at = one.at
        if kind in _OWN:
            now = _OWN[kind](now, one)
            fields = vars(now)
        for name in _HEEDED[kind]:
            fields[name] = fields[name].evolve(one)
        fields["seq"], fields["at"] = one.seq, at
    return now


def _course(meeting: Meeting, recorded: Recorded) -> Meeting:
    """After an event of the meeting as a whole."""
    at = recorded.at
    match recorded.event:
        case Planned() as plan:
            return replace(meeting, plan=plan, phase=Phase.PLANNED)
        case Rescheduled() | AgendaRevised() | RulesRevised():
            return replace(meeting, plan=revised(meeting.plan, recorded.event))
        case Cancelled():
            return replace(meeting, phase=Phase.CANCELLED)
        case Reinstated():
            return replace(meeting, phase=Phase.PLANNED)
        case Convened():
            return replace(meeting, phase=Phase.CONVENED, convened=at)
        case Opened() as quorum:
            return replace(meeting, phase=Phase.OPEN, opened=at, quorum=quorum)
        case ItemOpened():
            return replace(meeting, asked={})
        case ActionNoted() as noted:
            action = Action(noted, at, recorded.by, meeting.current)
            return replace(meeting, actions=(*meeting.actions, action))
        case Adjourned():
            return replace(meeting, phase=Phase.ADJOURNED, adjourned=at)
        case MinutesDrafted(digest=digest):
            return replace(meeting, draft=digest)
        case Posted(surface=surface, ref=ref):
            return replace(meeting, posted=meeting.posted | {surface: ref})
    return meeting


def _polled(meeting: Meeting, recorded: Recorded) -> Meeting:
    """After an event of a ballot: it hangs on the item in debate, and on the doors."""
    match recorded.event:
        case BallotAsked(member=member, manner=manner):
            return replace(meeting, asked={**meeting.asked, manner: (*meeting.asked.get(manner, ()), member)})
        case BallotOpened() as event:
            private = meeting.interludes.private is not None
            opened = replace(ballots.opened(recorded, event, meeting.current), private=private)
            return replace(_with_ballot(meeting, opened), asked={})
        case ClosedSessionPut(ballot=key):
            asking = meeting.interludes.asking
            return _with_ballot(meeting, replace(meeting.ballots[key], purpose=Purpose.CLOSED_SESSION, askers=asking))
        case BallotCast() | VoteWithdrawn() | UrnOpened() | BallotClosed() | BallotAnnulled() | VoteAmended() as event:
            return _with_ballot(meeting, meeting.ballots[event.ballot].evolve(recorded))
    return meeting


def _reviewed(meeting: Meeting, recorded: Recorded) -> Meeting:
    """After an event of the review: its lines are what was recorded."""
    return replace(meeting, review=meeting.review.evolve(recorded, meeting.recording.utterances))


def _with_ballot(meeting: Meeting, ballot: Ballot) -> Meeting:
    return replace(meeting, ballots={**meeting.ballots, ballot.id: ballot})


_OWN: Mapping[type[Event], Callable[[Meeting, Recorded], Meeting]] = {
    **dict.fromkeys((*get_args(CalendarEvent), Planned, Convened, Opened, ItemOpened, Adjourned), _course),
    **dict.fromkeys((ActionNoted, MinutesDrafted, Posted), _course),
    **dict.fromkeys((*get_args(BallotEvent), ClosedSessionPut, VoteAmended), _polled),
    **dict.fromkeys(get_args(ReviewEvent), _reviewed),
}
"""What an event changes that belongs to no part, or hangs on several."""
