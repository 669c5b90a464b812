"""The minutes as one typed document: what every rendering, review and signature starts from.

It holds what a procès-verbal must (CGCT L2121-15). A fact nobody knows is None here, never a guess: renderings then say
`[à compléter : ...]`. Times are aware, in the council's own zone. Words of the council are already in `lang`, with its
typography; the labels around them are the renderings' business.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from meetings.domain.agenda import Fate
from meetings.domain.interludes import Kind
from meetings.domain.values import Choice, Form, Outcome, Role


@dataclass(frozen=True, slots=True)
class Attendee:
    """A member who was there, with the times of coming and going where they are not the session's own.

    `noted` is who noted the presence of a member who attended otherwise than in the room.
    """

    name: str
    college: str = ""
    role: Role = Role.MEMBER
    arrived: datetime | None = None
    left: datetime | None = None
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Represented:
    """A member absent who gave a proxy (pouvoir)."""

    name: str
    by: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Somebody came or went while the session lasted; `item` is the number of the item in debate, `noted` who noted it
    by hand."""

    name: str
    at: datetime
    arrived: bool
    item: int | None = None
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """The count of those present, with `proxies` of the represented too, at the opening or at an item (L2121-17)."""

    members: int
    needed: int
    present: int
    proxies: bool = False

    @property
    def reached(self) -> bool:
        """Whether enough were present."""
        return self.present >= self.needed


@dataclass(frozen=True, slots=True)
class Fall:
    """The quorum was lacking during the session; `until` is None where it did not come back."""

    since: datetime
    present: int
    needed: int
    until: datetime | None = None
    regained: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """An item as the agenda had it; `minutes` is the time planned."""

    number: int
    title: str
    rapporteur: str = ""
    kind: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What one utterance said; `text` is None where its words are not known, `utterance` leads to its sound."""

    text: str | None
    start: datetime
    seconds: float
    utterance: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """One member's words until another speaks, in paragraphs of passages."""

    speaker: str
    start: datetime
    seconds: float
    paragraphs: tuple[tuple[Passage, ...], ...]

    @property
    def doubtful(self) -> bool:
        """Whether a passage needs an ear."""
        return any(passage.doubtful or passage.text is None for part in self.paragraphs for passage in part)


@dataclass(frozen=True, slots=True)
class Vote:
    """One voter's choice in a public ballot; None for who could vote and did not. `by` is who cast it for them.

    `said` is what it was in words, where it was no motion.
    """

    name: str
    choice: Choice | None
    by: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """The votes of an option, of a candidate or of a position."""

    label: str
    votes: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a secret ballot: what it says, under the receipt that its voter alone knows."""

    receipt: str
    said: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """What was put to the vote. `votes` is empty in a secret ballot, `papers` in a public one.

    `outcome` is None while it is open, and of a vote annulled meanwhile; `annulled` is the reason. `counts` are those
    of a form other than a motion; `steps` say how the result was reached where one sentence does not.
    """

    question: str
    secret: bool
    opened: datetime
    closed: datetime | None
    for_: int
    against: int
    abstain: int
    not_voting: int
    votes: tuple[Vote, ...] = ()
    outcome: Outcome | None = None
    result: str | None = None
    request: str | None = None
    out: int = 0
    form: Form = Form.MOTION
    counts: tuple[Count, ...] = ()
    steps: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    annulled: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, numbered in the council's year (`2026-014`), in one sentence."""

    number: str
    sentence: str
    at: datetime


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
class Period:
    """A further time at which an item was in debate."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Presided:
    """Who presided from this moment on."""

    name: str
    since: datetime


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
class Amendment:
    """The record of somebody's presence, or of their vote on a `question`, put right after the session, and why.

    `before` and `after` are in words; `reason` is empty where its words were erased.
    """

    name: str
    by: str
    at: datetime
    reason: str
    before: str
    after: str
    question: str = ""


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


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the session: an item of the agenda, or (`plan` is None) its opening or its end.

    `opened` is None for an item that was not treated; `again` are the times at which it was returned to, `fate` what
    became of it where it was not treated to its end, `added` whether it came on the agenda during the session.
    """

    plan: Planned | None
    opened: datetime | None = None
    closed: datetime | None = None
    quorum: Quorum | None = None
    speeches: tuple[Speech, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    decisions: tuple[Decision, ...] = ()
    movements: tuple[Movement, ...] = ()
    gaps: tuple[Gap, ...] = ()
    interludes: tuple[Interlude, ...] = ()
    acts: tuple[Act, ...] = ()
    again: tuple[Period, ...] = ()
    fate: Fate | None = None
    added: bool = False
    falls: tuple[Fall, ...] = ()
    approves: tuple[Approves, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting's minutes. `sections` are in the order of the session: opening, items, end.

    `chair` presided at the opening; `presided` says from when others did, and the chair again. `rules` names those in
    force; None where the log does not note them. `reconvened` is when the council meets again where this meeting lacked
    its quorum; `waived` is when the meeting was held whose lack of quorum frees this one from it. `silenced`: now
    that the minutes are approved, the sound is deleted.
    """

    lang: Literal["fr", "en"]
    council: str
    title: str
    planned: datetime
    opened: datetime | None
    closed: datetime | None
    place: str | None
    chair: str | None
    secretary: str | None
    present: tuple[Attendee, ...]
    represented: tuple[Represented, ...]
    excused: tuple[str, ...]
    absent: tuple[str, ...]
    quorum: Quorum | None
    agenda: tuple[Planned, ...]
    sections: tuple[Section, ...]
    next_meeting: datetime | None = None
    unrecorded: tuple[str, ...] = ()
    model: str | None = None
    rules: str | None = None
    draft: bool = True
    form: int = 1
    presided: tuple[Presided, ...] = ()
    reconvened: datetime | None = None
    waived: datetime | None = None
    actions: tuple[Task, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    approved: Approved | None = None
    silenced: bool = False
    amendments: tuple[Amendment, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, in order."""
        return tuple(decision for section in self.sections for decision in section.decisions)


@cache
def _adapter() -> TypeAdapter[Minutes]:
    return TypeAdapter(Minutes)


def to_json(minutes: Minutes) -> str:
    """The document as JSON (UTF-8, keys sorted, two-space indent): the same document is always the same bytes."""
    return json.dumps(_adapter().dump_python(minutes, mode="json"), ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def from_json(text: str | bytes) -> Minutes:
    """The document back from its JSON. Raises ValueError (pydantic.ValidationError) where it is not one."""
    return _adapter().validate_json(text)
