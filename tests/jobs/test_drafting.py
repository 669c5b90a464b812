"""Minutes of a meeting that is over: once its words are known, whole or not at all, and again when they change."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sessions import CHAIR, ID, SAID, Table, in_session, meeting, note, over, until

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.values import UtteranceId
from meetings.jobs.drafting import Drafting
from meetings.jobs.transcription import Transcription
from meetings.minutes.document import from_json, to_json

PARIS = ZoneInfo("Europe/Paris")


def transcription(council: Council) -> Transcription:
    return Transcription(council, Table(SAID), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base")


@asynccontextmanager
async def running(drafting: Drafting) -> AsyncIterator[None]:
    task = asyncio.create_task(drafting.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.mark.slow
async def test_minutes_come_once_the_meeting_is_over_and_its_words_are_known(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    words = transcription(council)
    async with running(Drafting(council, words, tmp_path / "documents", PARIS)):
        await note(council)(c.Adjourn, by=CHAIR)
        await words.catch_up(ID)
        await asyncio.sleep(0.2)
        assert not (tmp_path / "documents").exists()  # the recorder still runs: more may come
        await note(council)(c.StopRecording)
        await until(lambda: bool(meeting(council).draft))
    folder = tmp_path / "documents" / ID
    assert sorted(path.name for path in folder.iterdir()) == [
        *(f"decisions.{kind}" for kind in ("html", "md", "pdf")),
        *(f"minutes.{kind}" for kind in ("docx", "html", "json", "md", "odt", "pdf")),
        "versions",
    ]
    minutes = from_json((folder / "minutes.json").read_bytes())
    assert hashlib.sha256(to_json(minutes).encode()).hexdigest() == meeting(council).draft
    text = " ".join(page.extract_text() for page in PdfReader(folder / "minutes.pdf").pages)
    assert "Claire Martin" in text
    assert "Je suis pour." in text
    assert minutes.model == "base"


@pytest.mark.slow
async def test_words_that_come_later_make_new_minutes(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    await over(council)
    words = transcription(council)
    drafting = Drafting(council, words, tmp_path / "documents", PARIS)
    markdown = tmp_path / "documents" / ID / "minutes.md"
    assert await drafting.draft(meeting(council))
    first = meeting(council).draft
    assert "non transcrits" in markdown.read_text("utf-8")
    await words.catch_up(ID)
    assert await drafting.draft(meeting(council))
    assert meeting(council).draft != first
    assert "non transcrits" not in markdown.read_text("utf-8")


@pytest.mark.slow
async def test_minutes_that_cannot_be_written_are_told_once_and_come_when_they_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.jobs.drafting.AGAIN", 0.2)
    council = await in_session(tmp_path)
    words = transcription(council)
    await words.catch_up(ID)
    await over(council)
    obstacle = tmp_path / "documents"
    obstacle.write_text("a file where the folder should be")
    async with running(Drafting(council, words, obstacle, PARIS)):
        await until(lambda: meeting(council).recording.troubles == ("minutes-unwritten",), 60)
        obstacle.unlink()
        await until(lambda: bool(meeting(council).draft), 60)
    assert (obstacle / ID / "minutes.pdf").read_bytes().startswith(b"%PDF")
    assert meeting(council).recording.troubles == ("minutes-unwritten",)


@pytest.mark.parametrize(("figures", "written"), [(True, "1\u202f200\u00a0€"), (False, "mille deux cents euros")])
async def test_numbers_are_in_figures_where_that_is_wanted_and_the_log_keeps_the_words(
    tmp_path: Path, figures: bool, written: str
) -> None:
    council = await in_session(tmp_path)
    await over(council)
    heard = "Il reste mille deux cents euros."
    words = Transcription(
        council, Table(SAID | {UtteranceId("u2"): heard}), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base"
    )
    await words.catch_up(ID)
    minutes = Drafting(council, words, tmp_path / "documents", PARIS, figures=figures).composed(meeting(council))
    assert written in to_json(minutes)
    assert council.log.words(ID)[UtteranceId("u2")].text == heard
