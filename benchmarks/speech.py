"""Our engine against stock faster-whisper, same model, same clips, same threads, turn about in one run.

    python benchmarks/speech.py FOLDER [--model base] [--every 4] [--threads 1]

FOLDER holds a manifest.csv (path,language,seconds,reference) and the clips it names, one utterance each. Three ways are
timed: stock (`WhisperModel.transcribe` with its defaults), ours one utterance at a time as in a live meeting, and ours
in batches as when a recording is transcribed afterwards. Each group of clips goes through all three before the next,
each time in another order, so that a busy machine is equally unkind to all. Ratios mean more than seconds.
"""

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time

sys.path.append(sys.path.pop(0))  # this file bears the name of the package it measures: look here last

from faster_whisper import WhisperModel

from transcribe.engine import BATCH, Job, Transcript
from transcribe.fetch import fetch
from transcribe.score import word_error_rate
from transcribe.whisper import Whisper


@dataclass(frozen=True)
class Clip:
    path: Path
    language: str
    seconds: float
    reference: str


Way = Callable[[list[Clip]], list[str]]


def read(folder: Path, every: int) -> list[Clip]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        found = [
            Clip(folder / row["path"], row["language"], float(row["seconds"]), row["reference"])
            for row in csv.DictReader(rows)
        ]
    return found[::every]


def stock(model: WhisperModel) -> Way:
    def hear(clip: Clip) -> str:
        segments, _ = model.transcribe(BytesIO(clip.path.read_bytes()), language=clip.language)
        return "".join(segment.text for segment in segments)

    return lambda clips: [hear(clip) for clip in clips]


def ours(engine: Whisper, batch: int) -> Way:
    def hear(clips: list[Clip]) -> list[str]:
        jobs = [Job(clip.path.name, clip.path.read_bytes(), clip.language) for clip in clips]
        groups = [jobs[at : at + batch] for at in range(0, len(jobs), batch)]
        results = [result for group in groups for result in engine.transcribe(group)]
        return [result.text if isinstance(result, Transcript) else "" for result in results]

    return hear


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="base")
    parser.add_argument("--every", type=int, default=1, help="take every n-th clip")
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    clips = read(asked.folder, asked.every)
    weights = fetch(asked.model)
    engine = Whisper(weights, threads=asked.threads)
    ways: dict[str, Way] = {
        "stock faster-whisper": stock(
            WhisperModel(str(weights), "cpu", compute_type="int8", cpu_threads=asked.threads)
        ),
        "ours, one by one": ours(engine, 1),
        f"ours, batches of {BATCH}": ours(engine, BATCH),
    }
    heard: dict[str, list[str]] = defaultdict(list)
    wall: dict[str, float] = defaultdict(float)
    cpu: dict[str, float] = defaultdict(float)
    for turn, at in enumerate(range(0, len(clips), 2 * BATCH)):
        names = list(ways)
        for name in names[turn % 3 :] + names[: turn % 3]:
            began, spent = perf_counter(), process_time()
            heard[name] += ways[name](clips[at : at + 2 * BATCH])
            wall[name] += perf_counter() - began
            cpu[name] += process_time() - spent
    show(clips, heard, wall, cpu)
    print(f"heard again through a full window: {engine.metrics.retried} of {engine.metrics.jobs}")


def show(clips: list[Clip], heard: dict[str, list[str]], wall: dict[str, float], cpu: dict[str, float]) -> None:
    languages = sorted({clip.language for clip in clips})
    print(f"{len(clips)} clips, {sum(clip.seconds for clip in clips):.0f} s of speech")
    print(f"{'':24}{'wall':>9}{'ratio':>8}{'CPU':>9}{'ratio':>8}" + "".join(f"{'WER ' + one:>9}" for one in languages))
    base = next(iter(heard))
    for name in heard:
        rates = [100 * word_error_rate(_pairs(clips, heard[name], one), one) for one in languages]
        times = f"{wall[name]:8.1f}s{wall[base] / wall[name]:7.2f}x{cpu[name]:8.1f}s{cpu[base] / cpu[name]:7.2f}x"
        print(f"{name:24}{times}" + "".join(f"{rate:8.2f}%" for rate in rates))


def _pairs(clips: list[Clip], texts: list[str], language: str) -> list[tuple[str, str]]:
    return [(clip.reference, text) for clip, text in zip(clips, texts, strict=True) if clip.language == language]


if __name__ == "__main__":
    main()
