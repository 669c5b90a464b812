"""A client's side of the voice gateway's websocket: identify, heartbeat, resume."""

import asyncio
import json
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import aiohttp

IDENTIFY, SELECT_PROTOCOL, READY, HEARTBEAT, SESSION_DESCRIPTION = 0, 1, 2, 3, 4
SPEAKING, RESUME, HELLO, PREPARE_EPOCH = 5, 7, 8, 24
RESUMABLE = frozenset({1006, 4015})
"""Closes after which the session may live on: a broken connection, a crashed server."""
RESUME_TRIES = 3


class Credentials(Protocol):
    """What VOICE_STATE_UPDATE and VOICE_SERVER_UPDATE told a client."""

    @property
    def endpoint(self) -> str:
        """`host:port` of the voice server."""

    @property
    def token(self) -> str:
        """Of VOICE_SERVER_UPDATE."""

    @property
    def session_id(self) -> str:
        """Of VOICE_STATE_UPDATE."""

    @property
    def guild_id(self) -> int:
        """The guild."""

    @property
    def channel_id(self) -> int:
        """The voice or stage channel."""

    @property
    def user_id(self) -> int:
        """The member."""


class VoiceClosedError(ConnectionError):
    """The session ended with `code`, one of Discord's voice close codes, or 1006 for a connection lost for good."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(f"voice closed with {code}{reason and ': ' + reason}")
        self.code, self.reason = code, reason


class Signalling:
    """One voice session's websocket, or the several that carry it one after the other."""

    def __init__(
        self,
        credentials: Credentials,
        ca: Path,
        dave: int,
        on_json: Callable[[int, dict[str, Any]], Awaitable[None]],
        on_binary: Callable[[int, bytes], Awaitable[None]],
    ) -> None:
        self._credentials = credentials
        self._tls = ssl.create_default_context(cafile=str(ca))
        self._dave = dave
        self._on_json, self._on_binary = on_json, on_binary
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._acknowledged = -1
        self.resumable = False
        """Set once the handshake is done: from then on a broken websocket is resumed."""
        self.operations: Counter[int] = Counter()
        """How often each opcode came."""

    async def run(self) -> VoiceClosedError:
        """Hold the session until it ends; with what ended it. Raises `aiohttp.ClientError`, `OSError`."""
        async with aiohttp.ClientSession() as http:
            closed = await self._converse(http, resuming=False)
            for _ in range(RESUME_TRIES):
                if closed.code not in RESUMABLE or not self.resumable:
                    break
                closed = await self._converse(http, resuming=True)
            return closed

    async def send(self, op: int, data: dict[str, Any] | bytes) -> None:
        """A message to the server; one sent while the websocket is down is lost, as with any client."""
        if self._socket is None or self._socket.closed:
            return
        with suppress(ConnectionError):
            if isinstance(data, bytes):
                await self._socket.send_bytes(bytes((op,)) + data)
            else:
                await self._socket.send_str(json.dumps({"op": op, "d": data}))

    async def close(self) -> None:
        """Say goodbye: the session is over at once."""
        self.resumable = False
        if self._socket:
            await self._socket.close(code=1000)

    async def _converse(self, http: aiohttp.ClientSession, *, resuming: bool) -> VoiceClosedError:
        async with http.ws_connect(f"wss://{self._credentials.endpoint}/?v=8", ssl=self._tls) as socket:
            self._socket = socket
            await (self._resume() if resuming else self._identify())
            beating: asyncio.Task[None] | None = None
            try:
                while (message := await socket.receive()).type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}:
                    interval = await self._heed(message)
                    if interval is not None:
                        beating = asyncio.create_task(self._beat(interval))
            finally:
                if beating:
                    beating.cancel()
            code = message.data if message.type is aiohttp.WSMsgType.CLOSE else socket.close_code
            return VoiceClosedError(code or 1006, str(message.extra or ""))

    async def _heed(self, message: aiohttp.WSMessage) -> float | None:
        """Pass one message on; with the heartbeat's interval in seconds if it was Hello."""
        if message.type is aiohttp.WSMsgType.BINARY:
            self._acknowledged = int.from_bytes(message.data[:2])
            self.operations[message.data[2]] += 1
            await self._on_binary(message.data[2], message.data[3:])
            return None
        payload = json.loads(message.data)
        op, data = payload["op"], payload["d"]
        self._acknowledged = payload.get("seq", self._acknowledged)
        self.operations[op] += 1
        if op == HELLO:
            return float(data["heartbeat_interval"]) / 1000
        await self._on_json(op, data)
        return None

    async def _identify(self) -> None:
        user = {"user_id": str(self._credentials.user_id), "max_dave_protocol_version": self._dave}
        await self.send(IDENTIFY, self._proof() | user)

    async def _resume(self) -> None:
        await self.send(RESUME, self._proof() | {"seq_ack": self._acknowledged})

    def _proof(self) -> dict[str, Any]:
        credentials = self._credentials
        server = {"server_id": str(credentials.guild_id)}
        return server | {"session_id": credentials.session_id, "token": credentials.token}

    async def _beat(self, interval: float) -> None:
        while True:
            await self.send(HEARTBEAT, {"t": int(time.time() * 1000), "seq_ack": self._acknowledged})
            await asyncio.sleep(interval)
