"""How a line sounds to the eye: its waveform, as a small SVG."""

import asyncio
from pathlib import Path

import av
import numpy as np

COLUMNS, HEIGHT = 240, 48


async def wave(track: Path, since: float, until: float) -> str:
    """The waveform of a stretch of a track, in seconds. Raises OSError (av.FFmpegError is one) for no such sound."""
    peaks = await asyncio.to_thread(_peaks, track, since, until)
    path = " ".join(f"M{x + 0.5:g} {_half(peak, -1):.1f}V{_half(peak, 1):.1f}" for x, peak in enumerate(peaks))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS} {HEIGHT}" preserveAspectRatio="none">'
        f'<path d="{path}" stroke="#6a8fc8" stroke-width=".7" fill="none"/></svg>'
    )


def _half(peak: float, side: int) -> float:
    return HEIGHT / 2 + side * max(peak, 0.02) * HEIGHT / 2


def _peaks(track: Path, since: float, until: float) -> list[float]:
    """The loudest of each column, of 1; silence where the track is over."""
    columns = np.zeros(COLUMNS)
    with av.open(str(track)) as container:
        stream = container.streams.audio[0]
        container.seek(int(max(since - 0.2, 0) * av.time_base))
        for frame in container.decode(stream):
            at = frame.time or 0.0
            if at >= until:
                break
            samples = np.abs(frame.to_ndarray().astype(np.float64)).max(axis=0)
            scale = 32768 if frame.format.name.startswith("s16") else 1
            times = at + np.arange(len(samples)) * (frame.samples / frame.sample_rate / len(samples))
            inside = (times >= since) & (times < until)
            places = ((times[inside] - since) / (until - since) * COLUMNS).astype(int).clip(0, COLUMNS - 1)
            np.maximum.at(columns, places, samples[inside] / scale)
    loudest = columns.max()
    return [float(peak) for peak in (columns / loudest if loudest > 0 else columns)]
