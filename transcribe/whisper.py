"""Whisper through faster-whisper and CTranslate2, int8 on the CPU, one utterance at a time in a window of its size.

Whisper is trained on thirty seconds; most utterances have five. The encoder is given the utterance and three seconds of
silence only, a third of the cost at the same error rate. The price is an occasional loop: tokens are capped by
duration, and the contract hears a looping utterance again through a full window.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from ctranslate2 import StorageView
from ctranslate2.models import WhisperGenerationResult
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

from transcribe import speech
from transcribe.audio import RATE, Samples, decode
from transcribe.engine import BATCH, Engine, Job, Window
from transcribe.errors import ModelBroken, TranscribeError
from transcribe.guard import Heard

FRAME = 160  # samples a mel frame: 10 ms
FULL = 3_000  # frames of Whisper's own window
MARGIN = 300  # frames of silence after the utterance; one second less and repetition loops set in
LONGEST = 27 * RATE  # samples of a piece: with the margin it fills the window
MATCHED = 1.3  # pieces go in one batch if the longest window is at most this times the shortest
BEAM = 5
STYLE = {
    "fr": "Bonjour à toutes et à tous. Voici le compte rendu intégral de la séance.",
    "en": "Good evening, everyone. Here is the full record of the meeting.",
}


@dataclass(frozen=True)
class _Piece:
    """A stretch of one job's audio that fits a window."""

    job: int
    samples: Samples
    speech: float
    language: str
    prompt: str
    window: int  # frames

    @property
    def batch(self) -> tuple[str, str]:
        return self.language, self.prompt


@dataclass(frozen=True)
class _Said:
    text: str
    logprob: float
    no_speech: float
    cut: bool


class Whisper(Engine):
    """A Whisper model in CTranslate2's format, loaded from `folder`.

    Raises:
        ModelBroken: the folder cannot be loaded.
    """

    def __init__(self, folder: Path, *, language: str | None = None, threads: int = 1) -> None:
        super().__init__()
        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelBroken(f"The speech model in {folder} cannot be loaded: {error}") from error
        self._language = language
        self._tokenizers: dict[str, Tokenizer] = {}

    def _hear(self, jobs: Sequence[Job], window: Window) -> Sequence[Heard | TranscribeError]:
        heard: dict[int, Heard | TranscribeError] = {}
        pieces: list[_Piece] = []
        for at, job in enumerate(jobs):
            try:
                samples = decode(job.audio)
            except TranscribeError as error:
                heard[at] = error
                continue
            found = speech.spans(samples)
            language = job.language or self._language or (self._detect(samples) if found else "")
            mine = list(self._pieces(at, samples, found, language, job.prompt, window))
            heard[at] = _empty(samples, found, language, mine)
            pieces += mine
        self._fill(heard, pieces)
        return [heard[at] for at in range(len(jobs))]

    def _pieces(
        self, at: int, samples: Samples, found: list[speech.Span], language: str, prompt: str, window: Window
    ) -> Iterator[_Piece]:
        for start, end in speech.cuts(found, len(samples), LONGEST):
            voiced = speech.seconds([(max(a, start), min(b, end)) for a, b in found if a < end and b > start])
            if voiced > 0:
                short = min(FULL, -(-(end - start) // FRAME) + MARGIN)
                frames = FULL if window is Window.FULL else short + short % 2
                prompt = prompt or STYLE.get(language, "")
                yield _Piece(at, samples[start:end], voiced, language, prompt, frames)

    def _fill(self, heard: dict[int, Heard | TranscribeError], pieces: list[_Piece]) -> None:
        said: dict[int, _Said] = {}
        for group in _groups(pieces):
            said |= dict(zip(group, self._generate([pieces[index] for index in group]), strict=True))
        for at, indexes in groupby(range(len(pieces)), key=lambda index: pieces[index].job):
            blank = heard[at]
            if isinstance(blank, Heard):
                heard[at] = _joined(blank, [said[index] for index in indexes])

    def _generate(self, pieces: list[_Piece]) -> list[_Said]:
        window = max(piece.window for piece in pieces)
        tokenizer = self._tokenizer(pieces[0].language)
        prompt = self._prompt(tokenizer, pieces[0].prompt)
        room = min(448 - len(prompt), _cap(pieces, window))
        results = self._model.model.generate(
            self._encode([piece.samples for piece in pieces], window),
            [prompt] * len(pieces),
            beam_size=BEAM,
            max_length=len(prompt) + room,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
        )
        return [_said(tokenizer, result, room) for result in results]

    def _encode(self, audio: list[Samples], window: int) -> StorageView:
        extract = self._model.feature_extractor
        padded = [np.pad(samples, (0, max(0, window * FRAME - len(samples)))) for samples in audio]
        return self._model.encode(np.stack([extract(samples)[:, :window] for samples in padded]))

    def _prompt(self, tokenizer: Tokenizer, text: str) -> list[int]:
        before = [tokenizer.sot_prev, *tokenizer.encode(" " + text.strip())[-223:]] if text else []
        return [*before, *tokenizer.sot_sequence, tokenizer.no_timestamps]

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._tokenizers:
            multilingual = self._model.model.is_multilingual
            self._tokenizers[language] = Tokenizer(
                self._model.hf_tokenizer, multilingual, task="transcribe", language=language
            )
        return self._tokenizers[language]

    def _detect(self, samples: Samples) -> str:
        if not self._model.model.is_multilingual:
            return "en"
        encoded = self._encode([samples[: FULL * FRAME]], FULL)
        token, _ = self._model.model.detect_language(encoded)[0][0]
        return str(token).strip("<|>")


def _groups(pieces: list[_Piece]) -> Iterator[list[int]]:
    """Indexes of pieces that may share a batch: one language and prompt, windows of like length."""
    order = sorted(range(len(pieces)), key=lambda index: (*pieces[index].batch, pieces[index].window))
    group: list[int] = []
    for index in order:
        first = pieces[group[0]] if group else None
        if first and not (
            len(group) < BATCH and pieces[index].batch == first.batch and pieces[index].window <= MATCHED * first.window
        ):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _cap(pieces: list[_Piece], window: int) -> int:
    longest = max(len(piece.samples) for piece in pieces) / RATE
    return 224 if window == FULL else int(8 * longest) + 12


def _said(tokenizer: Tokenizer, result: WhisperGenerationResult, room: int) -> _Said:
    tokens = result.sequences_ids[0]
    logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)  # the end of text is scored, but not counted
    return _Said(tokenizer.decode(tokens).strip(), logprob, result.no_speech_prob, len(tokens) >= room)


def _empty(samples: Samples, found: list[speech.Span], language: str, pieces: list[_Piece]) -> Heard:
    prompt = pieces[0].prompt if pieces else ""
    return Heard("", language, 0.0, 1.0, len(samples) / RATE, speech.seconds(found), prompt)


def _joined(blank: Heard, said: list[_Said]) -> Heard:
    weights = [max(1, len(one.text)) for one in said]
    return Heard(
        text=" ".join(one.text for one in said if one.text),
        language=blank.language,
        logprob=float(np.average([one.logprob for one in said], weights=weights)),
        no_speech=float(np.average([one.no_speech for one in said], weights=weights)),
        seconds=blank.seconds,
        speech=blank.speech,
        prompt=blank.prompt,
        cut=any(one.cut for one in said),
    )
