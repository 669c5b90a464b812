"""The council's bot: connects, finds its premises, and lets a sitting follow each meeting in the log."""

import asyncio
import logging
import ssl
import time
from collections.abc import Collection
from datetime import timedelta

import aiohttp
import discord

from meetings.council import Council
from meetings.domain.meeting import Phase
from meetings.domain.values import MeetingId, MemberId, Role, Seat, UtteranceId
from meetings.jobs.erasing import unnamed
from meetings.jobs.saying import Saying
from meetings.platforms.discord.commands import CouncilTree
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.follow import end, follow
from meetings.platforms.discord.handlers import HANDLERS
from meetings.platforms.discord.login import log_in
from meetings.platforms.discord.painter import Pace
from meetings.platforms.discord.premises import Premises, error, find_guild, inspect
from meetings.platforms.discord.presses import CouncilClient
from meetings.platforms.discord.publisher import Publisher
from meetings.platforms.discord.sitting import Sitting, is_over
from meetings.platforms.discord.stagehand import Stagehand, member_id
from meetings.platforms.discord.sync import kept_in, publish
from meetings.platforms.port import Refresh, Venue
from meetings.recording import Speech
from meetings.recording.announcement import announcement

_log = logging.getLogger(__name__)

READY, SETTLING = 60.0, 0.3
"""Seconds in which Discord must tell us of our server, and those without another server told of after which all are."""


OUTAGE = 5.0
"""Seconds without Discord of which the chair is told."""


