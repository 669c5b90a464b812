"""What is said when the recording begins: the sounds that ship, a council's own file, and what is refused."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from meetings import faults
from meetings.i18n import LANGUAGES, translator
from meetings.recording.announcement import LONGEST, announcement
from meetings.recording.errors import Code, RecordingError
from meetings.recording.ogg import OggOpusWriter
from meetings.recording.opus import SILENCE

OWN = files("meetings.recording.announcement")


def written(path: Path, seconds: float) -> Path:
    with path.open("wb") as file:
        writer = OggOpusWriter(file, 1)
        writer.packet(SILENCE, 960, int(seconds * 50))
        writer.close()
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_house_has_its_own_words_in_every_language(lang: str) -> None:
    packets = announcement("on")[lang]
    assert 4 < len(packets) / 50 < 8
    assert len((OWN / f"{lang}.ogg").read_bytes()) < 25_000
    (step,) = tomllib.loads((OWN / f"{lang}.toml").read_text("utf-8"))["steps"]
    assert step["audio"] == f"{lang}.ogg"
    assert step["text"] in " ".join((Path(__file__).parents[2] / "docs/minutes.md").read_text("utf-8").split())


def test_a_councils_own_file_is_said_in_every_language(tmp_path: Path) -> None:
    said = announcement(str(written(tmp_path / "own.ogg", LONGEST)))
    assert said == dict.fromkeys(LANGUAGES, (SILENCE,) * int(LONGEST * 50))


def test_nothing_is_said_where_it_is_off() -> None:
    assert announcement("off") == {}


@pytest.mark.parametrize(
    ("seconds", "code"), [(0, Code.UNSPEAKABLY_LONG), (LONGEST + 0.02, Code.UNSPEAKABLY_LONG), (None, Code.UNSPEAKABLE)]
)
def test_a_file_that_cannot_be_said_is_refused_with_a_remedy(tmp_path: Path, seconds: float | None, code: Code) -> None:
    path = tmp_path / "own.ogg"
    if seconds is None:
        path.write_bytes(b"ID3 a song")
    else:
        written(path, seconds)
    with pytest.raises(RecordingError) as refused:
        announcement(str(path))
    assert refused.value.code is code
    for lang in LANGUAGES:
        words = faults.sentence(refused.value, translator(lang))
        assert str(path) in words
        assert "HEMICYCLE_ANNOUNCEMENT" in words
        assert f"{LONGEST:g} second" in words or code is Code.UNSPEAKABLE
