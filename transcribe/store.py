"""Sound on its way to workers of other machines: in a folder or an object store that both reach, until it is heard.

Each is sealed with a key of its own, which goes with the task: what a crash leaves here nobody can read any more, and
the next start throws it away. The store may be emptied at any moment, for nothing is only here.
"""

import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

try:
    import fsspec
except ModuleNotFoundError as absent:
    from transcribe.errors import ClusterMissing

    raise ClusterMissing from absent

logger = logging.getLogger(__name__)

ENDING = ".sealed"


@dataclass(frozen=True)
class Parcel:
    """Where a sound lies (an address fsspec knows), and what opens it."""

    url: str
    key: bytes

    def open(self) -> bytes:
        """The sound. Blocks. Raises OSError."""
        with _told(self.url):
            files, path = fsspec.url_to_fs(self.url)
            return Fernet(self.key).decrypt(files.cat_file(path))


class Store:
    """A folder of sealed sounds at an address fsspec knows (`file:///shared/sounds`, `s3://bucket/sounds`).

    Its file system finds credentials in the environment. Every method blocks, and raises OSError where it cannot be
    used.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        with _told(url):
            self._files, self._folder = fsspec.url_to_fs(self._url)

    def put(self, sound: bytes) -> Parcel:
        """Lay a sound down."""
        name, key = f"{secrets.token_hex(16)}{ENDING}", Fernet.generate_key()
        with _told(self._url):
            self._files.makedirs(self._folder, exist_ok=True)
            self._files.pipe_file(f"{self._folder}/{name}", Fernet(key).encrypt(sound))
        return Parcel(f"{self._url}/{name}", key)

    def drop(self, parcels: Iterable[Parcel]) -> None:
        """Delete what was heard; what cannot be deleted is deleted when the store is emptied."""
        for parcel in parcels:
            try:
                with _told(self._url):
                    self._files.rm_file(f"{self._folder}/{parcel.url.rpartition('/')[2]}")
            except FileNotFoundError:
                pass
            except OSError as error:
                logger.warning("%s", error)

    def empty(self) -> int:
        """Delete every sound, and say how many there were."""
        with _told(self._url):
            self._files.invalidate_cache()
            left = self._files.glob(f"{self._folder}/*{ENDING}")
            for path in left:
                self._files.rm_file(path)
            return len(left)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """File systems raise what they like; the address is told without what may be secret in it."""
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as error:
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.hostname or ''}{parts.path}" if parts.scheme else url
        raise OSError(f"The store of sounds {place} cannot be used: {type(error).__name__}: {error}") from error
