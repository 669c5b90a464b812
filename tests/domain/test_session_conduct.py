"""How a session is conducted: recess, closed doors, the agenda's own changes, the gavel."""

from dataclasses import replace
from datetime import timedelta

import pytest
from test_meeting import ANNE, BILAL, CHAIR, CHLOE, PLAN, SECRETARY, Session

from meetings.domain import commands as c
from meetings.domain.agenda import Fate
from meetings.domain.ballot import Purpose
from meetings.domain.conduct import ItemAdded, ItemMoved
from meetings.domain.meeting import Phase
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import CGCT, TITLE_LIMIT, SessionRules
from meetings.domain.values import BallotId, Choice, MemberId, Outcome, PlannedItem, UtteranceId, Why

DOORS = BallotId("doors")
ITEMS = tuple(PlannedItem(number, title) for number, title in enumerate(("Bancs", "Fête", "Voirie"), 1))


def opened(present: tuple[MemberId, ...] = (CHAIR, SECRETARY, ANNE, BILAL), **rules: int) -> Session:
    session = Session(replace(CGCT, session=SessionRules(**rules)))
    session.do(c.Plan, plan=replace(PLAN, items=ITEMS))
    session.do(c.Convene)
    for member in present:
        session.do(c.Arrive, member=member)
    assert session.do(c.Open, CHAIR) is None
    assert session.do(c.NextItem, CHAIR) is None
    return session


@pytest.fixture
def session() -> Session:
    return opened()


def closed_doors(session: Session) -> None:
    assert session.do(c.AskClosedSession, CHAIR, ballot=DOORS) is None
    for member in (CHAIR, ANNE, BILAL):
        assert session.do(c.CastVote, member, ballot=DOORS, mark=Choice.FOR) is None
    assert session.do(c.CloseBallot, CHAIR, ballot=DOORS, decision="2026-001") is None


def test_a_recess_ends_the_speech_keeps_the_hands_and_opens_every_microphone(session: Session) -> None:
    session.do(c.RaiseHand, ANNE)
    session.do(c.RaiseHand, BILAL)
    session.do(c.GiveFloor, CHAIR)
    assert session.do(c.Suspend, CHAIR, minutes=10) is None
    recess = session.state.interludes.recess
    assert recess
    assert (recess.since, recess.planned) == (session.clock, session.clock + timedelta(minutes=10))
    assert session.state.floor.speaker is None
    assert session.state.floor.place(BILAL) == 1
    assert CHLOE in session.state.open_microphones()
    assert session.state.phase is Phase.OPEN
    for kind, fields in (
        (c.NextItem, {}),
        (c.GiveFloor, {}),
        (c.OpenBallot, {"ballot": BallotId("b"), "motion": "x"}),
        (c.PostponeItem, {"number": 2}),
        (c.Suspend, {}),
    ):
        assert session.code(kind, CHAIR, **fields) is Code.IN_RECESS
    assert session.do(c.RaiseHand, ANNE) is None
    assert session.code(c.Resume, ANNE) is Code.CHAIR_ONLY
    assert session.do(c.Resume, CHAIR) is None
    assert session.state.interludes.all[0].until == session.clock
    assert session.code(c.Resume, CHAIR) is Code.NOT_IN_RECESS
    assert session.state.open_microphones() == {CHAIR}
    assert session.state.current == 1


def test_no_recess_while_a_vote_runs_and_an_adjournment_ends_it(session: Session) -> None:
    session.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="x")
    assert session.code(c.Suspend, CHAIR) is Code.BALLOT_RUNNING
    session.do(c.CloseBallot, CHAIR, ballot=BallotId("b"))
    session.do(c.Suspend, CHAIR)
    assert session.do(c.Adjourn, CHAIR) is None
    assert session.state.interludes.silent_since is None
    assert session.state.interludes.all[0].until == session.clock


def test_three_members_or_the_chair_put_closed_doors_to_the_vote_without_debate() -> None:
    session = opened((CHAIR, SECRETARY, ANNE, BILAL, CHLOE))
    assert session.do(c.AskClosedSession, ANNE, ballot=DOORS) is None
    assert session.code(c.AskClosedSession, ANNE, ballot=DOORS) is Code.NOTHING_CHANGED
    session.do(c.AskClosedSession, BILAL, ballot=DOORS)
    session.do(c.Leave, member=BILAL)
    session.do(c.AskClosedSession, CHLOE, ballot=DOORS)
    assert session.state.interludes.asking == (ANNE, CHLOE)
    assert session.state.running_ballot is None
    session.do(c.GiveFloor, CHAIR, member=ANNE)
    assert session.do(c.AskClosedSession, SECRETARY, ballot=DOORS) is None
    running = session.state.running_ballot
    assert running
    assert (running.purpose, running.secret, running.motion) == (Purpose.CLOSED_SESSION, False, "")
    assert session.state.floor.speaker is None
    assert session.code(c.GiveFloor, CHAIR, member=ANNE) is Code.NO_DEBATE
    assert session.state.interludes.asking == ()
    assert session.state.interludes.private is None


