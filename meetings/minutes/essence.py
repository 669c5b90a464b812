"""What becomes of each section's debate by the council's rules: its words, its substance, a model's summary of it."""

from collections.abc import Iterable
from dataclasses import replace

from meetings.domain.rules import Transcript
from meetings.domain.values import UtteranceId
from meetings.minutes import quoting, summary
from meetings.minutes.document import Claim, Section
from meetings.minutes.figures import Lang
from meetings.minutes.sources import Sources


def told(sources: Sources, lang: Lang, sections: Iterable[Section]) -> tuple[tuple[Section, ...], int]:
    """The sections with what the rules want of their debates, and how many sentences of a model were struck."""
    both = [_told(sources, lang, section) for section in sections]
    return tuple(section for section, _ in both), sum(struck for _, struck in both)


def marks(sources: Sources, lang: Lang, sections: Iterable[Section]) -> dict[quoting.Key, tuple[quoting.Key, bool]]:
    """What may be chosen, by each part of a sentence: what it is chosen by, and whether it is in the substance."""
    found: dict[quoting.Key, tuple[quoting.Key, bool]] = {}
    if _transcript(sources) is not Transcript.PLACE:
        for section in sections:
            claims, _ = _summary(sources, lang, section)
            found |= {} if claims else quoting.marks(section.speeches, _subject(section), lang, choices(sources))
    return found


def asked(sources: Sources, lang: Lang, section: Section) -> summary.Question | None:
    """What a language model is asked about a section's debate."""
    if _transcript(sources) is Transcript.PLACE:
        return None
    names = {sources.name(seat.member) for seat in sources.meeting.attendance.roster}
    return summary.question(sources.t, lang, section, names)


def _told(sources: Sources, lang: Lang, section: Section) -> tuple[Section, int]:
    transcript = _transcript(sources)
    if transcript is Transcript.PLACE:
        return section, 0
    claims, struck = _summary(sources, lang, section)
    substance = quoting.quotes(section.speeches, _subject(section), lang, choices(sources)) if not claims else ()
    speeches = section.speeches if transcript is Transcript.ANNEX else ()
    return replace(section, speeches=speeches, substance=substance, summary=claims), struck


def _summary(sources: Sources, lang: Lang, section: Section) -> tuple[tuple[Claim, ...], int]:
    known = sources.circumstances
    question = asked(sources, lang, section) if known.answers else None
    answer = known.answers.get(question.digest(known.summariser)) if question else None
    return summary.claims(question, answer) if question and answer is not None else ((), 0)


def _subject(section: Section) -> str:
    return section.plan.title if section.plan else ""


def choices(sources: Sources) -> quoting.Choices:
    """The sentences that somebody put into the substance, or took out, of lines that are in the minutes."""
    touched, standing = sources.meeting.review.touched, sources.meeting.recording.utterances
    lines = (line for key, line in touched.items() if UtteranceId(key) in standing)
    return {(line.id, place): kept for line in lines for place, kept in line.chosen}


def _transcript(sources: Sources) -> Transcript:
    return sources.meeting.rules.minutes.transcript
