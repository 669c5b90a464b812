"""Blocks as a DOCX (ISO/IEC 29500) with real styles: Word's own, or those of the council's template."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meetings.minutes.blocks import Block, Grid, Paragraph

if TYPE_CHECKING:
    from docx.document import Document

STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "heading1": "Heading 1",
    "heading2": "Heading 2",
    "body": "Normal",
    "list": "List Bullet",
    "quote": "Quote",
    "note": "Normal",
    "small": "Normal",
}
"""Word's names of the styles; one that a template lacks gives way to its plain paragraphs."""

TABLE = "Table Grid"

Styles = Mapping[str | None, str]
"""The ids of a document's styles, by their names."""


def written(blocks: Iterable[Block], title: str, author: str, lang: str, template: Path | None = None) -> bytes:
    """The file. A template's letterhead (headers, footers, margins) and styles stay; its text goes.

    Raises OSError, or ValueError where the template is no DOCX.
    """
    import docx  # here, for the bot's memory
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(template) if template else None)
    except (PackageNotFoundError, KeyError) as unusable:
        raise ValueError(str(template)) from unusable
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    if template is None:
        _sheet(document)
    about = document.core_properties
    about.title, about.author, about.language, about.comments = title, author, lang, ""
    _speak(document, lang)
    styles = {style.name: style.style_id for style in document.styles}  # looked up once: python-docx searches each time
    for block in blocks:
        if isinstance(block, Grid):
            _table(document, block, styles)
        else:
            _paragraph(document, block, styles)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _sheet(document: "Document") -> None:
    """A4, with the margins of a letter."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)


def _speak(document: "Document", lang: str) -> None:
    """The language of the text, for hyphenation, spelling and screen readers."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = document.styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"fr": "fr-FR", "en": "en-GB"}[lang])
    properties.append(language)


def _paragraph(document: "Document", block: Paragraph, styles: Styles) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph._p.style = styles.get(STYLES[block.style])  # noqa: SLF001  its own way searches all styles each time
    if block.fresh:
        paragraph.paragraph_format.page_break_before = True
    for run in block.runs:
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.bold or None, run.italic or None
        if block.style == "small":
            written.font.size = Pt(9)


def _table(document: "Document", block: Grid, styles: Styles) -> None:
    """The head is repeated on each page and known as such to screen readers; the caption is the table's own title."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = document.add_table(rows=0, cols=len(block.head), style=TABLE if TABLE in styles else None)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), block.caption)
    table._tbl.tblPr.append(caption)  # noqa: SLF001  python-docx has no other way to its properties
    for number, row in enumerate((block.head, *block.rows)):
        added: Any = table.add_row()
        for cell, text in zip(added.cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold = True if number == 0 else None
        if number == 0:
            added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  likewise
    document.add_paragraph()
