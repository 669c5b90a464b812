"""Word error rate, fair to spelling: case, punctuation and the way a number is written are no errors."""

import re
from collections.abc import Iterable

import jiwer
from num2words import num2words

_SIGNS = {"fr": {"€": "euros", "£": "livres", "$": "dollars", "%": "pour cent"}}
_ENGLISH_SIGNS = {"€": "euros", "£": "pounds", "$": "dollars", "%": "percent"}


def normalize(text: str, language: str) -> str:
    """Lower-case words with one space between them, numbers and signs of money written out in `language`."""
    text = text.casefold().replace("’", "'").replace("œ", "oe")
    text = re.sub(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}\b)", "", text)
    text = re.sub(r"(?<=\d)\s?h\b", " heures" if language == "fr" else " hours", text)
    text = re.sub(r"\b1er\b", "premier", text).replace("n°", "numéro")
    text = re.sub(r"([€£$])\s*(\d+)", r"\2 \1", text)  # the sign is spoken after the sum
    for sign, word in _SIGNS.get(language, _ENGLISH_SIGNS).items():
        text = text.replace(sign, f" {word} ")
    text = re.sub(r"\d+", lambda found: f" {num2words(int(found[0]), lang=language)} ", text)
    return " ".join(re.findall(r"\w+", text))


def word_error_rate(pairs: Iterable[tuple[str, str]], language: str) -> float:
    """Errors over words of all (reference, heard) pairs together; 0.2 means that one word in five is wrong.

    Raises:
        ValueError: no reference holds a word.
    """
    cleaned = [(normalize(reference, language), normalize(heard, language)) for reference, heard in pairs]
    kept = [pair for pair in cleaned if pair[0]]
    if not kept:
        raise ValueError("No reference holds a word: a word error rate has nothing to stand on.")
    references, heard = zip(*kept, strict=True)
    return float(jiwer.wer(list(references), list(heard)))
