"""Motions put to the vote: opened, cast, closed, and how the result was reached."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from meetings.domain.change import replace
from meetings.domain.events import (
    BallotCast,
    BallotClosed,
    BallotId,
    BallotOpened,
    Choice,
    Event,
    MemberId,
    Recorded,
    Tally,
)
from meetings.domain.persistent import PersistentMap
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import MOTION_LIMIT, Rules


class Purpose(StrEnum):
    """What a ballot is for."""

    MOTION = "motion"  # what its words say
    CLOSED_SESSION = "closed-session"  # whether to close the doors, CGCT L2121-18: it has no words of its own


@dataclass(frozen=True)
class Ballot:
    """One motion put to the vote. In a secret ballot `votes` says who voted and every choice in it is None.

    `private`: it was opened behind closed doors, where who voted what is nobody else's. `asked`: who asked for it,
    where that is not simply the chair's to decide.
    """

    id: BallotId
    motion: str
    secret: bool
    item: int | None
    opened: datetime
    votes: PersistentMap[MemberId, Choice | None] = field(default_factory=PersistentMap)
    result: BallotClosed | None = None
    closed: datetime | None = None
    purpose: Purpose = Purpose.MOTION
    private: bool = False
    asked: tuple[MemberId, ...] = ()

    def evolve(self, recorded: Recorded) -> "Ballot":
        """The ballot after a vote, or its closing."""
        match recorded.event:
            case BallotCast(member=member, choice=choice):
                return replace(self, votes=self.votes | {member: choice})
            case BallotClosed() as result:
                return replace(self, result=result, closed=recorded.at)
        return self


def opened(recorded: Recorded, event: BallotOpened, item: int | None) -> Ballot:
    """The ballot that an event opens under the item in debate."""
    return Ballot(event.ballot, event.motion, event.secret, item, recorded.at)


def count(choices: Iterable[Choice | None]) -> Tally:
    """Count choices, one vote each."""
    counted = Counter(choices)
    return Tally(counted[Choice.FOR], counted[Choice.AGAINST], counted[Choice.ABSTAIN])


def open_ballot(running: Ballot | None, ballot: BallotId, motion: str, *, secret: bool) -> list[Event] | Refusal:
    """Put a motion to the vote: one at a time, with a text that fits."""
    if running:
        return Refusal(Code.BALLOT_RUNNING)
    if not motion.strip():
        return Refusal(Code.MOTION_EMPTY)
    if len(motion) > MOTION_LIMIT:
        return Refusal(Code.MOTION_TOO_LONG, {"limit": MOTION_LIMIT})
    return [BallotOpened(ballot, motion.strip(), secret)]


def cast(ballot: Ballot | None, member: MemberId, choice: Choice) -> list[Event] | Refusal:
    """Vote. A public vote may be changed until the closing; a sealed one stays as it is."""
    running = _running(ballot)
    if isinstance(running, Refusal):
        return running
    if running.votes.get(member) is choice or (running.secret and member in running.votes):
        return Refusal(Code.ALREADY_VOTED)
    return [BallotCast(running.id, member, None if running.secret else choice)]


def close(
    ballot: Ballot | None, slips: Iterable[Choice], decision: str, rules: Rules, chair: MemberId | None
) -> list[Event] | Refusal:
    """Count and settle. `slips` are the urn's, of a secret ballot only."""
    running = _running(ballot)
    if isinstance(running, Refusal):
        return running
    tally = count(slips if running.secret else running.votes.values())
    chairs = running.votes.get(chair) if chair else None
    outcome, why = rules.settle(tally, secret=running.secret, chair=chairs)
    return [BallotClosed(running.id, tally, outcome, why, decision)]


def _running(ballot: Ballot | None) -> Ballot | Refusal:
    if ballot is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    return Refusal(Code.BALLOT_CLOSED) if ballot.result else ballot
