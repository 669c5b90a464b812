"""Minutes for word processors: real styles and tables, the council's template; and the list of decisions."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Docx
from odfdo import Document as Odt
from pypdf import PdfReader
from sitting import START, begun, evening, minutes_of
from test_minutes_render import hostile_minutes

from meetings.domain import commands as c
from meetings.domain.values import MemberId
from meetings.minutes import Minutes
from meetings.minutes.document import Approved
from meetings.minutes.render import DECISIONS, docx, html, markdown, odt, pdf
from meetings.minutes.stationery import Stationery


def test_docx_has_real_headings_tables_and_language(rich: Minutes) -> None:
    document = Docx(BytesIO(docx(rich)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:2] == ["Présences et quorum", "Ordre du jour"]
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == ["Procès-verbal de séance"]
    assert "Mise aux voix" in [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    roll = document.tables[0]
    assert [cell.text for cell in roll.rows[0].cells] == ["Membre", "Collège", "Fonction", "Présence"]
    assert roll.rows[1].cells[0].text == "Claire Martin"
    assert "w:tblHeader" in roll.rows[0]._tr.xml
    assert 'w:val="fr-FR"' in document.styles["Normal"].element.xml
    assert document.core_properties.author == rich.council


def test_odt_has_real_headings_tables_and_language(rich: Minutes) -> None:
    document = Odt(BytesIO(odt(rich)))
    assert [one.text_recursive for one in document.body.headers][:2] == ["Présences et quorum", "Ordre du jour"]
    styles = {one.style for one in document.body.paragraphs}
    assert {"Title", "Subtitle", "Text_20_body", "List_20_Contents", "Quotations"} <= styles
    assert all(document.get_style("paragraph", name) for name in styles)
    rows = document.body.tables[0].get_elements("descendant::table:table-row")
    assert rows[1].get_elements("table:table-cell")[0].text_recursive.strip() == "Claire Martin"
    assert document.body.tables[0].get_elements("table:table-header-rows")
    assert document.language == "fr-FR"


def test_both_say_what_the_markdown_says(rich: Minutes) -> None:
    """Every sentence of the minutes is in each format; marks of emphasis and layout apart."""
    word = "\n".join(one.text for one in Docx(BytesIO(docx(rich))).paragraphs)
    office = "\n".join(one.text_recursive for one in Odt(BytesIO(odt(rich))).body.paragraphs)
    spoken = [line for line in markdown(rich).splitlines() if re.match(r"\*\*.*\) — ", line)]
    assert len(spoken) > 5
    for line in spoken:
        words = re.sub(r"\\(.)", r"\1", line.partition(") — ")[2])
        assert words in word
        assert words in office.replace("\n", " ")


def test_a_councils_own_template_gives_its_letterhead_and_styles(rich: Minutes, tmp_path: Path) -> None:
    own = Docx()
    own.add_paragraph("Texte à remplacer")
    own.sections[0].header.paragraphs[0].text = "Ville de Lunel"
    own.styles["Heading 1"].font.name = "Marianne"
    own.save(str(tmp_path / "own.docx"))
    document = Docx(BytesIO(docx(rich, Stationery(tmp_path / "own.docx"))))
    assert document.sections[0].header.paragraphs[0].text == "Ville de Lunel"
    assert document.styles["Heading 1"].font.name == "Marianne"
    assert "Texte à remplacer" not in [one.text for one in document.paragraphs]
    (tmp_path / "own.odt").write_bytes(odt(minutes_of(begun("en"))))
    english = Odt(BytesIO(odt(rich, Stationery(tmp_path / "own.odt"))))
    assert [one.text_recursive for one in english.body.headers][:1] == ["Présences et quorum"]
    for name, write in (("bad.docx", docx), ("bad.odt", odt)):
        (tmp_path / name).write_bytes(b"no such thing")
        with pytest.raises(ValueError, match=name):
            write(rich, Stationery(tmp_path / name))


def test_the_list_of_decisions_is_a_document_of_its_own(rich: Minutes) -> None:
    text = markdown(rich, DECISIONS)
    assert text.startswith("# Liste des délibérations")
    assert re.findall(r"2026-\d+", text) == ["2026-014", "2026-015", "2026-016"]
    assert "Le devis" not in text
    assert html(rich, DECISIONS).count("<dt>") == 3
    (page,) = PdfReader(BytesIO(pdf(rich, DECISIONS))).pages
    assert "2026-016" in page.extract_text()


def test_actions_are_listed_apart_and_what_was_not_said_is_left_to_complete() -> None:
    session = begun()
    session.do(c.NextItem, 100)
    session.do(c.NoteAction, 110, by="3", what="Demander un devis", member=MemberId("4"), due="2026-12-01")
    session.do(c.NoteAction, 120, by="3", what="Écrire à la mairie")
    text = markdown(minutes_of(session))
    (first, second) = [line for line in text.splitlines() if "noté par" in line]
    assert [cell.strip() for cell in first.split("|")][1:4] == [
        "Mehdi Ben Youssef",
        "Demander un devis",
        "mardi 1er\u00a0décembre 2026",
    ]
    assert r"\[à compléter" in second
    approved = replace(minutes_of(session), draft=False, approved=Approved(START, "2026-020"), silenced=True)
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(approved))).pages).split())
    assert "Demander un devis" in printed
    assert "par la décision n° 2026-020" in printed.replace("\u00a0", " ")
    assert "Projet soumis" not in printed
    assert "Actions à mener" in html(approved)


@pytest.mark.slow
def test_libreoffice_opens_both(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not on this machine")
    for minutes, name in ((minutes_of(evening()), "evening"), (hostile_minutes(), "hostile")):
        (tmp_path / f"{name}-word.docx").write_bytes(docx(minutes))
        (tmp_path / f"{name}-office.odt").write_bytes(odt(minutes))
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    sources = sorted(str(path) for path in tmp_path.glob("*-*.*"))
    told = subprocess.run(  # noqa: S603  our own files, in a profile of its own
        [*command, "--outdir", str(tmp_path), *sources], capture_output=True, text=True, check=True
    )
    assert "rror" not in told.stdout
    for name in ("evening-word", "evening-office"):
        text = " ".join(page.extract_text() for page in PdfReader(tmp_path / f"{name}.pdf").pages)
        assert "Agnès Dufour-Leclerc" in text
        assert "2026-016" in text
    assert (tmp_path / "hostile-word.pdf").is_file()
    assert (tmp_path / "hostile-office.pdf").is_file()
