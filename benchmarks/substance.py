"""How well the substance of a debate is found: ours beside simpler and better known ways, on debates marked by hand.

.venv/bin/python -m benchmarks.substance

`debates/` holds eight debates, four in French and four in English, with the sentences in brackets that a secretary
would keep. Our cue words were chosen on one half of them (TUNED); the other half was only measured. Every way may
keep as many sentences as ours. LexRank (Erkan and Radev, 2004) and TextRank (Mihalcea and Tarau, 2004) are written
here from their papers: the packages that have them want a tokenizer's model to be downloaded at the first use.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from meetings.minutes.cues import cues
from meetings.minutes.sentences import spans, subjects, words
from meetings.minutes.substance import carrying
from meetings.minutes.weighing import Candidate

FOLDER = Path(__file__).parent / "debates"
TUNED = {"fr-marche", "fr-salle", "en-library", "en-bins"}
SEEDS = 200
DAMPING = 0.85
_MARKED = re.compile(r"[\[\]]")


@dataclass(frozen=True, eq=False)
class Debate:
    """Its sentences, and the places of those that a secretary would keep."""

    name: str
    lang: Literal["fr", "en"]
    subject: str
    sentences: list[Candidate]
    kept: frozenset[int]


Way = Callable[[Debate, int], Sequence[int]]
"""Chooses so many sentences of a debate, by their places."""


def read(path: Path) -> Debate:
    head, *lines = path.read_text("utf-8").splitlines()
    sentences: list[Candidate] = []
    kept = set()
    for line in lines:
        speaker, _, said = line.partition(": ")
        for part in re.findall(r"\[[^\]]+\]|[^\[\]]+", said):
            text = _MARKED.sub("", part).strip()
            for start, end in spans(text):
                if part.startswith("["):
                    kept.add(len(sentences))
                sentences.append(Candidate(speaker, text[start:end]))
    lang: Literal["fr", "en"] = "fr" if path.stem.startswith("fr") else "en"
    return Debate(path.stem, lang, head.removeprefix("# "), sentences, frozenset(kept))


def debates() -> list[Debate]:
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


@cache
def ours(debate: Debate, _: int = 0) -> Sequence[int]:
    return carrying(debate.sentences, debate.subject, debate.lang)


def lead(_: Debate, count: int) -> Sequence[int]:
    return range(count)


def longest(debate: Debate, count: int) -> Sequence[int]:
    lengths = [len(words(one.text)) for one in debate.sentences]
    return sorted(range(len(lengths)), key=lambda place: -lengths[place])[:count]


def by_chance(seed: int) -> Way:
    return lambda debate, count: random.Random(seed).sample(range(len(debate.sentences)), count)


def lexrank(debate: Debate, count: int) -> Sequence[int]:
    """Sentences that many others resemble: cosine of TF-IDF, edges above 0.1."""
    counted = [Counter(subjects(one.text, cues(debate.lang).empty)) for one in debate.sentences]
    common = Counter(subject for one in counted for subject in one)
    keys = {key: place for place, key in enumerate(common)}
    matrix = np.zeros((len(counted), len(keys)))
    for row, one in enumerate(counted):
        for key, number in one.items():
            matrix[row, keys[key]] = number * math.log(len(counted) / common[key])
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix = np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0)
    return _ranked(np.where(matrix @ matrix.T > 0.1, 1.0, 0.0), count)


def textrank(debate: Debate, count: int) -> Sequence[int]:
    """Likewise, by the words two sentences share over the logarithms of their lengths."""
    texts = [words(one.text) for one in debate.sentences]
    size = len(texts)
    edges = np.zeros((size, size))
    for one in range(size):
        for other in range(size):
            scale = math.log(len(texts[one]) or 1) + math.log(len(texts[other]) or 1)
            if one != other and scale > 0:
                edges[one, other] = len(set(texts[one]) & set(texts[other])) / scale
    return _ranked(edges, count)


def _ranked(edges: np.ndarray, count: int) -> Sequence[int]:
    """The nodes of the highest PageRank."""
    size = len(edges)
    sums = edges.sum(axis=1, keepdims=True)
    flow = np.where(sums > 0, edges / np.where(sums > 0, sums, 1), 1 / size)
    rank = np.full(size, 1 / size)
    for _ in range(100):
        rank = (1 - DAMPING) / size + DAMPING * flow.T @ rank
    return np.argsort(-rank, kind="stable")[:count].tolist()


def score(chosen: Sequence[int], debate: Debate) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean against the secretary's marks."""
    right = len(set(chosen) & debate.kept)
    precision, recall = right / max(1, len(chosen)), right / len(debate.kept)
    return precision, recall, 2 * right / (len(chosen) + len(debate.kept))


def mean(way: Way, over: Sequence[Debate]) -> tuple[float, float, float]:
    """The three figures, each debate counting the same."""
    scores = [score(way(one, len(ours(one))), one) for one in over]
    precision, recall, both = (sum(values) / len(over) for values in zip(*scores, strict=True))
    return precision, recall, both


def chance(over: Sequence[Debate]) -> tuple[float, float, float]:
    """What chance gives, over many draws."""
    draws = [mean(by_chance(seed), over) for seed in range(SEEDS)]
    precision, recall, both = (sum(values) / SEEDS for values in zip(*draws, strict=True))
    return precision, recall, both


WAYS: dict[str, Way] = {"ours": ours, "longest": longest, "textrank": textrank, "lexrank": lexrank, "lead": lead}


def main() -> None:
    every = debates()
    for one in every:
        print(f"{one.name:12} {len(one.sentences):3} sentences, {len(one.kept):2} marked, {len(ours(one)):2} kept")
    halves = {
        "all": every,
        "tuned on": [one for one in every if one.name in TUNED],
        "only measured": [one for one in every if one.name not in TUNED],
    }
    for name, over in halves.items():
        figures = {way: mean(choose, over) for way, choose in WAYS.items()} | {"chance": chance(over)}
        print(f"\n{name:14} precision  recall    F1   ours is")
        for way, (precision, recall, both) in figures.items():
            print(f"{way:14} {precision:9.2f} {recall:7.2f} {both:5.2f}   {figures['ours'][2] / both:.2f} times")


if __name__ == "__main__":
    main()
