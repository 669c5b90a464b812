"""A ballot's state: what is put to the vote and how, who voted, what came of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as later
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from meetings.domain.change import replace
from meetings.domain.count import Base, Threshold
from meetings.domain.events import Recorded
from meetings.domain.persistent import PersistentMap
from meetings.domain.record import VoteAmended
from meetings.domain.values import BallotId, Form, Manner, Mark, MemberId, Slip
from meetings.domain.voting import (
    BallotAnnulled,
    BallotCast,
    BallotClosed,
    BallotOpened,
    UrnOpened,
    VoteWithdrawn,
)

Value = TypeVar("Value")


class Purpose(StrEnum):
    """What a ballot is for."""

    MOTION = "motion"  # what its words say
    CLOSED_SESSION = "closed-session"  # whether to close the doors, CGCT L2121-18: it has no words of its own


@dataclass(frozen=True)
class Ballot:
    """What is put to the vote, in the `manner` that enough of its `askers` asked for, if they did.

    In a secret ballot `votes` says who voted, and every mark in it is None but of who takes no part; `slips` are the
    papers, once the urn is opened. `weights` are those that are not 1, `texts` what was said with a vote; `proxies`
    says of a vote cast for somebody absent who cast it. `private`: it was opened behind closed doors, where who voted
    what is nobody else's. `askers` of closed doors are those who asked for them. `annulled` is the reason. The other
    fields are `BallotOpened`'s.
    """

    id: BallotId
    motion: str
    secret: bool
    item: int | None
    opened: datetime
    manner: Manner | None = None
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
    votes: PersistentMap[MemberId, Mark | None] = field(default_factory=PersistentMap)
    weights: PersistentMap[MemberId, int] = field(default_factory=PersistentMap)
    texts: Mapping[MemberId, str] = field(default_factory=dict)
    proxies: Mapping[MemberId, MemberId] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    result: BallotClosed | None = None
    closed: datetime | None = None
    annulled: str | None = None
    purpose: Purpose = Purpose.MOTION
    private: bool = False

    @property
    def running(self) -> bool:
        """Whether votes are taken."""
        return self.result is None and self.annulled is None

    @property
    def places(self) -> int:
        """How many options, or candidates, there are."""
        return len(self.candidates) or len(self.options)

    def evolve(self, recorded: Recorded) -> "Ballot":
        """The ballot after a vote, its closing, or its annulment."""
        match recorded.event:
            case BallotCast() as cast:
                return self._cast(cast)
            case VoteWithdrawn(member=member):
                return self.with_vote(member, None)
            case UrnOpened(slips=slips):
                return replace(self, slips=slips)
            case BallotClosed() as result:
                return replace(self, result=result, closed=recorded.at)
            case BallotAnnulled(reason=reason):
                return replace(self, annulled=reason, closed=self.closed or recorded.at)
            case VoteAmended(member=member, mark=mark) as amended if self.result:
                figures: dict[str, Any] = {"tally": amended.tally, "why": amended.why, "total": amended.total}
                return replace(self.with_vote(member, mark), result=later(self.result, **figures))
        return self

    def with_vote(self, member: MemberId, mark: Mark | None) -> "Ballot":
        """The ballot had the member voted so, or (None) not at all."""
        if mark is not None:
            return replace(self, votes=self.votes | {member: mark})
        votes = {voter: cast for voter, cast in self.votes.items() if voter != member}
        proxies, texts = _with(self.proxies, member, None), _with(self.texts, member, None)
        return replace(self, votes=PersistentMap(votes), proxies=proxies, texts=texts)

    def _cast(self, cast: BallotCast) -> "Ballot":
        weighted = cast.weight != 1
        return replace(
            self,
            votes=self.votes.plus(cast.member, cast.mark),
            weights=self.weights | {cast.member: cast.weight} if weighted else self.weights,
            proxies=_with(self.proxies, cast.member, cast.proxy),
            texts=_with(self.texts, cast.member, cast.text or None),
        )

    def papers(self) -> Collection[tuple[Mark, int]]:
        """What was marked, with its weight: the roll's marks, and the slips once they are known."""
        marked = [(mark, self.weights.get(voter, 1)) for voter, mark in self.votes.items() if mark is not None]
        return [*marked, *((slip.mark, 1) for slip in self.slips)]


def opened(recorded: Recorded, event: BallotOpened, item: int | None) -> Ballot:
    """The ballot that an event opens under the item in debate."""
    return Ballot(
        event.ballot,
        event.motion,
        event.secret,
        item,
        recorded.at,
        event.asked,
        event.askers,
        event.form,
        event.options,
        event.candidates,
        event.seats,
        event.basis,
        event.threshold,
        event.deadline,
        event.key,
        event.commitment,
        event.round,
        event.of,
        event.waived,
    )


def _with(known: Mapping[MemberId, Value], member: MemberId, value: Value | None) -> Mapping[MemberId, Value]:
    """The same with the member's value, or without one; as it is where nothing changes."""
    if value is None and member not in known:
        return known
    others = {other: kept for other, kept in known.items() if other != member}
    return others if value is None else {**others, member: value}
