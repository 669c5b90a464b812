"""Unmodified discord.py joins the whole loopback: its bot and our members hear each other."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import discord
import pytest
import yarl
from loopback_voice import Ear, speech, until

from meetings.rehearsal.cast.client import MemberClient
from meetings.rehearsal.cast.voice import MemberVoice
from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.server import LoopbackServer

MEMBERS = [MemberSpec(900000000000000000 + number, f"Membre {number}") for number in range(1, 4)]
pytestmark = pytest.mark.filterwarnings("ignore:.*PyNaCl.*:UserWarning")


class Packets(discord.AudioSource):
    """An audio source of finished Opus packets."""

    def __init__(self, packets: list[bytes]) -> None:
        self._packets = iter(packets)

    def read(self) -> bytes:
        return next(self._packets, b"")

    def is_opus(self) -> bool:
        return True


@dataclass
class Scene:
    """The loopback, a bot on it, and members to send in."""

    server: LoopbackServer
    bot: discord.Client
    stack: AsyncExitStack

    async def bot_joins(self, kind: str) -> discord.VoiceClient:
        channel = self.bot.get_channel(int(self.server.describe()["channels"][kind]))
        assert isinstance(channel, discord.VoiceChannel | discord.StageChannel)
        client = await channel.connect(timeout=10, self_deaf=False)
        self.stack.push_async_callback(client.disconnect, force=True)
        return client

    async def member_joins(self, number: int, kind: str) -> tuple[MemberClient, MemberVoice]:
        described = self.server.describe()
        phone = MemberClient(described["rest"], described["gateway"], described["members"][number]["token"])
        await self.stack.enter_async_context(phone)
        credentials = await phone.join_voice(int(described["channels"][kind]))
        voice = await MemberVoice.connect(credentials, ca=Path(described["ca"]))
        self.stack.push_async_callback(voice.close)
        return phone, voice


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    async with AsyncExitStack() as stack:
        server = LoopbackServer("Conseil citoyen", MEMBERS, faults=Faults())
        await server.start()
        stack.push_async_callback(server.stop)
        described = server.describe()
        monkeypatch.setattr(discord.http.Route, "BASE", described["rest"])
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(described["gateway"]))
        # aiohttp reads SSL_CERT_FILE when it is imported, which is long past here: the CA goes in by the connector.
        trust = ssl.create_default_context(cafile=described["ca"])
        connector = aiohttp.TCPConnector(limit=0, ssl=trust)
        bot = discord.Client(intents=discord.Intents.all(), connector=connector, guild_ready_timeout=0.2)
        await stack.enter_async_context(bot)
        await bot.login(described["bots"][0]["token"])
        running = asyncio.create_task(bot.connect())
        stack.push_async_callback(asyncio.gather, running, return_exceptions=True)
        stack.push_async_callback(bot.close)
        await asyncio.wait_for(bot.wait_until_ready(), 10)
        yield Scene(server, bot, stack)


async def play(client: discord.VoiceClient, packets: list[bytes]) -> None:
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    client.play(Packets(packets), after=lambda _: loop.call_soon_threadsafe(done.set))
    await asyncio.wait_for(done.wait(), 10)


async def test_a_bot_plays_to_a_member_under_dave(scene: Scene):
    _, member = await scene.member_joins(0, "voice")
    client = await scene.bot_joins("voice")
    await until(lambda: len(member.members) == 2)
    await until(lambda: client._connection.can_encrypt)
    ear = Ear(member)
    await play(client, speech(25))
    await until(lambda: len(ear.heard) >= 25)
    assert ear.opus(client.user.id) == speech(25)
    assert client._connection.dave_session.voice_privacy_code
    assert member.unopened == 0


async def test_a_bot_plays_on_a_stage_once_it_is_a_speaker(scene: Scene):
    _, member = await scene.member_joins(0, "stage")
    client = await scene.bot_joins("stage")
    ear = Ear(member)
    await play(client, speech(3))
    await until(lambda: scene.server.voice.stats["suppressed"] >= 3)
    await client.guild.me.edit(suppress=False)
    await until(lambda: client.guild.me.voice.suppress is False)
    await play(client, speech(25, seed=5))
    await until(lambda: len(ear.heard) >= 25)
    assert ear.opus() == speech(25, seed=5)
    assert client._connection.dave_protocol_version == 0


async def test_a_bot_receives_what_a_member_says(scene: Scene):
    client = await scene.bot_joins("voice")
    datagrams: list[bytes] = []
    client._connection.add_socket_listener(datagrams.append)
    _, member = await scene.member_joins(0, "voice")
    await until(lambda: len(member.members) == 2)
    said = await member.say(speech(10))
    await until(lambda: sum(len(each) > 8 and each[1] == 0x78 for each in datagrams) == said.packets)
    assert set(map(int, client._connection.dave_session.get_user_ids())) == {client.user.id, MEMBERS[0].id}


async def test_members_come_and_go_while_the_bot_stays(scene: Scene):
    client = await scene.bot_joins("voice")
    for _ in range(2):
        joined = [await scene.member_joins(number, "voice") for number in range(3)]
        await until(lambda voices=joined: all(len(voice.members) == 4 for _, voice in voices))
        ears = [Ear(voice) for _, voice in joined]
        await until(lambda: client._connection.can_encrypt)
        await play(client, speech(3))
        await until(lambda heard=ears: all(len(ear.heard) == 3 for ear in heard))
        for phone, voice in joined:
            await phone.leave_voice()
            assert (await voice.wait_closed()).code == 4014
    assert client.is_connected()
