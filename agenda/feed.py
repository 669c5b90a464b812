"""A calendar that is followed: asked for again and again, read only when something in it is new.

Whatever goes wrong is a `CalendarError`, and changes nothing: the next time, the whole calendar is asked for again.
"""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

from agenda import caldav
from agenda.calendar import YEAR, Reading, read
from agenda.errors import CalendarError
from agenda.source import Source, load, source
from agenda.web import Web

Tag = Mapping[str, str]
"""How a source names the state it was last read in."""

_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class Feed:
    """One calendar. `written` is its address or file, as `agenda.source` reads it; `zone` the council's.

    `name` stands for it in problems, and may be shown; without one, its host or its file's name does.

    Raises:
        CalendarError: `bad-address`.
    """

    def __init__(self, written: str, *, zone: ZoneInfo, name: str | None = None) -> None:
        self.source: Source = source(written)
        self.name = name or self.source.label
        self._zone = zone
        self._reading: Reading | None = None
        self._day: date | None = None
        self._digest = b""
        self._tag: Tag = {}

    async def read(self, web: Web, now: datetime) -> Reading:
        """What it says from a year before `now` to a year after, cancelled meetings too.

        The very same object as the last time where nothing is new, unless a day has passed.

        Raises:
            CalendarError: see `Web.ask`, `agenda.source.load` and `agenda.calendar.read`.
        """
        day = now.astimezone(self._zone).date()
        known = self._reading if self._day == day else None
        came = await self._fetch(web, now, self._tag if known else {})
        if known and (came is None or sha256(came.data).digest() == self._digest):
            self._tag = came.tag if came else self._tag
            return known
        if came is None:  # "not modified", of which it was not asked
            raise CalendarError("server-failed", host=self.source.label, status=304)
        self._reading = await asyncio.to_thread(
            read, came.data, zone=self._zone, now=now, start=now - YEAR, cancelled=True, file=self.name
        )
        self._day, self._digest, self._tag = day, sha256(came.data).digest(), came.tag
        return self._reading

    async def _fetch(self, web: Web, now: datetime, tag: Tag) -> "_Came | None":
        """The calendar as it is, None where the source itself says that nothing is new since `tag`."""
        if self.source.kind == "file":
            return _Came(await asyncio.to_thread(load, self.source.path), {})
        if self.source.kind == "caldav":
            state = await caldav.state(web, self.source)
            if state and tag.get("state") == state:
                return None
            return _Came(await caldav.events(web, self.source, now - YEAR), {"state": state} if state else {})
        sent = {_CONDITIONS[name]: value for name, value in tag.items()}
        answer = await web.ask(self.source, headers={"Accept": "text/calendar, */*;q=0.5", **sent})
        if answer.status == 304:
            return None
        return _Came(answer.body, {name: answer.headers[name] for name in _CONDITIONS if name in answer.headers})


class _Came(NamedTuple):
    data: bytes
    tag: Tag
