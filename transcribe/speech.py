"""Where in an utterance somebody speaks: Silero's voice activity detector, as bundled with faster-whisper.

Packets already say who talks and when; this only tells speech from breath, keyboards and empty rooms, and finds pauses
at which something longer than Whisper's window may be cut.
"""

from itertools import pairwise

from faster_whisper.vad import VadOptions, get_speech_timestamps

from transcribe.audio import RATE, Samples

THRESHOLD = 0.4  # below Silero's 0.5: a quiet voice lost is worse than a noise that the guard refuses later
Span = tuple[int, int]


def spans(samples: Samples) -> list[Span]:
    """Speech in the audio as (start, end) in samples at 16 kHz, in order; empty where nobody speaks."""
    if not samples.any():
        return []
    options = VadOptions(threshold=THRESHOLD, min_speech_duration_ms=90, min_silence_duration_ms=160, speech_pad_ms=30)
    return [(int(found["start"]), int(found["end"])) for found in get_speech_timestamps(samples, options)]


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
