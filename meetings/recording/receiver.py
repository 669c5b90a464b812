"""From datagrams to packets of known members: transport, end-to-end encryption, attribution.

Packets are opened when they come, because a member's key goes with the commit that removes the member. What cannot be
opened yet waits in the order of its sequence numbers, one queue an SSRC, and is tried again whenever keys or names
change: the group's decryptors refuse every frame older than the first they opened under a key.
"""

import threading
from collections import Counter
from collections.abc import Callable, Collection
from typing import Protocol

from meetings.recording.opus import SILENCE
from meetings.recording.rtp import Fault, Header, Heard, parse, payload
from meetings.recording.source import Frame, Source, Unheard
from meetings.recording.transport import Transport

HOLD_NS = 1_000_000_000  # how long a frame waits for its key
NAMELESS_NS = 10_000_000_000  # how long a frame of an open room waits to learn whose it is
ELIMINATION_NS = 2_000_000_000  # after which the only member it can be is taken for its sender
FOREWORD_NS = 150_000_000  # how long the first frames under a new key are waited for
UNSETTLED_NS = 10_000_000_000  # after a change of keys, how long a sender may take to use the new one
FAREWELL_NS = 5_000_000_000  # how long the SSRC of a member who left is still theirs
_FOREWORD = 8  # ordinals that are worth waiting for


class Opener(Protocol):
    """The end-to-end encryption of a room. Called from the network's thread; must not raise."""

    def active(self) -> bool:
        """Whether frames are encrypted end to end now."""
        ...

    def open(self, user_id: int, frame: bytes) -> bytes | None:
        """The Opus packet in a member's frame, or None when the key at hand does not open it."""
        ...

    def proves(self, frame: bytes) -> bool:
        """Whether opening this frame proves who sent it (a frame that passes unencrypted proves nothing)."""
        ...

    def ordinal(self, frame: bytes) -> int:
        """The frame's place, from 1, among those its sender made under the present key; 0 where unknown."""
        ...

    def members(self) -> Collection[int]:
        """Who may be sending: the group's members, or in an open room those who may speak."""
        ...


