"""The loopback Discord: REST and gateway on one port, voice on two more, all on 127.0.0.1."""

import errno
import socket
import time
from collections.abc import Mapping, Sequence

from aiohttp import web

from meetings.rehearsal.errors import PortInUse
from meetings.rehearsal.loopback import rest
from meetings.rehearsal.loopback.calls import Calls
from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.founding import BOTS, KNOWN_ROLES, BotSpec, MemberSpec, found
from meetings.rehearsal.loopback.gateway import HEARTBEAT, Gateway
from meetings.rehearsal.loopback.interactions import ACKNOWLEDGE_WITHIN, Interactions
from meetings.rehearsal.loopback.kinds import ChannelType, Permission
from meetings.rehearsal.loopback.limits import Limiter
from meetings.rehearsal.loopback.objects_messages import Pages
from meetings.rehearsal.loopback.posting import Posting
from meetings.rehearsal.loopback.services import Services
from meetings.rehearsal.loopback.sessions import RESUME_WINDOW, Hub
from meetings.rehearsal.loopback.snowflakes import Clock
from meetings.rehearsal.loopback.tls import Certificates, make_certificates
from meetings.rehearsal.loopback.voice import VoiceServer
from meetings.rehearsal.loopback.world import Channel, Wire, World

__all__ = ["LoopbackServer", "PortInUse"]

CHANNEL_KINDS = {"text": ChannelType.TEXT, "voice": ChannelType.VOICE, "stage": ChannelType.STAGE}


class LoopbackServer:
    """A Discord with one guild, for rehearsals and tests; clients reach it at the addresses `describe` gives.

    `lang` names the channels and is everyone's locale; `roles` says what the members' roles may do; `heartbeat`,
    `acknowledge_within` and `resume_window` are seconds; `clock` gives seconds since the Unix epoch.
    """

    def __init__(
        self,
        guild_name: str,
        members: Sequence[MemberSpec],
        bots: Sequence[str | BotSpec] = BOTS,
        lang: str = "fr",
        host: str = "127.0.0.1",
        port: int = 0,
        faults: Faults | None = None,
        *,
        roles: Mapping[str, Permission] = KNOWN_ROLES,
        heartbeat: float = HEARTBEAT,
        acknowledge_within: float = ACKNOWLEDGE_WITHIN,
        resume_window: float = RESUME_WINDOW,
        clock: Clock = time.time,
    ) -> None:
        self.world: World = found(guild_name, members, bots, lang, roles, clock)
        self.hub = Hub(self.world, resume_window)
        self.calls = Calls(self.world, self.hub)
        self.faults = faults or Faults()
        self.voice: VoiceServer | None = None
        self._host, self._port = host, port
        self._heartbeat, self._within = heartbeat, acknowledge_within
        self._certificates: Certificates | None = None
        self._runner: web.AppRunner | None = None
        self._gateway: Gateway | None = None
        self._interactions: Interactions | None = None

    @property
    def gateway(self) -> Gateway:
        """The main gateway, with what tests do to connections; after `start`."""
        if self._gateway is None:
            raise RuntimeError("the loopback server is not started")
        return self._gateway

    async def start(self) -> None:
        """Listen. Raises PortInUse, and leaves nothing behind when it fails."""
        listener = self._listen()
        self._port = listener.getsockname()[1]
        self._certificates = make_certificates()
        try:
            self.calls.voice = self.voice = VoiceServer(self.calls, self._certificates.context, self.faults, self._host)
            await self.voice.start()
            self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
            await self._runner.setup()
            await web.SockSite(self._runner, listener).start()
        except BaseException:
            listener.close()
            await self.stop()
            raise

    async def stop(self) -> None:
        """Close every connection with 1001 and remove the certificates."""
        if self._interactions is not None:
            self._interactions.close()
        for session in list(self.hub.sessions.values()):
            if session.line is not None:
                session.line.hang_up(1001)
            self.hub.end(session)
        await self.calls.settle()
        if self._runner is not None:
            await self._runner.cleanup()
        if self.voice is not None:
            await self.voice.stop()
        if self._certificates is not None:
            self._certificates.remove()
        self._runner = self.voice = self._certificates = self.calls.voice = None

    def describe(self) -> Wire:
        """What a client needs to know, as `hemicycle loopback` prints it; ids are strings."""
        if self._certificates is None:
            raise RuntimeError("the loopback server is not started")
        people = self.world.guild.members.values()
        bots = [{"id": str(m.user.id), "name": m.user.name, "token": m.user.token} for m in people if m.user.bot]
        return {
            "rest": f"{self._base}{rest.PREFIX}",
            "gateway": self._gateway_url,
            "ca": str(self._certificates.ca),
            "guild": str(self.world.guild.id),
            "channels": {name: str(one.id) for name, kind in CHANNEL_KINDS.items() if (one := self._first(kind))},
            "bots": bots,
            "members": [self._person(m.user.id) for m in people if not m.user.bot],
        }

    def channel(self, kind: ChannelType) -> Channel:
        """The guild's first channel of a kind. Raises LookupError where there is none."""
        if channel := self._first(kind):
            return channel
        raise LookupError(kind)

    def _first(self, kind: ChannelType) -> Channel | None:
        return next((c for c in self.world.guild.channels.values() if c.kind is kind), None)

    def _person(self, user_id: int) -> Wire:
        guild = self.world.guild
        member = guild.members[user_id]
        roles = [guild.roles[role_id].name for role_id in member.role_ids]
        return {"id": str(user_id), "name": member.user.name, "roles": roles, "token": member.user.token}

    @property
    def _base(self) -> str:
        return f"http://{self._host}:{self._port}"

    @property
    def _gateway_url(self) -> str:
        return f"ws://{self._host}:{self._port}"

    def _listen(self) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(self._host, self._port) from error
            raise
        return listener

    def _application(self) -> web.Application:
        pages = Pages(self.world, self._base)
        posting = Posting(self.world, self.hub, pages)
        self._interactions = Interactions(posting, self.hub, pages, self._within)
        self._gateway = Gateway(self.world, self.hub, self.calls, pages, self._gateway_url, self._heartbeat)
        limiter = Limiter(self.world.clock)
        services = Services(
            self.world, self.hub, self.calls, pages, posting, self._interactions, limiter, self._gateway_url
        )
        app = web.Application(client_max_size=rest.LARGEST)
        app.router.add_get("/", self._gateway.connect)
        rest.mount(app, services)
        return app
