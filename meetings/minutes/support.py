"""Whether a sentence that a model wrote names only what it rests on: persons, numbers, decisions.

What it cannot tell is whether a sentence says fairly what was said: that is for the secretary to compare.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from meetings.minutes.cues import cues
from meetings.minutes.figures import figures
from meetings.minutes.sentences import folded, words

_WORD = re.compile(r"[^\W\d_]+")
_DECISIONS = re.compile(
    r"(?<!\w)(adopt|reje|approuv|approv|valid|decid|decis|unanim|vot|carried|carry|elu|elect|design|deliber|appoint)"
)
_NO = re.compile(r"(?<!\w)(?:ne|n'|pas|non|aucune?|jamais|not|no|never|nobody)(?!\w)|n't(?!\w)|(?<!\w)n'")
_COUNCIL = re.compile(
    r"(?<!\w)(?:conseil|assemblee|membres|proposition|motion|council|assembly|members|proposal)(?!\w)"
)
_ALWAYS = frozenset({"i", "m", "mm", "mme", "mlle", "mr", "mrs", "ms", "dr"})
"""Capitals that name nobody by themselves."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a sentence may rest on: words `said`, by these `speakers`; what the `item` says, its decisions too.

    `names` are all members', each as they write it.
    """

    said: str
    speakers: tuple[str, ...]
    item: str
    names: Collection[str]
    lang: Literal["fr", "en"]


def supported(sentence: str, ground: Ground) -> bool:
    """Whether nobody, no number and no decision is in the sentence that is not in what it rests on."""
    given = " ".join((ground.said, *ground.speakers, ground.item))
    numbers = figures(sentence, ground.lang) <= figures(given, ground.lang)
    return numbers and _persons(sentence, given, ground) and _decisions(sentence, ground)


def _persons(sentence: str, given: str, ground: Ground) -> bool:
    """Members' whole names however written; offices; and whatever has a capital, but for a common first word."""
    table, known = cues(ground.lang), set(words(given))
    plain = " ".join(words(sentence))
    named = {part for name in ground.names if f" {' '.join(words(name))} " in f" {plain} " for part in words(name)}
    capitals = [folded(word) for word in _WORD.findall(sentence) if word[0].isupper()]
    first = folded(next(iter(_WORD.findall(sentence)), ""))
    opener = {first} & table.openers
    return named | (set(capitals) - opener - _ALWAYS) | (table.offices & set(words(sentence))) <= known


def _decisions(sentence: str, ground: Ground) -> bool:
    """Whatever is said to be decided was: by the item's own decisions where the council is said to."""
    plain = folded(sentence)
    stems = set(_DECISIONS.findall(plain))
    if not stems:
        return True
    grounds = ground.item if _COUNCIL.search(plain) else f"{ground.said} {ground.item}"
    denied = bool(_NO.search(plain)) and not _NO.search(folded(grounds))
    return stems <= set(_DECISIONS.findall(folded(grounds))) and not denied
