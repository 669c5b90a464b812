"""How well the minutes hold what was said: word error rate, and whether each line stands where it belongs."""

from collections.abc import Sequence
from dataclasses import dataclass

import jiwer

from transcribe.score import normalize

HEARD = 0.5
"""A line is found where this share of its words stands, in order."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one speaker under one item (None: before the first)."""

    speaker: str
    item: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`wer`: word errors per word of the script, 0 is perfect. `placed`: lines found under their speaker and item, in
    order, of `lines`. `lost` names those that were not."""

    wer: float
    lines: int
    placed: int
    lost: tuple[str, ...]


def measure(script: Sequence[Said], minutes: Sequence[Said], lang: str) -> Accuracy:
    """Hold the minutes against the script, speaker by speaker under each item. ValueError for an empty script."""
    if not script:
        raise ValueError("a script without a spoken line cannot be measured")
    errors = words = 0
    lost: list[str] = []
    for place in dict.fromkeys((said.speaker, said.item) for said in (*script, *minutes)):
        lines = [said.text for said in script if (said.speaker, said.item) == place]
        wanted = [normalize(line, lang) for line in lines]
        heard = normalize(" ".join(said.text for said in minutes if (said.speaker, said.item) == place), lang)
        if not wanted:
            errors += len(heard.split())  # nobody said that here
            continue
        aligned = jiwer.process_words(" ".join(wanted), heard)
        errors += aligned.substitutions + aligned.deletions + aligned.insertions
        words += len(aligned.references[0])
        lost += [
            line for line, share in zip(lines, _shares(wanted, aligned.alignments[0]), strict=True) if share < HEARD
        ]
    return Accuracy(errors / words, len(script), len(script) - len(lost), tuple(lost))


def _shares(wanted: Sequence[str], alignment: Sequence[jiwer.AlignmentChunk]) -> list[float]:
    """The share of each line's words that were heard right. An alignment keeps order, so lines out of order are not."""
    equal = [chunk for chunk in alignment if chunk.type == "equal"]
    right = {at for chunk in equal for at in range(chunk.ref_start_idx, chunk.ref_end_idx)}
    shares, start = [], 0
    for line in wanted:
        end = start + len(line.split())
        shares.append(len(right & set(range(start, end))) / max(1, end - start))
        start = end
    return shares
