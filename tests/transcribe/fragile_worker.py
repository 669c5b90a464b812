"""Engines for worker processes: one that says when it is at work, one that dies over a job called "poison"."""

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from transcribe.engine import Job, Window
from transcribe.errors import TranscribeError
from transcribe.guard import Heard
from transcribe.scripted import Line, Scripted


class Watched(Scripted):
    """Leaves a file where a job begins, so that a test can wait for that moment in another process."""

    def __init__(self, table: dict[str, Line], mark: Path) -> None:
        super().__init__(table)
        self._mark = mark

    def _hear(self, jobs: Sequence[Job], window: Window) -> Sequence[Heard | TranscribeError]:
        self._mark.touch()
        return super()._hear(jobs, window)


class Deadly(Scripted):
    def _hear(self, jobs: Sequence[Job], window: Window) -> Sequence[Heard | TranscribeError]:
        if any(job.key == "poison" for job in jobs):
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._hear(jobs, window)


class Feeble(Scripted):
    """Dies the first time that it is made."""

    def __init__(self, table: dict[str, Line], mark: Path) -> None:
        super().__init__(table)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)


class Noting(Scripted):
    """Writes down the sizes of the jobs it is given together."""

    def __init__(self, table, mark):
        super().__init__(table)
        self.mark = mark

    def _hear(self, jobs, window):
        with self.mark.open("a") as out:
            print(*(len(job.audio) for job in jobs), file=out)
        return super()._hear(jobs, window)


def no_engine() -> str:
    os.write(1, b"a library that prints where frames go")
    return "nothing"


class Gated(Scripted):
    """Writes down the keys it is given, and hears nothing before a file is there: a handle on the middle of a job."""

    def __init__(self, table: dict[str, Line], folder: Path) -> None:
        super().__init__(table)
        self._notes, self._gate = folder / "notes", folder / "gate"

    def _hear(self, jobs: Sequence[Job], window: Window) -> Sequence[Heard | TranscribeError]:
        with self._notes.open("a") as out:
            out.writelines(f"{job.key} {len(job.audio)}\n" for job in jobs)
        while not self._gate.exists():
            time.sleep(0.005)
        return super()._hear(jobs, window)
