"""Voices for the recorder's tests: real Opus by PyAV, real DAVE groups by davey and the loopback's delivery service."""

import io
from collections import deque
from dataclasses import dataclass, field
from functools import cache

import av
import numpy as np

from meetings.recording.rtp import Heard
from meetings.recording.transport import Transport
from meetings.rehearsal.cast.encryption import Encryption
from meetings.rehearsal.loopback.dave import DeliveryService, Op

RATE = 48_000
FRAME = 960
MS = 1_000_000
SILENCE = b"\xf8\xff\xfe"


@cache
def beeps(seconds: float, period: float = 1.0, on: float = 0.3, hz: float = 440.0) -> tuple[bytes, ...]:
    """Opus packets of 20 ms: a tone of `on` seconds at the start of each `period`."""
    t = np.arange(int(seconds * RATE)) / RATE
    pcm = (0.5 * np.sin(2 * np.pi * hz * t) * ((t % period) < on) * 32767).astype(np.int16)
    return packets(pcm, RATE, 48_000)


def packets(pcm: np.ndarray, rate: int, bits: int) -> tuple[bytes, ...]:
    """Opus packets of 20 ms: one channel of 16-bit samples, at `bits` a second."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = rate, "mono", "s16", bits
    encoder.options = {"vbr": "on", "application": "voip"}
    sent, size = [], rate // 50
    for at in range(0, len(pcm) - size + 1, size):
        frame = av.AudioFrame.from_ndarray(pcm[at : at + size].reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, at
        sent += [bytes(packet) for packet in encoder.encode(frame)]
    return tuple(sent)


def decode(ogg: bytes) -> np.ndarray:
    """The left channel of an Ogg/Opus file at 48 kHz, float, as libopus decodes it (it conceals what is missing)."""
    with av.open(io.BytesIO(ogg)) as container:
        stream = container.streams.audio[0]
        decoder = av.CodecContext.create("libopus", "r")
        decoder.sample_rate, decoder.layout, decoder.extradata = RATE, "stereo", stream.codec_context.extradata
        frames = [frame for packet in container.demux(stream) if packet.size for frame in decoder.decode(packet)]
    return np.concatenate([frame.to_ndarray().reshape(-1, 2)[:, 0] for frame in frames]).astype(np.float32) / 32768


def onsets(pcm: np.ndarray, quiet: float = 0.2) -> list[float]:
    """Seconds at which sound begins after at least `quiet` seconds without, to 5 ms."""
    step = 240
    loud = np.sqrt((pcm[: len(pcm) // step * step].reshape(-1, step) ** 2).mean(1)) > 0.05
    before = int(quiet * RATE / step)
    return [at * step / RATE for at in range(len(loud)) if loud[at] and not loud[max(0, at - before) : at].any()]


def heard(user_id: int, seq: int, at_ms: float, opus: bytes, *, timestamp: int | None = None, ssrc: int = 0) -> Heard:
    """A packet that came `at_ms` after time 0, its RTP time running with its sequence number."""
    at = int(at_ms * MS)
    stamp = (seq * FRAME if timestamp is None else timestamp) & 0xFFFFFFFF
    return Heard(user_id, ssrc or user_id % 1000, seq & 0xFFFF, stamp, at, at, opus)


def spurt(
    user_id: int, seq: int, at_ms: float, packets: tuple[bytes, ...], timestamp: int | None = None
) -> list[Heard]:
    """Packets said in a row from `at_ms` on, 20 ms apart."""
    first = seq * FRAME if timestamp is None else timestamp
    return [
        heard(user_id, seq + place, at_ms + 20 * place, opus, timestamp=first + FRAME * place)
        for place, opus in enumerate(packets)
    ]


@dataclass
class Speaker:
    """What a client sends: RTP as Discord's server forwards it, with an extension and, where asked, padding."""

    transport: Transport
    ssrc: int
    seq: int = 65_530  # wraps early
    timestamp: int = 0xFFFFFF00
    counter: int = 0

    def datagram(self, frame: bytes, *, padding: int = 0, csrc: int = 0, payload_type: int = 120) -> bytes:
        """The next datagram."""
        first = 0x90 | csrc | (0x20 if padding else 0)
        clear = bytes([first, payload_type]) + self.seq.to_bytes(2) + self.timestamp.to_bytes(4) + self.ssrc.to_bytes(4)
        clear += bytes(4 * csrc) + b"\xbe\xde\x00\x01"
        tail = bytes(padding - 1) + bytes([padding]) if padding else b""
        self.seq, self.timestamp = (self.seq + 1) & 0xFFFF, (self.timestamp + FRAME) & 0xFFFFFFFF
        self.counter = (self.counter + 1) & 0xFFFFFFFF
        return self.transport.seal(clear, b"\x90\x40\x00\x00" + frame + tail, self.counter)


@dataclass
class State:
    """As much of discord.py's connection as the opener looks at."""

    dave_session: object
    user: object
    dave_protocol_version: int = 1


@dataclass
class User:
    id: int


@dataclass
class Room:
    """A DAVE group in one process. `deaf` users get their messages only when `catch_up` is called."""

    bot: int
    service: DeliveryService = field(init=False)
    members: dict[int, Encryption] = field(default_factory=dict)
    deaf: set[int] = field(default_factory=set)
    late: deque = field(default_factory=deque)
    _due: deque = field(default_factory=deque)
    _mail: deque = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.service = DeliveryService(99, lambda *mail: self._mail.append(mail), self._later)

    def _later(self, seconds: float, action) -> None:
        if seconds < 1:  # batches; patience never runs out here
            self._due.append(action)

    def join(self, *users: int) -> None:
        for user in users:
            self.members[user] = Encryption(1, user, 99)
            self.service.join(user)
            self._answer(user, self.members[user].key_package())
        self.settle()

    def leave(self, user: int) -> None:
        del self.members[user]
        self.service.leave(user)
        self.settle()

    def settle(self) -> None:
        while self._mail or self._due:
            if not self._mail:
                self._due.popleft()()
                continue
            user, op, payload = self._mail.popleft()
            if user in self.deaf and op in (Op.ANNOUNCE_COMMIT, Op.WELCOME):
                self.late.append((user, op, payload))
            elif user in self.members:
                self._give(user, op, payload)

    def catch_up(self) -> None:
        while self.late:
            self._give(*self.late.popleft())
        self.deaf.clear()
        self.settle()

    def opener(self):
        from meetings.platforms.discord.voice_dave import DaveOpener  # the pure modules' tests need no Discord

        return DaveOpener(State(self.members[self.bot]._session, User(self.bot)))

    def _give(self, user: int, op: Op, payload) -> None:
        if isinstance(payload, bytes):
            self._answer(user, self.members[user].heed(op, payload))
        elif op == Op.PREPARE_EPOCH:
            self._answer(user, self.members[user].prepare_epoch(payload))

    def _answer(self, user: int, answers) -> None:
        for op, payload in answers:
            if op == Op.KEY_PACKAGE:
                self.service.key_package(user, payload)
            elif op == Op.COMMIT_WELCOME:
                self.service.commit(user, payload)
            elif op == Op.TRANSITION_READY:
                self.service.ready(user, payload["transition_id"])
            elif op == Op.INVALID_COMMIT:
                self.service.invalid(user)
