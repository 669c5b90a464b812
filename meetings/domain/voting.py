"""Events of voting: proxies, requests for a manner of voting, ballots opened, cast and closed.

As in `events`: a field is only ever added with a default; a change of meaning is a new event.
"""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.count import Base, Threshold
from meetings.domain.values import BallotId, Form, Manner, Mark, MemberId, Outcome, Slip, Tally, Why


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
class BallotAsked:
    """A member asked that the next vote be taken in this manner."""

    member: MemberId
    manner: Manner


@dataclass(frozen=True, slots=True)
class BallotOpened:
    """The chair put a motion to the vote; in the manner `asked` by enough members, the `askers`.

    A ballot that elects has `options` in words or, where they are members, `candidates`. `basis` and `threshold` say
    what a motion or a choice among options needs. `key` is a secret ballot's public key, and `commitment` the SHA-256
    of the seed that settles a tie by lot (see `meetings.domain.lot`), both in hexadecimal. `round` is an appointment's,
    `of` the ballot of the round before. `waived`: nobody present objected to a public vote where the rules want a
    secret one.
    """

    ballot: BallotId
    motion: str
    secret: bool
    asked: Manner | None = None
    askers: tuple[MemberId, ...] = ()
    form: Form = Form.MOTION
    options: tuple[str, ...] = ()
    candidates: tuple[MemberId, ...] = ()
    seats: int = 1
    basis: Base = Base.CAST
    threshold: Threshold = Threshold.ABSOLUTE
    deadline: datetime | None = None
    key: str = ""
    commitment: str = ""
    round: int = 1
    of: BallotId | None = None
    waived: bool = False


@dataclass(frozen=True, slots=True)
class BallotCast:
    """A member voted, with so much `weight`. `mark` is None in a secret ballot: it lies sealed in the urn, nameless.

    `proxy` is who cast it for the member; `text` an objection's or a reservation's words.
    """

    ballot: BallotId
    member: MemberId
    mark: Mark | None
    proxy: MemberId | None = None
    text: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class VoteWithdrawn:
    """A public vote cast by proxy is taken off the roll: the proxy ended before the closing."""

    ballot: BallotId
    member: MemberId


@dataclass(frozen=True, slots=True)
class UrnOpened:
    """A secret ballot's papers, published in the order of their receipts: the voters' was never kept."""

    ballot: BallotId
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class BallotClosed:
    """The vote is closed; `decision` numbers it in the council's year (2026-014), empty where nothing was decided.

    `elected` are options' or candidates' numbers, in order of election; `counts` the votes of each at the first count.
    `total` is what the threshold was measured against. `seed` is revealed where a lot was drawn.
    """

    ballot: BallotId
    tally: Tally
    outcome: Outcome
    why: Why
    decision: str
    elected: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    total: int = 0
    seed: str = ""


@dataclass(frozen=True, slots=True)
class BallotAnnulled:
    """The chair annulled the vote, running or closed; its decision's number stays used."""

    ballot: BallotId
    reason: str


ProxyEvent = ProxyGiven | ProxyAccepted | ProxyEnded

BallotEvent = BallotAsked | BallotOpened | BallotCast | VoteWithdrawn | UrnOpened | BallotClosed | BallotAnnulled
