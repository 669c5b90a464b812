"""Whisper through faster-whisper and CTranslate2: int8 on the CPU, half precision on a GPU, in windows packed to size.

The price of short windows is an occasional loop: tokens are capped by duration, and the contract hears a looping
utterance again through a full window.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import numpy as np
from ctranslate2 import StorageView, get_cuda_device_count
from ctranslate2.models import WhisperGenerationResult
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

from transcribe import packing, speech, vocabulary
from transcribe.audio import RATE, Samples, decode
from transcribe.engine import Engine, Job, Window
from transcribe.errors import ModelBroken, TranscribeError
from transcribe.guard import Heard
from transcribe.packing import FRAME, FULL, Piece
from transcribe.words import Word, settled

BEAM = 5
SURE = -0.3  # mean log-probability above which a wider search finds nothing better
TAIL = 25  # frames of the encoding, half a second, of which the silence behind it is made
TOLD = 6 * RATE  # samples that tell a language
CERTAIN = 0.6  # share of one above which it is spoken, and not the main one
STYLE = {
    "fr": "Bonjour, et bienvenue. Voici, mot pour mot, ce qui est dit.",
    "en": "Good evening, everyone. Here is the full record of the meeting.",
}


class Device(StrEnum):
    """Where the model computes; AUTO is a GPU that works, or the processor."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


PRECISION = {Device.CPU: "int8", Device.CUDA: "float16"}


@dataclass(frozen=True)
class _Said:
    text: str
    logprob: float
    no_speech: float
    cut: bool
    words: tuple[Word, ...] = ()


