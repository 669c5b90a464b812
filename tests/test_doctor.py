"""`hemicycle doctor` on what the council brings itself: its letterhead, its template, its announcement."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as Docx

from meetings import faults
from meetings.doctor import announcement, letterhead, template
from meetings.i18n import LANGUAGES, translator
from meetings.minutes.stationery import LARGEST
from meetings.settings import Settings

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>'


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)


def told(error: Exception, *parts: object) -> None:
    """One sentence in each language, with the file, what is wrong and the setting."""
    for lang in LANGUAGES:
        words = faults.sentence(error, translator(lang))
        assert words.endswith(".")
        assert all(str(part) in words for part in parts), words


async def test_a_council_that_brings_nothing_or_what_is_right(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG)
    Docx().save(str(tmp_path / "own.docx"))
    own = {
        "logo": tmp_path / "logo.svg",
        "address": "1, rue du Moulin\\n34400 Lunel",
        "template": tmp_path / "own.docx",
    }
    for given in (settings(), settings(**own), settings(announcement="off")):
        await letterhead(given)
        await template(given)
        await announcement(given)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"GIF89a", LARGEST // 1000),
        (b"\x89PNG\r\n\x1a\n" + bytes(LARGEST), LARGEST // 1000),
        (b"\x89PNG\r\n\x1a\n cut", "PNG"),
        (SVG[:-6].encode(), "SVG"),
    ],
)
async def test_a_logo_that_cannot_be_printed(tmp_path: Path, content: bytes, says: object) -> None:
    (tmp_path / "logo").write_bytes(content)
    with pytest.raises(faults.EXPECTED) as raised:
        await letterhead(settings(logo=tmp_path / "logo"))
    told(raised.value, tmp_path / "logo", says, "HEMICYCLE_LOGO")


@pytest.mark.parametrize(("address", "lines"), [("rue\\n" * 9, 9), ("a" * 91, 1)])
async def test_an_address_that_leaves_no_room(address: str, lines: int) -> None:
    with pytest.raises(faults.EXPECTED) as raised:
        await letterhead(settings(address=address))
    told(raised.value, lines, "HEMICYCLE_ADDRESS")


def unlike_word(path: Path) -> None:
    path.write_bytes(b"{\\rtf1}")


def empty_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")


def cut(path: Path) -> None:
    Docx().save(str(path))
    path.write_bytes(path.read_bytes()[:9_000])


def mangled(path: Path) -> None:
    Docx().save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:200] if name == "word/document.xml" else content)


@pytest.mark.parametrize("name", ["own.docx", "own.odt"])
@pytest.mark.parametrize("make", [unlike_word, empty_archive, cut, mangled])
async def test_a_template_that_cannot_be_read(tmp_path: Path, make: Callable[[Path], None], name: str) -> None:
    make(tmp_path / name)
    with pytest.raises(faults.EXPECTED) as raised:
        await template(settings(template=tmp_path / name))
    told(raised.value, tmp_path / name, "HEMICYCLE_TEMPLATE")


async def test_a_template_of_a_kind_that_would_be_passed_over(tmp_path: Path) -> None:
    (tmp_path / "own.doc").write_bytes(b"anything")
    with pytest.raises(faults.EXPECTED) as raised:
        await template(settings(template=tmp_path / "own.doc"))
    told(raised.value, tmp_path / "own.doc", ".docx", ".odt", "HEMICYCLE_TEMPLATE")


async def test_an_announcement_that_cannot_be_said(tmp_path: Path) -> None:
    (tmp_path / "voice.mp3").write_bytes(b"ID3")
    with pytest.raises(faults.EXPECTED) as raised:
        await announcement(settings(announcement=str(tmp_path / "voice.mp3")))
    told(raised.value, tmp_path / "voice.mp3", "ffmpeg", "HEMICYCLE_ANNOUNCEMENT")
    with pytest.raises(faults.EXPECTED) as raised:
        await announcement(settings(announcement=str(tmp_path / "none.ogg")))
    told(raised.value, tmp_path / "none.ogg", "HEMICYCLE_ANNOUNCEMENT")
