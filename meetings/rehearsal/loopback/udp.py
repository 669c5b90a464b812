"""The selective forwarding unit: audio in from one participant, out to the others under each one's own key."""

import asyncio
import logging
import socket
import time
from dataclasses import dataclass, field, replace
from typing import cast
from weakref import WeakKeyDictionary

from meetings.rehearsal.loopback import transport
from meetings.rehearsal.loopback.participant import Participant
from meetings.rehearsal.loopback.switchboard import Switchboard
from meetings.rehearsal.loopback.transport import Rtp, UndecryptableError

log = logging.getLogger(__name__)

RECEIVE_BUFFER = 4 << 20
"""Bytes; two hundred speakers bursting within a millisecond fit."""
AUDIO_LEVEL = b"\x10\x7f\x00\x00"
"""Body of the header extension: an audio level (RFC 6464), padded to a word."""
REPORT_EVERY = 5.0
"""Seconds between sender reports about one source (RFC 3550 section 6.2); the first comes after half a second."""
QUIET_AFTER = 0.1
"""Seconds without a packet after which a source counts as quiet."""
SILENCE_FRAMES = 5
UNANNOUNCED_GRACE = 2.0
"""Seconds of audio without op 5 until the session is closed: UDP may overtake the websocket, but not for long."""


@dataclass(slots=True)
class Stream:
    """What the server remembers of one source."""

    shift: int = 0
    """Packets of silence put in so far: the numbers of what follows move on by as many."""
    packets: int = 0
    octets: int = 0
    next_report: float = field(default_factory=lambda: time.monotonic() + 0.5)
    quiet: asyncio.TimerHandle | None = None
    unannounced_since: float | None = None


class Forwarder(asyncio.DatagramProtocol):
    """The voice server's UDP socket."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard
        self._faults, self._stats = switchboard.faults, switchboard.stats
        self._streams: WeakKeyDictionary[Participant, Stream] = WeakKeyDictionary()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open; give it room for bursts."""
        self._transport = cast("asyncio.DatagramTransport", transport)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Discovery, keepalive or audio; anything else is counted and dropped."""
        if len(data) == 74 and data[:2] == b"\x00\x01":
            self._discover(int.from_bytes(data[4:8]), addr)
            return
        source = self._switchboard.by_address(addr)
        if source is None:
            self._stats["strangers"] += 1
            return
        source.last_datagram = asyncio.get_running_loop().time()
        if len(data) == 8:
            self._stats["keepalives"] += 1
            self._transport.sendto(data, addr)
        elif not transport.is_rtcp(data):
            self._receive(source, data)

    def _discover(self, ssrc: int, addr: tuple[str, int]) -> None:
        if participant := self._switchboard.by_ssrc(ssrc):
            self._switchboard.locate(participant, addr)
            self._transport.sendto(transport.discovery_reply(ssrc, *addr), addr)

    def _receive(self, source: Participant, data: bytes) -> None:
        if source.cipher is None:
            self._stats["early"] += 1
            return
        try:
            packet = Rtp.unpack(data, source.cipher)
        except UndecryptableError as problem:
            log.debug("user %d: %s", source.user_id, problem)
            self._stats["undecryptable"] += 1
            return
        stream = self._streams.setdefault(source, Stream())
        if packet.ssrc != source.ssrc:
            self._stats["foreign_ssrc"] += 1
        elif not self._switchboard.sessions.may_speak(source.user_id):
            self._stats["suppressed"] += 1
        elif source.speaking or self._within_grace(source, stream):
            self._stats["packets_in"] += 1
            self._forward(source, stream, packet)

    def _within_grace(self, source: Participant, stream: Stream) -> bool:
        now = time.monotonic()
        stream.unannounced_since = stream.unannounced_since or now
        if now - stream.unannounced_since <= UNANNOUNCED_GRACE:
            return True
        self._switchboard.end(source, 4020, "Invalid SSRC: send op 5 before audio.")
        return False

    def _forward(self, source: Participant, stream: Stream, packet: Rtp) -> None:
        shifted = packet.shifted(stream.shift)
        self._fan_out(source, shifted)
        if self._faults.camera:
            for kind in (transport.VIDEO, transport.RETRANSMISSION):
                self._fan_out(source, replace(shifted, ssrc=shifted.ssrc + 1, payload_type=kind))
        stream.packets += 1
        stream.octets += len(packet.payload)
        if self._faults.sender_reports and time.monotonic() >= stream.next_report:
            self._report(source, stream, shifted)
        if stream.quiet:
            stream.quiet.cancel()
        if self._faults.silence_when_quiet and packet.payload != transport.SILENCE:
            later = asyncio.get_running_loop().call_later
            stream.quiet = later(QUIET_AFTER, self._fall_silent, source, stream, shifted)

    def _fan_out(self, source: Participant, packet: Rtp) -> None:
        extension = AUDIO_LEVEL if self._faults.header_extension else b""
        for listener in self._switchboard.call(source).others(source):
            if listener.cipher and listener.address and not self._withheld(listener):
                data = packet.pack(listener.cipher, extension=extension, padding=self._faults.padding)
                self._stats["packets_out"] += 1
                self._post(data, listener.address)
                if self._faults.doubles():
                    self._stats["duplicated"] += 1
                    self._post(data, listener.address)

    def _withheld(self, listener: Participant) -> bool:
        limit = self._faults.idle_cut
        if limit is not None and asyncio.get_running_loop().time() - listener.last_datagram > limit:
            self._stats["idle_cut"] += 1
            return True
        if self._faults.loses():
            self._stats["lost"] += 1
            return True
        return False

    def _report(self, source: Participant, stream: Stream, packet: Rtp) -> None:
        stream.next_report = time.monotonic() + REPORT_EVERY
        for listener in self._switchboard.call(source).others(source):
            if listener.cipher and listener.address:
                counts = (packet.timestamp, stream.packets, stream.octets)
                report = transport.sender_report(listener.cipher, source.ssrc, time.time(), *counts)
                self._stats["sender_reports"] += 1
                self._post(report, listener.address)

    def _fall_silent(self, source: Participant, stream: Stream, last: Rtp) -> None:
        for number in range(1, SILENCE_FRAMES + 1):
            timestamp = (last.timestamp + number * transport.SAMPLES) & 0xFFFFFFFF
            frame = Rtp(last.sequence, timestamp, source.ssrc, transport.SILENCE).shifted(number)
            self._stats["silence"] += 1
            self._fan_out(source, frame)
        stream.shift += SILENCE_FRAMES

    def _post(self, data: bytes, address: tuple[str, int]) -> None:
        if delay := self._faults.delay():
            asyncio.get_running_loop().call_later(delay, self._send, data, address)
        else:
            self._send(data, address)

    def _send(self, data: bytes, address: tuple[str, int]) -> None:
        if not self._transport.is_closing():
            self._transport.sendto(data, address)
