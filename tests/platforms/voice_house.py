"""A house for the voice tests: the loopback server, a real discord.py bot in it, and members who come when called."""

import asyncio
import ssl
from collections import Counter
from pathlib import Path

import aiohttp
import discord

from meetings.platforms.discord.voice import RecordingClient, stay
from meetings.recording import Recorder
from meetings.recording.journal import Heard, segments
from meetings.rehearsal.cast.client import MemberClient
from meetings.rehearsal.cast.voice import MemberVoice
from meetings.rehearsal.loopback.server import LoopbackServer

ANN, BEN, CLO = 301, 302, 303
CROWD = range(401, 425)
AES, XCHACHA = "aead_aes256_gcm_rtpsize", "aead_xchacha20_poly1305_rtpsize"
SILENCE = b"\xf8\xff\xfe"


def said(start: int, count: int) -> list[bytes]:
    """Numbered packets of 20 ms."""
    return [b"\x78" + number.to_bytes(4) + bytes(40) for number in range(start, start + count)]


async def until(condition, seconds: float = 10.0) -> None:
    """Wait for a condition; the test fails where it does not come true."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


class House:
    """A server, a bot in it, and members who come when called."""

    def __init__(self, server: LoopbackServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.faults = server.faults
        self.utterances = []
        self.members: dict[int, MemberClient] = {}
        self.voices: dict[int, MemberVoice] = {}
        self.sent: Counter[int] = Counter()
        self.staying: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self.told = self.server.describe()
        tls = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=self.told["ca"]))
        self.bot = discord.Client(intents=discord.Intents.default(), connector=tls, guild_ready_timeout=0.1)
        await self.bot.login(self.told["bots"][0]["token"])
        self.running = asyncio.create_task(self.bot.connect())
        await self.bot.wait_until_ready()
        self.guild = self.bot.guilds[0]
        self.recorder = Recorder(self.folder, on_utterance=self.utterances.append)

    async def stay(self, kind: str = "voice") -> None:
        """Have the bot record there, whatever happens, until the house closes or `go` is called."""
        self.staying = asyncio.create_task(stay(self.channel(kind), self.recorder))
        await until(lambda: self.guild.voice_client is not None and self.guild.voice_client.is_connected())
        self.client = self.guild.voice_client

    async def go(self) -> None:
        if self.staying is not None:
            self.staying.cancel()
            await asyncio.gather(self.staying, return_exceptions=True)

    async def close(self) -> None:
        await self.go()
        for speaker in self.voices.values():
            await speaker.close()
        for member in self.members.values():
            await member.close()
        await self.bot.close()
        await asyncio.gather(self.running, return_exceptions=True)
        await self.server.stop()

    def channel(self, kind: str):
        return self.guild.get_channel(int(self.told["channels"][kind]))

    async def record(self, kind: str = "voice") -> RecordingClient:
        client = await self.channel(kind).connect(cls=RecordingClient, self_mute=True)
        client.record(self.recorder)
        self.client = client
        return client

    async def enter(self, user: int, kind: str = "voice", **options) -> MemberVoice:
        if user not in self.members:
            token = next(one["token"] for one in self.told["members"] if int(one["id"]) == user)
            self.members[user] = MemberClient(self.told["rest"], self.told["gateway"], token)
            await self.members[user].connect()
        channel = self.channel(kind)
        credentials = await self.members[user].join_voice(channel.id)
        self.voices[user] = await MemberVoice.connect(credentials, ca=Path(self.told["ca"]), **options)
        if kind == "stage":
            await until(lambda: user in channel.voice_states)
            member = await self.guild.fetch_member(user)
            await member.edit(suppress=False)
            await until(lambda: self.members[user].may_speak)
            await until(lambda: not channel.voice_states[user].suppress)
        return self.voices[user]

    async def leave(self, user: int) -> None:
        speaker = self.voices.pop(user)
        self.sent[user] += speaker.packets_sent
        await speaker.close()
        await self.members[user].leave_voice()

    async def secured(self, *users: int) -> None:
        """Everybody, the bot included, shares the keys."""
        everyone = {self.bot.user.id, *users}
        await until(lambda: all(self.voices[user].members == everyone for user in users))
        await until(lambda: self.server.voice.secured(self.bot.user.id))
        await until(lambda: self.guild.voice_client._connection.can_encrypt)  # the server knows before the bot does

    def sabotage(self):
        return self.server.voice.sabotage(self.bot.user.id)

    def finish(self):
        """End the recording; what each member sent against what was kept."""
        self.client.stop_recording()
        for user, speaker in self.voices.items():
            self.sent[user] += speaker.packets_sent
        return self.recorder.close()

    def kept(self, user: int) -> list[bytes]:
        """A member's voice as the journal has it, silence left out, in the order of time."""
        heard = [entry for segment in segments(self.folder) for entry in segment.entries() if isinstance(entry, Heard)]
        return [one.opus for one in heard if one.user_id == user and one.opus != SILENCE]

    def total(self) -> int:
        """Packets kept so far."""
        return self.recorder.packets_recorded
