"""An engine that answers from a table: the whole contract without a model, for rehearsing what stands around it.

It reads no sound. A line is found by the job's key; its numbers go through the same judgement as a model's.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transcribe.engine import Engine, Job, Window
from transcribe.errors import AudioUnreadable, TranscribeError
from transcribe.guard import Heard


@dataclass(frozen=True)
class Line:
    """What is heard for one key: `full` is heard instead through a full window, if it is given; `delay` in seconds."""

    text: str
    language: str = "fr"
    logprob: float = -0.3
    no_speech: float = 0.02
    seconds: float = 3.0
    speech: float | None = None
    full: str | None = None
    delay: float = 0.0


class Scripted(Engine):
    """Answers from `table`; a key that is not in it is an utterance in which nobody speaks, and empty audio cannot be
    read, as for any engine."""

    def __init__(self, table: Mapping[str, Line], *, language: str | None = None) -> None:
        super().__init__()
        self._table = dict(table)
        self._language = language

    def _hear(self, jobs: Sequence[Job], window: Window) -> Sequence[Heard | TranscribeError]:
        return [self._line(job, window) for job in jobs]

    def _line(self, job: Job, window: Window) -> Heard | TranscribeError:
        if not job.audio:
            return AudioUnreadable("The audio (0 bytes) holds no sound.")
        line = self._table.get(job.key, Line("", speech=0.0))
        time.sleep(line.delay)
        text = line.full if window is Window.FULL and line.full is not None else line.text
        language = job.language or self._language or line.language
        speech = line.seconds if line.speech is None else line.speech
        return Heard(text, language, line.logprob, line.no_speech, line.seconds, speech, job.prompt)
