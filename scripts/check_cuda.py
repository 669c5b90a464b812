"""Does a GPU hear what the processor hears, and how much faster? One command, in one process, without a network.

    python scripts/check_cuda.py FOLDER [--weights models/weights/base] [--minutes 20] [--cpu-minutes 4]

FOLDER holds recorded clips with their texts (manifest.csv: path,language,seconds,reference). Needs faster-whisper with
CTranslate2, av, numpy, jiwer and num2words, and the CUDA 12 libraries cuBLAS and cuDNN 9 where CTranslate2 finds them.
The processor hears the first minutes, the GPU all. Exit status 1 where the GPU hears worse by more than a point, 2
where there is none.
"""

import argparse
import os
import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import ctranslate2  # noqa: E402
from meeting import meeting  # noqa: E402

from transcribe.audio import RATE, wav  # noqa: E402
from transcribe.engine import Job, Transcript  # noqa: E402
from transcribe.errors import ModelBroken  # noqa: E402
from transcribe.score import word_error_rate  # noqa: E402
from transcribe.whisper import Whisper  # noqa: E402

WAYS = {"cpu int8": ("cpu", "int8"), "cuda float16": ("cuda", "float16"), "cuda int8_float16": ("cuda", "int8_float16")}


def main() -> int:
    """Measure, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", type=Path, default=ROOT / "models/weights/base")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--cpu-minutes", type=float, default=4)
    asked = parser.parse_args()
    cards = ctranslate2.get_cuda_device_count()
    print(f"{platform.machine()}, {os.cpu_count()} cores, {cards} CUDA devices, CTranslate2 {ctranslate2.__version__}")
    spoken = [(track, one) for track in meeting(asked.folder, asked.minutes) for one in track.spoken]
    spoken.sort(key=lambda pair: pair[1].start)
    few = [pair for pair in spoken if pair[1].start < 60 * asked.cpu_minutes]
    heard: dict[str, dict[str, str]] = {}
    for name, (device, precision) in WAYS.items():
        if device == "cuda" and not cards:
            continue
        try:
            engine = Whisper(asked.weights, threads=os.cpu_count() or 1, device=device, precision=precision)
        except ModelBroken as error:
            print(f"{name}: {error}")
            continue
        some = few if device == "cpu" else spoken
        jobs = [Job(f"{one.start}", wav(one.samples), track.language, words=True) for track, one in some]
        engine.transcribe(jobs[:8])
        began = time.perf_counter()
        results = [one for one in engine.transcribe(jobs) if isinstance(one, Transcript)]
        took = time.perf_counter() - began
        heard[name] = {one.key: one.text for one in results}
        seconds = sum(len(one.samples) for _, one in some) / RATE
        speed = f"{seconds:.0f} s of speech in {took:.1f} s, {seconds / took:.1f} times real time"
        print(f"{name:18} {speed}; {engine.metrics.retried} heard again")
        print(f"{'':18} all: {rates(some, heard[name])}; the first minutes: {rates(few, heard[name])}")
    return verdict(few, heard)


def rates(some: list, heard: dict[str, str]) -> str:  # type: ignore[type-arg]
    """Word error rates, to be read."""
    return ", ".join(f"WER {one} {100 * rate(some, heard, one):.2f} %" for one in ("fr", "en"))


def rate(some: list, heard: dict[str, str], language: str) -> float:  # type: ignore[type-arg]
    """Word error rate in one language."""
    pairs = [(one.reference, heard.get(f"{one.start}", "")) for track, one in some if track.language == language]
    return word_error_rate(pairs, language) if pairs else 0.0


def verdict(few: list, heard: dict[str, dict[str, str]]) -> int:  # type: ignore[type-arg]
    """The exit status, and how many utterances are the same."""
    cards = [name for name in heard if name.startswith("cuda")]
    if not cards:
        print("No GPU could be used: only the processor was measured.")
        return 2
    worse = 0
    for name in cards:
        same = sum(heard[name].get(f"{one.start}") == heard["cpu int8"].get(f"{one.start}") for _, one in few)
        print(f"{name}: {same} of {len(few)} utterances are word for word the processor's")
        worse += any(rate(few, heard[name], one) > rate(few, heard["cpu int8"], one) + 0.01 for one in ("fr", "en"))
    return int(worse > 0)


if __name__ == "__main__":
    sys.exit(main())
