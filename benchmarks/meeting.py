"""A meeting made of recorded clips: one track a speaker, utterances of 2 to 15 seconds, pauses, some overlap.

Between its utterances a track is exact silence, as a recorder renders it from packets. The same seed gives the same
meeting.
"""

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import av
import numpy as np

from transcribe.audio import RATE, Samples, decode

SPEAKERS = {"fr": ("Berger", "Morel", "Vasseur"), "en": ("Ashworth", "Pike")}
SHORTEST, LONGEST = 2.0, 15.0  # seconds of an utterance


@dataclass(frozen=True)
class Clip:
    path: Path
    language: str
    seconds: float
    reference: str


@dataclass(frozen=True)
class Spoken:
    """One utterance: when it begins on its track, in seconds, and what is said."""

    start: float
    samples: Samples
    reference: str
    onsets: tuple[float, ...]  # of each clip in it, in seconds on the track


@dataclass
class Track:
    speaker: str
    language: str
    spoken: list[Spoken] = field(default_factory=list)
    length: float = 0.0

    @property
    def reference(self) -> str:
        return " ".join(one.reference for one in self.spoken)

    def samples(self) -> Samples:
        whole = np.zeros(int(self.length * RATE), np.float32)
        for one in self.spoken:
            at = int(one.start * RATE)
            whole[at : at + len(one.samples)] += one.samples[: len(whole) - at]
        return whole


def clips(folder: Path) -> list[Clip]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        return [
            Clip(folder / row["path"], row["language"], float(row["seconds"]), row["reference"])
            for row in csv.DictReader(rows)
        ]


def meeting(folder: Path, minutes: float, *, seed: int = 1, languages: tuple[str, ...] = ("fr", "en")) -> list[Track]:
    """About `minutes` of meeting, or as much as the clips give."""
    rng = random.Random(seed)
    waiting: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips(folder):
        if clip.seconds <= LONGEST:
            waiting[clip.language].append(clip)
    for some in waiting.values():
        rng.shuffle(some)
    tracks = [Track(name, language) for language in languages for name in SPEAKERS[language]]
    now = 1.0
    while now < minutes * 60 and any(waiting[track.language] for track in tracks):
        track = rng.choice([track for track in tracks if waiting[track.language]])
        spoken = _utterance(waiting[track.language], now, rng)
        track.spoken.append(spoken)
        now += len(spoken.samples) / RATE + rng.choice([-1.0, 0.2, 0.5, 1.0, 2.0])
    for track in tracks:
        track.length = now + 3.0
    return [track for track in tracks if track.spoken]


def _utterance(waiting: list[Clip], start: float, rng: random.Random) -> Spoken:
    wanted = rng.uniform(SHORTEST, LONGEST)
    blocks: list[Samples] = []
    said: list[str] = []
    onsets: list[float] = []
    length = 0
    while waiting and (length / RATE < SHORTEST or length / RATE + waiting[-1].seconds < wanted):
        clip = waiting.pop()
        samples = decode(clip.path.read_bytes())
        onsets.append(start + (length + onset(samples)) / RATE)
        pause = np.zeros(int(rng.uniform(0.15, 0.6) * RATE), np.float32)
        blocks += [samples, pause]
        length += len(samples) + len(pause)
        said.append(clip.reference)
    return Spoken(start, np.concatenate(blocks[:-1]), " ".join(said), tuple(onsets))


def onset(samples: Samples) -> int:
    """Where the voice begins: the first 10 ms within 30 dB of the loudest."""
    frames = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    power = (frames**2).mean(axis=1)
    return int(np.argmax(power > power.max() / 1000)) * 160


def opus(samples: Samples) -> bytes:
    """Ogg/Opus at 48 kHz, as a recorder writes it; `samples` at 16 kHz."""
    file = BytesIO()
    with av.open(file, mode="w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        resampler = av.AudioResampler(format="flt", layout="mono", rate=48_000)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1).astype(np.float32), format="flt", layout="mono")
        frame.sample_rate = RATE
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            part.pts = None
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return file.getvalue()
