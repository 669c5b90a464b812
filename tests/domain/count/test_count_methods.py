"""The other methods, on well-known examples and examples worked by hand."""

from datetime import date
from itertools import permutations

import pytest
from elections import LOT, election
from hypothesis import given
from hypothesis import strategies as st

from meetings.domain.count import (
    BadElectionError,
    Contradiction,
    Question,
    TieError,
    appointment,
    approval,
    irv,
    majority_judgement,
    plurality,
)
from meetings.domain.count.steps import (
    Compared,
    Drawn,
    Eldest,
    Elected,
    Excluded,
    Judged,
    LookedBack,
    Needed,
    NextRound,
    Papers,
    Standing,
    Why,
)

TENNESSEE = """
42 M > N > C > K
26 N > C > K > M
15 C > K > N > M
17 K > C > N > M
"""
"""A capital for Tennessee: each voter prefers the nearer of Memphis, Nashville, Chattanooga and Knoxville."""


def tennessee():
    return election(TENNESSEE, candidates="MNCK")


def test_plurality_elects_memphis():
    result = plurality.count(tennessee())
    assert result.winners == (1,)
    assert result.steps == (
        Papers(100, 0),
        Standing(1, ((1, 42), (2, 26), (4, 17), (3, 15))),
        Elected(1, (1,), Why.MOST_VOTES),
    )


def test_instant_runoff_elects_knoxville():
    result = irv.count(tennessee())
    assert result.winners == (4,)
    assert [(step.candidate, step.votes) for step in result.steps if isinstance(step, Excluded)] == [(3, 15), (2, 26)]
    assert result.steps[-2:] == (Needed(3, 100, 51), Elected(3, (4,), Why.MAJORITY))


def test_instant_runoff_asks_for_more_than_half_of_the_votes_still_in_play():
    # Half of 10 is no majority; once C's paper has ended, 5 of 9 are.
    result = irv.count(election("5 A\n4 B\n1 C", candidates="ABC"))
    assert result.winners == (1,)
    assert [step for step in result.steps if isinstance(step, Needed)] == [Needed(1, 10, 6), Needed(2, 9, 5)]


def test_instant_runoff_looks_back_then_draws():
    back = irv.count(election("8 A\n4 B\n3 C\n1 D > C"))
    assert LookedBack(3, Question.EXCLUDE, (2, 3), 1, (3,)) in back.steps
    with pytest.raises(TieError) as refused:
        irv.count(election("2 A\n2 B", candidates="AB"))
    assert refused.value.tied == (1, 2)
    assert irv.count(election("2 A\n2 B", candidates="AB"), LOT).tie


def test_instant_runoff_elects_one():
    with pytest.raises(BadElectionError) as refused:
        irv.count(election(TENNESSEE, seats=2, candidates="MNCK"))
    assert refused.value.why is Contradiction.ONE_SEAT


def test_approval_counts_every_candidate_named():
    # A is named on 3 + 2 papers, B on 3 + 4, C on 4; one paper names nobody.
    result = approval.count(election("3 A > B\n4 C=B\n2 A\n1", candidates="ABC", seats=2))
    assert result.winners == (2, 1)
    assert result.steps[:2] == (Papers(9, 1), Standing(1, ((2, 7), (1, 5), (3, 4))))


def test_a_tie_matters_only_at_the_last_seat():
    assert approval.count(election("3 A=B\n1 C", seats=2)).winners == (1, 2)
    tied = election("3 A\n2 B\n2 C\n2 D", seats=2)
    with pytest.raises(TieError) as refused:
        plurality.count(tied)
    assert (refused.value.question, refused.value.tied) == (Question.SEAT, (2, 3, 4))
    result = plurality.count(tied, LOT)
    (drawn,) = (step for step in result.steps if isinstance(step, Drawn))
    assert drawn.chosen == tuple(map(int, LOT.order("seat 1", ["2", "3", "4"])))[:1]
    assert result.winners == (1, *drawn.chosen)


ORSAY = {
    1: (0, 136, 307, 251, 148, 84, 74),
    2: (0, 167, 227, 191, 167, 122, 126),
    3: (0, 191, 198, 143, 115, 71, 282),
    4: (0, 30, 46, 62, 64, 54, 744),
}
"""Bayrou, Royal, Sarkozy and Le Pen in Orsay, 22 April 2007, in thousandths (Balinski and Laraki, Cahier 2007-28); two
shares are one thousandth lower than printed, where rounding had made the sum 1,001."""


def test_majority_judgement_in_orsay():
    result = majority_judgement.rank(ORSAY)
    assert result.winners == (1,)
    assert [(step.candidate, step.grade) for step in result.steps if isinstance(step, Judged)] == [
        (1, 4),  # Assez bien
        (2, 4),
        (3, 4),
        (4, 7),  # À rejeter
    ]
    assert majority_judgement.rank(ORSAY, seats=3).winners == (1, 2, 3)


