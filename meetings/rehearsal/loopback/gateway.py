"""The main gateway, version 10: one connection from HELLO to its close code (Events, Gateway; Topics, Opcodes)."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import WSCloseCode, WSMsgType, web

from meetings.rehearsal.loopback.calls import Calls
from meetings.rehearsal.loopback.compression import dumps, encoder, payload_zlib
from meetings.rehearsal.loopback.gateway_checks import (
    CLOSE_WORDS,
    GatewayError,
    authenticate,
    decode,
    intents,
    shard,
)
from meetings.rehearsal.loopback.kinds import ALL_INTENTS, Intent
from meetings.rehearsal.loopback.objects_messages import Pages
from meetings.rehearsal.loopback.sessions import Hub, Session
from meetings.rehearsal.loopback.welcome import guild_create, member_chunks, ready
from meetings.rehearsal.loopback.world import Wire, World

log = logging.getLogger("meetings.rehearsal.loopback")

HEARTBEAT = 41.25  # seconds
RATE = (120, 60.0)  # payloads, seconds
ROUND_TRIP = 0.02  # seconds: clients that time their heartbeats do not expect an answer at once


@dataclass(frozen=True, slots=True)
class Gateway:
    """What every connection shares. `heartbeat` is the interval told in HELLO, in seconds."""

    world: World
    hub: Hub
    calls: Calls
    pages: Pages
    url: str
    heartbeat: float = HEARTBEAT

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket until it closes."""
        socket = web.WebSocketResponse(compress=False, timeout=2.0)
        await socket.prepare(request)
        connection = Connection(self, request, socket)
        await connection.serve()
        return socket

    def reconnect(self, user_id: int) -> None:
        """Ask a user's clients to reconnect and resume (op 7)."""
        self._push(user_id, {"op": 7, "d": None})

    def drop(self, user_id: int) -> None:
        """Cut a user's connections as a dead network does; their sessions wait for a resume."""
        for session in self.hub.of(user_id):
            if session.line is not None:
                session.line.cut()

    def invalidate(self, user_id: int) -> None:
        """End a user's sessions: clients are told op 9 and must identify anew."""
        self._push(user_id, {"op": 9, "d": False})
        for session in self.hub.of(user_id):
            self.hub.end(session)

    def _push(self, user_id: int, payload: Wire) -> None:
        for session in self.hub.of(user_id):
            if session.line is not None:
                session.line.push(payload)


