"""The numbers in a text, so that `vingt-deux`, `22` and `22,0` can be told to be the same."""

import re
from decimal import Decimal
from typing import Literal

from text_to_num import alpha2digit

from meetings.minutes.sentences import folded

Lang = Literal["fr", "en"]

_PERCENT = re.compile(r"\b(?:pour|per)[ -]?cent\b", re.IGNORECASE)
_SPOKEN_COMMA = re.compile(r"\b(thousand|million), (?=\w)", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+(?:[ .,]\d{3}(?!\d))*(?:[.,]\d+)?)(?: (1000(?:000(?:000)?)?)(?!\d))?")
_PARTS = re.compile(r"\b(?:demie?|moitie|tiers|quarts?|double|triple|half|thirds?|quarter)\b")
_FEW = 2
"""The least number that its word alone counts: `un` and `one` are mostly articles and pronouns."""


def figures(text: str, lang: Lang) -> set[str]:
    """Each number as digits, a share such as `moitié` as its word."""
    plain = _SPOKEN_COMMA.sub(r"\1 ", _PERCENT.sub("%", " ".join(text.split())))
    plain = folded(alpha2digit(plain, lang, _FEW))
    return {_value(*match.groups()) for match in _DIGITS.finditer(plain)} | set(_PARTS.findall(plain))


def _value(digits: str, scale: str | None) -> str:
    """`18 500` and `18.500` are thousands; `3,50` is 3.5; a scale is a `million` behind the digits."""
    whole = re.sub(r"[ .,](?=\d{3}(?!\d))", "", digits).replace(",", ".")
    return f"{(Decimal(whole) * int(scale or 1)).normalize():f}"
