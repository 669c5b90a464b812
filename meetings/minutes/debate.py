"""Utterances into speeches: who spoke, in order, each speaker's words together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from meetings.domain.tape import UtteranceRecorded
from meetings.minutes.document import Passage, Speech
from meetings.minutes.sources import Sources
from meetings.minutes.text import capital, ended, finished, spoken

BREATH = timedelta(seconds=2)
"""Who goes on this soon after being talked over is still speaking."""

OVERLAPPING = 8
"""Turns looked back upon for the one that goes on: more voices at once cannot be told apart."""

PAUSE = timedelta(seconds=4)
"""A silence this long after a whole sentence begins a paragraph."""


def speeches(sources: Sources, uttered: Sequence[UtteranceRecorded], marks: Sequence[datetime]) -> tuple[Speech, ...]:
    """The speeches these utterances make, in order of their start; `marks` are moments no speech runs across.

    Consecutive utterances of one member are one speech. Who only talks over somebody (an interjection, an answer
    called out) does not cut that speech in two: the words talked over stay together and the interjection follows.
    """
    turns: list[list[UtteranceRecorded]] = []
    for utterance in sorted(uttered, key=lambda one: (one.start, one.end, one.utterance)):
        if _wordless(sources, utterance):
            continue
        turn = _own_turn(turns, utterance)
        if turn and not any(turn[-1].start < mark <= utterance.start for mark in marks):
            turn.append(utterance)
        else:
            turns.append([utterance])
    return tuple(_speech(sources, turn) for turn in turns)


def _wordless(sources: Sources, utterance: UtteranceRecorded) -> bool:
    words = sources.transcript.get(utterance.utterance)
    return words is not None and not words.text.strip()


def _own_turn(turns: list[list[UtteranceRecorded]], utterance: UtteranceRecorded) -> list[UtteranceRecorded] | None:
    """The turn this utterance goes on with: its speaker's last, if all that came since was talked over it."""
    for place in range(len(turns) - 1, max(-1, len(turns) - 1 - OVERLAPPING), -1):
        turn = turns[place]
        if turn[-1].member == utterance.member:
            over = all(other[0].start < turn[-1].end for other in turns[place + 1 :])
            breath = utterance.start - turn[-1].end <= BREATH
            return turn if over and (breath or place == len(turns) - 1) else None
    return None


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