def test_doors_voted_closed_are_closed_at_once_and_nothing_there_is_a_hole(session: Session) -> None:
    closed_doors(session)
    private = session.state.interludes.private
    assert private
    assert (private.ballot, private.since) == (DOORS, session.clock)
    assert session.code(c.AskClosedSession, CHAIR, ballot=BallotId("x")) is Code.NOTHING_CHANGED
    session.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="À huis clos")
    assert session.state.ballots[BallotId("b")].private
    assert not session.state.ballots[DOORS].private
    assert session.code(c.EndClosedSession, CHAIR) is Code.BALLOT_RUNNING
    session.do(c.CloseBallot, CHAIR, ballot=BallotId("b"))
    assert session.code(c.EndClosedSession, ANNE) is Code.CHAIR_ONLY
    assert session.do(c.EndClosedSession, CHAIR) is None
    end = session.clock
    assert session.code(c.EndClosedSession, CHAIR) is Code.NOT_PRIVATE
    hole = {"start": private.since - timedelta(seconds=0.5), "end": end + timedelta(seconds=4)}
    assert session.do(c.NoteInterruption, **hole) is None
    assert session.state.recording.holes == ((end, end + timedelta(seconds=4)),)
    inside = {"start": private.since, "end": end + timedelta(seconds=0.3)}
    assert session.code(c.NoteInterruption, **inside) is Code.NOTHING_CHANGED


def test_closed_doors_refused_stay_open_and_may_be_asked_again(session: Session) -> None:
    session.do(c.AskClosedSession, CHAIR, ballot=DOORS)
    session.do(c.CastVote, ANNE, ballot=DOORS, mark=Choice.AGAINST)
    session.do(c.CloseBallot, CHAIR, ballot=DOORS)
    assert session.state.interludes.private is None
    assert session.do(c.AskClosedSession, CHAIR, ballot=BallotId("again")) is None


def test_a_recess_behind_closed_doors_does_not_open_them(session: Session) -> None:
    closed_doors(session)
    since = session.state.interludes.silent_since
    session.do(c.Suspend, CHAIR)
    session.do(c.Resume, CHAIR)
    assert session.state.interludes.private
    assert session.state.interludes.silent_since == since


def test_an_item_returned_to_has_a_history_and_words_belong_to_what_was_in_debate(session: Session) -> None:
    first = session.clock
    session.do(c.NextItem, CHAIR)
    second = session.clock
    assert session.do(c.NextItem, CHAIR, number=1) is None
    back = session.clock
    session.do(c.Adjourn, CHAIR)
    assert [session.state.item_at(at) for at in (first, second, back, session.clock)] == [1, 2, 1, 1]
    item = session.state.items[0]
    assert [opening.since for opening in item.openings] == [first, back]
    assert (item.opened, item.closed) == (first, session.clock)
    assert item.spent(session.clock) == timedelta(seconds=2)


def test_items_are_withdrawn_postponed_and_taken_up_again(session: Session) -> None:
    assert session.do(c.WithdrawItem, CHAIR, number=2) is None
    assert session.do(c.PostponeItem, CHAIR, number=1) is None  # the one in debate
    assert session.state.current is None
    assert [item.fate for item in session.state.items] == [Fate.POSTPONED, Fate.WITHDRAWN, None]
    assert session.code(c.PostponeItem, CHAIR, number=2) is Code.ITEM_GONE
    assert session.do(c.NextItem, CHAIR) is None
    assert session.state.current == 3
    assert session.code(c.NextItem, CHAIR) is Code.AGENDA_DONE
    assert session.do(c.NextItem, CHAIR, number=2) is None
    assert session.state.items[1].fate is None
    assert session.code(c.WithdrawItem, CHAIR, number=3) is Code.ITEM_TREATED
    assert session.do(c.WithdrawItem, CHAIR, number=9) == Refusal(Code.NO_SUCH_ITEM, {"number": 9})
    session.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="x")
    assert session.code(c.WithdrawItem, CHAIR, number=2) is Code.BALLOT_RUNNING
    assert [type(act.event).__name__ for act in session.state.agenda.acts] == ["ItemWithdrawn", "ItemPostponed"]
    assert {act.by for act in session.state.agenda.acts} == {CHAIR}


