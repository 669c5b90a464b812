"""Text as it comes from people and from the transcription, made fit to print: no word is changed."""

import re
import unicodedata
from functools import lru_cache

from meetings.i18n.typography import polish

_BREAKS = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn"})
_ENDS = ".!?…"
_CLOSERS = '»”")]*'


def clean(text: str) -> str:
    """`text` on one line, without control characters, lone surrogates or overrides of its direction."""
    return _BREAKS.sub(" ", "".join(filter(_printable, text))).strip()


def _printable(character: str) -> bool:
    if character in _BIDI_CONTROLS:
        return False
    return bool(_BREAKS.match(character)) or unicodedata.category(character) not in _UNPRINTABLE


@lru_cache(maxsize=16_384)  # utterances: most are as they were when minutes are composed again
def spoken(text: str, lang: str, *, begins: bool) -> str:
    """An utterance's words with their typography; a capital first where it `begins` a sentence."""
    words = polish(clean(text), lang)
    return words[:1].upper() + words[1:] if begins else words


def finished(text: str) -> bool:
    """Whether a sentence has ended here."""
    return text.rstrip(_CLOSERS + " \u00a0\u202f").endswith(tuple(_ENDS))


def ended(text: str) -> str:
    """`text` with the full stop its last sentence lacks, or the ellipsis of a sentence broken off."""
    if not text or finished(text):
        return text
    whole = text.rstrip(",;:–- \u00a0\u202f")
    return whole + ("." if whole == text else "…")


def capital(text: str) -> bool:
    """Whether the text begins with a capital letter, after what may open a sentence."""
    return text.lstrip('«“"([ \u00a0\u202f')[:1].isupper()


def inner_quotes(text: str) -> str:
    """Quotation marks for what is quoted inside a quotation."""
    for outer, inner in (("«\u202f", "“"), ("\u202f»", "”")):
        text = text.replace(outer, inner)
    return text
