"""Number words and figures to one number; the rules of the languages are built from this."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from text_to_num import text2num

NARROW = "\u202f"
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Number:
    """A number as it was said: its whole part, the digits behind the point, and a last "millions" said as a word."""

    whole: int
    decimals: str = ""
    magnitude: str = ""


@dataclass(frozen=True)
class Rule:
    """What to look for, and what to write for it; None leaves it as it is."""

    pattern: re.Pattern[str]
    write: Callable[[re.Match[str]], str | None]


@dataclass(frozen=True)
class Tongue:
    """How a language says its numbers.

    Args:
        code: of the language.
        words: an expression for one number word.
        joint: an expression for what may stand between two of them.
        point: the word for the decimal point.
        zeros: words for nought, `one` for one.
        figures: an expression for a number in figures.
        thousand: the word that may follow figures ("200 mille").
        magnitudes: an expression for the words that may remain ("2 millions").
        group: what parts the thousands, `mark` the decimals.
    """

    code: str
    words: str
    joint: str
    point: str
    zeros: frozenset[str]
    one: frozenset[str]
    figures: str
    thousand: str
    magnitudes: str
    group: str
    mark: str

    @property
    def run(self) -> str:
        """An expression for number words in a row."""
        return rf"(?:{self.words})\b(?:{self.joint}(?:{self.words})\b)*"

    @property
    def said(self) -> str:
        """An expression for a number in words, its decimals behind."""
        return rf"{self.run}(?: {self.point} {self.run})?"

    @property
    def simple(self) -> str:
        """An expression for one number of a reference."""
        return rf"(?:\d+|{self.run})(?!\w)"

    @property
    def number(self) -> str:
        """An expression for a number however written; what it finds may still be none."""
        figures = rf"{self.figures}(?: (?:{self.thousand}|{self.magnitudes})\b)?"
        return rf"(?<![\w.,-])(?:{figures}|{self.said})(?!\w|-\w|[.,]\d)"

    def parse(self, text: str) -> Number | None:
        """The one number that the text says, or None where it says none or several."""
        words = _words(text)
        if words[:1].isdigit():
            return self._from_figures(words)
        head, _, last = words.rpartition(" ")
        if not (head and re.fullmatch(self.magnitudes, last)):
            head, last = words, ""
        said, _, decimals = head.partition(f" {self.point} ")
        whole, behind = self._value(said), self.plain(decimals) if decimals else ""
        if whole is None or behind is None or len(behind) > 3:
            return None
        if last and whole >= 1000:  # "mille milliards" is nothing to shorten
            whole, last = self._value(words), ""
        return None if whole is None else Number(whole, behind, last)

    def whole(self, text: str, most: int) -> int | None:
        """The whole number that the text says, where it is none above `most`."""
        number = self.parse(text)
        plain = number is not None and not number.decimals and not number.magnitude and number.whole <= most
        return number.whole if number and plain else None

    def counted(self, text: str) -> str | None:
        """Figures for what stands before a unit; "one" remains a word."""
        number = self.parse(text)
        return None if number is None or text.casefold() in self.one else self.show(number)

    def running(self, text: str, year: bool) -> str | None:
        """Figures for a number in the middle of a sentence: one word remains a word, as does what begins a sentence,
        and "one million" and its like. `year`: something before it says that it is one."""
        number = self.parse(text)
        if number is None or len(re.split(r"[ -]", text)) < 2 or text[0].isupper():
            return None
        if number.magnitude:
            return None if number.whole == 1 and not number.decimals else self.show(number)
        as_year = not number.decimals and (1900 <= number.whole < 2100 or (year and 1000 <= number.whole < 2100))
        return str(number.whole) if as_year else self.show(number)

    def plain(self, text: str) -> str | None:
        """The digits of a reference, with the noughts said before them: "zéro quarante-deux" is 042."""
        words = _words(text).split()
        if words and words[0].isdigit():
            return "".join(words) if all(word.isdigit() for word in words) else None
        zeros = 0
        while zeros < len(words) and words[zeros] in self.zeros:
            zeros += 1
        if zeros == len(words):
            return "0" * zeros
        value = self._value(" ".join(words[zeros:]))
        return None if value is None else "0" * zeros + str(value)

    def show(self, number: Number) -> str:
        """The number in figures, its thousands parted."""
        whole = f"{number.whole:,}".replace(",", self.group)
        decimals = f"{self.mark}{number.decimals}" if number.decimals else ""
        return whole + decimals + (f"{NO_BREAK}{number.magnitude}" if number.magnitude else "")

    def _value(self, words: str) -> int | None:
        if words in self.zeros:
            return 0
        if self.zeros & set(words.split()):
            return None
        try:
            return int(text2num(words, self.code))
        except ValueError:
            return None

    def _from_figures(self, words: str) -> Number | None:
        digits, _, last = words.rpartition(" ") if words[-1].isalpha() else (words, "", "")
        found = re.fullmatch(r"(\d+)(?:[.,](\d+))?", re.sub(r"[ ,](?=\d{3}(?!\d))", "", digits))
        if not found:
            return None
        whole, decimals = int(found[1]), found[2] or ""
        if last == self.thousand and not decimals:
            return Number(whole * 1000)
        return Number(whole, decimals, last)


def _words(text: str) -> str:
    return re.sub(r"[-\s\u00a0\u202f]+", " ", text.casefold()).strip()


def rule(pattern: str, write: Callable[[re.Match[str]], str | None]) -> Rule:
    """A rule that is blind to capitals."""
    return Rule(re.compile(pattern, re.IGNORECASE), write)
