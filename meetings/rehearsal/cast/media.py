"""A member's UDP side: IP discovery, keepalives, RTP out in real time, RTP in."""

import asyncio
import random
import time
from collections.abc import Callable
from typing import cast

from meetings.rehearsal.loopback import transport
from meetings.rehearsal.loopback.transport import FRAME, SAMPLES, Cipher, Rtp, UndecryptableError

KEEPALIVE = 5.0
"""Seconds between keepalives; without them Discord stops sending after minutes."""
DISCOVERY_TRIES = 5


class Media(asyncio.DatagramProtocol):
    """One UDP socket connected to a voice server, and the RTP stream that leaves through it."""

    def __init__(self, ssrc: int, hear: Callable[[Rtp], None], *, frozen_timestamps: bool) -> None:
        self.ssrc = ssrc
        self.packets_sent = 0
        self.undecryptable = 0
        self.reports = 0
        """RTCP packets received, and dropped as every receiver must."""
        self.cipher: Cipher | None = None
        self._hear = hear
        self._frozen = frozen_timestamps
        self._sequence = random.getrandbits(16)
        self._timestamp = random.getrandbits(32)
        self._last_sent: float | None = None
        self._reply: asyncio.Future[tuple[str, int]] = asyncio.get_running_loop().create_future()
        self._beat: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, address: tuple[str, int], ssrc: int, hear: Callable[[Rtp], None], *, frozen_timestamps: bool
    ) -> "Media":
        """A socket towards `address`."""
        loop = asyncio.get_running_loop()
        _, media = await loop.create_datagram_endpoint(
            lambda: cls(ssrc, hear, frozen_timestamps=frozen_timestamps), remote_addr=address
        )
        return media

    async def discover(self) -> tuple[str, int]:
        """Our address as the server sees it; raises `TimeoutError`."""
        for _ in range(DISCOVERY_TRIES):
            self._transport.sendto(transport.discovery_request(self.ssrc))
            done, _ = await asyncio.wait({self._reply}, timeout=1.0)
            if done:
                self._beat = asyncio.create_task(self._keep_alive())
                return self._reply.result()
        raise TimeoutError("no answer to IP discovery")

    def begin_spurt(self) -> None:
        """Before speaking after a pause: official clients' media clock ran on meanwhile, discord.py's stood still."""
        if self._last_sent is not None and not self._frozen:
            passed = round((time.monotonic() - self._last_sent) / FRAME)
            self._timestamp += max(0, passed - 1) * SAMPLES

    def send(self, payload: bytes) -> None:
        """One packet of 20 ms, the next in number and time."""
        if self.cipher is None:
            raise RuntimeError("no transport key yet")
        self._last_sent = time.monotonic()
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._timestamp = (self._timestamp + SAMPLES) & 0xFFFFFFFF
        packet = Rtp(self._sequence, self._timestamp, self.ssrc, payload)
        self._transport.sendto(packet.pack(self.cipher))
        self.packets_sent += 1

    def close(self) -> None:
        """Stop listening and sending."""
        if self._beat:
            self._beat.cancel()
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:  # noqa: ARG002 - the protocol's signature
        """The discovery's answer, a keepalive's echo, a report, or audio."""
        if len(data) == 74 and data[:2] == b"\x00\x02":
            if not self._reply.done():
                self._reply.set_result(transport.discovered(data))
        elif transport.is_rtcp(data):
            self.reports += 1
        elif self.cipher and len(data) > 8:
            try:
                packet = Rtp.unpack(data, self.cipher)
            except UndecryptableError:
                self.undecryptable += 1
            else:
                self._hear(packet)

    async def _keep_alive(self) -> None:
        for counter in range(1 << 62):
            self._transport.sendto(counter.to_bytes(8))
            await asyncio.sleep(KEEPALIVE)
