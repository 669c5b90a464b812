"""Words and their times, held to where a voice was heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

EDGE = 0.05  # seconds by which a word may stand out of the voice it belongs to


@dataclass(frozen=True)
class Word:
    """One word with its punctuation; `start` and `end` in seconds from the utterance's beginning, `probability` as the
    model gave it."""

    text: str
    start: float
    end: float
    probability: float


def settled(words: Iterable[Word], voiced: Sequence[tuple[float, float]]) -> tuple[Word, ...]:
    """The words with no start or end in a silence: a start moves on to the next voice, an end back to the last one.

    Attention is drawn to a pause as often as to the word behind it; voice activity knows better. `voiced` in seconds.
    """
    found: list[Word] = []
    for word in words:
        start = next((begin for begin, end in voiced if end - EDGE > word.start), word.start)
        start = max(word.start, min(start, word.end))
        end = next((end for begin, end in reversed(voiced) if begin + EDGE < word.end), word.end)
        end = max(start, min(word.end, end))
        found.append(replace(word, start=round(start, 3), end=round(end, 3)))
    return tuple(found)
