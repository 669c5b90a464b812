"""What the voice server asks of the main gateway: who may connect, and who may be heard."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class VoiceSession:
    """One user's leave to connect to one channel, as VOICE_STATE_UPDATE and VOICE_SERVER_UPDATE announced it."""

    user_id: int
    guild_id: int
    channel_id: int
    session_id: str
    token: str
    dave: int
    """DAVE protocol version of the channel: 1 in voice channels, 0 on stages."""


class Sessions(Protocol):
    """The main gateway's knowledge of voice states."""

    def find(self, user_id: int, session_id: str, token: str) -> VoiceSession | None:
        """The session these three name together, or None."""

    def may_speak(self, user_id: int) -> bool:
        """False for a suppressed stage audience and for who is muted by the server: their audio is dropped."""
