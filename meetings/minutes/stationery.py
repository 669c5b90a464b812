"""The council's own paper: what its documents are written on."""

from dataclasses import dataclass
from pathlib import Path

LARGEST = 500_000
"""Bytes of a logo: every page of HTML and PDF carries it."""

KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"<svg": "svg+xml", b"<?xml": "svg+xml"}
"""How the images begin that every reader shows; with their media types (image/...)."""


class LogoError(ValueError):
    """A logo that cannot be printed. `path` is its file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no PNG, JPEG or SVG of at most {LARGEST} bytes")
        self.path = path


@dataclass(frozen=True, slots=True)
class Logo:
    """An image and its media type after `image/`."""

    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Stationery:
    """A `template` (DOCX, ODT) with letterhead and styles; for all else a `logo` and an `address`, line by line."""

    template: Path | None = None
    logo: Path | None = None
    address: str = ""

    @property
    def lines(self) -> list[str]:
        """The address as it stands under the council's name."""
        return [line.strip() for line in self.address.replace("\\n", "\n").splitlines() if line.strip()]

    def mark(self) -> Logo | None:
        """The logo. Raises OSError, LogoError."""
        if self.logo is None:
            return None
        content = self.logo.read_bytes()
        kind = next((kind for start, kind in KINDS.items() if content.lstrip()[:8].startswith(start)), "")
        if not kind or len(content) > LARGEST:
            raise LogoError(self.logo)
        return Logo(content, kind)


PLAIN = Stationery()
"""Nothing of the council's own but its name."""
