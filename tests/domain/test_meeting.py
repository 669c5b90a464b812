"""The meeting's rules, through commands alone."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.decide import decide
from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import Meeting, Phase, evolve, fold
from meetings.domain.persistent import PersistentMap
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import CGCT, MOTION_LIMIT, Rules, SessionRules
from meetings.domain.settling import Case, settle
from meetings.domain.values import (
    BallotId,
    Choice,
    Kind,
    Manner,
    Mark,
    MeetingId,
    MemberId,
    Outcome,
    PlannedItem,
    Role,
    Seat,
    Slip,
    Tally,
    Why,
)

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
CHAIR, SECRETARY, ANNE, BILAL, CHLOE = (MemberId(name) for name in ("chair", "secretary", "anne", "bilal", "chloe"))
ROSTER = (Seat(CHAIR, Role.CHAIR), Seat(SECRETARY, Role.SECRETARY), Seat(ANNE), Seat(BILAL), Seat(CHLOE))
PLAN = Planned(
    council="Conseil citoyen",
    title="Séance",
    starts=START,
    ends=START + timedelta(hours=2),
    channel="1",
    venue="stage",
    lang="fr",
    items=(PlannedItem(1, "Bancs"), PlannedItem(2, "Fête")),
    roster=ROSTER,
)
ID = MeetingId("m")


class Session:
    """A meeting one can talk to: each command a second after the last."""

    def __init__(self, rules: Rules = CGCT) -> None:
        self.rules = rules
        self.state = Meeting(ID)
        self.log: list[Recorded] = []
        self.clock = START

    def do(self, kind: type[c.Command], by: MemberId | None = None, /, **fields: object) -> Refusal | None:
        self.clock += timedelta(seconds=1)
        outcome = decide(self.state, kind(meeting=ID, at=self.clock, by=by, **fields), self.rules)
        if isinstance(outcome, Refusal):
            return outcome
        for event in outcome:
            recorded = Recorded(ID, self.state.seq + 1, self.clock, by, "", event)
            self.log.append(recorded)
            self.state = evolve(self.state, recorded)
        return None

    def code(self, kind: type[c.Command], by: MemberId | None = None, /, **fields: object) -> Code | None:
        refusal = self.do(kind, by, **fields)
        return refusal.code if refusal else None


@pytest.fixture
def session() -> Session:
    session = Session()
    assert session.do(c.Plan, plan=PLAN) is None
    assert session.do(c.Convene) is None
    for member in (CHAIR, SECRETARY, ANNE, BILAL):
        assert session.do(c.Arrive, member=member) is None
    return session


@pytest.fixture
def open_session(session: Session) -> Session:
    assert session.do(c.Open, CHAIR) is None
    assert session.do(c.NextItem, CHAIR) is None
    return session


def test_quorum_is_more_than_half_of_the_members_entitled() -> None:
    session = Session()
    session.do(c.Plan, plan=PLAN)
    session.do(c.Convene)
    session.do(c.Arrive, member=CHAIR)
    session.do(c.Arrive, member=ANNE)
    refusal = session.do(c.Open, CHAIR)
    assert refusal == Refusal(Code.NO_QUORUM, {"present": 2, "needed": 3})
    session.do(c.Arrive, member=BILAL)
    assert session.do(c.Open, CHAIR) is None
    assert session.state.phase is Phase.OPEN


def test_quorum_is_counted_again_at_each_item_and_each_vote(open_session: Session) -> None:
    open_session.do(c.Leave, member=BILAL)
    open_session.do(c.Leave, member=ANNE)
    assert open_session.code(c.NextItem, CHAIR) is Code.NO_QUORUM
    assert open_session.code(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="Oui ?") is Code.NO_QUORUM


def test_chairs_commands_are_the_chairs(open_session: Session) -> None:
    for kind, fields in (
        (c.Open, {}),
        (c.NextItem, {}),
        (c.Adjourn, {}),
        (c.GiveFloor, {}),
        (c.OpenBallot, {"ballot": BallotId("b"), "motion": "x"}),
        (c.CloseBallot, {"ballot": BallotId("b")}),
    ):
        assert open_session.code(kind, ANNE, **fields) is Code.CHAIR_ONLY
        assert open_session.code(kind, MemberId("stranger"), **fields) is Code.NOT_A_MEMBER


def test_floor_goes_by_order_of_hands_and_opens_one_microphone(open_session: Session) -> None:
    assert open_session.do(c.RaiseHand, ANNE) is None
    assert open_session.do(c.RaiseHand, BILAL, native=True) is None
    assert open_session.do(c.RaiseHand, BILAL) == Refusal(Code.HAND_UP_ALREADY, {"place": 2})
    assert open_session.do(c.GiveFloor, CHAIR) is None
    assert open_session.state.open_microphones() == {CHAIR, ANNE}
    assert open_session.code(c.RaiseHand, ANNE) is Code.HAS_FLOOR_ALREADY
    assert open_session.code(c.TakeFloor, BILAL) is Code.CHAIR_ONLY
    assert open_session.do(c.GiveFloor, CHAIR) is None
    assert open_session.state.open_microphones() == {CHAIR, BILAL}
    assert open_session.do(c.TakeFloor, BILAL) is None
    assert open_session.state.open_microphones() == {CHAIR}
    assert [turn.member for turn in open_session.state.floor.turns] == [ANNE, BILAL]
    assert open_session.code(c.GiveFloor, CHAIR) is Code.QUEUE_EMPTY
    assert open_session.code(c.GiveFloor, CHAIR, member=CHLOE) is Code.NOT_PRESENT


def test_who_leaves_leaves_queue_and_floor(open_session: Session) -> None:
    open_session.do(c.RaiseHand, ANNE)
    open_session.do(c.RaiseHand, BILAL)
    open_session.do(c.GiveFloor, CHAIR)
    open_session.do(c.Leave, member=ANNE)
    open_session.do(c.Leave, member=BILAL)
    assert open_session.state.floor.speaker is None
    assert open_session.state.floor.queue == ()
    assert open_session.code(c.RaiseHand, ANNE) is Code.NOT_PRESENT


def test_public_ballot_keeps_names_and_lets_a_vote_change(open_session: Session) -> None:
    ballot = BallotId("b")
    assert open_session.do(c.OpenBallot, CHAIR, ballot=ballot, motion=" Poser deux bancs ") is None
    assert open_session.code(c.OpenBallot, CHAIR, ballot=BallotId("c"), motion="x") is Code.BALLOT_RUNNING
    assert open_session.code(c.NextItem, CHAIR) is Code.BALLOT_RUNNING
    assert open_session.code(c.Adjourn, CHAIR) is Code.BALLOT_RUNNING
    open_session.do(c.CastVote, ANNE, ballot=ballot, mark=Choice.AGAINST)
    assert open_session.code(c.CastVote, ANNE, ballot=ballot, mark=Choice.AGAINST) is Code.ALREADY_VOTED
    open_session.do(c.CastVote, ANNE, ballot=ballot, mark=Choice.FOR)
    open_session.do(c.CastVote, BILAL, ballot=ballot, mark=Choice.ABSTAIN)
    assert open_session.code(c.CastVote, CHLOE, ballot=ballot, mark=Choice.FOR) is Code.NOT_PRESENT
    assert open_session.do(c.CloseBallot, CHAIR, ballot=ballot, decision="2026-001") is None
    closed = open_session.state.ballots[ballot]
    assert closed.motion == "Poser deux bancs"
    assert closed.votes == {ANNE: Choice.FOR, BILAL: Choice.ABSTAIN}
    assert closed.result
    assert (closed.result.tally, closed.result.outcome) == (Tally(1, 0, 1), Outcome.ADOPTED)
    assert open_session.code(c.CastVote, CHAIR, ballot=ballot, mark=Choice.FOR) is Code.BALLOT_CLOSED
    assert open_session.code(c.OpenBallot, CHAIR, ballot=ballot, motion="Encore ?") is Code.BALLOT_CLOSED


def test_secret_ballot_never_ties_a_choice_to_a_name(open_session: Session) -> None:
    ballot = BallotId("b")
    open_session.do(c.OpenBallot, CHAIR, ballot=ballot, motion="Élire", secret=True)
    open_session.do(c.CastVote, ANNE, ballot=ballot, mark=Choice.AGAINST)
    assert open_session.code(c.CastVote, ANNE, ballot=ballot, mark=Choice.FOR) is Code.ALREADY_VOTED
    assert open_session.state.ballots[ballot].votes == {ANNE: None}
    open_session.do(c.CloseBallot, CHAIR, ballot=ballot, slips=(Slip("A", Mark("against")),), decision="2026-001")
    result = open_session.state.ballots[ballot].result
    assert result
    assert result.tally == Tally(against=1)


@pytest.mark.parametrize(
    ("tally", "secret", "chair", "outcome", "why"),
    [
        (Tally(3, 2, 9), False, None, Outcome.ADOPTED, Why.MAJORITY),
        (Tally(2, 3), False, Choice.FOR, Outcome.REJECTED, Why.MAJORITY),
        (Tally(2, 2), False, Choice.FOR, Outcome.ADOPTED, Why.CASTING_VOTE),
        (Tally(2, 2), False, Choice.AGAINST, Outcome.REJECTED, Why.CASTING_VOTE),
        (Tally(2, 2), False, Choice.ABSTAIN, Outcome.REJECTED, Why.TIE),
        (Tally(2, 2), True, Choice.FOR, Outcome.REJECTED, Why.TIE),
        (Tally(0, 0, 5), False, Choice.ABSTAIN, Outcome.REJECTED, Why.NO_VOTE),
    ],
)
def test_majority_is_absolute_and_the_chair_breaks_a_public_tie(
    tally: Tally, secret: bool, chair: Choice | None, outcome: Outcome, why: Why
) -> None:
    marks = [Choice.FOR] * tally.for_ + [Choice.AGAINST] * tally.against + [Choice.ABSTAIN] * tally.abstain
    votes = PersistentMap({MemberId(str(number)): Mark(mark) for number, mark in enumerate(marks)})
    settled = settle(Case(Ballot(BallotId("b"), "x", secret, 1, START, votes=votes), CGCT, chair=chair))
    assert (settled.outcome, settled.why) == (outcome, why)


def test_motion_must_have_a_text_that_fits(open_session: Session) -> None:
    assert open_session.code(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="  ") is Code.MOTION_EMPTY
    long = "x" * (MOTION_LIMIT + 1)
    assert open_session.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion=long) == Refusal(
        Code.MOTION_TOO_LONG, {"limit": MOTION_LIMIT}
    )


def test_items_go_in_order_and_know_when_they_were_debated(open_session: Session) -> None:
    during_first = open_session.clock
    open_session.do(c.NextItem, CHAIR)
    assert open_session.state.current == 2
    assert open_session.code(c.NextItem, CHAIR) is Code.AGENDA_DONE
    assert open_session.code(c.NextItem, CHAIR, number=7) is Code.NO_SUCH_ITEM
    assert open_session.code(c.NextItem, CHAIR, number=2) is Code.NOTHING_CHANGED
    assert open_session.state.item_at(during_first) == 1
    assert open_session.state.item_at(START) is None
    open_session.do(c.Adjourn, CHAIR)
    assert open_session.state.phase is Phase.ADJOURNED
    assert all(item.closed for item in open_session.state.items)
    assert open_session.code(c.RaiseHand, ANNE) is Code.ADJOURNED


def test_nothing_of_the_session_before_it_opens(session: Session) -> None:
    assert session.code(c.RaiseHand, ANNE) is Code.NOT_OPEN
    assert session.code(c.NextItem, CHAIR) is Code.NOT_OPEN
    assert session.code(c.Convene) is Code.ALREADY_CONVENED
    assert session.code(c.Plan, plan=PLAN) is Code.ALREADY_PLANNED
    assert session.state.open_microphones() == {seat.member for seat in ROSTER}
    assert Session().code(c.Open, CHAIR) is Code.UNKNOWN_MEETING


members = st.sampled_from([CHAIR, SECRETARY, ANNE, BILAL, CHLOE, MemberId("stranger")])
acts = st.one_of(
    st.tuples(st.sampled_from([c.RaiseHand, c.LowerHand, c.TakeFloor, c.NextItem, c.Open]), members, st.just({})),
    st.tuples(st.sampled_from([c.Arrive, c.Leave]), st.none(), st.fixed_dictionaries({"member": members})),
    st.tuples(st.just(c.GiveFloor), members, st.fixed_dictionaries({"member": st.none() | members})),
    st.tuples(
        st.just(c.OpenBallot),
        members,
        st.fixed_dictionaries(
            {"ballot": st.sampled_from([BallotId("a"), BallotId("b")]), "motion": st.just("m"), "secret": st.booleans()}
        ),
    ),
    st.tuples(
        st.just(c.CastVote),
        members,
        st.fixed_dictionaries(
            {"ballot": st.sampled_from([BallotId("a"), BallotId("b")]), "mark": st.sampled_from(Choice)}
        ),
    ),
    st.tuples(
        st.just(c.CloseBallot),
        members,
        st.fixed_dictionaries({"ballot": st.sampled_from([BallotId("a"), BallotId("b"), BallotId("d")])}),
    ),
    st.tuples(st.sampled_from([c.Suspend, c.Resume, c.EndClosedSession, c.Adjourn]), members, st.just({})),
    st.tuples(st.just(c.AskClosedSession), members, st.just({"ballot": BallotId("d")})),
    st.tuples(st.just(c.HandGavel), members, st.fixed_dictionaries({"member": st.none() | members})),
    st.tuples(
        st.sampled_from([c.WithdrawItem, c.PostponeItem, c.NextItem]),
        members,
        st.fixed_dictionaries({"number": st.integers(1, 4)}),
    ),
    st.tuples(
        st.just(c.MoveItem),
        members,
        st.fixed_dictionaries({"number": st.integers(1, 4), "before": st.none() | st.integers(1, 4)}),
    ),
    st.tuples(st.just(c.AddItem), members, st.just({"title": "Divers"})),
    st.tuples(st.just(c.RaiseHand), members, st.fixed_dictionaries({"kind": st.sampled_from(Kind)})),
    st.tuples(st.sampled_from([c.PutBack, c.CloseList, c.ReopenList]), members, st.just({})),
    st.tuples(st.just(c.SkipHand), members, st.fixed_dictionaries({"member": st.none() | members})),
    st.tuples(st.just(c.ExtendSpeech), members, st.just({"seconds": 60})),
    st.tuples(st.just(c.NoteTimeUp), st.none(), st.fixed_dictionaries({"member": members})),
    st.tuples(st.just(c.GiveProxy), members, st.fixed_dictionaries({"holder": members})),
    st.tuples(st.sampled_from([c.AcceptProxy, c.EndProxy]), members, st.fixed_dictionaries({"giver": members})),
    st.tuples(st.just(c.AskBallot), members, st.fixed_dictionaries({"manner": st.sampled_from(Manner)})),
)


def assert_conduct_is_sound(state: Meeting, silent_before: datetime | None) -> None:
    """Whatever was done: who presides is in the room, one item at a time is in debate, doors close by a vote alone."""
    assert state.presiding is None or state.presiding in state.attendance.present
    debated = [item.plan.number for item in state.items if item.openings and item.openings[-1].until is None]
    assert debated == ([] if state.current is None else [state.current])
    assert len({item.plan.number for item in state.items}) == len(state.items)
    assert state.item is None or state.item.fate is None
    lasting = [one for one in state.interludes.all if one.until is None]
    assert len({one.kind for one in lasting}) == len(lasting)
    assert not lasting or state.phase is Phase.OPEN
    if state.interludes.recess:
        assert state.floor.speaker is None
        assert state.running_ballot is None
    for one in state.interludes.all:
        if one.ballot:
            result = state.ballots[one.ballot].result
            assert result
            assert result.outcome is Outcome.ADOPTED
    if silent_before and state.interludes.silent_since:
        assert state.interludes.silent_since >= silent_before


@settings(max_examples=150, deadline=None)
@given(st.lists(acts, max_size=60))
def test_whatever_is_asked_the_state_stays_sound_and_equals_its_log(
    script: list[tuple[type[c.Command], MemberId | None, dict[str, object]]],
) -> None:
    session = Session(replace(CGCT, session=SessionRules(items_on_the_spot=True)))
    session.do(c.Plan, plan=PLAN)
    session.do(c.Convene)
    for kind, by, fields in script:
        silent = session.state.interludes.silent_since
        session.do(kind, by, **fields)
        floor, present = session.state.floor, session.state.attendance.present
        hands = [request.member for request in floor.queue]
        assert len(set(hands)) == len(hands)
        assert set(hands) <= set(present)
        assert floor.speaker is None or floor.speaker.member in present
        assert floor.speaker is None or floor.speaker.member not in hands
        if hands:
            assert hands == [*(reason.member for reason in floor.why(hands[-1])), hands[-1]]
        roll = session.state.attendance
        assert not roll.represented().keys() & set(present)
        assert set(roll.represented().values()) <= set(present)
        held = Counter(proxy.holder for proxy in roll.proxies if proxy.ended is None)
        assert max(held.values(), default=0) <= session.state.rules.proxies.held
        for ballot in session.state.ballots.values():
            assert ballot.proxies.keys() <= ballot.votes.keys()
            assert not ballot.secret or set(ballot.votes.values()) <= {None, Choice.OUT}
        assert sum(ballot.result is None for ballot in session.state.ballots.values()) <= 1
        assert_conduct_is_sound(session.state, silent)
    assert fold(ID, session.log) == session.state
