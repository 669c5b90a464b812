"""Motions put to the vote: opened, cast, closed, and how the result was reached."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TypeAlias

from meetings.domain.change import replace
from meetings.domain.events import Event, Recorded
from meetings.domain.persistent import PersistentMap
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import MOTION_LIMIT, Rules
from meetings.domain.values import BallotId, Choice, Manner, MemberId, Outcome, Tally, Why
from meetings.domain.voting import BallotAsked, BallotCast, BallotClosed, BallotOpened, VoteWithdrawn

Asked: TypeAlias = Mapping[Manner, tuple[MemberId, ...]]
"""Who asked for which manner of voting, in order."""


class Purpose(StrEnum):
    """What a ballot is for."""

    MOTION = "motion"  # what its words say
    CLOSED_SESSION = "closed-session"  # whether to close the doors, CGCT L2121-18: it has no words of its own


@dataclass(frozen=True)
class Ballot:
    """One motion put to the vote, in the `manner` that enough of its `askers` asked for, if they did.

    In a secret ballot `votes` says who voted, and every choice in it is None but of who takes no part. `proxies` says
    of a vote cast for somebody absent who cast it. `private`: it was opened behind closed doors, where who voted what
    is nobody else's. `askers` of closed doors are those who asked for them.
    """

    id: BallotId
    motion: str
    secret: bool
    item: int | None
    opened: datetime
    manner: Manner | None = None
    askers: tuple[MemberId, ...] = ()
    votes: PersistentMap[MemberId, Choice | None] = field(default_factory=PersistentMap)
    proxies: Mapping[MemberId, MemberId] = field(default_factory=dict)
    result: BallotClosed | None = None
    closed: datetime | None = None
    purpose: Purpose = Purpose.MOTION
    private: bool = False

    def evolve(self, recorded: Recorded) -> "Ballot":
        """The ballot after a vote, or its closing."""
        match recorded.event:
            case BallotCast(member=member, choice=choice, proxy=proxy):
                return replace(self, votes=self.votes | {member: choice}, proxies=self._proxies(member, proxy))
            case VoteWithdrawn(member=member):
                votes = {voter: choice for voter, choice in self.votes.items() if voter != member}
                return replace(self, votes=PersistentMap(votes), proxies=self._proxies(member, None))
            case BallotClosed() as result:
                return replace(self, result=result, closed=recorded.at)
        return self

    def _proxies(self, voter: MemberId, proxy: MemberId | None) -> Mapping[MemberId, MemberId]:
        """Who cast the vote of whom, after the voter's own or, by `proxy`, another's."""
        if proxy is None and voter not in self.proxies:
            return self.proxies
        others = {giver: holder for giver, holder in self.proxies.items() if giver != voter}
        return {**others, voter: proxy} if proxy else others


def opened(recorded: Recorded, event: BallotOpened, item: int | None) -> Ballot:
    """The ballot that an event opens under the item in debate."""
    return Ballot(event.ballot, event.motion, event.secret, item, recorded.at, event.asked, event.askers)


def count(choices: Iterable[Choice | None]) -> Tally:
    """Count choices, one vote each."""
    counted = Counter(choices)
    return Tally(counted[Choice.FOR], counted[Choice.AGAINST], counted[Choice.ABSTAIN], counted[Choice.OUT])


def share(rules: Rules, manner: Manner) -> Fraction:
    """The share of those present that obtains this manner of voting; 0 where asking changes nothing."""
    return rules.ballots.secret if manner is Manner.SECRET else rules.ballots.roll_call


def askers_needed(rules: Rules, manner: Manner, present: int) -> int:
    """How many of those present must ask: the share at least (CGCT L2121-21)."""
    return max(1, ceil(share(rules, manner) * present))


def ask(asked: Asked, running: Ballot | None, member: MemberId, manner: Manner, rules: Rules) -> list[Event] | Refusal:
    """Ask for a manner of voting, before the vote is opened."""
    if not share(rules, manner):
        return Refusal(Code.MANNER_NOT_IN_RULES)
    if running:
        return Refusal(Code.VOTE_UNDER_WAY)
    return Refusal(Code.ASKED_ALREADY) if member in asked.get(manner, ()) else [BallotAsked(member, manner)]


def obtained(asked: Asked, present: Collection[MemberId], rules: Rules) -> tuple[Manner | None, tuple[MemberId, ...]]:
    """The manner that enough of those present ask for, and who they are; the secret ballot wins (L2121-21)."""
    for manner in (Manner.SECRET, Manner.ROLL_CALL):
        askers = tuple(member for member in asked.get(manner, ()) if member in present)
        if share(rules, manner) and len(askers) >= askers_needed(rules, manner, len(present)):
            return manner, askers
    return None, ()


def open_ballot(
    running: Ballot | None,
    ballot: BallotId,
    motion: str,
    *,
    secret: bool,
    asked: Manner | None = None,
    askers: tuple[MemberId, ...] = (),
) -> list[Event] | Refusal:
    """Put a motion to the vote: one at a time, with a text that fits, in the manner members asked for."""
    if running:
        return Refusal(Code.BALLOT_RUNNING)
    if not motion.strip():
        return Refusal(Code.MOTION_EMPTY)
    if len(motion) > MOTION_LIMIT:
        return Refusal(Code.MOTION_TOO_LONG, {"limit": MOTION_LIMIT})
    return [BallotOpened(ballot, motion.strip(), secret or asked is Manner.SECRET, asked, askers)]


def cast(
    ballot: Ballot | None, member: MemberId, choice: Choice, givers: Collection[MemberId] = ()
) -> list[Event] | Refusal:
    """Vote, and with it for the absent `givers` whom the voter represents: each has a vote of their own.

    A public vote may be changed until the closing; a sealed one stays as it is, and so does one's own of a giver.
    """
    running = _running(ballot)
    if isinstance(running, Refusal):
        return running
    told = None if running.secret and choice is not Choice.OUT else choice
    votes = [(member, None), *((giver, member) for giver in givers)]
    cast = [BallotCast(running.id, voter, told, proxy) for voter, proxy in votes if _new(running, voter, choice, proxy)]
    return list(cast) or Refusal(Code.ALREADY_VOTED)


def _new(ballot: Ballot, voter: MemberId, choice: Choice, proxy: MemberId | None) -> bool:
    """Whether such a vote changes anything that may still be changed."""
    if voter not in ballot.votes:
        return True
    earlier = ballot.proxies.get(voter)
    if ballot.secret or (proxy and earlier is None):
        return False
    return ballot.votes[voter] is not choice or earlier != proxy


def close(
    ballot: Ballot | None, slips: Iterable[Choice], decision: str, rules: Rules, chair: MemberId | None
) -> list[Event] | Refusal:
    """Count and settle. `slips` are the urn's, of a secret ballot only."""
    running = _running(ballot)
    if isinstance(running, Refusal):
        return running
    tally = count([*(slips if running.secret else ()), *running.votes.values()])
    chairs = running.votes.get(chair) if chair else None
    outcome, why = settle(rules, tally, secret=running.secret, chair=chairs)
    return [BallotClosed(running.id, tally, outcome, why, decision)]


def settle(rules: Rules, tally: Tally, *, secret: bool, chair: Choice | None) -> tuple[Outcome, Why]:
    """Absolute majority of the votes cast; a tie falls to the chair's vote, unless secret (CGCT L2121-20)."""
    if tally.for_ > tally.against:
        return Outcome.ADOPTED, Why.MAJORITY
    if tally.against > tally.for_:
        return Outcome.REJECTED, Why.MAJORITY
    if not tally.cast:
        return Outcome.REJECTED, Why.NO_VOTE
    if rules.ballots.casting_vote and not secret and chair in {Choice.FOR, Choice.AGAINST}:
        return (Outcome.ADOPTED if chair is Choice.FOR else Outcome.REJECTED), Why.CASTING_VOTE
    return Outcome.REJECTED, Why.TIE


def _running(ballot: Ballot | None) -> Ballot | Refusal:
    if ballot is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    return Refusal(Code.BALLOT_CLOSED) if ballot.result else ballot
