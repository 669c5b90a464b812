"""The state of a meeting: a pure fold of its log."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce

from meetings.domain import ballot as ballots
from meetings.domain.attendance import Attendance
from meetings.domain.ballot import Ballot
from meetings.domain.events import (
    Adjourned,
    BallotAsked,
    BallotCast,
    BallotClosed,
    BallotId,
    BallotOpened,
    Convened,
    ItemOpened,
    Manner,
    MeetingId,
    MemberId,
    MinutesDrafted,
    Opened,
    Planned,
    PlannedItem,
    Posted,
    Recorded,
    RecordingInterrupted,
    RecordingStarted,
    RecordingStopped,
    RecordingTroubled,
    Role,
    UtteranceId,
    UtteranceRecorded,
    UtteranceTranscribed,
    VoteWithdrawn,
)
from meetings.domain.floor import Floor
from meetings.domain.rules import BEFORE, Rules


class Phase(StrEnum):
    """How far the meeting is."""

    UNPLANNED = "unplanned"
    PLANNED = "planned"
    CONVENED = "convened"
    OPEN = "open"
    ADJOURNED = "adjourned"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda and when the meeting was at it."""

    plan: PlannedItem
    opened: datetime | None = None
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """What is known of the recording: running or not, its holes, its troubles, the utterances in order of their end."""

    running: bool = False
    holes: tuple[tuple[datetime, datetime], ...] = ()
    troubles: tuple[str, ...] = ()
    utterances: dict[UtteranceId, UtteranceRecorded] = field(default_factory=dict)
    transcribed: dict[UtteranceId, UtteranceTranscribed] = field(default_factory=dict)

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
                return replace(self, holes=(*self.holes, (start, end)))
            case RecordingTroubled(code=code):
                return replace(self, troubles=(*self.troubles, code))
            case UtteranceRecorded(utterance=key) as spoken:
                return replace(self, utterances={**self.utterances, key: spoken})
            case UtteranceTranscribed(utterance=key) as heard:
                return replace(self, transcribed={**self.transcribed, key: heard})
        return self


@dataclass(frozen=True, slots=True)
class Meeting:
    """All the log says of one meeting. `seq` numbers its last event; `posted` maps a surface to its reference."""

    id: MeetingId
    seq: int = 0
    phase: Phase = Phase.UNPLANNED
    plan: Planned | None = None
    items: tuple[Item, ...] = ()
    current: int | None = None
    attendance: Attendance = field(default_factory=Attendance)
    floor: Floor = field(default_factory=Floor)
    ballots: dict[BallotId, Ballot] = field(default_factory=dict)
    asked: dict[Manner, tuple[MemberId, ...]] = field(default_factory=dict)
    recording: Recording = field(default_factory=Recording)
    convened: datetime | None = None
    opened: datetime | None = None
    quorum: Opened | None = None
    adjourned: datetime | None = None
    draft: str = ""
    posted: dict[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """The rules in force, as they were noted with the plan."""
        return (self.plan and self.plan.rules) or BEFORE

    @property
    def chair(self) -> MemberId | None:
        """Who presides."""
        return self.attendance.holder(Role.CHAIR)

    @property
    def item(self) -> Item | None:
        """The item in debate."""
        return next((item for item in self.items if item.plan.number == self.current), None)

    @property
    def running_ballot(self) -> Ballot | None:
        """The motion being voted, if any."""
        return next((ballot for ballot in self.ballots.values() if ballot.result is None), None)

    def item_at(self, instant: datetime) -> int | None:
        """The number of the item in debate at that instant; None before the first."""
        begun = [item for item in self.items if item.opened and item.opened <= instant]
        return max(begun, key=lambda item: item.opened or instant).plan.number if begun else None

    def open_microphones(self) -> frozenset[MemberId]:
        """Whose microphone is open: the chair's and the speaker's; everybody's before the session and after it."""
        if self.phase is not Phase.OPEN:
            return frozenset(seat.member for seat in self.attendance.roster)
        speaker = {self.floor.speaker.member} if self.floor.speaker else set()
        return frozenset(speaker | ({self.chair} if self.chair else set()))


def evolve(meeting: Meeting, recorded: Recorded) -> Meeting:
    """The meeting after one more event: every part sees every event, and the whole keeps what belongs to none."""
    meeting = replace(
        meeting,
        seq=recorded.seq,
        attendance=meeting.attendance.evolve(recorded),
        floor=meeting.floor.evolve(recorded),
        recording=meeting.recording.evolve(recorded),
    )
    at = recorded.at
    match recorded.event:
        case Planned() as plan:
            items = tuple(Item(item) for item in plan.items)
            return replace(meeting, phase=Phase.PLANNED, plan=plan, items=items)
        case Convened():
            return replace(meeting, phase=Phase.CONVENED, convened=at)
        case Opened() as quorum:
            return replace(meeting, phase=Phase.OPEN, opened=at, quorum=quorum)
        case ItemOpened(number=number):
            return replace(_close_item(meeting, at, then=number), current=number, asked={})
        case BallotAsked(member=member, manner=manner):
            return replace(meeting, asked={**meeting.asked, manner: (*meeting.asked.get(manner, ()), member)})
        case Adjourned():
            return replace(_close_item(meeting, at), phase=Phase.ADJOURNED, adjourned=at, current=None)
        case BallotOpened(ballot=key) as event:
            return replace(_with_ballot(meeting, ballots.opened(recorded, event, meeting.current), key), asked={})
        case BallotCast(ballot=key) | VoteWithdrawn(ballot=key) | BallotClosed(ballot=key):
            return _with_ballot(meeting, meeting.ballots[key].evolve(recorded), key)
        case MinutesDrafted(digest=digest):
            return replace(meeting, draft=digest)
        case Posted(surface=surface, ref=ref):
            return replace(meeting, posted={**meeting.posted, surface: ref})
    return meeting


def fold(meeting: MeetingId, log: Iterable[Recorded]) -> Meeting:
    """The state that a meeting's log says."""
    return reduce(evolve, log, Meeting(meeting))


def _with_ballot(meeting: Meeting, ballot: Ballot, key: BallotId) -> Meeting:
    return replace(meeting, ballots={**meeting.ballots, key: ballot})


def _close_item(meeting: Meeting, at: datetime, then: int | None = None) -> Meeting:
    def touched(item: Item) -> Item:
        if item.plan.number == then:
            return replace(item, opened=item.opened or at, closed=None)
        return replace(item, closed=at) if item.plan.number == meeting.current else item

    return replace(meeting, items=tuple(touched(item) for item in meeting.items))