def test_what_is_still_to_come_changes_its_order(session: Session) -> None:
    assert session.do(c.MoveItem, CHAIR, number=3, before=2) is None
    assert [item.plan.number for item in session.state.items] == [1, 3, 2]
    assert session.code(c.MoveItem, CHAIR, number=3, before=2) is Code.NOTHING_CHANGED
    assert session.code(c.MoveItem, CHAIR, number=1) is Code.ITEM_TREATED
    session.do(c.NextItem, CHAIR)
    assert session.state.current == 3
    assert session.state.agenda.acts[0].event == ItemMoved(3, 2)


def test_items_are_added_on_the_spot_where_the_rules_allow_it(session: Session) -> None:
    assert session.code(c.AddItem, CHAIR, title="Urgence") is Code.AGENDA_FIXED
    free = opened(items_on_the_spot=True)
    assert free.code(c.AddItem, CHAIR, title=" ") is Code.TITLE_EMPTY
    assert free.code(c.AddItem, CHAIR, title="x" * (TITLE_LIMIT + 1)) is Code.TITLE_TOO_LONG
    assert free.do(c.AddItem, CHAIR, title=" Une\nurgence ", minutes=5) is None
    assert free.state.items[-1].plan == PlannedItem(4, "Une urgence", 5)
    assert free.state.items[-1].added
    assert isinstance(free.state.agenda.acts[0].event, ItemAdded)


def test_who_holds_the_gavel_presides_and_the_chair_takes_it_back(session: Session) -> None:
    assert session.code(c.HandGavel, ANNE, member=BILAL) is Code.CHAIR_ONLY
    assert session.code(c.HandGavel, CHAIR, member=CHLOE) is Code.NOT_PRESENT
    assert session.do(c.HandGavel, CHAIR, member=ANNE) is None
    assert session.state.presiding == ANNE
    assert session.state.open_microphones() == {ANNE}
    assert session.code(c.NextItem, CHAIR) is Code.CHAIR_ONLY
    assert session.do(c.NextItem, ANNE) is None
    assert session.code(c.HandGavel, BILAL) is Code.CHAIR_ONLY
    assert session.do(c.HandGavel, CHAIR) is None
    assert session.code(c.HandGavel, CHAIR) is Code.NOTHING_CHANGED
    assert [handing.member for handing in session.state.gavel.handings] == [ANNE, CHAIR]


def test_the_casting_vote_is_the_presiding_members(session: Session) -> None:
    session.do(c.HandGavel, CHAIR, member=ANNE)
    ballot = BallotId("b")
    session.do(c.OpenBallot, ANNE, ballot=ballot, motion="x")
    session.do(c.CastVote, CHAIR, ballot=ballot, mark=Choice.FOR)
    session.do(c.CastVote, ANNE, ballot=ballot, mark=Choice.AGAINST)
    session.do(c.CloseBallot, ANNE, ballot=ballot)
    result = session.state.ballots[ballot].result
    assert result
    assert (result.outcome, result.why) == (Outcome.REJECTED, Why.CASTING_VOTE)


def test_a_chair_who_leaves_stays_chair_and_the_secretary_may_hand_the_gavel_on(session: Session) -> None:
    assert session.code(c.HandGavel, SECRETARY, member=BILAL) is Code.CHAIR_ONLY
    session.do(c.Leave, member=CHAIR)
    assert session.state.chair == CHAIR
    assert session.state.presiding is None
    assert session.do(c.HandGavel, SECRETARY, member=BILAL) is None
    assert session.state.presiding == BILAL
    assert session.code(c.HandGavel, CHAIR) is Code.NOT_PRESENT
    session.do(c.Leave, member=BILAL)
    session.do(c.Arrive, member=CHAIR)
    assert session.state.presiding is None
    assert session.do(c.HandGavel, CHAIR) is None
    assert session.state.presiding == CHAIR


def test_the_recording_has_its_holes_only_where_something_lacks(session: Session) -> None:
    session.do(c.NoteUtterance, utterance=UtteranceId("u"), member=ANNE, start=session.clock, end=session.clock)
    since = session.clock
    session.do(c.Suspend, CHAIR)
    session.do(c.Resume, CHAIR)
    until = session.clock
    hole = {"start": since - timedelta(seconds=5), "end": until + timedelta(seconds=5)}
    session.do(c.NoteInterruption, **hole)
    starts = [recess.since for recess in session.state.interludes.all]
    assert session.state.recording.holes == ((hole["start"], starts[0]), (until, hole["end"]))
