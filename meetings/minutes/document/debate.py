"""What was said, and what of it carries the debate."""

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


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the substance, word for word as it was said in those utterances; `follows`: at once."""

    speaker: str
    start: datetime
    text: str
    utterances: tuple[str, ...]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """An utterance that a sentence rests on."""

    utterance: str
    speaker: str
    start: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that a language model wrote, with what it rests on."""

    text: str
    sources: tuple[Source, ...]
