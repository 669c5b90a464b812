"""What others follow from afar: the council's calendar (ICS), and what it decided and published (Atom, RFC 4287)."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from agenda.writer import Entry, write
from meetings.domain.meeting import Meeting
from meetings.domain.values import MeetingId
from meetings.i18n import Translator, translator
from meetings.i18n.dates import day
from meetings.published import entry
from meetings.web.access import Door, Who
from meetings.web.archive import shelf
from meetings.web.house import House, house
from meetings.web.pages import base, templates

NEWS = 50
"""Entries of the feed, the latest ones."""


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [Door("/calendar.ics", calendar, Who.PUBLIC), Door("/feed.atom", feed, Who.PUBLIC)]


class Almanac:
    """The council's calendar, kept from one asking to the next: a meeting whose log grew is drawn again."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._drawn: dict[MeetingId, tuple[int, Entry | None]] = {}

    def written(self, meetings: list[Meeting], pages: str) -> bytes:
        """These meetings as ICS, with links to the minutes under the address `pages`. Blocks."""
        entries = (self._entry(meeting, pages) for meeting in meetings)
        return write((one for one in entries if one), name=self._house.title, language=_lang(meetings))

    def _entry(self, meeting: Meeting, pages: str) -> Entry | None:
        known = self._drawn.get(meeting.id)
        if known is None or known[0] != meeting.seq:
            history = (one for one in self._house.council.log.history(meeting.id) if one.seq <= meeting.seq)
            known = self._drawn[meeting.id] = meeting.seq, entry(meeting.id, history, self._house.zone, pages)
        return known[1]


@dataclass(frozen=True, slots=True)
class News:
    """An entry of the feed; `url` is its address and its name for ever."""

    at: datetime
    url: str
    title: str
    words: str


async def calendar(request: Request) -> Response:
    """The council's calendar, at the address that calendars follow."""
    almanac: Almanac = request.app.state.almanac
    pages = house(request).url.rstrip("/")
    return _fresh(request, await asyncio.to_thread(almanac.written, shelf(request).meetings(), pages), "text/calendar")


async def feed(request: Request) -> Response:
    """What was decided and which minutes were published, the latest first."""
    found = [one async for one in _news(request)]
    news = sorted(found, key=lambda one: (one.at, one.url), reverse=True)[:NEWS]
    fields = {"base": base(request), "title": house(request).title, "lang": _lang(shelf(request).meetings())}
    updated = news[0].at if news else datetime.fromtimestamp(0, UTC)
    content = templates().get_template("feed.xml.j2").render(news=news, updated=updated, **fields)
    return _fresh(request, content.encode(), "application/atom+xml")


async def _news(request: Request) -> AsyncIterator[News]:
    meetings, pages = shelf(request).meetings(), base(request)
    t = translator(_lang(meetings))
    for one in meetings:
        if one.path.published:
            yield News(one.path.published, f"{pages}/meetings/{one.id}/minutes", _published(request, one, t), "")
    for made in islice(shelf(request).decisions(), NEWS):
        if made.ballot.closed:
            title, words = f"{made.number} · {made.motion(t)}", await shelf(request).sentence(made)
            yield News(made.ballot.closed, f"{pages}/decisions/{made.number}", title, words)


def _published(request: Request, one: Meeting, t: Translator) -> str:
    starts = one.opened or (one.plan.starts if one.plan else one.path.published)
    return t("web.feed.minutes", day=day(starts.astimezone(house(request).zone), t.lang) if starts else "")


def _lang(meetings: list[Meeting]) -> Literal["fr", "en"]:
    """The council's language: its latest meeting's."""
    return next((one.plan.lang for one in meetings if one.plan), "fr")


def _fresh(request: Request, content: bytes, kind: str) -> Response:
    """The content, or 304 for who has it already (RFC 9110, 13.1.2)."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, no-cache", "Access-Control-Allow-Origin": "*"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if known & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)
