"""From speeches to the sentences that carry them: each one whole, word for word, with the utterances it was said in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Literal

from meetings.minutes.document import Passage, Quote, Speech
from meetings.minutes.sentences import spans
from meetings.minutes.substance import carrying
from meetings.minutes.text import finished
from meetings.minutes.weighing import Candidate

GLUE = " "
"""Between the words of two utterances."""


def quotes(speeches: Sequence[Speech], subject: str, lang: Literal["fr", "en"]) -> tuple[Quote, ...]:
    """The substance of these speeches on a subject. Words that need an ear are never chosen, nor cut ones."""
    spoken = (quote for speech in speeches for quote in sentences(speech))
    said = [quote for quote in spoken if not quote.text.startswith("[")]  # what stands for erased words is nobody's
    kept = carrying([Candidate(one.speaker, one.text) for one in said], subject, lang)
    return tuple(
        replace(said[place], follows=said[place].follows and place - 1 == before)
        for before, place in pairwise([-1, *kept])
    )


def sentences(speech: Speech) -> Iterator[Quote]:
    """All whole sentences of a speech whose words are sure."""
    follows = False
    for paragraph in speech.paragraphs:
        for sure, group in groupby(paragraph, key=lambda one: one.text is not None and not one.doubtful):
            passages = list(group)
            for quote in _whole(speech.speaker, passages, paragraph) if sure else ():
                yield replace(quote, follows=follows and quote.follows)
                follows = True
            follows = sure


def _whole(speaker: str, passages: Sequence[Passage], paragraph: Sequence[Passage]) -> Iterator[Quote]:
    """The sentences of passages in a row, but one whose beginning or end is not among them."""
    text = GLUE.join(one.text or "" for one in passages)
    found = spans(text)
    for place, (start, end) in enumerate(found):
        sentence = text[start:end]
        begun = place > 0 or passages[0] is paragraph[0] or sentence[:1].isupper()
        if begun and (finished(sentence) or passages[-1] is paragraph[-1]):
            within = [one for one, (since, until) in _places(passages) if since < end and start < until]
            yield Quote(speaker, within[0].start, sentence, tuple(one.utterance for one in within), follows=True)


def _places(passages: Sequence[Passage]) -> Iterator[tuple[Passage, tuple[int, int]]]:
    """Each passage with where its words begin and end in the text."""
    start = 0
    for one in passages:
        end = start + len(one.text or "")
        yield one, (start, end)
        start = end + len(GLUE)
