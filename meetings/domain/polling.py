"""What is cast, closed and annulled: what follows from a command about a ballot; `opening` puts it to the vote."""

from collections.abc import Collection

from meetings.domain import commands as c
from meetings.domain import manners, opening
from meetings.domain.ballot import Ballot, Purpose
from meetings.domain.change import replace
from meetings.domain.conduct import ClosedSessionBegun
from meetings.domain.events import Event
from meetings.domain.lot import Lot
from meetings.domain.marks import OUT, WORDED, spelled
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import (
    WORDS_LIMIT,
    Rules,
)
from meetings.domain.settling import Case, Grounds, counts, settle, tally
from meetings.domain.values import Form, Mark, MemberId, Outcome, Slip
from meetings.domain.voting import BallotAnnulled, BallotCast, BallotClosed, UrnOpened

Decision = list[Event] | Refusal

OPENINGS = (c.OpenBallot, c.NextRound)
"""Commands that put something to the vote: they need the quorum."""

CHAIRS = (*OPENINGS, c.CloseBallot, c.AnnulBallot)
"""The chair's commands."""

MEMBERS = (c.CastVote, c.AskBallot)
"""Commands of a member in the room."""


def poll(meeting: Meeting, command: c.Command, rules: Rules) -> Decision | None:
    """What is put to the vote and cast; None for any other command."""
    by = command.by or MemberId("")
    match command:
        case c.OpenBallot():
            return opening.open_ballot(meeting, command, rules)
        case c.NextRound():
            return opening.next_round(meeting, command)
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
