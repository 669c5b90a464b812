"""Proxies: given, taken on, ended; whom they represent; what they count for; how their votes are cast."""

from dataclasses import replace

import pytest
from test_floor import ANNE, BILAL, CHAIR, CHLOE, DINA, ID, START, Debate

from meetings.domain import commands as c
from meetings.domain.attendance import Attendance
from meetings.domain.events import Recorded
from meetings.domain.meeting import fold
from meetings.domain.refusals import Code
from meetings.domain.rules import ASSOCIATION, CGCT, SIMPLE, QuorumRules
from meetings.domain.values import BallotId, Choice, Mandate, MemberId, Tally

BALLOT = BallotId("b")


def given(giver: MemberId = ANNE, holder: MemberId = BILAL, **rules: object) -> Debate:
    """A debate that the giver has left, their proxy taken on by the holder."""
    debate = Debate(replace(CGCT, **rules)).do(c.GiveProxy, giver, holder=holder).do(c.AcceptProxy, holder, giver=giver)
    return debate.do(c.Leave, member=giver)


def put(debate: Debate, *, secret: bool = False) -> Debate:
    return debate.do(c.OpenBallot, CHAIR, ballot=BALLOT, motion="Bancs", secret=secret)


def vote(debate: Debate, by: MemberId, choice: Choice) -> Code | None:
    return debate.ask(c.CastVote, by, ballot=BALLOT, mark=choice)


def test_who_is_absent_is_represented_while_the_holder_is_there() -> None:
    debate = given()
    roll = debate.state.attendance
    assert roll.represented() == {ANNE: BILAL}
    then = debate.clock
    assert debate.do(c.Leave, member=BILAL).state.attendance.represented() == {}
    debate.do(c.Arrive, member=BILAL).do(c.Arrive, member=ANNE)
    assert debate.state.attendance.represented() == {}
    assert debate.state.attendance.represented(then) == {ANNE: BILAL}


def test_nothing_is_represented_until_the_holder_takes_it_on() -> None:
    debate = Debate().do(c.GiveProxy, ANNE, holder=BILAL).do(c.Leave, member=ANNE)
    assert debate.state.attendance.represented() == {}
    assert debate.ask(c.AcceptProxy, CHLOE, giver=ANNE) is Code.NO_SUCH_PROXY
    debate.do(c.AcceptProxy, BILAL, giver=ANNE)
    assert debate.ask(c.AcceptProxy, BILAL, giver=ANNE) is Code.NOTHING_CHANGED
    assert debate.state.attendance.represented() == {ANNE: BILAL}


def test_what_cannot_be_given() -> None:
    debate = given()
    for by, holder, code in (
        (ANNE, BILAL, Code.NOTHING_CHANGED),
        (CHLOE, BILAL, Code.HOLDER_HAS_PROXIES),
        (CHLOE, CHLOE, Code.PROXY_TO_ONESELF),
        (CHLOE, MemberId("stranger"), Code.HOLDER_NOT_A_MEMBER),
        (MemberId("stranger"), BILAL, Code.NOT_A_MEMBER),
    ):
        assert debate.ask(c.GiveProxy, by, holder=holder) is code
    assert Debate(SIMPLE).ask(c.GiveProxy, ANNE, holder=BILAL) is Code.NO_PROXIES
    debate.do(c.Adjourn, CHAIR)
    assert debate.ask(c.GiveProxy, CHLOE, holder=DINA) is Code.ADJOURNED


def test_it_ends_when_either_says_so_and_a_new_one_replaces_it() -> None:
    debate = given()
    assert debate.ask(c.EndProxy, CHLOE, giver=ANNE) is Code.NO_SUCH_PROXY
    debate.do(c.EndProxy, ANNE, giver=ANNE)
    assert debate.state.attendance.represented() == {}
    assert debate.ask(c.EndProxy, ANNE, giver=ANNE) is Code.NO_SUCH_PROXY
    debate.do(c.GiveProxy, ANNE, holder=CHLOE).do(c.AcceptProxy, CHLOE, giver=ANNE).do(c.GiveProxy, ANNE, holder=BILAL)
    assert debate.state.attendance.represented() == {}
    debate.do(c.AcceptProxy, BILAL, giver=ANNE).do(c.EndProxy, BILAL, giver=ANNE)
    assert debate.state.attendance.represented() == {}
    assert fold(ID, debate.log) == debate.state


def test_an_association_lets_a_member_hold_two() -> None:
    debate = Debate(ASSOCIATION).do(c.GiveProxy, ANNE, holder=BILAL).do(c.GiveProxy, CHLOE, holder=BILAL)
    assert debate.ask(c.GiveProxy, DINA, holder=BILAL) is Code.HOLDER_HAS_PROXIES


