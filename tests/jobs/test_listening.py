"""Who pauses may be done: what was said is heard at once, and is the utterance's if the pause lasts; never twice."""

import asyncio
import hashlib
import os
import signal
import threading
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from recording.voices import RATE, SILENCE, beeps, decode, spurt
from sessions import ANNE, CHAIR, ID, SAID, START, in_session, meeting, note, until

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.tape import UtteranceTranscribed
from meetings.domain.values import MeetingId, MemberId, UtteranceId
from meetings.jobs.listening import Listening, Spare
from meetings.jobs.saying import Provisional, Saying, public
from meetings.jobs.sounds import from_journal
from meetings.jobs.transcription import Transcription
from meetings.recording import Recorder, Speech, Utterance
from meetings.recording.timeline import Placed
from transcribe.engine import Job, Transcript
from transcribe.errors import EngineFailed
from transcribe.pool import Pool
from transcribe.scripted import Line, Scripted
from transcribe.worker import Recipe

SO_FAR = Provisional(UtteranceId("u9"), ANNE, START, "Je propose")
SAYS = tuple(hashlib.sha256(bytes([number])).hexdigest()[:6] for number in range(30))
FIRST_WORDS = UtteranceId(f"{START:%Y%m%dT%H%M%S}000Z-{ANNE}")
"""What Anne says when she begins at once."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meetings.jobs.listening.LOOK", 0.01)


class Ear:
    """Hears a word for each second of sound, one utterance at a time, and waits at `gate` before it answers."""

    def __init__(self, council: Council) -> None:
        self._council, self.gate, self.broken = council, asyncio.Event(), False
        self.asked: list[Job] = []
        self.idle = True
        self.gate.set()

    async def submit(self, job: Job) -> Transcript:
        self.asked.append(job)
        if job.key not in meeting(self._council).recording.utterances:
            assert public(meeting(self._council)), "what nobody may hear was heard"
        self.idle = False
        await self.gate.wait()
        self.idle = True
        if self.broken:
            raise EngineFailed("no")
        seconds = len(decode(job.audio)) / RATE
        line = Line(" ".join(SAYS[: round(seconds)]), seconds=seconds)
        (heard,) = Scripted({job.key: line}).transcribe([job])
        assert isinstance(heard, Transcript)
        return heard


class Voices:
    """A meeting's recorder on a virtual clock, who speaks into it, and word of it to the log."""

    def __init__(self, council: Council, folder: Path) -> None:
        self._council, self._over, self.now = council, list[Utterance](), 10**15
        self.recorder = Recorder(
            folder / ID, clock=lambda: self.now, wall=lambda: START, on_utterance=self._over.append
        )

    def say(self, seconds: float, member: MemberId = ANNE, *, rest: bool = True) -> None:
        """Speak, and fall silent as a client does, unless more follows at once."""
        packets = (*beeps(seconds, on=1.0), *[SILENCE] * (5 * rest))
        for packet in spurt(int(member), self.now // 20_000_000, 0, packets):
            self.recorder.hear(packet._replace(arrival_ns=self.now, opened_ns=self.now))
            self.now += 20_000_000
        self.recorder.tick()

    async def wait(self, seconds: float) -> None:
        """Let time pass; what is over is noted."""
        self.now += int(seconds * 1e9)
        self.recorder.tick()
        await self.noted()

    async def noted(self) -> None:
        for said in self._over:
            key, member = UtteranceId(said.id), MemberId(str(said.user_id))
            await note(self._council)(c.NoteUtterance, utterance=key, member=member, start=said.start, end=said.end)
        self._over.clear()

    def speaking(self, _: MeetingId) -> list[Speech]:
        return self.recorder.open()

    def sounds(self, _: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        return {key: sound for key in wanted if (sound := self.recorder.fresh(key))}


@asynccontextmanager
async def running(*jobs: Listening | Transcription) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(job.run()) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def session(folder: Path) -> AsyncIterator[tuple[Council, Voices, Ear, Listening, Saying]]:
    """People are heard while they speak, and what is over gets its words."""
    council = await in_session(folder)
    voices, ear, saying = Voices(council, folder), Ear(council), Saying(council)
    listening = listener(council, ear, voices, saying)
    async with running(listening, Transcription(council, listening, voices.sounds, "base")):
        yield council, voices, ear, listening, saying


def listener(council: Council, ear: Spare, voices: Voices, saying: Saying) -> Listening:
    return Listening(council, ear, voices.speaking, saying, clock=lambda: voices.now / 1e9)


def words(council: Council) -> dict[UtteranceId, str]:
    return {key: said.text for key, said in council.log.words(ID).items()}


def noted(council: Council) -> list[UtteranceId]:
    """Whose words the log has, in the order in which it came to know, as often as it did."""
    events = [one.event for one in council.log.history(ID)]
    return [event.utterance for event in events if isinstance(event, UtteranceTranscribed)]


def all_known(council: Council) -> bool:
    """But of the session's first utterances, of which there is no sound."""
    return {one.utterance for one in meeting(council).pending()} == SAID.keys()


async def test_what_ends_in_silence_is_heard_once_and_its_words_are_known_when_it_is_over(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, listening, saying):
        voices.say(1.0)
        await until(lambda: len(ear.asked) == 1 and bool(saying.of(meeting(council))))
        assert words(council) == {}
        await voices.wait(1.0)
        await until(lambda: all_known(council))
    assert [(job.key, job.hasty, job.late) for job in ear.asked] == [(FIRST_WORDS, False, False)]
    assert words(council) == {FIRST_WORDS: SAYS[0]}
    assert noted(council) == [FIRST_WORDS]
    assert (listening.hearings, listening.foreseen) == (1, 1)
    assert saying.of(meeting(council)) == ()


async def test_who_pauses_and_goes_on_has_one_line_with_all_the_words(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, listening, saying):
        voices.say(1.0)
        await until(lambda: [one.text for one in saying.of(meeting(council))] == [SAYS[0]])
        voices.say(1.0)
        await until(lambda: [one.text for one in saying.of(meeting(council))] == [" ".join(SAYS[:2])])
        await voices.wait(1.0)
        await until(lambda: all_known(council))
    assert words(council) == {FIRST_WORDS: " ".join(SAYS[:2])}
    assert noted(council) == [FIRST_WORDS]
    assert (listening.hearings, listening.foreseen, len(ear.asked)) == (2, 1, 2)


async def test_who_speaks_on_is_heard_in_haste_from_the_last_pause_that_was_heard(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, _listening, saying):
        voices.say(2.0)
        await until(lambda: [one.text for one in saying.of(meeting(council))] == [" ".join(SAYS[:2])])
        voices.say(6.0, rest=False)
        await until(lambda: [one.text for one in saying.of(meeting(council))] == [" ".join(SAYS[:2] + SAYS[:6])])
        await voices.wait(1.0)
        await until(lambda: all_known(council))
    assert [(job.hasty, round(len(decode(job.audio)) / RATE)) for job in ear.asked] == [
        (False, 2),
        (True, 6),
        (False, 8),
    ]
    assert words(council) == {FIRST_WORDS: " ".join(SAYS[:8])}


async def test_words_that_are_still_being_sought_when_it_is_over_are_waited_for(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, listening, _saying):
        ear.gate.clear()
        voices.say(1.0)
        await until(lambda: len(ear.asked) == 1)
        await voices.wait(1.0)
        assert not all_known(council)
        ear.gate.set()
        await until(lambda: all_known(council))
    assert (len(ear.asked), listening.foreseen, noted(council)) == (1, 1, [FIRST_WORDS])


async def test_what_was_heard_before_the_speaker_went_on_is_not_the_whole(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, listening, _saying):
        ear.gate.clear()
        voices.say(1.0)
        await until(lambda: len(ear.asked) == 1)
        voices.say(1.0)
        await voices.wait(1.0)  # no worker was free to hear it again
        await until(lambda: len(ear.asked) == 2)
        ear.gate.set()
        await until(lambda: all_known(council))
    assert words(council) == {FIRST_WORDS: " ".join(SAYS[:2])}
    assert (len(ear.asked), listening.foreseen, noted(council)) == (2, 0, [FIRST_WORDS])


async def test_what_was_heard_of_a_speech_that_was_cut_is_no_line_of_its_own(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, listening, _saying):
        voices.say(19.0)
        await until(lambda: len(ear.asked) == 1 and ear.idle)
        voices.say(14.0)  # the recorder cuts it, later than in that pause
        await voices.wait(0)
        await until(lambda: all_known(council))
        await until(lambda: len(ear.asked) == 3 and ear.idle)
        await voices.wait(1.0)
        await until(lambda: len(noted(council)) == 2)
    said = list(meeting(council).recording.utterances.values())[len(SAID) :]
    lengths = [round((one.end - one.start).total_seconds()) for one in said]
    assert 20 <= lengths[0] <= 25
    assert {key: len(text.split()) for key, text in words(council).items()} == dict(
        zip((one.utterance for one in said), lengths, strict=True)
    )
    assert noted(council) == [one.utterance for one in said]
    assert (len(ear.asked), listening.foreseen) == (3, 1)


async def test_what_failed_ahead_is_heard_when_it_is_over(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, listening, _saying):
        ear.broken = True
        voices.say(1.0)
        await until(lambda: len(ear.asked) == 1 and ear.idle)
        ear.broken = False
        await voices.wait(1.0)
        await until(lambda: all_known(council))
    assert (words(council), listening.foreseen, len(ear.asked)) == ({FIRST_WORDS: SAYS[0]}, 0, 2)


async def test_words_are_heard_ahead_with_the_terms_of_the_council(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    voices, ear, terms = Voices(council, tmp_path), Ear(council), ("Caladons",)
    listening = Listening(council, ear, voices.speaking, Saying(council), lambda: terms, clock=lambda: 0.0)
    job = Transcription(council, listening, voices.sounds, "base", terms=lambda: terms)
    async with running(listening, job):
        voices.say(1.0)
        await until(lambda: len(ear.asked) == 1)
        await voices.wait(1.0)
        await until(lambda: all_known(council))
        terms = ("Caladons", "Lunel")  # learnt between the pause and the end
        voices.say(1.0)
        await until(lambda: len(ear.asked) == 2 and ear.idle)
        terms = ("Lunel",)
        await voices.wait(1.0)
        await until(lambda: all_known(council))
    assert [one.terms for one in ear.asked] == [("Caladons",), ("Caladons", "Lunel"), ("Lunel",)]


@pytest.mark.parametrize("ends", ["recess", "declined"])
async def test_nothing_is_heard_ahead_in_a_recess_or_of_who_declines(tmp_path: Path, ends: str) -> None:
    """It comes between the look at who speaks and the moment when the model would be asked."""
    council = await in_session(tmp_path)
    do, voices, ear, looking, go = note(council), Voices(council, tmp_path), Ear(council), threading.Event(), []

    def terms() -> tuple[str, ...]:
        go.append(threading.Event())
        looking.set()
        assert go[-1].wait(20)
        return ()

    listening = Listening(council, ear, voices.speaking, Saying(council), terms, clock=lambda: 0.0)
    async with running(listening):
        at_rest = len(asyncio.all_tasks())
        voices.say(1.0)
        await until(looking.is_set)
        looking.clear()
        if ends == "recess":
            await do(c.Suspend, by=CHAIR)
        else:
            await do(c.ChooseRecording, by=ANNE, declined=True)
        go[-1].set()
        await until(lambda: len(asyncio.all_tasks()) == at_rest)
        assert ear.asked == []
        if ends == "recess":
            await do(c.Resume, by=CHAIR)
        else:
            await do(c.ChooseRecording, by=ANNE, declined=False)
        voices.say(1.0)
        await until(looking.is_set)
        go[-1].set()
        await until(lambda: len(ear.asked) == 1)


async def test_a_worker_killed_over_it_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1] / "transcribe"))
    table, mark = {FIRST_WORDS: Line("Je propose.", delay=0.5)}, tmp_path / "mark"
    council = await in_session(tmp_path)
    voices = Voices(council, tmp_path)
    async with Pool(Recipe("fragile_worker:Watched", {"table": table, "mark": mark})) as pool:
        await pool.warm()
        listening = listener(council, pool, voices, Saying(council))
        async with running(listening, Transcription(council, listening, voices.sounds, "base")):
            voices.say(1.0)
            await until(mark.exists)
            (worker,) = pool.stats()
            assert worker.pid
            os.kill(worker.pid, signal.SIGKILL)
            await voices.wait(1.0)
            await until(lambda: all_known(council))
    assert words(council) == {FIRST_WORDS: "Je propose."}
    assert noted(council) == [FIRST_WORDS]


