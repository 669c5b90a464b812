"""Whole tracks: cut, packed, heard, written; and what people give that is no track."""

import json
import struct
import subprocess
import sys
import threading
import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from transcribe import formats, guard, speech, tracks
from transcribe.audio import RATE, decode, read, wav
from transcribe.engine import BATCH, Engine
from transcribe.errors import AudioUnreadable, TranscribeError
from transcribe.guard import Heard
from transcribe.pool import Pool
from transcribe.tracks import STRETCH, Report, Tracks, Utterance
from transcribe.words import Word
from transcribe.worker import Recipe


class Measure(Engine):
    """Hears how long each utterance is, so that a test can tell them apart."""

    def _hear(self, jobs, window):
        return [self._one(job) for job in jobs]

    def _one(self, job):
        seconds = len(decode(job.audio)) / RATE
        voiced = sum(end - start for start, end in job.voiced)
        words = (Word("dit", *job.voiced[0], 0.9),) if job.words else ()
        return Heard(f"{seconds:.1f} secondes", job.language or "fr", -0.2, 0.0, seconds, voiced, words=words)


def measuring(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return Recipe("test_speech_tracks:Measure")


def loud(*spans, length):
    """Noise in `spans` of seconds, silence elsewhere."""
    samples = np.zeros(int(length * RATE), np.float32)
    rng = np.random.default_rng(1)
    for start, end in spans:
        samples[int(start * RATE) : int(end * RATE)] = 0.3 * rng.standard_normal(int(end * RATE) - int(start * RATE))
    return samples


@pytest.fixture
def by_loudness(monkeypatch):
    """Every sound a voice: what is cut and placed can be known to the sample."""

    def found(samples):
        edges = np.flatnonzero(np.diff(np.abs(samples) > 0, prepend=False, append=False))
        joined = []
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if joined and start - joined[-1][1] < RATE // 10:
                joined[-1] = (joined[-1][0], int(end))
            else:
                joined.append((int(start), int(end)))
        return joined

    monkeypatch.setattr(speech, "spans", found)


def cut(samples, block):
    blocks = [samples[at : at + block] for at in range(0, len(samples), block)]
    return [one for _, found in tracks.cuts(iter(blocks)) for one in found]


@pytest.mark.parametrize("block", [RATE, 7 * RATE, 200 * RATE])
def test_a_track_gives_the_same_utterances_however_it_is_read(by_loudness, block):
    spans = [(3, 5), (5.3, 9), (55, 65), (118, 121), (150, 151)]
    found = cut(loud(*spans, length=180), block)
    assert [(round(one.start, 2), round(one.start + len(one.samples) / RATE, 2)) for one in found] == [
        (2.8, 9.2),
        (54.8, 65.2),
        (117.8, 121.2),
        (149.8, 151.2),
    ]
    placed = [(round(one.start + a, 2), round(one.start + b, 2)) for one in found for a, b in one.voiced]
    assert placed == spans


def test_who_never_pauses_is_cut_all_the_same(by_loudness):
    found = cut(loud((0, 300), length=300), RATE)
    assert sum(len(one.samples) for one in found) == pytest.approx(300 * RATE, rel=0.01)


def test_ten_hours_in_which_little_is_said_are_read_in_little_memory(by_loudness):
    quiet, minute = np.zeros(STRETCH, np.float32), loud((20, 24), length=60)
    tracemalloc.start()
    found = [one for _, some in tracks.cuts(minute if at % 60 == 7 else quiet for at in range(600)) for one in some]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [round(one.voiced[0][0] + one.start) for one in found] == [60 * (7 + 60 * hour) + 20 for hour in range(10)]
    assert peak < 64 * 2**20


async def test_tracks_become_one_conversation_in_order(by_loudness, monkeypatch, tmp_path):
    for name, spans in {"anne": [(1, 3), (10, 15)], "paul": [(5, 6)]}.items():
        (tmp_path / f"{name}.wav").write_bytes(wav(loud(*spans, length=20)))
    moved = []
    async with Pool(measuring(monkeypatch), workers=2) as pool:
        run = Tracks(pool, language="fr", progress=moved.append)
        report = await run.run([tmp_path / "anne.wav", tmp_path / "paul.wav"], "base", "/models/base")
    assert [(Path(one.track).stem, one.start, one.text) for one in report.utterances] == [
        ("anne", 1.0, "2.4 secondes"),
        ("paul", 5.0, "1.4 secondes"),
        ("anne", 10.0, "5.4 secondes"),
    ]
    assert (report.seconds_audio, report.seconds_speech) == (40.0, 8.0)
    assert report.failed == {}
    assert moved[-1].heard == 3


async def test_the_first_words_come_while_the_tracks_are_still_read(by_loudness, monkeypatch, tmp_path):
    voice = loud(*[(3 * at, 3 * at + 1) for at in range(BATCH)], length=3 * BATCH)
    (tmp_path / "anne.wav").write_bytes(wav(voice))
    heard = threading.Event()

    def slowly(track):
        assert track.stem == "anne" or heard.wait(60), "no word was heard before the last track was read"
        yield from read(tmp_path / "anne.wav")

    monkeypatch.setattr(tracks, "read", slowly)
    async with Pool(measuring(monkeypatch)) as pool:
        run = Tracks(pool, language="fr", progress=lambda at: heard.set() if at.heard else None)
        report = await run.run([tmp_path / "anne.wav", tmp_path / "paul.wav"], "base", "")
    assert len(report.utterances) + len(report.echoes) == 2 * BATCH


async def test_a_voice_in_two_microphones_is_written_once_and_kept_apart(by_loudness, monkeypatch, tmp_path):
    voice = loud((1, 4), (6, 8), length=10)
    (tmp_path / "anne.wav").write_bytes(wav(voice))
    (tmp_path / "paul.wav").write_bytes(wav(np.roll(voice, RATE // 10) * np.float32(0.3)))
    async with Pool(measuring(monkeypatch)) as pool:
        report = await Tracks(pool, language="fr").run([tmp_path / "paul.wav", tmp_path / "anne.wav"], "base", "")
    assert [(Path(one.track).stem, one.start) for one in report.utterances] == [("anne", 1.0), ("anne", 6.0)]
    assert [(Path(one.track).stem, one.start) for one in report.echoes] == [("paul", 1.1), ("paul", 6.1)]


def test_a_track_that_was_cut_gives_what_stands_before_the_cut(ogg, tmp_path):
    whole = ogg(loud((0, 8), length=8))
    (tmp_path / "cut.ogg").write_bytes(whole[: len(whole) // 2])
    assert 2 < sum(map(len, read(tmp_path / "cut.ogg"))) / RATE < 6


def seconds_or_sentence(track):
    try:
        return sum(map(len, read(track))) / RATE
    except AudioUnreadable as error:
        return error.detail


def test_a_cut_anywhere_is_sound_or_one_sentence(ogg, tmp_path):
    whole = ogg(loud((0, 2), length=2))
    for at in range(0, len(whole), 997):
        (tmp_path / "cut.ogg").write_bytes(whole[:at])
        said = seconds_or_sentence(tmp_path / "cut.ogg")
        assert said <= 2.1 if isinstance(said, float) else said.startswith(str(tmp_path)) and said.endswith(".")


def test_a_telephone_in_stereo_is_heard_as_any_other(tmp_path):
    with wave.open(str(tmp_path / "phone.wav"), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(8_000)
        tone = (8_000 * np.sin(np.arange(16_000) / 5)).astype("<i2")
        out.writeframes(np.repeat(tone, 2).tobytes())
    samples = decode((tmp_path / "phone.wav").read_bytes())
    assert len(samples) == pytest.approx(2 * RATE, abs=RATE // 50)
    assert 0.2 < np.abs(samples).max() < 0.4


def test_a_part_of_a_track_is_the_same_sound_however_loud():
    samples = loud((0, 1), length=1) * np.float32(10)
    kept = decode(wav(samples))
    assert np.allclose(kept * np.abs(samples).max(), samples, atol=1e-3)


HOURS = """
import sys
from pathlib import Path
from transcribe import tracks
from transcribe.audio import read
from transcribe.worker import peak_memory
before = peak_memory()
for at, found in tracks.cuts(read(Path(sys.argv[1]))):
    for cut in found:
        print(round(at), round(cut.start, 1), (peak_memory() - before) // 2**20)
print(round(at), 0, (peak_memory() - before) // 2**20)
"""


def test_a_track_of_hours_takes_the_memory_of_minutes(clips, tmp_path):
    """A file with a hole where nobody speaks: one sentence, after an hour and a half."""
    path, hours = tmp_path / "hours.wav", 5400
    said = wav(decode(clips[0].audio))[44:]
    length = 2 * RATE * hours + len(said)
    form = struct.pack("<IHHIIHH", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    head = b"RIFF" + struct.pack("<I", 36 + length) + b"WAVEfmt " + form + b"data" + struct.pack("<I", length)
    with path.open("wb") as file:
        file.write(head)
        file.seek(44 + 2 * RATE * hours)
        file.write(said)
    ran = subprocess.run([sys.executable, "-c", HOURS, path], capture_output=True, text=True, check=True)  # noqa: S603
    *cuts, end = [[float(word) for word in line.split()] for line in ran.stdout.splitlines()]
    assert cuts
    assert all(hours - 1 < start < hours + clips[0].seconds for _, start, _ in cuts)
    assert end[0] == pytest.approx(hours + clips[0].seconds, abs=1)
    assert end[2] < 200  # MiB; all of it would be 345


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "cannot be decoded|holds no sound"),
        (b"once upon a time " * 99, "cannot be decoded"),
        (None, "No such file"),
    ],
)
def test_what_is_no_track_is_one_sentence(tmp_path, content, why):
    if content is not None:
        (tmp_path / "track.ogg").write_bytes(content)
    with pytest.raises(AudioUnreadable, match=why):
        tracks.duration(tmp_path / "track.ogg")


async def test_a_track_that_fails_leaves_the_others_their_words(by_loudness, monkeypatch, tmp_path):
    (tmp_path / "good.wav").write_bytes(wav(loud((1, 3), length=5)))
    (tmp_path / "bad.wav").write_bytes(b"RIFF")
    async with Pool(measuring(monkeypatch)) as pool:
        report = await Tracks(pool).run([tmp_path / "bad.wav", tmp_path / "good.wav"], "base", "")
    assert [one.text for one in report.utterances] == ["2.4 secondes"]
    assert [type(error) for error in report.failed.values()] == [AudioUnreadable]


REPORT = Report(
    (
        Utterance(
            "rec/anne.ogg",
            1.25,
            3.5,
            "Adopté <à> l'unanimité.",
            (Word("Adopté", 1.25, 2.0, 0.9),),
            0.9,
            False,
            "Adopté <à> l'unanimité.",
            "fr",
        ),
        Utterance("rec/paul.ogg", 3725.0, 3726.0, "Vingt pour cent ?", (), 0.4, True, "20 % ?", "fr"),
    ),
    4000.0,
    3.25,
    1.5,
    "base",
    "/models/base",
    {"rec/lost.ogg": TranscribeError("gone")},
)


def test_json_says_what_the_readme_of_the_command_says():
    whole = json.loads(json.dumps(formats.to_json(REPORT)))
    assert list(whole) == ["utterances", "seconds_audio", "seconds_speech", "seconds", "model", "model_path", "echoes"]
    assert list(whole["utterances"][0]) == [
        "track",
        "start",
        "end",
        "text",
        "words",
        "confidence",
        "doubtful",
        "written",
        "language",
    ]
    assert whole["utterances"][0]["words"] == [{"text": "Adopté", "start": 1.25, "end": 2.0, "probability": 0.9}]


def test_captions_and_text():
    assert formats.to_vtt(REPORT) == (
        "WEBVTT\n\n00:00:01.250 --> 00:00:03.500\n<v anne>Adopté &lt;à&gt; l'unanimité.\n\n"
        "01:02:05.000 --> 01:02:06.000\n<v paul>20 % ?\n"
    )
    assert formats.to_srt(REPORT).startswith("1\n00:00:01,250 --> 00:00:03,500\nanne: Adopté <à> l'unanimité.\n\n2\n")
    assert formats.to_txt(REPORT).splitlines()[1] == "01:02:05  paul: 20 % ?  (? 0.40)"


def test_one_line_in_several_microphones_is_marked_where_it_is_unsure():
    lines = [("a", "Merci d'être là.", 0.4), ("b", "merci d'être là", 0.5), ("c", "Oui.", 0.3), ("d", "Oui.", 0.3)]
    assert guard.chorus([guard.Line(*line) for line in lines]) == {0, 1}
    sure = [guard.Line("a", "Je vote pour.", 0.9), guard.Line("b", "Je vote pour.", 0.9)]
    assert guard.chorus(sure) == set()


@pytest.mark.slow
def test_the_command_hears_two_people_and_tells_when_each_word_began(weights, clips, tmp_path):
    from meetings.cli import app

    chosen = {
        name: next(clip for clip in clips if clip.name == f"{name}.ogg") for name in ("en-vm-dialout", "en-vm-delete")
    }
    starts = {}
    for name, start in zip(chosen, (2.0, 6.5), strict=True):
        samples = decode(chosen[name].audio)
        starts[name] = start + int(np.argmax(np.abs(samples) > 0.05)) / RATE
        track = np.zeros(int((start + 1) * RATE) + len(samples), np.float32)
        track[int(start * RATE) : int(start * RATE) + len(samples)] = samples
        (tmp_path / f"{name}.wav").write_bytes(wav(track))
    (tmp_path / "bad.ogg").write_bytes(b"nothing")
    ran = CliRunner().invoke(
        app, ["transcribe", *map(str, sorted(tmp_path.iterdir())), "--language", "en", "--json"], catch_exceptions=False
    )
    assert ran.exit_code == 1
    said = json.loads(ran.stdout)["utterances"]
    assert [Path(one["track"]).stem for one in said] == list(chosen)
    for one in said:
        assert one["words"][0]["start"] == pytest.approx(starts[Path(one["track"]).stem], abs=0.2)
    assert ran.stderr.count("bad.ogg is left out") == 1
    assert weights.is_dir()
