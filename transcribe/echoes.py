"""One voice in two microphones, two members in one room or a loudspeaker, is recognised, so that it is written once.

Each utterance is reduced to a print: the loudness of sixteen bands, fifty times a second. Utterances of two tracks that
overlap are laid over each other at every lag a room and a network can make; one voice follows itself in all bands at
one of these lags, whatever the filter or the level, and two people who talk at once do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from transcribe.audio import RATE, Samples

HOP = RATE // 50  # samples a frame of a print
WINDOW = 2 * HOP
BANDS = np.geomspace(250, 3_800, 17)  # their edges, in Hz: what a telephone passes too
DEPTH = 4.0  # factors of ten in power, under the loudest, that count: below is the noise of the room
LOUD = 2.0  # likewise for frames that hold the voice itself
SILENCE = -9.0  # of a print where nothing sounds
LAG = 30  # frames: 0.6 s, two networks and a loudspeaker
SHORTEST = 50  # frames: of less than a second, any two voices can be alike
ALIKE = 0.5  # correlation over a long time; of 1,770 pairs talking at once one in a thousand passed 0.52
BRIEF = 12.5  # frames: over so many times fewer, more is asked (0.75 for one second, 0.56 for four)
COVERED = 0.8  # of the quieter one's voice: who says more than the echo keeps the words
LOUDER = 0.3  # factors of ten in power that make one the louder; else the earlier is the voice itself

Print = npt.NDArray[np.float16]
Shape = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Sound:
    """An utterance to compare: its track, where it begins in seconds, its print, shape [frames, bands]."""

    track: str
    start: float
    print: Print


@dataclass(frozen=True)
class Echo:
    """That an utterance repeats another, `of` by its index, `lag` seconds later; `likeness` is their correlation."""

    of: int
    lag: float
    likeness: float


def fingerprint(samples: Samples) -> Print:
    """The utterance's print: log power by band and frame, shape [frames, bands]."""
    count = max(1, len(samples) // HOP)
    padded = np.pad(samples, (0, max(0, (count - 1) * HOP + WINDOW - len(samples))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: count * HOP : HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(WINDOW).astype(np.float32), axis=1)) ** 2
    edges = np.round(BANDS * WINDOW / RATE).astype(int)
    bands = np.stack([power[:, low:high].mean(axis=1) for low, high in pairwise(edges)], axis=1)
    return np.log10(bands + 10**SILENCE).astype(np.float16)


def joined(sounds: Sequence[Sound]) -> Sound:
    """Utterances of one track, at least one, as one: nothing sounds between them."""
    first = min(sounds, key=lambda sound: sound.start)
    places = [round((sound.start - first.start) * RATE / HOP) for sound in sounds]
    whole = np.full((max(at + len(one.print) for at, one in zip(places, sounds, strict=True)), len(BANDS) - 1), SILENCE)
    for at, one in zip(places, sounds, strict=True):
        whole[at : at + len(one.print)] = one.print
    return Sound(first.track, first.start, whole.astype(np.float16))


def echoes(sounds: Sequence[Sound]) -> dict[int, Echo]:
    """Which of the utterances repeat another one, by index; the louder stands, or of two as loud the earlier."""
    found: dict[int, Echo] = {}
    for one, other in _overlapping(sounds):
        lag, likeness = _likeness(sounds[one], sounds[other])
        mine, _ = _shared(sounds[one], sounds[other], lag)
        if likeness < ALIKE + BRIEF / max(1, mine.stop - mine.start):
            continue
        voice, again, lag = (one, other, lag) if _stands(sounds[one], sounds[other], lag) else (other, one, -lag)
        known = found.get(again)
        mutual = voice in found and found[voice].of == again
        if not mutual and (not known or known.likeness < likeness) and _covered(sounds[again], sounds[voice], lag):
            found[again] = Echo(voice, round(lag * HOP / RATE, 3), round(likeness, 3))
    return found


def _overlapping(sounds: Sequence[Sound]) -> Iterator[tuple[int, int]]:
    """Pairs of utterances of two tracks that sound at one time."""
    order = sorted(range(len(sounds)), key=lambda at: sounds[at].start)
    for place, one in enumerate(order):
        end = sounds[one].start + len(sounds[one].print) * HOP / RATE
        for other in order[place + 1 :]:
            if sounds[other].start > end:
                break
            if sounds[other].track != sounds[one].track:
                yield one, other


def _likeness(one: Sound, other: Sound) -> tuple[int, float]:
    """At which lag of the other, in frames, the two are most alike, and how much."""
    shapes = _shape(one.print), _shape(other.print)
    lags = range(-LAG, LAG + 1)
    return max(((lag, _correlation(*shapes, *_shared(one, other, lag))) for lag in lags), key=lambda found: found[1])


def _correlation(one: Shape, other: Shape, mine: slice, its: slice) -> float:
    if mine.stop - mine.start < SHORTEST:
        return 0.0
    a, b = one[mine], other[its]
    a, b = a - a.mean(axis=0), b - b.mean(axis=0)
    scale = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / scale if scale else 0.0


def _shared(one: Sound, other: Sound, lag: int) -> tuple[slice, slice]:
    """The frames of both that lie over each other where the other is taken `lag` frames earlier than it came."""
    shift = round((other.start - one.start) * RATE / HOP) - lag
    start, end = max(0, shift), min(len(one.print), len(other.print) + shift)
    return slice(start, max(start, end)), slice(start - shift, max(start, end) - shift)


def _shape(found: Print) -> Shape:
    """The print without what lies under the noise of its room, band by band: a filter may have taken some of it."""
    whole = found.astype(np.float32)
    floor = np.maximum(whole.max(axis=0) - DEPTH, np.quantile(whole, 0.1, axis=0))
    return np.asarray(np.maximum(whole, floor), np.float32)


def _stands(one: Sound, other: Sound, lag: int) -> bool:
    louder = _level(one.print) - _level(other.print)
    return louder > 0 if abs(louder) > LOUDER else lag >= 0


def _level(found: Print) -> float:
    return float(np.log10(np.mean(10.0 ** found.astype(np.float64))))


def _covered(again: Sound, voice: Sound, lag: int) -> bool:
    """Whether nearly all of the voice in the one lies over the other: nobody says anything of their own there."""
    loudness = again.print.astype(np.float32).max(axis=1)
    loud = loudness > loudness.max() - LOUD
    _, its = _shared(voice, again, lag)
    return bool(loud[its].sum() >= COVERED * loud.sum())
