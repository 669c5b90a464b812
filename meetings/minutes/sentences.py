"""Sentences and the words in them, of French and English speech."""

import re
import unicodedata
from collections.abc import Collection

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
