"""The state of a meeting: a pure fold of its log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as later
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Any, ClassVar, get_args

from meetings.domain import ballot as ballots
from meetings.domain.actions import Action, ActionNoted
from meetings.domain.agenda import Agenda
from meetings.domain.agenda import Item as Item
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
from meetings.domain.persistent import PersistentList, PersistentMap
from meetings.domain.review import Review
from meetings.domain.rules import BEFORE, Rules
from meetings.domain.scheduling import Cancelled, Reinstated
from meetings.domain.standing import Standing, revised
from meetings.domain.tape import (
    RecordingEvent,
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    RecordingTroubled,
    UtteranceRecorded,
    UtteranceTranscribed,
)
from meetings.domain.values import BallotId, Manner, MeetingId, MemberId, UtteranceId
from meetings.domain.voting import (
    BallotAnnulled,
    BallotAsked,
    BallotCast,
    BallotClosed,
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
class Recording:
    """What is known of the recording: running or not, its holes, its troubles, the utterances in order of their end."""

    HEEDS: ClassVar = get_args(RecordingEvent)

    running: bool = False
    holes: PersistentList[tuple[datetime, datetime]] = field(default_factory=PersistentList)
    troubles: PersistentList[str] = field(default_factory=PersistentList)
    utterances: PersistentMap[UtteranceId, UtteranceRecorded] = field(default_factory=PersistentMap)
    transcribed: PersistentMap[UtteranceId, UtteranceTranscribed] = field(default_factory=PersistentMap)

    def pending(self) -> list[UtteranceRecorded]:
        """Utterances whose words are not known yet."""
        return [spoken for key, spoken in self.utterances.items() if key not in self.transcribed]

    def evolve(self, recorded: Recorded) -> "Recording":
        """The recording after an event."""
        match recorded.event:
            case RecordingStarted():
                return replace(self, running=True)
            case RecordingStopped():
                return replace(self, running=False)
            case RecordingInterrupted(start=start, end=end):
                return replace(self, holes=self.holes.plus((start, end)))
            case RecordingTroubled(code=code):
                return replace(self, troubles=self.troubles.plus(code))
            case UtteranceRecorded(utterance=key) as spoken:
                return replace(self, utterances=self.utterances | {key: spoken})
            case UtteranceTranscribed(utterance=key) as heard:
                return replace(self, transcribed=self.transcribed | {key: heard})
        return self


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
    ballots: PersistentMap[BallotId, Ballot] = field(default_factory=PersistentMap)
    asked: Mapping[Manner, tuple[MemberId, ...]] = field(default_factory=dict)
    recording: Recording = field(default_factory=Recording)
    review: Review = field(default_factory=Review)
    convened: datetime | None = None
    opened: datetime | None = None
    quorum: Opened | None = None
    adjourned: datetime | None = None
    draft: str = ""
    path: Path = field(default_factory=Path)
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

    def open_microphones(self) -> frozenset[MemberId]:
        """Whose microphone is open: the chair's and the speaker's; everybody's before, after and in recess."""
        if self.phase is not Phase.OPEN or self.interludes.recess:
            return frozenset(seat.member for seat in self.attendance.roster)
        speaker = {self.floor.speaker.member} if self.floor.speaker else set()
        return frozenset(speaker | ({self.chair} if self.chair else set()))


PHASES: Mapping[type[Event], Phase] = {
    Planned: Phase.PLANNED,
    Cancelled: Phase.CANCELLED,
    Reinstated: Phase.PLANNED,
    Convened: Phase.CONVENED,
    Opened: Phase.OPEN,
    Adjourned: Phase.ADJOURNED,
}
"""What leads to each."""


PARTS: dict[str, Any] = {
    "standing": Standing,
    "attendance": Attendance,
    "floor": Floor,
    "agenda": Agenda,
    "gavel": Gavel,
    "interludes": Interludes,
    "recording": Recording,
    "path": Path,
    "erasures": Erasures,
}
"""The parts of a meeting that evolve by themselves; each says which events it heeds."""

_HEEDED = {kind: tuple(name for name, part in PARTS.items() if kind in part.HEEDS) for kind in get_args(Event)}


def evolve(meeting: Meeting, recorded: Recorded) -> Meeting:
    """The meeting after one more event: the parts that heed it evolve, and the whole keeps what belongs to none."""
    before, recorded = meeting, _in_order(meeting, recorded)
    parts = {name: getattr(meeting, name).evolve(recorded) for name in _HEEDED[type(recorded.event)]}
    meeting = replace(
        meeting,
        seq=recorded.seq,
        at=recorded.at,
        phase=PHASES.get(type(recorded.event), meeting.phase),
        plan=revised(meeting.plan, recorded.event),
        review=meeting.review.evolve(recorded.seq, recorded.by, recorded.event, meeting.recording.utterances),
        actions=_with_action(meeting, recorded),
        consent=meeting.consent.evolve(recorded.at, recorded.event),
        **parts,
    )
    at = recorded.at
    match recorded.event:
        case Planned() as plan:
            return replace(meeting, plan=plan)
        case Convened():
            return replace(meeting, convened=at)
        case Opened() as quorum:
            return replace(meeting, opened=at, quorum=quorum)
        case ItemOpened():
            return replace(meeting, asked={})
        case BallotAsked(member=member, manner=manner):
            return replace(meeting, asked={**meeting.asked, manner: (*meeting.asked.get(manner, ()), member)})
        case Adjourned():
            return replace(meeting, adjourned=at)
        case BallotOpened(ballot=key) as event:
            private = meeting.interludes.private is not None
            opened = replace(ballots.opened(recorded, event, meeting.current), private=private)
            return replace(_with_ballot(meeting, opened, key), asked={})
        case ClosedSessionPut(ballot=key):
            doors = replace(meeting.ballots[key], purpose=Purpose.CLOSED_SESSION, askers=before.interludes.asking)
            return _with_ballot(meeting, doors, key)
        case (
            BallotCast(ballot=key)
            | VoteWithdrawn(ballot=key)
            | UrnOpened(ballot=key)
            | BallotClosed(ballot=key)
            | BallotAnnulled(ballot=key)
        ):
            return _with_ballot(meeting, meeting.ballots[key].evolve(recorded), key)
        case MinutesDrafted(digest=digest):
            return replace(meeting, draft=digest)
        case Posted(surface=surface, ref=ref):
            return replace(meeting, posted=meeting.posted | {surface: ref})
    return meeting


def fold(meeting: MeetingId, log: Iterable[Recorded]) -> Meeting:
    """The state that a meeting's log says."""
    return reduce(evolve, log, Meeting(meeting))


def _in_order(meeting: Meeting, recorded: Recorded) -> Recorded:
    """Events come in the order of their numbers; where the clock was set back, time stands still until it caught up."""
    return later(recorded, at=meeting.at) if meeting.at and recorded.at < meeting.at else recorded


def _with_action(meeting: Meeting, recorded: Recorded) -> tuple[Action, ...]:
    if not isinstance(noted := recorded.event, ActionNoted):
        return meeting.actions
    return (*meeting.actions, Action(noted, recorded.at, recorded.by, meeting.current))


def _with_ballot(meeting: Meeting, ballot: Ballot, key: BallotId) -> Meeting:
    return replace(meeting, ballots=meeting.ballots | {key: ballot})
