"""Whole tracks, one file a speaker, to a conversation in order.

A track is read in stretches, so that ten hours need no more memory than ten minutes, and cut into utterances, which the
pool packs with those of all other speakers.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import av
import numpy as np

from transcribe import guard, numerals, speech
from transcribe.audio import RATE, Samples, read, wav
from transcribe.echoes import Sound, echoes, fingerprint
from transcribe.engine import AHEAD, BATCH, Job, Transcript
from transcribe.errors import TranscribeError
from transcribe.packing import LONGEST
from transcribe.pool import Pool
from transcribe.words import Word

STRETCH = 60 * RATE  # samples looked at together
TOGETHER = AHEAD // 2  # utterances read before the pool gets them
OPEN = RATE  # speech that ends this near to a stretch's end may go on behind it


@dataclass(frozen=True)
class Utterance:
    """What one speaker said in one go: times in seconds of the track, words with theirs, `confidence` from 0 to 1.

    `text` and `words` are what was heard, `written` is the same as people read it, its numbers in figures.
    """

    track: str
    start: float
    end: float
    text: str
    words: tuple[Word, ...]
    confidence: float
    doubtful: bool
    written: str = ""
    language: str = ""


@dataclass(frozen=True)
class Report:
    """A conversation in order of its beginnings. `failed` tracks have no words, or none after what failed; seconds of
    audio, of speech in it, and of work. `echoes` are what one microphone had of another's voice, not told twice."""

    utterances: tuple[Utterance, ...]
    seconds_audio: float
    seconds_speech: float
    seconds: float
    model: str
    model_path: str
    failed: dict[str, TranscribeError] = field(default_factory=dict)
    echoes: tuple[Utterance, ...] = ()


@dataclass(frozen=True)
class Progress:
    """`done` seconds of `track` are read, `heard` utterances of all tracks have their words."""

    track: str
    done: float
    heard: int


@dataclass(frozen=True)
class Cut:
    """One utterance as sound: where it starts in the track and its spans of speech in it, in seconds."""

    start: float
    samples: Samples
    voiced: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class _Piece:
    """A cut as the pool and the search for echoes want it, and its length."""

    job: Job
    sound: Sound
    seconds: float


def duration(track: Path) -> float | None:
    """Seconds, as the file's head tells; None where it does not.

    Raises:
        AudioUnreadable: it is absent, not a media file, without a sound track, or does not begin with a sound.
    """
    next(read(track))
    with av.open(str(track)) as container:
        return container.duration / av.time_base if container.duration else None


def cuts(blocks: Iterator[Samples]) -> Iterator[tuple[float, list[Cut]]]:
    """Utterances of a track as it is read: after each stretch the seconds read so far, and the utterances done."""
    held, begin = np.zeros(0, np.float32), 0
    waiting: list[Samples] = []
    for block in blocks:
        waiting.append(block)
        if len(held) + sum(map(len, waiting)) >= STRETCH:
            held, waiting = np.concatenate([held, *waiting]), []
            done, kept = _cut(held, begin, last=False)
            yield (begin + len(held)) / RATE, done
            held, begin = held[kept:], begin + kept
    held = np.concatenate([held, *waiting])
    yield (begin + len(held)) / RATE, _cut(held, begin, last=True)[0]


def _cut(held: Samples, begin: int, *, last: bool) -> tuple[list[Cut], int]:
    """The utterances that are over, and how many samples they and the silence before the next one take."""
    found = speech.spans(held)
    said = speech.utterances(found, len(held), LONGEST)
    kept = len(held)
    if not last and said and said[-1][1] > len(held) - OPEN:
        kept = said.pop()[0]
    return [_sound(held, begin, start, end, found) for start, end in said], kept


def _sound(held: Samples, begin: int, start: int, end: int, found: Sequence[speech.Span]) -> Cut:
    voiced = tuple(
        ((max(a, start) - start) / RATE, (min(b, end) - start) / RATE) for a, b in found if a < end and b > start
    )
    return Cut((begin + start) / RATE, held[start:end].copy(), voiced)