class Whisper(Engine):
    """A Whisper model in CTranslate2's format, loaded from `folder`.

    Args:
        folder: of the model's files.
        language: of jobs that name none; None finds it out, utterance by utterance.
        others: languages that may be spoken beside it, taken where one is surely heard.
        threads: of the processor.
        device: "cpu", "cuda" or "auto".
        precision: CTranslate2's compute type; "" for the device's usual one.
        beam: hypotheses kept while decoding; 0 for one, and BEAM once more where the model is not sure.

    Raises:
        ModelBroken: the folder cannot be loaded, or not on that device.
    """

    def __init__(
        self,
        folder: Path,
        *,
        language: str | None = None,
        others: Sequence[str] = (),
        threads: int = 1,
        device: str = Device.CPU,
        precision: str = "",
        beam: int = 0,
    ) -> None:
        super().__init__()
        self._model, self.device = _load(folder, Device(device), precision, threads)
        self._language, self._others, self._beam = language, tuple(others), beam
        self._tokenizers: dict[str, Tokenizer] = {}

    def _hear(self, jobs: Sequence[Job], window: Window) -> Sequence[Heard | TranscribeError]:
        heard: dict[int, Heard | TranscribeError] = {}
        pieces: list[Piece] = []
        for at, job in enumerate(jobs):
            try:
                samples = decode(job.audio)
            except TranscribeError as error:
                heard[at] = error
                continue
            found = speech.spans(samples) if job.voiced is None else _in_samples(job.voiced, len(samples))
            main, others = job.language or self._language, job.others or self._others
            language = self._spoken(main, others, samples, found)
            prompt = vocabulary.prompt(job.terms, language, job.prompt or STYLE.get(language, ""))
            mine = list(packing.pieces(at, samples, found, language, prompt, window is Window.FULL, job.hasty))
            heard[at] = _empty(samples, found, language, prompt if mine else "")
            pieces += mine
        self._fill(heard, pieces, {at for at, job in enumerate(jobs) if job.words})
        return [heard[at] for at in range(len(jobs))]

    def _fill(self, heard: dict[int, Heard | TranscribeError], pieces: list[Piece], timed: set[int]) -> None:
        said: dict[int, _Said] = {}
        for group in packing.batches([piece.kind for piece in pieces], [piece.window for piece in pieces]):
            batch = [pieces[index] for index in group]
            said |= dict(zip(group, self._generate(batch, any(piece.job in timed for piece in batch)), strict=True))
        for at, indexes in groupby(range(len(pieces)), key=lambda index: pieces[index].job):
            blank = heard[at]
            if isinstance(blank, Heard):
                heard[at] = _joined(blank, [said[index] for index in indexes])

    def _generate(self, pieces: list[Piece], timed: bool) -> list[_Said]:
        tokenizer = self._tokenizer(pieces[0].language)
        window = max(piece.window for piece in pieces)
        encoded = self._encode([piece.samples for piece in pieces], window)
        beam = self._beam or (BEAM if pieces[0].again else 1)
        results = self._decode(encoded, pieces, tokenizer, beam)
        poor = (at for at, result in enumerate(results) if result.scores[0] < SURE and beam == 1)
        unsure = [at for at in poor if not pieces[at].hasty]
        if unsure:
            some = self._some(encoded, pieces, unsure, window)
            wider = self._decode(some, [pieces[at] for at in unsure], tokenizer, BEAM)
            for at, result in zip(unsure, wider, strict=True):
                results[at] = max(results[at], result, key=lambda one: one.scores[0])
        words = self._words(pieces, tokenizer, encoded, results) if timed else [()] * len(pieces)
        return [
            _said(tokenizer, result, piece.room(), its)
            for result, piece, its in zip(results, pieces, words, strict=True)
        ]

    def _encode(self, audio: list[Samples], window: int) -> StorageView:
        if self.device is Device.CUDA:
            return self._model.encode(np.stack([self._mel(samples, window) for samples in audio]))
        # One by one a processor is as fast, and eight long windows would take a gigabyte.
        return StorageView.from_array(np.concatenate([self._filled(samples, window) for samples in audio]))

    def _mel(self, samples: Samples, window: int) -> Samples:
        padded = np.pad(samples, (0, max(0, window * FRAME - len(samples))))
        return np.asarray(self._model.feature_extractor(padded)[:, :window])

    def _filled(self, samples: Samples, window: int) -> Samples:
        """The encoding of what is said and a little silence; the rest of its window is that silence again and again,
        which the decoder sees as well as if it had been computed. A full window is computed whole."""
        own = window if window == FULL else min(window, packing.frames(len(samples)) - packing.SPARED)
        encoded = np.asarray(self._model.encode(self._mel(samples, own)))
        missing = window // 2 - encoded.shape[1]
        silence = np.tile(encoded[:, -TAIL:], (1, -(-missing // TAIL), 1))[:, :missing]
        return np.concatenate([encoded, silence], axis=1)

    def _decode(
        self, encoded: StorageView, pieces: list[Piece], tokenizer: Tokenizer, beam: int
    ) -> list[WhisperGenerationResult]:
        prompt = self._prompt(tokenizer, pieces[0].prompt)
        return list(
            self._model.model.generate(
                encoded,
                [prompt] * len(pieces),
                beam_size=beam,
                max_length=len(prompt) + min(448 - len(prompt), max(piece.room() for piece in pieces)),
                return_scores=True,
                return_no_speech_prob=True,
                suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            )
        )

    def _some(self, encoded: StorageView, pieces: list[Piece], which: list[int], window: int) -> StorageView:
        if self.device is Device.CUDA:  # computed again sooner than brought out of the card and back
            return self._encode([pieces[at].samples for at in which], window)
        return StorageView.from_array(np.ascontiguousarray(np.asarray(encoded)[which]))

    def _words(
        self, pieces: list[Piece], tokenizer: Tokenizer, encoded: StorageView, results: list[WhisperGenerationResult]
    ) -> list[tuple[Word, ...]]:
        silent = tokenizer.encode(".")  # what says nothing must still be something to align
        tokens = [result.sequences_ids[0] or silent for result in results]
        lengths = [min(FULL, -(-len(piece.samples) // FRAME)) for piece in pieces]
        found = self._model.find_alignment(tokenizer, tokens, encoded, lengths)
        return [
            _timed(words, piece) if result.sequences_ids[0] else ()
            for words, piece, result in zip(found, pieces, results, strict=True)
        ]

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

    def _spoken(self, main: str | None, others: Sequence[str], samples: Samples, found: Sequence[speech.Span]) -> str:
        """The language of an utterance: the main one, unless another that may be spoken is surely heard."""
        others = [other for other in others if other != main]
        if not found or (main and not others):
            return main or ""
        if not self._model.model.is_multilingual:
            return "en"
        begin = max(0, found[0][0] - speech.PAD)
        heard = samples[begin : begin + TOLD]
        encoded = self._encode([heard], packing.frames(len(heard)))
        likely = {str(token).strip("<|>"): share for token, share in self._model.model.detect_language(encoded)[0]}
        best = max(others if main else likely, key=lambda one: likely.get(one, 0.0))
        return main if main and likely.get(best, 0.0) < CERTAIN else best


def _load(folder: Path, device: Device, precision: str, threads: int) -> tuple[WhisperModel, Device]:
    if device is Device.AUTO and get_cuda_device_count():
        try:
            return _load(folder, Device.CUDA, precision, threads)
        except ModelBroken:  # a driver without its libraries, a card too small or in use
            return _load(folder, Device.CPU, precision, threads)
    device = Device.CPU if device is Device.AUTO else device
    try:
        model = WhisperModel(
            str(folder),
            device=device.value,
            compute_type=precision or PRECISION[device],
            cpu_threads=threads,
            local_files_only=True,
        )
        if device is Device.CUDA:  # what is missing is missed at the first computation
            model.encode(np.zeros((model.feature_extractor.mel_filters.shape[0], 2), np.float32))
    except (RuntimeError, ValueError, OSError, MemoryError) as error:
        if isinstance(error, MemoryError) or re.search(r"alloc|out of memory", str(error)):
            raise ModelBroken(
                f"There is not enough memory for the speech model in {folder} ({error}). Close other programs, or"
                " choose a smaller model (`hemicycle models list`)."
            ) from error
        raise ModelBroken(f"The speech model in {folder} cannot be loaded: {error}") from error
    return model, device


def _in_samples(voiced: Sequence[tuple[float, float]], length: int) -> list[speech.Span]:
    spans = [(max(0, int(start * RATE)), min(length, int(end * RATE))) for start, end in voiced]
    return [span for span in spans if span[0] < span[1]]


def _said(tokenizer: Tokenizer, result: WhisperGenerationResult, room: int, words: tuple[Word, ...]) -> _Said:
    tokens = result.sequences_ids[0]
    logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)  # the end of text is scored, but not counted
    return _Said(tokenizer.decode(tokens).strip(), logprob, result.no_speech_prob, len(tokens) >= room, words)


def _timed(found: Sequence[dict[str, object]], piece: Piece) -> tuple[Word, ...]:
    """Words in seconds from the beginning of the job's audio."""
    begin = piece.start / RATE
    words = [
        Word(
            str(one["word"]).strip(),
            begin + float(one["start"]),  # type: ignore[arg-type]
            begin + float(one["end"]),  # type: ignore[arg-type]
            round(float(one["probability"]), 3),  # type: ignore[arg-type]
        )
        for one in found
        if str(one["word"]).strip()
    ]
    return settled(words, [(begin + start / RATE, begin + end / RATE) for start, end in piece.voiced])


def _empty(samples: Samples, found: list[speech.Span], language: str, prompt: str) -> Heard:
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
        words=tuple(word for one in said for word in one.words),
    )
