"""The document for its readers: HTML, Markdown and PDF, all laid out from one view.

Importing this module loads neither typst nor jinja2: they come with the first rendering.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from meetings.minutes.blocks import Shown, blocks
from meetings.minutes.document import Minutes
from meetings.minutes.stationery import PLAIN, Stationery
from meetings.minutes.text import clean
from meetings.minutes.view import view

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = files(__package__) / "templates"
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
_MARKDOWN_BLOCK = re.compile(r"^(\d*)(?=[-+=#.)])")
_ENDLESS = re.compile(r"\S{31,}")
_CHUNK = re.compile(r"\S{16}(?=\S)")
_ZERO_WIDTH_SPACE = "\u200b"


MINUTES, DECISIONS = "minutes", "decisions"
"""What is laid out: all of it, or the list of decisions alone (liste des délibérations, CGCT L2121-25)."""


def html(minutes: Minutes, what: str = MINUTES, paper: Stationery = PLAIN) -> str:
    """One HTML page: structured, readable on a phone and on paper, with nothing to fetch. Raises OSError, LogoError."""
    logo = paper.mark()
    letterhead = {
        "logo": f"data:image/{logo.kind};base64,{b64encode(logo.content).decode()}" if logo else "",
        "address": paper.lines,
    }
    return _template(f"{what}.html.j2").render(_mapped(view(minutes), clean), letterhead=letterhead)


def markdown(minutes: Minutes, what: str = MINUTES) -> str:
    """CommonMark with GitHub's tables; nothing in the words is taken for markup."""
    return _template(f"{what}.md.j2").render(_mapped(view(minutes), lambda text: escaped(clean(text))))


def pdf(minutes: Minutes, what: str = MINUTES, paper: Stationery = PLAIN) -> bytes:
    """PDF/UA-1, tagged, fonts inside. Loads typst (some 30 MB): for a process of its own.

    A sign that no font can show becomes `□`. Raises OSError, LogoError, typst.TypstError where the typesetter fails.
    """
    from typst import TypstError  # here, for the bot's memory

    logo = paper.mark()
    letterhead = {"logo": list(logo.content) if logo else [], "address": paper.lines}
    shown = _mapped(view(minutes) | {"letterhead": letterhead}, lambda text: _ENDLESS.sub(_breakable, clean(text)))
    try:
        return _typeset(what, shown, system_fonts=False)
    except TypstError:
        return _typeset(what, _mapped(shown, _legible), system_fonts=True)


def docx(minutes: Minutes, paper: Stationery = PLAIN) -> bytes:
    """DOCX with real styles, those of the council's template where it is one. Raises OSError, ValueError (no DOCX)."""
    from meetings.minutes.docx import written

    shown = _blocks(minutes)
    ours = paper.template if paper.template and paper.template.suffix == ".docx" else None
    return written(blocks(shown), shown["title"], minutes.council, minutes.lang, ours)


def odt(minutes: Minutes, paper: Stationery = PLAIN) -> bytes:
    """ODT with real styles, those of the council's template where it is one. Raises OSError, ValueError (no ODT)."""
    from meetings.minutes.odt import written

    shown = _blocks(minutes)
    ours = paper.template if paper.template and paper.template.suffix in {".odt", ".ott"} else None
    return written(blocks(shown), shown["title"], minutes.council, minutes.lang, ours)


def _blocks(minutes: Minutes) -> Shown:
    shown = _mapped(view(minutes), clean)
    if not isinstance(shown, dict):
        raise TypeError("a view is a dictionary")
    return shown


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is, wherever it stands."""
    return _MARKDOWN_BLOCK.sub(r"\1\\", _MARKDOWN.sub(r"\\\g<0>", text))


@cache
def _template(name: str) -> "Template":
    from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape  # here, for the bot's memory

    loader = FunctionLoader(_read)
    return Environment(
        loader=loader,
        autoescape=select_autoescape(("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    ).get_template(name)


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _typeset(what: str, shown: object, *, system_fonts: bool) -> bytes:
    import typst  # here, for the bot's memory

    inputs = {"minutes": json.dumps(shown)}
    sources: Any = {"main.typ": _read(f"{what}.typ").encode(), "letterhead.typ": _read("letterhead.typ").encode()}
    options: dict[str, Any] = {"sys_inputs": inputs, "pdf_standards": "ua-1"}  # its types know no files by their names
    return bytes(typst.compile(sources, ignore_system_fonts=not system_fonts, **options))


def _mapped(shown: object, change: Callable[[str], str]) -> object:
    """The same view with every string changed."""
    match shown:
        case str():
            return change(shown)
        case dict():
            return {key: _mapped(value, change) for key, value in shown.items()}
        case list() | tuple():
            return [_mapped(value, change) for value in shown]
        case _:
            return shown


def _breakable(word: re.Match[str]) -> str:
    return _CHUNK.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", word[0])


def _legible(text: str) -> str:
    return "".join(sign if _shows(sign) else "□" for sign in text)


@cache
def _shows(sign: str) -> bool:
    """Whether a font of this machine has the sign; the typesetter itself is asked."""
    import typst  # here, for the bot's memory

    if sign.isascii():
        return True
    probe = b'#set document(title: "probe")\n#sys.inputs.sign'
    try:
        typst.compile(probe, sys_inputs={"sign": sign}, pdf_standards="ua-1")
    except typst.TypstError:
        return False
    return True
