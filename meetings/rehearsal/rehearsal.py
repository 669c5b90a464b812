"""One meeting rehearsed: the server, the bot and the cast brought together, and what came of it."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Self

from meetings.domain.meeting import Meeting, fold
from meetings.domain.values import MeetingId, Role
from meetings.log.store import Log
from meetings.rehearsal.bot import BotProcess
from meetings.rehearsal.casting import COLLEGE, ROLES, hall, tokens
from meetings.rehearsal.errors import StuckError
from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import Wire
from meetings.rehearsal.order import Order
from meetings.rehearsal.performance import Performance, Venue
from meetings.rehearsal.scenario import Scenario
from meetings.rehearsal.standalone import asked_to_end
from meetings.rehearsal.steps import Say, Step
from meetings.rehearsal.summary import MINUTES, Summary, summarize
from meetings.rehearsal.view import View

SOON = 3.0
"""Seconds from the planning of the meeting to its start."""

GLANCE = 0.3
"""Seconds between two looks at the log."""

MINUTES_WITHIN = 600.0
"""Seconds within which minutes must follow the adjournment, on a slow machine too."""


class Rehearsal:
    """One meeting rehearsed in `order.out`. Within its context the server is up, the bot runs, the cast is at hand.

    `faults` may impair its network, `environment` adds to the bot's. Tests play its parts one by one.
    """

    def __init__(
        self,
        order: Order,
        scenario: Scenario,
        calendar: Path,
        view: View,
        faults: Faults | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.order, self.scenario, self.calendar, self._view = order, scenario, calendar, view
        self.server: LoopbackServer = hall(scenario, faults=faults)
        self.log = Log.open(order.out / "council.db")
        self._extra = environment or {}
        self._shown = 0
        self._open = AsyncExitStack()
        self.bot: BotProcess
        self.performance: Performance

    async def run(self, show: Callable[[Summary], None]) -> Summary:
        """The whole meeting, and its figures."""
        async with self:
            await self._alive(self.play())
            await self._alive(self.minutes())
            await self.go_home()
            summary = self.summary()
            self._report(summary)
            show(summary)
            if self.order.keep:
                asked = asked_to_end()
                self._view.tell("kept", rest=self.server.describe()["rest"])
                await asked.wait()
        return summary

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opening:
            opening.callback(self.log.close)
            await self.server.start()
            opening.push_async_callback(self.server.stop)
            where = self.server.describe()
            self._view.tell("loopback", rest=where["rest"])
            self.bot = BotProcess(self._environment(where), self.order.out, self.order.out / "bot.log")
            venue = self._venue(where)
            self.performance = Performance(self.scenario, venue, tokens(self.server), self._watch, self.power_cut)
            opening.push_async_callback(self.go_home)
            await self.bot.start()
            await self.performance.gather()
            self._open = opening.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def go_home(self) -> None:
        """The cast and the bot leave; the server and the log stay. Harmless when they have left."""
        with suppress(ConnectionError, TimeoutError):
            await self.performance.disperse()
        await self.bot.stop()

    async def play(self) -> None:
        """The meeting, once the bot has convened it. Raises StuckError."""
        await self.convened()
        await self.performance.play()

    async def convened(self) -> None:
        """Wait until the bot stands in the room. Raises StuckError."""
        await self.performance.await_bot(self._bot_id)

    async def power_cut(self, seconds: float) -> None:
        """Kill the bot, start it again `seconds` later, and wait until the room's voices are sent to it again."""
        await self.bot.kill()
        earlier = self.voice_session
        await asyncio.sleep(seconds)
        await self.bot.start()
        while self.voice_session in {"", earlier} or not self.bot_hears:  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(GLANCE)

    @property
    def voice_session(self) -> str:
        """The bot's session in the room, as the server knows it; empty where it is in none."""
        state = self.server.world.guild.voice_states.get(self._bot_id)
        return state.session_id if state else ""

    @property
    def bot_hears(self) -> bool:
        """Whether the server sends the bot what is said."""
        return self.server.voice is not None and self.server.voice.connected(self._bot_id)

    async def minutes(self) -> None:
        """Wait until the secretary has the minutes. Raises StuckError."""
        try:
            async with asyncio.timeout(MINUTES_WITHIN):
                while MINUTES not in self._state().posted:  # noqa: ASYNC110 - the log is another process's: it can only be read
                    await asyncio.sleep(GLANCE)
        except TimeoutError:
            raise StuckError("minutes") from None

    def summary(self) -> Summary:
        """The figures of a meeting whose minutes are drafted; the minutes lie in `order.out` then."""
        meeting = self.log.meetings()[0]
        files = {}
        for path in sorted((self.order.out / "documents" / meeting).glob("minutes.*")):
            copied = shutil.copy2(path, self.order.out / path.name)
            files[{"md": "markdown"}.get(path.suffix[1:], path.suffix[1:])] = str(copied)
        files |= {"log": self.log.where, "recording": str(self.order.out / "recordings" / meeting)}
        return summarize(self.performance, self.log, meeting, self.order.out, files)

    async def _alive(self, work: Coroutine[None, None, None]) -> None:
        """Do `work` while the bot lives and people watch. Raises BotFailedError, or what `work` raises."""
        task = asyncio.create_task(work)
        others = [asyncio.create_task(self.bot.watch()), asyncio.create_task(self._follow())]
        try:
            done, _ = await asyncio.wait({task, *others}, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            for each in (task, *others):
                each.cancel()
            await asyncio.gather(task, *others, return_exceptions=True)
            self._look()

    async def _follow(self) -> None:
        while True:
            await asyncio.to_thread(self._look)
            await asyncio.sleep(GLANCE)

    def _look(self) -> None:
        """Show what the log has that was not shown yet."""
        meetings = self.log.meetings()
        if not meetings:
            return
        history = self.log.read(meetings[0])
        news, self._shown = history[self._shown :], len(history)
        self._view.show(fold(meetings[0], history), news, self.log.names(), self.log.words(meetings[0]))

    def _state(self) -> Meeting:
        meetings = self.log.meetings()
        return fold(meetings[0], self.log.read(meetings[0])) if meetings else Meeting(MeetingId(""))

    def _watch(self, step: Step) -> None:
        if isinstance(step, Say):
            lines = [f"{self.scenario.member(line.member).name} : « {line.text} »" for line in step.lines]
            self._view.saying("\n".join(lines))

    @property
    def _bot_id(self) -> int:
        return int(self.server.describe()["bots"][0]["id"])

    def _venue(self, where: Wire) -> Venue:
        channels = where["channels"]
        return Venue(
            rest=where["rest"],
            gateway=where["gateway"],
            ca=Path(where["ca"]),
            text=int(channels["text"]),
            room=int(channels[self.order.channel]),
            kind=self.order.channel,
        )

    def _environment(self, where: Wire) -> dict[str, str]:
        """The settings of a bot that is to serve this council on the loopback, and trust its certificate."""
        roles = ROLES[self.scenario.lang]
        settings = {
            "token": where["bots"][0]["token"],
            "rest": where["rest"],
            "gateway": where["gateway"],
            "room": where["channels"][self.order.channel],
            "text": where["channels"]["text"],
            "chair_role": roles[Role.CHAIR],
            "secretary_role": roles[Role.SECRETARY],
            "member_role": roles[Role.MEMBER],
            "college_role": COLLEGE[self.scenario.lang],
            "rules": self.scenario.rules,
            "council": self.scenario.council,
            "lang": self.scenario.lang,
            "agenda": str(self.calendar.resolve()),
            "soon": str(SOON),
            "data": str(self.order.out.resolve()),
            "model": self.order.model,
        }
        named = {f"HEMICYCLE_{name.upper()}": value for name, value in settings.items()}
        return {**named, "SSL_CERT_FILE": where["ca"], **self._extra}

    def _report(self, summary: Summary) -> None:
        rows = {
            "wer": f"{summary.wer:.1%}",
            "placed": f"{summary.lines_placed}/{summary.lines}",
            "packets": f"{summary.packets_recorded}/{summary.packets_sent}",
            "announced": f"{summary.packets_heard}/{summary.packets_announced}",
            "votes": ", ".join(summary.decisions),
            "wait": f"{summary.seconds_after_adjournment:.1f} s",
            "memory": f"{summary.peak_memory_mb:.0f} MB + {summary.workers_peak_memory_mb:.0f} MB",
            "files": "\n".join(summary.files[kind] for kind in ("pdf", "html", "markdown") if kind in summary.files),
        }
        self._view.end(rows)
