"""A meeting's tracks to words: ours against faster-whisper's two pipelines, on one machine, in one run, turn about.

    python benchmarks/tracks.py FOLDER [--minutes 8] [--rounds 3] [--model base] [--device cpu] [--workers 2] [--ours]

FOLDER holds recorded clips (see meeting.py). All three read the same Ogg/Opus files, one a speaker, detect voice
themselves, and get the same two threads: sequential `transcribe()` and `BatchedInferencePipeline`, both with
`vad_filter=True`, beam 5 and their defaults, in a process that does nothing else; ours through its worker processes.
Where `pywhispercpp` is installed (`pip install pywhispercpp`), whisper.cpp hears what faster-whisper's voice detection
leaves, with the same weights in its own 8-bit format (ggml.py) and beam 5. A table of medians follows. `--device cuda`
runs all but whisper.cpp on a GPU too; `--ours` leaves the others out.
"""

import argparse
import asyncio
import platform
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from ggml import convert
from meeting import Track, meeting, opus

from transcribe.fetch import fetch
from transcribe.pool import Pool
from transcribe.score import word_error_rate
from transcribe.tracks import Tracks

STOCK = """
import json, os, sys, time
os.nice(5)  # as our workers are
from faster_whisper import BatchedInferencePipeline, WhisperModel
from transcribe.worker import peak_memory
kind, weights, threads, device = sys.argv[1:5]
precision = "int8" if device == "cpu" else "float16"
model = WhisperModel(weights, device=device, compute_type=precision, cpu_threads=int(threads))
one = model if kind == "sequential" else BatchedInferencePipeline(model)
more = {} if kind == "sequential" else {"batch_size": 8}
print("ready", flush=True)
sys.stdin.readline()
said, began = [], time.perf_counter()
for pair in sys.argv[5:]:
    language, track = pair.split("=", 1)
    segments, _ = one.transcribe(track, language=language, beam_size=5, vad_filter=True, **more)
    said.append("".join(segment.text for segment in segments))
print(json.dumps([said, time.perf_counter() - began, peak_memory()]))
"""

WHISPER_CPP = """
import json, os, sys, time
os.nice(5)
import numpy as np
from faster_whisper.audio import decode_audio
from faster_whisper.vad import get_speech_timestamps
from pywhispercpp.model import Model
from transcribe.worker import peak_memory
weights, threads = sys.argv[2:4]
quiet = {"print_progress": False, "print_realtime": False, "redirect_whispercpp_logs_to": None}
model = Model(weights, params_sampling_strategy=1, n_threads=int(threads), **quiet)
print("ready", flush=True)
sys.stdin.readline()
said, began = [], time.perf_counter()
for pair in sys.argv[5:]:
    language, track = pair.split("=", 1)
    sound = decode_audio(track)
    spoken = np.concatenate([sound[part["start"] : part["end"]] for part in get_speech_timestamps(sound)])
    segments = model.transcribe(spoken, language=language, beam_search={"beam_size": 5, "patience": -1.0})
    said.append(" ".join(segment.text for segment in segments))
print(json.dumps([said, time.perf_counter() - began, peak_memory()]))
"""


@dataclass(frozen=True)
class Turn:
    """One way's pass over the meeting: texts by track, wall and CPU seconds, peak memory in MB."""

    texts: list[str]
    wall: float
    cpu: float
    memory: float


def stock(kind: str, weights: Path, threads: int, device: str, tracks: list[Track], files: list[Path]) -> Turn:
    import json

    pairs = [f"{track.language}={file}" for track, file in zip(tracks, files, strict=True)]
    script = WHISPER_CPP if kind == "whisper.cpp" else STOCK
    command = [sys.executable, "-c", script, kind, str(weights), str(threads), device, *pairs]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        before = _cpu(psutil.Process(process.pid))
        process.stdin.write("\n")
        process.stdin.flush()
        texts, wall, peak = json.loads(process.stdout.readline())
        cpu = _ended() if process.wait() else _children()
    return Turn(texts, wall, cpu - before, peak / 2**20)


