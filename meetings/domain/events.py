"""Everything that can happen to a meeting, as frozen records.

The log keeps these for ever, so they hold ids, times, choices of public ballots and digests: never a name, a spoken
word or a secret choice. A field is only ever added with a default; a change of meaning is a new event.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType

from meetings.domain.rules import Rules

MeetingId = NewType("MeetingId", str)
MemberId = NewType("MemberId", str)
BallotId = NewType("BallotId", str)
UtteranceId = NewType("UtteranceId", str)


class Role(StrEnum):
    """What a member does in the meeting."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class Choice(StrEnum):
    """A voter's choice on a motion."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    OUT = "out"  # does not take part in the vote; said openly, in a secret ballot too


class Manner(StrEnum):
    """A manner of voting that members may ask for (CGCT L2121-21)."""

    ROLL_CALL = "roll-call"
    SECRET = "secret"  # noqa: S105  a secret ballot


class Outcome(StrEnum):
    """What a ballot decided."""

    ADOPTED = "adopted"
    REJECTED = "rejected"


class Why(StrEnum):
    """The rule that settled a ballot."""

    MAJORITY = "majority"  # absolute majority of the votes cast, CGCT L2121-20
    CASTING_VOTE = "casting-vote"  # a tie; the chair's vote prevails, L2121-20
    TIE = "tie"  # a tie that no rule breaks: rejected
    NO_VOTE = "no-vote"  # nobody voted for or against


class Kind(StrEnum):
    """What a member asks the floor for."""

    SPEECH = "speech"
    PRO = "pro"
    CONTRA = "contra"
    REPLY = "reply"  # to who is being heard, or has just been
    RULES = "point-rules"  # point of order: the rules are not kept
    RECESS = "point-recess"  # point of order: suspend the session
    CLOSURE = "point-closure"  # point of order: end the debate
    VOTE = "point-vote"  # point of order: how the vote is to be taken

    @property
    def point(self) -> bool:
        """Whether it is a point of order."""
        return self.value.startswith("point-")


@dataclass(frozen=True, slots=True)
class Seat:
    """A member entitled to sit, with the role held in this meeting."""

    member: MemberId
    role: Role = Role.MEMBER
    college: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """A proxy still good from the meeting before; this is its `meetings`th meeting."""

    giver: MemberId
    holder: MemberId
    meetings: int


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item of the agenda as convened. `minutes` is the time planned for it."""

    number: int
    title: str
    minutes: int | None = None
    rapporteur: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted, one by one."""

    for_: int = 0
    against: int = 0
    abstain: int = 0
    out: int = 0

    @property
    def cast(self) -> int:
        """Votes cast (suffrages exprimés): abstentions do not count (CGCT L2121-20)."""
        return self.for_ + self.against


@dataclass(frozen=True, slots=True)
class Planned:
    """The meeting is on the calendar.

    `source` is the calendar's UID with its recurrence id; `channel` a platform's id; `place` as the calendar writes it;
    `following` the start of the meeting after this one, where the calendar knows it; `rules` those in force, None in
    logs from before they were noted; `proxies` those still good from the meeting before.
    """

    council: str
    title: str
    starts: datetime
    ends: datetime
    channel: str
    venue: Literal["stage", "voice"]
    lang: Literal["fr", "en"]
    items: tuple[PlannedItem, ...]
    roster: tuple[Seat, ...]
    source: str = ""
    place: str = ""
    following: datetime | None = None
    rules: Rules | None = None
    proxies: tuple[Mandate, ...] = ()


@dataclass(frozen=True, slots=True)
class Convened:
    """The hour has come: the room is open, the roll is being called."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A member entered the room."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class Left:
    """A member left the room."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class ProxyGiven:
    """A member gave another, in writing, the power to vote for them while absent (CGCT L2121-20)."""

    giver: MemberId
    holder: MemberId


@dataclass(frozen=True, slots=True)
class ProxyAccepted:
    """The holder took it on: from here on an absent giver is represented while the holder is there."""

    giver: MemberId


@dataclass(frozen=True, slots=True)
class ProxyEnded:
    """The giver took it back, or the holder gave it back."""

    giver: MemberId


@dataclass(frozen=True, slots=True)
class Opened:
    """The chair opened the session; the quorum counted then."""

    present: int
    needed: int


@dataclass(frozen=True, slots=True)
class ItemOpened:
    """The meeting came to this item of its agenda."""

    number: int


@dataclass(frozen=True, slots=True)
class Adjourned:
    """The chair closed the session."""


@dataclass(frozen=True, slots=True)
class HandRaised:
    """A member asked for the floor; `native` when by the platform's own means (request to speak on a stage).

    `kind` is what for, `to` whom a reply answers. Who asks anew for something else has one request: the new one.
    """

    member: MemberId
    native: bool = False
    kind: Kind = Kind.SPEECH
    to: MemberId | None = None


@dataclass(frozen=True, slots=True)
class HandLowered:
    """A member no longer asks for the floor."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """A member has the floor: the microphone opens; for `limit` seconds by the rules (0: for as long as it takes)."""

    member: MemberId
    limit: int = 0


@dataclass(frozen=True, slots=True)
class FloorTaken:
    """A member no longer has the floor: the microphone closes."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class HandSkipped:
    """The chair passed over a member, who now waits behind all others."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class SpeechPutBack:
    """The present speech, or the last one, is undone: the member waits where they waited, and its time counts not."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class SpeechExtended:
    """The chair gave the speaker more time, in seconds from the limit, or from now where that is past."""

    member: MemberId
    seconds: int


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The speaker's time is over; the chair is told."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class ListClosed:
    """The chair closed the list of speakers for the item in debate: points of order alone are still taken."""


