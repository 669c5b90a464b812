"""From speeches to the sentences that carry them: each one whole, word for word, with the utterances it was said in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal

from meetings.minutes.document import Passage, Quote, Speech
from meetings.minutes.sentences import spans
from meetings.minutes.substance import carrying
from meetings.minutes.text import finished
from meetings.minutes.weighing import Candidate

GLUE = " "
"""Between the words of two utterances."""

Key = tuple[str, int]
"""An utterance and the place of a sentence, or of a part of one, among those of its words."""

Choices = Mapping[Key, bool]
"""Sentences that somebody put into the substance, or took out."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence; `sure` that no word of it needs an ear; `parts`, one in each utterance, the first its key."""

    quote: Quote
    parts: tuple[Key, ...]
    sure: bool

    @property
    def key(self) -> Key:
        """What it is chosen by."""
        return self.parts[0]


def quotes(speeches: Sequence[Speech], subject: str, lang: Literal["fr", "en"], choices: Choices) -> tuple[Quote, ...]:
    """The substance of these speeches on a subject."""
    said, kept = _kept(speeches, subject, lang, choices)
    return tuple(
        replace(said[place].quote, follows=said[place].quote.follows and place - 1 == before)
        for before, place in pairwise([-1, *kept])
    )


def marks(
    speeches: Sequence[Speech], subject: str, lang: Literal["fr", "en"], choices: Choices
) -> dict[Key, tuple[Key, bool]]:
    """By each part of a sentence that may be chosen: the sentence's key, and whether it is in the substance."""
    said, kept = _kept(speeches, subject, lang, choices)
    within = set(kept)
    return {part: (one.key, place in within) for place, one in enumerate(said) for part in one.parts}


def sentences(speech: Speech) -> Iterator[Sentence]:
    """All whole sentences of a speech."""
    follows = False
    for paragraph in speech.paragraphs:
        for known, group in groupby(paragraph, key=lambda one: one.text is not None):
            for one in _whole(speech.speaker, list(group), paragraph) if known else ():
                yield replace(one, quote=replace(one.quote, follows=follows))
                follows = True
            follows = known


def _kept(
    speeches: Sequence[Speech], subject: str, lang: Literal["fr", "en"], choices: Choices
) -> tuple[list[Sentence], list[int]]:
    """All that was said, and the places of what is kept of it: what carries the debate, and what somebody chose.

    Words that need an ear are never kept but by choice, cut ones not at all.
    """
    spoken = (one for speech in speeches for one in sentences(speech))
    said = [one for one in spoken if not one.quote.text.startswith("[")]  # what stands for erased words is nobody's
    sure = [place for place, one in enumerate(said) if one.sure]
    candidates = tuple(Candidate(said[place].quote.speaker, said[place].quote.text) for place in sure)
    carried = {sure[place] for place in _carrying(candidates, subject, lang)}
    return said, [place for place, one in enumerate(said) if choices.get(one.key, place in carried)]


@lru_cache(maxsize=64)  # debates: a review asks for all of them again after each of its acts
def _carrying(candidates: tuple[Candidate, ...], subject: str, lang: Literal["fr", "en"]) -> list[int]:
    return carrying(candidates, subject, lang)


def _whole(speaker: str, passages: Sequence[Passage], paragraph: Sequence[Passage]) -> Iterator[Sentence]:
    """The sentences of passages in a row, but one whose beginning or end is not among them."""
    text = GLUE.join(one.text or "" for one in passages)
    placed = list(_places(passages))
    for place, (start, end) in enumerate(spans(text)):
        sentence = text[start:end]
        begun = place > 0 or passages[0] is paragraph[0] or sentence[:1].isupper()
        if begun and (finished(sentence) or passages[-1] is paragraph[-1]):
            within = [(one, max(0, start - since)) for one, since, until in placed if since < end and start < until]
            quote = Quote(speaker, within[0][0].start, sentence, tuple(one.utterance for one, _ in within))
            sure = not any(one.doubtful for one, _ in within)
            yield Sentence(quote, tuple(_part(one, offset) for one, offset in within), sure)


def _part(passage: Passage, offset: int) -> Key:
    """Which of a passage's sentences is at this place of its words."""
    return passage.utterance, max(0, sum(start <= offset for start, _ in spans(passage.text or "")) - 1)


def _places(passages: Sequence[Passage]) -> Iterator[tuple[Passage, int, int]]:
    """Each passage with where its words begin and end in the text."""
    start = 0
    for one in passages:
        end = start + len(one.text or "")
        yield one, start, end
        start = end + len(GLUE)
