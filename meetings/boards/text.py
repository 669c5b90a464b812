"""Words cut to a length, and names in a row."""

from collections.abc import Iterable, Mapping, Sequence

from meetings.domain.values import MemberId
from meetings.i18n import Translator

_MORE = "…"
_TURNS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""What turns the direction of writing (Unicode Bidirectional Algorithm, 2): it would turn the rest of the line too."""


def cut(text: str, limit: int) -> str:
    """`text` on one line in at most `limit` characters (1 or more), cut at a word, with an ellipsis where it was."""
    line = " ".join(_straight(text).split())
    return line if len(line) <= limit else _cut(line, limit)


def cut_lines(text: str, limit: int) -> str:
    """`text` in at most `limit` characters (1 or more), its line breaks kept, cut at a word."""
    whole = "\n".join(line.rstrip() for line in _straight(text).strip().splitlines())
    return whole if len(whole) <= limit else _cut(whole, limit)


def named(member: MemberId, names: Mapping[MemberId, str], t: Translator) -> str:
    """A member's name, short enough for a line of a phone."""
    return cut(names.get(member, ""), 40) or t("boards.somebody")


def listed(names: Sequence[str], limit: int, t: Translator) -> str:
    """`A, B, C` in about `limit` characters, then how many more there are."""
    shown = list(_fitting(names, limit))
    rest = len(names) - len(shown)
    return ", ".join(shown) + (" " + t.n("boards.others", rest) if rest else "")


def _fitting(names: Iterable[str], limit: int) -> Iterable[str]:
    for name in names:
        limit -= len(name) + 2
        if limit < 0:
            return
        yield name


def _cut(text: str, limit: int) -> str:
    head = text[: limit - len(_MORE)]
    at_word = head if text[len(head)].isspace() else head.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip() + _MORE


def _straight(text: str) -> str:
    return text.translate(_TURNS)
