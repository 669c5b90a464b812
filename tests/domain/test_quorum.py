"""A quorum lost and regained on the way; a meeting put off for lack of it, and held again without."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_meeting import ANNE, BILAL, CHAIR, CHLOE, PLAN, ROSTER, SECRETARY, Session

from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.presence import QuorumLost, QuorumRegained
from meetings.domain.quorum import earliest, next_id, reconvenings, replanned
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import CGCT, Falls, QuorumRules
from meetings.domain.values import BallotId, Mandate, Seat, Waiver

PARIS = ZoneInfo("Europe/Paris")
RECESS = replace(CGCT, quorum=QuorumRules(falls=Falls.RECESS))


def session(rules: object = CGCT, **changes: object) -> Session:
    """A session open at its first item: three of five are there, as many as it needs."""
    opened = Session()
    assert opened.do(c.Plan, plan=replace(PLAN, rules=rules, **changes)) is None
    opened.do(c.Convene)
    for member in (CHAIR, SECRETARY, ANNE):
        opened.do(c.Arrive, member=member)
    assert opened.do(c.Open, CHAIR) is None
    assert opened.do(c.NextItem, CHAIR) is None
    return opened


def told(one: Session) -> list[object]:
    return [each.event for each in one.log if isinstance(each.event, QuorumLost | QuorumRegained)]


def test_a_quorum_that_falls_and_comes_back_is_told_once_each() -> None:
    one = session()
    one.do(c.Leave, member=ANNE)
    one.do(c.Leave, member=SECRETARY)
    assert told(one) == [QuorumLost(2, 3)]
    assert one.state.attendance.lost
    assert one.state.interludes.recess is None
    one.do(c.Arrive, member=ANNE)
    one.do(c.NoteArrival, CHAIR, member=BILAL)
    assert told(one) == [QuorumLost(2, 3), QuorumRegained(3, 3)]
    (fall,) = one.state.attendance.falls
    assert (fall.until, fall.regained, one.state.attendance.lost) == (one.clock, 3, None)


def test_a_proxy_that_ends_takes_the_quorum_with_it_where_it_counts() -> None:
    rules = replace(CGCT, quorum=QuorumRules(proxies=True))
    one = session(rules)
    one.do(c.GiveProxy, BILAL, holder=CHAIR)
    one.do(c.AcceptProxy, CHAIR, giver=BILAL)
    one.do(c.Leave, member=ANNE)
    assert told(one) == []
    one.do(c.EndProxy, BILAL, giver=BILAL)
    assert told(one) == [QuorumLost(2, 3)]


def test_by_rule_the_session_suspends_itself_and_goes_on_with_the_quorum() -> None:
    one = session(RECESS)
    one.do(c.GiveFloor, CHAIR, member=SECRETARY)
    one.do(c.Leave, member=ANNE)
    assert one.state.interludes.recess
    assert one.state.floor.speaker is None
    assert one.do(c.Resume, CHAIR) == Refusal(Code.NO_QUORUM, {"present": 2, "needed": 3})
    one.do(c.Arrive, member=ANNE)
    assert told(one) == [QuorumLost(2, 3), QuorumRegained(3, 3)]
    assert one.state.interludes.recess
    assert one.do(c.Resume, CHAIR) is None


def test_a_vote_that_runs_is_brought_to_its_end_before_the_recess() -> None:
    one = session(RECESS)
    one.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="Oui ?")
    one.do(c.Leave, member=ANNE)
    assert told(one) == [QuorumLost(2, 3)]
    assert one.state.interludes.recess is None
    one.do(c.CloseBallot, CHAIR, ballot=BallotId("b"))
    assert one.state.ballots[BallotId("b")].result
    assert one.state.interludes.recess


def test_who_leaves_in_a_recess_alarms_nobody_until_it_is_over() -> None:
    one = session()
    one.do(c.Suspend, CHAIR)
    one.do(c.Leave, member=ANNE)
    assert told(one) == []
    assert one.do(c.Resume, CHAIR) is None
    assert told(one) == [QuorumLost(2, 3)]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_clear_days_lie_whole_between_notice_and_meeting(notice: date, days: int) -> None:
    first = earliest(notice, days)
    between = [notice + timedelta(n) for n in range(1, (first - notice).days)]
    assert len(between) == days
    assert notice not in between
    assert first not in between


def lacking(rules: object = CGCT, **changes: object) -> Session:
    one = session(rules, **changes)
    one.clock = datetime(2027, 3, 24, 20, 0, tzinfo=UTC)
    one.do(c.Leave, member=ANNE)
    return one


def test_the_first_day_is_after_three_clear_days_in_the_councils_own_time() -> None:
    one = lacking()
    early = datetime(2027, 3, 27, 23, 59, tzinfo=PARIS)
    refused = one.do(c.Reconvene, CHAIR, starts=early)
    assert refused == Refusal(Code.TOO_SOON, {"earliest": date(2027, 3, 28), "days": 3})
    one.clock = datetime(2027, 3, 24, 23, 30, tzinfo=UTC)  # past midnight in Paris
    refused = one.do(c.Reconvene, CHAIR, starts=datetime(2027, 3, 28, 18, tzinfo=PARIS))
    assert refused == Refusal(Code.TOO_SOON, {"earliest": date(2027, 3, 29), "days": 3})
    assert one.code(c.Reconvene, SECRETARY, starts=datetime(2027, 3, 29, tzinfo=PARIS)) is Code.CHAIR_ONLY
    assert one.do(c.Reconvene, CHAIR, starts=datetime(2027, 3, 29, tzinfo=PARIS)) is None
    assert one.state.phase is Phase.ADJOURNED


def test_who_has_a_quorum_or_a_vote_running_is_not_reconvened() -> None:
    later = datetime(2026, 12, 24, 18, tzinfo=PARIS)
    one = session()
    assert one.do(c.Reconvene, CHAIR, starts=later) == Refusal(Code.QUORUM_REACHED, {"present": 3, "needed": 3})
    one.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="Oui ?")
    one.do(c.Leave, member=ANNE)
    assert one.code(c.Reconvene, CHAIR, starts=later) is Code.BALLOT_RUNNING


@pytest.mark.parametrize("begun", [False, True])
def test_the_meeting_is_held_again_on_what_was_left_without_quorum(begun: bool) -> None:
    starts = datetime(2027, 3, 30, 18, 30, tzinfo=PARIS)
    one = lacking() if begun else Session()
    if begun:
        one.do(c.PostponeItem, CHAIR, number=2)
        one.do(c.GiveProxy, CHLOE, holder=CHAIR)
        one.do(c.AcceptProxy, CHAIR, giver=CHLOE)
    else:
        one.do(c.Plan, plan=replace(PLAN, rules=CGCT))
        one.do(c.Convene)
        one.clock = datetime(2027, 3, 24, 20, 0, tzinfo=UTC)
        one.do(c.NoteArrival, SECRETARY, member=CHAIR)
        assert one.code(c.Open, CHAIR) is Code.NO_QUORUM
    assert one.do(c.Reconvene, CHAIR, starts=starts) is None
    assert reconvenings([one.state]) == [one.state]
    plan = replanned(one.state, ROSTER[:4])
    assert (plan.starts, plan.ends - plan.starts) == (starts, PLAN.ends - PLAN.starts)
    assert [item.number for item in plan.items] == [1, 2]
    assert plan.roster == ROSTER[:4]
    assert plan.rules == CGCT
    assert plan.waiver == Waiver(one.state.id, one.clock)
    assert plan.proxies == ((Mandate(CHLOE, CHAIR, 2),) if begun else ())

    again = Session()
    again.do(c.Plan, plan=plan)
    assert reconvenings([one.state, replace(again.state, id=next_id(one.state.id))]) == []
    again.do(c.Convene)
    again.do(c.Arrive, member=CHAIR)
    assert again.do(c.Open, CHAIR) is None
    assert again.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="Oui ?") is None
    assert again.code(c.Reconvene, CHAIR, starts=starts + timedelta(days=9)) is Code.QUORUM_REACHED


def test_what_was_treated_or_withdrawn_is_not_taken_up_again() -> None:
    one = session()
    one.do(c.NextItem, CHAIR, number=2)
    one.do(c.Leave, member=ANNE)
    one.do(c.Reconvene, CHAIR, starts=datetime(2027, 1, 1, tzinfo=PARIS))
    assert [item.number for item in replanned(one.state, ROSTER).items] == [2]
    two = session()
    two.do(c.WithdrawItem, CHAIR, number=2)
    two.do(c.Leave, member=ANNE)
    two.do(c.Reconvene, CHAIR, starts=datetime(2027, 1, 1, tzinfo=PARIS))
    assert [item.number for item in replanned(two.state, ROSTER).items] == [1]


def test_a_meeting_that_was_not_reconvened_has_no_next() -> None:
    assert isinstance(PLAN, Planned)
    with pytest.raises(ValueError, match="was not reconvened"):
        replanned(session().state, ROSTER)


MOVES = st.tuples(st.sampled_from([c.Arrive, c.Leave, c.NoteArrival, c.NoteDeparture]), st.sampled_from(ROSTER))


@given(st.lists(MOVES, max_size=40), st.sampled_from(list(Falls)))
def test_it_is_known_at_every_step_whether_the_quorum_is_there(
    moves: list[tuple[type[c.Command], Seat]], falls: Falls
) -> None:
    one = session(replace(CGCT, quorum=QuorumRules(falls=falls)))
    for kind, seat in moves:
        one.do(kind, SECRETARY if kind in {c.NoteArrival, c.NoteDeparture} else None, member=seat.member)
        roll, lacking = one.state.attendance, not one.state.attendance.quorate(one.state.rules)
        if falls is Falls.WARN:
            assert (roll.lost is not None) is lacking
            assert one.state.interludes.recess is None
        elif lacking:
            assert one.state.interludes.recess
        assert all(fall.present < fall.needed and (fall.until is None or fall.regained >= 3) for fall in roll.falls)
