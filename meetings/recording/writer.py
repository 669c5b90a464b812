"""Writes a journal's segment from one thread of its own, so that a slow or full disk never holds up the network."""

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from meetings.recording.journal import Beat, Lost, note

FLUSH_S = 0.05  # at most this much is in memory alone when the process is killed
BEAT_NS = 1_000_000_000
RETRY_S = 0.5
_FULL = (errno.ENOSPC, errno.EDQUOT)
_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone has it, and would translate line ends without
LIMIT = 8 << 20  # bytes that may wait for the disk: 15 minutes of one voice, 45 s of twenty
RESERVE = 32 << 20
"""Bytes of the disk that a recording leaves to the log and the minutes: votes and floor go on where voices cannot."""


SLOW_S = 2.0  # after which a write that does not return is told


class Ill(StrEnum):
    """What keeps a recording from being whole, and that it no longer does."""

    DISK_FULL = "disk-full"
    DISK_REFUSES = "disk-refuses"
    DISK_SLOW = "disk-slow"  # it takes nothing, and refuses nothing
    DISK_RECOVERED = "disk-recovered"
    UNHEARD = "recording-unheard"  # somebody speaks, or may, and nothing of it can be kept
    HEARD = "recording-heard"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something is wrong with the recording, or no longer is. What was written before stays readable."""

    ill: Ill
    lost: int = 0  # packets that the disk could not be given since the segment began

    @property
    def over(self) -> bool:
        """Whether it is good news."""
        return self.ill in (Ill.DISK_RECOVERED, Ill.HEARD)


class JournalWriter:
    """Appends records to a new file. Raises OSError when the file cannot be created; afterwards nothing raises.

    Refused bytes are kept in memory and tried again twice a second, up to `LIMIT`; packets beyond are counted and
    leave a `Lost` record once the disk accepts again. A disk with less than `reserve` bytes left counts as full; one
    on which a write does not return is told when `news` is asked for, and its bytes wait in the same way.
    `clock` gives nanoseconds since the segment's head.
    """

    def __init__(
        self, path: Path, head: bytes, clock: Callable[[], int], limit: int = LIMIT, *, reserve: int = 0
    ) -> None:
        self.path = path
        self.lost = 0
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)
        self._clock, self._limit, self._reserve = clock, limit, reserve
        self._lock = threading.Lock()
        self._queue = [head]
        self._queued = len(head)  # bytes, the unwritten included
        self._unwritten = b""
        self._gap: Lost | None = None
        self._ill: Ill | None = None
        self._since: float | None = None  # when the write began that is under way
        self._news: list[Trouble] = []
        self._beaten = clock()
        self._wake, self._written = threading.Event(), threading.Condition(self._lock)
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
        self._thread.start()

    def append(self, record: bytes) -> bool:
        """Queue a packet's record; False when it had to be dropped."""
        with self._lock:
            if self._queued + len(record) > self._limit or self._closing:
                self._drop()
                return False
            self._queue.append(record)
            self._queued += len(record)
            return True

    def note(self, record: bytes) -> None:
        """Queue a record other than a packet's; it is never dropped."""
        with self._lock:
            self._queue.append(record)
            self._queued += len(record)

    def news(self) -> list[Trouble]:
        """What happened to the disk since the last call."""
        with self._lock:
            if self._since is not None and self._ill is None and time.monotonic() - self._since > SLOW_S:
                self._fall(Ill.DISK_SLOW)
            news, self._news = self._news, []
        return news

    def flush(self, timeout: float) -> bool:
        """Wait until everything appended so far is in the file; False when the disk did not take it in time (s)."""
        self._wake.set()
        with self._written:
            return self._written.wait_for(lambda: not self._queued, timeout)

    def close(self, timeout: float = 5.0) -> bool:
        """Write what waits and close the file; False when the disk did not take everything in `timeout` seconds."""
        complete = self.flush(timeout)
        self._closing = True
        self._wake.set()
        self._thread.join(timeout)
        return complete

    def _drop(self) -> None:
        now = self._clock()
        self.lost += 1
        since, packets = (self._gap.from_ns, self._gap.packets) if self._gap else (now, 0)
        self._gap = Lost(since, now, packets + 1)

    def _run(self) -> None:
        while not self._closing:
            self._wake.wait(RETRY_S if self._ill else FLUSH_S)
            self._wake.clear()
            self._write(beaten=self._beat())
        os.close(self._fd)

    def _beat(self) -> bool:
        now = self._clock()
        if now - self._beaten < BEAT_NS or self._ill:
            return False
        self._beaten = now
        self.note(note(Beat(now)))
        return True

    def _write(self, *, beaten: bool) -> None:
        with self._lock:
            self._unwritten += b"".join(self._queue)
            self._queue.clear()
            self._since = time.monotonic()
        try:
            if self._unwritten and shutil.disk_usage(self.path.parent).free < self._reserve:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            # A refused write may have taken part of a record: the next one goes on at that very byte.
            while self._unwritten:
                taken = os.write(self._fd, self._unwritten)
                self._unwritten = self._unwritten[taken:]
            if beaten:
                os.fsync(self._fd)
            self._settle(None)
        except OSError as refusal:
            self._settle(Ill.DISK_FULL if refusal.errno in _FULL else Ill.DISK_REFUSES)

    def _settle(self, ill: Ill | None) -> None:
        with self._written:
            self._since = None
            gap, self._gap = (None, self._gap) if ill else (self._gap, None)
            if gap:
                self._queue.append(note(gap))
            if ill and (self._ill is None or self._ill is Ill.DISK_SLOW):
                self._fall(ill)
            elif not ill and (self._ill or gap):
                self._ill = None
                self._news.append(Trouble(Ill.DISK_RECOVERED, self.lost))
            self._queued = len(self._unwritten) + sum(map(len, self._queue))
            self._written.notify_all()

    def _fall(self, ill: Ill) -> None:
        self._ill = ill
        self._news.append(Trouble(ill, self.lost))
