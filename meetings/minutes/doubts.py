"""What a secretary looks at first in a draft: what is doubtful, what was not recorded, what is missing."""

import re

from meetings.i18n import Translator, dates
from meetings.minutes.document import Minutes
from meetings.minutes.render import markdown

TOLD = 4
"""Missing facts that are named; of more, the number is told."""


def doubts(minutes: Minutes, t: Translator) -> list[str]:
    """At most three lines: passages that need an ear, stretches without sound, facts to be completed."""
    return [line for line in (_passages(minutes, t), _gaps(minutes, t), _facts(minutes, t)) if line]


def _passages(minutes: Minutes, t: Translator) -> str:
    said = [
        (passage, speech.start)
        for section in minutes.sections
        for speech in section.speeches
        for part in speech.paragraphs
        for passage in part
        if passage.doubtful or passage.text is None
    ]
    if not said:
        return ""
    times = [dates.clock(passage.start, t.lang) for passage, _ in said[:TOLD]]
    return t.n("minutes.doubts.passages", len(said), times=", ".join(dict.fromkeys(times)))


def _gaps(minutes: Minutes, t: Translator) -> str:
    gaps = [gap for section in minutes.sections for gap in section.gaps]
    seconds = sum((gap.end - gap.start).total_seconds() for gap in gaps)
    return t.n("minutes.doubts.gaps", len(gaps), duration=dates.duration(seconds, t.lang)) if gaps else ""


def _facts(minutes: Minutes, t: Translator) -> str:
    """As the document itself marks them, apart from words not transcribed."""
    marked = t("minutes.missing", what="\x00").replace("[", "\\[").replace("]", "\\]")
    before, _, after = marked.partition("\x00")
    found = re.findall(re.escape(before) + "(.*?)" + re.escape(after), markdown(minutes))
    words = t("minutes.missing.words", duration="\x00").partition("\x00")
    facts = [one for one in dict.fromkeys(found) if not (one.startswith(words[0]) and one.endswith(words[2]))]
    named = ", ".join(facts[:TOLD]) + (", …" if len(facts) > TOLD else "")
    return t.n("minutes.doubts.facts", len(facts), named=named) if facts else ""
