"""Where in an utterance somebody speaks: Silero's voice activity detector, as bundled with faster-whisper.

Packets already say who talks and when; this only tells speech from breath, keyboards and empty rooms, and finds pauses
at which something longer than Whisper's window may be cut.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from faster_whisper.vad import VadOptions, get_speech_timestamps

from transcribe.audio import RATE, Samples

THRESHOLD = 0.4  # below Silero's 0.5: a quiet voice lost is worse than a noise that the guard refuses later
QUIET = 1e-4  # nobody speaks at -80 dB; a track of packets is that silent between its utterances
BLOCK = RATE // 2
PAUSE = int(0.8 * RATE)  # that closes an utterance, as in the recorder
PAD = int(0.2 * RATE)  # kept before and after it: the detector is late for soft beginnings and ends
Span = tuple[int, int]


def spans(samples: Samples) -> list[Span]:
    """Speech in the audio as (start, end) in samples at 16 kHz, in order; empty where nobody speaks."""
    options = VadOptions(threshold=THRESHOLD, min_speech_duration_ms=90, min_silence_duration_ms=160, speech_pad_ms=30)
    return [
        (start + int(found["start"]), start + int(found["end"]))
        for start, end in _sounding(samples)
        for found in get_speech_timestamps(samples[start:end], options)
    ]


def _sounding(samples: Samples) -> list[Span]:
    """What is not digital silence, by half seconds with half a second around: the detector costs more than looking."""
    if not len(samples):
        return []
    loud = np.maximum.reduceat(np.abs(samples), np.arange(0, len(samples), BLOCK)) > QUIET
    near = np.convolve(loud, [1, 1, 1], "same") > 0
    edges = np.flatnonzero(np.diff(near, prepend=False, append=False))
    return [(int(a) * BLOCK, min(int(b) * BLOCK, len(samples))) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def utterances(found: Sequence[Span], length: int, longest: int) -> list[Span]:
    """Speech joined over short pauses to what one says in one go, at most `longest` samples, with a little around."""
    joined: list[list[Span]] = []
    for span in (part for whole in found for part in _parts(whole, longest - 2 * PAD)):
        if joined and span[0] - joined[-1][-1][1] < PAUSE and span[1] - joined[-1][0][0] + 2 * PAD <= longest:
            joined[-1].append(span)
        else:
            joined.append([span])
    edges = [(group[0][0], group[-1][1]) for group in joined]
    borders = [0, *((left + right) // 2 for (_, left), (right, _) in pairwise(edges)), length]
    return [(max(start - PAD, borders[at]), min(end + PAD, borders[at + 1])) for at, (start, end) in enumerate(edges)]


def _parts(span: Span, longest: int) -> list[Span]:
    """The span, in equal parts where somebody speaks without drawing breath."""
    start, end = span
    count = -(-(end - start) // longest)
    edges = [start + (end - start) * part // count for part in range(count + 1)]
    return list(pairwise(edges))


def seconds(speech: list[Span]) -> float:
    """How long the spans are together, in seconds."""
    return sum(end - start for start, end in speech) / RATE


def cuts(speech: list[Span], length: int, limit: int) -> list[Span]:
    """The whole audio (`length` samples) in pieces of at most `limit` samples, cut in pauses where there are any."""
    pauses = [(left_end + right_start) // 2 for (_, left_end), (right_start, _) in pairwise(speech)]
    pieces: list[Span] = []
    start = 0
    while length - start > limit:
        inside = [pause for pause in pauses if start + limit // 2 <= pause <= start + limit]
        end = inside[-1] if inside else start + limit
        pieces.append((start, end))
        start = end
    return [*pieces, (start, length)]
