"""The application: its doors, and what they share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from meetings.log.store import NotWrittenError
from meetings.web import archive, feeds, figures, live_pages, opendata, record, review, signin, voices
from meetings.web.access import Door, Shut, Who, visitor
from meetings.web.archive import Absent
from meetings.web.desk import Desk
from meetings.web.feeds import Almanac
from meetings.web.guard import Guard
from meetings.web.house import House
from meetings.web.links import Links, secret
from meetings.web.live import Broadcast
from meetings.web.pages import asset, page
from meetings.web.shelf import Shelf
from meetings.web.voices import Voices

SESSION = 14 * 24 * 3600
"""Seconds that a session lasts."""


def create(house: House) -> Starlette:
    """The pages of a council. Raises OSError where the data folder cannot be written."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await broadcast.look()
        following = asyncio.create_task(broadcast.run(), name="broadcast")
        try:
            yield
        finally:
            following.cancel()

    broadcast = Broadcast(house)
    session = Middleware(
        SessionMiddleware,
        secret_key=secret(house.folder, "session"),
        session_cookie="council",
        max_age=SESSION,
        same_site="lax",
        https_only=house.url.startswith("https:"),
    )
    guards, none = [Middleware(Guard), session], {404: absent, Absent: absent, Shut: shut, NotWrittenError: unwritten}
    app = Starlette(routes=doors(), middleware=guards, lifespan=lifespan, exception_handlers=none)
    app.state.house, app.state.links = house, Links(house.folder)
    app.state.broadcast, app.state.shelf, app.state.voices = broadcast, Shelf(house), Voices(house)
    app.state.almanac = Almanac(house)
    app.state.desk = Desk(house, app.state.voices)
    app.state.discord = signin.client(house.discord)
    return app


def doors() -> list[BaseRoute]:
    """Every door of the pages."""
    rooms = (live_pages, archive, opendata, feeds, figures, record, review, voices, signin)
    return [*(door for room in rooms for door in room.routes()), Door("/static/{name}", asset, Who.PUBLIC)]


async def absent(request: Request, _: Exception) -> Response:
    """Nothing is there."""
    request.state.visitor = visitor(request)
    return page(request, "absent.html.j2", status=404)


async def unwritten(request: Request, _: Exception) -> Response:
    """The log cannot be written, because the disk is full perhaps: nothing happened."""
    return page(request, "unwritten.html.j2", status=503)


async def shut(request: Request, _: Exception) -> Response:
    """A closed door, with the way in."""
    return page(request, "refused.html.j2", status=403)
