"""How many voice packets a second the receive path takes on one core, and how many speakers it sustains over UDP.

    python benchmarks/receive.py [--rounds 5] [--seconds 2] [--most 1600] [--crowd 200] [--json]

Ours is the whole path: transport decryption, padding, extension, DAVE, journal on disk, utterances. Next to it, where
it is installed, discord-ext-voice-recv gets the same datagrams in the same run, turn by turn; it has no DAVE, so those
are under transport encryption alone, and its sink only counts. Rates are of processor time, all threads together, so
that they hold on a busy machine. Last, a crowd bursts together on a UDP socket: what is lost, and the share of a core
that the path takes. That needs a core to itself, so the load of the machine is printed with it.

To install voice-recv for one run:

    uv run --with discord-ext-voice-recv python benchmarks/receive.py
"""

import argparse
import itertools
import json
import multiprocessing
import os
import socket
import statistics
import struct
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from discord.voice_state import SocketReader

from meetings.platforms.discord.voice_dave import DaveOpener
from meetings.platforms.discord.voice_reader import WakeableReader
from meetings.platforms.discord.voice_state import RECEIVE_BUFFER
from meetings.recording import Receiver, Recorder
from meetings.recording.transport import MODES, transport
from meetings.rehearsal.cast.encryption import Encryption
from meetings.rehearsal.loopback.dave import DeliveryService, Op

try:
    from discord.ext import voice_recv
except ImportError:
    voice_recv = None

AES, XCHACHA = MODES
KEY = bytes(range(32))
BOT, MEMBERS = 1, range(2, 22)  # beyond twenty speakers, members have several streams each
OPUS = 155  # bytes: the mean of speech at 64 kbit/s
FRAMES = 50  # a second, each speaker
SSRC = 1000
SPEAKERS = 20  # where the rate is measured
TICK = 0.05  # seconds between ticks, as the voice client does

Callback = Callable[[bytes], object]


class Group:
    """A DAVE group of the bot and twenty members, through a real delivery service."""

    def __init__(self) -> None:
        self._mail: deque[tuple[int, Op, Any]] = deque()
        due: deque[Callable[[], None]] = deque()
        self._service = DeliveryService(
            9, lambda *mail: self._mail.append(mail), lambda s, act: due.append(act) if s < 1 else None
        )
        self._members = {user: Encryption(1, user, 9) for user in (BOT, *MEMBERS)}
        for user, one in self._members.items():
            self._service.join(user)
            self._answer(user, one.key_package())
        while self._mail or due:
            if not self._mail:
                due.popleft()()
                continue
            user, op, payload = self._mail.popleft()
            if isinstance(payload, bytes):
                self._answer(user, self._members[user].heed(op, payload))

    def encrypt(self, speaker: int, opus: bytes) -> bytes:
        return self._members[member(speaker)].encrypt(opus)

    def state(self) -> SimpleNamespace:
        session = self._members[BOT]._session  # noqa: SLF001 - the bot's own session, which discord.py would hold
        return SimpleNamespace(dave_session=session, dave_protocol_version=1, user=SimpleNamespace(id=BOT))

    def _answer(self, user: int, answers: list[tuple[int, Any]]) -> None:
        handlers = {Op.KEY_PACKAGE: self._service.key_package, Op.COMMIT_WELCOME: self._service.commit}
        for op, payload in answers:
            if op in handlers:
                handlers[Op(op)](user, payload)


def member(speaker: int) -> int:
    """Whose a stream is."""
    return MEMBERS[speaker % len(MEMBERS)]


class Sender:
    """Datagrams as Discord's server forwards them: with an extension, one frame a speaker and 20 ms."""

    def __init__(self, mode: str, group: Group | None) -> None:
        self._transport, self._group = transport(mode, KEY), group
        self._tick = 0

    def datagrams(self, speakers: int, ticks: int) -> list[bytes]:
        return [self._datagram(SSRC + speaker, tick) for tick in self._advance(ticks) for speaker in range(speakers)]

    def _advance(self, ticks: int) -> range:
        self._tick += ticks
        return range(self._tick - ticks, self._tick)

    def _datagram(self, ssrc: int, tick: int) -> bytes:
        clear = struct.pack(">BBHII", 0x90, 120, tick & 0xFFFF, tick * 960 & 0xFFFFFFFF, ssrc) + b"\xbe\xde\x00\x01"
        opus = b"\x78" + os.urandom(OPUS - 1)
        frame = self._group.encrypt(ssrc - SSRC, opus) if self._group else opus
        return self._transport.seal(clear, b"\x90\x40\x00\x00" + frame, (ssrc << 12 ^ tick) & 0xFFFFFFFF)


