"""What a language model is asked about an item's debate, and what of its answer may stand in the minutes."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from meetings.i18n import Translator
from meetings.i18n.typography import polish
from meetings.minutes.document import Claim, Section, Source
from meetings.minutes.figures import Lang
from meetings.minutes.quoting import sentences
from meetings.minutes.sentences import spans
from meetings.minutes.support import Ground, supported
from meetings.minutes.text import clean, ended
from meetings.minutes.weighing import Candidate, weighed

LONGEST = 12_000
"""Characters of a debate that are sent, the weightiest first: small models read some 4,000 tokens."""

FEWEST = 4
"""Sentences of a debate worth a summary."""

MOST = 20
"""Sentences of a summary; what follows is struck."""

_CITED = re.compile(r"(?:[\[(]\s*u\d+(?:\s*[,;]?\s*u\d+)*\s*[\])]\s*)+", re.IGNORECASE)
_MARK = re.compile(r"u\d+")
_MARKUP = re.compile(r"^[\s\-*•#>.,;:!?]*(?:\d{1,2}[.)]\s+)?|\*\*|[*#`]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A debate put to a model: what was said in each utterance, under the mark it is cited by (`u1`, `u2`, ...)."""

    lang: Lang
    instructions: str
    item: str
    said: dict[str, tuple[Source, str]]
    names: tuple[str, ...]

    @property
    def messages(self) -> list[dict[str, str]]:
        """As chat completions take them."""
        lines = [f"[{mark}] {source.speaker}: {text}" for mark, (source, text) in self.said.items()]
        return [
            {"role": "system", "content": self.instructions},
            {"role": "user", "content": "\n".join([self.item, "", *lines])},
        ]

    def digest(self, model: str) -> str:
        """What the answer of that model to this very question is kept under (SHA-256)."""
        return hashlib.sha256(json.dumps([model, self.messages], sort_keys=True).encode()).hexdigest()


def question(t: Translator, lang: Lang, section: Section, names: Collection[str]) -> Question | None:
    """What is asked about an item; None where too little was said for a summary. What is uncertain is not sent."""
    said = [one.quote for speech in section.speeches for one in sentences(speech) if one.sure]
    if section.plan is None or len(said) < FEWEST:
        return None
    kept = _weightiest([Candidate(one.speaker, one.text) for one in said], section.plan.title, lang)
    marked: dict[str, tuple[Source, str]] = {}
    for place in kept:
        one = said[place]
        source = Source(one.utterances[0], one.speaker, one.start)
        mark, (last, text) = next(reversed(marked.items()), ("", (None, "")))
        if last == source:
            marked[mark] = (source, f"{text} {one.text}")
        else:
            marked[f"u{len(marked) + 1}"] = (source, one.text)
    decided = [ballot.question for ballot in section.ballots] + [one.sentence for one in section.decisions]
    results = [ballot.result or "" for ballot in section.ballots]
    item = "\n".join(one for one in (section.plan.title, section.plan.rapporteur, *decided, *results) if one)
    return Question(lang, t("minutes.summary.instructions", most=MOST), item, marked, tuple(sorted(names)))


def claims(asked: Question, answer: str) -> tuple[tuple[Claim, ...], int]:
    """The sentences of an answer that rest on words said, and how many were struck.

    One is struck that cites no utterance, or one that there is not, and one that names a person, a number or a decision
    found neither in the utterances it cites nor in the item.
    """
    kept: dict[str, Claim] = {}
    struck = 0
    for text, marks in _cited(answer):
        known = [asked.said[mark] for mark in marks if mark in asked.said]
        sources = tuple(dict.fromkeys(source for source, _ in known))
        said, speakers = " ".join(words for _, words in known), tuple(source.speaker for source in sources)
        ground = Ground(said, speakers, asked.item, asked.names, asked.lang)
        if marks and len(known) == len(marks) and len(kept) < MOST and supported(text, ground):
            kept[text] = Claim(ended(polish(text, asked.lang)), sources)
        else:
            struck += 1
    return tuple(kept.values()), struck


def _cited(answer: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence with the marks it cites: those right after it."""
    for line in answer.splitlines():
        start = 0
        for match in _CITED.finditer(line):
            *before, last = _sentences(line[start : match.start()]) or [""]
            yield from ((one, []) for one in before)
            if last:
                yield last, list(dict.fromkeys(_MARK.findall(match[0].lower())))
            start = match.end()
        yield from ((one, []) for one in _sentences(line[start:]))


def _sentences(text: str) -> list[str]:
    plain = _MARKUP.sub("", clean(text)).strip()
    return [plain[start:end] for start, end in spans(plain) if re.search(r"\w", plain[start:end])]


def _weightiest(candidates: Sequence[Candidate], subject: str, lang: Lang) -> list[int]:
    """As many sentences as may be sent, in the order in which they were said."""
    worths = weighed(candidates, subject, lang).worths
    kept, room = [], LONGEST
    for place in sorted(range(len(candidates)), key=lambda place: (-worths[place], place)):
        room -= len(candidates[place].text) + len(candidates[place].speaker)
        if room < 0:
            break
        kept.append(place)
    return sorted(kept)
