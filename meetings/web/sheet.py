"""A meeting's lines with their words at one moment, and what a reviewer's wish means to the council."""

import re
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from meetings.domain import reviewing as r
from meetings.domain.commands import Command
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Code, Refusal
from meetings.domain.review import Line, LineId
from meetings.domain.values import MemberId
from meetings.log.corrections import Version
from meetings.minutes.quoting import Key
from meetings.minutes.sentences import moved, spans
from meetings.minutes.text import clean

LONGEST = 5000
"""Characters of a line."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a line says, and whether it needs an ear."""

    text: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a line with the space `after` it; `of` is what the whole of it is chosen by, where it may be."""

    text: str
    after: str
    of: Key | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A meeting's lines at one moment, with their words. `marks` are the sentences that may be chosen (see
    `Drafting.marks`), `rectified` the lines whose words are those that their speaker asked for.
    """

    meeting: Meeting
    lines: dict[LineId, Line]
    words: dict[LineId, Words]
    names: dict[MemberId, str]
    marks: Mapping[Key, tuple[Key, bool]] = field(default_factory=dict)
    rectified: Collection[LineId] = ()

    def pieces(self, key: LineId) -> list[Piece]:
        """A line's words, sentence by sentence."""
        text = self.words[key].text
        found = spans(text)
        starts = [start for start, _ in found[1:]] + [len(text)]
        marked = {} if (key, len(found)) in self.marks else self.marks  # as the minutes have it, it is cut otherwise
        return [
            Piece(text[start:end], text[end:after], *marked.get((key, place), ()))
            for place, ((start, end), after) in enumerate(zip(found, starts, strict=True))
        ]

    def section(self, line: Line) -> int:
        """The item a line is under; 0 before the first."""
        return line.item or self.meeting.item_at(line.start) or 0

    def before(self, line: Line) -> Line | None:
        """The line above, under the same item."""
        above = [one for one in self.lines.values() if self.section(one) == self.section(line)]
        place = next((place for place, one in enumerate(above) if one.id == line.id), 0)
        return above[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Order:
    """A command, and the versions of words that it names."""

    command: Command
    versions: tuple[Version, ...] = ()


def order(sheet: Sheet, form: Mapping[str, str], at: datetime, by: MemberId) -> Order | Refusal:
    """What a form asks for: `act`, and where it is about one, a `line`."""
    common: dict[str, Any] = {"meeting": sheet.meeting.id, "at": at, "by": by}
    act, line = form.get("act", ""), sheet.lines.get(LineId(form.get("line", "")))
    if act in {"undo", "redo"}:
        last = sheet.meeting.review.last(by, undoing=act == "redo")
        return Order(r.UndoReview(**common, act=last)) if last else Refusal(Code.NOT_UNDOABLE)
    if line is None:
        return Refusal(Code.NO_SUCH_LINE)
    common["line"] = line.id
    match act:
        case "correct":
            said = Version(line.id, _text(form))
            places = moved(sheet.words[line.id].text, said.text)
            return Order(r.CorrectLine(**common, base=form.get("base", ""), digest=said.digest, moved=places), (said,))
        case "choose":
            place, kept = int(form.get("place", "") or -1), form.get("kept") == "yes"
            return Order(r.ChooseSentence(**common, base=form.get("base", line.digest), place=place, kept=kept))
        case "strike":
            return Order((r.RestoreLine if line.struck else r.StrikeLine)(**common))
        case "attribute":
            return Order(r.AttributeLine(**common, member=MemberId(form.get("member", ""))))
        case "move":
            return Order(r.MoveLine(**common, item=int(form.get("item", "") or 0)))
        case "split":
            return _split(sheet, line, form, common)
        case "merge":
            return _merge(sheet, line, form, common)
    return Refusal(Code.NOTHING_CHANGED)


def replaced(sheet: Sheet, find: str, put: str) -> Iterator[tuple[Line, str]]:
    """The lines in which whole words are found, and what they would say; capitals count, for names have them."""
    if not find.strip():
        return
    sought = re.compile(rf"(?<!\w){re.escape(find.strip())}(?!\w)")
    for key, line in sheet.lines.items():
        text = sheet.words[key].text
        if (new := clean(sought.sub(lambda _: put.strip(), text))) != text and not line.struck:
            yield line, new


def _split(sheet: Sheet, line: Line, form: Mapping[str, str], common: dict[str, Any]) -> Order | Refusal:
    """Two lines of one, at a character (`at`) of the words in the form; time is shared as the letters are."""
    text, at = _raw(form), int(form.get("at", "") or 0)
    first, rest = clean(text[:at]), clean(text[at:])
    if not first or not rest:
        return Refusal(Code.NOTHING_CHANGED)
    part = LineId(f"{line.id}+{secrets.token_hex(3)}")
    both = Version(line.id, first), Version(part, rest)
    since = line.start + (line.end - line.start) * (len(first) / (len(first) + len(rest)))
    digests: dict[str, Any] = {"digest": both[0].digest, "rest": both[1].digest}
    before = sheet.words[line.id].text
    digests |= {"moved": moved(before, first), "rest_moved": moved(before, rest)}
    return Order(r.SplitLine(**common, base=form.get("base", ""), part=part, since=since, **digests), both)


def _merge(sheet: Sheet, line: Line, form: Mapping[str, str], common: dict[str, Any]) -> Order | Refusal:
    """A line joins the one above it."""
    above = sheet.before(line)
    if above is None:
        return Refusal(Code.NO_SUCH_LINE)
    upper, lower = sheet.words[above.id].text, sheet.words[line.id].text
    whole = Version(above.id, clean(f"{upper} {lower}"))
    bases: dict[str, Any] = {"base": form.get("base", line.digest), "into_base": above.digest}
    bases |= {"moved": moved(lower, whole.text), "into_moved": moved(upper, whole.text)}
    return Order(r.MergeLine(**common, **bases, into=above.id, digest=whole.digest), (whole,))


def _raw(form: Mapping[str, str]) -> str:
    return form.get("text", "")[:LONGEST]


def _text(form: Mapping[str, str]) -> str:
    return clean(_raw(form))
