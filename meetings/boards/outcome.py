"""How a closed ballot came out, and how that was reached, as the lines of its board."""

from collections.abc import Mapping

from meetings.boards.board import Line, Style
from meetings.boards.text import cut, listed, named
from meetings.domain import wording
from meetings.domain.ballot import Ballot
from meetings.domain.meeting import Meeting
from meetings.domain.rules import OPTION_LIMIT
from meetings.domain.values import Form, MemberId, Tally, Why
from meetings.domain.voting import BallotClosed
from meetings.i18n import Translator

STEPS = 1_200
"""Characters of a count's steps: with the motion they fit one message on every platform; the minutes have them all."""

NAMES = 500
"""Characters of the names of who is elected."""


def option_names(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[str, ...]:
    """The options, or the candidates' names, in the order of their numbers."""
    options = wording.options(ballot, lambda member: named(member, names, t))
    return tuple(cut(option, OPTION_LIMIT) for option in options)


def result_lines(meeting: Meeting, ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """The result of a closed ballot of any form, and its reasons; nothing while it runs."""
    result = ballot.result
    if result is None:
        return ()
    if ballot.form is Form.MOTION and result.why is not Why.THRESHOLD:
        return tally_line(result.tally, t), Line(reason(result, t))
    steps = wording.steps(meeting, ballot, lambda member: named(member, names, t), t)
    if ballot.form is Form.MOTION:
        return tally_line(result.tally, t), *_fitting(steps, t)
    if not ballot.form.elects:
        return _fitting(steps, t)
    elected = listed(wording.elected(ballot, lambda member: named(member, names, t)), NAMES, t)
    head = t("boards.ballot.elected", names=elected) if elected else t("boards.ballot.nobody")
    return Line(head, Style.STRONG), *_fitting(steps, t)


def reason(result: BallotClosed, t: Translator) -> str:
    """How a motion's result was reached: the rule that settled it, with its figures."""
    votes = result.tally
    key = f"boards.ballot.why.{result.why}.{result.outcome}"
    return t(key, for_=votes.for_, against=votes.against, cast=votes.cast)


def tally_line(votes: Tally, t: Translator) -> Line:
    """A motion's votes."""
    words = t("boards.ballot.tally", for_=votes.for_, against=votes.against, abstain=votes.abstain)
    return Line(t("boards.ballot.tally-out", tally=words, out=votes.out) if votes.out else words, Style.STRONG)


def _fitting(steps: list[str], t: Translator) -> tuple[Line, ...]:
    """The last steps, which settle it, as many as fit; the minutes have the others."""
    room, shown = STEPS, list[Line]()
    for step in reversed(steps):
        room -= len(step)
        if room < 0 and shown:
            more = len(steps) - len(shown)
            return Line(t.n("boards.ballot.steps-more", more), Style.SMALL), *reversed(shown)
        shown.append(Line(cut(step, STEPS)))
    return tuple(reversed(shown))
