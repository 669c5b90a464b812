"""Captions: what is said in public, minute by minute, for who reads along while people speak."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from meetings.boards.board import Board, Line, Section, Style, Tone
from meetings.boards.text import cut, named
from meetings.domain.interludes import Kind
from meetings.domain.meeting import Meeting
from meetings.domain.values import MemberId, UtteranceId
from meetings.i18n import Translator

MINUTE = timedelta(minutes=1)

BLINK = timedelta(microseconds=1)
"""What no utterance is shorter than."""

LONGEST = 1_000
"""Characters of one utterance that are shown: more than anybody says in its 25 seconds."""


class Words(Protocol):
    """What an utterance said."""

    @property
    def text(self) -> str:
        """The words."""
        ...

    @property
    def doubtful(self) -> bool:
        """Whether the model doubted them."""
        ...


@dataclass(frozen=True, slots=True)
class Caption:
    """What a member said from `start` on; `provisional` words may still change."""

    member: MemberId
    start: datetime
    text: str
    doubtful: bool = False
    provisional: bool = False


def captions(
    meeting: Meeting, words: Mapping[UtteranceId, Words], keys: Iterable[UtteranceId]
) -> Iterator[tuple[UtteranceId, Caption]]:
    """What these utterances said, those that said anything and repeat no other, and none behind closed doors."""
    echoes = meeting.review.echoes()
    for key in keys:
        spoken, said = meeting.recording.utterances.get(key), words.get(key)
        if key in echoes or spoken is None or said is None:
            continue
        if said.text.strip() and not private(meeting, spoken.start, spoken.end):
            yield key, Caption(spoken.member, spoken.start, said.text.strip(), said.doubtful)


def private(meeting: Meeting, start: datetime, end: datetime) -> bool:
    """Whether any of this time lies in a closed session."""
    closed = (one for one in meeting.interludes.all if one.kind is Kind.CLOSED)
    return any((one.until is None or start < one.until) and one.since < max(end, start + BLINK) for one in closed)


def by_minute(meeting: Meeting, said: Iterable[Caption]) -> dict[str, tuple[Caption, ...]]:
    """Captions by the minute of the session in which they begin and the item: `12.3` is item 3 in minute 12."""
    pages: dict[str, tuple[Caption, ...]] = {}
    if (opened := meeting.opened) is not None:
        for one in sorted(said, key=attrgetter("start", "member")):
            key = f"{(one.start - opened) // MINUTE}.{meeting.item_at(one.start) or 0}"
            pages[key] = (*pages.get(key, ()), one)
    return pages


def captions_board(meeting: Meeting, said: Sequence[Caption], names: Mapping[MemberId, str], t: Translator) -> Board:
    """One minute of a planned meeting; at least one caption."""
    number = meeting.item_at(said[0].start)
    item = next((item.plan for item in meeting.items if item.plan.number == number), None)
    title = t("boards.session.current", number=item.number, title=cut(item.title, 80)) if item else ""
    sections = [
        Section(tuple(_line(one, t) for one in run), named(member, names, t))
        for member, run in groupby(said, attrgetter("member"))
    ]
    live = any(one.provisional for one in said)
    return Board(
        "captions", title or t("boards.captions.title"), tuple(sections), tone=Tone.LIVE if live else Tone.QUIET
    )


def captions_notice(t: Translator) -> Board:
    """What stands before all captions: what they are worth."""
    lines = (Line(t("boards.captions.notice")), Line(t("boards.captions.legend"), Style.SMALL))
    return Board("captions", t("boards.captions.title"), (Section(lines),))


def _line(one: Caption, t: Translator) -> Line:
    text = cut(one.text, LONGEST)
    if one.provisional:
        return Line(t("boards.captions.provisional", text=text), Style.SMALL)
    return Line(t("boards.captions.doubtful", text=text) if one.doubtful else text)
