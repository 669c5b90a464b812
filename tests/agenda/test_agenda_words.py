"""Every code has its sentence, in both languages, with its fields."""

import string
from typing import get_args

import pytest

from agenda import CalendarError, Place, Problem
from agenda.errors import ErrorCode, ProblemCode
from agenda.marks import Kind
from agenda.words import ERRORS, KINDS, PROBLEMS, error, kind, place, problem


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_code_has_words():
    assert set(ERRORS) == set(get_args(ErrorCode))
    assert set(PROBLEMS) == set(get_args(ProblemCode))
    assert set(KINDS) == set(get_args(Kind))


@pytest.mark.parametrize(("code", "both"), [*ERRORS.items(), *PROBLEMS.items()])
def test_both_languages_say_the_same(code, both):
    french, english = both
    assert french != english
    assert fields(french) == fields(english)
    assert french.endswith(".")
    assert english.endswith(".")


@pytest.mark.parametrize(
    ("code", "given", "french", "english"),
    [
        ("not-calendar", {"kind": "html"}, "une page web (HTML)", "a web page (HTML)"),
        ("too-large", {"megabytes": 10}, "10 Mo", "10 MB"),
        ("absent", {"path": "x.ics"}, "x.ics", "x.ics"),
        ("no-future-event", {}, "aucune réunion", "no meeting"),
    ],
)
def test_errors_in_a_sentence(code, given, french, english):
    assert french in error(CalendarError(code, **given), "fr")
    assert english in error(CalendarError(code, **given), "en")


def test_a_problem_and_its_place():
    found = Problem(Place("agenda.ics", "12@test", 8), "bad-value", {"name": "DTSTART"})
    assert place(found.place, "fr") == "agenda.ics, événement 12@test, ligne 8"
    assert place(found.place, "en") == "agenda.ics, event 12@test, line 8"
    assert place(Place(), "fr") == "calendrier"
    assert problem(found, "en") == "The value of DTSTART is wrong; it was ignored."


def test_kinds_in_words():
    assert (kind("debate", "fr"), kind("debate", "en")) == ("débat", "discussion")
