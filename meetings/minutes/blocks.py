"""The minutes as the blocks that a word processor knows: paragraphs by their style, tables, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Shown = dict[str, Any]
"""What `view` gives."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one manner."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words in a style: title, subtitle, heading1, heading2, body, list, quote, note or small; `fresh`: a new page."""

    style: str
    runs: tuple[Run, ...]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption and the heads of its columns."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Grid


def blocks(it: Shown) -> Iterator[Block]:
    """All of the document, in the order in which one reads it."""
    yield _plain("title", it["heading"])
    yield from (_plain("subtitle", it[key]) for key in ("council", "meeting", "day"))
    if it["banner"]:
        yield Paragraph("note", (Run(it["banner"], italic=True),))
    yield _plain("body", it["opening"])
    yield from _pairs(it["facts"])
    yield _plain("heading1", it["attendance"]["heading"])
    yield _grid(it["attendance"]["table"])
    yield from _pairs(it["attendance"]["lines"])
    yield _plain("body", it["attendance"]["quorum"])
    yield _plain("heading1", it["agenda"]["heading"])
    for item in it["agenda"]["items"]:
        detail = f" ({item['detail']})" if item["detail"] else ""
        yield _plain("body", f"{item['number']}. {item['title']}{detail}")
    for section in it["sections"]:
        yield from _section(section)
    yield from _part(it["closing"]["heading"], it["closing"]["paragraphs"])
    yield from decisions(it)
    for part in it["parts"]:
        yield from _part(part["heading"], part["paragraphs"], part["table"])
    yield _plain("heading1", it["signatures"]["heading"])
    if it["signatures"]["note"]:
        yield _plain("body", it["signatures"]["note"])
    yield from _pairs(it["signatures"]["lines"])
    yield from _part(it["about"]["heading"], it["about"]["paragraphs"], style="small")
    if it["annex"]:
        yield from _annex(it["annex"])


def decisions(it: Shown) -> Iterator[Block]:
    """The numbered decisions, each in its one sentence."""
    yield _plain("heading1", it["decisions"]["heading"])
    yield from _pairs(it["decisions"]["rows"])
    if not it["decisions"]["rows"]:
        yield _plain("body", it["decisions"]["none"])


def _section(section: Shown) -> Iterator[Block]:
    yield _plain("heading1", _headed(section))
    if section["detail"]:
        yield Paragraph("note", (Run(section["detail"], italic=True),))
    if section["substance"]:
        yield from _substance(section["substance"])
    for entry in section["entries"]:
        yield from _ENTRIES[entry["kind"]](entry)


def _substance(substance: Shown) -> Iterator[Block]:
    """Who said when what carries the debate; or what a model wrote, and what each sentence rests on."""
    yield _plain("heading2", substance["heading"])
    if substance["note"]:
        yield Paragraph("note", (Run(substance["note"], italic=True),))
    for line in substance["lines"]:
        where = ", ".join(source["label"] for source in line["sources"])
        if line["lead"]:
            yield Paragraph("body", (Run(line["lead"], bold=True), Run(f" ({where}) — {line['text']}")))
        else:
            yield _plain("body", f"{line['text']} ({where})" if where else line["text"])


def _annex(annex: Shown) -> Iterator[Block]:
    yield Paragraph("heading1", (Run(annex["heading"]),), fresh=True)
    yield Paragraph("note", (Run(annex["note"], italic=True),))
    for section in annex["sections"]:
        yield _plain("heading2", _headed(section))
        for entry in section["entries"]:
            yield from _ENTRIES[entry["kind"]](entry)


def _headed(section: Shown) -> str:
    number = f"{section['number']}. " if section["number"] is not None else ""
    return f"{number}{section['heading']}"


def _speech(entry: Shown) -> Iterator[Block]:
    first, *others = entry["paragraphs"]
    when = ", ".join(one for one in (entry["detail"], entry["mark"]) if one)
    yield Paragraph("body", (Run(entry["lead"], bold=True), Run(f" ({when}) — "), Run(first)))
    yield from (_plain("body", other) for other in others)


def _note(entry: Shown) -> Iterator[Block]:
    yield Paragraph("note", (Run(entry["paragraphs"][0], italic=True),))


def _vote(entry: Shown) -> Iterator[Block]:
    """The question, the figures, who voted what, who asked for it, the result and how it was reached."""
    question, result, request, *steps = entry["paragraphs"]
    yield _plain("heading2", entry["lead"])
    yield _plain("quote", question)
    yield Paragraph("note", (Run(entry["detail"], italic=True),))
    yield _grid(entry["table"])
    yield from _pairs(entry["names"])
    yield from (_plain("body", words) for words in (request, result, *steps) if words)


def _decision(entry: Shown) -> Iterator[Block]:
    yield Paragraph("body", (Run(f"{entry['lead']}. ", bold=True), Run(entry["paragraphs"][0])))


_ENTRIES = {"speech": _speech, "note": _note, "vote": _vote, "decision": _decision}


def _part(heading: str, paragraphs: list[str], table: Shown | None = None, style: str = "body") -> Iterator[Block]:
    yield _plain("heading1", heading)
    if table:
        yield _grid(table)
    yield from (_plain(style, words) for words in paragraphs)


def _pairs(lines: list[tuple[str, str]]) -> Iterator[Block]:
    for label, value in lines:
        yield Paragraph("list", (Run(label, bold=True), Run(f" — {value}")))


def _grid(table: Shown) -> Grid:
    return Grid(table["caption"], tuple(table["head"]), tuple(map(tuple, table["rows"])))


def _plain(style: str, text: str) -> Paragraph:
    return Paragraph(style, (Run(text),))
