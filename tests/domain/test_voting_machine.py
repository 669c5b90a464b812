"""Meeting, floor and ballots under random commands: what rules.md promises holds after every one of them."""

from collections import Counter
from dataclasses import replace
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from polls import CHAIR, ID, SEED, Session

from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.count import Base, Threshold
from meetings.domain.marks import ABSTAIN, OUT, spelled
from meetings.domain.meeting import Meeting, fold
from meetings.domain.refusals import Code
from meetings.domain.rules import ASSOCIATION, CGCT, SIMPLE
from meetings.domain.settling import counts, tally
from meetings.domain.values import BallotId, Form, Kind, Manner, Mark, MemberId, Outcome, Tally, Why

OPTIONS = ("Ancre", "Barque", "Canot")
MARKS = {
    Form.MOTION: ["for", "against"],
    Form.OPTIONS: ["1", "2"],
    Form.APPOINTMENT: ["1", "2"],
    Form.IRV: ["3>1", "2>3", "1"],
    Form.STV: ["3>1>2", "2>3", "1"],
    Form.APPROVAL: ["1,3", "2"],
    Form.JUDGEMENT: ["1,7,4", "4,1,1"],
    Form.CONSENT: ["consent", "reservation", "objection"],
}
ODD = ["abstain", "out", "0", "3>3", ""]
members = st.sampled_from([MemberId(str(number)) for number in range(6)])
movers = st.sampled_from([MemberId("4"), MemberId("5"), MemberId("stranger")])
papers = st.lists(st.tuples(members, st.integers(0, 2), st.integers(0, 15)), min_size=2, max_size=6)


