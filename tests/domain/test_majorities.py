"""Every basis and threshold, the casting vote, weights: against a recount that knows nothing of ours."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polls import CHAIR, Session

from meetings.domain import commands as c
from meetings.domain.count import Base, Threshold
from meetings.domain.refusals import Code
from meetings.domain.rules import ASSOCIATION, CGCT, SIMPLE, BallotRules
from meetings.domain.values import Choice, Form, MemberId, Outcome, Tally, Why

LEAST = {
    Threshold.TWO_THIRDS: Fraction(2, 3),
    Threshold.THREE_QUARTERS: Fraction(3, 4),
    Threshold.FOUR_FIFTHS: Fraction(4, 5),
    Threshold.UNANIMITY: Fraction(1),
}


def recount(votes: dict[int, Choice], weights: list[int], present: int, basis: Base, threshold: Threshold) -> Outcome:
    """By the rules page alone: `present` of all members are in the room; nobody represents the others."""
    score = {choice: sum(weights[who] for who, said in votes.items() if said is choice) for choice in Choice}
    pro, contra = score[Choice.FOR], score[Choice.AGAINST]
    base = {
        Base.CAST: pro + contra,
        Base.VALID: pro + contra + score[Choice.ABSTAIN],
        Base.PRESENT: sum(weights[:present]),
        Base.ENTITLED: sum(weights[:present]),
        Base.ALL: sum(weights),
    }[basis]
    if not pro:
        return Outcome.REJECTED
    chairs = votes.get(0)
    if pro == contra and (threshold is Threshold.SIMPLE or (threshold is Threshold.ABSOLUTE and basis is Base.CAST)):
        return Outcome.ADOPTED if chairs is Choice.FOR else Outcome.REJECTED
    share = Fraction(pro, base)
    enough = {Threshold.SIMPLE: pro > contra, Threshold.ABSOLUTE: share > Fraction(1, 2)}
    return Outcome.ADOPTED if enough.get(threshold, share >= LEAST.get(threshold, 0)) else Outcome.REJECTED


@settings(max_examples=250, deadline=None)
@given(
    basis=st.sampled_from(Base),
    threshold=st.sampled_from(Threshold),
    absent=st.integers(0, 2),
    said=st.dictionaries(st.integers(0, 4), st.sampled_from(Choice), max_size=5),
    votes_of_b=st.integers(1, 4),
)
def test_every_basis_and_threshold_is_as_a_recount_has_it(
    basis: Base, threshold: Threshold, absent: int, said: dict[int, Choice], votes_of_b: int
) -> None:
    session = Session(7, replace(CGCT, weights={"B": votes_of_b}), absent).put(basis=basis, threshold=threshold)
    for who, choice in said.items():
        session.vote(who, choice)
    result = session.closed()
    weights = [votes_of_b if who % 2 else 1 for who in range(7)]
    assert result.outcome is recount(said, weights, 7 - absent, basis, threshold)
    assert result.tally == Tally(*(sum(weights[who] for who in said if said[who] is choice) for choice in Choice))


def test_the_majority_is_the_rules_where_the_chair_says_nothing() -> None:
    rules = replace(SIMPLE, ballots=BallotRules(basis=Base.ALL, threshold=Threshold.TWO_THIRDS))
    session = Session(6, rules).put().votes("for", "for", "for")
    assert session.closed().why is Why.THRESHOLD
    assert session.put().votes("for", "for", "for", "for").closed().outcome is Outcome.ADOPTED
    assert session.put(basis=Base.CAST, threshold=Threshold.SIMPLE).votes("for").closed().outcome is Outcome.ADOPTED


def test_who_voted_and_left_stays_in_the_base() -> None:
    session = Session(5).put(basis=Base.PRESENT, threshold=Threshold.ABSOLUTE).votes("against", "for", "for", "for")
    session.do(c.Leave, member=MemberId("3"))
    result = session.closed()
    assert (result.outcome, result.total) == (Outcome.ADOPTED, 5)


def test_the_represented_are_entitled_and_their_votes_count() -> None:
    session = Session(5).do(c.GiveProxy, MemberId("1"), holder=MemberId("2"))
    session.do(c.AcceptProxy, MemberId("2"), giver=MemberId("1")).do(c.Leave, member=MemberId("1"))
    session.put(basis=Base.ENTITLED, threshold=Threshold.ABSOLUTE).vote(0, "for")
    assert (session.closed().total, session.ballot.result.outcome) == (5, Outcome.REJECTED)
    session.put(basis=Base.PRESENT, threshold=Threshold.ABSOLUTE).vote(0, "for").vote(2, "for")
    result = session.closed()
    assert (result.tally, result.total, result.outcome) == (Tally(3), 5, Outcome.ADOPTED)


@pytest.mark.parametrize(
    ("rules", "secret", "outcome", "why"),
    [
        (CGCT, False, Outcome.REJECTED, Why.CASTING_VOTE),
        (CGCT, True, Outcome.REJECTED, Why.TIE),
        (SIMPLE, False, Outcome.REJECTED, Why.TIE),
    ],
)
def test_a_tie_falls_to_the_chair_in_public_where_the_rules_say_so(
    rules: object, secret: bool, outcome: Outcome, why: Why
) -> None:
    result = Session(4, rules).put(secret=secret).votes("against", "for").closed()
    assert (result.outcome, result.why) == (outcome, why)


def test_whoever_has_the_gavel_has_the_casting_vote() -> None:
    session = Session(4).do(c.HandGavel, CHAIR, member=MemberId("1"))
    session.do(c.OpenBallot, MemberId("1"), ballot="b", motion="Q").votes("against", "for")
    assert session.ask(c.CloseBallot, CHAIR, ballot="b") is Code.CHAIR_ONLY
    session.do(c.CloseBallot, MemberId("1"), ballot="b", decision="2026-001")
    assert session.ballot.result
    assert session.ballot.result.outcome is Outcome.ADOPTED


def test_a_weighted_vote_is_as_many_papers_in_the_urn() -> None:
    session = Session(3, replace(ASSOCIATION, weights={"B": 3})).put(secret=True).votes("for", "against")
    assert [slip.mark for slip in session.urn[session.ballot.id]] == ["for", "against", "against", "against"]
    assert session.closed().tally == Tally(1, 3)


def test_other_majorities_are_for_motions_alone() -> None:
    session = Session(4)
    for form, fields in (
        (Form.IRV, {"threshold": Threshold.ABSOLUTE}),
        (Form.CONSENT, {"basis": Base.ALL}),
        (Form.OPTIONS, {"threshold": Threshold.TWO_THIRDS}),
        (Form.OPTIONS, {"basis": Base.ALL}),
    ):
        options = () if form is Form.CONSENT else ("x", "y")
        asked = session.ask(c.OpenBallot, CHAIR, ballot="b", motion="Q", form=form, options=options, **fields)
        assert asked is Code.MAJORITY_NOT_FOR_FORM