async def test_a_house_that_ends_after_it_was_heard_and_before_it_was_over_loses_nothing(tmp_path: Path) -> None:
    async with session(tmp_path) as (council, voices, ear, _listening, _saying):
        voices.say(1.0)
        await until(lambda: len(ear.asked) == 1 and ear.idle)
    voices.recorder.close()
    await voices.noted()
    again = Council(council.log)
    ear = Ear(again)
    assert await Transcription(again, ear, from_journal(tmp_path), "base").catch_up(ID) == 1
    assert (words(again), noted(again)) == ({FIRST_WORDS: SAYS[0]}, [FIRST_WORDS])


async def test_without_partial_captions_nothing_is_shown_and_nobody_heard_in_haste(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    voices, ear, saying = Voices(council, tmp_path), Ear(council), Saying(council)
    listening = Listening(council, ear, voices.speaking, saying, partial=False, clock=lambda: voices.now / 1e9)
    async with running(listening, Transcription(council, listening, voices.sounds, "base")):
        voices.say(8.0)
        await until(lambda: len(ear.asked) == 1 and ear.idle)
        assert saying.of(meeting(council)) == ()
        await voices.wait(1.0)
        await until(lambda: all_known(council))
    assert [job.hasty for job in ear.asked] == [False]
    assert listening.foreseen == 1


def speech(key: str, seconds: float) -> Speech:
    said = Utterance(key, int(ANNE), START, START + timedelta(seconds=seconds), 1, 0, False, False)
    return Speech(said, (Placed(0, 960, b"\x78" + bytes(40), 0),))


class SoFar:
    """Hears `so far` each time; busy when told so."""

    def __init__(self, text: str = "Je propose") -> None:
        self._engine, self.idle = Scripted({"u9": Line(text)}), True
        self.asked: list[Job] = []

    async def submit(self, job: Job) -> Transcript:
        self.asked.append(job)
        (result,) = self._engine.transcribe([job])
        assert isinstance(result, Transcript)
        return result


class Failing(SoFar):
    async def submit(self, job: Job) -> Transcript:
        self.asked.append(job)
        raise EngineFailed("no")


async def test_an_open_utterance_is_heard_again_as_it_grows_and_only_when_nothing_waits(tmp_path: Path) -> None:
    council, engine, open_now = await in_session(tmp_path), SoFar(), [speech("u9", 1.0)]
    saying = Saying(council)

    def speaking(_: MeetingId) -> list[Speech]:
        return open_now

    listening = Listening(council, engine, speaking, saying, clock=lambda: 0.0)
    task = asyncio.create_task(listening.run())
    try:
        await asyncio.sleep(0.1)
        assert engine.asked == []  # too short to be worth it
        engine.idle, open_now[:] = False, [speech("u9", 2.5)]
        await asyncio.sleep(0.1)
        assert engine.asked == []  # a final one waits
        engine.idle = True
        await until(lambda: saying.of(meeting(council)) == (SO_FAR,))
        await asyncio.sleep(0.1)
        assert len(engine.asked) == 1
        open_now[:] = [speech("u9", 8.0)]
        await until(lambda: len(engine.asked) == 2)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert all(job.hasty and job.late and job.language == "fr" for job in engine.asked)
    assert UtteranceId("u9") not in council.log.words(ID)
    assert listening.hearings == 2


async def test_what_cannot_be_heard_stops_nobody(tmp_path: Path) -> None:
    council, engine = await in_session(tmp_path), Failing()
    saying = Saying(council)
    listening = Listening(
        council, engine, lambda _: [speech("u9", 2 + len(engine.asked) * 9)], saying, clock=lambda: 0.0
    )
    task = asyncio.create_task(listening.run())
    await until(lambda: len(engine.asked) == 3)
    task.cancel()
    assert saying.of(meeting(council)) == ()


async def test_the_sound_of_what_became_no_utterance_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meetings.jobs.listening.FORGOTTEN", 0.0)
    council, engine = await in_session(tmp_path), SoFar()
    listening = Listening(council, engine, lambda _: [speech("u9", 2.0)._replace(rests=True)], Saying(council))
    async with running(listening):
        await until(lambda: engine.asked != [])
        await until(lambda: not listening._ahead)
