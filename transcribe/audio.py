"""Any audio file to what Whisper hears: 16 kHz, mono, float32 between -1 and 1."""

import wave
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from transcribe.errors import AudioUnreadable

RATE = 16_000
OPUS_TICK = Fraction(1, 48_000)  # a stream whose times are counted so tells each packet's samples
READ = 1  # seconds resampled at once: packet by packet costs three times as much
SILENT = 3  # bytes of an Opus packet that can hold no sound: what a recorder or an encoder writes where nobody speaks
Samples = npt.NDArray[np.float32]


def decode(audio: bytes) -> Samples:
    """The samples, shape [n], of the first audio stream of a file held in memory.

    A file that was cut off (a recorder killed in mid-write) gives what stands before the cut.

    Raises:
        AudioUnreadable: not a media file, no audio stream, or not one frame in it.
    """
    return np.concatenate(list(read(audio)))


def read(source: bytes | Path) -> Iterator[Samples]:
    """The samples of the first audio stream, block after block, shape [n]: of files of any length, in little memory.

    Raises:
        AudioUnreadable: as `decode`, and where the file cannot be opened; before the first block, never after it.
    """
    what = f"The audio ({len(source)} bytes)" if isinstance(source, bytes) else str(source)
    started = False
    try:
        with av.open(BytesIO(source) if isinstance(source, bytes) else str(source), mode="r") as container:
            if not container.streams.audio:
                raise AudioUnreadable(f"{what} has no sound track.")
            for block in _resampled(_decoded(container)):
                started = True
                yield block
    except (av.error.FFmpegError, OSError, ValueError) as error:
        if not started:
            raise AudioUnreadable(f"{what} cannot be decoded: {_reason(error)}.") from error
    if not started:
        raise AudioUnreadable(f"{what} holds no sound.")


def wav(samples: Samples) -> bytes:
    """The samples as a WAV file of 16 bits, for a job made of part of a track."""
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        loudest = max(1.0, float(np.abs(samples).max(initial=0.0)))  # two channels added up may pass full scale
        out.writeframes((samples * (32_767 / loudest)).astype("<i2").tobytes())
    return file.getvalue()


def _decoded(container: InputContainer) -> Iterator[AudioFrame]:
    """The frames of the first audio stream. Silence in Ogg/Opus is not decoded again and again: a track of packets is
    silent for nine tenths, and once two frames of it are known, what follows comes by the second."""
    stream = container.streams.audio[0]
    if stream.codec_context.name != "opus" or stream.time_base != OPUS_TICK:
        yield from container.decode(stream)
        return
    silence: list[AudioFrame] = []
    again = 0
    for packet in container.demux(stream):
        known = len(silence) > 1 and silence[-1].samples == packet.duration  # the first and the last may be cut short
        if known and 0 < packet.size <= SILENT:
            again += 1
            if again * silence[-1].samples >= READ * silence[-1].sample_rate:
                yield _joined(silence[-1], again)
                again = 0
            continue
        if again:
            yield _joined(silence[-1], again)
            again = 0
        frames = packet.decode()
        silence = [*silence, *frames] if 0 < packet.size <= SILENT else []
        yield from frames


def _joined(frame: AudioFrame, times: int) -> AudioFrame:
    """The frame, over and over."""
    samples = np.tile(frame.to_ndarray(), times)
    whole = AudioFrame.from_ndarray(samples, frame.format.name, frame.layout.name)  # type: ignore[arg-type]
    whole.sample_rate = frame.sample_rate
    return whole


def _resampled(frames: Iterator[AudioFrame]) -> Iterator[Samples]:
    """What could be decoded before the stream ended or broke; an error only where nothing could."""
    fifo, resampler, kind = AudioFifo(), AudioResampler(format="flt", layout="mono", rate=RATE), None
    broken: Exception | None = None
    while True:
        try:
            frame = next(frames, None)
        except av.error.FFmpegError as error:
            frame, broken = None, error
        if frame is None:
            break
        now = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind not in {None, now}:  # a stream may change in mid-file; what came before is finished first
            yield from _blocks(resampler, *([left] if (left := fifo.read()) else []), None)
            fifo, resampler = AudioFifo(), AudioResampler(format="flt", layout="mono", rate=RATE)
        kind = now
        frame.pts = None  # holes in the clock of a cut or concatenated file are no reason to fail
        fifo.write(frame)
        if fifo.samples >= READ * frame.sample_rate:
            yield from _blocks(resampler, fifo.read())
    if kind is None:
        if broken:
            raise broken
        return
    left = fifo.read()
    yield from _blocks(resampler, *([left] if left else []), None)


def _blocks(resampler: AudioResampler, *frames: AudioFrame | None) -> Iterator[Samples]:
    for frame in frames:
        for resampled in resampler.resample(frame):
            yield resampled.to_ndarray().astype(np.float32, copy=False).reshape(-1)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
