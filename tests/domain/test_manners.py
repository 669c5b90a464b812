"""Manners of voting that members ask for, and who takes no part."""

from dataclasses import replace
from fractions import Fraction

import pytest
from test_floor import ANNE, BILAL, CHAIR, CHLOE, DINA, ID, Debate

from meetings.domain import commands as c
from meetings.domain.meeting import fold
from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT, SIMPLE, BallotRules
from meetings.domain.values import BallotId, Choice, Manner, Mark, MemberId, Outcome, Slip, Tally

BALLOT = BallotId("b")


def asked(secret: tuple[MemberId, ...] = (), roll_call: tuple[MemberId, ...] = ()) -> Debate:
    """Five are present: a quarter is two members, a third is two."""
    debate = Debate()
    for manner, members in ((Manner.SECRET, secret), (Manner.ROLL_CALL, roll_call)):
        for member in members:
            debate.do(c.AskBallot, member, manner=manner)
    return debate


def put(debate: Debate, key: str = "b", *, secret: bool = False) -> Debate:
    return debate.do(c.OpenBallot, CHAIR, ballot=BallotId(key), motion="Bancs", secret=secret)


@pytest.mark.parametrize(
    ("secret", "roll_call", "manner"),
    [
        ((ANNE,), (ANNE,), None),
        ((ANNE, BILAL), (), Manner.SECRET),
        ((), (ANNE, BILAL), Manner.ROLL_CALL),
        ((ANNE, BILAL), (CHLOE, DINA, CHAIR), Manner.SECRET),
    ],
)
def test_enough_of_those_present_obtain_it_and_the_secret_ballot_wins(
    secret: tuple[MemberId, ...], roll_call: tuple[MemberId, ...], manner: Manner | None
) -> None:
    ballot = put(asked(secret, roll_call)).state.ballots[BALLOT]
    assert (ballot.manner, ballot.secret) == (manner, manner is Manner.SECRET)
    assert ballot.askers == {Manner.SECRET: secret, Manner.ROLL_CALL: roll_call, None: ()}[manner]


def test_who_has_left_no_longer_asks_and_a_request_is_for_one_vote() -> None:
    debate = asked((ANNE, BILAL)).do(c.Leave, member=BILAL)
    assert put(debate).state.ballots[BALLOT].manner is None
    debate.do(c.CloseBallot, CHAIR, ballot=BALLOT).do(c.AskBallot, ANNE, manner=Manner.SECRET)
    assert debate.state.asked == {Manner.SECRET: (ANNE,)}
    debate.do(c.AskBallot, CHLOE, manner=Manner.SECRET)
    assert put(debate, "c").state.ballots[BallotId("c")].secret
    assert debate.state.asked == {}
    assert fold(ID, debate.log) == debate.state


def test_a_request_ends_with_its_item() -> None:
    assert asked((ANNE, BILAL)).do(c.NextItem, CHAIR).state.asked == {}


def test_what_cannot_be_asked() -> None:
    debate = asked((ANNE,))
    assert debate.ask(c.AskBallot, ANNE, manner=Manner.SECRET) is Code.ASKED_ALREADY
    assert debate.ask(c.AskBallot, MemberId("stranger"), manner=Manner.SECRET) is Code.NOT_A_MEMBER
    put(debate)
    assert debate.ask(c.AskBallot, BILAL, manner=Manner.SECRET) is Code.VOTE_UNDER_WAY
    assert Debate(SIMPLE).ask(c.AskBallot, ANNE, manner=Manner.ROLL_CALL) is Code.MANNER_NOT_IN_RULES
    debate.do(c.Leave, member=DINA)
    assert debate.ask(c.AskBallot, DINA, manner=Manner.SECRET) is Code.NOT_PRESENT


def test_the_share_is_the_rules() -> None:
    debate = Debate(replace(CGCT, ballots=BallotRules(secret=Fraction(1, 5))))
    debate.do(c.AskBallot, ANNE, manner=Manner.SECRET)
    assert put(debate).state.ballots[BALLOT].secret


def test_who_takes_no_part_counts_for_nothing_and_says_so_openly_even_in_a_secret_ballot() -> None:
    debate = put(Debate(), secret=True)
    debate.do(c.CastVote, ANNE, ballot=BALLOT, mark=Choice.OUT).do(c.CastVote, BILAL, ballot=BALLOT, mark=Choice.FOR)
    assert debate.state.ballots[BALLOT].votes == {ANNE: Choice.OUT, BILAL: None}
    assert debate.ask(c.CastVote, ANNE, ballot=BALLOT, mark=Choice.FOR) is Code.ALREADY_VOTED
    debate.do(c.CloseBallot, CHAIR, ballot=BALLOT, slips=(Slip("A", Mark("for")),))
    result = debate.state.ballots[BALLOT].result
    assert result
    assert (result.tally, result.outcome) == (Tally(1, 0, 0, 1), Outcome.ADOPTED)