async def ours(model: str, workers: int, device: str, tracks: list[Track], files: list[Path]) -> Turn:
    said: dict[str, list[str]] = defaultdict(list)
    async with Pool(model, workers=workers, device=device) as pool:
        await pool.warm()
        processes = [psutil.Process(seat.pid) for seat in pool.stats() if seat.pid] + [psutil.Process()]
        before, began = sum(map(_cpu, processes)), time.perf_counter()
        reports = [
            await Tracks(pool, language=language, words=False).run(
                [file for track, file in zip(tracks, files, strict=True) if track.language == language], model, ""
            )
            for language in sorted({track.language for track in tracks})
        ]
        wall = time.perf_counter() - began
        cpu = sum(map(_cpu, processes)) - before
        memory = sum(seat.peak_memory for seat in pool.stats()) / 2**20
    for report in reports:
        assert not report.failed, report.failed
        for one in report.utterances:
            said[one.track].append(one.text)
    return Turn([" ".join(said[str(file)]) for file in files], wall, cpu, memory)


def _cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def _children() -> float:
    """CPU seconds of the last child that ended."""
    import resource

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    now = spent.ru_utime + spent.ru_stime
    last, _seen[0] = now - _seen[0], now
    return last


def _ended() -> float:
    raise SystemExit("The other program failed; what it said stands above.")


_seen = [0.0]


def wer(tracks: list[Track], turn: Turn, language: str) -> float:
    pairs = [(t.reference, said) for t, said in zip(tracks, turn.texts, strict=True) if t.language == language]
    return 100 * word_error_rate(pairs, language)


def show(tracks: list[Track], turns: dict[str, list[Turn]]) -> None:
    languages = sorted({track.language for track in tracks})
    first = statistics.median(turn.wall for turn in next(iter(turns.values())))
    print(
        f"\n{'':34}{'wall':>8}{'ratio':>7}{'CPU':>8}{'memory':>9}" + "".join(f"{'WER ' + one:>9}" for one in languages)
    )
    for name, some in turns.items():
        wall, cpu, memory = (
            statistics.median(getattr(turn, what) for turn in some) for what in ("wall", "cpu", "memory")
        )
        rates = "".join(f"{statistics.median(wer(tracks, turn, one) for turn in some):8.1f}%" for one in languages)
        print(f"{name:34}{wall:7.1f}s{first / wall:6.1f}x{cpu:7.1f}s{memory:6.0f} MB{rates}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="base")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--ours", action="store_true")
    asked = parser.parse_args()
    weights = fetch(asked.model)
    tracks = meeting(asked.folder, asked.minutes)
    speech = sum(len(one.samples) for track in tracks for one in track.spoken) / 16_000
    print(f"{len(tracks)} tracks of {tracks[0].length / 60:.1f} min, {speech / 60:.1f} min of speech; {asked.model};")
    print(
        f"{platform.processor() or platform.machine()}, {psutil.cpu_count()} cores, load {psutil.getloadavg()[0]:.1f}"
    )
    turns: dict[str, list[Turn]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{track.speaker}.ogg" for track in tracks]
        for track, file in zip(tracks, files, strict=True):
            file.write_bytes(opus(track.samples()))
        ggml = Path(folder) / "ggml.bin"
        if not asked.ours and find_spec("pywhispercpp"):
            convert(weights, ggml)
        devices = ["cpu"] if asked.device == "cpu" else ["cpu", "cuda"]
        for _ in range(asked.rounds):
            for device in devices:
                for kind in () if asked.ours else ("sequential", "batched"):
                    turns[f"faster-whisper {kind}, {device}"].append(
                        stock(kind, weights, asked.workers, device, tracks, files)
                    )
                if device == "cpu" and ggml.is_file():
                    turns["whisper.cpp, cpu"].append(stock("whisper.cpp", ggml, asked.workers, device, tracks, files))
                workers = asked.workers if device == "cpu" else 1
                turns[f"ours, {workers} x 1 thread, {device}"].append(
                    asyncio.run(ours(asked.model, workers, device, tracks, files))
                )
                _children()
                show(tracks, turns)


if __name__ == "__main__":
    main()
