"""Gets models onto this machine: from the first source that gives the right bytes, checked before they are in place."""

import hashlib
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp

from transcribe import catalogue
from transcribe.catalogue import Model, ModelFile
from transcribe.errors import Attempt, ModelUnavailable, SourceFailed
from transcribe.sources import Folder, Source, sources_of

STALE = 24 * 3600  # seconds after which an unfinished download of a killed process is cleared away


class Flaw(StrEnum):
    """What is wrong with a file."""

    MISSING = "missing"
    SIZE = "size"
    HASH = "hash"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Problem:
    """One file that is not what the catalogue says; `expected` and `found` are sizes or hashes, as `flaw` says."""

    file: str
    flaw: Flaw
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        if self.flaw in {Flaw.MISSING, Flaw.UNREADABLE}:
            return f"{self.file} is {self.flaw}"
        return f"{self.file} has the wrong {self.flaw} ({self.found}, expected {self.expected})"


@dataclass(frozen=True)
class Progress:
    """How far a fetch is: `done` of `total` bytes from the source named by `source`."""

    model: str
    source: str
    done: int
    total: int


@dataclass(frozen=True)
class ModelStatus:
    """A model of the catalogue and whether it is here: `present` means that every file is there with its size (hashes
    are `verify`'s and every load's), `suited` that `auto` would consider it on this machine."""

    model: Model
    folder: Path
    present: bool
    suited: bool


def folder_of(name: str) -> Path:
    """Where the model's files are, or will be."""
    return catalogue.weights_folder() / name


def status() -> list[ModelStatus]:
    """Every model of the catalogue, smallest first."""
    suited = catalogue.suited()
    return [
        ModelStatus(one, folder_of(name), not _missing(one, folder_of(name)), name in suited)
        for name, one in catalogue.models().items()
    ]


def verify(name: str) -> list[Problem]:
    """What is wrong with the model's files on disk, by their sha256; empty if nothing is.

    Raises:
        ModelUnknown: the catalogue has no such model.
    """
    return check(catalogue.model(name), folder_of(name))


def check(model: Model, folder: Path) -> list[Problem]:
    """What is wrong with the model's files in `folder`."""
    return [problem for file in model.files if (problem := _check(file, folder / file.name))]


def fetch(
    name: str,
    *,
    progress: Callable[[Progress], None] | None = None,
    sources: Sequence[Source] | None = None,
    live: bool = True,
) -> Path:
    """The folder of a model whose every file is verified; it is downloaded only if it is not there already.

    Args:
        name: of the catalogue, or "auto" for the best this machine can follow a meeting with and get.
        progress: called as bytes come in.
        sources: where to look, in order, instead of the catalogue's own sources.
        live: whether "auto" must follow a meeting, or has time.

    Raises:
        ModelUnknown: the catalogue has no such model.
        ModelUnavailable: no source gave it; says what was tried and what to do. What was on disk stays as it was.
    """
    if name != "auto":
        return _fetch(catalogue.model(name), progress, sources)
    *better, last = catalogue.suited(live=live)
    for candidate in better:
        try:
            return _fetch(catalogue.model(candidate), progress, sources)
        except ModelUnavailable:
            continue
    return _fetch(catalogue.model(last), progress, sources)


def _fetch(model: Model, progress: Callable[[Progress], None] | None, sources: Sequence[Source] | None) -> Path:
    folder = folder_of(model.name)
    problems = check(model, folder)
    if not problems:
        return folder
    attempts = [Attempt(Folder(folder).label, "; ".join(map(str, problems)))] if folder.is_dir() else []
    for source in sources_of(model) if sources is None else sources:
        try:
            _bring(model, source, folder, progress)
        except (SourceFailed, OSError) as error:
            attempts.append(Attempt(source.label, str(error)))
        else:
            return folder
    raise ModelUnavailable(model.name, tuple(attempts), _advice(model, folder))


def _bring(model: Model, source: Source, folder: Path, progress: Callable[[Progress], None] | None) -> None:
    def arrived(done: int) -> None:
        if progress:
            progress(Progress(model.name, source.label, min(done, model.size), model.size))

    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    partial = Path(mkdtemp(prefix=f".{model.name}.partial-", dir=folder.parent))
    try:
        arrived(0)
        source.bring(model, partial, arrived)
        problems = check(model, partial)
        if problems:
            raise SourceFailed("; ".join(map(str, problems)))
        arrived(model.size)
        partial.chmod(0o755)
        _place(model, partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _place(model: Model, partial: Path, folder: Path) -> None:
    """Rename into place. Two fetches may get here at once: the first wins, and the other finds the right files."""
    if not check(model, folder):
        return
    aside = partial.with_name(partial.name + ".replaced")
    with suppress(FileNotFoundError):
        folder.rename(aside)  # what failed its check; gone only once the good one is in place
    try:
        partial.rename(folder)
    except OSError:
        if check(model, folder):
            with suppress(OSError):
                aside.rename(folder)
            raise
    shutil.rmtree(aside, ignore_errors=True)


def _sweep(folder: Path) -> None:
    for left in folder.parent.glob(f".{folder.name}.partial-*"):
        try:
            if time.time() - left.stat().st_mtime > STALE:
                shutil.rmtree(left, ignore_errors=True)
        except FileNotFoundError:  # another fetch swept it first
            continue


def _check(file: ModelFile, path: Path) -> Problem | None:
    try:
        size = path.stat().st_size
        if size != file.size:
            return Problem(file.name, Flaw.SIZE, str(file.size), str(size))
        found = _sha256(path)
    except FileNotFoundError:
        return Problem(file.name, Flaw.MISSING)
    except OSError:
        return Problem(file.name, Flaw.UNREADABLE)
    return None if found == file.sha256 else Problem(file.name, Flaw.HASH, file.sha256, found)


def _missing(model: Model, folder: Path) -> bool:
    return any(
        not (folder / file.name).is_file() or (folder / file.name).stat().st_size != file.size for file in model.files
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _advice(model: Model, folder: Path) -> str:
    names = ", ".join(file.name for file in model.files)
    return (
        f"Connect this machine and run `hemicycle models fetch {model.name}` again, or copy {names} of revision "
        f"{model.revision[:8]} into {folder} or into a folder named by HEMICYCLE_MODELS_FROM."
    )
