"""Opens what members say under DAVE, Discord's end-to-end encryption, with the keys that discord.py keeps."""

from collections.abc import Collection

import davey

from meetings.platforms.discord.voice_state import RepairedConnectionState

_MARKER = b"\xfa\xfa"  # ends every DAVE frame (DAVE protocol, "Payload Format")
_TAG = 8  # bytes of authentication tag before the nonce


class DaveOpener:
    """The receiver's `Opener` over the connection's DAVE session. Never log the session: its repr leaks memory."""

    def __init__(self, state: RepairedConnectionState) -> None:
        self._state = state
        self.speakers: frozenset[int] = frozenset()  # who may speak where nothing is encrypted end to end

    def active(self) -> bool:
        """Whether the room is encrypted: after a move to a stage a stale session remains, so the version decides."""
        return self._state.dave_protocol_version != 0 and self._state.dave_session is not None

    def open(self, user_id: int, frame: bytes) -> bytes | None:
        """The Opus packet in a member's frame, or None when the key at hand does not open it."""
        session = self._state.dave_session
        if session is None:
            return None
        try:
            return bytes(session.decrypt(user_id, davey.MediaType.audio, frame))
        except ValueError:  # davey's one exception: no key, a wrong key, a nonce seen before
            return None

    def proves(self, frame: bytes) -> bool:
        """Whether the frame is encrypted at all: while a room changes protocol, plain ones pass for anybody."""
        return frame.endswith(_MARKER)

    def ordinal(self, frame: bytes) -> int:
        """The frame's nonce, which counts from 1 under each key; 0 where the frame has none."""
        if not frame.endswith(_MARKER) or len(frame) < 3:
            return 0
        at = len(frame) - frame[-3] + _TAG
        nonce = 0
        for place, byte in enumerate(frame[at:-3] if at > 0 else b""):  # ULEB128
            nonce |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                return nonce
        return 0

    def members(self) -> Collection[int]:
        """The group's members, or on a stage those who may speak; never ourselves."""
        session = self._state.dave_session
        if not self.active() or session is None:
            return self.speakers
        return [member for member in map(int, session.get_user_ids()) if member != self._state.user.id]
