"""A ballot in words: its options, a mark, how the result was reached. The catalogues are given (see `count.words`)."""

from collections.abc import Callable
from dataclasses import replace

from meetings.domain.ballot import Ballot
from meetings.domain.count import Step, Voiced
from meetings.domain.count.words import Speaker, sentence
from meetings.domain.marks import ABSTAIN, OUT
from meetings.domain.meeting import Meeting
from meetings.domain.polling import earlier
from meetings.domain.settling import explain
from meetings.domain.values import Form, Mark, MemberId, Outcome, Why

Naming = Callable[[MemberId], str]
"""What a member is called."""


def options(ballot: Ballot, name: Naming) -> tuple[str, ...]:
    """The options, or the candidates' names, in the order of their numbers."""
    return tuple(map(name, ballot.candidates)) or ballot.options


def said(ballot: Ballot, mark: Mark, name: Naming, t: Speaker) -> str:
    """What a mark says: `For`, `Anne > Bilal`, `Anne: Good, Bilal: To reject`."""
    if mark == ABSTAIN and ballot.form.elects:
        return t("count.mark.blank")
    if mark in {ABSTAIN, OUT} or not ballot.form.elects:
        return t(f"count.mark.{mark}")
    names = options(ballot, name)
    if ballot.form is Form.JUDGEMENT:
        grades = [t(f"count.grade.{grade}") for grade in mark.split(",")]
        return ", ".join(
            t("count.mark.graded", name=each, grade=grade) for each, grade in zip(names, grades, strict=True)
        )
    separator = ">" if ballot.form.ranks else ","
    chosen = [names[int(number) - 1] for number in mark.split(separator)]
    return (" > " if ballot.form.ranks else ", ").join(chosen)


def elected(ballot: Ballot, name: Naming) -> tuple[str, ...]:
    """What, or who, a closed ballot chose, in order of election."""
    names = options(ballot, name)
    return tuple(names[number - 1] for number in ballot.result.elected) if ballot.result else ()


def steps(meeting: Meeting, ballot: Ballot, name: Naming, t: Speaker) -> list[str]:
    """How a closed ballot's result was reached, a sentence a step; at the end what it takes to draw its lot again.

    What members said behind closed doors is left out.
    """
    result = ballot.result
    if result is None:
        return []
    taken = explain(ballot, meeting.rules, earlier(meeting, ballot))
    open_ = [step for step in taken if not (ballot.private and isinstance(step, Voiced))]
    lines = [sentence(_named(step, name), options(ballot, name), t) for step in open_]
    if ballot.form.elects and result.why is Why.CASTING_VOTE:
        lines.append(t("count.outcome.casting-vote", chosen=elected(ballot, name)))
    if result.outcome is Outcome.UNDECIDED and result.why is not Why.NEXT_ROUND:
        lines.append(t(f"count.outcome.{result.why}"))
    if result.seed:
        lines.append(t("count.outcome.seed", seed=result.seed, commitment=ballot.commitment))
    return lines


def _named(step: Step, name: Naming) -> Step:
    return replace(step, member=name(MemberId(step.member))) if isinstance(step, Voiced) else step
