"""HTML -> plain text that keeps lists as lists.

Only text comes out: scripts, styles, comments and every attribute stay behind, so nothing hostile can come through.
"""

import html
import re
from html.parser import HTMLParser

MAX_CHARACTERS = 50_000

_TAG = re.compile(
    r"</?(?:p|br|div|ul|ol|li|span|table|tr|td|b|i|u|em|strong|html|body|h[1-6]|a)\b[^<>]{0,500}>", re.IGNORECASE
)
_EMPHASIS = re.compile(
    r"\*\*([^*\n]{1,200})\*\*|__([^_\n]{1,200})__|(?<![\w*])\*([^\s*][^*\n]{0,200}[^\s*]|[^\s*])\*(?![\w*])"
)
_LINES = {"p", "div", "br", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote", "hr", "body"}
_DROPPED = {"script", "style", "head", "title", "noscript", "template", "svg"}
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def is_html(text: str) -> bool:
    """Whether a text has tags in it."""
    return _TAG.search(text[:MAX_CHARACTERS]) is not None


def to_text(markup: str) -> str:
    """The text of an HTML fragment or page: one line a block, `- ` or `1. ` before list items, indented as nested."""
    reader = _Reader()
    # Some exporters escape line breaks twice, and the break arrives as two characters.
    reader.feed(markup[:MAX_CHARACTERS].replace("\\n", " "))
    reader.close()
    return reader.text()


def clean(text: str) -> str:
    """A plain text with entities resolved, ordinary spaces, no invisible characters and no Markdown emphasis."""
    plain = html.unescape(text[:MAX_CHARACTERS]).translate(_INVISIBLE)
    plain = re.sub(r"[\u00a0\u202f\u2007\u2009]", " ", plain)
    plain = _EMPHASIS.sub(lambda found: found[1] or found[2] or found[3], plain)
    return re.sub(r"\r\n?|\u2028|\u2029|\x0b|\x0c", "\n", plain)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._lists: list[int | None] = []
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._dropped.clear()  # many a page forgets to close its head
        if tag in _DROPPED:
            self._dropped.append(tag)
        elif tag in {"ul", "ol"}:
            self._lists.append(_start(attrs) if tag == "ol" else None)
            self._parts.append("\n")
        elif tag == "li":
            self._parts.append(self._bullet())
        elif tag in _LINES:
            self._parts.append("\n")
        elif tag in {"td", "th"}:
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED and tag in self._dropped:
            self._dropped.remove(tag)
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._parts.append("\n")
        elif tag in _LINES or tag == "li":
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self._parts.append(re.sub(r"\s+", " ", data))

    def _bullet(self) -> str:
        indent = "\n" + "  " * max(len(self._lists) - 1, 0)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return indent + "- "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def text(self) -> str:
        lines = [line.rstrip() for line in clean("".join(self._parts)).split("\n")]
        return "\n".join(
            line if line.lstrip()[:2] == "- " or line[:1] == " " else line.strip() for line in lines if line.strip()
        )


def _start(attrs: list[tuple[str, str | None]]) -> int:
    start = dict(attrs).get("start") or ""
    return int(start) if start.isdecimal() and len(start) < 4 else 1
