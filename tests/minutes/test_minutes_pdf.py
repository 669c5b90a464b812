import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader
from sitting import CIRCUMSTANCES, ITEMS, NAMES, begun
from test_minutes_render import hostile_minutes

from meetings.domain import commands as c
from meetings.minutes import compose
from meetings.minutes.render import html, markdown, pdf


def words(reader):
    """The text of all pages with single spaces, lines broken at a hyphen joined."""
    text = "\n".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad-]\n", "", text)).replace("\u200b", "")


@pytest.fixture(scope="module")
def paper(rich):
    return PdfReader(io.BytesIO(pdf(rich)))


def test_names_votes_and_decisions_are_on_paper(paper):
    text = words(paper)
    for expected in (
        *NAMES.values(),
        "2026-014",
        "2026-015",
        "2026-016",
        "Scrutin secret",
        "[à compléter : date de la",
    ):
        assert expected in text
    assert "Procès-verbal de séance" in text
    assert "4 voix pour, 1 voix contre et 1 abstention" in text
    assert "\ufffd" not in text
    assert "□" not in text


def test_paper_is_tagged_titled_and_says_its_language(paper, rich):
    root = paper.trailer["/Root"]
    assert root["/Lang"].startswith("fr")
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.metadata.title == "Procès-verbal, Conseil citoyen des Tanneries, dimanche 22\u00a0novembre 2026"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert paper.pages[0].mediabox.width == pytest.approx(595.276, abs=0.01)


def test_fonts_are_inside(paper):
    fonts = [font.get_object() for page in paper.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_same_document_same_paper(rich):
    assert pdf(rich) == pdf(rich)


def test_hostile_words_are_words_on_paper():
    text = words(PdfReader(io.BytesIO(pdf(hostile_minutes()))))
    assert "<script>alert(1)</script>" in text
    assert "#panic() $x$ *gras* _it_ @ref [lien](http://x)" in text
    assert "x" * 60 in text.replace(" ", "")


def test_a_meeting_without_anything_is_printed(rich):
    empty = replace(rich, sections=(), agenda=(), present=(), quorum=None, chair=None, secretary=None, excused=())
    text = words(PdfReader(io.BytesIO(pdf(empty))))
    assert "[à compléter : quorum à l’ouverture]" in text


def test_english_paper():
    paper = PdfReader(io.BytesIO(pdf(compose(begun("en").meeting, {}, NAMES, CIRCUMSTANCES))))
    assert paper.trailer["/Root"]["/Lang"].startswith("en")
    assert "Draft for the council’s approval" in words(paper)


@pytest.mark.slow
def test_three_thousand_utterances():
    session = begun("fr", ITEMS)
    session.do(c.NextItem, 100)
    for place in range(3000):
        session.say(
            str(place % 6 + 1), 110 + 3 * place, 2.5, f"Voici la phrase {place} de cette longue soirée, dit-elle."
        )
    minutes = compose(session.meeting, session.transcript, NAMES, CIRCUMSTANCES)
    paper = pdf(minutes)
    assert len(paper) < 8_000_000
    text = words(PdfReader(io.BytesIO(paper)))
    assert all(f"phrase {place} de" in text for place in range(0, 3000, 100))
    for page in (html(minutes), markdown(minutes)):
        assert all(f"la phrase {place} de cette longue soirée" in page for place in range(3000))
