"""What one may ask of a vote; `commands` has these among all others."""

from dataclasses import dataclass

from meetings.domain.command import Command
from meetings.domain.count import Base, Threshold
from meetings.domain.values import BallotId, Form, Manner, Mark, MemberId, Slip


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBallot(Command):
    """Ask that the next vote be taken in this manner, for oneself."""

    manner: Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBallot(Command):
    """Put a motion to the vote (chair).

    `options` in words, or `candidates` who are members, for a form that elects. `basis` and `threshold` are the rules'
    where they are None. `minutes` until it is closed by itself. `waive_secret`: nobody present objects to a public
    vote. The council adds the public `key` and the seed's `commitment`.
    """

    ballot: BallotId
    motion: str
    secret: bool = False
    form: Form = Form.MOTION
    options: tuple[str, ...] = ()
    candidates: tuple[MemberId, ...] = ()
    seats: int = 1
    basis: Base | None = None
    threshold: Threshold | None = None
    minutes: int | None = None
    waive_secret: bool = False
    key: str = ""
    commitment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRound(Command):
    """Hold an appointment's next round, as `ballot`, after the round `of` in which nobody was elected (chair)."""

    ballot: BallotId
    of: BallotId
    minutes: int | None = None
    key: str = ""
    commitment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote(Command):
    """Vote, for oneself and whom one represents. `text`: the words of an objection or a reservation."""

    ballot: BallotId
    mark: Mark
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBallot(Command):
    """Close the vote (chair; by nobody at its deadline).

    The council adds what only the log knows: the urn's slips, the seed for a lot and the decision's number.
    """

    ballot: BallotId
    slips: tuple[Slip, ...] = ()
    seed: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulBallot(Command):
    """Annul a vote, running or closed, for a reason (chair)."""

    ballot: BallotId
    reason: str
