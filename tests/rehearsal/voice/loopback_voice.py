"""What the voice tests share: a main gateway that only knows sessions, a loopback to join, ears to listen with."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from meetings.rehearsal.cast.voice import Heard, MemberVoice
from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.voice import VoiceServer, VoiceSession

GUILD, VOICE, STAGE = 500000000000000001, 500000000000000002, 500000000000000003
FIRST_USER = 100000000000000001


@dataclass(frozen=True)
class Certificates:
    ca: Path
    tls: ssl.SSLContext


@dataclass(frozen=True)
class Credentials:
    endpoint: str
    token: str
    session_id: str
    guild_id: int
    channel_id: int
    user_id: int


class MainGateway:
    """The sessions a main gateway would have announced."""

    def __init__(self) -> None:
        self.sessions: dict[int, VoiceSession] = {}
        self.suppressed: set[int] = set()

    def find(self, user_id: int, session_id: str, token: str) -> VoiceSession | None:
        session = self.sessions.get(user_id)
        return session if session and (session.session_id, session.token) == (session_id, token) else None

    def may_speak(self, user_id: int) -> bool:
        return user_id not in self.suppressed


class Loopback:
    """A voice server under test and the members connected to it."""

    def __init__(self, certificates: Certificates, heartbeat: float) -> None:
        self.ca = certificates.ca
        self.gateway = MainGateway()
        self.faults = Faults()
        self.server = VoiceServer(self.gateway, certificates.tls, self.faults, heartbeat=heartbeat)
        self.members: list[MemberVoice] = []
        self._users = 0

    def credentials(self, channel_id: int = VOICE, user_id: int | None = None) -> Credentials:
        """Put a user (default: a new one) into a channel, as op 4 of the main gateway does."""
        self._users += 1
        user_id = user_id or FIRST_USER + self._users
        dave = 0 if channel_id == STAGE else 1
        session = VoiceSession(user_id, GUILD, channel_id, f"session{self._users}", f"token{self._users}", dave)
        self.gateway.sessions[user_id] = session
        return Credentials(
            self.server.endpoint, session.token, session.session_id, session.guild_id, channel_id, user_id
        )

    async def join(self, channel_id: int = VOICE, user_id: int | None = None, **options: object) -> MemberVoice:
        member = await MemberVoice.connect(self.credentials(channel_id, user_id), ca=self.ca, **options)
        self.members.append(member)
        return member

    async def join_both(self, channel_id: int = VOICE, **options: object) -> tuple[MemberVoice, MemberVoice]:
        """Two members who share keys, where there are keys."""
        first, second = await self.join(channel_id, **options), await self.join(channel_id, **options)
        if channel_id == VOICE:
            await until(lambda: len(first.members) == len(second.members) == 2)
        return first, second


async def until(condition: Callable[[], bool], timeout: float = 8.0) -> None:
    """Wait for a condition of the outside world; fails the test when it does not come."""
    async with asyncio.timeout(timeout):
        while not condition():
            await asyncio.sleep(0.01)


class Ear:
    """What a member heard, by speaker."""

    def __init__(self, member: MemberVoice) -> None:
        self.heard: list[Heard] = []
        member.on_heard = self.heard.append

    def opus(self, user_id: int | None = None) -> list[bytes]:
        return [heard.opus for heard in self.heard if user_id in (None, heard.user_id)]


def speech(count: int, seed: int = 0) -> list[bytes]:
    """Packets told apart at a glance, with the table of contents of 20 ms wideband SILK."""
    return [b"\x48" + bytes((seed, number & 0xFF, number >> 8)) * 20 for number in range(count)]
