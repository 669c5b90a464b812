"""The Scottish rule: real elections with known winners, and ties worked by hand."""

import json
import time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from elections import LOT, election

from meetings.domain.count import Question, TieError, scottish_stv
from meetings.domain.count.blt import parse
from meetings.domain.count.steps import Drawn, Elected, Excluded, LookedBack, Papers, Quota, Standing, Surplus, Why
from meetings.domain.lot import Lot

SCOT = Path(__file__).parents[3] / "../shared/data/elections/scot"
REFERENCE = json.loads((SCOT / "winners.json").read_text("utf-8")) if SCOT.exists() else {}


def bare(name):
    """A name without its quotation marks, which the reference keeps in part."""
    return name.replace('"', "").strip()


@pytest.mark.parametrize(
    "file", REFERENCE or [pytest.param("", marks=pytest.mark.skip("the real elections are absent"))]
)
def test_real_elections_elect_whom_they_elected(file):
    expected = REFERENCE[file]
    found = parse((SCOT / file).read_bytes()).election
    assert len(found.candidates) == expected["candidates"]
    assert found.seats == expected["seats"]
    assert sum(ballot.weight for ballot in found.ballots) == expected["ballots"]
    result = scottish_stv.count(found, LOT)
    assert result.tie == expected["lot"]
    if not expected["lot"]:
        names = [bare(found.candidates[winner - 1]) for winner in result.winners]
        assert names == [bare(name) for name in expected["winners_scottish"]]
        assert scottish_stv.count(found) == result


def test_all_real_elections_are_counted_in_seconds():
    if not REFERENCE:
        pytest.skip("the real elections are absent")
    start = time.process_time()
    for file in REFERENCE:
        scottish_stv.count(parse((SCOT / file).read_bytes()).election, LOT)
    assert time.process_time() - start < 10


FOOD = """
4 O
2 P > O
8 C > S
4 C > H
1 S
1 H
"""
"""A well-known example: three kinds of food for twenty guests, quota 6."""


def test_a_textbook_election():
    result = scottish_stv.count(election(FOOD, seats=3, candidates="OPCSH"))
    orange, pear, chocolate, strawberry, hamburger = range(1, 6)
    assert result.winners == (chocolate, orange, strawberry)
    assert not result.tie
    assert Quota(20, 3, 6) in result.steps
    assert Surplus(2, chocolate, 6, 12, ((strawberry, 4), (hamburger, 2)), 0, 0) in result.steps
    assert Excluded(3, pear, 2, ((orange, 2),), 0) in result.steps
    assert Excluded(4, hamburger, 3, (), 3) in result.steps
    assert [step for step in result.steps if isinstance(step, Elected)] == [
        Elected(1, (chocolate,), Why.QUOTA),
        Elected(3, (orange,), Why.QUOTA),
        Elected(4, (strawberry,), Why.LAST_SEATS),
    ]


def test_the_transfer_value_is_cut_to_five_decimals_and_the_rest_is_told():
    # Quota 100 // 3 + 1 = 34. A has 60, surplus 26: each paper is worth 26/60 = 0.43333 (the rest is ignored), so that
    # 40 papers bring B 17.3332 and 10 bring C 4.3333; 10 papers name nobody else and hold 4.3333; 0.0002 are lost.
    result = scottish_stv.count(election("40 A > B\n10 A > C\n10 A\n19 B\n11 C\n10 D", seats=2))
    third = Decimal("4.3333")
    assert Surplus(2, 1, 26, 60, ((2, 4 * third), (3, third)), third, Decimal("0.0002")) in result.steps
    assert result.winners == (1, 2)


