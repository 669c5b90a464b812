"""Motions and consent: every base and threshold."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.domain.count import (
    BadElectionError,
    Base,
    Contradiction,
    Position,
    Threshold,
    Voiced,
    consent,
    majority,
)
from meetings.domain.count.majority import Poll
from meetings.domain.count.steps import Consented


@pytest.mark.parametrize(
    ("base", "threshold", "adopted"),
    [
        # 12 for, 9 against, 3 abstain; 25 present, 30 entitled, 33 members.
        (Base.CAST, Threshold.SIMPLE, True),
        (Base.CAST, Threshold.ABSOLUTE, True),  # 12 of 21 (CGCT L2121-20)
        (Base.VALID, Threshold.ABSOLUTE, False),  # 12 of 24 is half
        (Base.PRESENT, Threshold.ABSOLUTE, False),  # 12 of 25
        (Base.ENTITLED, Threshold.SIMPLE, True),
        (Base.ENTITLED, Threshold.ABSOLUTE, False),
        (Base.ALL, Threshold.ABSOLUTE, False),
        (Base.CAST, Threshold.TWO_THIRDS, False),  # 14 needed
    ],
)
def test_the_base_decides_with_the_threshold(base, threshold, adopted):
    verdict = majority.count(Poll(12, 9, 3, present=25, entitled=30, members=33), base, threshold)
    assert verdict.adopted is adopted
    assert not verdict.tie


@pytest.mark.parametrize(
    ("threshold", "least"),
    [
        (Threshold.SIMPLE, 31),
        (Threshold.ABSOLUTE, 31),
        (Threshold.TWO_THIRDS, 40),
        (Threshold.THREE_QUARTERS, 45),
        (Threshold.FOUR_FIFTHS, 48),
        (Threshold.UNANIMITY, 60),
    ],
)
def test_each_threshold_of_sixty_votes(threshold, least):
    assert majority.count(Poll(least, 60 - least), threshold=threshold).adopted
    assert not majority.count(Poll(least - 1, 61 - least), threshold=threshold).adopted


def test_a_tie_is_told_and_adopts_nothing():
    verdict = majority.count(Poll(5, 5))
    assert (verdict.adopted, verdict.tie) == (False, True)


def test_weighted_votes_are_exact():
    votes = Poll(Decimal("0.2"), Decimal("0.1"))
    assert majority.count(votes, threshold=Threshold.TWO_THIRDS).adopted
    assert not majority.count(votes, threshold=Threshold.THREE_QUARTERS).adopted


def test_without_votes_nothing_is_adopted():
    assert not any(majority.count(Poll(0, 0), base, limit).adopted for base in Base for limit in Threshold)


@pytest.mark.parametrize(
    ("poll", "why"),
    [
        (Poll(3, 2, 1, present=5), Contradiction.BASE),
        (Poll(-1, 2, 1, present=5), Contradiction.WEIGHT),
    ],
)
def test_a_poll_that_contradicts_itself_is_refused(poll, why):
    with pytest.raises(BadElectionError) as refused:
        majority.count(poll, Base.PRESENT)
    assert refused.value.why is why


VOTES = st.integers(0, 50)


@given(VOTES, VOTES, VOTES, VOTES, VOTES, VOTES)
def test_thresholds_and_bases_are_monotone(for_, against, abstain, more, yet_more, most):
    present = for_ + against + abstain + more
    poll = Poll(for_, against, abstain, present, present + yet_more, present + yet_more + most)
    for base in Base:
        outcomes = [majority.count(poll, base, threshold).adopted for threshold in Threshold]
        assert all(easier or not harder for easier, harder in pairwise(outcomes))
    for threshold in Threshold:
        outcomes = [majority.count(poll, base, threshold).adopted for base in Base]
        assert all(easier or not harder for easier, harder in pairwise(outcomes))


ANNE, BO = Voiced("Anne", Position.CONSENT, ""), Voiced("Bo", Position.RESERVATION, "Try it for a year.")
CY = Voiced("Cy", Position.OBJECTION, "The room is too small.")


def test_consent_needs_that_nobody_objects():
    adopted = consent.count([ANNE, BO, Voiced("Di", Position.ABSTAIN, "")])
    assert adopted.adopted
    assert adopted.steps == (BO, Consented(True, 2, 0))
    blocked = consent.count([ANNE, BO, CY])
    assert not blocked.adopted
    assert blocked.steps == (CY, BO, Consented(False, 2, 1))


def test_consent_of_nobody_is_none():
    assert not consent.count([]).adopted


def test_an_objection_says_why():
    with pytest.raises(BadElectionError) as refused:
        consent.count([Voiced("Cy", Position.OBJECTION, "  ")])
    assert refused.value.why is Contradiction.OBJECTION
