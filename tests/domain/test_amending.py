"""The record put right after the session: by officers, with a reason, until the approval; no result is overturned."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_approval import begun
from test_meeting import ANNE, BILAL, CHAIR, CHLOE, ID, SECRETARY, START, Session

from meetings.domain import amending as a
from meetings.domain import commands as c
from meetings.domain import reviewing as r
from meetings.domain.meeting import fold
from meetings.domain.record import Stay
from meetings.domain.refusals import Code
from meetings.domain.review import LineId
from meetings.domain.values import BallotId, Choice, Mark, MeetingId, MemberId, Outcome, RequestId, Tally, UtteranceId

WHY = {"reason": RequestId("why"), "digest": "d"}
ONE = BallotId("b1")
VOTES = {CHAIR: Choice.FOR, ANNE: Choice.FOR, BILAL: Choice.AGAINST}


def minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


@pytest.fixture
def over() -> Session:
    """A meeting over, with a vote: two for, one against."""
    return adjourned()


def adjourned(*, secret: bool = False) -> Session:
    session = begun()
    spoken = {"utterance": UtteranceId("u1"), "member": ANNE, "start": START, "end": START + timedelta(seconds=3)}
    assert session.do(c.NoteUtterance, **spoken) is None
    assert session.do(c.OpenBallot, CHAIR, ballot=ONE, motion="Réparer les bancs.", secret=secret) is None
    if not secret:
        for member, choice in VOTES.items():
            assert session.do(c.CastVote, member, ballot=ONE, mark=Mark(choice)) is None
    assert session.do(c.CloseBallot, CHAIR, ballot=ONE, decision="2026-001") is None
    session.clock += timedelta(hours=1)
    assert session.do(c.Adjourn, CHAIR) is None
    return session


def presence(session: Session, member: MemberId, *stays: Stay, by: MemberId = SECRETARY, **more: object) -> Code | None:
    return session.code(a.AmendPresence, by, **(WHY | {"member": member, "stays": stays} | more))


def vote(session: Session, member: MemberId, mark: Choice | None, by: MemberId = SECRETARY) -> Code | None:
    return session.code(a.AmendVote, by, **WHY, member=member, ballot=ONE, mark=Mark(mark) if mark else None)


def test_a_presence_is_put_right_and_what_was_noted_stays_in_the_log(over: Session) -> None:
    noted = over.state.attendance.stays(ANNE)
    assert presence(over, ANNE, Stay(minute(5), minute(9)), Stay(minute(12))) is None
    roll = over.state.attendance
    assert [ANNE in roll.present_at(minute(at)) for at in (4, 6, 10, 13)] == [False, True, False, True]
    assert presence(over, CHLOE, Stay(minute(1), minute(2))) is None
    assert CHLOE in over.state.attendance.ever_present()
    assert presence(over, BILAL, excused=True) is None
    assert BILAL not in over.state.attendance.ever_present()
    assert BILAL in over.state.attendance.excused
    first, *_ = over.state.amendments.all
    assert (first.by, first.event.before) == (SECRETARY, noted)
    assert fold(ID, over.log) == over.state


def test_a_vote_is_put_right_and_counted_again(over: Session) -> None:
    assert vote(over, ANNE, Choice.AGAINST) is Code.RESULT_STANDS  # the motion would fall
    assert vote(over, BILAL, Choice.FOR) is None
    ballot = over.state.ballots[ONE]
    assert ballot.result
    assert (ballot.result.tally, ballot.result.outcome) == (Tally(3, 0), Outcome.ADOPTED)
    assert vote(over, BILAL, Choice.FOR) is Code.NOTHING_CHANGED
    assert vote(over, BILAL, None) is None
    assert BILAL not in over.state.ballots[ONE].votes
    assert [one.event.before for one in over.state.amendments.all] == [Mark("against"), Mark("for")]


def test_no_secret_vote_is_put_right() -> None:
    assert vote(adjourned(secret=True), ANNE, Choice.FOR) is Code.VOTE_NOT_PUBLIC


def test_it_takes_an_officer_a_reason_and_the_end_of_the_session(over: Session) -> None:
    assert presence(over, ANNE, by=ANNE) is Code.OFFICERS_ONLY
    assert presence(over, ANNE, digest="") is Code.NO_REASON
    assert presence(over, MemberId("nobody")) is Code.NO_SEAT
    assert presence(begun(), ANNE) is Code.NOT_ADJOURNED
    assert vote(over, ANNE, Choice.FOR, by=BILAL) is Code.OFFICERS_ONLY
    assert over.code(a.AmendVote, CHAIR, **WHY, member=ANNE, ballot=BallotId("no"), mark=None) is Code.NO_SUCH_BALLOT


@pytest.mark.parametrize(
    "stays",
    [
        (Stay(minute(5), minute(5)),),
        (Stay(minute(5), minute(4)),),
        (Stay(minute(1)), Stay(minute(2))),
        (Stay(minute(600)),),
        (Stay(minute(1), minute(3)), Stay(minute(2), minute(4))),
    ],
)
def test_hours_that_do_not_follow_are_refused(over: Session, stays: tuple[Stay, ...]) -> None:
    assert presence(over, ANNE, *stays) is Code.STAYS


def test_an_amendment_wants_a_new_version_and_none_is_possible_once_approved(over: Session) -> None:
    assert over.do(c.NoteDraft, digest="d1") is None
    assert presence(over, ANNE, Stay(minute(5))) is None
    assert over.state.path.stale
    assert over.do(c.NoteDraft, digest="d2") is None
    assert over.do(r.StrikeLine, SECRETARY, line=LineId("u1")) is None
    assert over.code(c.ProposeMinutes, SECRETARY) is Code.UNDRAFTED  # members would read what is no longer so
    assert over.do(c.NoteDraft, digest="d3") is None
    assert over.do(c.ProposeMinutes, SECRETARY) is None
    note = {"digest": "d3", "during": MeetingId("next"), "approved": minute(90)}
    assert over.do(c.NoteApproval, **note) is None
    assert presence(over, ANNE, Stay(minute(6))) is Code.MINUTES_APPROVED
    assert vote(over, BILAL, Choice.FOR) is Code.MINUTES_APPROVED
    assert over.code(r.RestoreLine, SECRETARY, line=LineId("u1")) is Code.MINUTES_APPROVED


@given(st.lists(st.tuples(st.sampled_from(sorted(VOTES)), st.sampled_from([*Choice, None])), max_size=8))
def test_whatever_is_put_right_the_result_stands_and_the_figures_are_those_of_the_votes(
    wanted: list[tuple[MemberId, Choice | None]],
) -> None:
    over = adjourned()
    for member, choice in wanted:
        vote(over, member, choice)
    ballot = over.state.ballots[ONE]
    assert ballot.result
    assert ballot.result.outcome is Outcome.ADOPTED
    cast = list(ballot.votes.values())
    assert ballot.result.tally == Tally(*(cast.count(Mark(choice)) for choice in Choice))
    assert replace(ballot.result, tally=Tally()).decision == "2026-001"
