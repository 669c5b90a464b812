"""Word (DOCX) and LibreOffice (ODT) documents -> their text, lists as lists and each row of a table as a line.

Both are archives with one XML file of paragraphs in them. python-docx and odfpy know neither a list's marks nor both
formats, which is all that an agenda needs; what was deleted, annotated or moved away is left out.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

MAX_XML = 20_000_000
"""Bytes of a document's XML once unpacked."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LEFT_OUT = {
    *(f"{_W}{name}" for name in ("del", "moveFrom", "footnoteReference", "txbxContent", "instrText")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    *(f"{_T}{name}" for name in ("tracked-changes", "note", "table-of-content")),
    *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end")),
}
_LIST_STYLE = re.compile(r"List(?:e)?\s*(?:Bullet|Number|puces|num)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)°]?")
_CLOCK = re.compile(r"\d{1,2}\s?(?:[hH]|:)\s?(?:\d\d)?\b.*")
_COLUMN = re.compile(
    r"n°|num|points?|sujets?|thèmes?|objet|intitulé|durée|temps|horaires?|heure|rapporteu|intervenant|qui|animat|type"
    r"|items?|topics?|no\.?$|#|time|when|who|duration|minutes|lead|presenter|speaker|owner|purpose|notes?|remarques?",
    re.IGNORECASE,
)


class UnreadableError(ValueError):
    """The document is damaged, locked, or something else than it says."""


class _Line(NamedTuple):
    text: str
    depth: int = 0
    """From 1 in a list, 0 outside."""


def office_text(data: bytes) -> str:
    """The text of a DOCX or ODT document.

    Raises:
        UnreadableError: it is neither, damaged, or too large.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            inside = next((name for name in ("word/document.xml", "content.xml") if name in names), None)
            if inside is None:
                raise UnreadableError
            with archive.open(inside) as file:
                xml = file.read(MAX_XML + 1)
        if len(xml) > MAX_XML:
            raise UnreadableError
        root: Element = fromstring(xml)
    except Exception as error:  # zipfile raises whatever its own code trips on, and so does zlib in it
        raise UnreadableError from error
    lines = _docx(root) if inside.startswith("word/") else _odt(root, 0)
    return "\n".join(f"{'  ' * (line.depth - 1)}- {line.text}" if line.depth else line.text for line in lines)


def _docx(parent: Element) -> Iterator[_Line]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _Line(_words(child), _docx_depth(child))
        elif child.tag == f"{_W}tbl":
            rows = child.iter(f"{_W}tr")
            yield from _table([[_cell(cell, f"{_W}p") for cell in row.iter(f"{_W}tc")] for row in rows])
        elif child.tag not in _LEFT_OUT:
            yield from _docx(child)


def _docx_depth(paragraph: Element) -> int:
    """How deep in a list: by its numbering, or by a style that says it is in one."""
    settings = paragraph.find(f"{_W}pPr")
    if settings is None:
        return 0
    number, level = settings.find(f"{_W}numPr/{_W}numId"), settings.find(f"{_W}numPr/{_W}ilvl")
    if number is not None:
        deep = str(level.get(f"{_W}val", "0")) if level is not None else "0"
        return 0 if number.get(f"{_W}val") == "0" or not deep.isdecimal() else min(int(deep), 8) + 1
    style = settings.find(f"{_W}pStyle")
    return int(style is not None and _LIST_STYLE.match(str(style.get(f"{_W}val", ""))) is not None)


def _odt(parent: Element, depth: int) -> Iterator[_Line]:
    for child in parent:
        if child.tag in {f"{_T}p", f"{_T}h"}:
            yield _Line(_words(child), 0)
        elif child.tag == f"{_T}list":
            for item in child:
                yield from _odt_item(item, depth + 1)
        elif child.tag == f"{_TABLE}table":
            rows = child.iter(f"{_TABLE}table-row")
            yield from _table([[_cell(cell, f"{_T}p") for cell in row.iter(f"{_TABLE}table-cell")] for row in rows])
        elif child.tag not in _LEFT_OUT:
            yield from _odt(child, depth)


def _odt_item(item: Element, depth: int) -> Iterator[_Line]:
    """Its first paragraph is marked, what follows stands under it."""
    marked = False
    for line in _odt(item, depth):
        if not line.depth and not marked:
            marked = True
            yield _Line(line.text, depth)
        else:
            yield line if line.depth else _Line("  " * depth + line.text)


def _cell(cell: Element, paragraph: str) -> str:
    return " ".join(text for one in cell.iter(paragraph) if (text := _words(one)))


def _table(rows: list[list[str]]) -> Iterator[_Line]:
    """A row a line; those that begin with a number or an hour are items, where there are none all but the headings."""
    rows = [row for row in rows if any(row)]
    if rows and all(_COLUMN.match(cell) for cell in rows[0] if cell):
        rows = rows[1:]
    marked = any(_NUMBER.fullmatch(row[0]) or _CLOCK.match(row[0]) for row in rows)
    for row in rows:
        first, rest = row[0], " – ".join(cell for cell in row[1:] if cell)
        if _NUMBER.fullmatch(first):
            yield _Line(f"{first.rstrip('.)°')}. {rest}" if "." not in first.rstrip(".") else f"{first} {rest}")
        elif _CLOCK.match(first):
            yield _Line(f"{first} : {rest}")
        else:
            yield _Line(" – ".join(cell for cell in row if cell), 0 if marked else 1)


def _words(parent: Element) -> str:
    return " ".join("".join(_pieces(parent)).split())


def _pieces(parent: Element) -> Iterator[str]:
    yield parent.text or "" if parent.tag not in _SILENT else ""
    for child in parent:
        if child.tag in _BLANK:
            yield " "
        elif child.tag not in _LEFT_OUT and child.tag not in _BLOCKS:
            yield from _pieces(child)
        yield child.tail or "" if not child.tag.startswith(_W) else ""


_BLANK = {f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_T}s", f"{_T}tab", f"{_T}line-break"}
_SILENT = {f"{_W}delText", f"{_W}p", f"{_W}r"}
_BLOCKS = {f"{_T}list", f"{_TABLE}table"}
