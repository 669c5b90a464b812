"""Events that put the record right once the session is over: who was there, and what somebody voted.

Each is an act of its own; what was noted at the time stays in the log. As in `events`: a field is only ever added with
a default; a change of meaning is a new event. A `reason` names words that lie beside the chain, `digest` is the SHA-256
of them.
"""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.values import BallotId, Mark, MemberId, RequestId, Tally, Why


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in the room; `until` None for who stayed to the end."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PresenceAmended:
    """The member was there during these `stays`, and at no other time; `before` is what the roll said."""

    member: MemberId
    stays: tuple[Stay, ...]
    before: tuple[Stay, ...]
    excused: bool
    reason: RequestId
    digest: str


@dataclass(frozen=True, slots=True)
class VoteAmended:
    """What a member voted in a public ballot was this `mark` (None: they did not vote), and not that of `before`.

    `tally`, `why` and `total` are the result's own now (see `BallotClosed`); what it decided is what was proclaimed.
    """

    ballot: BallotId
    member: MemberId
    mark: Mark | None
    before: Mark | None
    tally: Tally
    why: Why
    total: int
    reason: RequestId
    digest: str


RecordEvent = PresenceAmended | VoteAmended
