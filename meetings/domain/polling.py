"""What is put to the vote, cast, closed and annulled: what follows from a command about a ballot."""

from collections.abc import Collection
from datetime import datetime, timedelta

from meetings.domain import commands as c
from meetings.domain import manners
from meetings.domain.ballot import Ballot, Purpose
from meetings.domain.change import replace
from meetings.domain.conduct import ClosedSessionBegun
from meetings.domain.count import Base, Threshold
from meetings.domain.count.appointment import LAST
from meetings.domain.events import Event
from meetings.domain.lot import Lot
from meetings.domain.marks import OUT, WORDED, spelled
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import (
    DEADLINE_LIMIT,
    MOTION_LIMIT,
    OPTION_LIMIT,
    OPTIONS_LIMIT,
    WORDS_LIMIT,
    Rules,
)
from meetings.domain.settling import Case, Grounds, counts, settle, tally
from meetings.domain.values import BallotId, Form, Manner, Mark, MemberId, Outcome, Slip, Why
from meetings.domain.voting import BallotAnnulled, BallotCast, BallotClosed, BallotOpened, UrnOpened

Decision = list[Event] | Refusal

OPENINGS = (c.OpenBallot, c.NextRound)
"""Commands that put something to the vote: they need the quorum."""

CHAIRS = (*OPENINGS, c.CloseBallot, c.AnnulBallot)
"""The chair's commands."""

MEMBERS = (c.CastVote, c.AskBallot)
"""Commands of a member in the room."""

MANY_SEATS = frozenset((Form.STV, Form.APPROVAL, Form.JUDGEMENT))
"""Forms that can fill several seats."""


def poll(meeting: Meeting, command: c.Command, rules: Rules) -> Decision | None:
    """What is put to the vote and cast; None for any other command."""
    by = command.by or MemberId("")
    match command:
        case c.OpenBallot():
            return _open(meeting, command, rules)
        case c.NextRound():
            return _next_round(meeting, command)
        case c.AskBallot(manner=manner):
            if meeting.running_ballot:
                return Refusal(Code.VOTE_UNDER_WAY)
            return manners.ask(meeting.asked, by, manner, rules)
        case c.CastVote():
            return _cast(meeting, command)
        case c.CloseBallot():
            return _close(meeting, command, rules)
        case c.AnnulBallot(ballot=key, reason=reason):
            return _annul(meeting.ballots.get(key), reason)
    return None


def due(meeting: Meeting, command: c.Command) -> bool:
    """Whether it is the closing of a ballot whose deadline has come: it needs nobody's word."""
    if not isinstance(command, c.CloseBallot) or command.by is not None:
        return False
    ballot = meeting.ballots.get(command.ballot)
    return ballot is not None and ballot.deadline is not None and ballot.deadline <= command.at


def earlier(meeting: Meeting, ballot: Ballot) -> tuple[dict[int, int], ...]:
    """The counts of the rounds before, the first one first."""
    before = meeting.ballots.get(ballot.of) if ballot.of else None
    if before is None or before.result is None:
        return ()
    return (*earlier(meeting, before), dict(enumerate(before.result.counts, 1)))


def weight(meeting: Meeting, member: MemberId) -> int:
    """How many votes a member has."""
    weights = meeting.rules.weights
    seat = meeting.attendance.seat(member) if weights else None
    return weights.get(seat.college, 1) if seat else 1


def _open(meeting: Meeting, command: c.OpenBallot, rules: Rules) -> Decision:
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
            tuple(option.strip() for option in command.options),
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


def _paper(meeting: Meeting, command: c.OpenBallot) -> Refusal | None:
    """Whether the form, its options and what it takes to win agree with each other."""
    form, options = command.form, [option.strip() for option in command.options]
    choices = options or list(command.candidates)
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


def _next_round(meeting: Meeting, command: c.NextRound) -> Decision:
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


def _cast(meeting: Meeting, command: c.CastVote) -> Decision:
    """Vote, and with it for the absent whom the voter represents: each has a vote of their own.

    A public vote may be changed until the closing; a sealed one stays as it is, and so does one's own of a giver.
    """
    ballot, by, text = _open_to(meeting, command), command.by or MemberId(""), command.text.strip()
    if isinstance(ballot, Refusal):
        return ballot
    mark = spelled(ballot.form, ballot.places, command.mark)
    if mark is None:
        return Refusal(Code.NO_SUCH_CHOICE)
    worded = ballot.form is Form.CONSENT and mark in WORDED
    if worded and not 0 < len(text) <= WORDS_LIMIT:
        return Refusal(Code.OBJECTION_LENGTH, {"limit": WORDS_LIMIT})
    said = text if worded else ""
    givers = [giver for giver, holder in meeting.attendance.represented().items() if holder == by]
    told = None if ballot.secret and mark != OUT else mark
    votes = [(by, None), *((giver, by) for giver in givers)]
    cast: list[Event] = [
        BallotCast(ballot.id, voter, told, proxy, said, weight(meeting, voter))
        for voter, proxy in votes
        if _new(ballot, voter, mark, said, proxy)
    ]
    return cast or Refusal(Code.ALREADY_VOTED)