def test_papers_received_in_a_transfer_pass_on_at_the_value_they_came_with():
    # A's 10 papers over quota 6 go to B at 0.4; B's 3 own papers stay whole: 3 + 4 = 7, surplus 1 of 7. By rule 48(3)
    # the own papers then hold 1/7 = 0.14285, the others 0.4/7 = 0.05714 each.
    result = scottish_stv.count(election("10 A > B > C\n3 B > D\n2 C\n2 D", seats=2, candidates="ABCD"))
    assert Quota(17, 2, 6) in result.steps
    assert Surplus(2, 1, 4, 10, ((2, 4),), 0, 0) in result.steps
    assert result.winners == (1, 2)
    more = scottish_stv.count(election("10 A > B > C\n3 B > D\n2 C\n2 D\n4 E", seats=3, candidates="ABCDE"))
    assert Surplus(3, 2, 1, 7, ((3, Decimal("0.5714")), (4, Decimal("0.42855"))), 0, Decimal("0.00005")) in more.steps


def test_a_tie_is_settled_by_the_stage_before_at_which_the_votes_differed():
    result = scottish_stv.count(election("8 A\n4 B\n3 C\n1 D > C"))
    assert LookedBack(3, Question.EXCLUDE, (2, 3), 1, (3,)) in result.steps
    assert [step.candidate for step in result.steps if isinstance(step, Excluded)] == [4, 3, 2]
    assert not result.tie


def test_looking_back_may_only_narrow_a_tie():
    # B, C and D have 6 each at stage 3; at stage 2 B and C had 5 and D 6; at stage 1 B had 4 and C 5.
    result = scottish_stv.count(election("15 A\n4 B\n5 C\n6 D\n1 E > B\n1 E > C\n1 F > B", candidates="ABCDEF"))
    assert [step for step in result.steps if isinstance(step, LookedBack)][:2] == [
        LookedBack(4, Question.EXCLUDE, (2, 3, 4), 2, (2, 3)),
        LookedBack(4, Question.EXCLUDE, (2, 3), 1, (2,)),
    ]
    assert [step.candidate for step in result.steps if isinstance(step, Excluded)] == [6, 5, 2, 3, 4]


def test_without_a_lot_a_tie_that_no_stage_settles_is_refused():
    with pytest.raises(TieError) as refused:
        scottish_stv.count(election("5 A\n3 B\n3 C", candidates="ABC"))
    assert (refused.value.question, refused.value.stage, refused.value.tied) == (Question.EXCLUDE, 2, (2, 3))


def test_a_lot_follows_from_the_seed_as_anyone_can_redo():
    drawn = set()
    for seed in map(str, range(8)):
        first = min((2, 3), key=lambda number: sha256(f"{seed}\nexclude 2\n{number}".encode()).hexdigest())
        result = scottish_stv.count(election("5 A\n3 B\n3 C", candidates="ABC"), Lot(seed))
        assert Drawn(2, Question.EXCLUDE, (2, 3), "exclude 2", (first,)) in result.steps
        assert result.tie
        drawn.add(first)
    assert drawn == {2, 3}


def test_equal_surpluses_need_a_lot_for_which_goes_first():
    tied = election("10 A > C\n10 B > D\n2 C\n1 D", seats=3)
    with pytest.raises(TieError) as refused:
        scottish_stv.count(tied)
    assert (refused.value.question, refused.value.stage, refused.value.tied) == (Question.SURPLUS, 2, (1, 2))
    assert scottish_stv.count(tied, LOT).tie


def test_who_withdrew_is_passed_over():
    result = scottish_stv.count(election("5 A > B\n4 C\n1 B=A > C", withdrawn="A"))
    assert result.winners == (2,)
    assert Standing(1, ((2, 6), (3, 4), (4, 0))) in result.steps


def test_a_paper_ends_at_a_rank_left_out_or_shared():
    result = scottish_stv.count(election("9 A\n6 B\n2 C > - > B\n3 D > A=B\n1 - > B"))
    assert result.steps[0] == Papers(20, 1)
    assert [step.exhausted for step in result.steps if isinstance(step, Excluded)] == [2, 3, 6]


def test_fewer_candidates_than_seats_are_all_elected():
    assert scottish_stv.count(election("3 A\n1 B", seats=3, candidates="AB")).winners == (1, 2)
    assert scottish_stv.count(election("1 A", candidates="A", withdrawn="A")).winners == ()
