"""The minutes as one typed document: what every rendering, review and signature starts from.

It holds what a procès-verbal must (CGCT L2121-15). A fact nobody knows is None here, never a guess: renderings then say
`[à compléter : ...]`. Times are aware, in the council's own zone. Words of the council are already in `lang`, with its
typography; the labels around them are the renderings' business.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from meetings.domain.agenda import Fate
from meetings.domain.rules import Transcript
from meetings.minutes.document.attendance import Attendee, Fall, Movement, Presided, Quorum, Represented
from meetings.minutes.document.course import (
    Act,
    Amendment,
    Approved,
    Approves,
    Gap,
    Interlude,
    Period,
    Planned,
    Recount,
    Rectification,
    Task,
)
from meetings.minutes.document.debate import Claim, Passage, Quote, Source, Speech
from meetings.minutes.document.later import LATER
from meetings.minutes.document.voting import Ballot, Count, Decision, Paper, Vote

__all__ = [
    "Act",
    "Amendment",
    "Approved",
    "Approves",
    "Attendee",
    "Ballot",
    "Claim",
    "Count",
    "Decision",
    "Fall",
    "Gap",
    "Interlude",
    "Minutes",
    "Movement",
    "Paper",
    "Passage",
    "Period",
    "Planned",
    "Presided",
    "Quorum",
    "Quote",
    "Recount",
    "Rectification",
    "Represented",
    "Section",
    "Source",
    "Speech",
    "Task",
    "Vote",
    "from_json",
    "to_json",
]


_IN_PLACE = Field(exclude_if=lambda value: value is Transcript.PLACE)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the session: an item of the agenda, or (`plan` is None) its opening or its end.

    `opened` is None for an item that was not treated; `again` are the times at which it was returned to, `fate` what
    became of it where it was not treated to its end, `added` whether it came on the agenda during the session.
    `substance` are the sentences that carry the debate, `summary` what a language model made of it instead.
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
    substance: Annotated[tuple[Quote, ...], LATER] = ()
    summary: Annotated[tuple[Claim, ...], LATER] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting's minutes. `sections` are in the order of the session: opening, items, end.

    `chair` presided at the opening; `presided` says from when others did, and the chair again. `rules` names those in
    force; None where the log does not note them. `reconvened` is when the council meets again where this meeting lacked
    its quorum; `waived` is when the meeting was held whose lack of quorum frees this one from it. `silenced`: now
    that the minutes are approved, the sound is deleted. `transcript` is where the speeches stand (where nowhere, there
    are none); `summariser` is the language model that wrote summaries, of which so many sentences were `struck`;
    `chosen` is of how many sentences somebody said whether they are of the substance.
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
    amendments: Annotated[tuple[Amendment, ...], LATER] = ()
    transcript: Annotated[Transcript, _IN_PLACE] = Transcript.PLACE
    summariser: Annotated[str | None, LATER] = None
    struck: Annotated[int, LATER] = 0
    chosen: Annotated[int, LATER] = 0

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
