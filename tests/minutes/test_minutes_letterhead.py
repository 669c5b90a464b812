"""The council's own paper: its mark and address at the head of PDF and HTML."""

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from meetings.minutes import Minutes
from meetings.minutes.render import DECISIONS, MINUTES, html, pdf
from meetings.minutes.stationery import LARGEST, LogoError, Stationery

ADDRESS = "Maison des Tanneries\\n12, rue du Moulin\\n\\n34400 Lunel"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(side: int) -> bytes:
    """A blue square."""
    rows = zlib.compress((b"\0" + b"\x1f\x3a\x63" * side) * side)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="#123"/></svg>'
LINES = ["Maison des Tanneries", "12, rue du Moulin", "34400 Lunel"]


def paper(folder: Path, name: str, content: bytes) -> Stationery:
    (folder / name).write_bytes(content)
    return Stationery(None, folder / name, ADDRESS)


@pytest.mark.parametrize(("name", "content", "kind"), [("a.png", png(40), "png"), ("a.svg", SVG, "svg+xml")])
@pytest.mark.parametrize("what", [MINUTES, DECISIONS])
def test_logo_and_address_head_pdf_and_page(
    rich: Minutes, tmp_path: Path, name: str, content: bytes, kind: str, what: str
) -> None:
    own = paper(tmp_path, name, content)
    page = html(rich, what, own)
    assert f'<img class="logo" src="data:image/{kind};base64,' in page
    assert re.findall('<p class="address">(.*)</p>', page) == LINES
    plain, headed = (PdfReader(BytesIO(pdf(rich, what, one))) for one in (Stationery(), own))
    first = headed.pages[0].extract_text()
    assert first.index("Tanneries") < first.index("12, rue du Moulin") < first.index("34400 Lunel")
    assert "rue du Moulin" not in plain.pages[0].extract_text().split("Présences")[0]
    figures = [one for one in tagged(headed) if one.get("/S") == "/Figure"]
    assert [one["/Alt"] for one in figures] == [rich.council]
    assert not [one for one in tagged(plain) if one.get("/S") == "/Figure"]


def tagged(reader: PdfReader) -> list[dict[str, object]]:
    """All elements of the structure tree."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, dict):
            found.append(one)
            kids = one.get("/K", [])
            kids = kids.get_object() if hasattr(kids, "get_object") else kids
            waiting += [kid for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")]
    return found


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG" + b"0" * LARGEST])
def test_a_logo_that_is_none_is_refused_by_its_name(rich: Minutes, tmp_path: Path, content: bytes) -> None:
    own = paper(tmp_path, "logo.gif", content)
    for render in (html, pdf):
        with pytest.raises(LogoError, match=r"logo\.gif"):
            render(rich, MINUTES, own)
    with pytest.raises(FileNotFoundError):
        html(rich, MINUTES, Stationery(None, tmp_path / "none.png"))
