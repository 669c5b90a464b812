"""Utterances: what one member says between two pauses.

Cut live, packet by packet, or again from the journal, with the same result: a boundary depends on the packets and
their times alone, and calls to `tick` only say earlier what the next packet would have said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from meetings.recording.errors import Code, RecordingError
from meetings.recording.journal import Segment, segments
from meetings.recording.opus import RATE, is_silent
from meetings.recording.rtp import Heard
from meetings.recording.timeline import Placed, Timeline
from meetings.recording.tracks import Track

PAUSE = RATE * 8 // 10  # samples without voice that end an utterance
BREATH = RATE * 3 // 10  # samples without voice after which an utterance may be over, whatever the client says
STOPS = 3  # of the five frames of silence with which a client says that its member stops; two may be lost on the way
LONGEST = RATE * 25  # samples after which it is cut
_CUT = RATE * 5  # samples before that end in which the cut is looked for
_SHORT = RATE * 3 // 10


@dataclass(frozen=True, slots=True)
class Utterance:
    """Where one member speaks without a pause. The id comes from the member and the start, so it is found again."""

    id: str
    user_id: int
    start: datetime  # aware, UTC
    end: datetime
    packets: int
    lost: int  # packets missing inside
    short: bool  # under 0.3 s: a cough, a click, a word cut off
    continues: bool  # goes on where the member's previous one was cut for its length


class Speech(NamedTuple):
    """An utterance and its packets; one that is not over `rests` where its member has fallen silent."""

    utterance: Utterance
    packets: tuple[Placed, ...]
    rests: bool = False

    def audio(self) -> bytes:
        """The utterance alone as an Ogg/Opus file; its time 0 is the utterance's start."""
        file = BytesIO()
        track = Track(file, self.utterance.user_id, origin=self.packets[0].start)
        for placed in self.packets:
            track.add(placed)
        track.close()
        return file.getvalue()


@dataclass(slots=True)
class _Voice:
    """One member: a timeline, and the utterance that is open."""

    user_id: int
    timeline: Timeline
    packets: list[Placed] = field(default_factory=list)  # from the first voiced packet to the last
    pause: list[Placed] = field(default_factory=list)  # silent packets since
    continues: bool = False

    @property
    def end(self) -> int:
        return self.packets[-1].start + self.packets[-1].samples

    def silent(self, now_ns: int) -> int:
        """Samples since the utterance's last; none while packets wait for a missing one."""
        return 0 if self.timeline.waiting else self.timeline.position(now_ns) - self.end

    def rests(self, now_ns: int) -> bool:
        """Whether its member fell silent, though the pause may be short."""
        return not self.timeline.waiting and (len(self.pause) >= STOPS or self.silent(now_ns) >= BREATH)


