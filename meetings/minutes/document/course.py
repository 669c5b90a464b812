"""The course of the session: its agenda, what was done to it, what interrupted it; and what followed from it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from meetings.domain.interludes import Kind
from meetings.domain.recount import When
from meetings.minutes.document.later import LATER


@dataclass(frozen=True, slots=True)
class Planned:
    """An item as the agenda had it; `minutes` is the time planned."""

    number: int
    title: str
    rapporteur: str = ""
    kind: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A further time at which an item was in debate."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing was recorded between these instants."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Interlude:
    """The session in recess, or behind closed doors; `until` is None while it is."""

    kind: Kind
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to the agenda (`item` is its number, `subject` its title) or with the gavel (`subject`)."""

    what: Literal["moved", "withdrawn", "postponed", "added", "gavel"]
    at: datetime
    by: str | None
    subject: str
    item: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, as a member formally noted it; `who` and `due` are None where that was not said."""

    what: str
    who: str | None
    due: date | None
    at: datetime
    by: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Rectification:
    """A member asked that their words read otherwise, and whether the secretary accepted.

    `accepted` is None while unanswered; `original` what the transcription had, empty for a remark on the whole.
    """

    name: str
    asked: str
    accepted: bool | None
    original: str = ""


@dataclass(frozen=True, slots=True)
class Recount:
    """A count of the quorum, that `needed` so many, is not what it was before an amendment.

    It was made at the opening, for an `item`, for the vote on a `question` or where the quorum was noted to fall.
    """

    when: When
    at: datetime
    before: int
    after: int
    needed: int
    item: int | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The record of somebody's presence, or of their vote on a `question`, put right after the session, and why.

    `before` and `after` are in words; `reason` is empty where its words were erased. `recounts` is what the quorum
    becomes.
    """

    name: str
    by: str
    at: datetime
    reason: str
    before: str
    after: str
    question: str = ""
    recounts: Annotated[tuple[Recount, ...], LATER] = ()


@dataclass(frozen=True, slots=True)
class Approved:
    """The council approved the minutes, by the decision with that number or (empty) because nobody objected."""

    at: datetime
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Approves:
    """At this moment the council approved the minutes of its meeting of that day; `decision` as in `Approved`."""

    at: datetime
    meeting: datetime
    decision: str = ""
