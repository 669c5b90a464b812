"""A running loopback server, unmodified discord.py bots on it, members at their phones."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import aiohttp
import discord
import pytest
import yarl
from loopback_guild import CHAIR, MEMBERS, Api, Bot

from meetings.rehearsal.cast.client import MemberClient
from meetings.rehearsal.loopback.server import LoopbackServer


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackServer]:
    loopback = LoopbackServer("Conseil citoyen", MEMBERS)
    await loopback.start()
    described = loopback.describe()
    monkeypatch.setattr(discord.http.Route, "BASE", described["rest"])
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(described["gateway"]))
    monkeypatch.setenv("SSL_CERT_FILE", described["ca"])
    yield loopback
    await loopback.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(server: LoopbackServer, http: aiohttp.ClientSession) -> Api:
    """The first bot's REST API."""
    described = server.describe()
    return Api(http, described["rest"], f"Bot {described['bots'][0]['token']}")


@pytest.fixture
def person(server: LoopbackServer, http: aiohttp.ClientSession) -> Api:
    """The REST API of an ordinary member."""
    described = server.describe()
    return Api(http, described["rest"], described["members"][2]["token"])


@pytest.fixture
async def bot(server: LoopbackServer) -> AsyncIterator[Callable[..., Awaitable[Bot]]]:
    """Start unmodified discord.py clients: `await bot(0)` is the first bot, ready."""
    async with AsyncExitStack() as stack:

        async def start(number: int = 0, intents: discord.Intents | None = None) -> Bot:
            client = Bot(intents or discord.Intents.all())
            stack.push_async_callback(client.close)
            await client.begin(server.describe()["bots"][number]["token"])
            return client

        yield start


@pytest.fixture
async def member(server: LoopbackServer) -> AsyncIterator[Callable[..., Awaitable[MemberClient]]]:
    """Start members' phones: `await member(CHAIR)`."""
    async with AsyncExitStack() as stack:

        async def start(user_id: int = CHAIR) -> MemberClient:
            described = server.describe()
            token = next(m["token"] for m in described["members"] if m["id"] == str(user_id))
            return await stack.enter_async_context(MemberClient(described["rest"], described["gateway"], token))

        yield start
