"""The substance of each debate in words, and the annex that holds all that was said."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from meetings.domain.rules import Transcript
from meetings.i18n import Translator, dates
from meetings.minutes.document import Claim, Minutes, Quote, Section
from meetings.minutes.proceedings import View, gap, headed, missing, ordered, speech

LEFT_OUT = " […] "

Leads = Mapping[str, str]
"""By utterance: where in the annex the speech is that holds it."""


def keys(minutes: Minutes) -> Leads:
    """A key for each speech of the annex that some sentence of the substance leads to."""
    if minutes.transcript is not Transcript.ANNEX:
        return {}
    wanted = {key for section in minutes.sections for key in _cited(section)}
    speeches = [
        [passage.utterance for part in speech.paragraphs for passage in part]
        for section in minutes.sections
        for speech in section.speeches
    ]
    led = [uttered for uttered in speeches if wanted.intersection(uttered)]
    return {utterance: f"said-{number}" for number, uttered in enumerate(led, 1) for utterance in uttered}


def substance(t: Translator, minutes: Minutes, section: Section, leads: Leads) -> View | None:
    """The sentences that carry a debate, or what a model made of it, where one did; None where is nothing."""
    if section.summary:
        lines = [_claim(t, one, leads) for one in section.summary]
        note = t("minutes.substance.model", model=minutes.summariser)
    else:
        lines = [_quoted(t, list(said), leads) for _, said in groupby(section.substance, key=lambda one: one.speaker)]
        note = ""
        if not lines and _unsure(minutes, section):
            lines = [{"lead": "", "text": missing(t, "substance"), "sources": []}]
    return {"heading": t("minutes.substance.heading"), "note": note, "lines": lines} if lines else None


def annex(t: Translator, minutes: Minutes, leads: Leads) -> View | None:
    """All that was said, section by section."""
    said = [(place, one) for place, one in enumerate(minutes.sections) if one.speeches or one.gaps]
    if minutes.transcript is not Transcript.ANNEX or not said:
        return None
    sections = [headed(t, one, first=place == 0) | {"entries": _words(t, one, leads)} for place, one in said]
    return {"heading": t("minutes.annex.heading"), "note": t("minutes.annex.note"), "sections": sections}


def _words(t: Translator, section: Section, leads: Leads) -> list[View]:
    speeches = [speech(t, one, leads.get(one.paragraphs[0][0].utterance, "")) for one in section.speeches]
    return ordered([*speeches, *(gap(t, one) for one in section.gaps)])


def _cited(section: Section) -> list[str]:
    claimed = [source.utterance for claim in section.summary for source in claim.sources]
    return claimed if section.summary else [quote.utterances[0] for quote in section.substance]


def _quoted(t: Translator, said: Sequence[Quote], leads: Leads) -> View:
    """What one member said until another is quoted; what was left out between two sentences shows."""
    text = said[0].text
    for one in said[1:]:
        text += (" " if one.follows else LEFT_OUT) + one.text
    first = said[0]
    source = {"label": dates.clock(first.start, t.lang), "to": leads.get(first.utterances[0], "")}
    return {"lead": first.speaker, "text": text, "sources": [source]}


def _claim(t: Translator, one: Claim, leads: Leads) -> View:
    sources = [
        {
            "label": t("minutes.substance.source", name=source.speaker, time=dates.clock(source.start, t.lang)),
            "to": leads.get(source.utterance, ""),
        }
        for source in one.sources
    ]
    return {"lead": "", "text": one.text, "sources": sources}


def _unsure(minutes: Minutes, section: Section) -> bool:
    """Whether things were said, and none of them could be chosen because words need an ear."""
    return minutes.transcript is Transcript.ANNEX and any(one.doubtful for one in section.speeches)
