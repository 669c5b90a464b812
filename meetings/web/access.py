"""Who may see what: every route says it, and one place asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from meetings.domain.meeting import Meeting
from meetings.domain.path import Stage
from meetings.domain.values import MeetingId, MemberId, Role
from meetings.web.house import House, house

Endpoint = Callable[[Request], Awaitable[Response]]


class Who(IntEnum):
    """Each may see what those before may."""

    PUBLIC = 0
    MEMBER = 1
    SECRETARY = 2
    CHAIR = 3


Audience = Callable[[Meeting], Who]
"""Who may see what a route shows of a meeting, by how far its minutes are."""


def readers(meeting: Meeting) -> Who:
    """Who reads a meeting's minutes and what was said in it: the officers while it is a draft, the members from its
    proposal on, everybody once it is published (CGCT L2121-15)."""
    stage = meeting.path.stage
    if stage is Stage.PUBLISHED:
        return Who.PUBLIC
    return Who.SECRETARY if stage in {Stage.NONE, Stage.DRAFT} else Who.MEMBER


def listeners(meeting: Meeting) -> Who:
    """Who hears its voices, while they are kept: readers, but never the public."""
    return max(Who.MEMBER, readers(meeting))


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

    def __init__(self, path: str, endpoint: Endpoint, who: Who | Audience, methods: tuple[str, ...] = ("GET",)) -> None:
        async def answer(request: Request) -> Response:
            one = request.state.visitor = visitor(request)
            if not one.may(who if isinstance(who, Who) else who(_meeting(request))):
                raise Shut
            return await endpoint(request)

        super().__init__(path, answer, methods=list(methods), name=getattr(endpoint, "__name__", path))
        self.who = who


def _meeting(request: Request) -> Meeting:
    return house(request).council.meeting(MeetingId(request.path_params["meeting"]))


def visitor(request: HTTPConnection) -> Visitor:
    """Who asks, by the signed session; what they may see is what their seat says today, not when they signed in."""
    here = house(request)
    member = request.session.get("member")
    role = seat_of(here, MemberId(member)) if member else None
    if member is None or role is None:
        return Visitor()
    return Visitor(_LEVELS[role], MemberId(member), request.session.get("name", ""))


def seat_of(here: House, member: MemberId) -> Role | None:
    """The member's role in the council's latest meeting; None for who has no seat in it."""
    planned = [meeting for meeting in here.council.meetings() if meeting.plan]
    if not planned:
        return None
    latest = max(planned, key=lambda meeting: meeting.plan.starts if meeting.plan else here.now())
    seat = latest.attendance.seat(member)
    return seat.role if seat else None
