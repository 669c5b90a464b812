"""What is put to the vote: how many voted while it runs; the result, and how it was reached, when it is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.booth import direct
from meetings.boards.marks import mark_words, plain_words
from meetings.boards.outcome import option_names, result_lines, tally_line
from meetings.boards.text import cut_lines, listed, named
from meetings.domain.ballot import Ballot, Purpose
from meetings.domain.count import Position, Threshold
from meetings.domain.marks import ABSTAIN, OUT
from meetings.domain.meeting import Meeting
from meetings.domain.rules import MOTION_LIMIT, Tie
from meetings.domain.settling import counts, tally
from meetings.domain.values import Choice, Form, Manner, Mark, MemberId, Outcome, Tally
from meetings.domain.voting import BallotClosed
from meetings.i18n import Translator, translator

ROLL = 500
"""Characters of names a mark: with the motion and its result they fit one message on every platform."""

ROWS = 10
"""Marks that a roll shows, those of most voters; who voted otherwise is counted."""

_ACCENTS = {
    Choice.FOR.value: Accent.GOOD,
    Choice.AGAINST.value: Accent.BAD,
    Position.CONSENT.value: Accent.GOOD,
    Position.OBJECTION.value: Accent.BAD,
}
_TONES = {Outcome.REJECTED: Tone.BAD, Outcome.UNDECIDED: Tone.QUIET}
_TALLIED = frozenset((Form.MOTION, Form.CONSENT))
_COUNTED = frozenset((Form.OPTIONS, Form.APPOINTMENT, Form.APPROVAL))
"""Forms whose votes can be counted while they come; an order or grades say nothing until they are counted together."""

_COMPOSITE = frozenset((Form.IRV, Form.STV, Form.APPROVAL, Form.JUDGEMENT))
"""Forms whose votes are long: who voted what is a press away, and not on the board."""


def ballot_board(meeting: Meeting, ballot: Ballot, names: Mapping[MemberId, str]) -> Board:
    """A ballot of a planned meeting. Raises ValueError for an unplanned one.

    While a secret ballot runs it says how many voted, never who nor what.
    """
    if meeting.plan is None:
        raise ValueError(f"meeting {meeting.id} is not planned")
    t = translator(meeting.plan.lang)
    motion = Section(_motion(ballot, t))
    if ballot.annulled is not None:
        return _annulled(ballot, ballot.annulled, motion, t)
    if ballot.result is None:
        return _running(meeting, ballot, motion, names, t)
    return _closed(meeting, ballot, ballot.result, motion, names, t)


def _motion(ballot: Ballot, t: Translator) -> tuple[Line, ...]:
    """The words put to the vote; closed doors have the house's own, and no debate (CGCT L2121-18)."""
    if ballot.purpose is Purpose.CLOSED_SESSION:
        return Line(t("boards.ballot.doors"), Style.QUOTE), Line(t("boards.ballot.without-debate"), Style.SMALL)
    return (Line(cut_lines(ballot.motion, MOTION_LIMIT), Style.QUOTE),)


def _running(meeting: Meeting, ballot: Ballot, motion: Section, names: Mapping[MemberId, str], t: Translator) -> Board:
    manner = "secret" if ballot.secret else "roll-call" if ballot.manner else "public"
    lines = (*_so_far(meeting, ballot, t), *_terms(meeting, ballot, t), *_asked(ballot, names, t))
    options = _options(ballot, names, t)
    roll = _roll(ballot, names, t) if ballot.manner is Manner.ROLL_CALL else ()
    return Board(
        key=f"ballot:{ballot.id}",
        title=t(f"boards.ballot.{manner}"),
        sections=(motion, *(Section(part) for part in (lines, options, roll) if part)),
        buttons=_buttons(ballot, names, t),
        tone=Tone.LIVE,
    )


def _so_far(meeting: Meeting, ballot: Ballot, t: Translator) -> tuple[Line, ...]:
    """How many voted, and in a public vote on a motion what; until when one can."""
    present, represented = len(meeting.attendance.present), len(meeting.attendance.represented())
    voted = "boards.ballot.voted-proxies" if represented else "boards.ballot.voted"
    lines = [Line(t.n(voted, len(ballot.votes), present=present, represented=represented))]
    if not ballot.secret and ballot.form in _TALLIED:
        lines.insert(0, _tally(ballot, tally(ballot), t))
    if ballot.deadline:
        lines.append(Line(t("boards.ballot.deadline"), Style.PLAIN, ballot.deadline))
    return tuple(lines)


