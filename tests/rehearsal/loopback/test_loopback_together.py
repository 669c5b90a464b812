"""Gateway, REST and voice as one Discord: a bot and a member meet in a channel and the member is heard on the wire."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import discord
import pytest
from loopback_guild import PAUL, Bot, RawGateway

from meetings.rehearsal.cast.client import MemberClient
from meetings.rehearsal.cast.voice import MemberVoice
from meetings.rehearsal.loopback.server import LoopbackServer

StartMember = Callable[..., Awaitable[MemberClient]]
SILENCE = b"\xf8\xff\xfe"


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what no event tells of."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.02)


def trusted(ca: str) -> aiohttp.TCPConnector:
    return aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=ca))


@pytest.fixture
async def trusting(server: LoopbackServer) -> Bot:
    """A discord.py bot that trusts the loopback's CA, as SSL_CERT_FILE makes a process of its own do."""
    described = server.describe()
    client = Bot(discord.Intents.all(), connector=trusted(described["ca"]))
    await client.begin(described["bots"][0]["token"])
    return client


@pytest.mark.parametrize("kind", ["voice", "stage"])
async def test_a_member_is_heard_where_the_bot_listens(
    server: LoopbackServer, trusting: Bot, member: StartMember, kind: str
) -> None:
    described = server.describe()
    channel = trusting.council.get_channel(int(described["channels"][kind]))
    assert isinstance(channel, discord.VoiceChannel | discord.StageChannel)
    call = await channel.connect(timeout=10)
    paul = await member(PAUL)
    credentials = await paul.join_voice(channel.id)
    voice = await MemberVoice.connect(credentials, ca=Path(described["ca"]))
    speaker = trusting.council.get_member(PAUL)
    assert speaker is not None
    if kind == "stage":
        await voice.say([SILENCE] * 3)
        assert server.voice is not None
        assert server.voice.stats["packets_out"] == 0  # suppressed: nobody hears
        await speaker.edit(suppress=False)
    said = await voice.say([SILENCE] * 5)
    await until(lambda: server.voice is not None and server.voice.stats["packets_out"] >= said.packets)
    await voice.close()
    await call.disconnect()
    await trusting.close()
    assert server.world.guild.voice_states.keys() == {PAUL}


async def test_moving_the_bot_closes_its_old_voice_and_opens_a_new_one(server: LoopbackServer, trusting: Bot) -> None:
    council = trusting.council
    call = await council.voice_channels[0].connect(timeout=10)
    await council.me.move_to(council.stage_channels[0])
    await until(lambda: call.channel == council.stage_channels[0] and call.is_connected())
    assert server.voice is not None
    assert server.voice.stats["closed_4014"] >= 1
    await trusting.close()


async def test_a_bot_started_again_takes_its_place_in_voice(
    server: LoopbackServer, http: aiohttp.ClientSession, trusting: Bot
) -> None:
    """As after a kill: the old session still waits for a resume when the new one joins."""
    described = server.describe()
    bot_id, channel_id = int(described["bots"][0]["id"]), described["channels"]["voice"]
    await trusting.close()
    killed = RawGateway(await http.ws_connect(described["gateway"], max_msg_size=0))
    await killed.identify(described["bots"][0]["token"])
    await killed.send(4, {"guild_id": described["guild"], "channel_id": channel_id})
    await killed.until("VOICE_SERVER_UPDATE")
    before = server.world.guild.voice_states[bot_id]
    server.gateway.drop(bot_id)
    again = Bot(discord.Intents.all(), connector=trusted(described["ca"]))
    await again.begin(described["bots"][0]["token"])
    assert [one.id for one in again.council.voice_channels[0].members] == [bot_id]  # it sees itself still there
    call = await again.council.voice_channels[0].connect(timeout=10)
    after = server.world.guild.voice_states[bot_id]
    assert call.is_connected()
    assert after.session_id != before.session_id
    server.hub.end(server.hub.of(bot_id)[0])  # nobody resumed the old session
    assert server.world.guild.voice_states[bot_id] is after
    assert call.is_connected()
    await again.close()
