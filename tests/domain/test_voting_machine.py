"""Meeting, floor and ballots under random commands: what rules.md promises holds after every one of them."""

from collections import Counter
from dataclasses import replace
from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from polls import CHAIR, ID, SEED, Session

from meetings.domain import commands as c
from meetings.domain.count import Base, Threshold
from meetings.domain.marks import ABSTAIN, OUT, spelled
from meetings.domain.meeting import fold
from meetings.domain.refusals import Code
from meetings.domain.rules import ASSOCIATION, CGCT, SIMPLE
from meetings.domain.settling import counts, tally
from meetings.domain.values import BallotId, Form, Kind, Manner, Mark, MemberId, Outcome, Tally, Why

OPTIONS = ("Ancre", "Barque", "Canot")
MARKS = ["for", "against", "consent", "objection", "2", "3>1", "1,3", "1,7,4", "abstain", "out", "0", "3>3", ""]
members = st.sampled_from([MemberId(str(number)) for number in range(6)] + [MemberId("stranger")])


class Sitting(RuleBasedStateMachine):
    """A session, and beside it our own roll of who voted what, kept without looking at the state."""

    @initialize(rules=st.sampled_from([CGCT, ASSOCIATION, SIMPLE]), heavy=st.integers(1, 3))
    def begin(self, rules: object, heavy: int) -> None:
        self.session = Session(6, replace(rules, weights={"B": heavy}))  # type: ignore[type-var]
        self.heavy, self.keys = heavy, count(1)
        self.roll: dict[BallotId, dict[MemberId, Mark]] = {}
        self.finished: dict[BallotId, object] = {}
        self.closings = 0

    def weight(self, member: MemberId) -> int:
        return self.heavy if int(member) % 2 else 1

    @rule(member=members, arrives=st.booleans())
    def moves(self, member: MemberId, arrives: bool) -> None:
        self.session.ask(c.Arrive if arrives else c.Leave, member=member)

    @rule(by=members, other=members, kind=st.sampled_from([c.AcceptProxy, c.EndProxy]))
    def proxies(self, by: MemberId, other: MemberId, kind: type[c.Command]) -> None:
        before, running = self.session.state.attendance.proxies, self.session.state.running_ballot
        if self.session.ask(c.GiveProxy, by, holder=other) is not None:
            self.session.ask(kind, by, giver=other)
        ended = {proxy.giver for proxy in self.session.state.attendance.proxies if proxy.ended}
        started = {proxy.giver for proxy in before if proxy.ended}
        if running and not running.secret:
            for giver in (ended - started) | {by, other}:
                if giver in running.proxies and giver not in self.session.state.ballots[running.id].votes:
                    self.roll[running.id].pop(giver)

    @rule(by=members, kind=st.sampled_from(Kind))
    def speaks(self, by: MemberId, kind: Kind) -> None:
        self.session.ask(c.RaiseHand, by, kind=kind)
        self.session.ask(c.GiveFloor, CHAIR)

    @rule(by=members, kind=st.sampled_from([c.Suspend, c.Resume, c.NextItem, c.HandGavel, c.EndClosedSession]))
    def conducts(self, by: MemberId, kind: type[c.Command]) -> None:
        self.session.ask(kind, by)

    @rule(by=members, manner=st.sampled_from(Manner))
    def asks(self, by: MemberId, manner: Manner) -> None:
        self.session.ask(c.AskBallot, by, manner=manner)

    @rule(
        by=st.just(CHAIR) | members,
        form=st.sampled_from(Form),
        secret=st.booleans(),
        majority=st.tuples(st.sampled_from(Base), st.sampled_from(Threshold)),
        minutes=st.none() | st.integers(0, 2),
    )
    def opens(
        self, by: MemberId, form: Form, secret: bool, majority: tuple[Base, Threshold], minutes: int | None
    ) -> None:
        key, plain = BallotId(f"b{next(self.keys)}"), form is Form.MOTION
        fields: dict[str, object] = {"basis": majority[0], "threshold": majority[1]} if plain else {}
        fields |= {"options": OPTIONS} if form.elects else {}
        asked = {"ballot": key, "motion": "Q", "form": form, "secret": secret, "minutes": minutes, "commitment": "c"}
        if self.session.ask(c.OpenBallot, by, **asked, **fields) is None:
            self.roll[key] = {}

    @rule(by=members)
    def closes_doors(self, by: MemberId) -> None:
        key = BallotId(f"b{next(self.keys)}")
        self.session.ask(c.AskClosedSession, by, ballot=key)
        if key in self.session.state.ballots:
            self.roll[key] = {}

    @rule(data=st.data(), minutes=st.none() | st.integers(0, 2))
    def goes_on(self, data: st.DataObject, minutes: int | None) -> None:
        if self.roll:
            key = BallotId(f"b{next(self.keys)}")
            of = data.draw(st.sampled_from([*self.roll]))
            if self.session.ask(c.NextRound, CHAIR, ballot=key, of=of, minutes=minutes, commitment="c") is None:
                self.roll[key] = {}

    @rule(by=members, mark=st.sampled_from(MARKS), data=st.data(), wait=st.sampled_from([1, 1, 1, 40]))
    def votes(self, by: MemberId, mark: str, data: st.DataObject, wait: float) -> None:
        session = self.session
        if not self.roll:
            assert session.ask(c.CastVote, CHAIR, ballot="none", mark=mark) is not None  # before any is opened
            return
        running = session.state.running_ballot
        key = running.id if running else data.draw(st.sampled_from([*self.roll]))
        ballot, present = session.state.ballots[key], session.state.attendance
        givers = [giver for giver, holder in present.represented().items() if holder == by]
        code = session.ask(c.CastVote, by, wait, ballot=key, mark=Mark(mark), text="Parce que.")
        if code is not None:
            return
        assert ballot.running
        assert ballot.deadline is None or session.clock < ballot.deadline
        assert by in present.present
        said = spelled(ballot.form, ballot.places, mark)
        assert said
        for voter in (by, *givers):
            mine = voter == by or voter not in self.roll[key] or voter in ballot.proxies
            if voter not in self.roll[key] or (mine and not ballot.secret):
                self.roll[key][voter] = said

    @rule(by=st.just(CHAIR) | members | st.none(), wait=st.sampled_from([1, 120]))
    def closes(self, by: MemberId | None, wait: float) -> None:
        running = self.session.state.running_ballot
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
            self.finished[running.id] = self.session.state.ballots[running.id].result

    @rule(by=st.just(CHAIR) | members, data=st.data(), reason=st.sampled_from(["Une panne.", " "]))
    def annuls(self, by: MemberId, data: st.DataObject, reason: str) -> None:
        if self.roll:
            key = data.draw(st.sampled_from([*self.roll]))
            before = self.session.state.ballots[key].annulled
            code = self.session.ask(c.AnnulBallot, by, ballot=key, reason=reason)
            assert code is not None or (before is None and reason.strip())

    @invariant()
    def one_vote_at_a_time_and_one_speaker(self) -> None:
        state = self.session.state
        assert sum(ballot.running for ballot in state.ballots.values()) <= 1
        assert state.floor.speaker is None or state.floor.speaker.member in state.attendance.present

    @invariant()
    def the_roll_is_ours(self) -> None:
        for key, roll in self.roll.items():
            ballot = self.session.state.ballots[key]
            told = {voter: None if ballot.secret and mark != OUT else mark for voter, mark in roll.items()}
            assert dict(ballot.votes.items()) == told
            assert not ballot.secret or ballot.form is not Form.CONSENT

    @invariant()
    def results_stand_and_tally_with_the_roll(self) -> None:
        for key, result in self.finished.items():
            ballot, roll = self.session.state.ballots[key], self.roll[key]
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
TestSitting.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


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
