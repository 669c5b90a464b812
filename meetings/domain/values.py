"""What events are made of: identifiers, roles, forms of ballot, marks, a seat, an item as convened, votes counted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

MeetingId = NewType("MeetingId", str)
MemberId = NewType("MemberId", str)
BallotId = NewType("BallotId", str)
UtteranceId = NewType("UtteranceId", str)
RequestId = NewType("RequestId", str)


class Role(StrEnum):
    """What a member does in the meeting."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item of the agenda as convened. `minutes` is the time planned for it."""

    number: int
    title: str
    minutes: int | None = None
    rapporteur: str = ""
    kind: str = ""


class Form(StrEnum):
    """What a ballot asks of a voter, and so how it is counted; `marks` says how each answer is spelled."""

    MOTION = "motion"  # for or against
    OPTIONS = "options"  # one of several options
    APPOINTMENT = "appointment"  # one of several candidates, in up to three rounds (CGCT L2121-21)
    IRV = "irv"  # an order; instant runoff, one seat
    STV = "stv"  # an order; single transferable vote, Scottish rule of 2007
    APPROVAL = "approval"  # every option one approves
    JUDGEMENT = "judgement"  # a grade for each option
    CONSENT = "consent"  # consent, or an objection with its words

    @property
    def elects(self) -> bool:
        """Whether it chooses among options or candidates."""
        return self not in {Form.MOTION, Form.CONSENT}

    @property
    def ranks(self) -> bool:
        """Whether a voter puts the options in an order."""
        return self in {Form.IRV, Form.STV}


Mark = NewType("Mark", str)
"""What one voter says, in one spelling a form: see `marks`."""


class Choice(StrEnum):
    """A mark on a motion; whoever votes may abstain, and take no part, in a ballot of any form."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"  # a blank paper, where there are papers
    OUT = "out"  # does not take part in the vote; said openly, in a secret ballot too


class Manner(StrEnum):
    """A manner of voting that members may ask for (CGCT L2121-21)."""

    ROLL_CALL = "roll-call"
    SECRET = "secret"  # noqa: S105  a secret ballot


class Outcome(StrEnum):
    """What a ballot decided."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    CHOSEN = "chosen"  # among options or candidates
    UNDECIDED = "undecided"  # nothing and nobody is chosen: another round, or another vote


class Why(StrEnum):
    """The rule that settled a ballot."""

    MAJORITY = "majority"  # absolute majority of the votes cast, CGCT L2121-20
    CASTING_VOTE = "casting-vote"  # a tie; the chair's vote prevails, L2121-20
    TIE = "tie"  # a tie that no rule breaks: rejected
    NO_VOTE = "no-vote"  # nobody voted for or against
    THRESHOLD = "threshold"  # another majority, or of another base
    COUNT = "count"  # the form's own count; its steps say how
    CONSENT = "consent"  # nobody objects
    OBJECTION = "objection"  # somebody does
    NEXT_ROUND = "next-round"  # nobody has the absolute majority in rounds one and two, L2121-21


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
class Entry:
    """The calendar's event behind a meeting (RFC 5545): by what it is known again, and how new its state is.

    `recurrence_id` is empty for an event that happens once.
    """

    uid: str
    recurrence_id: str = ""
    url: str = ""
    sequence: int = 0
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """A proxy still good from the meeting before; this is its `meetings`th meeting."""

    giver: MemberId
    holder: MemberId
    meetings: int


@dataclass(frozen=True, slots=True)
class Waiver:
    """A meeting needs no quorum where that of this `meeting`, held then, was lacking (CGCT L2121-17)."""

    meeting: MeetingId
    held: datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """A paper of a secret ballot, as it is published at the closing; `receipt` tells it to its voter alone."""

    receipt: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted, with their weight. Of an election, `for_` counts the papers that name somebody; of consent, those
    who consent, and `against` those who object.
    """

    for_: int = 0
    against: int = 0
    abstain: int = 0
    out: int = 0

    @property
    def cast(self) -> int:
        """Votes cast (suffrages exprimés): abstentions do not count (CGCT L2121-20)."""
        return self.for_ + self.against
