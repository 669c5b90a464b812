"""What was put to the vote, and what was decided."""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.values import Choice, Form, Outcome


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