class Tracks:
    """One transcription of several tracks, by a pool. Use `run` once."""

    def __init__(
        self,
        pool: Pool,
        *,
        language: str | None = None,
        terms: Sequence[str] = (),
        words: bool = True,
        figures: bool = True,
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        self._pool, self._language, self._terms, self._words = pool, language, tuple(terms), words
        self._figures, self._progress = figures, progress
        self._room = asyncio.Semaphore(AHEAD)
        self._found: list[tuple[Utterance, Transcript, Sound]] = []
        self._failed: dict[str, TranscribeError] = {}
        self._audio = 0.0
        self._at = Progress("", 0.0, 0)

    async def run(self, tracks: Sequence[Path], model: str, model_path: str) -> Report:
        """What is said on the tracks. A track that cannot be read fails alone; its error is in the report.

        Raises:
            ModelBroken: no worker can load the model.
        """
        began = time.perf_counter()
        await self._pool.warm()
        async with asyncio.TaskGroup() as tasks:
            ready: list[_Piece] = []
            for track in tracks:
                async for piece in self._read(track):
                    ready.append(piece)
                    if len(ready) == TOGETHER or (len(ready) >= BATCH and self._pool.idle):
                        await self._submit(tasks, ready)
            await self._submit(tasks, ready)
        found = sorted(self._found, key=lambda heard: (heard[0].start, heard[0].track))
        said = [(utterance, sound) for utterance, _, sound in found if utterance.text]
        again = await asyncio.to_thread(echoes, [sound for _, sound in said])
        return Report(
            tuple(_checked([utterance for at, (utterance, _) in enumerate(said) if at not in again])),
            round(self._audio, 3),
            round(sum(transcript.speech for _, transcript, _ in found), 3),
            round(time.perf_counter() - began, 3),
            model,
            model_path,
            self._failed,
            tuple(said[at][0] for at in sorted(again)),
        )

    async def _submit(self, tasks: asyncio.TaskGroup, ready: list[_Piece]) -> None:
        """Give them to the pool at once: one by one they would be taken one by one, and a batch costs half as much."""
        for piece in ready:
            await self._room.acquire()
            tasks.create_task(self._hear(piece))
        ready.clear()

    def _tell(self) -> None:
        self._progress(replace(self._at, heard=len(self._found)))

    async def _read(self, track: Path) -> AsyncIterator[_Piece]:
        stretches, at = cuts(read(track)), 0.0
        try:
            while stretch := await asyncio.to_thread(self._stretch, str(track), stretches):
                at, found = stretch
                self._at = Progress(str(track), at, 0)
                self._tell()
                for piece in found:
                    yield piece
        except TranscribeError as error:
            self._failed[str(track)] = error
        self._audio += at

    def _stretch(self, track: str, stretches: Iterator[tuple[float, list[Cut]]]) -> tuple[float, list[_Piece]] | None:
        at, found = next(stretches, (0.0, None))
        return None if found is None else (at, [self._piece(track, cut) for cut in found])

    def _piece(self, track: str, cut: Cut) -> _Piece:
        job = Job(
            f"{track}@{cut.start:.3f}", wav(cut.samples), self._language,
            terms=self._terms, voiced=cut.voiced, words=self._words, late=True,
        )  # fmt: skip
        return _Piece(job, Sound(track, cut.start, fingerprint(cut.samples)), len(cut.samples) / RATE)

    async def _hear(self, piece: _Piece) -> None:
        try:
            heard = await self._pool.submit(piece.job)
        except TranscribeError as error:
            self._failed[piece.sound.track] = error
        else:
            self._found.append((self._utterance(piece, heard), heard, piece.sound))
            self._tell()
        finally:
            self._room.release()

    def _utterance(self, piece: _Piece, heard: Transcript) -> Utterance:
        start = piece.sound.start
        words = tuple(
            replace(word, start=round(start + word.start, 3), end=round(start + word.end, 3)) for word in heard.words
        )
        return Utterance(
            piece.sound.track,
            round(words[0].start if words else start, 3),
            round(words[-1].end if words else start + piece.seconds, 3),
            heard.text,
            words,
            round(heard.confidence, 3),
            heard.doubtful,
            numerals.written(heard.text, heard.language).text if self._figures else heard.text,
            heard.language,
        )


def _checked(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """Doubtful too where several tracks have one line of which the model is not sure."""
    chorus = guard.chorus([guard.Line(one.track, one.text, one.confidence) for one in utterances])
    for at, one in enumerate(utterances):
        yield replace(one, doubtful=True) if at in chorus else one
