"""One Ogg/Opus track a speaker, drawn from the journal: all begin with the recording and keep its time."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from meetings.recording import opus
from meetings.recording.errors import Code, RecordingError
from meetings.recording.journal import Segment, nanoseconds, segments
from meetings.recording.ogg import OggOpusWriter
from meetings.recording.rtp import Heard
from meetings.recording.timeline import Placed, Timeline

_HELD_NS = 10_000_000  # between a packet's arrival and its opening; less is the machine's own haste
_CONCEALABLE = 25  # packets in a row that a decoder is asked to invent; beyond half a second silence is more honest


class Track:
    """Writes one speaker's packets as Ogg/Opus, with losses concealed and gaps filled.

    `origin` is the position, in samples at 48 kHz, that becomes the file's time 0.
    """

    def __init__(self, file: BinaryIO, user_id: int, origin: int = 0) -> None:
        self.counts: Counter[str] = Counter()  # packets, lost, concealed, gaps, samples of voice
        self._ogg = OggOpusWriter(file, user_id, {"SPEAKER": str(user_id)})
        self._origin = origin
        self._last = b""

    @property
    def samples(self) -> int:
        """Length so far."""
        return self._ogg.samples

    def add(self, placed: Placed) -> None:
        """Append a packet at its place, which is at or after the end of the previous one."""
        gap = placed.start - self._origin - self._ogg.samples
        gap -= self._conceal(placed.lost, gap)
        for packet, samples, count in opus.silence(max(gap, 0)):
            self._ogg.packet(packet, samples, count)
        self._ogg.packet(placed.opus, placed.samples)
        self._last = placed.opus
        self.counts["packets"] += 1
        self.counts["lost"] += placed.lost
        self.counts["gaps"] += placed.lost > _CONCEALABLE
        self.counts["samples"] += placed.samples

    def close(self) -> None:
        """End the stream; the file stays open."""
        self._ogg.close()

    def _conceal(self, lost: int, gap: int) -> int:
        if not self._last or not 0 < lost <= _CONCEALABLE:
            return 0
        samples = opus.missing_duration(self._last)
        count = min(lost, gap // samples)
        for _ in range(count):
            self._ogg.packet(opus.missing(self._last), samples)
        self.counts["concealed"] += count
        return count * samples


class Speaker:
    """One member through all segments of a recording: a timeline a segment, one track."""

    def __init__(self, file: BinaryIO, user_id: int) -> None:
        self.track = Track(file, user_id)
        self.counts: Counter[str] = Counter()  # held, and what its timelines counted
        self.strayed: Counter[int] = Counter()
        self._timeline: Timeline | None = None
        self._end = 0

    def push(self, heard: Heard, origin_ns: int) -> None:
        """Take a packet of the segment whose clock stands at `origin_ns` when the recording begins."""
        if self._timeline is None:
            self._timeline = Timeline(origin_ns, self._end)
        self.counts["held"] += heard.opened_ns - heard.arrival_ns > _HELD_NS
        self._add(self._timeline.push(heard))

    def turn(self) -> None:
        """The segment is over."""
        if self._timeline is None:
            return
        self._add(self._timeline.flush())
        self.counts.update(self._timeline.counts)
        self.strayed.update(self._timeline.strayed)
        self._end, self._timeline = self._timeline.end, None

    def _add(self, placed: list[Placed]) -> None:
        for packet in placed:
            self.track.add(packet)


def render(folder: Path, into: Path) -> dict[int, Path]:
    """Draw every speaker's track, `into/<user id>.ogg`; returns the paths by user id.

    Time 0 of each is the start of the recording. The same journal gives the same bytes; a track appears whole or not
    at all. Raises OSError, and RecordingError when the folder holds no recording.
    """
    paths: dict[int, Path] = {}
    with ExitStack() as files:

        def create(user_id: int) -> BinaryIO:
            paths[user_id] = into / f"{user_id}.ogg"
            return files.enter_context((into / f"{user_id}.ogg.part").open("wb"))

        into.mkdir(parents=True, exist_ok=True)
        draw(folder, create)
    for path in paths.values():
        os.replace(path.with_suffix(".ogg.part"), path)  # noqa: PTH105 - the one call that replaces on every system
    return paths


def draw(folder: Path, create: Callable[[int], BinaryIO]) -> dict[int, Speaker]:
    """Draw every speaker's track into the file that `create` opens for a user id; returns the speakers, closed.

    Raises OSError, and RecordingError when the folder holds no recording.
    """
    speakers: dict[int, Speaker] = {}
    end_ns = 0
    for segment, since_start_ns in _run(folder):
        # A wall clock set back between two runs must not lay one run over the other.
        shift_ns = max(since_start_ns, end_ns)
        for entry in segment.entries():
            if not isinstance(entry, Heard):
                continue
            if entry.user_id not in speakers:
                speakers[entry.user_id] = Speaker(create(entry.user_id), entry.user_id)
            speakers[entry.user_id].push(entry, -shift_ns)
            end_ns = max(end_ns, entry.arrival_ns + shift_ns)
        for speaker in speakers.values():
            speaker.turn()
    for speaker in speakers.values():
        speaker.track.close()
    return speakers


def _run(folder: Path) -> list[tuple[Segment, int]]:
    found = segments(folder)
    if not found:
        raise RecordingError(Code.ABSENT, folder)
    first = nanoseconds(found[0].anchor)
    return [(segment, nanoseconds(segment.anchor) - first) for segment in found]
