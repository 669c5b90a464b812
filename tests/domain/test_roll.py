"""Who is there: by the room's door, noted by hand, excused; and how the roll stood at any instant."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_meeting import ANNE, BILAL, CHAIR, CHLOE, ID, PLAN, ROSTER, SECRETARY, START, Session

from meetings.domain import commands as c
from meetings.domain.attendance import Movement
from meetings.domain.meeting import Meeting, Phase, fold
from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT
from meetings.domain.values import BallotId, Mark, MemberId


@pytest.fixture
def convened() -> Session:
    session = Session()
    assert session.do(c.Plan, plan=replace(PLAN, rules=CGCT)) is None
    assert session.do(c.Convene) is None
    for member in (CHAIR, SECRETARY, ANNE):
        assert session.do(c.Arrive, member=member) is None
    return session


def test_who_attends_elsewhere_is_noted_and_no_door_undoes_it(convened: Session) -> None:
    for by in (CHAIR, SECRETARY):
        assert convened.do(c.NoteArrival, by, member=BILAL) is None
        assert list(convened.state.attendance.present)[-1] == BILAL
        assert convened.code(c.NoteArrival, by, member=BILAL) is Code.NOTHING_CHANGED
        assert convened.code(c.Arrive, member=BILAL) is Code.NOTHING_CHANGED
        assert convened.code(c.Leave, member=BILAL) is Code.NOTHING_CHANGED
        assert convened.do(c.NoteDeparture, by, member=BILAL) is None
        assert BILAL not in convened.state.attendance.present
    assert convened.state.attendance.vouched == {BILAL: SECRETARY}
    noted = [move.noted for move in convened.state.attendance.movements if move.member == BILAL]
    assert noted == [CHAIR, CHAIR, SECRETARY, SECRETARY]


def test_who_is_in_the_room_may_go_over_to_the_hall_without_leaving(convened: Session) -> None:
    before = len(convened.state.attendance.movements)
    assert convened.do(c.NoteArrival, CHAIR, member=ANNE) is None
    assert len(convened.state.attendance.movements) == before
    assert convened.code(c.Leave, member=ANNE) is Code.NOTHING_CHANGED
    assert convened.do(c.NoteDeparture, CHAIR, member=ANNE) is None
    assert ANNE not in convened.state.attendance.present
    assert convened.do(c.Arrive, member=ANNE) is None  # by the door again


def test_only_the_chair_and_the_secretary_note_others(convened: Session) -> None:
    assert convened.code(c.NoteArrival, ANNE, member=BILAL) is Code.OFFICERS_ONLY
    assert convened.code(c.NoteDeparture, ANNE, member=BILAL) is Code.OFFICERS_ONLY
    assert convened.code(c.Excuse, ANNE, member=BILAL) is Code.OFFICERS_ONLY
    assert convened.code(c.NoteArrival, MemberId("nobody"), member=BILAL) is Code.NOT_A_MEMBER
    for kind in (c.NoteArrival, c.Excuse):
        assert convened.code(kind, CHAIR, member=MemberId("nobody")) is Code.NO_SEAT
    assert convened.code(c.NoteDeparture, CHAIR, member=ANNE) is Code.ATTENDS_IN_ROOM
    assert convened.code(c.NoteDeparture, CHAIR, member=CHLOE) is Code.NOTHING_CHANGED
    convened.do(c.Open, CHAIR)
    assert convened.do(c.HandGavel, CHAIR, member=ANNE) is None
    assert convened.code(c.NoteArrival, CHAIR, member=BILAL) is Code.OFFICERS_ONLY
    assert convened.do(c.NoteArrival, ANNE, member=BILAL) is None


def test_who_attends_elsewhere_counts_for_the_quorum_speaks_and_votes() -> None:
    session = Session()
    session.do(c.Plan, plan=PLAN)
    assert session.code(c.NoteArrival, CHAIR, member=CHAIR) is Code.NOT_OPEN
    session.do(c.Convene)
    for member in (CHAIR, BILAL, CHLOE):
        assert session.do(c.NoteArrival, SECRETARY, member=member) is None
    assert session.do(c.Open, CHAIR) is None
    assert session.do(c.RaiseHand, BILAL) is None
    assert session.do(c.GiveFloor, CHAIR) is None
    assert session.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="Oui ?") is None
    assert session.do(c.CastVote, BILAL, ballot=BallotId("b"), mark=Mark("for")) is None
    assert session.code(c.CastVote, ANNE, ballot=BallotId("b"), mark=Mark("for")) is Code.NOT_PRESENT
    assert session.do(c.NoteDeparture, SECRETARY, member=BILAL) is None
    assert session.state.floor.speaker is None


def test_one_is_excused_before_and_during_by_oneself_or_by_the_secretary() -> None:
    session = Session()
    session.do(c.Plan, plan=PLAN)
    assert session.do(c.Excuse, BILAL) is None
    assert session.code(c.Excuse, BILAL) is Code.NOTHING_CHANGED
    assert session.do(c.Excuse, SECRETARY, member=ANNE) is None
    assert session.do(c.Excuse, SECRETARY, member=ANNE, withdrawn=True) is None
    assert session.code(c.Excuse, SECRETARY, member=ANNE, withdrawn=True) is Code.NOTHING_CHANGED
    session.do(c.Convene)
    for member in (CHAIR, SECRETARY, ANNE):
        session.do(c.Arrive, member=member)
    session.do(c.Open, CHAIR)
    assert session.do(c.Suspend, CHAIR) is None
    assert session.do(c.Excuse, CHLOE) is None
    assert set(session.state.attendance.excused) == {BILAL, CHLOE}
    session.do(c.Adjourn, CHAIR)
    assert session.code(c.Excuse, ANNE) is Code.ADJOURNED
    assert session.code(c.Excuse, MemberId("nobody")) is Code.NOT_A_MEMBER


def test_the_roll_is_known_at_every_instant(convened: Session) -> None:
    t0 = convened.clock
    convened.do(c.Excuse, CHLOE)
    t1 = convened.clock
    convened.do(c.GiveProxy, BILAL, holder=ANNE)
    convened.do(c.AcceptProxy, ANNE, giver=BILAL)
    t2 = convened.clock
    convened.do(c.Leave, member=ANNE)
    t3 = convened.clock
    roll = convened.state.attendance
    nobody = roll.at(START)
    assert (nobody.entitled, nobody.present) == (tuple(seat.member for seat in ROSTER), ())
    assert set(nobody.absent) == {seat.member for seat in ROSTER}
    assert (roll.at(t0).present, roll.at(t0).excused) == ((CHAIR, SECRETARY, ANNE), ())
    assert (roll.at(t1).excused, roll.at(t1).absent) == ((CHLOE,), (BILAL,))
    assert (roll.at(t2).represented, roll.at(t2).absent) == ({BILAL: ANNE}, ())
    assert (roll.at(t3).present, roll.at(t3).represented) == ((CHAIR, SECRETARY), {})
    assert roll.at(t3).absent == (ANNE, BILAL)


PEOPLE = st.sampled_from([seat.member for seat in ROSTER])
ACTS = st.one_of(
    st.tuples(st.sampled_from([c.Arrive, c.Leave]), st.none(), PEOPLE),
    st.tuples(st.sampled_from([c.NoteArrival, c.NoteDeparture, c.Excuse]), st.sampled_from([CHAIR, SECRETARY]), PEOPLE),
)


@given(st.lists(st.tuples(ACTS, st.integers(0, 3))))
def test_every_roll_parts_those_entitled_and_the_latest_is_the_state(acts: list[tuple[tuple, int]]) -> None:
    session = Session()
    session.do(c.Plan, plan=PLAN)
    session.do(c.Convene)
    then: list[tuple] = []
    for (kind, by, member), pause in acts:
        session.clock += timedelta(seconds=pause)
        session.do(kind, by, member=member)
        then.append((session.clock, frozenset(session.state.attendance.present)))
    roll = session.state.attendance
    for instant, present in then:
        seen = roll.at(instant)
        assert frozenset(seen.present) == present
        parts = [*seen.present, *seen.represented, *seen.excused, *seen.absent]
        assert sorted(parts) == sorted(seen.entitled)
    assert roll.elsewhere <= set(roll.present)
    assert fold(ID, session.log) == session.state


def test_a_clock_set_back_changes_no_order_and_no_instant_runs_backwards(convened: Session) -> None:
    convened.do(c.Arrive, member=BILAL)
    convened.do(c.Open, CHAIR)
    convened.do(c.NextItem, CHAIR)
    convened.do(c.GiveFloor, CHAIR, member=ANNE)
    told = convened.clock
    convened.clock -= timedelta(hours=1)
    convened.do(c.Leave, member=SECRETARY)
    convened.do(c.TakeFloor, CHAIR)
    convened.do(c.NextItem, CHAIR)
    state: Meeting = convened.state
    assert state.phase is Phase.OPEN
    assert convened.log[-1].at < told == state.at
    assert state.attendance.movements[-1] == Movement(SECRETARY, told, arrived=False)
    assert [turn.seconds() for turn in state.floor.turns] == [0.0]
    assert all(item.spent(told) >= timedelta() for item in state.items)
    assert SECRETARY not in state.attendance.at(told).present
    assert state.current == 2
    convened.clock = told + timedelta(seconds=5)
    convened.do(c.Arrive, member=SECRETARY)
    assert convened.state.at == convened.clock
