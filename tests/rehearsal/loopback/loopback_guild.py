"""Who is in the tests' guild, and small clients to speak to the server with."""

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
import discord_contract
from discord import app_commands

from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.kinds import ALL_INTENTS

CHAIR, SECRETARY, PAUL = 900000000000000001, 900000000000000002, 900000000000000003
MEMBERS = [
    MemberSpec(CHAIR, "Aminata Diallo", ("Membre", "Présidence")),
    MemberSpec(SECRETARY, "Léa Fontaine", ("Membre", "Secrétariat")),
    MemberSpec(PAUL, "Paul Roux", ("Membre",)),
]


class Bot(discord.Client):
    """discord.py as it comes, with a command tree and a wait for READY."""

    def __init__(self, intents: discord.Intents, **options: Any) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05, **options)  # there is one guild to wait for
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, Any]] = []
        self._running: asyncio.Task[None] | None = None

    async def begin(self, token: str) -> None:
        """Log in and wait for READY; raises what discord.py raises when the gateway refuses."""
        await self.login(token)
        self._running = asyncio.create_task(self.connect())
        ready = asyncio.create_task(self.wait_until_ready())
        await asyncio.wait({self._running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            ready.cancel()
            await self._running

    async def close(self) -> None:
        await super().close()
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)

    @property
    def council(self) -> discord.Guild:
        return self.guilds[0]


@dataclass
class Answer:
    status: int
    headers: Any
    body: Any


@dataclass
class Api:
    """Requests as no library softens them; replies are held against Discord's OpenAPI document."""

    http: aiohttp.ClientSession
    rest: str
    authorization: str | None
    checked: set[str] = field(default_factory=set)
    patient: bool = False

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        headers = {"Authorization": self.authorization} if self.authorization else {}
        async with self.http.request(method, self.rest + path, json=body, headers=headers, **more) as response:
            raw = await response.read()
            told = json.loads(raw) if raw and response.content_type == "application/json" else raw or None
            answer = Answer(response.status, response.headers, told)
        if answer.status == 429 and self.patient:
            await asyncio.sleep(answer.body["retry_after"])
            return await self(method, path, body, **more)
        if discord_contract.check(method, path, answer.status, told):
            self.checked.add(f"{method} {discord_contract.template(method, path.partition('?')[0])} {answer.status}")
        return answer


@dataclass
class RawGateway:
    """A websocket client without a library: what is said is what the test says."""

    socket: aiohttp.ClientWebSocketResponse
    inflate: Any = field(default_factory=zlib.decompressobj)
    stream: bool = False

    async def send(self, op: int, data: Any) -> None:
        await self.socket.send_json({"op": op, "d": data})

    async def receive(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            message = await self.socket.receive()
        if message.type is aiohttp.WSMsgType.TEXT:
            told = json.loads(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            told = json.loads(self.inflate.decompress(message.data) if self.stream else zlib.decompress(message.data))
        else:
            raise ConnectionError(f"closed with {self.socket.close_code}")
        assert isinstance(told, dict)
        return told

    async def until(self, event: str) -> dict[str, Any]:
        while (payload := await self.receive())["t"] != event:
            pass
        return payload

    async def closed(self) -> int | None:
        """Read until the server closes; the close code."""
        async with asyncio.timeout(5):
            while not self.socket.closed:
                await self.socket.receive()
        return self.socket.close_code

    async def identify(self, token: str, intents: int = int(ALL_INTENTS), **more: Any) -> dict[str, Any]:
        properties = {"os": "linux", "browser": "t", "device": "t"}
        await self.send(2, {"token": token, "intents": intents, "properties": properties, **more})
        return await self.until("READY")
