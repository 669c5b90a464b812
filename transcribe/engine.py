"""The contract of every speech engine: utterances in, judged transcripts out, in the order given.

`Engine.transcribe` owns batching, retries, judgement and metrics; an implementation writes `_hear` alone. This module
imports no numeric library, so a process may speak of jobs and transcripts without paying for a model.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import exp
from time import perf_counter

from transcribe import guard
from transcribe.errors import EngineFailed, TranscribeError
from transcribe.guard import Cause, Heard
from transcribe.words import Word

BATCH = 8  # the decoder costs a third a token in a batch of eight; sixteen gains nothing more
AHEAD = 8 * BATCH  # jobs looked at together, to find those of like length; more would hold more sound in memory


@dataclass(frozen=True)
class Job:
    """One utterance of one speaker: an audio file, its language (None: find out), a short prompt ("": the engine's
    own), and terms to be spelled right. `key` is the caller's, and comes back with the transcript. `voiced` are the
    spans of speech in seconds (None: find them); `words` asks for the time of each word; `late` work waits for what
    is not; `hasty` work is heard once and quickly, because it will be heard again. `others` are languages that may be
    spoken beside its own, where not those the engine was made with."""

    key: str
    audio: bytes
    language: str | None = None
    prompt: str = ""
    terms: tuple[str, ...] = ()
    voiced: tuple[tuple[float, float], ...] | None = None
    words: bool = False
    late: bool = False
    hasty: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """What was said. Text that was refused is empty, with its `cause`, and stands in `refused` for whoever checks;
    doubtful text is kept, with its cause. `seconds` of audio, `speech` of them voice, `took` seconds of this engine
    (its share of a batch), `logprob` and `no_speech` as the model gave them."""

    key: str
    text: str
    language: str
    logprob: float
    no_speech: float
    doubtful: bool
    seconds: float
    speech: float
    took: float
    cause: Cause | None = None
    refused: str = ""
    words: tuple[Word, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean probability of a token, between 0 and 1; 0 where there is no text."""
        return exp(min(0.0, self.logprob)) if self.text else 0.0


Result = Transcript | TranscribeError


@dataclass(frozen=True)
class Metrics:
    """Counted since the engine was made; `seconds` of audio and `took` seconds of wall time."""

    jobs: int = 0
    retried: int = 0
    refused: int = 0
    doubtful: int = 0
    failed: int = 0
    seconds: float = 0.0
    took: float = 0.0


class Window(Enum):
    """How much the model looks at: the utterance and a margin of silence, or always its full thirty seconds."""

    SHORT = "short"
    FULL = "full"


class Engine(ABC):
    """A speech engine. Not safe for threads: one engine, one worker."""

    def __init__(self) -> None:
        self.metrics = Metrics()

    def transcribe(self, jobs: Sequence[Job]) -> list[Result]:
        """One result a job, in order; a job that fails gives its error and spoils no other."""
        return [result for at in range(0, len(jobs), AHEAD) for result in self._batch(jobs[at : at + AHEAD])]

    @abstractmethod
    def _hear(self, jobs: Sequence[Job], window: Window) -> Sequence[Heard | TranscribeError]:
        """What was heard in each job, or why nothing could be; at most AHEAD jobs; may raise for all of them."""

    def _batch(self, jobs: Sequence[Job]) -> list[Result]:
        began = perf_counter()
        heard = self._try(jobs, Window.SHORT)
        doubted = (at for at, one in enumerate(heard) if isinstance(one, Heard) and guard.suspect(one))
        again = [at for at in doubted if not jobs[at].hasty]
        if again:
            for at, one in zip(again, self._try([jobs[at] for at in again], Window.FULL), strict=True):
                heard[at] = one
        took = perf_counter() - began
        results = [_result(job, one, took / len(jobs)) for job, one in zip(jobs, heard, strict=True)]
        self._count(results, len(again), took)
        return results

    def _try(self, jobs: Sequence[Job], window: Window) -> list[Heard | TranscribeError]:
        try:
            return list(self._hear(jobs, window))
        except Exception as error:  # an engine's libraries raise what they like; one bad job must not cost its batch
            if len(jobs) > 1:
                return [one for job in jobs for one in self._try([job], window)]
            failed = error if isinstance(error, TranscribeError) else EngineFailed(f"{type(error).__name__}: {error}")
            return [failed]

    def _count(self, results: Sequence[Result], retried: int, took: float) -> None:
        done = [result for result in results if isinstance(result, Transcript)]
        seen = self.metrics
        self.metrics = replace(
            seen,
            jobs=seen.jobs + len(results),
            retried=seen.retried + retried,
            refused=seen.refused + sum(one.cause is not None and not one.doubtful for one in done),
            doubtful=seen.doubtful + sum(one.doubtful for one in done),
            failed=seen.failed + len(results) - len(done),
            seconds=seen.seconds + sum(one.seconds for one in done),
            took=seen.took + took,
        )


def tongues(listed: str) -> tuple[str, ...]:
    """Codes of languages in a list that a person wrote, with commas or spaces; none for "auto"."""
    found = tuple(dict.fromkeys(re.findall(r"[a-z]{2,}", listed.lower())))
    return () if found == ("auto",) else found


def _result(job: Job, heard: Heard | TranscribeError, took: float) -> Result:
    if isinstance(heard, TranscribeError):
        return heard
    verdict = guard.judge(heard)
    return Transcript(
        key=job.key,
        text="" if verdict.refused else heard.text,
        language=heard.language,
        logprob=heard.logprob,
        no_speech=heard.no_speech,
        doubtful=verdict.doubtful,
        seconds=heard.seconds,
        speech=heard.speech,
        took=took,
        cause=verdict.cause,
        refused=heard.text if verdict.refused else "",
        words=() if verdict.refused else heard.words,
    )
