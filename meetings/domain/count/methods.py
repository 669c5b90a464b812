"""The methods by name, and a count as a report: what `hemicycle count` prints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from meetings.domain.count import approval, irv, majority_judgement, plurality, scottish_stv
from meetings.domain.count.election import Election
from meetings.domain.count.errors import TieError
from meetings.domain.count.source import Note
from meetings.domain.count.steps import Result, Step
from meetings.domain.count.words import Speaker, sentence
from meetings.domain.lot import Lot

Method: TypeAlias = Callable[[Election, Lot | None], Result]
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json]"

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "scottish-stv": scottish_stv.count,
        "irv": irv.count,
        "approval": approval.count,
        "plurality": plurality.count,
        "majority-judgement": majority_judgement.count,
    }
)

ONE_SEAT = frozenset({"irv"})

_PEOPLE = frozenset({"candidate", "candidates", "better", "worse", "tied", "chosen"})
_TALLIES = frozenset({"votes", "received"})


def count(election: Election, method: str, seats: int | None = None, lot: Lot | None = None) -> Result:
    """Count by a method's name; one that elects one takes one seat where `seats` is not given.

    Raises KeyError for another name, CountError; a TieError knows the names.
    """
    if seats is None and method in ONE_SEAT:
        seats = 1
    try:
        return METHODS[method](election if seats is None else replace(election, seats=seats), lot)
    except TieError as tie:
        names = tuple(election.candidates[number - 1] for number in tie.tied)
        raise TieError(tie.question, tie.stage, tie.tied, names) from tie


def report(election: Election, result: Result, notes: Sequence[Note], t: Speaker) -> dict[str, Json]:
    """The result as JSON: names for numbers, each step with its kind, its data and its words."""
    return {
        "title": election.title,
        "winners": [election.candidates[number - 1] for number in result.winners],
        "tie": result.tie,
        "steps": [_step(step, election.candidates, t) for step in result.steps],
        "notes": [{"kind": note.oddity.value, "line": note.line, "count": note.count} for note in notes],
    }


def explain(election: Election, result: Result, notes: Sequence[Note], t: Speaker) -> list[str]:
    """How the result was reached, a sentence a step; first, what was odd in the file."""
    odd = [note_words(note, t) for note in notes]
    return [*odd, *(sentence(step, election.candidates, t) for step in result.steps)]


def note_words(note: Note, t: Speaker) -> str:
    """What was odd in a file, as a sentence."""
    return t(f"count.note.{note.oddity.value}", line=note.line, number=note.count)


def _step(step: Step, names: Sequence[str], t: Speaker) -> dict[str, Json]:
    kind = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in type(step).__name__)
    data = {field.name.rstrip("_"): _value(field.name, getattr(step, field.name), names) for field in fields(step)}
    return {"kind": kind.removeprefix("-"), **data, "words": sentence(step, names, t)}


def _value(field: str, value: object, names: Sequence[str]) -> Json:
    match value:
        case tuple() if field in _TALLIES:
            return [{"candidate": names[number - 1], "votes": _value("", votes, names)} for number, votes in value]
        case tuple():
            return [_value(field, each, names) for each in value]
        case Enum():
            return str(value.value)
        case Decimal():
            return float(value)
        case bool() | str():
            return value
        case int():
            return names[value - 1] if field in _PEOPLE else value
    raise TypeError(type(value))
