"""Options and votes in words."""

from collections.abc import Mapping

from meetings.boards.text import cut, named
from meetings.domain.ballot import Ballot
from meetings.domain.count.majority_judgement import GRADES
from meetings.domain.marks import ABSTAIN, OUT
from meetings.domain.values import Form, Mark, MemberId
from meetings.i18n import Translator

OPTION = 100
"""Characters of an option."""

GRADE = range(1, GRADES + 1)
"""The grades, the best first."""


def option_names(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[str, ...]:
    """The options in the order of their numbers, from 1: words, or members by name."""
    if ballot.candidates:
        return tuple(named(candidate, names, t) for candidate in ballot.candidates)
    return tuple(cut(option, OPTION) for option in ballot.options)


def mark_words(ballot: Ballot, mark: Mark, names: Mapping[MemberId, str], t: Translator) -> str:
    """A vote in words: `Pour`, `Vote blanc`, `1. Arbres, 2. Bancs`, `Arbres : Bien`."""
    if mark in {ABSTAIN, OUT} or not ballot.form.elects:
        return plain_words(ballot.form, mark, t)
    options = option_names(ballot, names, t)
    numbers = [int(number) for number in mark.replace(">", ",").split(",")]
    if ballot.form is Form.JUDGEMENT:
        graded = zip(options, numbers, strict=True)
        return " ; ".join(t("boards.mark.graded", option=option, grade=grade(given, t)) for option, given in graded)
    chosen = [options[number - 1] for number in numbers]
    if ballot.form.ranks:
        chosen = [f"{place}. {option}" for place, option in enumerate(chosen, 1)]
    return ", ".join(chosen)


def plain_words(form: Form, mark: str, t: Translator) -> str:
    """A mark that names no option: an abstention is a blank paper where there are papers."""
    return t("boards.mark.blank" if form.elects and mark == ABSTAIN else f"boards.mark.{mark}")


def grade(number: int, t: Translator) -> str:
    """A grade of the majority judgement, 1 the best."""
    return t(f"count.grade.{number}")
