"""What was said."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """What one utterance said; `text` is None where its words are not known, `utterance` leads to its sound."""

    text: str | None
    start: datetime
    seconds: float
    utterance: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """One member's words until another speaks, in paragraphs of passages."""

    speaker: str
    start: datetime
    seconds: float
    paragraphs: tuple[tuple[Passage, ...], ...]

    @property
    def doubtful(self) -> bool:
        """Whether a passage needs an ear."""
        return any(passage.doubtful or passage.text is None for part in self.paragraphs for passage in part)
