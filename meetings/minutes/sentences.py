"""Sentences and the words in them, of French and English speech."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from difflib import SequenceMatcher

_END = re.compile(r"[.!?…][»”\")\]\u00a0\u202f]*\s+(?=[«“\"(\[]?[\u00a0\u202f]?(?:[^\W\d_a-zà-ÿ]|\d))")
_SHORTENED = re.compile(
    r"(?:\b(?:M|MM|Mme|Mlle|Me|Dr|Pr|St|Ste|Mr|Mrs|Ms|No|art|al|av|bd|env|etc|p|pp|cf|vs)|\b[A-Z])\.$"
)
_WORD = re.compile(r"[^\W_]+")

STEM = 6
"""Letters by which words of one family are known: `végétaliser`, `végétalisation`."""

SHORT = 4
"""Letters of the shortest word that carries a subject."""


def spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends."""
    found, start = [], 0
    for end in _END.finditer(text):
        said = text[start : end.end()].rstrip()
        if not _SHORTENED.search(said):
            found.append((start, start + len(said)))
            start = end.end()
    last = text[start:].rstrip()
    return [*found, (start, start + len(last))] if last else found


def moved(before: str, after: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text are in another that was made of it: the place of each, and of the one that has most
    of its words; one of which no word is left is nowhere.
    """
    old, new = (
        [(word, place) for place, (start, end) in enumerate(spans(text)) for word in words(text[start:end])]
        for text in (before, after)
    )
    matching = SequenceMatcher(None, [word for word, _ in old], [word for word, _ in new], autojunk=False)
    blocks = matching.get_matching_blocks()
    shared = Counter((old[one.a + n][1], new[one.b + n][1]) for one in blocks for n in range(one.size))
    best = {was: place for (was, place), _ in sorted(shared.items(), key=lambda one: (one[1], -one[0][1]))}
    return tuple(sorted(best.items()))


def folded(text: str) -> str:
    """Lower case, no accents, straight apostrophes, plain spaces: what is looked for is found however written."""
    plain = unicodedata.normalize("NFD", text.replace("’", "'")).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(folded(text))


def subjects(text: str, empty: Collection[str] = ()) -> list[str]:
    """What a sentence is about: its figures, and its longer words but the `empty` ones, by their stems."""
    return [word[:STEM] for word in words(text) if word[0].isdigit() or (len(word) >= SHORT and word not in empty)]
