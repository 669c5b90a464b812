"""Forms that elect: options, appointments in rounds, orders, approvals, grades; consent; and what breaks a tie."""

from collections import Counter
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polls import CHAIR, SEED, Session

from meetings.domain import commands as c
from meetings.domain import wording
from meetings.domain.count import Threshold
from meetings.domain.lot import Lot
from meetings.domain.marks import spelled
from meetings.domain.meeting import fold
from meetings.domain.polling import earlier
from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT, OPTIONS_LIMIT, SIMPLE, BallotRules, Tie
from meetings.domain.settling import explain
from meetings.domain.values import BallotId, Form, Manner, MemberId, Outcome, Tally, Why
from meetings.i18n import translator

ABC = ("Ancre", "Barque", "Canot")
OPEN = replace(CGCT, ballots=BallotRules(tie=Tie.LOT))
"""Appointments in public, ties by lot."""


def lots(label: str, numbers: str) -> int:
    return int(Lot(SEED).order(label, numbers)[0])


def test_options_go_by_the_most_votes() -> None:
    result = Session().put(Form.OPTIONS, options=ABC).votes("2", "1", "2", "3", "abstain", "out").closed()
    assert (result.outcome, result.elected, result.counts) == (Outcome.CHOSEN, (2,), (1, 2, 1))
    assert (result.tally, result.decision) == (Tally(4, 0, 1, 1), "2026-001")


def test_options_may_need_more_than_half() -> None:
    session = Session().put(Form.OPTIONS, options=ABC, threshold=Threshold.ABSOLUTE).votes("2", "1", "2", "3")
    result = session.closed()
    assert (result.outcome, result.why, result.elected, result.decision) == (Outcome.UNDECIDED, Why.MAJORITY, (), "")
    assert session.put(Form.OPTIONS, options=ABC, threshold=Threshold.ABSOLUTE).votes("2", "1", "2").closed().elected


def test_equal_options_fall_to_the_chair_in_public_and_to_the_lot_in_secret() -> None:
    result = Session().put(Form.OPTIONS, options=ABC).votes("3", "1", "3", "1").closed()
    assert (result.elected, result.why, result.seed) == ((3,), Why.CASTING_VOTE, "")
    result = Session().put(Form.OPTIONS, options=ABC, secret=True).votes("3", "1", "3", "1").closed()
    assert (result.elected, result.why, result.seed) == ((lots("seat 1", "13"),), Why.COUNT, SEED)


def test_where_nothing_breaks_a_tie_nothing_is_chosen() -> None:
    rules = replace(SIMPLE, ballots=BallotRules(casting_vote=False, tie=Tie.NONE))
    result = Session(4, rules).put(Form.OPTIONS, options=ABC).votes("3", "1").closed()
    assert (result.outcome, result.why, result.seed) == (Outcome.UNDECIDED, Why.TIE, "")


@pytest.mark.parametrize("form", [form for form in Form if form.elects and form is not Form.APPOINTMENT])
def test_blank_papers_choose_nothing(form: Form) -> None:
    result = Session().put(form, options=ABC).votes("abstain", "out").closed()
    assert (result.outcome, result.why, result.elected) == (Outcome.UNDECIDED, Why.NO_VOTE, ())


def test_an_instant_runoff() -> None:
    session = Session().put(Form.IRV, options=ABC)
    result = session.votes("1>3", "1", "2>3", "2", "3>2", "1>2", "2>1").closed()
    assert (result.elected, result.counts) == ((2,), (3, 3, 1))


def test_a_transferable_vote_fills_several_seats() -> None:
    result = Session().put(Form.STV, options=ABC, seats=2).votes("1>3", "1>3", "1>3", "1>3", "1>3", "2", "3").closed()
    assert (result.elected, result.counts) == ((1, 3), (5, 1, 1))


def test_approvals_fill_seats_but_with_nobody_unnamed() -> None:
    result = Session().put(Form.APPROVAL, options=ABC, seats=2).votes("1,2", "2", "abstain").closed()
    assert (result.elected, result.counts) == ((2, 1), (1, 2, 0))
    assert Session().put(Form.APPROVAL, options=ABC, seats=2).votes("2").closed().elected == (2,)


def test_grades_go_by_the_median() -> None:
    result = Session().put(Form.JUDGEMENT, options=ABC).votes("1,3,7", "7,3,7", "7,2,1").closed()
    assert (result.elected, result.counts) == ((2,), ())