class Receiver:
    """Turns the datagrams of one voice connection into `Heard` packets, given to `sink` from the calling thread.

    Times are nanoseconds on one monotonic clock. `counts` says what became of every datagram.
    """

    def __init__(self, opener: Opener) -> None:
        self.sink: Callable[[Heard], None] | None = None
        self.counts: Counter[str] = Counter()
        self._opener = opener
        self._transport: Transport | None = None
        self._sources: dict[int, Source] = {}
        self._unsettled_until = 0
        self._sealed = Unheard()  # datagrams that the transport key did not open
        self._lock = threading.RLock()

    def begin(self, transport: Transport | None) -> None:
        """A new voice session, or (with a transport) its key: every SSRC of an earlier session is void."""
        with self._lock:
            if transport is None:
                self.counts["expired"] += sum(len(source.held) for source in self._sources.values())
                self._sources.clear()
            self._sealed = Unheard()
            self._transport = transport

    def receive(self, datagram: bytes, now_ns: int) -> None:
        """Take one datagram as it came. Never raises on hostile bytes; `counts` says why one was dropped."""
        header = parse(datagram)
        if not isinstance(header, Header):
            self.counts[header] += 1
            return
        transport = self._transport
        body = transport.open(header.size, datagram) if transport else None
        if body is None:
            self.counts[Fault.TRANSPORT] += 1
            if transport:
                self._sealed.add(now_ns, now_ns)
            return
        self._sealed.count = 0
        frame = payload(header, body)
        if isinstance(frame, Fault):
            self.counts[frame] += 1
            return
        with self._lock:
            self._take(header.ssrc, Frame(header.seq, header.timestamp, now_ns, frame))

    def speaks(self, user_id: int, ssrc: int, now_ns: int) -> None:
        """The server says whose an SSRC is."""
        with self._lock:
            source = self._source(ssrc)
            if source.user_id not in (None, user_id):
                self.counts["renamed"] += 1
            source.user_id, source.left_ns = user_id, None
            self._release(source, now_ns)

    def left(self, user_id: int, now_ns: int) -> None:
        """A member left; packets still under way remain theirs for a while."""
        with self._lock:
            for source in self._sources.values():
                if source.user_id == user_id and source.left_ns is None:
                    source.left_ns = now_ns

    def keys_changed(self, now_ns: int) -> None:
        """The group's keys changed: try again what waits."""
        with self._lock:
            self._unsettled_until = now_ns + UNSETTLED_NS
            for source in self._sources.values():
                self._release(source, now_ns)

    def tick(self, now_ns: int) -> None:
        """Give up what waited too long and forget who left; call it about ten times a second."""
        with self._lock:
            for source in list(self._sources.values()):
                self._release(source, now_ns)
                if source.left_ns is not None and now_ns - source.left_ns > FAREWELL_NS:
                    self.counts["expired"] += len(source.held)
                    del self._sources[source.ssrc]

    def unheard_since(self, now_ns: int) -> int | None:
        """When the first packet came of a voice that still comes and cannot be opened; None when all is well."""
        with self._lock:
            voices = (self._sealed, *(source.unheard for source in self._sources.values()))
            return min((one.since_ns for one in voices if one.speaks(now_ns)), default=None)

    @property
    def held(self) -> int:
        """Packets that wait for a key or a name."""
        with self._lock:
            return sum(len(source.held) for source in self._sources.values())

    def _source(self, ssrc: int) -> Source:
        source = self._sources.get(ssrc)
        if source is None:
            source = self._sources[ssrc] = Source(ssrc)
        return source

    def _take(self, ssrc: int, frame: Frame) -> None:
        source = self._source(ssrc)
        if not source.is_new(frame.seq):
            self.counts["duplicates"] += 1
            return
        if not source.held and source.user_id is not None:
            opus = self._open(source, frame, frame.arrival_ns)
            if opus is not None:
                self._deliver(source, frame, opus, frame.arrival_ns)
                return
        self.counts["held"] += 1
        if source.hold(frame) or source.user_id is None:
            self._release(source, frame.arrival_ns)

    def _release(self, source: Source, now_ns: int) -> None:
        """Deliver what can be opened, from the front; stop at the first frame that must wait on."""
        while source.held:
            if source.user_id is None:
                self._attribute(source, now_ns)
            frame = source.held[0]
            opus = self._attributed(source, frame) or self._open(source, frame, now_ns)
            if opus is not None:
                self._deliver(source, frame, opus, now_ns)
            elif now_ns - frame.arrival_ns < self._patience(source):
                return
            else:
                self.counts["expired"] += 1
                source.unheard.add(frame.arrival_ns, now_ns)
            del source.held[0]

    def _attributed(self, source: Source, frame: Frame) -> bytes | None:
        if source.opened is None or frame.body == SILENCE:
            return None
        opus, source.opened = source.opened, None
        return opus

    def _patience(self, source: Source) -> int:
        return NAMELESS_NS if source.user_id is None and not self._opener.active() else HOLD_NS

    def _open(self, source: Source, frame: Frame, now_ns: int) -> bytes | None:
        if source.user_id is None:
            return None
        if frame.body == SILENCE or not self._opener.active():
            return frame.body
        return None if self._premature(source, frame, now_ns) else self._unlock(source, source.user_id, frame, now_ns)

    def _premature(self, source: Source, frame: Frame, now_ns: int) -> bool:
        """Whether frames that come before this one under a new key may still be under way: it would shut them out."""
        if now_ns > self._unsettled_until:  # asked of every packet, so first what costs nothing
            return False
        ordinal = self._opener.ordinal(frame.body)
        return 1 < ordinal <= _FOREWORD and ordinal != source.last + 1 and now_ns - frame.arrival_ns < FOREWORD_NS

    def _unlock(self, source: Source, user_id: int, frame: Frame, now_ns: int) -> bytes | None:
        opus = self._opener.open(user_id, frame.body)
        if opus is not None and now_ns <= self._unsettled_until:
            source.last = self._opener.ordinal(frame.body)
        return opus

    def _attribute(self, source: Source, now_ns: int) -> None:
        """Find the sender of an SSRC the server did not name."""
        if not self._opener.active():
            self._eliminate(source, now_ns)
            return
        voiced = next((frame for frame in source.held if frame.body != SILENCE), None)
        if voiced is None or not self._opener.proves(voiced.body) or self._premature(source, voiced, now_ns):
            return
        named = self._named()
        for user_id in sorted(self._opener.members(), key=named.__contains__):
            opus = self._unlock(source, user_id, voiced, now_ns)
            if opus is not None and opus != voiced.body:
                source.user_id, source.opened = user_id, opus
                self.counts["attributed_by_key"] += 1
                return

    def _eliminate(self, source: Source, now_ns: int) -> None:
        if now_ns - source.held[0].arrival_ns < ELIMINATION_NS:
            return
        candidates = set(self._opener.members()) - self._named()
        if len(candidates) == 1:
            source.user_id = candidates.pop()
            self.counts["attributed_by_elimination"] += 1

    def _named(self) -> set[int]:
        return {source.user_id for source in self._sources.values() if source.user_id and source.left_ns is None}

    def _deliver(self, source: Source, frame: Frame, opus: bytes, now_ns: int) -> None:
        if frame.body != SILENCE:  # which needs no key
            source.unheard.count = 0
        if self.sink is None or source.user_id is None:
            self.counts["unheard"] += 1
            return
        self.counts["heard"] += 1
        opened = max(now_ns, frame.arrival_ns)
        user = source.user_id
        self.sink(Heard(user, source.ssrc, frame.seq, frame.timestamp, frame.arrival_ns, opened, opus))
