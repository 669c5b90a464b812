"""A motion put to the vote: how many voted while it runs; the result, and how it was reached, when it is closed."""

from collections.abc import Mapping

from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.outcome import result_lines, tally_line
from meetings.boards.text import cut_lines, listed, named
from meetings.domain.ballot import Ballot, Purpose
from meetings.domain.meeting import Meeting
from meetings.domain.rules import MOTION_LIMIT
from meetings.domain.settling import tally
from meetings.domain.values import Choice, Manner, MemberId, Outcome
from meetings.domain.voting import BallotClosed
from meetings.i18n import Translator, translator

ROLL = 500
"""Characters of names a choice: with the motion and its result they fit one message on every platform."""

_LABELS = {
    Choice.FOR: "boards.ballot.for",
    Choice.AGAINST: "boards.ballot.against",
    Choice.ABSTAIN: "boards.ballot.abstain",
    Choice.OUT: "boards.ballot.out",
}
_ACCENTS = {Choice.FOR: Accent.GOOD, Choice.AGAINST: Accent.BAD, Choice.ABSTAIN: Accent.SIDE, Choice.OUT: Accent.SIDE}


def ballot_board(meeting: Meeting, ballot: Ballot, names: Mapping[MemberId, str]) -> Board:
    """A ballot of a planned meeting. Raises ValueError for an unplanned one.

    While a secret ballot runs it says how many voted, never who nor what.
    """
    if meeting.plan is None:
        raise ValueError(f"meeting {meeting.id} is not planned")
    t = translator(meeting.plan.lang)
    motion = Section(_motion(ballot, t))
    if ballot.result is None:
        return _running(meeting, ballot, motion, names, t)
    return _closed(meeting, ballot, ballot.result, motion, names, t)


def _motion(ballot: Ballot, t: Translator) -> tuple[Line, ...]:
    """The words put to the vote; closed doors have the house's own, and no debate (CGCT L2121-18)."""
    if ballot.purpose is Purpose.CLOSED_SESSION:
        return Line(t("boards.ballot.doors"), Style.QUOTE), Line(t("boards.ballot.without-debate"), Style.SMALL)
    return (Line(cut_lines(ballot.motion, MOTION_LIMIT), Style.QUOTE),)


def _running(meeting: Meeting, ballot: Ballot, motion: Section, names: Mapping[MemberId, str], t: Translator) -> Board:
    present = len(meeting.attendance.present)
    represented = len(meeting.attendance.represented())
    voted = "boards.ballot.voted-proxies" if represented else "boards.ballot.voted"
    lines = [Line(t.n(voted, len(ballot.votes), present=present, represented=represented))]
    manner = "secret" if ballot.secret else "roll-call" if ballot.manner else "public"
    if not ballot.secret:
        lines.insert(0, tally_line(tally(ballot), t))
    if ballot.manner is Manner.ROLL_CALL:
        lines += _roll(ballot, names, t)
    return Board(
        key=f"ballot:{ballot.id}",
        title=t(f"boards.ballot.{manner}"),
        sections=(motion, Section((*lines, *_asked(ballot, names, t)))),
        buttons=tuple(Button(Action(choice), ballot.id, t(_LABELS[choice]), _ACCENTS[choice]) for choice in Choice),
        tone=Tone.LIVE,
    )


def _closed(
    meeting: Meeting,
    ballot: Ballot,
    result: BallotClosed,
    motion: Section,
    names: Mapping[MemberId, str],
    t: Translator,
) -> Board:
    lines = (*result_lines(meeting, ballot, names, t), *_asked(ballot, names, t), *_secrecy(ballot, t))
    hidden = ballot.secret or ballot.private or not ballot.votes
    roll = () if hidden else (Section(_roll(ballot, names, t)),)
    return Board(
        key=f"ballot:{ballot.id}",
        title=t(f"boards.ballot.{result.outcome}", decision=result.decision),
        sections=(motion, Section(lines), *roll),
        tone=Tone.GOOD if result.outcome is Outcome.ADOPTED else Tone.BAD,
    )


def _secrecy(ballot: Ballot, t: Translator) -> tuple[Line, ...]:
    if ballot.secret:
        return (Line(t("boards.ballot.was-secret"), Style.SMALL),)
    return (Line(t("boards.ballot.private"), Style.SMALL),) if ballot.private else ()


def _asked(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """Who asked for this manner of voting; what each then chose is no part of it."""
    if ballot.manner is None:
        return ()
    askers = listed([named(member, names, t) for member in ballot.askers], ROLL, t)
    return (Line(t(f"boards.ballot.asked.{ballot.manner}", names=askers), Style.SMALL),)


def _roll(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """Who voted what: a public ballot's roll (CGCT L2121-21)."""
    rows = []
    for choice in Choice:
        voters = sorted(
            _voter(ballot, member, names, t) for member, cast in ballot.votes.items() if cast == choice.value
        )
        if voters:
            rows.append(
                Line(t("boards.ballot.roll", choice=t(_LABELS[choice]), names=listed(voters, ROLL, t)), Style.SMALL)
            )
    return tuple(rows)


def _voter(ballot: Ballot, member: MemberId, names: Mapping[MemberId, str], t: Translator) -> str:
    name, holder = named(member, names, t), ballot.proxies.get(member)
    return t("boards.ballot.by", name=name, by=named(holder, names, t)) if holder else name
