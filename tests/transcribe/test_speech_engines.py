"""One contract, held by every engine; and what Whisper alone must hold."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from transcribe.audio import RATE
from transcribe.engine import BATCH, Engine, Job, Transcript, tongues
from transcribe.errors import AudioUnreadable, EngineFailed, ModelBroken
from transcribe.guard import Cause
from transcribe.score import word_error_rate
from transcribe.scripted import Line, Scripted
from transcribe.whisper import Whisper

ANNOUNCEMENT = Path(__file__).parents[2] / "meetings/recording/announcement"
SAID = "Please enter your conference number followed by the pound key."


@pytest.fixture
def spoken(request):
    clips = request.getfixturevalue("clips")
    return next(clip for clip in clips if clip.name == "en-conf-getconfno.ogg").audio


@pytest.fixture(params=["scripted", pytest.param("whisper", marks=pytest.mark.slow)])
def engine(request):
    if request.param == "whisper":
        return request.getfixturevalue("whisper")
    return Scripted({key: Line(SAID, language="en", seconds=3.5) for key in ["said", "again"]})


def test_results_come_in_order_one_a_job_over_more_than_a_batch(engine, ogg):
    quiet = ogg(np.zeros(RATE, np.float32))
    jobs = [Job(f"quiet-{number}", quiet, "fr") for number in range(BATCH + 3)]
    results = engine.transcribe(jobs)
    assert [result.key for result in results] == [job.key for job in jobs]


def test_an_utterance_without_speech_gives_no_text_and_says_why(engine, ogg):
    (result,) = engine.transcribe([Job("quiet", ogg(np.zeros(3 * RATE, np.float32)), "fr")])
    assert (result.text, result.cause, result.speech, result.doubtful) == ("", Cause.SILENCE, 0.0, False)


def test_audio_that_cannot_be_read_fails_alone(engine, ogg):
    quiet = Job("quiet", ogg(np.zeros(RATE, np.float32)), "fr")
    before, broken, after = engine.transcribe([quiet, Job("broken", b""), quiet])
    assert isinstance(broken, AudioUnreadable)
    assert not broken.retryable
    assert isinstance(before, Transcript)
    assert isinstance(after, Transcript)


def test_speech_gives_text_language_confidence_and_time(engine, spoken):
    (result,) = engine.transcribe([Job("said", spoken, "en")])
    assert word_error_rate([(SAID, result.text)], "en") < 0.5
    assert result.language == "en"
    assert -1.0 < result.logprob < 0.0
    assert 0 < result.speech <= result.seconds
    assert result.took > 0


def test_an_unknown_language_is_found_out(engine, spoken):
    (result,) = engine.transcribe([Job("said", spoken)])
    assert result.language == "en"


def test_metrics_count_what_was_done(engine, ogg):
    before = engine.metrics
    engine.transcribe([Job("quiet", ogg(np.zeros(RATE, np.float32)), "fr"), Job("broken", b"")])
    after = engine.metrics
    assert (after.jobs - before.jobs, after.failed - before.failed, after.refused - before.refused) == (2, 1, 1)
    assert after.took > before.took


def test_a_loop_is_heard_again_through_a_full_window():
    engine = Scripted({"looped": Line("et puis " * 30, full="Et puis on vote."), "sound": Line("Adopté.")})
    looped, sound = engine.transcribe([Job("looped", b"."), Job("sound", b".")])
    assert (looped.text, looped.cause) == ("Et puis on vote.", None)
    assert sound.text == "Adopté."
    assert engine.metrics.retried == 1


def test_refused_text_is_kept_apart_for_whoever_checks():
    engine = Scripted({"laugh": Line("C'est la première fois.", logprob=-1.4, no_speech=0.7)})
    (laugh,) = engine.transcribe([Job("laugh", b".")])
    assert (laugh.text, laugh.refused, laugh.cause) == ("", "C'est la première fois.", Cause.NOISE)


class Fragile(Scripted):
    """An engine whose library gives up on a whole batch for one job in it."""

    def _hear(self, jobs, window):
        if any(job.key == "poison" for job in jobs):
            raise RuntimeError("out of range")
        return super()._hear(jobs, window)


def test_one_job_that_an_engine_chokes_on_costs_its_batch_nothing():
    engine: Engine = Fragile({"good": Line("Adopté.")})
    good, poison = engine.transcribe([Job("good", b"."), Job("poison", b".")])
    assert good.text == "Adopté."
    assert isinstance(poison, EngineFailed)
    assert poison.retryable
    assert "out of range" in poison.detail


@pytest.mark.slow
@pytest.mark.parametrize("sound", ["silence", "noise", "hum", "clicks"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_invented_for_a_minute_without_speech(whisper, ogg, sound, language):
    rng = np.random.default_rng(3)
    length = 60 * RATE
    clicks = np.zeros(length)
    clicks[rng.integers(0, length, 200)] = 0.8
    samples = {
        "silence": np.zeros(length),
        "noise": 0.1 * rng.standard_normal(length),
        "hum": 0.3 * np.sin(2 * np.pi * 50 * np.arange(length) / RATE) + 0.01 * rng.standard_normal(length),
        "clicks": clicks,
    }[sound]
    (result,) = whisper.transcribe([Job(sound, ogg(samples.astype(np.float32)), language)])
    assert result.text == ""
    assert result.seconds == pytest.approx(60, abs=0.5)


@pytest.mark.slow
def test_a_speech_longer_than_the_window_is_heard_to_its_end(whisper, clips, ogg):
    from transcribe.audio import decode

    parts = [clip for clip in clips if clip.language == "en" and clip.seconds > 6][:6]
    pause = np.zeros(RATE // 2, np.float32)
    samples = np.concatenate([block for clip in parts for block in (decode(clip.audio), pause)])
    assert len(samples) > 35 * RATE
    (result,) = whisper.transcribe([Job("long", ogg(samples), "en")])
    assert word_error_rate([(" ".join(clip.reference for clip in parts), result.text)], "en") < 0.15


@pytest.mark.slow
@pytest.mark.parametrize(("language", "most"), [("fr", 0.22), ("en", 0.12)])
def test_word_error_rate_of_recorded_prompts(whisper, clips, language, most):
    chosen = [clip for clip in clips if clip.language == language][::6]
    results = whisper.transcribe([Job(clip.name, clip.audio, language) for clip in chosen])
    rate = word_error_rate([(clip.reference, one.text) for clip, one in zip(chosen, results, strict=True)], language)
    assert rate <= most


@pytest.mark.slow
def test_a_folder_that_is_no_model_is_a_typed_error(tmp_path):
    from transcribe.whisper import Whisper

    (tmp_path / "model.bin").write_bytes(b"not a model")
    with pytest.raises(ModelBroken, match="cannot be loaded"):
        Whisper(tmp_path)


def test_the_score_does_not_count_spelling_as_error():
    assert word_error_rate([("Vingt-trois voix, adopté !", "23 voix : adopté")], "fr") == 0
    assert word_error_rate([("un deux trois quatre", "un deux quatre")], "fr") == 0.25
    with pytest.raises(ValueError, match="No reference"):
        word_error_rate([("...", "rien")], "fr")


@pytest.mark.parametrize(
    ("said", "languages"),
    [("auto", ()), ("", ()), ("fr", ("fr",)), ("fr,en", ("fr", "en")), (" FR  en;de fr", ("fr", "en", "de"))],
)
def test_a_list_of_languages_is_read_as_people_write_it(said, languages):
    assert tongues(said) == languages


@pytest.mark.slow
@pytest.mark.parametrize(("main", "other"), [("fr", "en"), ("en", "fr")])
def test_a_meeting_in_two_languages_has_each_utterance_in_its_own(weights, clips, main, other):
    engine = Whisper(weights, language=main, others=(other,))
    some = [clip for clip in clips if 3 < clip.seconds < 5][::9]
    results = engine.transcribe([Job(clip.name, clip.audio) for clip in some])
    found = [(clip.language, result.language) for clip, result in zip(some, results, strict=True)]
    assert len(found) >= 8
    assert (main, other) not in found
    assert found.count((other, other)) >= 0.7 * sum(spoken == other for spoken, _ in found)


@pytest.mark.slow
def test_who_speaks_the_main_language_is_heard_in_it_whatever_others_may_be_spoken(weights, spoken):
    (result,) = Whisper(weights, language="en", others=("de",)).transcribe([Job("said", spoken)])
    assert result.language == "en"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
def test_a_model_that_memory_does_not_hold_is_one_sentence_with_a_way_out(weights):
    limited = (
        "import resource, sys; from pathlib import Path; from transcribe.worker import verified\n"
        "resource.setrlimit(resource.RLIMIT_AS, (500 * 2**20,) * 2)\n"
        "try: verified('base', Path(sys.argv[1]), 'fr', 1, 'cpu')\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    command = [sys.executable, "-c", limited, str(weights)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert said.startswith("ModelBroken There is not enough memory for the speech model in")
    assert "choose a smaller model (`hemicycle models list`)" in said


@pytest.mark.slow
def test_an_utterance_is_heard_the_same_beside_a_longer_one(whisper, clips, spoken):
    longer = next(clip for clip in clips if clip.language == "en" and 4.5 < clip.seconds < 5.5)
    (alone,) = whisper.transcribe([Job("said", spoken, "en")])
    beside, _ = whisper.transcribe([Job("said", spoken, "en"), Job("longer", longer.audio, "en")])
    assert word_error_rate([(SAID, alone.text)], "en") < 0.2
    assert beside.text == alone.text


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_bot_says_of_the_recording_is_understood_word_for_word(whisper, language):
    (step,) = tomllib.loads((ANNOUNCEMENT / f"{language}.toml").read_text("utf-8"))["steps"]
    (result,) = whisper.transcribe([Job("said", (ANNOUNCEMENT / step["audio"]).read_bytes(), language)])
    assert re.findall(r"\w+", result.text.lower()) == re.findall(r"\w+", step["text"].lower())