class Ours:
    """Receiver and recorder, as the voice client joins them."""

    def __init__(self, mode: str, group: Group | None, speakers: int, folder: Path) -> None:
        state = group.state() if group else SimpleNamespace(dave_session=None, dave_protocol_version=0)
        self._clock: Callable[[], int] = time.monotonic_ns
        self._recorder = Recorder(Path(tempfile.mkdtemp(dir=folder)), clock=self._now)
        self._receiver = Receiver(DaveOpener(state))
        self._receiver.sink = self._recorder.hear
        self._receiver.begin(None)
        self._receiver.begin(transport(mode, KEY))
        for speaker in range(speakers):
            self._receiver.speaks(member(speaker) if group else SSRC + speaker, SSRC + speaker, self._now())
        self.reader, self.buffer = WakeableReader, RECEIVE_BUFFER

    def pace(self, speakers: int) -> None:
        """Let each packet take the time it takes in a meeting: it decides what is waited for."""
        steps = itertools.count(self._now(), 1_000_000_000 // FRAMES // speakers)
        self._clock = steps.__next__

    def callback(self, datagram: bytes) -> None:
        self._receiver.receive(datagram, self._now())

    def tick(self) -> None:
        self._receiver.tick(self._now())
        self._recorder.tick()

    def finish(self) -> int:
        """Packets in the journal."""
        self.tick()
        return sum(self._recorder.close().packets.values())

    def _now(self) -> int:
        return self._clock()


class Theirs:
    """discord-ext-voice-recv's AudioReader, unmodified, with a sink that counts Opus packets."""

    def __init__(self, speakers: int) -> None:
        self._count = 0
        listeners = SimpleNamespace(add_socket_listener=lambda _: None, remove_socket_listener=lambda _: None)
        members = SimpleNamespace(get_member=lambda user: SimpleNamespace(id=user))
        client = SimpleNamespace(
            mode=XCHACHA,
            secret_key=KEY,
            guild=members,
            _connection=listeners,
            _ssrc_to_id={SSRC + speaker: speaker for speaker in range(1, speakers + 1)} | {SSRC: SSRC},
            _get_id_from_ssrc=lambda ssrc: ssrc,
            dispatch_sink=lambda *_: None,
            wait_until_connected=threading.Event().wait,  # the keepalive needs a server; here it never begins
            stop_listening=lambda: None,
        )
        self._reader = voice_recv.reader.AudioReader(voice_recv.BasicSink(self._hear, decode=False), client)
        self._reader.start()
        self.callback: Callback = self._reader.callback
        self.reader, self.buffer = SocketReader, 0
        self._held = speakers  # its jitter buffer keeps the last packet of each back

    def _hear(self, _user: object, _data: object) -> None:
        self._count += 1

    def pace(self, speakers: int) -> None:
        """It looks at no clock."""

    def tick(self) -> None:
        """Its own threads tick."""

    def finish(self) -> int:
        """Packets that reached the sink, and those it will always hold back."""
        seen = -1
        while seen != self._count:
            seen = self._count
            time.sleep(0.1)
        self._reader.stop()
        return self._count + self._held


def rate(path: Ours | Theirs, datagrams: list[bytes]) -> tuple[float, float]:
    """Packets a second through the callback, and the share that came out."""
    callback, every = path.callback, 500
    path.pace(SPEAKERS)
    began = time.process_time()
    for at in range(0, len(datagrams), every):
        for datagram in datagrams[at : at + every]:
            callback(datagram)
        path.tick()
    seconds = time.process_time() - began
    return len(datagrams) / seconds, min(1.0, path.finish() / len(datagrams))


@contextmanager
def reading(path: Ours | Theirs) -> Iterator[tuple[str, int]]:
    """The path's own reader thread on a UDP socket; yields the address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours:
        ours.bind(("127.0.0.1", 0))
        ours.setblocking(False)
        if path.buffer:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, path.buffer)
        reader = path.reader(SimpleNamespace(socket=ours))  # type: ignore[arg-type]  # all it asks of its state
        reader.start()
        time.sleep(0.05)
        reader.register(path.callback)
        reader.resume()
        try:
            yield ours.getsockname()
        finally:
            reader.stop()


def blast(address: tuple[str, int], datagrams: list[bytes], speakers: int) -> None:
    """Every 20 ms, one datagram of every speaker in one burst; from another core."""
    pin(-1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.connect(address)
        due = time.perf_counter()
        for at in range(0, len(datagrams), speakers):
            for datagram in datagrams[at : at + speakers]:
                sender.send(datagram)
            due += 1 / FRAMES
            time.sleep(max(0.0, due - time.perf_counter()))


class Burst(NamedTuple):
    """What became of so many speakers whose packets come all at once, every 20 ms."""

    speakers: int
    lost: int  # packets
    cpu: float  # processor time against the clock's: 1.0 is one core, all threads together


def bursting(make: Callable[[int], Ours | Theirs], sender: Sender, speakers: int, seconds: float) -> Burst:
    """Have so many speak for so long through a UDP socket."""
    datagrams = sender.datagrams(speakers, int(seconds * FRAMES))
    path = make(speakers)
    began, worked = time.perf_counter(), time.process_time()
    with reading(path) as address:
        blaster = multiprocessing.get_context("fork").Process(target=blast, args=(address, datagrams, speakers))
        blaster.start()
        while blaster.is_alive():
            path.tick()
            time.sleep(TICK)
        share = (time.process_time() - worked) / (time.perf_counter() - began)
        time.sleep(0.3)
        return Burst(speakers, max(0, len(datagrams) - path.finish()), round(share, 3))


def pin(core: int) -> None:
    """Keep this process on one core, counted from either end, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0) if core >= 0 else range(os.cpu_count() or 1))[core]})


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--rounds", type=int, default=5, help="turns of the rate's measurement")
    arguments.add_argument("--packets", type=int, default=10_000, help="packets a turn")
    arguments.add_argument("--seconds", type=float, default=2.0, help="how long speakers are sustained")
    arguments.add_argument("--most", type=int, default=1600, help="speakers to try at most")
    arguments.add_argument("--crowd", type=int, default=200, help="speakers who burst together")
    arguments.add_argument("--crowd-seconds", type=float, default=10.0, help="and for how long")
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    asked = arguments.parse_args()
    pin(0)
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(asked, Path(folder))
    print(json.dumps(measured, indent=1)) if asked.json else show(measured)