def test_an_appointment_takes_up_to_three_rounds_and_the_eldest() -> None:
    members = tuple(map(MemberId, "123"))
    rules = replace(CGCT, ballots=replace(CGCT.ballots, eldest=("6", "2", "1")))
    session = Session(6, rules).put(Form.APPOINTMENT, candidates=members)
    assert session.ballot.secret  # by rule (L2121-21)
    result = session.votes("1", "2", "3", "1", "2", "abstain").closed()
    assert (result.outcome, result.why, result.decision) == (Outcome.UNDECIDED, Why.NEXT_ROUND, "")
    assert session.ask(c.NextRound, CHAIR, ballot="r2", of="nothing") is Code.NO_SUCH_BALLOT
    session.do(c.NextRound, CHAIR, ballot="r2", of=session.ballot.id, key="k2", commitment="c2")
    assert (session.ballot.round, session.ballot.secret, session.ballot.key) == (2, True, "k2")
    assert session.votes("1", "2", "1", "2").closed().why is Why.NEXT_ROUND  # half is no majority
    assert session.ask(c.NextRound, CHAIR, ballot="r3", of=BallotId("b1")) is Code.NO_NEXT_ROUND
    session.do(c.NextRound, CHAIR, ballot="r3", of="r2")
    result = session.votes("1", "2", "1", "2", "3").closed()
    assert (result.outcome, result.elected, result.seed) == (Outcome.CHOSEN, (2,), "")
    assert session.ask(c.NextRound, CHAIR, ballot="r4", of="r3") is Code.NO_NEXT_ROUND
    assert earlier(session.state, session.ballot) == ({1: 2, 2: 2, 3: 1}, {1: 2, 2: 2, 3: 0})
    said = wording.steps(session.state, session.ballot, lambda member: f"M{member}", translator("fr"))
    assert "M2" in said[-1]
    assert fold(session.state.id, session.log) == session.state


def test_an_appointment_is_made_in_the_first_round_by_absolute_majority() -> None:
    session = Session(5, OPEN).put(Form.APPOINTMENT, options=ABC).votes("1", "1", "2")
    assert not session.ballot.secret
    assert session.closed().elected == (1,)
    assert session.ask(c.NextRound, CHAIR, ballot="r2", of=session.ballot.id) is Code.NO_NEXT_ROUND


def test_where_ages_are_unknown_the_lot_appoints() -> None:
    session = Session(4).put(Form.APPOINTMENT, options=ABC).votes("1", "2")
    session.closed()
    session.do(c.NextRound, CHAIR, ballot="r2", of=session.ballot.id, commitment="c").votes("1", "2").closed()
    session.do(c.NextRound, CHAIR, ballot="r3", of="r2", commitment="c")
    result = session.votes("1", "2").closed()
    assert (result.elected, result.seed) == ((lots("seat 3", "12"),), SEED)


def test_unanimity_waives_the_secret_of_an_appointment() -> None:
    session = Session(6).do(c.AskBallot, MemberId("2"), manner=Manner.SECRET)
    asked = {"ballot": "b", "motion": "Q", "form": Form.APPOINTMENT, "options": ABC, "waive_secret": True}
    assert session.ask(c.OpenBallot, CHAIR, **asked) is Code.WAIVER_OPPOSED
    session.do(c.Leave, member=MemberId("2")).do(c.OpenBallot, CHAIR, **asked)
    assert (session.ballot.secret, session.ballot.waived) == (False, True)
    session.closed()
    session.put(Form.IRV, candidates=tuple(map(MemberId, "12")))
    assert (session.ballot.secret, session.ballot.waived) == (True, False)


def test_consent_is_adopted_unless_somebody_objects() -> None:
    session = Session().put(Form.CONSENT).vote(0, "consent").vote(1, "reservation", "À revoir dans un an.")
    session.vote(2, "abstain").vote(3, "out")
    assert session.ask(c.CastVote, MemberId("4"), ballot=session.ballot.id, mark="objection") is Code.OBJECTION_LENGTH
    session.vote(4, "objection", "La salle est trop petite.")
    said = {"1": "À revoir dans un an.", "4": "La salle est trop petite."}
    assert session.ballot.texts == said
    session.vote(4, "objection", "La salle est trop froide.")  # words may be changed as well
    result = session.closed()
    assert (result.outcome, result.why, result.tally) == (Outcome.REJECTED, Why.OBJECTION, Tally(2, 1, 1, 1))
    words = wording.steps(session.state, session.ballot, lambda member: f"M{member}", translator("en"))
    assert words[0] == "Objection by M4: La salle est trop froide."
    session.put(Form.CONSENT).vote(4, "objection", "Non.").vote(4, "consent")
    assert (session.closed().why, session.ballot.texts) == (Why.CONSENT, {})
    assert session.ask(c.OpenBallot, CHAIR, ballot="s", motion="Q", form=Form.CONSENT, secret=True) is (
        Code.CONSENT_NOT_SECRET
    )


