"""One user's voice session: the websocket that carries it now, what was sent, its keys and its address."""

import asyncio
import json
import logging
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from meetings.rehearsal.loopback.dave import Op, Payload
from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.transport import Cipher
from meetings.rehearsal.loopback.voice_sessions import VoiceSession

log = logging.getLogger(__name__)

BUFFER = 512
"""Numbered messages kept for a resume. Discord does not say how many it keeps."""


@dataclass(frozen=True, slots=True)
class Close:
    """The last thing written to a websocket."""

    code: int
    reason: str


Message = str | bytes | Close


class Participant:
    """Outlives its websocket: while it waits for a resume, messages gather in the buffer and audio flows on."""

    def __init__(self, session: VoiceSession, ssrc: int, faults: Faults, *, numbered: bool) -> None:
        self.session = session
        self.user_id = session.user_id
        self.ssrc = ssrc
        self.speaking = 0
        """Flags of the client's op 5; 0 until it announced itself, and not 0 from then on."""
        self.announced = False
        """Op 5 has gone out to the others."""
        self.key = secrets.token_bytes(32)
        self.cipher: Cipher | None = None
        self.address: tuple[str, int] | None = None
        self.last_datagram = 0.0
        self.given_up: asyncio.TimerHandle | None = None
        """Due when nobody resumed the session."""
        self._faults = faults
        self._numbered = numbered
        self._sequence = -1
        self._buffer: deque[tuple[Message, float]] = deque(maxlen=BUFFER)
        self._outbox: asyncio.Queue[tuple[Message, float]] = asyncio.Queue()
        self._socket: web.WebSocketResponse | None = None
        self._transport: asyncio.Transport | None = None
        self._writer: asyncio.Task[None] | None = None

    def carried_by(self, socket: web.WebSocketResponse) -> bool:
        """This very websocket carries the session."""
        return self._socket is socket

    def attach(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, hang_up: Callable[[Close], None]
    ) -> None:
        """Send through `socket` from now on, `hang_up` closes it; whatever carried the session before is cut."""
        if self._writer:
            self._writer.cancel()
        if self.given_up:
            self.given_up.cancel()
        self.abort()
        self._socket, self._transport, self._outbox = socket, transport, asyncio.Queue()
        self._writer = asyncio.create_task(self._write(socket, self._outbox, hang_up))

    def detach(self) -> None:
        """The websocket is gone; the session is not."""
        self._socket = None

    def close(self, code: int, reason: str = "") -> None:
        """Close the websocket after what is queued for it."""
        self._outbox.put_nowait((Close(code, reason), 0.0))
        self.detach()

    def abort(self) -> None:
        """Cut the websocket's TCP connection without a word."""
        if self._transport and not self._transport.is_closing():  # early releases of Python 3.11 fail on one that is
            self._transport.abort()

    def can_repeat_after(self, acknowledged: int) -> bool:
        """Everything after this sequence number is still in the buffer."""
        return self._missed(acknowledged) <= len(self._buffer)

    def repeat_after(self, acknowledged: int) -> None:
        """Send again what came after this sequence number."""
        for entry in list(self._buffer)[len(self._buffer) - self._missed(acknowledged) :]:
            self._outbox.put_nowait(entry)

    def repeat_last(self, ops: set[Op]) -> None:
        """Send the newest binary message of these opcodes again, under a new number."""
        newest = (each for each, _ in reversed(self._buffer) if isinstance(each, bytes) and each[2] in ops)
        if message := next(newest, None):
            self.send(message[2], message[3:])

    def reply(self, op: int, data: object) -> None:
        """A JSON message without a number: it answers the client and is never repeated."""
        self._outbox.put_nowait((json.dumps({"op": op, "d": data}), 0.0))

    def send(self, op: int, data: Payload) -> None:
        """A numbered message: binary for bytes, else JSON."""
        self._sequence = (self._sequence + 1) & 0xFFFF
        if isinstance(data, bytes):
            message: str | bytes = self._sequence.to_bytes(2) + bytes((op,)) + data
        else:
            message = json.dumps({"op": op, "d": data} | ({"seq": self._sequence} if self._numbered else {}))
        late = self._faults.mls_delay(self.user_id) if op in {Op.ANNOUNCE_COMMIT, Op.WELCOME} else 0.0
        self._buffer.append((message, 0.0))
        self._outbox.put_nowait((message, late))

    def _missed(self, acknowledged: int) -> int:
        return (self._sequence - acknowledged) & 0xFFFF

    async def _write(
        self,
        socket: web.WebSocketResponse,
        outbox: asyncio.Queue[tuple[Message, float]],
        hang_up: Callable[[Close], None],
    ) -> None:
        try:
            while True:
                message, delay = await outbox.get()
                if delay:
                    await asyncio.sleep(delay)
                if isinstance(message, Close):
                    hang_up(message)
                    return
                await (socket.send_str(message) if isinstance(message, str) else socket.send_bytes(message))
        except (ConnectionError, RuntimeError) as problem:
            log.debug("user %d: websocket lost while writing: %s", self.user_id, problem)
