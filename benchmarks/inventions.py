"""What is written where nobody says anything: half an hour of sounds made here, in French and in English.

    python benchmarks/inventions.py [FOLDER] [--minutes 30] [--model base]

Silence, noise of three colours, hum, tones, chords, clicks, keyboards, breath, laughter-like bursts, and, where FOLDER
holds recorded clips, babble of eight clips at once. Each is cut into utterances of 2 to 20 seconds, as a recorder would
that takes all of it for speech. A line for each kind: sentences that stood, those among them that are marked, and what
refused the others. Exit status 1 if one stood unmarked where nobody speaks at all.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from meeting import clips

from transcribe.audio import RATE, Samples, decode, wav
from transcribe.engine import AHEAD, Job, Transcript
from transcribe.fetch import fetch
from transcribe.whisper import Whisper

Sound = Callable[[np.random.Generator, int], np.ndarray]


def coloured(power: float) -> Sound:
    def sound(rng: np.random.Generator, length: int) -> np.ndarray:
        spectrum = np.fft.rfft(rng.standard_normal(length))
        spectrum[1:] /= np.arange(1, len(spectrum)) ** (power / 2)
        spectrum[0] = 0
        return _loud(np.fft.irfft(spectrum, length), rng)

    return sound


def hum(rng: np.random.Generator, length: int) -> np.ndarray:
    time = np.arange(length) / RATE
    return _loud(sum(np.sin(2 * np.pi * 50 * k * time) / k for k in range(1, 8)), rng) + 0.002 * rng.standard_normal(
        length
    )


def tones(rng: np.random.Generator, length: int) -> np.ndarray:
    notes = [220 * 2 ** (rng.integers(0, 24) / 12) for _ in range(-(-length // (RATE // 2)))]
    phase = np.cumsum(np.repeat(notes, RATE // 2)[:length]) * 2 * np.pi / RATE
    return _loud(np.sin(phase), rng)


def chords(rng: np.random.Generator, length: int) -> np.ndarray:
    return _loud(sum(tones(rng, length) for _ in range(4)), rng)


def clicks(rng: np.random.Generator, length: int) -> np.ndarray:
    found = np.zeros(length)
    found[rng.integers(0, length, max(2, length * 3 // RATE))] = 0.8
    return found


def keyboard(rng: np.random.Generator, length: int) -> np.ndarray:
    found = np.zeros(length + RATE)
    for at in rng.integers(0, length, max(2, length * 6 // RATE)):
        found[at : at + 480] += rng.standard_normal(480) * np.exp(-np.arange(480) / 80)
    return _loud(found[:length], rng)


def breath(rng: np.random.Generator, length: int) -> np.ndarray:
    swell = np.clip(np.sin(2 * np.pi * np.arange(length) / RATE * rng.uniform(0.2, 0.5)), 0, 1)
    return coloured(1.0)(rng, length) * swell


def laughter(rng: np.random.Generator, length: int) -> np.ndarray:
    time = np.arange(length) / RATE
    pitch = rng.uniform(120, 280)
    voice = sum(np.sin(2 * np.pi * pitch * k * time) / k for k in range(1, 12))
    return _loud((voice + rng.standard_normal(length)) * np.clip(np.sin(2 * np.pi * 4.5 * time), 0, 1), rng)


def silence(rng: np.random.Generator, length: int) -> np.ndarray:
    return 10 ** rng.uniform(-5, -3.5) * rng.standard_normal(length)


def babble(folder: Path) -> Sound:
    said = [decode(clip.path.read_bytes()) for clip in clips(folder)]

    def sound(rng: np.random.Generator, length: int) -> np.ndarray:
        mixed = np.zeros(length)
        for _ in range(8):
            voice = np.concatenate([said[at] for at in rng.integers(0, len(said), 12)])
            mixed += np.resize(np.roll(voice, int(rng.integers(0, len(voice)))), length)
        return _loud(mixed, rng)

    return sound


KINDS: dict[str, Sound] = {
    "silence": silence,
    "white noise": coloured(0),
    "pink noise": coloured(1),
    "brown noise": coloured(2),
    "hum": hum,
    "tones": tones,
    "chords": chords,
    "clicks": clicks,
    "keyboard": keyboard,
    "breath": breath,
    "laughter": laughter,
}


def sounds(kind: Sound, seconds: float, seed: int) -> Iterator[Samples]:
    rng = np.random.default_rng(seed)
    while seconds > 0:
        length = float(rng.uniform(2, 20))
        yield kind(rng, int(length * RATE)).astype(np.float32)
        seconds -= length


def _loud(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return samples / (np.abs(samples).max() or 1) * 10 ** rng.uniform(-1.5, -0.2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--model", default="base")
    asked = parser.parse_args()
    engine = Whisper(fetch(asked.model), threads=2)
    kinds = KINDS | ({"babble": babble(asked.folder)} if asked.folder else {})
    stood: dict[str, list[Transcript]] = defaultdict(list)
    print(f"{'':14}{'minutes':>8}{'voice':>8}{'stood':>7}{'marked':>8}   refused by")
    for seed, (name, kind) in enumerate(kinds.items()):
        made = list(sounds(kind, asked.minutes * 60 / len(kinds), seed))
        jobs = [Job(f"{name} {at}", wav(one), "fr" if at % 2 else "en") for at, one in enumerate(made)]
        results = [one for at in range(0, len(jobs), AHEAD) for one in engine.transcribe(jobs[at : at + AHEAD])]
        heard = [one for one in results if isinstance(one, Transcript)]
        stood[name] = [one for one in heard if one.text]
        causes = Counter(str(one.cause) for one in heard if not one.text and one.cause)
        marked = sum(one.doubtful for one in stood[name])
        minutes, voice = (sum(getattr(one, what) for one in heard) / 60 for what in ("seconds", "speech"))
        listed = ", ".join(f"{cause} {count}" for cause, count in causes.most_common())
        print(f"{name:14}{minutes:8.1f}{voice:8.1f}{len(stood[name]):7}{marked:8}   {listed}", flush=True)
    for name, some in stood.items():
        for one in some:
            sign = "?" if one.doubtful else "!"
            print(f"{sign} {name} ({one.language}, {one.logprob:.2f}, {one.no_speech:.2f}): {one.text}")
    sys.exit(any(not one.doubtful for name, some in stood.items() if name != "babble" for one in some))


if __name__ == "__main__":
    main()
