"""Numbers, dates, hours, sums and articles as an administration writes them; what was heard can always be had back.

    written("mille deux cents euros le premier mars", "fr").text  ->  "1 200 € le 1er mars"

Careful by rule: a number of one word remains a word where no unit asks for figures ("deux personnes", but "2 %"), a run
of number words that is not one number remains as heard, and no value is ever changed or guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transcribe.numerals import english, french
from transcribe.numerals.figures import Rule

_RULES: Mapping[str, Sequence[Rule]] = {"fr": french.RULES, "en": english.RULES}


@dataclass(frozen=True)
class Change:
    """One place where figures stand for words: `start` and `end` in the written text, and what was heard there."""

    start: int
    end: int
    heard: str


@dataclass(frozen=True)
class Written:
    """A text with its figures, and all that it takes to undo them."""

    text: str
    changes: tuple[Change, ...] = ()

    @property
    def heard(self) -> str:
        """The text as it was heard, to the letter."""
        parts, at = [], 0
        for change in self.changes:
            parts += [self.text[at : change.start], change.heard]
            at = change.end
        return "".join([*parts, self.text[at:]])


def written(text: str, language: str) -> Written:
    """`text` with the figures of `language` ("fr" or "en"; another one's text remains as it is)."""
    return _replaced(text, _found(text, _RULES.get(language[:2], ())))


def _found(text: str, rules: Iterable[Rule]) -> list[tuple[int, int, str]]:
    """What to write between which places of the text, in order; where two rules would, the first of them."""
    found: list[tuple[int, int, str]] = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(start < other[1] and end > other[0] for other in found):
                continue
            figures = rule.write(match)
            if figures is not None and figures != match[0]:
                found.append((start, end, figures))
    return sorted(found)


def _replaced(text: str, found: Iterable[tuple[int, int, str]]) -> Written:
    whole, at = "", 0
    changes = []
    for start, end, figures in found:
        whole += text[at:start]
        changes.append(Change(len(whole), len(whole) + len(figures), text[start:end]))
        whole, at = whole + figures, end
    return Written(whole + text[at:], tuple(changes))
