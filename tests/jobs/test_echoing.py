"""One voice in two microphones is written once: real sounds through the recorder, whichever microphone ends first."""

import asyncio
from collections.abc import Collection, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sessions import ANNE, CHAIR, ID, SAID, START, Table, in_session, meeting, note, until
from test_transcription import running

from meetings.boards import captions
from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.consent import declined
from meetings.domain.review import EchoHeard, LineId
from meetings.domain.reviewing import RestoreLine
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import MeetingId, MemberId, UtteranceId
from meetings.jobs.echoing import Echoing, pairs
from meetings.jobs.erasing import lines_of
from meetings.jobs.saying import Provisional, Saying
from meetings.jobs.sounds import first, from_journal
from meetings.jobs.transcription import Transcription
from meetings.recording import Recorder, Utterance
from meetings.recording.rtp import Heard
from meetings.rehearsal.scenario import STORIES
from tests.recording.voices import packets, spurt
from transcribe.audio import RATE, Samples, decode

CLIPS = STORIES["fr"].parent / "audio" / "fr"
PAUL = MemberId("3")


@cache
def clip(name: str) -> Samples:
    """A line of the rehearsal's, without the silence around it."""
    return decode((CLIPS / f"{name}.ogg").read_bytes())[RATE // 8 : -RATE // 8]


def again(samples: Samples, *, late: float = 0.12, level: float = 0.25, noise: float = 15.0, seed: int = 0) -> Samples:
    """As another microphone has it: later, fainter, dull, in its own noise (dB under it)."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft(np.concatenate([np.zeros(int(late * RATE)), samples]))
    spectrum /= 1 + (np.fft.rfftfreq(len(samples) + int(late * RATE), 1 / RATE) / 2_500.0) ** 2
    heard = level * np.fft.irfft(spectrum, len(samples) + int(late * RATE))
    own = rng.standard_normal(len(heard)) * np.sqrt((heard**2).mean()) * 10 ** (-noise / 20)
    return (heard + own).astype(np.float32)


class Hall:
    """A meeting's recorder on a virtual clock, what its microphones hear, and word of it to the log."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.council, self._over, self._begun, self.now = council, list[Utterance](), 10**15, 10**15
        unheard = declined(one.consent for one in council.meetings())
        self.recorder = Recorder(
            folder / ID,
            may_record=lambda user: MemberId(str(user)) not in unheard,
            clock=lambda: self.now,
            wall=lambda: START,
            on_utterance=self._over.append,
        )
        self._heard: list[Heard] = []

    def hears(self, member: MemberId, at: float, samples: Samples) -> None:
        """A microphone sends this from `at` on, in seconds."""
        pcm = (np.clip(samples, -1, 1) * 32_767).astype(np.int16)
        self._heard += spurt(int(member), round(at * 50), at * 1000, packets(pcm, RATE, 32_000))

    async def passes(self, seconds: float = 60.0) -> None:
        """So much time passes; what is over is noted, as it comes."""
        due = sorted(self._heard, key=lambda packet: packet.opened_ns)
        self._heard.clear()
        for packet in due:
            self.now = max(self.now, self._begun + packet.opened_ns)
            self.recorder.hear(packet._replace(arrival_ns=self.now, opened_ns=self.now))
            await self.noted()
        self.now += round(seconds * 1e9)
        await self.noted()

    async def noted(self) -> None:
        self.recorder.tick()
        for said in self._over:
            key, member = UtteranceId(said.id), MemberId(str(said.user_id))
            await note(self.council)(c.NoteUtterance, utterance=key, member=member, start=said.start, end=said.end)
        self._over.clear()

    def sounds(self, _: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        return {key: sound for key in wanted if (sound := self.recorder.fresh(key))}

    def of(self, member: MemberId) -> list[UtteranceId]:
        """What the recorder had of a member."""
        spoken = meeting(self.council).recording.utterances
        return [key for key, one in spoken.items() if one.member == member and key not in SAID]


class Ear(Table):
    """Hears its own key in each utterance, once it is let: so one sees whose words are written."""

    def __init__(self, *, gate: bool = False) -> None:
        super().__init__({})
        self.gate = asyncio.Event()
        if not gate:
            self.gate.set()

    async def submit(self, job):
        self._engine = Table({UtteranceId(job.key): f"Ce que dit {job.key}."})._engine
        heard = await super().submit(job)
        await self.gate.wait()
        return heard


@asynccontextmanager
async def hall(folder: Path):
    council = await in_session(folder)
    place, ear = Hall(council, folder), Ear()
    job = Transcription(council, ear, first(place.sounds, from_journal(folder)), "base")
    async with running(job):
        await until(lambda: job.failed >= SAID.keys())  # the session's first utterances have no sound
        yield place, ear, job


def written(council: Council) -> list[UtteranceId]:
    """What who reads along has before their eyes, in the order in which it was said."""
    words, state = council.log.words(ID), meeting(council)
    shown = captions(state, words, state.recording.transcribed)
    return [key for key, _ in sorted(shown, key=lambda pair: pair[1].start)]


def noted(council: Council) -> list[tuple[LineId, LineId]]:
    events = (one.event for one in council.log.history(ID))
    return [(event.line, event.of) for event in events if isinstance(event, EchoHeard)]


async def settled(place: Hall, job: Transcription) -> None:
    await until(lambda: job.settled(meeting(place.council)))


async def test_the_fainter_microphone_that_ends_last_gets_no_words(tmp_path: Path) -> None:
    async with hall(tmp_path) as (place, ear, job):
        for at, name in enumerate(("02-claire", "04-nadia", "08-thomas")):
            place.hears(ANNE, 20.0 * at, clip(name))
            place.hears(PAUL, 20.0 * at, again(clip(name), seed=at))
        await place.passes()
        await settled(place, job)
        assert len(place.of(ANNE)) == len(place.of(PAUL)) == 3
        assert sorted(ear.asked) == place.of(ANNE)
        assert written(place.council) == place.of(ANNE)
        assert sorted(noted(place.council)) == list(zip(place.of(PAUL), place.of(ANNE), strict=True))
        assert place.council.log.verify(ID) is None
        assert Council(place.council.log).meeting(ID) == meeting(place.council)


async def test_words_that_the_fainter_microphone_had_first_go_away_again(tmp_path: Path) -> None:
    async with hall(tmp_path) as (place, _, job):
        said, saying = clip("08-thomas"), Saying(place.council)
        middle = slice(RATE // 2, RATE // 2 + 3 * RATE)  # a microphone that opens late, and closes early
        place.hears(PAUL, 0.5, again(said[middle], late=0.0))
        place.hears(ANNE, 0.0, said)
        early = [packet for packet in place._heard if packet.opened_ns < 4.6e9]
        late = [packet for packet in place._heard if packet.opened_ns >= 4.6e9]
        place._heard = early
        await place.passes(0.0)
        (faint,) = place.of(PAUL)
        assert place.of(ANNE) == []
        saying.put(ID, Provisional(faint, PAUL, START, "Ce que"))
        await settled(place, job)
        assert written(place.council) == [faint]
        place._heard = late
        await place.passes()
        (loud,) = place.of(ANNE)
        await settled(place, job)
        assert written(place.council) == [loud]
        assert noted(place.council) == [(faint, loud)]
        assert saying.of(meeting(place.council)) == ()
        assert faint in lines_of(meeting(place.council), ANNE)  # it is her voice: it goes when she is forgotten


async def test_one_utterance_that_repeats_two_is_an_echo_of_them(tmp_path: Path) -> None:
    async with hall(tmp_path) as (place, _, job):
        one, other, pause = clip("02-claire"), clip("03-claire"), np.zeros(RATE, np.float32)
        place.hears(ANNE, 0.0, one)
        place.hears(ANNE, len(one) / RATE + 1.0, other)
        place.hears(PAUL, 0.0, again(np.concatenate([one, pause, other])))  # whose noise fills the pause
        await place.passes()
        await settled(place, job)
        assert (len(place.of(ANNE)), len(place.of(PAUL))) == (2, 1)
        assert written(place.council) == place.of(ANNE)


async def test_two_who_talk_at_once_are_both_written(tmp_path: Path) -> None:
    async with hall(tmp_path) as (place, _, job):
        for member, name in ((ANNE, "02-claire"), (PAUL, "08-thomas")):
            place.hears(member, 0.0, clip(name))
        place.hears(PAUL, 40.0, again(clip("04-nadia")))
        place.hears(ANNE, 40.0 + len(clip("04-nadia")) / RATE, clip("04-nadia"))  # who says it again says it
        await place.passes()
        await settled(place, job)
        assert sorted(written(place.council)) == sorted([*place.of(ANNE), *place.of(PAUL)])
        assert len(written(place.council)) == 4
        assert noted(place.council) == []


async def test_three_microphones_in_a_room_have_one_voice(tmp_path: Path) -> None:
    async with hall(tmp_path) as (place, _, job):
        said = clip("02-claire")
        place.hears(CHAIR, 0.0, again(said, late=0.03, level=0.1, seed=1))
        place.hears(PAUL, 0.0, again(said, late=0.2, level=0.3, seed=2))
        place.hears(ANNE, 0.0, said)
        await place.passes()
        await settled(place, job)
        assert written(place.council) == place.of(ANNE)
        assert {meeting(place.council).review.voice(line) for line, _ in noted(place.council)} == set(place.of(ANNE))


async def test_a_house_killed_over_it_finds_the_echo_in_the_journal(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    place, ear = Hall(council, tmp_path), Ear(gate=True)
    said = clip("02-claire")
    place.hears(ANNE, 0.0, said)
    place.hears(PAUL, 2.0, again(said[2 * RATE :]))
    async with running(Transcription(council, ear, place.sounds, "base")):
        await place.passes()
        await until(lambda: bool(ear.asked))
    place.recorder.close()  # its words were not known yet
    (loud,), (faint,) = place.of(ANNE), place.of(PAUL)
    reborn = Council(council.log)
    job = Transcription(reborn, Ear(), from_journal(tmp_path), "base")
    async with running(job):
        await until(lambda: job.settled(meeting(reborn)))
    assert written(reborn) == [loud]
    assert noted(reborn) == [(faint, loud)]
    assert await Transcription(Council(council.log), Ear(), from_journal(tmp_path), "base").catch_up(ID) == 0


async def test_a_folder_that_is_transcribed_afterwards_is_looked_at_too(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    place, ear = Hall(council, tmp_path), Ear()
    place.hears(ANNE, 0.0, clip("02-claire"))
    place.hears(PAUL, 0.0, again(clip("02-claire")))
    await place.passes()
    place.recorder.close()
    assert await Transcription(council, ear, from_journal(tmp_path), "base").catch_up(ID) == 1
    assert written(council) == ear.asked == place.of(ANNE)


async def test_what_the_secretary_takes_in_gets_its_words_and_is_left_alone(tmp_path: Path) -> None:
    async with hall(tmp_path) as (place, ear, job):
        place.hears(ANNE, 0.0, clip("02-claire"))
        place.hears(PAUL, 0.0, again(clip("02-claire")))
        await place.passes()
        await settled(place, job)
        (loud,), (faint,) = place.of(ANNE), place.of(PAUL)
        await note(place.council)(RestoreLine, by=CHAIR, line=LineId(faint))
        await settled(place, job)
        assert ear.asked == [loud, faint]
        assert sorted(written(place.council)) == sorted([loud, faint])
        assert len(noted(place.council)) == 1


async def test_who_declined_is_nobodys_echo(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    await note(council)(c.ChooseRecording, by=ANNE, declined=True)
    place, ear = Hall(council, tmp_path), Ear()
    place.hears(ANNE, 0.0, clip("02-claire"))
    place.hears(PAUL, 0.0, again(clip("02-claire")))
    await place.passes()
    place.recorder.close()
    await Transcription(council, ear, from_journal(tmp_path), "base").catch_up(ID)
    assert place.of(ANNE) == []
    assert written(council) == place.of(PAUL)
    assert noted(council) == []


async def test_what_cannot_be_heard_stays_written_and_stops_nobody(tmp_path: Path) -> None:
    council = await in_session(tmp_path)
    keys = UtteranceId("a"), UtteranceId("b")
    for key, member in zip(keys, (ANNE, PAUL), strict=True):
        start = START + timedelta(minutes=1)
        await note(council)(
            c.NoteUtterance, utterance=key, member=member, start=start, end=start + timedelta(seconds=5)
        )

    def unreadable(_: MeetingId, wanted: Collection[UtteranceId]) -> dict[UtteranceId, bytes]:
        raise OSError(wanted)

    await Echoing(council, unreadable, lambda: START).look(ID, {keys[0]: b"no sound"})
    await Echoing(council, unreadable, lambda: START).look(ID, {keys[0]: (CLIPS / "02-claire.ogg").read_bytes()})
    assert noted(council) == []


SPANS = st.lists(st.tuples(st.sampled_from("123"), st.integers(0, 300), st.integers(1, 250)), max_size=25)


@given(SPANS, st.sets(st.integers(0, 24)))
def test_only_who_is_mostly_talked_over_is_ever_looked_at(
    spans: list[tuple[str, int, int]], fresh: Iterable[int]
) -> None:
    def at(tenths: int) -> datetime:
        return START + timedelta(seconds=tenths / 10)

    said = [
        UtteranceRecorded(UtteranceId(str(number)), MemberId(member), at(start), at(start + lasts))
        for number, (member, start, lasts) in enumerate(spans)
    ]
    new = {UtteranceId(str(number)) for number in fresh}
    found = {(pair.one.utterance, pair.over[0].member): pair for pair in pairs(said, new)}
    for one in said:
        lasts = one.end - one.start
        for member in set(map(MemberId, "123")) - {one.member}:
            over = [o for o in said if o.member == member and o.start < one.end and one.start < o.end]
            shared = sum((min(one.end, o.end) - max(one.start, o.start) for o in over), timedelta())
            touched = {one.utterance, *(o.utterance for o in over)} & new
            wanted = over and touched and lasts >= timedelta(seconds=1) and shared >= lasts / 2
            pair = found.pop((one.utterance, member), None)
            assert (pair is not None) is bool(wanted)
            if pair:
                assert pair.one == one
                assert {o.utterance for o in pair.over} == {o.utterance for o in over}
    assert not found
