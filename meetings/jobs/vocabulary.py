"""The council's vocabulary: words that a review had to put right, and that the next transcription is told to spell.

A text file of the data folder, a term a line, the latest last. The council may write in it too (a line that begins with
# counts for nothing), and `hemicycle transcribe --vocabulary` takes it.
"""

from pathlib import Path

from transcribe.errors import VocabularyUnreadable
from transcribe.vocabulary import read

NAME = "vocabulary.txt"

LONGEST = 60
"""Characters of a term: longer ones are sentences, which help nobody spell."""


class Vocabulary:
    """The terms of a data folder. Its calls block, for a moment."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def terms(self) -> tuple[str, ...]:
        """All of them, the latest first, for few are of use at once; none where the file is not there or not text."""
        try:
            return tuple(reversed(read(self._path)))
        except VocabularyUnreadable:
            return ()

    def learn(self, term: str) -> bool:
        """Keep a term as the latest, and say whether it is one. Raises OSError."""
        term = " ".join(term.split())
        if not term or len(term) > LONGEST or term.startswith("#"):
            return False
        self._write([*(line for line in self._lines() if line.strip() != term), term])
        return True

    def forget(self, term: str) -> None:
        """Keep it no longer. Raises OSError."""
        self._write([line for line in self._lines() if line.strip() != term])

    def _lines(self) -> list[str]:
        return self._path.read_text("utf-8-sig").splitlines() if self._path.is_file() else []

    def _write(self, lines: list[str]) -> None:
        part = self._path.with_suffix(".part")
        part.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        part.replace(self._path)