class Sitting(RuleBasedStateMachine):
    """A session, and beside it our own roll of who voted what, kept without looking at the state."""

    @initialize(rules=st.sampled_from([CGCT, ASSOCIATION, SIMPLE]), heavy=st.integers(1, 3))
    def begin(self, rules: object, heavy: int) -> None:
        self.session = Session(6, replace(rules, weights={"B": heavy}))  # type: ignore[type-var]
        self.heavy, self.keys = heavy, count(1)
        self.roll: dict[BallotId, dict[MemberId, Mark]] = {}
        self.finished: dict[BallotId, object] = {}
        self.closings = 0
        self.by_proxy: dict[MemberId, bool] = {}

    def weight(self, member: MemberId) -> int:
        return self.heavy if int(member) % 2 else 1

    @property
    def state(self) -> Meeting:
        return self.session.state

    def presides(self) -> MemberId:
        return self.state.chair or CHAIR

    @rule(act=st.integers(0, 9), by=members, mover=movers, yes=st.booleans(), kind=st.sampled_from(Kind))
    def in_the_room(self, act: int, by: MemberId, mover: MemberId, yes: bool, kind: Kind) -> None:
        match act:
            case 0 | 1 | 2:
                self.moves(mover, yes)
            case 3 | 4 | 5:
                self.gives_a_proxy(mover, by, yes)
            case 6:
                self.ends_a_proxy(mover)
            case 7:
                self.speaks(by, kind)
            case 8:
                self.takes_a_recess(by)
            case _:
                self.closes_doors(by)

    @rule(by=members, yes=st.booleans())
    def asks(self, by: MemberId, yes: bool) -> None:
        self.session.ask(c.AskBallot, by, manner=Manner.SECRET if yes else Manner.ROLL_CALL)

    def moves(self, member: MemberId, arrives: bool) -> None:
        self.session.ask(c.Arrive if arrives else c.Leave, member=member)

    def gives_a_proxy(self, giver: MemberId, holder: MemberId, leaves: bool) -> None:
        self.session.ask(c.GiveProxy, giver, holder=holder)
        self.session.ask(c.AcceptProxy, holder, giver=giver)
        if leaves:
            self.session.ask(c.Leave, member=giver)
        self.withdrawn(giver)

    def ends_a_proxy(self, giver: MemberId) -> None:
        self.session.ask(c.EndProxy, giver, giver=giver)
        self.withdrawn(giver)

    def withdrawn(self, giver: MemberId) -> None:
        """A public vote cast by proxy goes with the proxy (L2121-20: revocable at any time)."""
        running = self.state.running_ballot
        if running and not running.secret and self.by_proxy.get(giver) and self.state.attendance.proxy(giver) is None:
            self.roll[running.id].pop(giver, None)

    def speaks(self, by: MemberId, kind: Kind) -> None:
        self.session.ask(c.RaiseHand, by, kind=kind)
        self.session.ask(c.GiveFloor, self.presides())

    def takes_a_recess(self, by: MemberId) -> None:
        if self.session.ask(c.Suspend, self.presides()) is None:
            assert self.session.ask(c.OpenBallot, self.presides(), ballot="none", motion="Q") is Code.IN_RECESS
            self.session.do(c.Resume, self.presides())
            self.session.ask(c.HandGavel, self.presides(), member=by)

    @rule(
        papers=papers,
        more=papers,
        act=st.integers(0, 9),
        mover=movers,
        ends=st.integers(0, 4),
        by=st.integers(0, 9),
        form=st.sampled_from(Form),
        secret=st.booleans(),
        majority=st.tuples(st.sampled_from(Base), st.sampled_from(Threshold)),
        minutes=st.none() | st.integers(1, 9),
    )
    def holds_a_vote(
        self,
        papers: list[tuple[MemberId, int, int]],
        more: list[tuple[MemberId, int, int]],
        act: int,
        mover: MemberId,
        ends: int,
        by: int,
        form: Form,
        secret: bool,
        majority: tuple[Base, Threshold],
        minutes: int | None,
    ) -> None:
        if any(ballot.result and ballot.result.why is Why.NEXT_ROUND for ballot in self.state.ballots.values()):
            self.goes_on(minutes)
        key, plain = BallotId(f"b{next(self.keys)}"), form is Form.MOTION
        fields: dict[str, object] = {"basis": majority[0], "threshold": majority[1]} if plain else {}
        fields |= {"options": OPTIONS} if form.elects else {}
        asked = {"ballot": key, "motion": "Q", "form": form, "secret": secret, "minutes": minutes, "commitment": "c"}
        self.by_proxy = self.by_proxy if self.state.running_ballot else {}
        chair = self.presides() if by else MemberId("3")
        if self.session.ask(c.OpenBallot, chair, **asked, **fields) is None:
            self.roll[key] = {}
        self.votes(papers)
        self.in_the_room(act, MemberId("1"), mover, secret, Kind.SPEECH)
        self.votes(more)
        if ends:
            self.closes(ends > 3, 600 if ends > 2 else 1)

    def closes_doors(self, by: MemberId) -> None:
        key = BallotId(f"b{next(self.keys)}")
        self.session.ask(c.AskClosedSession, by, ballot=key)
        if key in self.state.ballots:
            self.roll[key], self.by_proxy = {}, {}

    def goes_on(self, minutes: int | None) -> None:
        for of, ballot in self.state.ballots.items():
            key = BallotId(f"b{next(self.keys)}")
            asked = {"ballot": key, "of": of, "minutes": minutes, "commitment": "c"}
            if self.session.ask(c.NextRound, self.presides(), **asked) is None:
                assert ballot.result
                assert ballot.result.why is Why.NEXT_ROUND
                self.roll[key], self.by_proxy = {}, {}
                return

    @rule(more=papers)
    def votes_again(self, more: list[tuple[MemberId, int, int]]) -> None:
        self.votes(more)

    def votes(self, papers: list[tuple[MemberId, int, int]]) -> None:
        for by, good, odd in papers:
            ballot = self.state.running_ballot or next(iter(reversed(list(self.state.ballots.values()))), None)
            if ballot is None:
                assert self.session.ask(c.CastVote, CHAIR, ballot="none", mark="for") is not None
                return
            marks = MARKS[ballot.form]
            self.vote(ballot, by, ODD[odd] if odd < len(ODD) else marks[good % len(marks)])

    def vote(self, ballot: Ballot, by: MemberId, mark: str) -> None:
        attendance = self.state.attendance
        givers = [giver for giver, holder in attendance.represented().items() if holder == by]
        if self.session.ask(c.CastVote, by, ballot=ballot.id, mark=Mark(mark), text="Parce que.") is not None:
            return
        assert ballot.running
        assert ballot.deadline is None or self.session.clock < ballot.deadline
        assert by in attendance.present
        said = spelled(ballot.form, ballot.places, mark)
        assert said
        roll = self.roll[ballot.id]
        for voter in (by, *givers):
            own = voter in roll and not self.by_proxy.get(voter)
            if voter not in roll or not (ballot.secret or (voter != by and own)):
                roll[voter] = said
                self.by_proxy[voter] = voter != by

    @rule(nobody=st.sampled_from([False, False, True]), wait=st.sampled_from([1, 1, 600]))
    def closes(self, nobody: bool, wait: float) -> None:
        running, by = self.state.running_ballot, None if nobody else self.presides()
        if running is None:
            return
        number = f"2026-{self.closings + 1:03}"
        slips = tuple(self.session.urn.get(running.id, ()))
        fields = {"ballot": running.id, "slips": slips, "seed": SEED, "decision": number}
        code = self.session.ask(c.CloseBallot, by, wait, **fields)
        if by is None:
            assert (code is None) == (running.deadline is not None and running.deadline <= self.session.clock)
        if code is None:
            self.closings += 1
            self.finished[running.id] = self.state.ballots[running.id].result

    @rule(by=st.just(CHAIR) | members, data=st.data(), reason=st.sampled_from(["Une panne.", " "]))
    def annuls(self, by: MemberId, data: st.DataObject, reason: str) -> None:
        if self.roll:
            key = data.draw(st.sampled_from([*self.roll]))
            before = self.state.ballots[key].annulled
            code = self.session.ask(c.AnnulBallot, by, ballot=key, reason=reason)
            assert code is not None or (before is None and reason.strip())

    @invariant()
    def one_vote_at_a_time_and_one_speaker(self) -> None:
        state = self.state
        assert sum(ballot.running for ballot in state.ballots.values()) <= 1
        assert state.floor.speaker is None or state.floor.speaker.member in state.attendance.present

    @invariant()
    def the_roll_is_ours(self) -> None:
        for key, roll in self.roll.items():
            ballot = self.state.ballots[key]
            told = {voter: None if ballot.secret and mark != OUT else mark for voter, mark in roll.items()}
            assert dict(ballot.votes.items()) == told
            assert not ballot.secret or ballot.form is not Form.CONSENT

    @invariant()
    def results_stand_and_tally_with_the_roll(self) -> None:
        for key, result in self.finished.items():
            ballot, roll = self.state.ballots[key], self.roll[key]
            assert ballot.result == result
            assert ballot.result
            by_mark: Counter[str] = Counter()
            for voter, mark in roll.items():
                by_mark[mark] += self.weight(voter)
            abstain, out = by_mark.pop(ABSTAIN, 0), by_mark.pop(OUT, 0)
            against = by_mark.pop("against", 0) + by_mark.pop("objection", 0)
            assert ballot.result.tally == tally(ballot) == Tally(by_mark.total(), against, abstain, out)
            assert ballot.result.counts == counts(ballot)
            decided = ballot.result.outcome is not Outcome.UNDECIDED
            assert bool(ballot.result.decision) == decided
            assert bool(ballot.result.elected) == (ballot.result.outcome is Outcome.CHOSEN)
            assert ballot.round <= 3
            assert ballot.result.why is not Why.NEXT_ROUND or ballot.round < 3

    def teardown(self) -> None:
        if hasattr(self, "session"):
            assert fold(ID, self.session.log) == self.session.state


