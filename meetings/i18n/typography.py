"""The spaces and signs a careful printer would set, added to text that was typed plainly.

French rules follow the Imprimerie nationale's *Lexique des règles typographiques*: narrow no-break space (U+202F)
before `; ? !` and inside guillemets, no-break space (U+00A0) before the colon and the percent sign, `1er 1re 2e`.
Addresses, times, `code`, `{fields}`, mentions, entities and tags are left as they are. All functions are idempotent.
"""

import re
from functools import partial
from typing import TypeAlias

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_KEEP = (
    r"(?P<keep>`[^`\n]*`|https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|<[@#:/!a-zA-Z][^<>\n]*>|\{[^{}\n]*\}"
    r"|&#?\w+;|(?<!\w):[a-z0-9_+-]+:(?!\w)|\b\d{1,2}:\d{2}(?::\d{2})?\b)"
)
_COUNTED = r"(?<=\{count\}) "
_SPACES = rf"[ \t{NO_BREAK}{NARROW}]*"
_WORD = r"(?<=[^\s(\[«“‘¿¡;:?!])"
_AFTER = r"(?=[\s)\]»”’*_…]|$)"
_APOSTROPHE = r"(?<=[^\W\d_])'(?=[^\W_]|[«“])"

_Rule: TypeAlias = tuple[re.Pattern[str], str]


def _rules(*pairs: tuple[str, str]) -> tuple[_Rule, ...]:
    return tuple((re.compile(f"{_KEEP}|(?:{pattern})"), replacement) for pattern, replacement in pairs)


_FRENCH = _rules(
    (r'"(?P<quoted>[^"\n«»]+)"', r"«\g<quoted>»"),
    (rf"«{_SPACES}", f"«{NARROW}"),
    (rf"{_SPACES}»", f"{NARROW}»"),
    (_APOSTROPHE, "’"),
    (r"\.{3,}", "…"),
    (rf"{_WORD}{_SPACES}(?P<high>[;?!]+){_AFTER}", rf"{NARROW}\g<high>"),
    (rf"{_WORD}{_SPACES}:{_AFTER}", f"{NO_BREAK}:"),
    (rf"(?<=\d){_SPACES}(?P<unit>[%€])", rf"{NO_BREAK}\g<unit>"),
    (_COUNTED, NO_BREAK),
    (r"\b(?P<n>\d+)i?[eè]me(?P<s>s?)\b", r"\g<n>e\g<s>"),
    (r"\b1ère(?P<s>s?)\b", r"1re\g<s>"),
)
_ENGLISH = _rules(
    (r'"(?P<quoted>[^"\n“”]+)"', r"“\g<quoted>”"),
    (_APOSTROPHE, "’"),
    (r"\.{3,}", "…"),
    (_COUNTED, NO_BREAK),
)


def _apply(rules: tuple[_Rule, ...], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(partial(_replaced, replacement), text)
    return text


def _replaced(replacement: str, match: re.Match[str]) -> str:
    kept = match["keep"]
    return match.expand(replacement) if kept is None else str(kept)


def french(text: str) -> str:
    """`text` with French spacing, apostrophes, guillemets, ellipses and ordinals; lines stay lines."""
    return _apply(_FRENCH, text)


def english(text: str) -> str:
    """`text` with curly quotation marks and apostrophes, and the one-character ellipsis."""
    return _apply(_ENGLISH, text)


def polish(text: str, lang: str) -> str:
    """`text` with the typography of `lang` ("fr", else English)."""
    return french(text) if lang == "fr" else english(text)