def _open_to(meeting: Meeting, command: c.CastVote) -> Ballot | Refusal:
    """The ballot, if it still takes votes."""
    ballot = meeting.ballots.get(command.ballot)
    if ballot is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    if not ballot.running:
        return Refusal(Code.BALLOT_CLOSED)
    late = ballot.deadline is not None and ballot.deadline <= command.at
    return Refusal(Code.TOO_LATE) if late else ballot


def _new(ballot: Ballot, voter: MemberId, mark: Mark, text: str, proxy: MemberId | None) -> bool:
    """Whether such a vote changes anything that may still be changed."""
    if voter not in ballot.votes:
        return True
    before = ballot.proxies.get(voter)
    if ballot.secret or (proxy and before is None):
        return False
    return (ballot.votes[voter], ballot.texts.get(voter, ""), before) != (mark, text, proxy)


def _close(meeting: Meeting, command: c.CloseBallot, rules: Rules) -> Decision:
    """Open the urn, count and settle."""
    ballot = meeting.ballots.get(command.ballot)
    if ballot is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    if not ballot.running:
        return Refusal(Code.BALLOT_CLOSED)
    papers = (slip for slip in command.slips if _is_paper(ballot, slip)) if ballot.secret else ()
    slips = tuple(sorted(papers, key=lambda slip: (slip.receipt, slip.mark)))
    sealed = sum(ballot.weights.get(voter, 1) for voter, mark in ballot.votes.items() if mark is None)
    if len(slips) != sealed:
        return Refusal(Code.URN_DIFFERS, {"slips": len(slips), "votes": sealed})
    urn: list[Event] = [UrnOpened(ballot.id, slips)] if ballot.secret else []
    return [*urn, *_closed(meeting, replace(ballot, slips=slips), command, rules)]


def _is_paper(ballot: Ballot, slip: Slip) -> bool:
    return slip.mark != OUT and spelled(ballot.form, ballot.places, slip.mark) == slip.mark


def _closed(meeting: Meeting, ballot: Ballot, command: c.CloseBallot, rules: Rules) -> list[Event]:
    lot = Lot(command.seed) if command.seed and ballot.commitment else None
    grounds, votes = _grounds(meeting, ballot), tally(ballot)
    chairs = ballot.votes.get(meeting.chair) if meeting.chair else None
    settled = settle(Case(ballot, rules, grounds, chairs, earlier(meeting, ballot), lot))
    result = BallotClosed(
        ballot.id,
        votes,
        settled.outcome,
        settled.why,
        "" if settled.outcome is Outcome.UNDECIDED else command.decision,
        settled.elected,
        counts(ballot),
        grounds.of(ballot.basis, votes) if ballot.form is Form.MOTION else 0,
        command.seed if settled.drawn else "",
    )
    adopted = settled.outcome is Outcome.ADOPTED
    doors = adopted and ballot.purpose is Purpose.CLOSED_SESSION
    return [result, *([ClosedSessionBegun(ballot.id)] if doors else [])]  # doors that were voted closed are at once


def _grounds(meeting: Meeting, ballot: Ballot) -> Grounds:
    """What a majority is measured against, in votes; whoever voted counts, also when gone since."""
    present = ballot.votes.keys() | set(meeting.attendance.present)
    roster = {seat.member for seat in meeting.attendance.roster}

    def votes(members: Collection[MemberId]) -> int:
        return sum(weight(meeting, member) for member in members)

    return Grounds(votes(present), votes(present | meeting.attendance.represented().keys()), votes(roster))


def _annul(ballot: Ballot | None, reason: str) -> Decision:
    if ballot is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    if ballot.annulled is not None:
        return Refusal(Code.NOTHING_CHANGED)
    if not 0 < len(reason.strip()) <= WORDS_LIMIT:
        return Refusal(Code.REASON_LENGTH, {"limit": WORDS_LIMIT})
    return [BallotAnnulled(ballot.id, reason.strip())]
