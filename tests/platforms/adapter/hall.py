"""A council meeting on a loopback server, with the bot under test and members at their phones."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import aiohttp

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Refusal
from meetings.domain.rules import CGCT, Rules
from meetings.domain.values import MeetingId, MemberId, PlannedItem
from meetings.log.store import Log
from meetings.platforms.discord import CouncilBot, DiscordConfig
from meetings.recording.journal import Listening, segments
from meetings.rehearsal.cast.client import MemberClient, SeenMessage
from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import VoiceState

CHAIR, SECRETARY, PAUL, SALMA, GUEST = (900000000000000000 + n for n in range(1, 6))
MEMBERS = [
    MemberSpec(CHAIR, "Aminata Diallo", ("Membre", "Présidence")),
    MemberSpec(SECRETARY, "Léa Fontaine", ("Membre", "Secrétariat", "Collège associations")),
    MemberSpec(PAUL, "Paul_Roux*", ("Membre", "Collège habitants")),
    MemberSpec(SALMA, "Salma Benali", ("Membre", "Collège habitants")),
    MemberSpec(GUEST, "Victor Visiteur"),
]
MEETING = MeetingId("lunel-2026-11@example.org")


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for what the bot is about to do."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


@dataclass
class Hall:
    """`council` is the bot's; `open_log` and `start_bot` may be called again after `stop_bot`, as after a crash."""

    server: LoopbackServer
    folder: Path
    venue: Literal["stage", "voice"]
    stack: AsyncExitStack
    rules: Rules = CGCT
    council: Council = field(init=False)
    bot: CouncilBot = field(init=False)
    phones: dict[int, MemberClient] = field(default_factory=dict)

    @property
    def meeting(self) -> Meeting:
        return self.council.meeting(MEETING)

    @property
    def room(self) -> int:
        return int(self.server.describe()["channels"][self.venue])

    @property
    def text(self) -> int:
        return int(self.server.describe()["channels"]["text"])

    def config(self, **changes: object) -> DiscordConfig:
        told = self.server.describe()
        config = DiscordConfig(
            token=told["bots"][0]["token"],
            recordings=self.folder / "recordings",
            documents=self.folder / "documents",
            room=self.room,
            rest=told["rest"],
            gateway=told["gateway"],
        )
        return replace(config, **changes)

    async def start_bot(self, **changes: object) -> None:
        self.council = Council(Log.open(self.folder / "council.db"), self.rules)
        self.bot = CouncilBot(self.council, self.config(**changes))
        await self.bot.start()

    async def stop_bot(self) -> None:
        await self.bot.stop()
        self.council.log.close()

    async def do(self, command: type[c.Command], **fields: object) -> None:
        outcome = await self.council.handle(command(meeting=MEETING, at=datetime.now(UTC), **fields))
        assert not isinstance(outcome, Refusal), outcome

    async def plan(self, **changes: object) -> None:
        start = datetime.now(UTC) + timedelta(hours=1)
        plan = Planned(
            council="Conseil citoyen de Lunel",
            title="Séance de novembre",
            starts=start,
            ends=start + timedelta(hours=2),
            channel=self.bot.venue.channel,
            venue=self.bot.venue.kind,
            lang="fr",
            items=(PlannedItem(1, "Bancs du parc", 15), PlannedItem(2, "Fête de quartier", 20)),
            roster=await self.bot.roster(),
        )
        await self.do(c.Plan, plan=replace(plan, **changes))

    async def phone(self, user_id: int) -> MemberClient:
        if user_id not in self.phones:
            told = self.server.describe()
            token = next(m["token"] for m in told["members"] if m["id"] == str(user_id))
            client = MemberClient(told["rest"], told["gateway"], token)
            self.phones[user_id] = await self.stack.enter_async_context(client)
        return self.phones[user_id]

    async def enter(self, *user_ids: int) -> None:
        for user_id in user_ids:
            await (await self.phone(user_id)).join_voice(self.room)

    async def opened(self, **changes: object) -> None:
        """A meeting in session, planned with `changes`: chair, secretary and Paul in the room."""
        await self.plan(**changes)
        await self.enter(CHAIR, SECRETARY, PAUL)
        await self.convened()
        await self.phones[CHAIR].slash("séance ouvrir")

    async def convened(self) -> None:
        """The roll is called: three are there."""
        await self.do(c.Convene)
        await until(lambda: len(self.meeting.attendance.present) == 3)

    async def board(self, surface: str, *shows: str) -> SeenMessage:
        """The message of a surface, once it shows all these words."""
        phone = await self.phone(CHAIR)
        await until(lambda: surface in self.meeting.posted)
        ref = int(self.meeting.posted[surface])
        return await phone.see(lambda seen: seen.id == ref and all(words in plain(seen.text) for words in shows))

    async def put_to_the_vote(self, motion: str, *, secret: bool = False) -> SeenMessage:
        """The ballot's message, drawn."""
        await self.phones[CHAIR].slash("vote ouvrir", motion=motion, secret=secret)
        return await self.board(self.ballot)

    @property
    def ballot(self) -> str:
        """The surface of the latest ballot."""
        return f"ballot:{list(self.meeting.ballots)[-1]}"

    def listening(self) -> bool:
        """Whether the latest run of the recording says that its recorder stands in the room."""
        runs = segments(self.folder / "recordings" / MEETING)
        return bool(runs) and any(isinstance(entry, Listening) and entry.present for entry in runs[-1].entries())

    async def api(self, method: str, path: str) -> int:
        """A request of the server's owner; its HTTP status."""
        told = self.server.describe()
        headers = {"Authorization": f"Bot {told['bots'][1]['token']}"}
        async with aiohttp.request(method, told["rest"] + path, headers=headers) as response:
            return response.status

    def voice(self, user_id: int) -> VoiceState:
        return self.server.world.guild.voice_states[user_id]

    def muted(self, user_id: int) -> bool:
        return self.server.world.guild.members[user_id].mute

    def may_speak(self, user_id: int) -> bool:
        return not (self.voice(user_id).suppress if self.venue == "stage" else self.muted(user_id))


async def to_secretary(hall: Hall, surface: str, shows: str) -> SeenMessage:
    """The direct message of a surface, as the secretary has it."""
    phone = await hall.phone(SECRETARY)
    await until(lambda: surface in hall.meeting.posted)
    ref = int(hall.meeting.posted[surface])
    return await phone.see(lambda seen: seen.id == ref and shows in plain(seen.text))


def plain(text: str) -> str:
    """Without the spaces that typography and Discord's escaping put in."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def member(user_id: int) -> MemberId:
    return MemberId(str(user_id))
