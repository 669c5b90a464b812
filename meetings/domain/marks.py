"""How a vote is spelled, in the log and in the urn: one spelling a form, so that equal votes are equal marks.

motion              for, against
options             2               the option's number, from 1
appointment         2               the candidate's
irv, stv            3>1>2           the order, the best first; it may stop early
approval            1,3             every option approved, sorted
judgement           1,7,3           a grade for each option: 1 excellent .. 7 to reject (`count.majority_judgement`)
consent             consent, reservation, objection
all of them         abstain, out
"""

import re

from meetings.domain.count import Position, Ranking
from meetings.domain.count.majority_judgement import GRADES
from meetings.domain.values import Choice, Form, Mark

ABSTAIN = Mark(Choice.ABSTAIN.value)
OUT = Mark(Choice.OUT.value)

WORDED = frozenset((Mark(Position.OBJECTION.value), Mark(Position.RESERVATION.value)))
"""Marks that say why."""

_WORDS = {
    Form.MOTION: frozenset(choice.value for choice in Choice),
    Form.CONSENT: frozenset(position.value for position in Position),
}


def spelled(form: Form, options: int, said: str) -> Mark | None:
    """The mark that `said` is in a ballot of that form with so many options; None where it is none."""
    if said in {ABSTAIN, OUT} or not form.elects:
        return Mark(str(said)) if said in {ABSTAIN, OUT, *_WORDS.get(form, ())} else None
    separator = ">" if form.ranks else ","
    numbers = [int(part) if re.fullmatch("[0-9]{1,3}", part) else 0 for part in said.split(separator)]
    if form is Form.JUDGEMENT:
        graded = len(numbers) == options and all(1 <= grade <= GRADES for grade in numbers)
        return Mark(",".join(map(str, numbers))) if graded else None
    if len(set(numbers)) < len(numbers) or not all(1 <= number <= options for number in numbers):
        return None
    if form in {Form.OPTIONS, Form.APPOINTMENT} and len(numbers) > 1:
        return None
    return Mark(separator.join(map(str, sorted(numbers) if form is Form.APPROVAL else numbers)))


def ranking(form: Form, mark: Mark) -> Ranking:
    """The mark of a form that elects as a ranking to count; an abstention ranks nobody."""
    if mark == ABSTAIN:
        return ()
    numbers = tuple(map(int, mark.split(">" if form.ranks else ",")))
    if form is Form.JUDGEMENT:
        return tuple(
            tuple(option for option, given in enumerate(numbers, 1) if given == grade) for grade in range(1, GRADES + 1)
        )
    return (numbers,) if form is Form.APPROVAL else tuple((number,) for number in numbers)