def _terms(meeting: Meeting, ballot: Ballot, t: Translator) -> tuple[Line, ...]:
    """What is voted how, where it is not simply a motion: the form, the seats, the round, what it takes, the lot."""
    terms = [] if ballot.form is Form.MOTION else [t(f"boards.ballot.form.{ballot.form}")]
    terms += [t.n("boards.ballot.seats", ballot.seats)] if ballot.seats > 1 else []
    terms += [t("boards.ballot.round", round=ballot.round)] if ballot.form is Form.APPOINTMENT else []
    terms += [t("boards.ballot.waived")] if ballot.waived else []
    lines = [Line(" · ".join(terms), Style.SMALL)] if terms else []
    if ballot.form in {Form.MOTION, Form.OPTIONS}:
        lines += [Line(_required(ballot, t), Style.SMALL)]
    if ballot.commitment and meeting.rules.ballots.tie is not Tie.NONE:
        lines.append(Line(t("boards.ballot.commitment", digest=ballot.commitment), Style.SMALL))
    return tuple(lines)


def _required(ballot: Ballot, t: Translator) -> str:
    """What it takes to be adopted, or chosen."""
    if ballot.form is Form.OPTIONS and ballot.threshold is Threshold.SIMPLE:
        return t("boards.ballot.most")
    return t(f"boards.ballot.threshold.{ballot.threshold}", base=t(f"boards.ballot.base.{ballot.basis}"))


