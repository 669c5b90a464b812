"""Who speaks first: a declared list of criteria, one after the other, and for everybody the reason why.

The queue is filled place by place: each goes to the request that the criteria put first, as if all before it had been
heard. So colleges and sides take turns within the queue, and what is shown is what will happen.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from meetings.domain.rules import Criterion
from meetings.domain.values import Kind, MemberId


class Request(NamedTuple):
    """A raised hand; `seq` is its number in the log, and with it the order of arrival."""

    member: MemberId
    since: datetime
    native: bool = False
    kind: Kind = Kind.SPEECH
    to: MemberId | None = None
    seq: int = 0
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """Who goes before somebody, and the first criterion on which they differ: `skipped` is the chair's own act."""

    member: MemberId
    by: Criterion | Literal["skipped"]


@dataclass(slots=True)
class Heard:
    """What has been heard on the item: who has spoken, and how often each college and each side."""

    members: set[MemberId] = field(default_factory=set)
    colleges: Counter[str] = field(default_factory=Counter)
    sides: Counter[Kind] = field(default_factory=Counter)

    def hear(self, member: MemberId, kind: Kind, college: str) -> None:
        """Count one more speech; a point of order is none."""
        if not kind.point:
            self.members.add(member)
            self.colleges[college] += 1
            self.sides[kind] += 1


Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The council's criteria and its members' colleges."""

    criteria: Sequence[Criterion]
    colleges: Mapping[MemberId, str]

    def queue(self, requests: Iterable[Request], heard: Heard) -> tuple[Request, ...]:
        """Every request in its place; the same whatever order they come in. `heard` is used up."""
        return tuple(self._places(requests, heard))

    def why(self, member: MemberId, requests: Iterable[Request], heard: Heard) -> tuple[Ahead, ...]:
        """All who go before a member who waits, each with the reason. `heard` is used up."""
        waiting = tuple(requests)
        own = next(request for request in waiting if request.member == member)
        ahead = []
        for first in self._places(waiting, heard):
            if first == own:
                break
            pairs = zip(self._key(first, heard), self._key(own, heard), strict=True)
            place = next(n for n, (theirs, mine) in enumerate(pairs) if theirs != mine)
            ahead.append(Ahead(first.member, self.criteria[place - 1] if place else "skipped"))
        return tuple(ahead)

    def _places(self, requests: Iterable[Request], heard: Heard) -> Iterator[Request]:
        """Place by place; `heard` counts each after it was placed.

        Requests that only their arrival tells apart wait in one line, so that each place compares heads of lines.
        """
        lines: dict[tuple[object, ...], deque[Request]] = {}
        for request in sorted(requests, key=lambda one: one.seq):
            lines.setdefault(self._alike(request, heard), deque()).append(request)
        while lines:
            line = min(lines, key=lambda one: self._key(lines[one][0], heard))
            first = lines[line].popleft()
            if not lines[line]:
                del lines[line]
            yield first
            heard.hear(first.member, first.kind, self.colleges.get(first.member, ""))

    def _alike(self, request: Request, heard: Heard) -> tuple[object, ...]:
        spoken = request.member in heard.members
        return request.skipped, request.kind.point, request.kind, spoken, self.colleges.get(request.member, "")

    def _key(self, request: Request, heard: Heard) -> Key:
        return (int(request.skipped), *(self._rank(criterion, request, heard) for criterion in self.criteria))

    def _rank(self, criterion: Criterion, request: Request, heard: Heard) -> int:
        """Lower goes first. Points of order and replies are no part of the debate that turns are taken in."""
        kind = request.kind
        match criterion:
            case Criterion.POINT_OF_ORDER:
                return 0 if kind.point else 1
            case Criterion.DIRECT_REPLY:
                return 0 if kind is Kind.REPLY else 1
            case Criterion.ARRIVAL:
                return request.seq
        if kind.point or kind is Kind.REPLY:
            return 0
        match criterion:
            case Criterion.FIRST_TIME:
                return int(request.member in heard.members)
            case Criterion.COLLEGES:
                return heard.colleges[self.colleges.get(request.member, "")]
        return heard.sides[kind]