TestSitting = Sitting.TestCase
TestSitting.settings = settings(max_examples=200, stateful_step_count=15, deadline=None)


def test_a_closed_ballot_takes_no_vote() -> None:
    session = Session().put().votes("for")
    session.closed()
    assert session.ask(c.CastVote, CHAIR, ballot=session.ballot.id, mark="for") is Code.BALLOT_CLOSED
    session.put().do(c.AnnulBallot, CHAIR, ballot=session.ballot.id, reason="Une panne.")
    assert session.ask(c.CastVote, CHAIR, ballot=session.ballot.id, mark="for") is Code.BALLOT_CLOSED
    assert session.closing() is Code.BALLOT_CLOSED
    assert session.ask(c.AnnulBallot, CHAIR, ballot=session.ballot.id, reason="x") is Code.NOTHING_CHANGED
    assert session.ask(c.AnnulBallot, CHAIR, ballot="b1", reason=" ") is Code.REASON_LENGTH
    session.do(c.AnnulBallot, CHAIR, ballot="b1", reason="Le quorum manquait.")
    annulled = session.state.ballots[BallotId("b1")]
    assert annulled.result
    assert (annulled.annulled, annulled.result.decision) == ("Le quorum manquait.", "2026-001")


def test_a_vote_is_open_until_its_deadline() -> None:
    session = Session().put(minutes=2).vote(1, "for")
    assert session.closing(None) is Code.NOT_A_MEMBER
    assert session.ask(c.CastVote, CHAIR, 120, ballot=session.ballot.id, mark="for") is Code.TOO_LATE
    assert session.closing(None) is None
    assert session.ballot.result
    assert session.ballot.result.tally == Tally(1)
