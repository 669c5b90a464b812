"""What is put to the vote: a ballot's words, options, majority, secrecy and deadline; an appointment's next round."""

from datetime import datetime, timedelta

from meetings.domain import commands as c
from meetings.domain import manners
from meetings.domain.count import Base, Threshold
from meetings.domain.count.appointment import LAST
from meetings.domain.events import Event
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import DEADLINE_LIMIT, MOTION_LIMIT, OPTION_LIMIT, OPTIONS_LIMIT, Rules
from meetings.domain.values import BallotId, Form, Manner, Why
from meetings.domain.voting import BallotOpened

MANY_SEATS = frozenset((Form.STV, Form.APPROVAL, Form.JUDGEMENT))
"""Forms that can fill several seats."""


def open_ballot(meeting: Meeting, command: c.OpenBallot, rules: Rules) -> list[Event] | Refusal:
    """Put it to the vote, in the manner that members asked for or the rules want."""
    wrong = _taken(meeting, command.ballot) or _wording(command) or _paper(meeting, command) or _time(command.minutes)
    if wrong:
        return wrong
    asked, askers = manners.obtained(meeting.asked, meeting.attendance.present, rules)
    appoints = command.form is Form.APPOINTMENT or bool(command.candidates)
    by_rule = appoints and rules.ballots.appointments_secret
    if command.waive_secret and _opposed(meeting):
        return Refusal(Code.WAIVER_OPPOSED)
    waived = by_rule and command.waive_secret and not command.secret
    secret = command.secret or asked is Manner.SECRET or (by_rule and not waived)
    if secret and command.form is Form.CONSENT:
        return Refusal(Code.CONSENT_NOT_SECRET)
    basis, threshold = _majority(command, rules)
    return [
        BallotOpened(
            command.ballot,
            command.motion.strip(),
            secret,
            asked,
            askers,
            command.form,
            _options(command),
            command.candidates,
            command.seats,
            basis,
            threshold,
            _deadline(command.at, command.minutes),
            command.key if secret else "",
            command.commitment if command.form.elects else "",
            waived=waived,
        )
    ]


def _taken(meeting: Meeting, key: BallotId) -> Refusal | None:
    """One vote at a time, and each under a name of its own."""
    if meeting.running_ballot:
        return Refusal(Code.BALLOT_RUNNING)
    return Refusal(Code.BALLOT_CLOSED) if key in meeting.ballots else None


def _wording(command: c.OpenBallot) -> Refusal | None:
    if not command.motion.strip():
        return Refusal(Code.MOTION_EMPTY)
    return Refusal(Code.MOTION_TOO_LONG, {"limit": MOTION_LIMIT}) if len(command.motion) > MOTION_LIMIT else None


def _options(command: c.OpenBallot) -> tuple[str, ...]:
    """Each on one line."""
    return tuple(" ".join(option.split()) for option in command.options)


def _paper(meeting: Meeting, command: c.OpenBallot) -> Refusal | None:
    """Whether the form, its options and what it takes to win agree with each other."""
    form, options = command.form, _options(command)
    choices = options or command.candidates
    if not form.elects and (choices or command.seats != 1):
        return Refusal(Code.NO_OPTIONS)
    if form.elects:
        least = 1 if form is Form.APPOINTMENT else 2
        if (options and command.candidates) or not least <= len(choices) <= OPTIONS_LIMIT:
            return Refusal(Code.OPTIONS_NUMBER, {"least": least, "limit": OPTIONS_LIMIT})
        if any(not option or len(option) > OPTION_LIMIT for option in options):
            return Refusal(Code.OPTION_LENGTH, {"limit": OPTION_LIMIT})
        if len(set(choices)) < len(choices):
            return Refusal(Code.OPTION_TWICE)
        if any(meeting.attendance.seat(candidate) is None for candidate in command.candidates):
            return Refusal(Code.CANDIDATE_NOT_A_MEMBER)
        if not 1 <= command.seats <= (len(choices) if form in MANY_SEATS else 1):
            return Refusal(Code.SEATS, {"limit": len(choices) if form in MANY_SEATS else 1})
    if form is Form.OPTIONS:
        plain = command.threshold in {None, Threshold.SIMPLE, Threshold.ABSOLUTE} and command.basis in {None, Base.CAST}
        return None if plain else Refusal(Code.MAJORITY_NOT_FOR_FORM)
    free = form is Form.MOTION or (command.basis is None and command.threshold is None)
    return None if free else Refusal(Code.MAJORITY_NOT_FOR_FORM)


def _majority(command: c.OpenBallot, rules: Rules) -> tuple[Base, Threshold]:
    if command.form is Form.MOTION:
        return command.basis or rules.ballots.basis, command.threshold or rules.ballots.threshold
    return Base.CAST, command.threshold or (Threshold.SIMPLE if command.form is Form.OPTIONS else Threshold.ABSOLUTE)


def _opposed(meeting: Meeting) -> bool:
    """Whether somebody present asks for a secret ballot: only unanimity waives it (CGCT L2121-21)."""
    return not set(meeting.asked.get(Manner.SECRET, ())).isdisjoint(meeting.attendance.present)


def _time(minutes: int | None) -> Refusal | None:
    timely = minutes is None or 1 <= minutes <= DEADLINE_LIMIT
    return None if timely else Refusal(Code.DEADLINE, {"limit": DEADLINE_LIMIT})


def _deadline(at: datetime, minutes: int | None) -> datetime | None:
    return at + timedelta(minutes=minutes) if minutes else None


def next_round(meeting: Meeting, command: c.NextRound) -> list[Event] | Refusal:
    """Vote again on the same candidates, after a round in which nobody had the absolute majority (L2121-21)."""
    before = meeting.ballots.get(command.of)
    if wrong := _taken(meeting, command.ballot) or _time(command.minutes):
        return wrong
    if before is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    held = any(other.of == before.id and other.annulled is None for other in meeting.ballots.values())
    open_ = before.result and before.result.why is Why.NEXT_ROUND and before.annulled is None
    if not open_ or held or before.round >= LAST:
        return Refusal(Code.NO_NEXT_ROUND)
    return [
        BallotOpened(
            command.ballot,
            before.motion,
            before.secret,
            before.manner,
            before.askers,
            before.form,
            before.options,
            before.candidates,
            before.seats,
            before.basis,
            before.threshold,
            _deadline(command.at, command.minutes),
            command.key if before.secret else "",
            command.commitment,
            before.round + 1,
            before.id,
            before.waived,
        )
    ]