@dataclass(frozen=True, slots=True)
class ListReopened:
    """The chair takes requests again; the next item does so by itself."""


@dataclass(frozen=True, slots=True)
class BallotAsked:
    """A member asked that the next vote be taken in this manner."""

    member: MemberId
    manner: Manner


@dataclass(frozen=True, slots=True)
class BallotOpened:
    """The chair put a motion to the vote; in the manner `asked` by enough members, the `askers`."""

    ballot: BallotId
    motion: str
    secret: bool
    asked: Manner | None = None
    askers: tuple[MemberId, ...] = ()


@dataclass(frozen=True, slots=True)
class BallotCast:
    """A member voted. `choice` is None in a secret ballot: the choice lies in the urn, with no name.

    `proxy` is who cast it for the member.
    """

    ballot: BallotId
    member: MemberId
    choice: Choice | None
    proxy: MemberId | None = None


@dataclass(frozen=True, slots=True)
class VoteWithdrawn:
    """A public vote cast by proxy is taken off the roll: the proxy ended before the closing."""

    ballot: BallotId
    member: MemberId


@dataclass(frozen=True, slots=True)
class BallotClosed:
    """The chair closed the vote; `decision` numbers it in the council's year (2026-014)."""

    ballot: BallotId
    tally: Tally
    outcome: Outcome
    why: Why
    decision: str


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """From here on the members' voices are kept."""


@dataclass(frozen=True, slots=True)
class RecordingInterrupted:
    """Nothing was recorded between these instants; the minutes say so."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class RecordingTroubled:
    """Recording met a difficulty (`code`: disk-full, ...); the chair was told."""

    code: str


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """The members' voices are no longer kept."""


@dataclass(frozen=True, slots=True)
class UtteranceRecorded:
    """A member spoke without a pause between these instants."""

    utterance: UtteranceId
    member: MemberId
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class UtteranceTranscribed:
    """The words of an utterance are known; they lie beside the chain under this SHA-256 digest."""

    utterance: UtteranceId
    digest: str
    model: str


@dataclass(frozen=True, slots=True)
class MinutesDrafted:
    """A draft of the minutes exists; `digest` is the SHA-256 of its canonical JSON."""

    digest: str


@dataclass(frozen=True, slots=True)
class Posted:
    """The meeting is drawn on this `surface` of a platform (event, floor, ballot:ID) under the platform's `ref`."""

    surface: str
    ref: str


Event = (
    Planned
    | Convened
    | Arrived
    | Left
    | ProxyGiven
    | ProxyAccepted
    | ProxyEnded
    | Opened
    | ItemOpened
    | Adjourned
    | HandRaised
    | HandLowered
    | FloorGiven
    | FloorTaken
    | HandSkipped
    | SpeechPutBack
    | SpeechExtended
    | TimeUp
    | ListClosed
    | ListReopened
    | BallotAsked
    | BallotOpened
    | BallotCast
    | VoteWithdrawn
    | BallotClosed
    | RecordingStarted
    | RecordingInterrupted
    | RecordingTroubled
    | RecordingStopped
    | UtteranceRecorded
    | UtteranceTranscribed
    | MinutesDrafted
    | Posted
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place in the log: `seq` counts from 1 in each meeting, `at` is UTC, `cause` what set it off."""

    meeting: MeetingId
    seq: int
    at: datetime
    by: MemberId | None
    cause: str
    event: Event