class Segmenter:
    """Cuts one run's packets into utterances. `anchor` is the wall-clock time of `origin_ns` on the packets' clock."""

    def __init__(self, anchor: datetime, origin_ns: int = 0) -> None:
        self._anchor, self._origin = anchor, origin_ns
        self._voices: dict[int, _Voice] = {}

    def push(self, heard: Heard) -> list[Speech]:
        """Take one packet; returns the utterances that it shows to be over."""
        voice = self._voices.get(heard.user_id)
        if voice is None:
            voice = self._voices[heard.user_id] = _Voice(heard.user_id, Timeline(self._origin))
        return self._tick(voice, heard.opened_ns) + self._grow(voice, voice.timeline.push(heard))

    def tick(self, now_ns: int) -> list[Speech]:
        """Let time pass up to `now_ns`; returns the utterances that are over by then, oldest first."""
        over = [speech for voice in self._voices.values() for speech in self._tick(voice, now_ns)]
        return sorted(over, key=lambda speech: speech.utterance.start)

    def finish(self) -> list[Speech]:
        """Nothing more will come; returns the utterances that were open, oldest first."""
        over = []
        for voice in self._voices.values():
            over += self._grow(voice, voice.timeline.flush()) + self._close(voice)
        return sorted(over, key=lambda speech: speech.utterance.start)

    def open(self, now_ns: int) -> list[Speech]:
        """The utterances that have begun and are not over at `now_ns`, as far as they are known."""
        begun = (voice for voice in self._voices.values() if voice.packets and voice.silent(now_ns) < PAUSE)
        return [
            self._speech(voice.user_id, voice.packets, continues=voice.continues)._replace(rests=voice.rests(now_ns))
            for voice in begun
        ]

    def _tick(self, voice: _Voice, now_ns: int) -> list[Speech]:
        over = self._grow(voice, voice.timeline.tick(now_ns))
        return over + self._close(voice) if voice.packets and voice.silent(now_ns) >= PAUSE else over

    def _grow(self, voice: _Voice, placed: list[Placed]) -> list[Speech]:
        over: list[Speech] = []
        for packet in placed:
            if voice.packets and packet.start - voice.end >= PAUSE:
                over += self._close(voice)
            if not is_silent(packet.opus):
                voice.packets += [*voice.pause, packet]
                voice.pause.clear()
            elif voice.packets:
                voice.pause.append(packet)
            if voice.packets and voice.end - voice.packets[0].start >= LONGEST:
                over.append(self._cut(voice))
        return over

    def _close(self, voice: _Voice) -> list[Speech]:
        packets, voice.packets = voice.packets, []
        voice.pause.clear()
        continues, voice.continues = voice.continues, False
        return [self._speech(voice.user_id, packets, continues=continues)] if packets else []

    def _cut(self, voice: _Voice) -> Speech:
        """Cut a long utterance after the smallest packet near its end: the quietest, as far as Opus tells undecoded."""
        earliest = voice.end - _CUT
        near = [at for at, packet in enumerate(voice.packets[:-1]) if packet.start >= earliest]
        at = min(near, key=lambda index: (len(voice.packets[index].opus), -index)) + 1
        first, voice.packets = _trim(voice.packets[:at]), _trim(voice.packets[at:])
        continues, voice.continues = voice.continues, True
        return self._speech(voice.user_id, first, continues=continues)

    def _speech(self, user_id: int, packets: list[Placed], *, continues: bool) -> Speech:
        start, end = packets[0].start, packets[-1].start + packets[-1].samples
        begun = self._moment(start)
        utterance = Utterance(
            id=f"{begun:%Y%m%dT%H%M%S}{begun.microsecond // 1000:03d}Z-{user_id}",
            user_id=user_id,
            start=begun,
            end=self._moment(end),
            packets=len(packets),
            lost=sum(packet.lost for packet in packets[1:]),
            short=end - start < _SHORT,
            continues=continues,
        )
        return Speech(utterance, tuple(packets))

    def _moment(self, samples: int) -> datetime:
        return self._anchor + timedelta(microseconds=samples * 1_000_000 // RATE)


def _trim(packets: list[Placed]) -> list[Placed]:
    """Without the silence at either end."""
    voiced = [at for at, packet in enumerate(packets) if not is_silent(packet.opus)]
    return packets[voiced[0] : voiced[-1] + 1]


def speeches(folder: Path, user_id: int | None = None) -> Iterator[Speech]:
    """Every utterance of a recording with its packets, from the journal; of one member where `user_id` is given.

    In the order in which they ended. Raises OSError.
    """
    for segment in segments(folder):
        yield from _speeches(segment, user_id)


def utterances(folder: Path) -> list[Utterance]:
    """Every utterance of a recording, from the journal, by start. Raises OSError."""
    return sorted((speech.utterance for speech in speeches(folder)), key=lambda utterance: utterance.start)


def utterance_audio(folder: Path, utterance: Utterance) -> bytes:
    """The Ogg/Opus file of one utterance, from the journal. Raises OSError, or RecordingError when it is not there."""
    for speech in speeches(folder, utterance.user_id):
        if speech.utterance.id == utterance.id:
            return speech.audio()
    raise RecordingError(Code.UNKNOWN_UTTERANCE, folder)


def _speeches(segment: Segment, user_id: int | None) -> Iterator[Speech]:
    segmenter = Segmenter(segment.anchor)
    for entry in segment.entries():
        if isinstance(entry, Heard) and user_id in (None, entry.user_id):
            yield from segmenter.push(entry)
    yield from segmenter.finish()
