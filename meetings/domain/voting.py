"""Events of voting: proxies, requests for a manner of voting, ballots opened, cast and closed.

As in `events`: a field is only ever added with a default; a change of meaning is a new event.
"""

from dataclasses import dataclass

from meetings.domain.values import BallotId, Choice, Manner, MemberId, Outcome, Tally, Why


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


ProxyEvent = ProxyGiven | ProxyAccepted | ProxyEnded

BallotEvent = BallotAsked | BallotOpened | BallotCast | VoteWithdrawn | BallotClosed
