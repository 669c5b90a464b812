"""Words for what was spoken: every utterance once, the failed ones again at the next start, none lost."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from sessions import ID, SAID, Table, in_session, meeting, refusing, until

from meetings.council import Council
from meetings.domain.values import MeetingId, UtteranceId
from meetings.jobs.sounds import first
from meetings.jobs.transcription import Transcription
from meetings.jobs.vocabulary import Vocabulary
from meetings.log.codec import canonical
from meetings.recording import RecordingError
from meetings.recording.errors import Code
from transcribe.engine import Job, Transcript

pytestmark = pytest.mark.filterwarnings("error")


def sounds(_: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
    return dict.fromkeys(wanted, b"Ogg")


@asynccontextmanager
async def running(job: Transcription) -> AsyncIterator[None]:
    task = asyncio.create_task(job.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def words(council: Council) -> dict[UtteranceId, str]:
    return {key: said.text for key, said in council.log.words(ID).items()}


async def test_every_utterance_gets_its_words_and_the_log_their_digest(tmp_path: Path) -> None:
    council, table = await in_session(tmp_path), Table(SAID)
    async with running(Transcription(council, table, sounds, "base")):
        await until(lambda: not meeting(council).pending())
    assert words(council) == SAID
    assert sorted(table.asked) == sorted(SAID)
    for key, heard in meeting(council).recording.transcribed.items():
        kept = council.log.words(ID)[key]
        digest = hashlib.sha256(canonical([key, kept.text, kept.language]).encode()).hexdigest()
        assert (heard.digest, heard.model, kept.language) == (digest, "base", "fr")


async def test_it_is_told_the_words_that_reviews_had_to_put_right(tmp_path: Path) -> None:
    council, vocabulary, told = await in_session(tmp_path), Vocabulary(tmp_path), list[tuple[str, ...]]()
    vocabulary.learn("Lunel")
    vocabulary.learn("Caladons")

    class Listening(Table):
        async def submit(self, job: Job) -> Transcript:
            told.append(job.terms)
            return await super().submit(job)

    async with running(Transcription(council, Listening(SAID), sounds, "base", terms=vocabulary.terms)):
        await until(lambda: not meeting(council).pending())
    assert told == [("Caladons", "Lunel")] * len(SAID)


async def test_a_restart_asks_only_for_what_lacks(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    only = {UtteranceId("u2")}

    def one(_: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        return dict.fromkeys(only & set(wanted), b"Ogg")

    begun = Transcription(council, Table(SAID), one, "base")
    async with running(begun):
        await until(lambda: begun.settled(meeting(council)))
    assert begun.failed == SAID.keys() - only
    assert words(council) == {"u2": SAID[UtteranceId("u2")]}

    again = Council(council.log)
    table = Table(SAID)
    async with running(Transcription(again, table, sounds, "base")):
        await until(lambda: not meeting(again).pending())
    assert sorted(table.asked) == ["u1", "u3"]
    assert words(again) == SAID


async def test_what_cannot_be_heard_settles_without_words_and_stops_nobody(tmp_path: Path) -> None:
    council = await in_session(tmp_path)

    def silent(_: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        return {key: b"" if key == "u1" else b"Ogg" for key in wanted}

    job = Transcription(council, Table(SAID), silent, "base")
    assert not job.settled(meeting(council))
    async with running(job):
        await until(lambda: job.settled(meeting(council)))
    assert (job.failed, words(council).keys()) == ({"u1"}, {"u2", "u3"})


async def test_a_recording_that_cannot_be_read_settles_too(tmp_path: Path) -> None:
    council = await in_session(tmp_path)

    def unreadable(_: MeetingId, _wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        raise RecordingError(Code.ABSENT, tmp_path)

    job = Transcription(council, Table(SAID), unreadable, "base")
    async with running(job):
        await until(lambda: job.settled(meeting(council)))
    assert job.failed == SAID.keys()


async def test_words_wait_for_a_log_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.council.AGAIN", 0.05)
    council, table = await in_session(tmp_path), Table(SAID)
    async with running(Transcription(council, table, sounds, "base")) as _:
        with refusing(council.log):
            await until(lambda: len(table.asked) == 3)
            await asyncio.sleep(0.2)
        await until(lambda: not meeting(council).pending())
    assert words(council) == SAID
    assert len(table.asked) == 3


async def test_catching_up_says_how_many_got_their_words(tmp_path: Path) -> None:
    council = await in_session(tmp_path)

    def two(_: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        return {key: b"Ogg" for key in wanted if key != "u3"}

    assert await Transcription(council, Table(SAID), two, "base").catch_up(ID) == 2
    assert await Transcription(council, Table(SAID), sounds, "base").catch_up(ID) == 1
    assert await Transcription(council, Table(SAID), sounds, "base").catch_up(ID) == 0
    assert words(council) == SAID


def test_the_slow_source_is_asked_only_for_what_the_quick_one_lacks() -> None:
    asked: list[set[UtteranceId]] = []
    u1, u2 = UtteranceId("u1"), UtteranceId("u2")

    def slow(_: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        asked.append(set(wanted))
        return dict.fromkeys(wanted, b"slow")

    both = first(lambda _meeting, _wanted: {u1: b"quick"}, slow)
    assert both(ID, {u1, u2}) == {u1: b"quick", u2: b"slow"}
    assert both(ID, {u1}) == {u1: b"quick"}
    assert asked == [{u2}]
