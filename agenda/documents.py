"""The agenda in a document: one attached to an event, or one that its description links to.

It is looked for only where the description itself holds none, and taken only from a document that calls itself an
agenda, in its name or by a heading: a budget has lists too, and they are no agenda.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from agenda import layout, markup
from agenda.occurrence import Occurrence
from agenda.office import UnreadableError, office_text
from agenda.pdf import pdf_text

Documents = Mapping[str, str | None]
"""The texts of documents by their key; None for one that could not be read."""

NO_DOCUMENTS: Documents = MappingProxyType({})

_LINK = re.compile(r"https?://[^\s<>\"'\])]+[^\s<>\"'\]).,;:!?]")
_ENDINGS = (".md", ".markdown", ".txt", ".odt", ".docx", ".pdf")
_NAMED = re.compile(r"\bodj\b|ordre[\W_]*du[\W_]*jour|agenda|programme|convocation", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """A document that may hold an agenda. `key` tells it from others; it lies at `url`, or is `data` itself."""

    key: str
    name: str
    url: str = ""
    data: bytes = b""


def wanted(occurrence: Occurrence) -> tuple[Document, ...]:
    """The documents of an event in the order in which they are looked into: attached, then linked."""
    found: dict[str, Document] = {}
    for one in occurrence.attachments:
        key = one.url or sha256(one.data).hexdigest()
        if one.data or one.url.startswith("http"):
            found.setdefault(key, Document(key, one.name or "—", _text_of_pad(one.url) or one.url, one.data))
    for text in (occurrence.description, occurrence.html):
        for link in _LINK.findall(text):
            place = _text_of_pad(link) or (link if urlsplit(link).path.lower().endswith(_ENDINGS) else "")
            if place:
                found.setdefault(link, Document(link, unquote(urlsplit(link).path.rpartition("/")[2]), place))
    return tuple(found.values())


def _text_of_pad(link: str) -> str:
    """Where a pad, or a file shared by Nextcloud, gives its text; empty for any other link."""
    parts = urlsplit(link)
    path = parts.path.rstrip("/")
    for pattern, ending in ((r"/p/[^/]+", "/export/txt"), (r"(?:/index\.php)?/s/\w{15}", "/download")):
        if re.fullmatch(pattern, path):
            return parts._replace(path=path + ending, query="", fragment="").geturl()
    return ""


def entries(document: Document, text: str) -> tuple[layout.Entry, ...]:
    """The agenda in the text of a document, empty where it is none."""
    plain = markup.clean(text)
    return layout.entries(plain) if _NAMED.search(document.name) or layout.is_announced(plain) else ()


def text_of(data: bytes) -> str:
    """The text of a Markdown, plain text, HTML, ODT, DOCX or PDF document; what it is, its bytes say.

    Raises:
        UnreadableError: it is something else, or damaged.
    """
    if data.lstrip()[:5] == b"%PDF-":
        return pdf_text(data)
    if data[:4] == b"PK\x03\x04":
        return office_text(data)
    if b"\0" in data:
        raise UnreadableError
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return markup.to_text(text) if markup.is_html(text) else text
