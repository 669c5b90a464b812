"""A reading as people and as programs see it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypedDict

from agenda import words
from agenda.calendar import Reading
from agenda.documents import NO_DOCUMENTS, Documents
from agenda.errors import Problem
from agenda.items import Item, Plan, plan
from agenda.occurrence import Occurrence
from agenda.words import Language


class ShownItem(TypedDict):
    """`minutes` and `start` are null where unknown; `start` is ISO 8601 with offset; `level` counts from 1."""

    number: str
    title: str
    minutes: int | None
    rapporteur: str | None
    kind: str | None
    level: int
    start: str | None


class ShownOccurrence(TypedDict):
    """`start` and `end` are ISO 8601 with offset, dates alone where `all_day` (`end` is the day after the last)."""

    uid: str
    recurrence_id: str | None
    start: str
    end: str
    all_day: bool
    zone: str
    summary: str
    location: str | None
    url: str | None
    status: str
    sequence: int
    items: list[ShownItem]


class ShownProblem(TypedDict):
    """Both in the reader's language."""

    place: str
    what: str


class Shown(TypedDict):
    """What `show` returns, ready for JSON."""

    occurrences: list[ShownOccurrence]
    problems: list[ShownProblem]


def show(reading: Reading, *, language: Language = "fr", documents: Documents = NO_DOCUMENTS) -> Shown:
    """Everything a reading holds, agendas included, as plain dictionaries ready for JSON."""
    plans = [plan(one, documents) for one in reading.occurrences]
    return {
        "occurrences": [_occurrence(one, its.items) for one, its in zip(reading.occurrences, plans, strict=True)],
        "problems": [
            {"place": words.place(one.place, language), "what": words.problem(one, language)}
            for one in _problems(reading, plans)
        ],
    }


def render(reading: Reading, *, language: Language = "fr", documents: Documents = NO_DOCUMENTS) -> str:
    """A reading as plain text: each meeting with its agenda, then what was repaired or left out."""
    plans = [plan(one, documents) for one in reading.occurrences]
    blocks = ["\n".join(_lines(one, its, language)) for one, its in zip(reading.occurrences, plans, strict=True)]
    problems = [
        f"! {words.place(one.place, language)}{' :' if language == 'fr' else ':'} {words.problem(one, language)}"
        for one in _problems(reading, plans)
    ]
    return "\n\n".join((*blocks, *(["\n".join(problems)] if problems else [])))


def _problems(reading: Reading, plans: list[Plan]) -> list[Problem]:
    """The problems of the file and of the agendas; a series says the same of each instance only once."""
    found: list[Problem] = []
    for one in (*reading.problems, *(one for its in plans for one in its.problems)):
        if one not in found:
            found.append(one)
    return found


def _occurrence(one: Occurrence, items: tuple[Item, ...]) -> ShownOccurrence:
    return {
        "uid": one.uid,
        "recurrence_id": one.recurrence_id,
        "start": one.start.date().isoformat() if one.all_day else one.start.isoformat(),
        "end": one.end.date().isoformat() if one.all_day else one.end.isoformat(),
        "all_day": one.all_day,
        "zone": one.zone,
        "summary": one.summary,
        "location": one.location or None,
        "url": one.url or None,
        "status": one.status,
        "sequence": one.sequence,
        "items": [_item(one, item) for item in items],
    }


def _item(one: Occurrence, item: Item) -> ShownItem:
    start = None if item.start is None or one.all_day else one.after(item.start)
    return {
        "number": item.number,
        "title": item.title,
        "minutes": item.minutes,
        "rapporteur": item.rapporteur,
        "kind": item.kind,
        "level": item.level,
        "start": start.isoformat() if start else None,
    }


def _lines(one: Occurrence, its: Plan, language: Language) -> Iterator[str]:
    last = one.end - timedelta(days=1) if one.all_day else one.end
    when = f"{one.start:%Y-%m-%d}" if one.all_day else f"{one.start:%Y-%m-%d %H:%M}"
    until = "" if one.all_day and last <= one.start else f"–{last:%Y-%m-%d}" if one.all_day else f"–{last:%H:%M}"
    yield f"{when}{until} {one.zone}  {one.summary or '—'}" + ("" if one.status == "CONFIRMED" else f"  [{one.status}]")
    if one.location:
        yield f"  {one.location}"
    for item in its.items:
        start = None if item.start is None or one.all_day else one.after(item.start)
        clock = f"{start:%H:%M}" if start else "     "
        remarks = [
            f"{item.minutes} min" if item.minutes else "",
            words.kind(item.kind, language) if item.kind else "",
            item.rapporteur or "",
        ]
        tail = ", ".join(remark for remark in remarks if remark)
        yield f"  {clock} {'  ' * (item.level - 1)}{item.number}. {item.title}" + (f"  ({tail})" if tail else "")
