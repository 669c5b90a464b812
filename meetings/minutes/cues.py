"""Words by which a sentence of a debate shows what it does: proposing, taking sides, giving reasons.

They are in `cues.toml`, by language, each kind with what it makes a sentence worth.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from meetings.minutes.sentences import folded

QUESTION, ASKING = 0.3, 6
"""What a question is worth that is longer than ASKING words: long enough to ask for something."""

KINDS = ("proposes", "sides", "reasons", "conducts", "figures")


@dataclass(frozen=True, slots=True)
class Cues:
    """A language's expressions, ready to be looked for; `empty` are the longer words that carry no subject.

    `offices` name persons by what they are; `openers` are common at the beginning of a sentence.
    """

    kinds: tuple[tuple[float, re.Pattern[str]], ...]
    empty: frozenset[str]
    offices: frozenset[str]
    openers: frozenset[str]

    def weight(self, sentence: str) -> float:
        """What the expressions in a sentence make it worth."""
        plain = folded(sentence)
        found = sum(weight for weight, pattern in self.kinds if pattern.search(plain))
        return found + (QUESTION if plain.endswith("?") and len(plain.split()) > ASKING else 0.0)


@cache
def cues(lang: Literal["fr", "en"]) -> Cues:
    """The expressions of a language."""
    table: dict[str, dict[str, Any]] = tomllib.loads((files(__package__) / "cues.toml").read_text("utf-8"))[lang]
    kinds = ((table[kind]["weight"], _any(table[kind]["said"])) for kind in KINDS)
    lists = (frozenset(table[name]["words"]) for name in ("empty", "offices", "openers"))
    return Cues(tuple(kinds), *lists)


def _any(expressions: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)")
