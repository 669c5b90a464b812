"""How well the minutes hold what was said: word error rate, and whether each line stands where it belongs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import jiwer
from num2words import num2words

ALIKE = 0.5
"""A line is found where this share of its letters stands, in order: half-heard words still tell whose it is."""


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


def normalized(text: str, lang: str) -> str:
    """Words alone: lower case, no punctuation, numbers written out, so that only hearing is judged."""
    text = unicodedata.normalize("NFKC", text).lower().replace("œ", "oe")
    text = re.sub(r"(?<=\d)[\s](?=\d{3}\b)", "", text)
    text = re.sub(r"\d+", lambda number: f" {num2words(int(number[0]), lang=lang)} ", text)
    return " ".join(re.findall(r"\w+", text))


def measure(script: Sequence[Said], minutes: Sequence[Said], lang: str) -> Accuracy:
    """Hold the minutes against the script, speaker by speaker under each item. ValueError for an empty script."""
    if not script:
        raise ValueError("a script without a spoken line cannot be measured")
    places = list(dict.fromkeys((said.speaker, said.item) for said in (*script, *minutes)))
    wanted = [normalized(_joined(script, place), lang) for place in places]
    heard = [normalized(_joined(minutes, place), lang) for place in places]
    words = jiwer.process_words(
        [text or "" for text in wanted if text], [h for w, h in zip(wanted, heard, strict=True) if w]
    )
    invented = sum(len(h.split()) for w, h in zip(wanted, heard, strict=True) if not w)
    errors = words.substitutions + words.deletions + words.insertions + invented
    total = words.substitutions + words.deletions + words.hits
    lost = _misplaced(script, minutes, lang)
    return Accuracy(errors / total, len(script), len(script) - len(lost), tuple(line.text for line in lost))


def _joined(said: Sequence[Said], place: tuple[str, int | None]) -> str:
    return " ".join(one.text for one in said if (one.speaker, one.item) == place)


def _misplaced(script: Sequence[Said], minutes: Sequence[Said], lang: str) -> list[Said]:
    """Lines that do not stand in order among their speaker's words under their item."""
    lost = []
    unread = {place: normalized(_joined(minutes, place), lang) for place in {(one.speaker, one.item) for one in script}}
    for line in script:
        place, wanted = (line.speaker, line.item), normalized(line.text, lang)
        end = _found(wanted, unread[place])
        if end is None:
            lost.append(line)
        else:
            unread[place] = unread[place][end:]
    return lost


def _found(wanted: str, text: str) -> int | None:
    """Where `wanted` ends in the part of `text` that can hold it, or None where it is not."""
    window = text[: len(wanted) * 2]
    blocks = [b for b in SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks() if b.size >= 2]
    if sum(block.size for block in blocks) < ALIKE * len(wanted):
        return None
    return min(len(text), max(block.b + block.size for block in blocks))