class Connection:
    """One websocket. Everything sent, the close frame too, goes through one queue and so in order."""

    def __init__(self, gateway: Gateway, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._gateway, self._request, self._socket = gateway, request, socket
        self._encode = encoder(request.query.get("compress"))
        self._out: asyncio.Queue[Wire | int] = asyncio.Queue()
        self._session: Session | None = None
        self._closing = False
        self._zombie: asyncio.TimerHandle | None = None
        self._received: deque[float] = deque(maxlen=RATE[0])
        self._ops: dict[int, Callable[[Wire], Awaitable[None]]] = {
            3: self._presence,
            4: self._voice_state,
            8: self._request_members,
            31: self._soundboard,
        }

    def push(self, payload: Wire) -> None:
        """Send after what was pushed before."""
        self._out.put_nowait(payload)

    def hang_up(self, code: int) -> None:
        """Close with a code after what was pushed before."""
        self._closing = True
        self._out.put_nowait(code)

    def cut(self) -> None:
        """Abort the transport: the client sees no close frame."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def serve(self) -> None:
        """Run until either side closes."""
        writer = asyncio.create_task(self._write())
        try:
            self._greet()
            await self._read()
        finally:
            if self._zombie is not None:
                self._zombie.cancel()
            if not self._closing:
                writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            self._detach()

    def _greet(self) -> None:
        query = self._request.query
        if query.get("v", "10") != "10":
            self.hang_up(4012)
        elif query.get("encoding", "json") != "json":
            log.warning("gateway: encoding %s is not spoken here, only json", query["encoding"])
            self.hang_up(4002)
        else:
            interval = int(self._gateway.heartbeat * 1000)
            self.push({"op": 10, "s": None, "t": None, "d": {"heartbeat_interval": interval, "_trace": ["loopback"]}})
            self._alive()

    def _alive(self) -> None:
        """A client that stays silent for a heartbeat and a half is a zombie."""
        if self._zombie is not None:
            self._zombie.cancel()
        loop = asyncio.get_running_loop()
        self._zombie = loop.call_later(self._gateway.heartbeat * 1.5, self._time_out)

    def _time_out(self) -> None:
        if self._session is not None:
            self._gateway.hub.end(self._session)
        self.hang_up(4009)

    async def _write(self) -> None:
        while True:
            item = await self._out.get()
            if isinstance(item, int):
                await self._socket.close(code=item, message=CLOSE_WORDS.get(item, b""))
                return
            data = self._encode(item)
            try:
                await (self._socket.send_str(data) if isinstance(data, str) else self._socket.send_bytes(data))
            except ConnectionError:
                return  # the reader sees the same, and the session keeps the event for a resume

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            try:
                await self._handle(decode(message.data))
                self._count()
            except GatewayError as refused:
                self.hang_up(refused.code)

    def _count(self) -> None:
        now = time.monotonic()
        if len(self._received) == RATE[0] and now - self._received[0] < RATE[1]:
            raise GatewayError(4008)
        self._received.append(now)

    async def _handle(self, payload: Wire) -> None:
        op, data = payload.get("op"), payload.get("d")
        if op == 1:
            self._alive()
            acknowledgement = {"op": 11, "s": None, "t": None, "d": None}
            asyncio.get_running_loop().call_later(ROUND_TRIP, self.push, acknowledgement)
        elif op in (2, 6):
            if not isinstance(data, dict):
                raise GatewayError(4001 if op == 6 else 4002)
            await (self._identify(data) if op == 2 else self._resume(data))
        elif op not in self._ops:
            raise GatewayError(4001)
        elif self._session is None:
            raise GatewayError(4003)
        elif not isinstance(data, dict):
            raise GatewayError(4001)
        else:
            await self._ops[op](data)

    async def _identify(self, data: Wire) -> None:
        if self._session is not None:
            raise GatewayError(4005)
        gateway = self._gateway
        user = authenticate(gateway.world, data)
        wanted = intents(user, data) if user.bot else ALL_INTENTS
        self._session = session = gateway.hub.open(user, wanted, shard(data), self)
        if data.get("compress") and self._encode is dumps:
            self._encode = payload_zlib
        if isinstance(data.get("presence"), dict):
            session.status = str(data["presence"].get("status") or "online")
        session.dispatch("READY", ready(session, gateway.world, gateway.url))
        if Intent.GUILDS in wanted and session.serves(gateway.world.guild.id):
            session.dispatch("GUILD_CREATE", guild_create(session, gateway.world, gateway.hub, gateway.pages))
        gateway.hub.present(user.id)

    async def _resume(self, data: Wire) -> None:
        if self._session is not None:
            raise GatewayError(4005)
        user = authenticate(self._gateway.world, data)
        session = self._gateway.hub.sessions.get(str(data.get("session_id")))
        since = data.get("seq")
        if session is None or session.user is not user or not isinstance(since, int):
            self.push({"op": 9, "s": None, "t": None, "d": False})
            return
        if since > session.sequence:
            raise GatewayError(4007)
        missed = session.missed(since)
        if missed is None:
            self.push({"op": 9, "s": None, "t": None, "d": False})
            return
        self._session = session
        for payload in missed:
            self.push(payload)
        self._gateway.hub.adopt(session, self)
        session.dispatch("RESUMED", {"_trace": ["loopback"]})

    async def _presence(self, data: Wire) -> None:
        session = self._current()
        session.status = str(data.get("status") or "online")
        session.activities = [a for a in data.get("activities") or [] if isinstance(a, dict)]
        self._gateway.hub.present(session.user.id)

    async def _voice_state(self, data: Wire) -> None:
        if str(data.get("guild_id")) != str(self._gateway.world.guild.id):
            return
        wanted = str(data.get("channel_id"))
        channel_id = int(wanted) if wanted.isdigit() else None
        mute, deaf = bool(data.get("self_mute")), bool(data.get("self_deaf"))
        await self._gateway.calls.request(self._current(), channel_id, mute, deaf)

    async def _request_members(self, data: Wire) -> None:
        session = self._current()
        for chunk in member_chunks(session, self._gateway.world, self._gateway.hub, data):
            session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    async def _soundboard(self, data: Wire) -> None:
        for guild_id in data.get("guild_ids") or []:
            self._current().dispatch("SOUNDBOARD_SOUNDS", {"guild_id": str(guild_id), "soundboard_sounds": []})

    def _current(self) -> Session:
        if self._session is None:
            raise GatewayError(4003)
        return self._session

    def _detach(self) -> None:
        if self._session is None or self._session.line is not self:
            return
        if self._socket.close_code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY):
            self._gateway.hub.end(self._session)  # the documented goodbye: no resume will come
        else:
            self._gateway.hub.lost(self._session, self)
