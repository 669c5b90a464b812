"""What holds of every count, whatever the election."""

import random
from dataclasses import replace

import pytest
from elections import LOT, elections
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.domain.count import BadElectionError, Ballot, Contradiction, Election, TieError
from meetings.domain.count.election import preferences
from meetings.domain.count.methods import METHODS, ONE_SEAT, count
from meetings.domain.count.steps import Drawn, Elected, Papers, Quota, Standing, Why

ALL = pytest.mark.parametrize("method", METHODS)


def seats(election, method):
    return 1 if method in ONE_SEAT else election.seats


@ALL
@settings(max_examples=40)
@given(election=elections())
def test_as_many_are_elected_as_there_are_seats_and_candidates(method, election):
    result = count(election, method, seats(election, method), LOT)
    assert len(result.winners) == len(set(result.winners)) == min(seats(election, method), len(election.running))
    assert set(result.winners) <= set(election.running)
    elected = [each for step in result.steps if isinstance(step, Elected) for each in step.candidates]
    assert elected == list(result.winners)


@pytest.mark.parametrize("method", ["scottish-stv", "irv"])
@settings(max_examples=40)
@given(election=elections())
def test_no_vote_is_made_or_lost_unseen(method, election):
    result = count(election, method, seats(election, method), LOT)
    papers = result.steps[0]
    assert isinstance(papers, Papers)
    assert papers.valid + papers.invalid == sum(ballot.weight for ballot in election.ballots)
    for step in result.steps:
        if isinstance(step, Standing):
            assert sum(votes for _, votes in step.votes) + step.exhausted + step.lost == papers.valid
            assert min(step.exhausted, step.lost, *(votes for _, votes in step.votes)) >= 0


@given(elections())
def test_who_is_elected_by_quota_has_it(election):
    result = count(election, "scottish-stv", lot=LOT)
    (quota,) = (step.quota for step in result.steps if isinstance(step, Quota))
    standings = {step.stage: dict(step.votes) for step in result.steps if isinstance(step, Standing)}
    for step in result.steps:
        if isinstance(step, Elected) and step.why is Why.QUOTA:
            assert all(standings[step.stage][each] >= quota for each in step.candidates)


@ALL
@settings(max_examples=40)
@given(election=elections(), order=st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(method, election, order):
    ballots = [Ballot(1, ballot.ranking) for ballot in election.ballots for _ in range(ballot.weight)]
    order.shuffle(ballots)
    shuffled = replace(election, ballots=tuple(ballots))
    assert count(shuffled, method, seats(election, method), LOT) == count(
        election, method, seats(election, method), LOT
    )


@ALL
@settings(max_examples=40)
@given(election=elections())
def test_names_change_nothing_but_names(method, election):
    renamed = replace(election, title="", candidates=tuple(f"New {name}" for name in election.candidates))
    assert count(renamed, method, seats(election, method), LOT) == count(election, method, seats(election, method), LOT)


@ALL
@settings(max_examples=40)
@given(election=elections(), seed=st.integers(0, 99))
def test_candidates_numbered_otherwise_are_elected_as_before_where_no_lot_is_drawn(method, election, seed):
    numbers = list(range(1, len(election.candidates) + 1))
    random.Random(seed).shuffle(numbers)
    new = dict(enumerate(numbers, 1))
    other = Election(
        election.title,
        tuple(name for _, name in sorted((new[n], name) for n, name in enumerate(election.candidates, 1))),
        election.seats,
        frozenset(new[each] for each in election.withdrawn),
        tuple(Ballot(w, tuple(tuple(new[each] for each in rank) for rank in ranks)) for w, ranks in election.ballots),
    )
    try:
        result = count(election, method, seats(election, method))
    except TieError as tie:
        with pytest.raises(TieError) as again:
            count(other, method, seats(election, method))
        tied = sorted(new[each] for each in tie.tied)
        assert sorted(again.value.tied) == tied
    else:
        assert set(count(other, method, seats(election, method)).winners) == {new[each] for each in result.winners}


@ALL
@settings(max_examples=40)
@given(election=elections())
def test_a_lot_is_drawn_only_where_its_lack_is_refused(method, election):
    result = count(election, method, seats(election, method), LOT)
    assert result.tie == any(isinstance(step, Drawn) for step in result.steps)
    if result.tie:
        with pytest.raises(TieError):
            count(election, method, seats(election, method))
    else:
        assert count(election, method, seats(election, method)) == result


@pytest.mark.parametrize("method", ["scottish-stv", "irv", "plurality"])
@settings(max_examples=40)
@given(election=elections())
def test_most_first_preferences_of_all_elect(method, election):
    firsts = [(each[0], weight) for weight, ranks in election.ballots if (each := preferences(ranks, election.running))]
    for candidate in election.running:
        if 2 * sum(weight for first, weight in firsts if first == candidate) > sum(weight for _, weight in firsts):
            assert count(election, method, 1, LOT).winners == (candidate,)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"candidates": ()}, Contradiction.CANDIDATES),
        ({"withdrawn": frozenset({3})}, Contradiction.CANDIDATES),
        ({"seats": 0}, Contradiction.SEATS),
        ({"ballots": (Ballot(1, ((3,),)),)}, Contradiction.RANKING),
        ({"ballots": (Ballot(1, ((1,), (2, 1))),)}, Contradiction.RANKING),
        ({"ballots": (Ballot(0, ((1,),)),)}, Contradiction.WEIGHT),
    ],
)
def test_an_election_that_contradicts_itself_is_refused(parts, why):
    with pytest.raises(BadElectionError) as refused:
        replace(Election("", ("A", "B"), 1, frozenset(), ()), **parts)
    assert refused.value.why is why
