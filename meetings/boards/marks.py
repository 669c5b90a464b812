"""Votes in words, as a member reads them."""

from collections.abc import Mapping

from meetings.boards.text import cut, named
from meetings.domain import wording
from meetings.domain.ballot import Ballot
from meetings.domain.count.majority_judgement import GRADES
from meetings.domain.marks import ABSTAIN
from meetings.domain.values import Form, Mark, MemberId
from meetings.i18n import Translator

WORDS = 3_500
"""Characters of a vote: as many options as there may be, each graded."""

GRADE = range(1, GRADES + 1)
"""The grades of a majority judgement, the best first."""


def mark_words(ballot: Ballot, mark: Mark, names: Mapping[MemberId, str], t: Translator) -> str:
    """A vote in words: `Pour`, `Blanc`, `Arbres > Bancs`, `Arbres : Bien`."""
    return cut(wording.said(ballot, mark, lambda member: named(member, names, t), t), WORDS)


def plain_words(form: Form, mark: str, t: Translator) -> str:
    """A mark that names no option: an abstention is a blank paper where there are papers."""
    return t("count.mark.blank" if form.elects and mark == ABSTAIN else f"count.mark.{mark}")


def grade(number: int, t: Translator) -> str:
    """A grade, 1 the best."""
    return t(f"count.grade.{number}")