def test_majority_judgement_says_after_how_many_grades_candidates_differ():
    # Sorted: A 1 3 3 3 7, B 1 1 3 7 7. The middle is 3 for both; of the next ones taken, A's is 3 and B's is 7.
    result = majority_judgement.rank({1: (2, 0, 1, 0, 0, 0, 2), 2: (1, 0, 3, 0, 0, 0, 1)})
    assert result.winners == (2,)
    assert Compared(2, 1, 1, 3, 7) in result.steps


def test_majority_judgement_reads_ranks_as_grades():
    result = majority_judgement.count(election("2 A=B > C\n3 - > B > - > A\n1", candidates="ABC"))
    assert result.steps[:2] == (Papers(5, 1), Judged(2, (2, 3, 0, 0, 0, 0, 0), 2))
    assert Judged(1, (2, 0, 0, 3, 0, 0, 0), 4) in result.steps
    assert Judged(3, (0, 2, 0, 0, 0, 0, 3), 7) in result.steps


def test_the_very_same_grades_need_a_lot():
    same = {1: (1, 0, 0, 0, 0, 0, 1), 2: (1, 0, 0, 0, 0, 0, 1)}
    with pytest.raises(TieError):
        majority_judgement.rank(same)
    assert majority_judgement.rank(same, lot=LOT).tie


def test_grades_on_other_papers_or_scales_are_refused():
    for tallies in ({1: (1,) * 7, 2: (2,) * 7}, {1: (1,) * 6}):
        with pytest.raises(BadElectionError) as refused:
            majority_judgement.rank(tallies)
        assert refused.value.why is Contradiction.GRADES


@given(
    st.integers(1, 24).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 6), min_size=n, max_size=n), min_size=1, max_size=5)
    )
)
def test_majority_judgement_is_taking_middle_grades_away_one_by_one(papers):
    def majority_value(grades):
        left = sorted(grades)
        return [left.pop(len(left) // 2) for _ in grades]

    tallies = {each: tuple(grades.count(g) for g in range(7)) for each, grades in enumerate(papers, 1)}
    result = majority_judgement.rank(tallies, seats=len(papers))
    assert list(result.winners) == sorted(tallies, key=lambda each: (majority_value(papers[each - 1]), each))
    for step in result.steps:
        if isinstance(step, Compared):
            one, other = (majority_value(papers[each - 1]) for each in (step.better, step.worse))
            assert one[: step.removed] == other[: step.removed]
            assert (one[step.removed] + 1, other[step.removed] + 1) == (step.better_grade, step.worse_grade)


BORN = {1: date(1950, 3, 1).toordinal(), 2: date(1948, 7, 14).toordinal(), 3: date(1990, 1, 1).toordinal()}


def test_an_appointment_is_won_by_absolute_majority_in_rounds_one_and_two():
    assert appointment.count([{1: 8, 2: 4, 3: 3}], BORN).winners == (1,)
    first = appointment.count([{1: 7, 2: 5, 3: 3}], BORN)
    assert first.winners == ()
    assert first.steps == (Standing(1, ((1, 7), (2, 5), (3, 3))), Needed(1, 15, 8), NextRound(2))
    second = appointment.count([{1: 7, 2: 5, 3: 3}, {1: 6, 2: 8}], BORN)
    assert second.winners == (2,)
    assert second.steps[-1] == Elected(2, (2,), Why.MAJORITY)


def test_half_of_the_votes_is_no_absolute_majority():
    assert appointment.count([{1: 7, 2: 7}], BORN).winners == ()


def test_round_three_is_won_by_relative_majority_then_age():
    before = [{1: 7, 2: 5, 3: 3}, {1: 7, 2: 6, 3: 2}]
    assert appointment.count([*before, {1: 6, 2: 5, 3: 4}], BORN).winners == (1,)
    tied = appointment.count([*before, {1: 7, 2: 7, 3: 1}], BORN)
    assert tied.winners == (2,)
    assert tied.steps[-2:] == (Eldest(3, (1, 2), (2,)), Elected(3, (2,), Why.ELDEST))
    assert not tied.tie


def test_born_the_same_day_or_unknown_they_draw():
    rounds = [{1: 5, 2: 5}] * 3
    for born in ({1: date(1950, 1, 1).toordinal(), 2: date(1950, 1, 1).toordinal()}, {1: date(1950, 1, 1).toordinal()}):
        with pytest.raises(TieError):
            appointment.count(rounds, born)
        assert appointment.count(rounds, born, LOT).tie


def test_no_round_follows_an_election_or_the_third():
    for rounds in ([{1: 2, 2: 1}, {1: 2, 2: 1}], [{1: 1, 2: 1}, {1: 1, 2: 1}, {1: 2, 2: 1}, {1: 2}]):
        with pytest.raises(BadElectionError) as refused:
            appointment.count(rounds, BORN)
        assert refused.value.why is Contradiction.ROUNDS
    assert appointment.count([{}, {}, {}], BORN).winners == ()


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 9), max_size=5))
def test_a_round_does_not_depend_on_the_order_of_candidates(votes):
    results = {appointment.count([dict(order)], BORN).winners for order in list(permutations(votes.items()))[:24]}
    assert len(results) == 1
