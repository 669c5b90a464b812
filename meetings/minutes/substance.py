"""The substance of a debate: the sentences that carry it, word for word as they were said."""

import math
from collections.abc import Sequence
from typing import Literal

from meetings.minutes.weighing import Candidate, Weighed, cosine, weighed

KEPT = 2.0
"""Sentences kept of `n`: this many times the square root of `n`. A long debate repeats itself, a short one does not."""

FLOOR = 1.5
"""What a sentence must be worth: a debate that says little has little substance."""

ALIKE = 0.5
"""What a sentence loses that says the same as one already kept."""

HEARD = 0.5
"""What a sentence gains whose speaker has none yet."""


def carrying(candidates: Sequence[Candidate], subject: str, lang: Literal["fr", "en"]) -> list[int]:
    """The places of the sentences that carry a debate on `subject`, in the order in which they were said.

    Taken by what they are worth and by maximal marginal relevance (Carbonell and Goldstein, 1998), who has none before
    who has one. A short answer comes with its question: it answers no other.
    """
    known = weighed(candidates, subject, lang)
    nearest = [0.0] * len(candidates)
    left = {place for place, worth in enumerate(known.worths) if worth >= FLOOR}
    kept: set[int] = set()
    heard: set[str] = set()
    while left and len(kept) < math.ceil(KEPT * math.sqrt(len(candidates))):
        gains = {
            place: known.worths[place] - ALIKE * nearest[place] + HEARD * (candidates[place].speaker not in heard)
            for place in left
        }
        _, best = min((-gain, place) for place, gain in gains.items())
        taken = {best, known.questions.get(best, best)} - kept
        kept |= taken
        left -= taken
        heard |= {candidates[place].speaker for place in taken}
        _draw_near(nearest, left, taken, known)
    return sorted(kept)


def _draw_near(nearest: list[float], left: set[int], taken: set[int], known: Weighed) -> None:
    """How alike what is left is to what is kept."""
    for place in left:
        for one in taken:
            nearest[place] = max(nearest[place], cosine(known.vectors[place], known.vectors[one]))
