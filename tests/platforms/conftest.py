"""The house of the voice tests, founded anew for each."""

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from voice_house import ANN, BEN, CLO, CROWD, House
from yarl import URL

from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.server import LoopbackServer


@pytest.fixture
async def house(tmp_path, monkeypatch):
    names = {ANN: "Ann", BEN: "Ben", CLO: "Clo"} | {user: f"Guest {user}" for user in CROWD}
    server = LoopbackServer("Lunel", [MemberSpec(user, name) for user, name in names.items()])
    await server.start()
    told = server.describe()
    monkeypatch.setattr(Route, "BASE", told["rest"])
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(told["gateway"]))
    house = House(server, tmp_path / "recording")
    await house.open()
    yield house
    await house.close()