@pytest.mark.parametrize("counts", [True, False])
def test_proxies_count_for_the_quorum_where_the_rules_say_so(counts: bool) -> None:
    debate = given(quorum=QuorumRules(proxies=counts)).do(c.Leave, member=CHLOE).do(c.Leave, member=DINA)
    assert debate.state.attendance.needed(debate.state.rules) == 3
    assert debate.ask(c.NextItem, CHAIR) is (None if counts else Code.NO_QUORUM)


def test_one_press_casts_both_votes_each_its_own_entry() -> None:
    debate = put(given())
    assert vote(debate, BILAL, Choice.FOR) is None
    ballot = debate.state.ballots[BALLOT]
    assert (ballot.votes, ballot.proxies) == ({BILAL: Choice.FOR, ANNE: Choice.FOR}, {ANNE: BILAL})
    assert vote(debate, BILAL, Choice.FOR) is Code.ALREADY_VOTED
    assert vote(debate, BILAL, Choice.AGAINST) is None
    assert debate.state.ballots[BALLOT].votes == {BILAL: Choice.AGAINST, ANNE: Choice.AGAINST}
    debate.do(c.CloseBallot, CHAIR, ballot=BALLOT)
    assert debate.state.ballots[BALLOT].result
    assert debate.state.ballots[BALLOT].result.tally == Tally(against=2)


def test_who_comes_votes_for_themself_and_that_vote_is_theirs() -> None:
    debate = put(given())
    vote(debate, BILAL, Choice.FOR)
    debate.do(c.Arrive, member=ANNE)
    assert vote(debate, ANNE, Choice.FOR) is None  # the same choice, now in person
    assert debate.state.ballots[BALLOT].proxies == {}
    assert vote(debate, ANNE, Choice.AGAINST) is None
    debate.do(c.Leave, member=ANNE)
    assert vote(debate, BILAL, Choice.ABSTAIN) is None
    assert debate.state.ballots[BALLOT].votes == {BILAL: Choice.ABSTAIN, ANNE: Choice.AGAINST}


def test_a_proxy_withdrawn_during_a_public_vote_takes_its_vote_with_it() -> None:
    debate = put(given())
    vote(debate, BILAL, Choice.FOR)
    debate.do(c.EndProxy, ANNE, giver=ANNE)
    ballot = debate.state.ballots[BALLOT]
    assert (ballot.votes, ballot.proxies) == ({BILAL: Choice.FOR}, {})
    vote(debate, BILAL, Choice.AGAINST)
    assert debate.state.ballots[BALLOT].votes == {BILAL: Choice.AGAINST}
    assert fold(ID, debate.log) == debate.state


def test_a_sealed_vote_by_proxy_is_a_slip_of_its_own_and_stays() -> None:
    debate = put(given(), secret=True)
    assert vote(debate, BILAL, Choice.FOR) is None
    assert debate.state.ballots[BALLOT].votes == {BILAL: None, ANNE: None}
    debate.do(c.EndProxy, ANNE, giver=ANNE)
    assert debate.state.ballots[BALLOT].votes == {BILAL: None, ANNE: None}
    debate.do(c.Arrive, member=ANNE)
    assert vote(debate, ANNE, Choice.AGAINST) is Code.ALREADY_VOTED


def test_a_proxy_taken_on_after_the_holder_voted_still_has_its_vote() -> None:
    debate = Debate().do(c.GiveProxy, ANNE, holder=BILAL).do(c.Leave, member=ANNE)
    put(debate, secret=True)
    vote(debate, BILAL, Choice.FOR)
    debate.do(c.AcceptProxy, BILAL, giver=ANNE)
    assert vote(debate, BILAL, Choice.AGAINST) is None
    assert debate.state.ballots[BALLOT].votes == {BILAL: None, ANNE: None}


def test_a_proxy_is_carried_to_as_many_meetings_as_the_rules_say() -> None:
    first = given().state.attendance
    assert first.carried(1) == ()
    mandates = first.carried(3)
    assert mandates == (Mandate(ANNE, BILAL, 2),)
    plan = Debate().state.plan
    assert plan
    second = Attendance().evolve(Recorded(ID, 1, START, None, "", replace(plan, proxies=mandates)))
    assert second.carried(3) == (Mandate(ANNE, BILAL, 3),)
    third = Attendance().evolve(Recorded(ID, 1, START, None, "", replace(plan, proxies=second.carried(3))))
    assert third.carried(3) == ()
    assert [proxy.good() for proxy in third.proxies] == [True]
