"""Blocks as an ODT (ISO/IEC 26300) with real styles: LibreOffice's own, or those of the council's template."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.minutes.blocks import Block, Grid, Paragraph

if TYPE_CHECKING:
    from odfdo import Document, Element, Table

STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "body": "Text_20_body",
    "list": "List_20_Contents",
    "quote": "Quotations",
    "note": "Text_20_body",
    "small": "Footnote",
}
"""LibreOffice's names of the paragraph styles."""

PLAIN: dict[str, dict[str, dict[str, str]]] = {
    "Title": {"paragraph": {"fo:text-align": "center"}, "text": {"fo:font-size": "23pt", "fo:font-weight": "bold"}},
    "Subtitle": {"paragraph": {"fo:text-align": "center"}, "text": {"fo:font-size": "13pt"}},
    "List_20_Contents": {"paragraph": {"fo:margin-left": "0.6cm", "fo:margin-bottom": "0.15cm"}, "text": {}},
    "Quotations": {"paragraph": {"fo:margin-left": "1cm", "fo:margin-right": "1cm"}, "text": {}},
    "Footnote": {"paragraph": {}, "text": {"fo:font-size": "9pt"}},
    "Table_20_Contents": {"paragraph": {"fo:margin-bottom": "0cm"}, "text": {}},
}
"""How those look that a template, or the library's own, lacks."""

HEADINGS = {"heading1": 1, "heading2": 2}

FRESH = "Annex"
"""The style of a heading that begins a page."""


def written(blocks: Iterable[Block], title: str, author: str, lang: str, template: Path | None = None) -> bytes:
    """The file. A template's letterhead (headers, footers, margins) and styles stay; its text goes.

    Raises OSError, or ValueError where the template is no ODT.
    """
    from odfdo import Document  # here, for the bot's memory

    try:
        document = Document(template or "text")
    except (zipfile.BadZipFile, KeyError, TypeError) as unusable:
        raise ValueError(str(template)) from unusable
    body = document.body
    body.clear()
    document.meta.title, document.meta.creator = title, author
    document.language = {"fr": "fr-FR", "en": "en-GB"}[lang]
    _furnish(document)
    for number, block in enumerate(blocks):
        if isinstance(block, Grid):
            body.append(_table(block, f"T{number}"))
        else:
            body.append(_paragraph(block))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _furnish(document: "Document") -> None:
    """Add the styles that lack, as named styles that the secretary can change."""
    from odfdo import Style

    for name, looks in PLAIN.items():
        if document.get_style("paragraph", name) is None:
            style = Style("paragraph", name=name, display_name=name.replace("_20_", " "), parent_style="Text_20_body")
            for area, properties in looks.items():
                if properties:
                    style.set_properties(properties, area=area)
            document.insert_style(style)
    for name, properties in (("Strong", {"fo:font-weight": "bold"}), ("Italic", {"fo:font-style": "italic"})):
        style = Style("text", name=name)
        style.set_properties(properties, area="text")
        document.insert_style(style, automatic=True)
    annex = Style("paragraph", name=FRESH, parent_style="Heading_20_1")
    annex.set_properties({"fo:break-before": "page"}, area="paragraph")
    document.insert_style(annex, automatic=True)
    grid = Style("table", name="Grid")
    grid.set_properties({"table:align": "margins", "fo:margin-bottom": "0.3cm"}, area="table")
    document.insert_style(grid, automatic=True)
    cell = Style("table-cell", name="Cell", border="0.5pt solid #b9bdc6", padding="0.1cm")
    document.insert_style(cell, automatic=True)


def _paragraph(block: Paragraph) -> "Element":
    from odfdo import Header, Span
    from odfdo import Paragraph as Written

    if block.style in HEADINGS:
        level = HEADINGS[block.style]
        style = FRESH if block.fresh else f"Heading_20_{level}"
        return Header(level, block.runs[0].text, style=style, suppress_numbering=True)
    paragraph = Written(style=STYLES[block.style])
    for run in block.runs:
        if run.bold or run.italic:
            paragraph.append(Span(run.text, style="Strong" if run.bold else "Italic"))
        else:
            paragraph.append_plain_text(run.text)
    return paragraph


def _table(block: Grid, name: str) -> "Table":
    from odfdo import Cell, Column, Element, Row, Span, Table
    from odfdo import Paragraph as Written

    table = Table(name, style="Grid")
    Element.append(table, Column(repeated=len(block.head)))
    heads = Element.from_tag("table:table-header-rows")
    for number, texts in enumerate((block.head, *block.rows)):
        row = Row()
        for text in texts:
            cell = Cell(style="Cell")
            cell.set_attribute("office:value-type", "string")
            written = Written(style="Table_20_Contents")
            if number == 0:
                written.append(Span(text, style="Strong"))
            else:
                written.append_plain_text(text)
            cell.append(written)
            Element.append(row, cell)
        if number == 0:
            heads.append(row)
            Element.append(table, heads)
        else:
            Element.append(table, row)
    return table
