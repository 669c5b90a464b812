"""Sounds made here, speech recorded elsewhere, and the real model, fetched the way users fetch it."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from transcribe.audio import RATE, Samples
from transcribe.errors import ModelUnavailable
from transcribe.fetch import fetch
from transcribe.whisper import Whisper

SPEECH = Path(__file__).parents[2] / ".." / "shared" / "data" / "speech"


def encode(samples: Samples) -> bytes:
    """Ogg/Opus, 48 kHz mono, as a recorder of a meeting writes it; `samples` at 16 kHz."""
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


@dataclass(frozen=True)
class Clip:
    name: str
    language: str
    seconds: float
    reference: str

    @property
    def audio(self) -> bytes:
        return (SPEECH / self.name).read_bytes()


@pytest.fixture(scope="session")
def ogg() -> Callable[[Samples], bytes]:
    return encode


@pytest.fixture(scope="session")
def clips() -> list[Clip]:
    manifest = SPEECH / "manifest.csv"
    if not manifest.exists():
        pytest.skip("recorded speech (../shared/data/speech) is absent")
    with manifest.open(encoding="utf-8", newline="") as rows:
        return [Clip(r["path"], r["language"], float(r["seconds"]), r["reference"]) for r in csv.DictReader(rows)]


@pytest.fixture(scope="session")
def weights() -> Path:
    try:
        return fetch("base")
    except ModelUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def whisper(weights: Path) -> Whisper:
    return Whisper(weights)
