"""What each sentence of a debate is worth to who was not there.

It is weighed by what it shares with the whole debate (TF-IDF against the centroid), by how much of it others take up,
by figures and by words that propose, take sides, give reasons or answer; and against those that conduct the session.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from meetings.minutes.cues import cues
from meetings.minutes.sentences import subjects, words

Vector = dict[str, float]
"""Subjects with their weights, of length 1."""

SHARED = 2.0
"""What a sentence gains that is wholly about what others speak of too: anecdotes are taken up by nobody."""

WHOLE, LONG, LEAST = 1.5, 12, 4
"""What a sentence gains that is LONG words or longer, and the fewest words of one that says anything by itself."""

ANSWER = 0.5
"""What the first sentence gains that somebody says after another's question."""

BARE = 9
"""Words of an answer that may say nothing without its question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be kept."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """What sentences are worth, in their places; what they are about; and by a short answer's place its question's."""

    worths: list[float]
    vectors: list[Vector]
    questions: Mapping[int, int]


def weighed(candidates: Sequence[Candidate], subject: str, lang: Literal["fr", "en"]) -> Weighed:
    """The sentences of a debate on `subject`; nought or less is what carries nothing."""
    table = cues(lang)
    about = [subjects(one.text, table.empty) for one in candidates]
    vectors = _vectors([*about, subjects(subject, table.empty)])
    centroid, shared = _mean(vectors), _shared(candidates, about, set(vectors.pop()))
    questions = _questions(candidates)
    worths = []
    for place, one in enumerate(candidates):
        length = len(words(one.text))
        worth = cosine(vectors[place], centroid) + SHARED * shared[place] + table.weight(one.text)
        worth += WHOLE * min(length, LONG) / LONG + (ANSWER if place in questions else 0.0)
        worths.append(worth if length >= LEAST else 0.0)
    bare = {place: asked for place, asked in questions.items() if len(words(candidates[place].text)) < BARE}
    return Weighed(worths, vectors, bare)


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors are, from 0 to 1."""
    small, large = sorted((one, other), key=len)
    return sum(value * large[key] for key, value in small.items() if key in large)


def _questions(candidates: Sequence[Candidate]) -> dict[int, int]:
    """By the first thing that somebody says after another's question: that question, the last of their turn."""
    found, asked, asker = {}, None, ""
    for place, one in enumerate(candidates):
        if one.speaker != asker:
            if asked is not None:
                found[place] = asked
            asked, asker = None, one.speaker
        if one.text.rstrip('»”") \u00a0\u202f').endswith("?"):
            asked = place
    return found


def _shared(candidates: Sequence[Candidate], about: Sequence[list[str]], title: set[str]) -> list[float]:
    """How much of what each sentence is about others speak of too, or the item's title: a share."""
    speakers: dict[str, set[str]] = {key: {""} for key in title}
    for one, keys in zip(candidates, about, strict=True):
        for key in keys:
            speakers.setdefault(key, set()).add(one.speaker)
    return [sum(len(speakers[key]) > 1 for key in set(keys)) / max(LEAST, len(set(keys))) for keys in about]


def _vectors(about: Sequence[list[str]]) -> list[Vector]:
    """Subjects weighed against how common they are here (TF-IDF)."""
    counted = [Counter(keys) for keys in about]
    common = Counter(subject for one in counted for subject in one)
    return [_unit({key: n * math.log(1 + len(about) / common[key]) for key, n in one.items()}) for one in counted]


def _mean(vectors: Sequence[Vector]) -> Vector:
    """The direction of all of them together."""
    total: Vector = {}
    for vector in vectors:
        for key, value in vector.items():
            total[key] = total.get(key, 0.0) + value
    return _unit(total)


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {key: value / length for key, value in vector.items()}
