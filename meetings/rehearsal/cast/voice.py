"""A member's voice: a client of the voice gateway that speaks Opus packets in real time and hears the others."""

import asyncio
import logging
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import aiohttp

from meetings.recording.packets import NotOggOpusError, opus_packets
from meetings.rehearsal.cast import signalling
from meetings.rehearsal.cast.encryption import Encryption
from meetings.rehearsal.cast.media import Media
from meetings.rehearsal.cast.signalling import Credentials, Signalling, VoiceClosedError
from meetings.rehearsal.loopback.transport import FRAME, MODES, SILENCE, Cipher, Rtp

__all__ = ["Credentials", "Heard", "MemberVoice", "NotOggOpusError", "Said", "VoiceClosedError", "opus_packets"]

log = logging.getLogger(__name__)

SILENCE_FRAMES = 5
HANDSHAKE = 15.0
"""Seconds the whole handshake may take."""
EARLY = 100
"""Packets kept of each SSRC that op 5 has not named yet: UDP overtakes the websocket."""


@dataclass(frozen=True, slots=True)
class Said:
    """What `say` did."""

    started: float
    """`time.monotonic()` of the first packet, seconds."""
    packets: int
    """RTP packets sent, the frames of silence at the end included."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An Opus packet of another member."""

    user_id: int
    sequence: int
    timestamp: int
    opus: bytes