class _Connection(CouncilClient):
    """discord.py's client; what it hears is the bot's to judge."""

    def __init__(self, desk: Desk) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.members = intents.voice_states = intents.guild_scheduled_events = True
        # aiohttp reads the machine's certificates when it is imported, and so misses an SSL_CERT_FILE set since.
        tls = aiohttp.TCPConnector(limit=0, ssl=ssl.create_default_context())
        super().__init__(
            desk,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            connector=tls,
            guild_ready_timeout=SETTLING,
        )
        self.ready = asyncio.Event()
        self.sittings: dict[MeetingId, Sitting] = {}
        self._away: float | None = None

    async def on_ready(self) -> None:
        """Connected, or connected anew: what happened meanwhile is reconciled."""
        await self.on_guild_available()
        await self._back()

    async def _back(self) -> None:
        """Whoever presides is told of an outage that somebody may have noticed."""
        away, self._away = self._away, None
        self.desk.council.feed.ring()
        if away is None or (seconds := time.monotonic() - away) < OUTAGE:
            return
        for sitting in list(self.sittings.values()):
            await sitting.alarm.back(timedelta(seconds=seconds))

    async def on_guild_available(self, _guild: discord.Guild | None = None) -> None:
        """A server's channels and people are known; the bot is ready when it knows those of every server it is in."""
        if self.is_ready() and not any(guild.unavailable for guild in self.guilds):
            self.ready.set()
        self.desk.council.feed.ring()

    async def on_resumed(self) -> None:
        """See `on_ready`."""
        await self._back()

    async def on_disconnect(self) -> None:
        """The connection is lost; it is made again by itself."""
        self._away = self._away or time.monotonic()

    async def on_guild_channel_create(self, _channel: object) -> None:
        """A channel may be the one that is missed."""
        self.desk.council.feed.ring()

    async def on_guild_channel_delete(self, _channel: object) -> None:
        """A channel may be ours."""
        self.desk.council.feed.ring()

    async def on_guild_channel_update(self, _before: object, _after: object) -> None:
        """A permission may have been given or taken."""
        self.desk.council.feed.ring()

    async def on_guild_role_update(self, _before: object, _after: object) -> None:
        """See `on_guild_channel_update`."""
        self.desk.council.feed.ring()

    async def on_scheduled_event_update(self, _before: object, after: discord.ScheduledEvent) -> None:
        """Somebody may have changed one of ours."""
        self._touched(after)

    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Somebody may have deleted one of ours."""
        self._touched(event)

    def _touched(self, event: discord.ScheduledEvent) -> None:
        for sitting in self.sittings.values():
            sitting.event.touched(event)
        self.desk.council.feed.ring()

    async def on_member_remove(self, _member: object) -> None:
        """Who leaves the server leaves the room."""
        self.desk.council.feed.ring()

    async def on_voice_state_update(self, member: discord.Member, _before: object, _after: object) -> None:
        """Somebody came, left, asked to speak, or has their microphone opened or closed."""
        for sitting in self.sittings.values():
            sitting.microphones.told(member.id)
        self.desk.council.feed.ring()


class CouncilBot:
    """The council on Discord; made inside a running loop. `ready` is set while every meeting in the log is followed.

    Raises RecordingError, OSError where what the configuration wants announced cannot be said.
    """

    def __init__(self, council: Council, config: DiscordConfig, saying: Saying | None = None) -> None:
        self.council, self.config = council, config
        self.saying = saying or Saying(council)
        self.ready = asyncio.Event()
        self._sounds = announcement(config.announcement)
        self._names: dict[MemberId, str] = {}
        folders = config.documents, config.recordings
        desk = Desk(council, self._names, HANDLERS, config.zone, *folders, config.pages)
        self._connection = _Connection(desk)
        self._running: asyncio.Task[None] | None = None
        self._staff: asyncio.Task[None] | None = None
        self._clerk: asyncio.Task[None] | None = None
        self._premises: Premises | None = None
        self._pace = Pace()

    @property
    def refresh(self) -> Refresh | None:
        """What reads the council's calendars, when somebody asks for it."""
        return self._connection.desk.refresh

    @refresh.setter
    def refresh(self, refresh: Refresh | None) -> None:
        self._connection.desk.refresh = refresh

    @property
    def venue(self) -> Venue:
        """The council's room. Raises RuntimeError before `start`."""
        premises = self._found()
        return Venue(str(premises.room), "stage" if premises.stage else "voice")

    async def start(self) -> None:
        """Connect, and from then on follow the log. Raises PlatformError; after it nothing is left open."""
        try:
            await self._connect()
            guild = find_guild(self._connection, self.config)
            self._premises = inspect(guild, self.config)
            self._names |= await asyncio.to_thread(self.council.log.names)
            await self.roster()
            tree = CouncilTree(self._connection, discord.Object(guild.id))
            await publish(tree, guild, kept_in(self.config))
        except BaseException:
            await self.stop()
            raise
        self._staff = asyncio.create_task(follow(self.council.feed, "the staff", self._employ), name="staff")
        self._clerk = asyncio.create_task(follow(self.council.feed, "the minutes", self._post), name="minutes")
        self.ready.set()

    async def roster(self) -> tuple[Seat, ...]:
        """The chair, the secretary and the members, by their roles; their names are remembered in the log."""
        guild = self._connection.get_guild(self._found().guild)
        members = [] if guild is None else [member for member in guild.members if not member.bot]
        seated = [(role, member) for member in members if (role := self._role(member))]
        seated.sort(key=lambda seat: (list(Role).index(seat[0]), seat[1].display_name.casefold()))
        self._names |= {member_id(member): member.display_name for _, member in seated}
        erased, here = unnamed(self.council), {member_id(one): one.display_name for _, one in seated}
        await asyncio.to_thread(self.council.log.remember, {one: here[one] for one in here.keys() - erased})
        if gone := erased - here.keys():
            called = await asyncio.to_thread(self.council.log.names)
            self._names |= {one: called[one] for one in gone & called.keys()}
        return tuple(Seat(member_id(member), role, self._college(member)) for role, member in seated)

    def sounds(self, meeting: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        """Those of a meeting's utterances that are still in memory, as Ogg/Opus files."""
        sitting = self._connection.sittings.get(meeting)
        found = {key: sitting.room.sound(key) for key in wanted} if sitting else {}
        return {key: sound for key, sound in found.items() if sound is not None}

    def speaking(self, meeting: MeetingId) -> list[Speech]:
        """A meeting's utterances that are not over, as far as they are known."""
        sitting = self._connection.sittings.get(meeting)
        return sitting.room.speaking() if sitting else []

    async def closed(self) -> None:
        """Wait until the connection is over. Raises PlatformError (connection-lost) when `stop` did not end it."""
        if self._running is None:
            return
        try:
            await asyncio.shield(self._running)
        except discord.DiscordException as lost:
            raise error("connection-lost", reason=str(lost)) from lost

    async def stop(self) -> None:
        """Leave the room and Discord; the recording is closed, the log says where to go on."""
        await end(self._staff, self._clerk)
        await asyncio.gather(
            *(sitting.stop() for sitting in self._connection.sittings.values()), return_exceptions=True
        )
        self._connection.sittings.clear()
        await self._connection.close()
        await end(self._running)
        self.ready.clear()

    async def _connect(self) -> None:
        await log_in(self._connection, self.config)
        self._running = asyncio.create_task(self._connection.connect(), name="discord")
        await self._until_ready(self._running)

    async def _until_ready(self, running: "asyncio.Task[None]") -> None:
        ready = asyncio.create_task(self._connection.ready.wait())
        await asyncio.wait({ready, running}, timeout=READY, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._connection.ready.is_set():
            return
        failure = running.exception() if running.done() and not running.cancelled() else None
        if isinstance(failure, discord.PrivilegedIntentsRequired):
            raise error("intent-missing") from failure
        raise error("unreachable", reason=str(failure or "READY")) from failure

    async def _employ(self) -> bool:
        """A sitting for each meeting that still needs one."""
        sittings = self._connection.sittings
        for meeting in self.council.meetings():
            if meeting.id not in sittings and not is_over(meeting):
                hand = Stagehand(self.council, self._connection, self._found(), self._names, meeting.id)
                desk = self._connection.desk
                sitting = Sitting(hand, desk, self._pace, self.config, self.saying, self._sounds)
                sittings[meeting.id] = sitting
                sitting.start()
        return False

    async def _post(self) -> bool:
        """What is told of minutes on their way, however long ago their meeting was."""
        failed: Exception | None = None
        for meeting in self.council.meetings():
            if meeting.phase is Phase.ADJOURNED:
                hand = Stagehand(self.council, self._connection, self._found(), self._names, meeting.id)
                try:
                    await Publisher(hand, self.config).settle()
                except Exception as error:  # one meeting's files must not keep another's from being posted
                    failed = error
        if failed:
            raise failed
        return False

    def _found(self) -> Premises:
        if self._premises is None:
            raise RuntimeError("the bot has not been started")
        return self._premises

    def _role(self, member: discord.Member) -> Role | None:
        held = {role.name.casefold() for role in member.roles}
        named = (
            (self.config.chair_role, Role.CHAIR),
            (self.config.secretary_role, Role.SECRETARY),
            (self.config.member_role, Role.MEMBER),
        )
        return next((role for name, role in named if name.casefold() in held), None)

    def _college(self, member: discord.Member) -> str:
        """What follows the word in the name of the member's role: `habitants` of `Collège habitants`."""
        word = f"{self.config.college_role} ".casefold()
        colleges = [role.name[len(word) :].strip() for role in member.roles if role.name.casefold().startswith(word)]
        return colleges[0] if colleges and word.strip() else ""
