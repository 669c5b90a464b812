"""How an officer puts the record right after the session, until the minutes are approved: by a reasoned act.

A result that was proclaimed stands: a vote put right may change its figures, never what it decided. Where it would,
the chair annuls the vote (`AnnulBallot`) or the council votes again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from meetings.domain.ballot import Ballot
from meetings.domain.command import Command
from meetings.domain.events import Event
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.polling import earlier
from meetings.domain.record import PresenceAmended, Stay, VoteAmended
from meetings.domain.refusals import Code, Refusal
from meetings.domain.settling import Case, Grounds, settle, tally
from meetings.domain.values import BallotId, Choice, Form, Mark, MemberId, RequestId, Role

CHOICES = {Mark(choice) for choice in Choice}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Command):
    """Put right what the record says of a member (chair, secretary); the reason's words lie beside the log."""

    member: MemberId
    reason: RequestId
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendPresence(Amend):
    """Say when the member was there, in order; nothing for who was not; `excused` who could not come."""

    stays: tuple[Stay, ...]
    excused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendVote(Amend):
    """Say what the member voted in a public ballot; None for who did not."""

    ballot: BallotId
    mark: Mark | None


def amend(meeting: Meeting, command: Command) -> list[Event] | Refusal | None:
    """What comes of an amendment; None for any other command."""
    if not isinstance(command, Amend):
        return None
    seat = meeting.attendance.seat(command.by)
    if seat is None or seat.role not in {Role.SECRETARY, Role.CHAIR}:
        return Refusal(Code.OFFICERS_ONLY)
    if meeting.phase is not Phase.ADJOURNED:
        return Refusal(Code.NOT_ADJOURNED)
    if meeting.path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    if meeting.attendance.seat(command.member) is None:
        return Refusal(Code.NO_SEAT)
    if not command.digest:
        return Refusal(Code.NO_REASON)
    match command:
        case AmendPresence():
            return _presence(meeting, command)
        case AmendVote():
            return _vote(meeting, command)
    raise TypeError(f"no decision for {type(command).__name__}")


def amendable(ballot: Ballot) -> bool:
    """Whether what somebody voted can be put right: of a motion voted on in public and proclaimed (CGCT L2121-21)."""
    hidden = ballot.secret or ballot.private or ballot.annulled is not None
    return ballot.result is not None and not hidden and ballot.form is Form.MOTION


def _presence(meeting: Meeting, command: AmendPresence) -> list[Event] | Refusal:
    roll, member, stays = meeting.attendance, command.member, command.stays
    before, excused = roll.stays(member), command.excused and not stays
    late = any(_over(meeting, one) for one in stays if one not in before)
    if late or not _in_order(stays):
        return Refusal(Code.STAYS)
    if stays == before and excused is (member in roll.excused and not before):
        return Refusal(Code.NOTHING_CHANGED)
    return [PresenceAmended(member, stays, before, excused, command.reason, command.digest)]


def _over(meeting: Meeting, stay: Stay) -> bool:
    return meeting.adjourned is not None and stay.since >= meeting.adjourned


def _in_order(stays: tuple[Stay, ...]) -> bool:
    ended: Iterable[bool] = (one.until is None or one.since < one.until for one in stays)
    apart = (one.until is not None and one.until < after.since for one, after in pairwise(stays))
    return all(ended) and all(apart)


def _vote(meeting: Meeting, command: AmendVote) -> list[Event] | Refusal:
    ballot = meeting.ballots.get(command.ballot)
    if ballot is None:
        return Refusal(Code.NO_SUCH_BALLOT)
    result = ballot.result
    if result is None or not amendable(ballot):
        return Refusal(Code.VOTE_NOT_PUBLIC)
    if command.mark is not None and command.mark not in CHOICES:
        return Refusal(Code.NO_SUCH_CHOICE)
    before = ballot.votes.get(command.member)
    if command.mark == before:
        return Refusal(Code.NOTHING_CHANGED)
    righted = ballot.with_vote(command.member, command.mark)
    votes, measured = tally(righted), Grounds(result.total, result.total, result.total)
    chairs = righted.votes.get(meeting.chair) if meeting.chair else None
    settled = settle(Case(righted, meeting.rules, measured, chairs, earlier(meeting, ballot)))
    if settled.outcome is not result.outcome:
        return Refusal(Code.RESULT_STANDS)
    figures = replace(result, tally=votes, why=settled.why, total=measured.of(ballot.basis, votes))
    noted = (command.mark, before, figures.tally, figures.why, figures.total)
    return [VoteAmended(ballot.id, command.member, *noted, command.reason, command.digest)]
