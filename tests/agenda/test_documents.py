"""Agendas in documents: what secretaries attach and link to, in the formats they write."""

import base64
import contextlib
import io
import zipfile

import pytest
import typst
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from icsfiles import calendar, event, read_all
from webserver import serving

from agenda import plan
from agenda.documents import text_of, wanted
from agenda.linked import gather
from agenda.office import UnreadableError
from agenda.web import Web

WANTED = [("1", "Budget", 20, "Nadia Benali"), ("2", "Voirie", None, None), ("2.1", "rue Foch", None, None)]
MARKDOWN = "# Conseil citoyen\n\n## Ordre du jour\n\n1. **Budget** (20 min, Nadia Benali)\n2. Voirie\n   - rue Foch\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return packed.getvalue()


def paragraph(text: str, level: int | None = None) -> str:
    """As Word writes it: in pieces, with what was deleted still in it."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if level is not None else ""
    first, rest = text[: len(text) // 2], text[len(text) // 2 :]
    deleted = "<w:del><w:r><w:delText>supprimé</w:delText></w:r></w:del>"
    pieces = f'<w:r><w:t>{first}</w:t></w:r>{deleted}<w:r><w:t xml:space="preserve">{rest}</w:t></w:r>'
    return f"<w:p><w:pPr>{numbered}</w:pPr>{pieces}</w:p>"


def docx(*parts: str) -> bytes:
    return zipped(word__document_xml=f"<w:document {W}><w:body>{''.join(parts)}<w:sectPr/></w:body></w:document>")


def odt(inside: str) -> bytes:
    body = f"<office:body><office:text>{inside}</office:text></office:body>"
    return zipped(content_xml=f"<office:document-content {ODT}>{body}</office:document-content>")


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


WORD = docx(
    paragraph("Conseil citoyen"),
    paragraph("Ordre du jour"),
    paragraph("Budget (20 min, Nadia Benali)", 0),
    paragraph("Voirie", 0),
    paragraph("rue Foch", 1),
)
WRITER = odt(
    "<text:tracked-changes><text:p>supprimé</text:p></text:tracked-changes><text:h>Conseil<text:s/>citoyen</text:h>"
    "<text:p>Ordre du jour :</text:p><text:list>"
    "<text:list-item><text:p>Budget <text:span>(20 min, Nadia Benali)</text:span></text:p></text:list-item>"
    "<text:list-item><text:p>Voirie<text:note><text:p>1</text:p></text:note></text:p>"
    "<text:list><text:list-item><text:p>rue Foch</text:p></text:list-item></text:list></text:list-item></text:list>"
)
PDF = typst.compile(
    b"= Conseil citoyen\n== Ordre du jour\n1. Budget (20 min, Nadia Benali)\n2. Voirie\n  - rue Foch\n", format="pdf"
)
DOCUMENTS = {
    "odj.md": MARKDOWN.encode(),
    "odj.txt": MARKDOWN.encode("cp1252"),
    "odj.docx": WORD,
    "odj.odt": WRITER,
    "odj.pdf": PDF,
}


def meeting(*lines: str):
    return read_all(
        calendar(
            event(
                "DTSTART;TZID=Europe/Paris:20261208T183000",
                "DTEND;TZID=Europe/Paris:20261208T200000",
                "SUMMARY:Conseil",
                *lines,
            )
        )
    ).occurrences[0]


def attached(name: str, data: bytes) -> str:
    return f"ATTACH;FILENAME={name};ENCODING=BASE64;VALUE=BINARY:{base64.b64encode(data).decode()}"


def items(found) -> list[tuple]:
    return [(item.number, item.title, item.minutes, item.rapporteur) for item in found.items]


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_the_agenda_in_an_attached_document(name):
    occurrence = meeting(attached(name, DOCUMENTS[name]))
    found = plan(occurrence, await gather([occurrence], None))
    assert items(found) == WANTED
    (problem,) = found.problems
    assert (problem.code, dict(problem.fields)) == ("document-read", {"name": name, "title": "Conseil"})


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_the_agenda_in_a_linked_document(name):
    async def sharing(request: web.Request) -> web.Response:
        return web.Response(body=DOCUMENTS[request.path[1:]])

    async with serving(sharing) as url, Web(private=True) as client:
        occurrence = meeting(f"DESCRIPTION:Bonjour\\, l'ordre du jour est là : {url}/{name}.")
        assert [problem.code for problem in plan(occurrence, await gather([occurrence], None)).problems] == [
            "no-agenda"
        ]
        found = plan(occurrence, await gather([occurrence], client))
    assert items(found) == WANTED


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("/p/conseil", "/p/conseil/export/txt"),
        ("/s/k7Qm2xWcYtBpZ9a", "/s/k7Qm2xWcYtBpZ9a/download"),
        ("/index.php/s/k7Qm2xWcYtBpZ9a", "/index.php/s/k7Qm2xWcYtBpZ9a/download"),
    ],
)
async def test_pads_and_shared_files_are_asked_for_their_text(link, asked):
    async def sharing(request: web.Request) -> web.Response:
        return web.Response(text=MARKDOWN if request.path == asked else "<html>", content_type="text/plain")

    async with serving(sharing) as url, Web(private=True) as client:
        occurrence = meeting(f"DESCRIPTION:{url}{link}")
        assert items(plan(occurrence, await gather([occurrence], client))) == WANTED


async def test_a_document_that_is_no_agenda_gives_none():
    budget = docx(paragraph("Dépenses", 0), paragraph("Recettes", 0))
    occurrence = meeting(attached("budget.docx", budget))
    found = plan(occurrence, await gather([occurrence], None))
    assert [problem.code for problem in found.problems] == ["no-agenda"]


async def test_what_the_description_says_comes_first_and_nothing_is_fetched():
    asked = []

    async def sharing(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text=MARKDOWN)

    async with serving(sharing) as url, Web(private=True) as client:
        occurrence = meeting(f"DESCRIPTION:Ordre du jour :\\n- Bancs\\n- Divers\\n\\nDocuments : {url}/odj.md")
        found = plan(occurrence, await gather([occurrence], client))
    assert [item.title for item in found.items] == ["Bancs", "Divers"]
    assert asked == []


@pytest.mark.parametrize("data", [b"\0\1\2", WORD[:-30], PDF[:200] + b"%", zipped(mimetype="x"), b"PK\x03\x04"])
async def test_a_document_that_cannot_be_read_is_reported(data):
    occurrence = meeting(attached("odj.docx", data))
    found = plan(occurrence, await gather([occurrence], None))
    assert [problem.code for problem in found.problems] == ["document-unread", "no-agenda"]
    assert [item.title for item in found.items] == ["Conseil"]


async def test_a_link_that_leads_nowhere_or_into_the_network_is_reported():
    async def absent(request: web.Request) -> web.Response:
        return web.Response(status=404)

    async with serving(absent) as url:
        for private in (True, False):
            occurrence = meeting(f"DESCRIPTION:{url}/odj.pdf")
            async with Web(private=private) as client:
                found = plan(occurrence, await gather([occurrence], client))
            assert [problem.code for problem in found.problems] == ["document-unread", "no-agenda"]


def test_xml_bombs_do_not_go_off():
    with pytest.raises(UnreadableError):
        text_of(zipped(content_xml='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'))
    with pytest.raises(UnreadableError):
        text_of(zipped(content_xml="<x>" + " " * 30_000_000 + "</x>"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                ("N°", "Point", "Rapporteur", "Durée"),
                ("1", "Budget", "Nadia Benali", "20 min"),
                ("2.", "Voirie", "", ""),
            ],
            [("1", "Budget", 20, "Nadia Benali"), ("2", "Voirie", None, None)],
        ),
        (
            [("Horaire", "Sujet", "Qui"), ("18h30", "Accueil", ""), ("18h40", "Budget", "Nadia Benali")],
            [("1", "Accueil", 10, None), ("2", "Budget", 80, "Nadia Benali")],
        ),
        (
            [("Sujet", "Durée"), ("Bancs", "5 min"), ("Jardin", "")],
            [("1", "Bancs", 5, None), ("2", "Jardin", None, None)],
        ),
    ],
)
async def test_an_agenda_that_is_a_table(rows, expected):
    data = docx(paragraph("Ordre du jour"), f"<w:tbl>{''.join(row(*one) for one in rows)}</w:tbl>")
    occurrence = meeting(attached("seance.docx", data))
    assert items(plan(occurrence, await gather([occurrence], None))) == expected


def test_links_to_the_call_are_no_documents():
    found = wanted(
        meeting(
            "DESCRIPTION:https://visio.example/conseil (https://a.example/odj.pdf). https://b.example/x.html",
            "ATTACH:https://nuage.example/f/Ordre%20du%20jour.odt",
            "ATTACH:CID:part1",
        )
    )
    assert [(one.name, one.url) for one in found] == [
        ("Ordre du jour.odt", "https://nuage.example/f/Ordre%20du%20jour.odt"),
        ("odj.pdf", "https://a.example/odj.pdf"),
    ]


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: WORD[:200] + tail + WORD[260:]))
def test_any_bytes_are_text_or_unreadable(data):
    if data.lstrip()[:5] == b"%PDF-":
        return
    with contextlib.suppress(UnreadableError):
        assert isinstance(text_of(data), str)
