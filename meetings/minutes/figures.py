"""The numbers in a text, so that `vingt-deux`, `22` and `22,0` can be told to be the same."""

import re
from functools import cache
from typing import Literal

from meetings.minutes.sentences import folded

Lang = Literal["fr", "en"]

_DIGITS = re.compile(r"\d+(?:[ .,]\d{3}(?!\d))*(?:[.,]\d+)?")
_TOKEN = re.compile(r"[^\W\d_]+")
_AND = {"et", "and"}
_SCALES = {"mille": 1000, "thousand": 1000, "million": 10**6, "millions": 10**6}
_PARTS = {
    "demi",
    "demie",
    "moitie",
    "tiers",
    "quart",
    "quarts",
    "double",
    "triple",
    "half",
    "third",
    "thirds",
    "quarter",
}
_ONE = {"un", "une", "one", "a", "i", "o", "zero"}
"""Words that mostly count nothing."""


def figures(text: str, lang: Lang) -> set[str]:
    """Each number as digits, a share such as `moitié` as its word."""
    plain = re.sub(r"(?:pour|per) ?cent(?!\w)", "%", folded(text))
    found = {_plain(match[0]) for match in _DIGITS.finditer(plain)}
    run: list[str] = []
    for word in [*_TOKEN.findall(plain), ""]:
        if word in _words(lang) or word in _SCALES or (run and word in _AND):
            run.append(word)
            continue
        found |= _spelt([one for one in run if one not in _AND], lang)
        run = []
        found |= {word} & _PARTS
    return found


def _plain(digits: str) -> str:
    """`18 500` and `18.500` are thousands; `3,50` is 3.5."""
    whole = re.sub(r"[ .,](?=\d{3}(?!\d))", "", digits).replace(",", ".")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole.lstrip("0") or "0"


def _spelt(run: list[str], lang: Lang) -> set[str]:
    """The number that these words spell; each apart where they spell none together."""
    if not run or run in ([one] for one in _ONE):
        return set()
    value = _value(run, lang)
    if value is not None:
        return {str(value)}
    return {str(_value([word], lang) or word) for word in run if word not in _ONE}


def _value(run: list[str], lang: Lang) -> int | None:
    for word, scale in _SCALES.items():
        if word in run:
            at = run.index(word)
            before, after = (_value(part, lang) if part else None for part in (run[:at], run[at + 1 :]))
            if (run[:at] and before is None) or (run[at + 1 :] and after is None):
                return None
            return (before or 1) * scale + (after or 0)
    return _hundreds(lang).get(" ".join(run))


@cache
def _words(lang: Lang) -> frozenset[str]:
    return frozenset(word for spelt in _hundreds(lang) for word in spelt.split())


@cache
def _hundreds(lang: Lang) -> dict[str, int]:
    """Every number under a thousand, spelt out."""
    from num2words import num2words  # here, for it loads some eighty languages: the bot need not

    spelt = {}
    for number in range(1000):
        words = _TOKEN.findall(folded(str(num2words(number, lang=lang))))
        spelt[" ".join(word for word in words if word not in _AND)] = number
    return spelt
