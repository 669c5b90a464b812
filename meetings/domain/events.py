"""Everything that can happen to a meeting, as frozen records; here what happens to the meeting as a whole.

The log keeps these for ever, so they hold ids, times, choices of public ballots and digests: never a name, a spoken
word or a secret choice. A field is only ever added with a default; a change of meaning is a new event.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from meetings.domain.actions import ActionNoted
from meetings.domain.approval import ApprovalEvent
from meetings.domain.conduct import (
    AgendaEvent,
    ClosedSessionAsked,
    ClosedSessionBegun,
    ClosedSessionEnded,
    ClosedSessionPut,
    GavelHanded,
    Resumed,
    Suspended,
)
from meetings.domain.consent import ConsentEvent
from meetings.domain.debate import FloorEvent
from meetings.domain.erasure import ErasureEvent
from meetings.domain.presence import RollEvent
from meetings.domain.record import RecordEvent
from meetings.domain.review import ReviewEvent
from meetings.domain.rules import Rules
from meetings.domain.scheduling import CalendarEvent
from meetings.domain.tape import RecordingEvent
from meetings.domain.values import Entry, Mandate, MeetingId, MemberId, PlannedItem, Seat, Waiver
from meetings.domain.voting import BallotEvent, ProxyEvent


@dataclass(frozen=True, slots=True)
class Planned:
    """The meeting is on the calendar.

    `source` is the calendar's UID with its recurrence id, `entry` more of that event, None in logs from
    before it was noted; `channel` is a platform's id; `place` as the calendar writes it;
    `following` the start of the meeting after this one, where the calendar knows it; `rules` those in force, None in
    logs from before they were noted; `proxies` those still good from the meeting before; `waiver` why it needs no
    quorum, where it needs none.
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
    waiver: Waiver | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Convened:
    """The hour has come: the room is open, the roll is being called."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A member entered the room, or (`elsewhere`) it is noted by hand that they attend otherwise, until noted again."""

    member: MemberId
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A member left the room; who attended elsewhere was noted to have gone."""

    member: MemberId


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
    | ProxyEvent
    | Opened
    | ItemOpened
    | Adjourned
    | FloorEvent
    | BallotEvent
    | RecordingEvent
    | MinutesDrafted
    | Posted
    | Suspended
    | Resumed
    | ClosedSessionAsked
    | ClosedSessionPut
    | ClosedSessionBegun
    | ClosedSessionEnded
    | AgendaEvent
    | GavelHanded
    | RollEvent
    | ReviewEvent
    | CalendarEvent
    | ApprovalEvent
    | ActionNoted
    | ConsentEvent
    | ErasureEvent
    | RecordEvent
)


class Recorded(NamedTuple):
    """An event in its place in the log: `seq` counts from 1 in each meeting, `at` is UTC, `cause` what set it off."""

    meeting: MeetingId
    seq: int
    at: datetime
    by: MemberId | None
    cause: str
    event: Event