def paths(folder: Path) -> dict[str, tuple[Sender, Callable[[int], Ours | Theirs]]]:
    """What is measured, by name: where its packets come from, and how to make a fresh one for so many speakers."""
    found: dict[str, tuple[Sender, Callable[[int], Ours | Theirs]]] = {}
    group = Group()
    for name, mode in (("AES-GCM", AES), ("XChaCha20", XCHACHA)):
        found[f"ours, {name}, DAVE"] = Sender(mode, group), lambda n, m=mode, g=group: Ours(m, g, n, folder)
        found[f"ours, {name}"] = Sender(mode, None), lambda n, m=mode: Ours(m, None, n, folder)
    if voice_recv:
        found["voice-recv, XChaCha20"] = found["ours, XChaCha20"][0], Theirs
    return found


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    rates: dict[str, list[float]] = {}
    whole: dict[str, float] = {}
    tried = paths(folder)
    for turn in range(asked.rounds + 1):
        same = {sender: sender.datagrams(SPEAKERS, asked.packets // SPEAKERS) for sender, _ in tried.values()}
        for name, (sender, make) in tried.items():
            result, share = rate(make(SPEAKERS), same[sender])
            if turn:  # the first warms up
                rates.setdefault(name, []).append(result)
                whole[name] = min(share, whole.get(name, 1.0))
    held = {name: highest(make, sender, asked) for name, (sender, make) in tried.items()}
    crowds = {name: bursting(make, sender, asked.crowd, asked.crowd_seconds) for name, (sender, make) in tried.items()}
    found = {
        name: {
            "packets_per_second": round(statistics.median(rates[name])),
            "microseconds": round(1e6 / statistics.median(rates[name]), 2),
            "came_out": round(whole[name], 4),
            "speakers_without_loss": held[name],
            "crowd": crowds[name]._asdict(),
        }
        for name in tried
    }
    theirs = rates.get("voice-recv, XChaCha20")
    pairs = zip(rates["ours, XChaCha20"], theirs, strict=True) if theirs else ()
    ratio = round(statistics.median(ours / other for ours, other in pairs), 2) if theirs else None
    return {"paths": found, "ratio_to_voice_recv": ratio, "most_tried": asked.most, "load": os.getloadavg()[0]}


def highest(make: Callable[[int], Ours | Theirs], sender: Sender, asked: argparse.Namespace) -> int:
    """The most speakers of a doubling series that lose nothing."""
    held, speakers = 0, 50
    while speakers <= asked.most and not bursting(make, sender, speakers, asked.seconds).lost:
        held, speakers = speakers, speakers * 2
    return held


def show(measured: dict[str, Any]) -> None:
    print(f"{'':24}{'packets/s':>10}{'µs/packet':>11}{'came out':>10}{'speakers without loss':>23}")
    for name, path in measured["paths"].items():
        out = f"{path['came_out']:.1%}"
        rate_, micro, held = path["packets_per_second"], path["microseconds"], path["speakers_without_loss"]
        print(f"{name:24}{rate_:>10,}{micro:>11}{out:>10}{held:>23,}")
    print()
    for name, path in measured["paths"].items():
        crowd = path["crowd"]
        taken = f"{crowd['lost']} lost, {crowd['cpu']:.0%} of a core"
        print(f"{name:24}{crowd['speakers']:>4} speakers bursting together: {taken}")
    print(f"load of the machine {measured['load']:.1f} on {os.cpu_count()} cores")
    print()
    if measured["ratio_to_voice_recv"] is None:
        print("discord-ext-voice-recv is not installed; to measure it in the same run:")
        print("    uv run --with discord-ext-voice-recv python benchmarks/receive.py")
    else:
        print(f"ours takes {measured['ratio_to_voice_recv']} times the packets of voice-recv (XChaCha20, no DAVE)")


if __name__ == "__main__":
    main()
