"""Ogg/Opus (RFC 7845) to what Whisper hears: 16 kHz, mono, float32 between -1 and 1."""

from collections.abc import Iterator
from io import BytesIO

import av
import numpy as np
import numpy.typing as npt
from av.audio.resampler import AudioResampler

from transcribe.errors import AudioUnreadable

RATE = 16_000
Samples = npt.NDArray[np.float32]


def decode(audio: bytes) -> Samples:
    """The samples, shape [n], of the first audio stream of a file held in memory.

    A file that was cut off (a recorder killed in mid-write) gives what stands before the cut.

    Raises:
        AudioUnreadable: not a media file, no audio stream, or not one frame in it.
    """
    blocks: list[Samples] = []
    try:
        blocks.extend(_blocks(audio))
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise AudioUnreadable(f"The audio ({len(audio)} bytes) cannot be decoded: {error}") from error
    if not blocks:
        raise AudioUnreadable(f"The audio ({len(audio)} bytes) holds no sound.")
    return np.concatenate(blocks)


def _blocks(audio: bytes) -> Iterator[Samples]:
    resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
    started = False
    with av.open(BytesIO(audio), mode="r") as container:
        try:
            for frame in container.decode(container.streams.audio[0]):
                frame.pts = None  # holes in the clock of a cut or concatenated file are no reason to fail
                for resampled in resampler.resample(frame):
                    started = True
                    yield resampled.to_ndarray().astype(np.float32, copy=False).reshape(-1)
        except av.error.FFmpegError:
            if not started:
                raise
    for resampled in resampler.resample(None) if started else ():
        yield resampled.to_ndarray().astype(np.float32, copy=False).reshape(-1)
