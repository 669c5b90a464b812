"""The process that holds a model: `python -m transcribe.worker`, spoken to by `transcribe.pool` over its own pipes.

A frame is four bytes of length, big-endian, and a pickle; the parent sends a Recipe, then batches of jobs, and gets a
Ready, then one Done for each batch, or the error that keeps the engine from being made.
"""

import contextlib
import importlib
import os
import pickle  # nosec: the only peer is the process that started this one
import signal
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from transcribe.engine import Engine, Job, Result
from transcribe.errors import ModelBroken, TranscribeError

LENGTH = struct.Struct("!I")
NICE = 5  # packets and people first: a transcript may wait, a lost packet does not come back
ENVIRONMENT = {
    # The encoder asks for and returns hundreds of megabytes at every call; kept mapped, and in huge pages, it saves the
    # kernel 150,000 page faults a call. Read by glibc at start, so it cannot be set later.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=2147483647"
    ":glibc.malloc.top_pad=268435456:glibc.malloc.arena_max=1",
    # A second thread that helped with a spectrogram waits for the next one at full speed for a tenth of a second.
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Recipe:
    """How a worker makes its engine: `factory` is "module:callable", called with `options`."""

    factory: str
    options: Mapping[str, object] = field(default_factory=dict)

    def make(self) -> Engine:
        """The engine.

        Raises:
            ModelBroken: the factory did not give one.
        """
        module, _, name = self.factory.partition(":")
        try:
            engine = getattr(importlib.import_module(module), name)(**self.options)
        except TranscribeError:
            raise
        except Exception as error:  # a library that is missing or too old raises what it likes
            raise ModelBroken(f"The speech engine cannot be started: {type(error).__name__}: {error}") from error
        if not isinstance(engine, Engine):
            raise ModelBroken(f"{self.factory} gives a {type(engine).__name__}, not a speech engine.")
        return engine


@dataclass(frozen=True)
class Ready:
    """The engine is made; `peak` bytes of memory so far."""

    peak: int


@dataclass(frozen=True)
class Done:
    """A batch's results, in order; `peak` bytes of memory so far."""

    results: list[Result]
    peak: int


Request = Recipe | list[Job]
Reply = Ready | Done | TranscribeError


def pack(message: Request | Reply) -> bytes:
    """One frame."""
    body = pickle.dumps(message)
    return LENGTH.pack(len(body)) + body


def unpack(body: bytes) -> object:
    """What a frame's body holds."""
    return pickle.loads(body)  # noqa: S301 written by our own parent or child, over an inherited pipe


def recipe(model: str | Path, language: str | None, others: tuple[str, ...], threads: int, device: str) -> Recipe:
    """How Whisper is made, of a model by its name ("auto": this machine's best that is here), or of a folder.

    Raises:
        ModelUnknown: the catalogue has no such model.
        ModelBroken: it is not on this machine.
    """
    from transcribe import catalogue
    from transcribe.fetch import folder_of

    name = model if isinstance(model, str) else ""
    if name == "auto":
        name = next((one for one in catalogue.suited() if folder_of(one).is_dir()), catalogue.DEFAULT)
    if name:
        catalogue.model(name)
    folder = folder_of(name) if name else Path(model)
    if not folder.is_dir():
        advice = f" Run `hemicycle models fetch {name}` first." if name else ""
        raise ModelBroken(f"There is no speech model in {folder}.{advice}")
    options = {"language": language, "others": others, "threads": threads, "device": device}
    return Recipe("transcribe.worker:verified", {"model": name, "folder": folder, **options})


def verified(
    model: str, folder: Path, language: str | None, threads: int, device: str, others: tuple[str, ...] = ()
) -> Engine:
    """Whisper from a folder whose files are those of the catalogue's `model` ("": a folder of the user's own).

    Raises:
        ModelBroken: a file is missing or wrong, or the folder cannot be loaded.
    """
    from transcribe.catalogue import model as entry  # the parent imports this module, and needs none of these
    from transcribe.fetch import check
    from transcribe.whisper import Whisper

    problems = check(entry(model), folder) if model else []
    if problems:
        listed = "; ".join(map(str, problems))
        raise ModelBroken(f"The speech model in {folder} is damaged: {listed}. Run `hemicycle models fetch {model}`.")
    return Whisper(folder, language=language, others=others, threads=threads, device=device)


def peak_memory() -> int:
    """The largest resident size this process has had, in bytes."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):  # getrusage would tell the parent's peak, inherited through exec
                return int(line.split()[1]) * 1024
    import psutil  # only where there is no /proc

    memory = psutil.Process().memory_info()
    return int(getattr(memory, "peak_wset", memory.rss))


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer until the parent closes its end."""
    engine: Engine | None = None
    while head := requests.read(LENGTH.size):
        message = unpack(requests.read(*LENGTH.unpack(head)))
        reply: Reply
        if isinstance(message, Recipe):
            try:
                engine, reply = message.make(), Ready(peak_memory())
            except TranscribeError as error:
                reply = error
        elif engine is not None and isinstance(message, list):
            reply = Done(engine.transcribe(message), peak_memory())
        else:
            reply = ModelBroken("Jobs came before an engine.")
        replies.write(pack(reply))
        replies.flush()


def main() -> None:
    """Take standard output for the frames, and leave to libraries that print what standard error is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer; it closes the pipe
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICE)
    with os.fdopen(os.dup(1), "wb") as replies, contextlib.suppress(BrokenPipeError):
        os.dup2(2, 1)
        serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    # Under its own name: pickles carry `transcribe.worker.Ready`, not `__main__.Ready`.
    importlib.import_module("transcribe.worker").main()