def test_what_is_said_behind_closed_doors_stays_there() -> None:
    session = Session(4).do(c.AskClosedSession, CHAIR, ballot="doors").votes("for", "for", "for")
    assert session.closing() is None
    session.put(Form.CONSENT).vote(1, "objection", "Entre nous.").closed()
    words = wording.steps(session.state, session.ballot, str, translator("en"))
    assert words == ["No consent: objections to resolve: 1, consents: 0."]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"form": Form.MOTION, "options": ABC}, Code.NO_OPTIONS),
        ({"form": Form.CONSENT, "seats": 2}, Code.NO_OPTIONS),
        ({"form": Form.OPTIONS, "options": ABC[:1]}, Code.OPTIONS_NUMBER),
        ({"form": Form.APPOINTMENT}, Code.OPTIONS_NUMBER),
        ({"form": Form.IRV, "options": tuple(map(str, range(OPTIONS_LIMIT + 1)))}, Code.OPTIONS_NUMBER),
        ({"form": Form.IRV, "options": ABC, "candidates": (MemberId("1"), MemberId("2"))}, Code.OPTIONS_NUMBER),
        ({"form": Form.IRV, "options": ("x y", " x\ny ")}, Code.OPTION_TWICE),
        ({"form": Form.IRV, "options": ("x", "  ")}, Code.OPTION_LENGTH),
        ({"form": Form.IRV, "options": ("x", "y" * 101)}, Code.OPTION_LENGTH),
        ({"form": Form.IRV, "candidates": (MemberId("1"), MemberId("stranger"))}, Code.CANDIDATE_NOT_A_MEMBER),
        ({"form": Form.IRV, "options": ABC, "seats": 2}, Code.SEATS),
        ({"form": Form.STV, "options": ABC, "seats": 4}, Code.SEATS),
        ({"form": Form.STV, "options": ABC, "seats": 0}, Code.SEATS),
        ({"minutes": 0}, Code.DEADLINE),
        ({"minutes": 10**9}, Code.DEADLINE),
    ],
)
def test_a_paper_that_makes_no_sense_is_not_put_to_the_vote(fields: dict[str, object], code: Code) -> None:
    assert Session(4).ask(c.OpenBallot, CHAIR, ballot="b", motion="Q", **fields) is code


@pytest.mark.parametrize(
    ("form", "said", "mark"),
    [
        (Form.MOTION, "for", "for"),
        (Form.MOTION, "1", None),
        (Form.OPTIONS, "02", "2"),
        (Form.OPTIONS, "4", None),
        (Form.OPTIONS, "1,2", None),
        (Form.OPTIONS, "²", None),
        (Form.OPTIONS, "-1", None),
        (Form.STV, "3>1", "3>1"),
        (Form.STV, "3>3", None),
        (Form.STV, "3,1", None),
        (Form.STV, "", None),
        (Form.APPROVAL, "3,1", "1,3"),
        (Form.APPROVAL, "1,1", None),
        (Form.JUDGEMENT, "1,7,1", "1,7,1"),
        (Form.JUDGEMENT, "1,8,1", None),
        (Form.JUDGEMENT, "1,7", None),
        (Form.CONSENT, "objection", "objection"),
        (Form.CONSENT, "for", None),
        *((form, said, said) for form in Form for said in ("abstain", "out")),
    ],
)
def test_a_mark_has_one_spelling(form: Form, said: str, mark: str | None) -> None:
    assert spelled(form, 3, said) == mark


def test_a_mark_that_is_none_is_refused() -> None:
    session = Session(4).put(Form.IRV, options=ABC)
    vote = {"ballot": session.ballot.id, "mark": "1>1"}
    assert session.ask(c.CastVote, MemberId("1"), **vote) is Code.NO_SUCH_CHOICE


orders = st.sampled_from([">".join(order[:length]) for order in permutations("123") for length in (1, 2, 3)])


@settings(max_examples=120, deadline=None)
@given(form=st.sampled_from([Form.IRV, Form.STV]), said=st.lists(orders, min_size=1, max_size=7), secret=st.booleans())
def test_a_result_can_be_counted_again_from_the_log_alone(form: Form, said: list[str], secret: bool) -> None:
    session = Session(7, OPEN).put(form, options=ABC, secret=secret).votes(*said)
    result = session.closed()
    again = fold(session.state.id, session.log).ballots[session.ballot.id]
    assert sorted(slip.mark for slip in again.slips) == (sorted(said) if secret else [])
    steps = explain(again, session.state.rules)
    chosen = [each for step in steps for each in getattr(step, "candidates", ()) if hasattr(step, "why")]
    assert (tuple(chosen), result.tally.for_) == (result.elected, len(said))
    assert Counter(mark[0] for mark in said) == Counter(
        {str(number): votes for number, votes in enumerate(result.counts, 1) if votes}
    )
    assert bool(result.seed) == any(type(step).__name__ == "Drawn" for step in steps)
    assert all(wording.steps(session.state, again, str, translator(lang)) for lang in ("fr", "en"))