def _options(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """The options by number, with the votes that each has so far in a public ballot."""
    options = option_names(ballot, names, t)
    votes = counts(ballot) if ballot.form in _COUNTED and not ballot.secret else ()
    if not votes:
        return tuple(Line(f"{number}. {option}") for number, option in enumerate(options, 1))
    return tuple(
        Line(t("boards.ballot.option", number=number, option=option, votes=count))
        for number, (option, count) in enumerate(zip(options, votes, strict=True), 1)
    )


def _buttons(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> tuple[Button, ...]:
    """What one can vote by one press, or the way to the booth; and what one voted."""
    mine = Button(Action.MINE, ballot.id, t("boards.ballot.mine"))
    if not direct(ballot):
        return Button(Action.BOOTH, ballot.id, t("boards.ballot.booth"), Accent.MAIN, "🗳️"), mine
    if ballot.form.elects:
        options = option_names(ballot, names, t)
        cast = [(str(number), f"{number}. {option}") for number, option in enumerate(options, 1)]
        accents = dict.fromkeys(map(str, range(1, len(options) + 1)), Accent.MAIN)
    else:
        marks = (*Position, Choice.OUT) if ballot.form is Form.CONSENT else tuple(Choice)
        cast, accents = [(mark.value, plain_words(ballot.form, mark, t)) for mark in marks], _ACCENTS
    if ballot.form.elects:
        cast += [(mark, plain_words(ballot.form, mark, t)) for mark in (ABSTAIN, OUT)]
    return (*(_cast(ballot, mark, words, accents.get(mark, Accent.SIDE)) for mark, words in cast), mine)


def _cast(ballot: Ballot, mark: str, words: str, accent: Accent) -> Button:
    """A mark that says why asks for its words first."""
    worded = mark in {Position.OBJECTION.value, Position.RESERVATION.value}
    return Button(Action.OBJECT if worded else Action.CAST, ballot.id, words, accent, value=mark)


def _closed(
    meeting: Meeting,
    ballot: Ballot,
    result: BallotClosed,
    motion: Section,
    names: Mapping[MemberId, str],
    t: Translator,
) -> Board:
    lines, steps = result_lines(meeting, ballot, names, t), tuple[Line, ...]()
    if ballot.form.elects:  # what is chosen is easier to find in a list than in a sentence
        steps = tuple(replace(line, style=Style.SMALL) for line in lines[1:])
        lines = _chosen(ballot, result, names, t)
    small = (*_asked(ballot, names, t), *_secrecy(ballot, t))
    hidden = ballot.secret or ballot.private or not ballot.votes
    roll = () if hidden or ballot.form in _COMPOSITE else _roll(ballot, names, t)
    mine = [Button(Action.MINE, ballot.id, t("boards.ballot.mine"))] if ballot.votes else []
    listed_apart = ballot.slips or (ballot.form in _COMPOSITE and not hidden)
    slips = [Button(Action.SLIPS, ballot.id, t("boards.ballot.slips"))] if listed_apart else []
    return Board(
        key=f"ballot:{ballot.id}",
        title=t(f"boards.ballot.{result.outcome}", decision=result.decision),
        sections=(motion, *(Section(part) for part in (lines, steps, small, roll) if part)),
        buttons=(*slips, *mine),
        tone=_TONES.get(result.outcome, Tone.GOOD),
    )


def _annulled(ballot: Ballot, reason: str, motion: Section, t: Translator) -> Board:
    """A vote that no longer counts: nothing of what was cast is shown."""
    lines = [Line(t("boards.ballot.annulled-why", reason=reason), Style.STRONG), Line(t("boards.ballot.annulled-void"))]
    if ballot.result and ballot.result.decision:
        words = t("boards.ballot.annulled-decision", decision=ballot.result.decision)
        lines.append(Line(words, Style.SMALL))
    title_ = t("boards.ballot.annulled")
    return Board(f"ballot:{ballot.id}", title_, (motion, Section(tuple(lines))), tone=Tone.BAD)


def _chosen(ballot: Ballot, result: BallotClosed, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """Who or what is chosen, in order of election; where there is one count alone, the votes of each too."""
    options = option_names(ballot, names, t)
    chosen = [Line(f"✓ {options[number - 1]}", Style.STRONG) for number in result.elected]
    counted = result.counts if ballot.form in _COUNTED else ()
    votes = sorted(enumerate(counted), key=lambda one: (-one[1], one[0]))
    rows = [t("boards.ballot.votes", option=options[place], votes=count) for place, count in votes if count]
    unnamed = [options[place] for place, count in votes if not count]
    rows += [t("boards.ballot.votes", option=listed(unnamed, ROLL, t), votes=0)] if unnamed else []
    blank = [t("boards.ballot.blanks", votes=result.tally.abstain)] if result.tally.abstain else []
    return (*(chosen or [Line(t("boards.ballot.nobody"), Style.STRONG)]), *map(Line, [*rows, *blank]))


def _tally(ballot: Ballot, votes: Tally, t: Translator) -> Line:
    """The votes so far on what is adopted or not."""
    if ballot.form is Form.MOTION:
        return tally_line(votes, t)
    words = t("boards.ballot.tally-consent", for_=votes.for_, against=votes.against, abstain=votes.abstain)
    return Line(words, Style.STRONG)


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
    voters: dict[Mark, list[str]] = {}
    for member, mark in ballot.votes.items():
        if mark is not None:
            voters.setdefault(mark, []).append(_voter(ballot, member, names, t))
    marks = _ordered(ballot, voters)
    rows = [
        t("boards.ballot.roll", choice=mark_words(ballot, mark, names, t), names=listed(sorted(voters[mark]), ROLL, t))
        for mark in marks[:ROWS]
    ]
    left = sum(len(voters[mark]) for mark in marks[ROWS:])
    rows += [t.n("boards.others", left)] if left else []
    return tuple(Line(row, Style.SMALL) for row in rows)


def _ordered(ballot: Ballot, voters: Mapping[Mark, Sequence[str]]) -> list[Mark]:
    """A motion's marks as they stand on its buttons; others by their voters, the most first."""
    if ballot.form is Form.MOTION:
        return [Mark(choice.value) for choice in Choice if choice.value in voters]
    return sorted(voters, key=lambda mark: (mark in {ABSTAIN, OUT}, -len(voters[mark]), mark))


def _voter(ballot: Ballot, member: MemberId, names: Mapping[MemberId, str], t: Translator) -> str:
    name, holder = named(member, names, t), ballot.proxies.get(member)
    return t("boards.ballot.by", name=name, by=named(holder, names, t)) if holder else name