class MemberVoice:
    """A member in a voice or stage channel. Create it with `connect`."""

    def __init__(
        self, credentials: Credentials, ca: Path, modes: Sequence[str], *, frozen_timestamps: bool, dave: int
    ) -> None:
        self._credentials = credentials
        self._modes = modes
        self._frozen = frozen_timestamps
        self._signalling = Signalling(credentials, ca, dave, self._json, self._binary)
        self._encryption = Encryption(0, credentials.user_id, credentials.channel_id)
        self._users: dict[int, int] = {}
        self._early: defaultdict[int, deque[Rtp]] = defaultdict(lambda: deque(maxlen=EARLY))
        self._media: Media | None = None
        self._described = asyncio.Event()
        self._ended: asyncio.Future[VoiceClosedError] = asyncio.get_running_loop().create_future()
        self._floor = asyncio.Lock()
        self._runner = asyncio.create_task(self._run())
        self.packets_received = 0
        self.unopened = 0
        """Packets of known speakers that DAVE did not open."""
        self.on_heard: Callable[[Heard], None] | None = None
        """Called with every packet that was opened and is no silence."""

    @classmethod
    async def connect(
        cls,
        credentials: Credentials,
        *,
        ca: Path,
        modes: Sequence[str] = MODES,
        frozen_timestamps: bool = False,
        dave: int = 1,
    ) -> Self:
        """Connect, trusting the certificate authority in `ca`, with the first mode of `modes` the server has.

        `frozen_timestamps` makes pauses as discord.py does; `dave` is the highest DAVE version offered.
        Raises `VoiceClosedError`, `TimeoutError`, `OSError`.
        """
        member = cls(credentials, ca, modes, frozen_timestamps=frozen_timestamps, dave=dave)
        try:
            async with asyncio.timeout(HANDSHAKE):
                await member._until(member._described.wait())
        except BaseException:
            await member.close()
            raise
        return member

    @property
    def connected(self) -> bool:
        """The session lives, though its websocket may just be resuming."""
        return self._described.is_set() and not self._ended.done()

    @property
    def packets_sent(self) -> int:
        """RTP packets sent so far, silence included."""
        return self._media.packets_sent if self._media else 0

    @property
    def ssrc(self) -> int:
        """The SSRC the server gave us; 0 before that."""
        return self._media.ssrc if self._media else 0

    @property
    def members(self) -> frozenset[int]:
        """The users who share the DAVE group's keys, ourselves included; empty without DAVE or alone."""
        return self._encryption.members

    @property
    def operations(self) -> Counter[int]:
        """How often each opcode of the voice gateway came."""
        return self._signalling.operations

    async def say(self, packets: Iterable[bytes]) -> Said:
        """Send 20 ms Opus packets at their pace and five frames of silence after them.

        In a call with DAVE it first waits until there are keys: nothing is ever sent in the clear. It returns early
        when the session ends meanwhile, and raises `VoiceClosedError` if that had ended before the first packet.
        """
        async with self._floor:
            await self._until(self._encryption.secured.wait())
            await self._announce(1)
            started, before = time.monotonic(), self.packets_sent
            with suppress(VoiceClosedError):
                await self._pace([*packets, *[SILENCE] * SILENCE_FRAMES])
                await self._announce(0)
            return Said(started, self.packets_sent - before)

    async def close(self) -> None:
        """Leave; harmless when the session has ended."""
        self._end(VoiceClosedError(1000, "the member left"))
        await self._signalling.close()
        self._runner.cancel()
        with suppress(asyncio.CancelledError):
            await self._runner

    async def wait_closed(self) -> VoiceClosedError:
        """Wait until the session ends, with what ended it: the server's code, or 1000 after `close`."""
        return await asyncio.shield(self._ended)

    async def _pace(self, packets: Sequence[bytes]) -> None:
        media, deadline = self._media, 0.0
        for packet in packets:
            await asyncio.sleep(deadline - time.monotonic())
            if not deadline or not self._encryption.secured.is_set():
                await self._until(self._encryption.secured.wait())
                deadline = time.monotonic()
                if media:
                    media.begin_spurt()
            if media is None or self._ended.done():
                return
            media.send(self._encryption.encrypt(packet))
            deadline += FRAME

    async def _until(self, wanted: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(wanted)
        either: set[asyncio.Future[Any]] = {task, self._ended}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if self._ended.done():
                raise self._ended.result()
        finally:
            task.cancel()

    async def _announce(self, flags: int) -> None:
        await self._signalling.send(signalling.SPEAKING, {"speaking": flags, "delay": 0, "ssrc": self.ssrc})

    async def _run(self) -> None:
        closed = VoiceClosedError(1006)
        try:
            closed = await self._signalling.run()
        except (aiohttp.ClientError, OSError) as problem:
            closed = VoiceClosedError(1006, str(problem))
        finally:
            self._end(closed)

    async def _json(self, op: int, data: dict[str, Any]) -> None:
        if op == signalling.READY:
            await self._ready(data)
        elif op == signalling.SESSION_DESCRIPTION:
            await self._describe(data)
        elif op == signalling.SPEAKING:
            self._users[data["ssrc"]] = int(data["user_id"])
            for packet in self._early.pop(data["ssrc"], ()):
                self._open(packet, int(data["user_id"]))
        elif op == signalling.PREPARE_EPOCH:
            for answer in self._encryption.prepare_epoch(data):
                await self._signalling.send(*answer)

    async def _binary(self, op: int, payload: bytes) -> None:
        for answer in self._encryption.heed(op, payload):
            await self._signalling.send(*answer)

    async def _ready(self, data: dict[str, Any]) -> None:
        mode = next((mode for mode in self._modes if mode in data["modes"]), self._modes[0])
        address = (data["ip"], data["port"])
        self._media = await Media.open(address, data["ssrc"], self._hear, frozen_timestamps=self._frozen)
        host, port = await self._media.discover()
        choice = {"protocol": "udp", "data": {"address": host, "port": port, "mode": mode}}
        await self._signalling.send(signalling.SELECT_PROTOCOL, choice)

    async def _describe(self, data: dict[str, Any]) -> None:
        credentials = self._credentials
        self._encryption = Encryption(data["dave_protocol_version"], credentials.user_id, credentials.channel_id)
        if self._media:
            self._media.cipher = Cipher(data["mode"], bytes(data["secret_key"]))
        for answer in self._encryption.key_package():
            await self._signalling.send(*answer)
        self._signalling.resumable = True
        self._described.set()

    def _hear(self, packet: Rtp) -> None:
        self.packets_received += 1
        if user_id := self._users.get(packet.ssrc):
            self._open(packet, user_id)
        else:
            self._early[packet.ssrc].append(packet)

    def _open(self, packet: Rtp, user_id: int) -> None:
        opus = self._encryption.decrypt(user_id, packet.payload)
        if opus is None:
            self.unopened += 1
        elif self.on_heard and opus != SILENCE:
            self.on_heard(Heard(user_id, packet.sequence, packet.timestamp, opus))

    def _end(self, closed: VoiceClosedError) -> None:
        if self._media:
            self._media.close()
        if not self._ended.done():
            self._ended.set_result(closed)
