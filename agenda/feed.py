"""A calendar that is followed: asked for again and again, read only when something in it is new.

Whatever goes wrong is a `CalendarError`, and changes nothing: the next time, the whole calendar is asked for again.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from agenda import caldav
from agenda.calendar import YEAR, Reading, merge, read
from agenda.errors import CalendarError, Place, Problem
from agenda.source import Source, load, source
from agenda.web import Web

Tag = Mapping[str, str]
"""How a source names the state it was last read in."""

_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_NO_GET = {405, 501}
_HEAD = 2_000
"""Bytes in which a calendar has begun."""


class Feed:
    """One calendar. `written` is its address or file, as `agenda.source` reads it; `zone` the council's.

    `name` stands for it in problems, and may be shown; without one, its host or its file's name does. `latest` is what
    it said when it could last be read.

    Raises:
        CalendarError: `bad-address`.
    """

    def __init__(self, written: str, *, zone: ZoneInfo, name: str | None = None) -> None:
        self.source: Source = source(written)
        self.name = name or self.source.label
        self._zone = zone
        self.latest: Reading | None = None
        self._day: date | None = None
        self._data = b""
        self._tag: Tag = {}

    async def read(self, web: Web, now: datetime) -> Reading:
        """What it says from a year before `now` to a year after, cancelled meetings too.

        The very same object as the last time where nothing is new, unless a day has passed.

        Raises:
            CalendarError: see `Web.ask`, `agenda.source.load` and `agenda.calendar.read`.
        """
        day = now.astimezone(self._zone).date()
        known = self.latest if self._day == day else None
        came = await _fetch(self.source, web, now - YEAR, self._tag if known else {})
        if known and (came is None or came.data == self._data):
            self._tag = came.tag if came else self._tag
            return known
        if came is None:  # "not modified", of which it was not asked
            raise CalendarError("server-failed", host=self.source.label, status=304)
        self.latest = await asyncio.to_thread(
            read, came.data, zone=self._zone, now=now, start=now - YEAR, cancelled=True, file=self.name
        )
        self._day, self._data, self._tag = day, came.data, came.tag
        return self.latest


async def read_once(
    written: Sequence[str],
    web: Web,
    *,
    zone: ZoneInfo,
    now: datetime,
    start: datetime | None = None,
    end: datetime | None = None,
    cancelled: bool = False,
) -> Reading:
    """All of these calendars as one, as `agenda.calendar.read` reads each; one that cannot be read is a problem.

    Raises:
        CalendarError: none of them could be read; the first one's error.
    """
    readings, errors = list[Reading](), list[CalendarError]()
    for one in written:
        label = f"{one.partition('://')[0]}://…"  # of an address that is none, no more is shown: it may hold a password
        try:
            where = source(one)
            label = where.label
            came = await _fetch(where, web, min(start or now, now - YEAR), {})
            data = came.data if came else b""
            readings.append(
                await asyncio.to_thread(
                    read, data, zone=zone, now=now, start=start, end=end, cancelled=cancelled, file=label
                )
            )
        except CalendarError as error:
            errors.append(error)
            readings.append(Reading((), (Problem(Place(label), "not-read", {"code": error.code, **error.fields}),)))
    if len(errors) == len(readings) and errors:
        raise errors[0]
    return merge(readings)


async def _fetch(source: Source, web: Web, since: datetime, tag: Tag) -> "_Came | None":
    """The calendar as it is, None where the source itself says that nothing is new since `tag`.

    An address with a name and a password that gives no calendar is asked whether it is a CalDAV collection: that is
    what Nextcloud's own link leads to.
    """
    if source.kind == "file":
        return _Came(await asyncio.to_thread(load, source.path), {})
    if source.kind == "caldav":
        return await _from_caldav(source, web, since, tag)
    try:
        came = await _from_web(source, web, tag)
    except CalendarError as error:
        if not source.user or error.fields.get("status") not in _NO_GET:
            raise
        return await _from_caldav(source, web, since, tag)
    if came and source.user and b"BEGIN:V" not in came.data[:_HEAD].upper():
        with suppress(CalendarError):
            return await _from_caldav(source, web, since, tag)
    return came


async def _from_web(source: Source, web: Web, tag: Tag) -> "_Came | None":
    sent = {condition: tag[name] for name, condition in _CONDITIONS.items() if name in tag}
    answer = await web.ask(source, headers={"Accept": "text/calendar, */*;q=0.5", **sent})
    if answer.status == 304:
        return None
    return _Came(answer.body, {name: answer.headers[name] for name in _CONDITIONS if name in answer.headers})


async def _from_caldav(source: Source, web: Web, since: datetime, tag: Tag) -> "_Came | None":
    state = await caldav.state(web, source)
    if state and tag.get("state") == state:
        return None
    return _Came(await caldav.events(web, source, since), {"state": state} if state else {})


class _Came(NamedTuple):
    data: bytes
    tag: Tag
