"""The council's calendars, read again and again, and the log made to say what they say.

What is to be done is what the calendars say minus what the log says, worked out anew each time: nothing is kept between
two readings that a restart could lose.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agenda.calendar import Reading, merge
from agenda.documents import NO_DOCUMENTS, Documents
from agenda.errors import CalendarError, Problem
from agenda.feed import Feed
from agenda.items import plan as agenda_of
from agenda.linked import gather
from agenda.web import Web
from meetings.council import Council, insist
from meetings.domain.command import Command
from meetings.domain.diary import NoteCalendar
from meetings.domain.meeting import Phase
from meetings.planning.known import compared
from meetings.planning.news import News
from meetings.planning.plans import Host
from meetings.planning.reconcile import Scene, commands, next_of, seated
from meetings.schedule import utc_now

logger = logging.getLogger(__name__)

LOOK = 5.0
"""Seconds between two looks at when a calendar's file was changed."""


class Follower:
    """Follows calendars by address or file, as `agenda.source` reads them; `host` says where the council meets now.

    Raises:
        CalendarError: `bad-address`.
    """

    def __init__(
        self,
        council: Council,
        calendars: Sequence[str],
        host: Callable[[], Awaitable[Host]],
        *,
        zone: ZoneInfo,
        private: bool = False,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._council, self._host, self._now = council, host, now
        self._feeds = [Feed(written, zone=zone) for written in calendars]
        self._private = private
        self._turn = asyncio.Lock()
        self._documents: tuple[list[Reading], Documents] = ([], NO_DOCUMENTS)
        self._last: Reading | None = None

    async def run(self, every: timedelta) -> None:
        """Follow them until cancelled: `every` so often, when a file is changed, and when a meeting is over."""
        with self._council.feed.subscribe() as bell:
            while True:
                seen, due = self._signs(), asyncio.get_running_loop().time() + every.total_seconds()
                try:
                    await self.refresh()
                except Exception:  # whatever a calendar does to us, a meeting that runs must not end for it
                    logger.exception("the calendars could not be followed; they are read again in %s", every)
                while self._signs() == seen and (left := due - asyncio.get_running_loop().time()) > 0:
                    bell.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(bell.wait(), min(left, LOOK))

    async def refresh(self) -> News:
        """Read them all, and do what follows. One that cannot be read changes nothing, and is told to the officers."""
        async with self._turn, Web(private=self._private) as web:
            failures = await self._read(web)
            await self._note(failures)
            readings = [feed.latest for feed in self._feeds if feed.latest]
            if not readings:
                return News(failures=tuple(failures.values()))
            reading = merge(readings)
            texts = await self._texts(readings, reading, web)
            news = await self._reconcile(reading, texts, whole=not failures)
            return replace(news, failures=tuple(failures.values()), problems=_problems(reading, texts, self._now()))

    async def _read(self, web: Web) -> dict[str, CalendarError]:
        """Those that could not be read, by name."""
        failures: dict[str, CalendarError] = {}
        for feed in self._feeds:
            try:
                await feed.read(web, self._now())
            except CalendarError as error:
                logger.warning("the calendar %s cannot be read (%s); nothing is changed for it", feed.name, error.code)
                failures[feed.name] = error
        return failures

    async def _note(self, failures: dict[str, CalendarError]) -> None:
        """Each trouble, and its end, once in the log of the next meeting."""
        meetings, now = self._council.meetings(), self._now()
        for meeting in meetings:
            for source in meeting.standing.troubles.keys() - failures.keys():
                await self._do(NoteCalendar(meeting=meeting.id, at=now, source=source))
        if coming := next_of(meetings):
            for source, error in failures.items():
                fields = {name: str(value) for name, value in error.fields.items()}
                await self._do(NoteCalendar(meeting=coming.id, at=now, source=source, code=error.code, fields=fields))

    async def _texts(self, readings: list[Reading], reading: Reading, web: Web) -> Documents:
        """The documents of meetings without an agenda of their own; asked for again only where a calendar changed."""
        known, texts = self._documents
        if len(known) != len(readings) or any(one is not other for one, other in zip(known, readings, strict=True)):
            now = self._now()
            texts = await gather((one for one in reading.occurrences if one.end > now and not one.cancelled), web)
            self._documents = (readings, texts)
        return texts

    async def _reconcile(self, reading: Reading, texts: Documents, *, whole: bool) -> News:
        """What is new is planned first: only then is it known which meeting is the next one."""
        host, done = await self._host(), list[Command]()
        last, self._last = self._last, reading
        problems = last.problems if last else ()
        for _ in range(2):
            meetings, now = self._council.meetings(), self._now()
            found = compared(meetings, reading, problems, now)
            asked = commands(Scene(meetings, host, texts, now), found, whole=whole)
            done += [command for command in list(asked) if await self._do(command)]
        for command in list(seated(self._council.meetings(), host, self._council.rules, self._now())):
            await self._do(command)
        return News.of(done)

    async def _do(self, command: Command) -> bool:
        """Whether the log has it now, and had it not before."""
        outcome = await insist(lambda: self._council.handle(command))
        return isinstance(outcome, tuple) and bool(outcome)

    def _signs(self) -> tuple[object, ...]:
        """What calls for another reading: a file that changed, a meeting that is over."""
        over = sum(meeting.phase is Phase.ADJOURNED for meeting in self._council.meetings())
        return over, *(_changed(feed.source.path) for feed in self._feeds if feed.source.kind == "file")


def _problems(reading: Reading, texts: Documents, now: datetime) -> tuple[Problem, ...]:
    """Of the calendar, and of the agendas of meetings to come."""
    coming = [one for one in reading.occurrences if one.end > now and not one.cancelled and not one.all_day]
    return (*reading.problems, *(problem for one in coming for problem in agenda_of(one, texts).problems))


def _changed(path: Path) -> tuple[int, int] | None:
    try:
        known = path.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size
