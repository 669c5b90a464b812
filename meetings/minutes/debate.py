"""Utterances into speeches: who spoke, in order, each speaker's words together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from meetings.domain.events import UtteranceRecorded
from meetings.minutes.document import Passage, Speech
from meetings.minutes.sources import Sources
from meetings.minutes.text import capital, ended, finished, spoken

PAUSE = timedelta(seconds=4)
"""A silence this long after a whole sentence begins a paragraph."""


def speeches(sources: Sources, uttered: Sequence[UtteranceRecorded], marks: Sequence[datetime]) -> tuple[Speech, ...]:
    """The speeches these utterances make, in order of their start; `marks` are moments no speech runs across.

    Consecutive utterances of one member are one speech. Where members talk at once, each utterance stays whole.
    """
    turns: list[list[UtteranceRecorded]] = []
    for utterance in sorted(uttered, key=lambda one: (one.start, one.end, one.utterance)):
        if _wordless(sources, utterance):
            continue
        if turns and _goes_on(turns[-1][-1], utterance, marks):
            turns[-1].append(utterance)
        else:
            turns.append([utterance])
    return tuple(_speech(sources, turn) for turn in turns)


def _wordless(sources: Sources, utterance: UtteranceRecorded) -> bool:
    words = sources.transcript.get(utterance.utterance)
    return words is not None and not words.text.strip()


def _goes_on(last: UtteranceRecorded, utterance: UtteranceRecorded, marks: Sequence[datetime]) -> bool:
    return last.member == utterance.member and not any(last.start < mark <= utterance.start for mark in marks)


def _speech(sources: Sources, turn: Sequence[UtteranceRecorded]) -> Speech:
    passages = _passages(sources, turn)
    paragraphs = [[passages[0]]]
    for before, utterance, passage in zip(turn, turn[1:], passages[1:], strict=False):
        said = paragraphs[-1][-1].text
        if utterance.start - before.end >= PAUSE and (said is None or finished(said)):
            paragraphs.append([passage])
        else:
            paragraphs[-1].append(passage)
    seconds = sum(passage.seconds for passage in passages)
    return Speech(
        sources.name(turn[0].member), passages[0].start, round(seconds, 1), tuple(tuple(part) for part in paragraphs)
    )


def _passages(sources: Sources, turn: Sequence[UtteranceRecorded]) -> list[Passage]:
    """Each utterance's words; sentences get the capital and the end that their place in the speech asks for."""
    texts = _texts(sources, turn)
    return [_passage(sources, utterance, text) for utterance, text in zip(turn, texts, strict=True)]


def _texts(sources: Sources, turn: Sequence[UtteranceRecorded]) -> list[str | None]:
    texts: list[str | None] = []
    for utterance in turn:
        before = texts[-1] if texts else None
        words = sources.transcript.get(utterance.utterance)
        text = spoken(words.text, sources.t.lang, begins=before is None or finished(before)) if words else None
        if before and (text is None or (before[-1].isalnum() and capital(text))):
            texts[-1] = ended(before)
        texts.append(text)
    return [*texts[:-1], ended(texts[-1]) if texts[-1] else texts[-1]]


def _passage(sources: Sources, utterance: UtteranceRecorded, text: str | None) -> Passage:
    words = sources.transcript.get(utterance.utterance)
    seconds = round((utterance.end - utterance.start).total_seconds(), 1)
    doubtful = words is not None and words.doubtful
    return Passage(text, sources.here(utterance.start), seconds, utterance.utterance, doubtful)
