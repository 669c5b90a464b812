"""The quorum counted anew: what becomes of each count of a session when presences are put right afterwards.

It counts at the opening, each item and each vote (CGCT L2121-17 and its case law), and where it was noted to fall.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from meetings.domain.attendance import Attendance
from meetings.domain.ballot import Ballot
from meetings.domain.meeting import Meeting
from meetings.domain.record import PresenceAmended, Stay
from meetings.domain.values import BallotId


class When(StrEnum):
    """What the quorum was counted for."""

    OPENING = "opening"
    ITEM = "item"
    VOTE = "vote"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Count:
    """A moment at which it was counted; `item` and `ballot` say which."""

    when: When
    at: datetime
    item: int | None = None
    ballot: BallotId | None = None


@dataclass(frozen=True, slots=True)
class Recount:
    """A count that is not what it was; `needed` is the quorum."""

    count: Count
    before: int
    after: int
    needed: int

    @property
    def lost(self) -> bool:
        """Whether there was a quorum, and is none."""
        return self.before >= self.needed > self.after


def recounted(meeting: Meeting, event: PresenceAmended) -> tuple[Recount, ...]:
    """The counts that this amendment would change."""
    roll = meeting.attendance
    return _compared(meeting, roll, roll.amended(event))


def unseated(meeting: Meeting, event: PresenceAmended) -> tuple[BallotId, ...]:
    """The ballots in which the member voted, while they would have been away by this amendment and were not before."""
    voted = (one for one in meeting.ballots.values() if event.member in one.votes and event.member not in one.proxies)
    return tuple(
        one.id for one in voted if not one.private and _there(event.before, one) and not _there(event.stays, one)
    )


def history(meeting: Meeting) -> tuple[tuple[Recount, ...], ...]:
    """The counts that each amendment of the record changed, in the order of `meeting.amendments`."""
    found: list[tuple[Recount, ...]] = []
    for event, before, after in _undone(meeting):
        found.append(_compared(meeting, before, after) if isinstance(event, PresenceAmended) else ())
    return tuple(reversed(found))


def as_noted(meeting: Meeting) -> Attendance:
    """The roll as the session had it, before any amendment."""
    roll = meeting.attendance
    for _, before, _ in _undone(meeting):
        roll = before
    return roll


def _undone(meeting: Meeting) -> Iterator[tuple[object, Attendance, Attendance]]:
    """Each amendment, the last one first, with the roll before it and after."""
    roll = meeting.attendance
    for one in reversed(meeting.amendments.all):
        after, event = roll, one.event
        if isinstance(event, PresenceAmended):
            roll = after.amended(replace(event, stays=event.before, excused=False))
        yield event, roll, after


def _compared(meeting: Meeting, before: Attendance, after: Attendance) -> tuple[Recount, ...]:
    rules, needed = meeting.rules, after.needed(meeting.rules)
    both = ((one, before.counted(rules, one.at), after.counted(rules, one.at)) for one in _counts(meeting))
    return tuple(Recount(one, was, now, needed) for one, was, now in both if was != now)


def _there(stays: tuple[Stay, ...], ballot: Ballot) -> bool:
    """Whether some of these stays was while votes were taken."""
    closed = ballot.closed or ballot.opened
    return any(one.since <= closed and (one.until is None or ballot.opened <= one.until) for one in stays)


def _counts(meeting: Meeting) -> list[Count]:
    """In order of time."""
    found = [Count(When.OPENING, meeting.opened)] if meeting.opened else []
    found += [Count(When.ITEM, once.since, item.plan.number) for item in meeting.items for once in item.openings]
    ballots = (one for one in meeting.ballots.values() if not one.private)  # of those, minutes tell the decision alone
    found += [Count(When.VOTE, one.opened, one.item, one.id) for one in ballots]
    found += [Count(When.FALL, fall.since) for fall in meeting.attendance.falls]
    return sorted(found, key=lambda one: (one.at, one.when is not When.OPENING))
