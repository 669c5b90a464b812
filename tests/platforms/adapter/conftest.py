"""The bot under test over real sockets, on a stage and in a voice channel."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import discord
import pytest
from hall import MEMBERS, Hall

from meetings.rehearsal.loopback.server import LoopbackServer


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoopbackServer]:
    loopback = LoopbackServer("Conseil citoyen de Lunel", MEMBERS)
    await loopback.start()
    monkeypatch.setenv("SSL_CERT_FILE", loopback.describe()["ca"])
    # The bot points discord.py at the loopback; afterwards it points at Discord again.
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(
        discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    )
    yield loopback
    await loopback.stop()


@pytest.fixture(params=["stage"])
async def hall(server: LoopbackServer, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as phones:
        hall = Hall(server, tmp_path, request.param, phones)
        await hall.start_bot()
        yield hall
        await hall.stop_bot()
