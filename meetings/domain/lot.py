"""Lots anyone can redo: an order that follows from a published seed (commit and reveal).

Before, the council publishes `commitment`, the SHA-256 of the seed; afterwards, the seed. Names are put in the order of
the SHA-256 of three lines, the seed, the lot's label and the name (UTF-8, one line feed between, none at the end):

    printf '%s' "$SEED" | sha256sum                           # what was published before
    printf '%s\n%s\n%s' "$SEED" "$LABEL" "$NAME" | sha256sum  # a name's place: the lowest comes first

The hash of a seed nobody could guess decides nothing until the seed is known, and can be met by no other seed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


class SeedError(ValueError):
    """A seed that is empty, or of several lines: its hash could be read in two ways."""


@dataclass(frozen=True, slots=True)
class Lot:
    """One seed, and every lot drawn from it; each lot has a label of its own. Raises SeedError."""

    seed: str

    def __post_init__(self) -> None:
        if not self.seed or not {"\r", "\n"}.isdisjoint(self.seed):
            raise SeedError

    @property
    def commitment(self) -> str:
        """What is published before: the seed's SHA-256, in hexadecimal."""
        return _digest(self.seed)

    def order(self, label: str, names: Iterable[str]) -> tuple[str, ...]:
        """The names in the order in which they are drawn."""
        return tuple(sorted(names, key=lambda name: _digest(f"{self.seed}\n{label}\n{name}")))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
