"""A closed ballot's result in words, and how it was reached."""

from collections.abc import Mapping

from meetings.boards.board import Line, Style, Tone
from meetings.boards.marks import option_names
from meetings.boards.text import cut, named
from meetings.domain.ballot import Ballot
from meetings.domain.count import Position, Threshold
from meetings.domain.count.words import sentence
from meetings.domain.meeting import Meeting
from meetings.domain.polling import earlier
from meetings.domain.settling import explain
from meetings.domain.values import Form, MemberId, Outcome
from meetings.domain.voting import BallotClosed
from meetings.i18n import Translator

STEPS = 8
"""Steps of a count that a board shows: the first and the last; all of them are in the list of slips."""

WORDS = 200
"""Characters of an objection's words on a board."""


def outcome(result: BallotClosed) -> Tone:
    """What the result tells at a glance."""
    if result.outcome is Outcome.UNDECIDED:
        return Tone.QUIET
    return Tone.BAD if result.outcome is Outcome.REJECTED else Tone.GOOD


def title(ballot: Ballot, result: BallotClosed, t: Translator) -> str:
    """The result at the head of the board."""
    elects = "elected" if ballot.form is Form.APPOINTMENT or ballot.candidates else result.outcome
    key = elects if result.outcome is Outcome.CHOSEN else result.outcome
    return t(f"boards.ballot.{key}", decision=result.decision)


def required(ballot: Ballot, t: Translator) -> str:
    """What it takes to be adopted, or chosen."""
    if ballot.form is Form.OPTIONS and ballot.threshold is Threshold.SIMPLE:
        return t("boards.ballot.most")
    base = t(f"boards.ballot.base.{ballot.basis}")
    return t(f"boards.ballot.threshold.{ballot.threshold}", base=base)


def elected(ballot: Ballot, result: BallotClosed, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """Who or what is chosen, then the votes of each, the most first."""
    options = option_names(ballot, names, t)
    chosen = [Line(f"✓ {options[number - 1]}", Style.STRONG) for number in result.elected]
    votes = sorted(enumerate(result.counts), key=lambda one: (-one[1], one[0]))
    rows = [t("boards.ballot.votes", option=options[place], votes=count) for place, count in votes]
    blank = [t("boards.ballot.blanks", votes=result.tally.abstain)] if result.tally.abstain else []
    return (*chosen, *(Line(row) for row in (*rows, *blank)))


def reasons(meeting: Meeting, ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[str, ...]:
    """How the result was reached, in a few lines."""
    if ballot.result is None:
        return ()
    if ballot.form is Form.MOTION:
        return (reason(ballot.result, t),)
    if ballot.form is Form.CONSENT:
        return _consented(ballot, names, t)
    steps = steps_in_words(meeting, ballot, names, t)
    if len(steps) > STEPS:
        return (*steps[: STEPS // 2], "…", *steps[-STEPS // 2 :])
    return steps


def steps_in_words(meeting: Meeting, ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[str, ...]:
    """Every step of the count of a closed ballot that elects."""
    options = option_names(ballot, names, t)
    steps = explain(ballot, meeting.rules, earlier(meeting, ballot))
    return tuple(sentence(step, options, t) for step in steps)


def reason(result: BallotClosed, t: Translator) -> str:
    """How a motion's result was reached: the rule that settled it, with its figures."""
    votes = result.tally
    key = f"boards.ballot.why.{result.why}.{result.outcome}"
    return t(key, for_=votes.for_, against=votes.against, cast=votes.cast, total=result.total)


def _consented(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[str, ...]:
    """Objections and reservations, each with its words."""
    rows = [t(f"boards.ballot.why.{ballot.result.why}.{ballot.result.outcome}")] if ballot.result else []
    for mark in (Position.OBJECTION, Position.RESERVATION):
        voiced = [member for member, said in ballot.votes.items() if said == mark.value]
        rows += [
            t(f"boards.ballot.{mark}", name=named(who, names, t), text=cut(ballot.texts.get(who, ""), WORDS))
            for who in voiced
        ]
    return tuple(rows)
