"""`hemicycle loopback`: one line of JSON is all a client library needs."""

import asyncio
import json
import os
import signal
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

BOT = """
import asyncio, json, os, sys

told = json.loads(sys.stdin.readline())
os.environ["SSL_CERT_FILE"] = told["ca"]

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

Route.BASE = told["rest"]
DiscordWebSocket.DEFAULT_GATEWAY = URL(told["gateway"])

class Bot(discord.Client):
    async def on_ready(self):
        guild = self.get_guild(int(told["guild"]))
        voice = await guild.get_channel(int(told["channels"]["voice"])).connect()
        people = {str(member.id): member.display_name for member in guild.members if not member.bot}
        print(json.dumps({"me": str(self.user.id), "people": people, "voice": voice.is_connected()}))
        await voice.disconnect()
        await self.close()

asyncio.run(asyncio.wait_for(Bot(intents=discord.Intents.all()).start(told["bots"][3]["token"]), 30))
"""


@asynccontextmanager
async def loopback(*options: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, Any]]]:
    """The command, once it has said where everything is."""
    command = (sys.executable, "-m", "meetings", "loopback", *options)
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout
    try:
        async with asyncio.timeout(30):
            yield process, json.loads(await process.stdout.readline())
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.slow
async def test_an_unmodified_bot_needs_the_line_alone() -> None:
    async with loopback("--lang", "en") as (_, told):
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-c", BOT),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name != "SSL_CERT_FILE"},
        )
        printed, _ = await bot.communicate(json.dumps(told).encode() + b"\n")
        assert bot.returncode == 0
        people = {member["id"]: member["name"] for member in told["members"]}
        assert json.loads(printed) == {"me": told["bots"][3]["id"], "people": people, "voice": True}


@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_where_everything_is_and_ends_when_asked(request_to_end: signal.Signals) -> None:
    async with loopback() as (process, told):
        assert told.keys() == {"rest", "gateway", "ca", "guild", "channels", "bots", "members"}
        assert told["rest"].startswith("http://127.0.0.1:")
        assert told["rest"].endswith("/api/v10")
        assert told["gateway"].startswith("ws://127.0.0.1:")
        assert told["channels"].keys() == {"text", "voice", "stage"}
        assert len(told["bots"]) >= 4
        assert all(one.keys() == {"id", "name", "token"} for one in told["bots"])
        assert all(one.keys() == {"id", "name", "roles", "token"} for one in told["members"])
        everyone = [told["guild"], *told["channels"].values(), *(one["id"] for one in told["bots"] + told["members"])]
        assert all(int(one) > 1 << 50 for one in everyone)
        assert len(set(everyone)) == len(everyone)
        assert ssl.create_default_context(cafile=told["ca"]).get_ca_certs()
        process.send_signal(request_to_end)
        printed, said = await process.communicate()
        assert (process.returncode, printed, said) == (0, b"", b"")
        with pytest.raises(FileNotFoundError):
            ssl.create_default_context(cafile=told["ca"])
