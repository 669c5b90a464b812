"""The text of a description -> the entries of the agenda in it: where it begins, where it ends, what is one item.

An agenda is what follows a heading ("Ordre du jour :", "Agenda") or, without one, a list. The invitation to a call
below it, links, greetings and lists of other things (participants, documents) are no items.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agenda import landmarks, remarks

MAX_ENTRIES = 200


_OPEN_END = re.compile(
    r"(?:,|\b(?:de|du|des|d['’]|la|le|les|et|à|au|aux|pour|par|of|the|and|for|to|by))$", re.IGNORECASE
)
_NAMED = r"(?:point|item|question|topic|sujet|TOP|art(?:icle)?\.?)"
_NO = r"(?:n\s?[°ºo]\.?\s*)?"
_MARKERS = {
    "dotted": re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s*[)°:–—-]?\s+(?=\D)"),
    "number": re.compile(
        rf"(?:{_NAMED}\s*)?{_NO}(?:\((?=\d{{1,2}}\)))?(\d{{1,2}})(?:\s?[.)°]+|\s?[:/](?!\d|/)|\s*[-–—](?=\s))(?!\d)[\s:–—-]*",
        re.IGNORECASE,
    ),
    "named": re.compile(rf"{_NAMED}\s*{_NO}(\d{{1,2}})\s+(?=\S)", re.IGNORECASE),
    "roman": re.compile(r"([IVX]{1,5})\s?(?:[.)/]\s*|\s?[-–—:]\s+)(?=\S)"),
    "letter": re.compile(r"(?:\((?=[a-z]\)))?([a-z]\s?[.)]|[A-Z]\s?\)|[A-H]\.)\s+(?=\S)"),
    "bullet": re.compile(r"([*•–—·◦▪‣●○■□▶►➢➤→✓✔☐+>§]|-(?!-)|o(?=\s{2,}))\s*(?=\S)"),
}
_RANKS = {"clock": 0, "dotted": 0, "number": 0, "named": 0, "roman": 0, "letter": 1, "bullet": 2, "plain": 3}
_INLINE_NUMBER = re.compile(r"(?:(?<=\s)|(?<=[;,.])|^)\(?\d{1,2}\s?[.)°/-](?!\d)\s*(?=[^\W\d_])")
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ)])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])")


@dataclass(frozen=True)
class Entry:
    """One item as written: its depth from 1, its own number or None, its text, and short lines written under it."""

    level: int
    number: str | None
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Line:
    indent: int
    style: str
    number: str | None
    text: str


def entries(text: str) -> tuple[Entry, ...]:
    """The agenda in a plain text, empty where there is none."""
    lines = _lines(text)
    heading = _heading(lines)
    if heading is None:
        return _unannounced([_parse(line) for line in _usable(lines)])[:MAX_ENTRIES]
    found = landmarks.HEADING.fullmatch(lines[heading])
    rest = found["rest"] if found else ""
    return _announced(rest, [_parse(line) for line in _usable(lines[heading + 1 :], announced=True)])[:MAX_ENTRIES]


def is_announced(text: str) -> bool:
    """Whether a plain text has the heading of an agenda in it."""
    return _heading(_lines(text)) is not None


def _lines(text: str) -> list[str]:
    return [line.expandtabs(4).rstrip()[:500] for line in text.split("\n")]


def _heading(lines: list[str]) -> int | None:
    return next((number for number, line in enumerate(lines) if landmarks.HEADING.fullmatch(line)), None)


def _usable(lines: list[str], *, announced: bool = False) -> Iterator[str]:
    """The lines up to the invitation to a call, the farewell or, after a heading, the next section; no bare links."""
    skipping = begun = False
    for line in lines:
        marked = _parse(line).style != "plain"
        if landmarks.FOOTER.match(line.strip()) or (begun and not marked and landmarks.FAREWELL.match(line)):
            return
        other = not marked and landmarks.OTHER_SECTION.fullmatch(line) is not None
        if other and announced:
            return
        skipping = other or (skipping and bool(line.strip()))
        begun = begun or (marked and not skipping)
        if not skipping and not landmarks.NOISE.fullmatch(line):
            yield line


def _parse(line: str) -> _Line:
    text = line.strip()
    indent = len(line) - len(line.lstrip())
    if remarks.starts_with_clock(text):
        return _Line(indent, "clock", None, text)
    for style, pattern in _MARKERS.items():
        found = pattern.match(text)
        if found and text[found.end() :].strip():
            number = None if style == "bullet" else found[1].rstrip(".) ")
            return _Line(indent, style, number, text[found.end() :].strip())
    return _Line(indent, "plain", None, text)


def _announced(rest: str, lines: list[_Line]) -> tuple[Entry, ...]:
    """After a heading: its list, or what stands on its own line, or plain lines up to the farewell."""
    marked = _listed(_without_stray(lines))
    inline = _inline(rest)
    if len(inline) > 1 or (inline and not marked):
        return inline
    return marked or _plain(lines)


def _unannounced(lines: list[_Line]) -> tuple[Entry, ...]:
    """Without a heading: a list of at least two, one line cut by `;`, or lines that say how long they take."""
    marked = _listed(_without_stray(lines))
    if len(marked) > 1 or (marked and marked[0].number == "1"):
        return marked
    texts = [line.text for line in lines if line.text]
    for text in texts:
        parts = _inline(text) if text.count(";") > 1 or len(_INLINE_NUMBER.findall(text)) > 2 else ()
        if len(parts) > 2:
            return parts
    timed = [text for text in texts if remarks.has_duration(text)]
    return tuple(Entry(1, None, text) for text in timed) if len(timed) > 1 else ()


def _without_stray(lines: list[_Line]) -> list[_Line]:
    """`M. Dupont` is no item M: letters count where the series begins with A, Roman numbers where it begins with I."""
    begun = {line.style for line in lines if line.number in {"a", "A", "I"}}
    return [
        line
        if line.style not in {"letter", "roman"} or line.style in begun
        else _Line(line.indent, "plain", None, f"{line.number}. {line.text}")
        for line in lines
    ]


def _listed(lines: list[_Line]) -> tuple[Entry, ...]:
    """The marked lines with their depth; plain lines right below one continue it or are its notes."""
    found: list[Entry] = []
    stack: list[_Line] = []
    gap = False
    for line in lines:
        if line.style != "plain":
            level = len(line.number.split(".")) if line.style == "dotted" and line.number else _depth(stack, line)
            found.append(Entry(level, line.number, line.text))
            gap = False
        elif not line.text:
            gap = True
        elif found and not gap:
            found[-1] = _continued(found[-1], line.text)
    return tuple(found)


def _depth(stack: list[_Line], line: _Line) -> int:
    """The depth of a line among the open ones: further in, or marked more weakly at the same indent, is deeper."""
    while stack and (
        stack[-1].indent > line.indent
        or (stack[-1].indent == line.indent and _RANKS[stack[-1].style] >= _RANKS[line.style])
    ):
        stack.pop()
    stack.append(line)
    return len(stack)


def _continued(entry: Entry, text: str) -> Entry:
    wraps = text[:1].islower() and not remarks.is_remark(text)
    if wraps or _OPEN_END.search(entry.text):
        return Entry(entry.level, entry.number, f"{entry.text} {text}", entry.notes)
    return Entry(entry.level, entry.number, entry.text, (*entry.notes, text))


def _plain(lines: list[_Line]) -> tuple[Entry, ...]:
    """Unmarked lines after a heading, as long as they read like titles; a single one may hold several items."""
    titles: list[str] = []
    for line in lines:
        if not line.text:
            continue
        if (
            landmarks.FAREWELL.match(line.text)
            or landmarks.GREETING.match(line.text)
            or (len(line.text) > 120 and ";" not in line.text)
        ):
            break
        titles.append(line.text)
    return _inline(titles[0]) if len(titles) == 1 else tuple(Entry(1, None, title) for title in titles)


def _inline(text: str) -> tuple[Entry, ...]:
    """The items of one line: numbered, or between `;`, bullets, bars or (three short ones) commas."""
    if text[:1].isalpha() and _GLUED.search(text):
        # Decidim glues the items of an HTML list together, right after the colon.
        parts = _GLUED.split(text)
    elif len(_INLINE_NUMBER.findall(text)) > 1:
        parts = _INLINE_NUMBER.split(text)
    else:
        parts = _separated(text)
    titles = [re.sub(r"^(?:et|and|puis)\s+", "", part.strip(" \t;,-–—•*")).rstrip(".") for part in parts]
    return tuple(Entry(1, None, title) for title in titles if title and not landmarks.NOISE.fullmatch(title))


def _separated(text: str) -> list[str]:
    for pattern in (r"\s*[•▪●]\s*", r"\s*;\s*", r"\s+[|/]\s+"):
        parts = _outside_brackets(pattern, text)
        if len(parts) > 1:
            return parts
    parts = _outside_brackets(r"\s*,\s*", text)
    return parts if len(parts) > 2 and all(len(part.split()) <= 6 for part in parts) else [text]


def _outside_brackets(separator: str, text: str) -> list[str]:
    """Split, but never inside brackets: `Budget (10 min ; vote) ; travaux` is two items."""
    hidden = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", lambda found: "\x00" * len(found[0]), text)
    parts, begin = [], 0
    for found in re.finditer(separator, hidden):
        parts.append(text[begin : found.start()])
        begin = found.end()
    return [part for part in (*parts, text[begin:]) if part.strip()]
