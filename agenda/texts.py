"""The texts of one event: what an invitation says, beside its times.

They are read without icalendar's components: most of a calendar's bytes are texts, and its parser looks at each
character in Python. Escapes are those of RFC 5545 section 3.3.11, as icalendar undoes them.
"""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import unquote

from icalendar.parser import Contentline, unescape_backslash

from agenda.blocks import Block
from agenda.errors import Report

MAX_ATTACHED = 5_000_000
"""Bytes of a document inside a calendar that are read; a longer one is left out."""

MAX_ATTACHMENTS = 8

_PARAMETER = r'[^=;:"]+=(?:"[^"]*"|[^;:",]*)(?:,(?:"[^"]*"|[^;:",]*))*'
_HEAD = re.compile(rf"[ \t]*([A-Za-z0-9-]+)((?:;{_PARAMETER})*):")
_PARAMETERS = re.compile(rf";({_PARAMETER})")
_ALTREP = re.compile(r"data:text/html(?:;charset=[\w-]+)?,(.*)", re.IGNORECASE | re.DOTALL)
_INSTANT = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True)
class Attachment:
    """A document attached to an event: a link, or the document itself in `data`. `kind` is its media type, if told."""

    name: str
    kind: str
    url: str = ""
    data: bytes = b""


@dataclass(frozen=True)
class Texts:
    """What an event says. `html` is its description as a page, `modified` its LAST-MODIFIED."""

    summary: str = ""
    description: str = ""
    html: str = ""
    location: str = ""
    url: str = ""
    modified: datetime | None = None
    attachments: tuple[Attachment, ...] = ()


class _Written(NamedTuple):
    """A property as written: its parameters by upper-case name, its value with the escapes in it."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return unescape_backslash(self.value) if "\\" in self.value else self.value


def read_texts(block: Block, report: Report) -> Texts:
    """The texts of an event; lines that are no property are reported and left out."""
    found: dict[str, list[_Written]] = {}
    for line in block.texts:
        named = _split(line.text)
        if named is None:
            report.add("bad-line", uid=block.uid, line=line.number)
        else:
            found.setdefault(named[0], []).append(named[1])
    return Texts(
        summary=" ".join(_first(found, "SUMMARY").split()),
        description=_first(found, "DESCRIPTION"),
        html=_html(found),
        location=" ".join(_first(found, "LOCATION").split()),
        url=_first(found, "URL").strip(),
        modified=_instant(_first(found, "LAST-MODIFIED").strip()),
        attachments=tuple(_attachments(found.get("ATTACH", [])[:MAX_ATTACHMENTS])),
    )


def _split(line: str) -> tuple[str, _Written] | None:
    head = _HEAD.match(line)
    if head:
        return head[1].upper(), _Written(_parameters(head[2]) if head[2] else {}, line[head.end() :])
    try:
        name, _, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]  # untyped in icalendar
    except ValueError:
        return None
    return name.upper(), _Written({}, value)


def _parameters(text: str) -> dict[str, str]:
    pairs = (one[1].partition("=") for one in _PARAMETERS.finditer(text))
    return {name.strip().upper(): value.strip().strip('"') for name, _, value in pairs}


def _first(found: dict[str, list[_Written]], name: str) -> str:
    return found[name][0].text if name in found else ""


def _html(found: dict[str, list[_Written]]) -> str:
    """X-ALT-DESC (Outlook), STYLED-DESCRIPTION (RFC 9073) or an ALTREP that carries its data (Thunderbird)."""
    for name in ("X-ALT-DESC", "STYLED-DESCRIPTION"):
        for one in found.get(name, ()):
            if "<" in one.value:
                return one.text
    for one in found.get("DESCRIPTION", ())[:1]:
        inside = _ALTREP.match(one.parameters.get("ALTREP", ""))
        if inside:
            return unquote(inside[1])
    return ""


def _instant(text: str) -> datetime | None:
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _attachments(written: list[_Written]) -> list[Attachment]:
    """RFC 5545 section 3.8.1.1; the name is FILENAME (RFC 8607), what Outlook and Apple write, or the link's end."""
    found = []
    for one in written:
        told = one.parameters
        name = next((told[key] for key in ("FILENAME", "X-FILENAME", "X-APPLE-FILENAME", "X-LABEL") if key in told), "")
        kind = told.get("FMTTYPE", "").lower()
        if told.get("ENCODING", "").upper() == "BASE64" or told.get("VALUE", "").upper() == "BINARY":
            data = _decoded(one.value)
            if data:
                found.append(Attachment(name, kind, data=data))
        elif one.value.strip():
            url = one.value.strip()
            found.append(Attachment(name or unquote(url.split("?")[0].rpartition("/")[2]), kind, url=url))
    return found


def _decoded(value: str) -> bytes:
    if len(value) > MAX_ATTACHED * 4 // 3 + 4:
        return b""
    try:
        return b64decode(value)
    except (binascii.Error, ValueError):
        return b""
