"""Who may see what: every route says it, and one place asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from meetings.domain.values import MemberId, Role
from meetings.web.house import House, house

Endpoint = Callable[[Request], Awaitable[Response]]


class Who(IntEnum):
    """Each may see what those before may: readers are members, or everybody where the council says so."""

    PUBLIC = 0
    READER = 1
    MEMBER = 2
    SECRETARY = 3
    CHAIR = 4


_LEVELS = {Role.MEMBER: Who.MEMBER, Role.SECRETARY: Who.SECRETARY, Role.CHAIR: Who.CHAIR}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks; `member` is None for the public."""

    level: Who = Who.PUBLIC
    member: MemberId | None = None
    name: str = ""

    def may(self, who: Who) -> bool:
        """Whether what `who` may see is for this visitor."""
        return self.level >= who


class Shut(Exception):  # noqa: N818  # a closed door is no fault
    """This page is not for who asks."""


class Door(Route):
    """A route that says who may see it."""

    def __init__(self, path: str, endpoint: Endpoint, who: Who, methods: tuple[str, ...] = ("GET",)) -> None:
        async def answer(request: Request) -> Response:
            one = request.state.visitor = visitor(request)
            if not one.may(who):
                raise Shut
            return await endpoint(request)

        super().__init__(path, answer, methods=list(methods), name=getattr(endpoint, "__name__", path))
        self.who = who


def visitor(request: HTTPConnection) -> Visitor:
    """Who asks, by the signed session; what they may see is what their seat says today, not when they signed in."""
    here = house(request)
    everybody = Who.READER if here.drafts == "public" else Who.PUBLIC
    member = request.session.get("member")
    role = seat_of(here, MemberId(member)) if member else None
    if member is None or role is None:
        return Visitor(everybody)
    return Visitor(_LEVELS[role], MemberId(member), request.session.get("name", ""))


def seat_of(here: House, member: MemberId) -> Role | None:
    """The member's role in the council's latest meeting; None for who has no seat in it."""
    planned = [meeting for meeting in here.council.meetings() if meeting.plan]
    if not planned:
        return None
    latest = max(planned, key=lambda meeting: meeting.plan.starts if meeting.plan else here.now())
    seat = latest.attendance.seat(member)
    return seat.role if seat else None
