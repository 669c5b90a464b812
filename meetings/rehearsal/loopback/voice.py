"""The loopback's voice server: signalling over TLS, media over UDP, keys delivered but never held."""

import asyncio
import ssl
from collections import Counter
from typing import cast

from aiohttp import web

from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.loopback.sabotage import Sabotage
from meetings.rehearsal.loopback.switchboard import Switchboard
from meetings.rehearsal.loopback.udp import Forwarder
from meetings.rehearsal.loopback.voice_gateway import REASONS, Connection
from meetings.rehearsal.loopback.voice_sessions import Sessions, VoiceSession

__all__ = ["Sessions", "VoiceServer", "VoiceSession"]

HEARTBEAT = 13.75
"""Seconds between heartbeats that Discord's voice servers ask for."""


class VoiceServer:
    """One of Discord's voice servers, on this machine's loopback."""

    def __init__(
        self,
        sessions: Sessions,
        tls: ssl.SSLContext,
        faults: Faults,
        host: str = "127.0.0.1",
        *,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._switchboard = Switchboard(sessions, faults)
        self._tls, self._host, self._heartbeat = tls, host, heartbeat
        self._udp: asyncio.DatagramTransport | None = None
        self._runner: web.AppRunner | None = None
        self.stats: Counter[str] = self._switchboard.stats
        """Counts since the start: packets_in, packets_out, lost, duplicated, suppressed, commits, resumed, ..."""
        self.endpoint = ""
        """`localhost:PORT` for VOICE_SERVER_UPDATE; empty until started."""

    async def start(self) -> None:
        """Open the websocket's and the UDP port; the system chooses both. Raises `OSError`."""
        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(
            lambda: Forwarder(self._switchboard), local_addr=(self._host, 0)
        )
        self._switchboard.udp_address = self._udp.get_extra_info("sockname")[:2]
        app = web.Application()
        app.router.add_get("/", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, 0, ssl_context=self._tls).start()
        _, port = cast("tuple[str, int]", self._runner.addresses[0][:2])
        self.endpoint = f"localhost:{port}"

    async def stop(self) -> None:
        """Disconnect everyone and close both ports; harmless when not, or only half, started."""
        for participant in self._switchboard:
            self._switchboard.end(participant, 1001, "")
        if self._udp:
            self._udp.close()
        if self._runner:
            await self._runner.cleanup()

    async def dismiss(self, user_id: int) -> None:
        """The user left, was moved or disconnected: close 4014, as Discord does. Nothing happens if not connected."""
        if participant := self._switchboard.participant(user_id):
            self._switchboard.end(participant, 4014, REASONS[4014])

    def connected(self, user_id: int) -> bool:
        """The user's voice handshake is done and the session alive."""
        participant = self._switchboard.participant(user_id)
        return participant is not None and participant.cipher is not None and participant.address is not None

    def secured(self, user_id: int) -> bool:
        """The user shares the DAVE group's present keys."""
        participant = self._switchboard.participant(user_id)
        keys = self._switchboard.call(participant).keys if participant else None
        return keys is not None and user_id in keys.members

    def sabotage(self, user_id: int) -> Sabotage:
        """What a test may do to this user's connection; raises `LookupError` if there is none."""
        participant = self._switchboard.participant(user_id)
        if participant is None:
            raise LookupError(f"user {user_id} has no voice session")
        return Sabotage(self._switchboard, participant)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        return await Connection(self._switchboard, request, self._heartbeat).serve()
