"""What a closed ballot decided, and how that follows from its papers, step by step.

Pure and from the log alone: a board, the minutes or anyone else can settle a closed ballot again and see every step.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from meetings.domain import count
from meetings.domain.ballot import Ballot
from meetings.domain.count import (
    Base,
    Election,
    Position,
    Result,
    Step,
    Threshold,
    TieError,
    Voiced,
    appointment,
    consent,
    majority,
)
from meetings.domain.count.election import Candidate
from meetings.domain.count.majority import Poll
from meetings.domain.count.methods import METHODS
from meetings.domain.count.steps import Elected, Needed, Papers, Standing, by_votes
from meetings.domain.count.steps import Why as Because
from meetings.domain.lot import Lot
from meetings.domain.marks import ABSTAIN, OUT, ranking
from meetings.domain.rules import Rules, Tie
from meetings.domain.values import Choice, Form, Mark, MemberId, Outcome, Tally, Why

Counts: TypeAlias = Mapping[Candidate, int]
"""Votes by option or candidate."""

COUNTED = {Form.IRV: "irv", Form.STV: "scottish-stv", Form.APPROVAL: "approval", Form.JUDGEMENT: "majority-judgement"}
"""The method of each form that has one of its own."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a majority may be measured against, in votes; whoever voted counts as present, also when gone since."""

    present: int = 0
    entitled: int = 0
    members: int = 0

    def of(self, basis: Base, tally: Tally) -> int:
        """The base's size."""
        sizes = {Base.PRESENT: self.present, Base.ENTITLED: self.entitled, Base.ALL: self.members}
        return sizes.get(basis, tally.cast + (tally.abstain if basis is Base.VALID else 0))


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided, why, and the steps to it; see `BallotClosed` for the fields."""

    outcome: Outcome
    why: Why
    steps: tuple[Step, ...]
    elected: tuple[int, ...] = ()
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A ballot to settle. `chair` is the chair's mark where it is known; `earlier` are the counts of rounds before."""

    ballot: Ballot
    rules: Rules
    grounds: Grounds = Grounds()
    chair: Mark | None = None
    earlier: tuple[Counts, ...] = ()
    lot: Lot | None = None


def tally(ballot: Ballot) -> Tally:
    """The votes as far as they are known: a secret ballot's papers are, once the urn is opened."""
    marked: Counter[str] = Counter()
    for mark, weight in ballot.papers():
        marked[mark] += weight
    abstain, out = marked.pop(ABSTAIN, 0), marked.pop(OUT, 0)
    against = marked.pop(Choice.AGAINST, 0) + marked.pop(Position.OBJECTION, 0)
    return Tally(sum(marked.values()), against, abstain, out)


def counts(ballot: Ballot) -> tuple[int, ...]:
    """The votes of each option at the first count: first preferences, or approvals; empty where there are none."""
    if not ballot.form.elects or ballot.form is Form.JUDGEMENT:
        return ()
    votes: Counter[Candidate] = Counter()
    for weight, ranks in _election(ballot).ballots:
        for candidate in ranks[0] if ranks else ():
            votes[candidate] += weight
    return tuple(votes[number] for number in range(1, ballot.places + 1))


def settle(case: Case) -> Settled:
    """Settle a ballot whose papers are known."""
    match case.ballot.form:
        case Form.MOTION:
            return _motion(case)
        case Form.CONSENT:
            return _consent(case.ballot)
    try:
        return _chosen(case)
    except TieError:
        return Settled(Outcome.UNDECIDED, Why.TIE, _standing(case.ballot))


def explain(ballot: Ballot, rules: Rules, earlier: Sequence[Counts] = ()) -> tuple[Step, ...]:
    """How a closed ballot's result was reached; empty while it runs."""
    result = ballot.result
    if result is None:
        return ()
    grounds = Grounds(result.total, result.total, result.total)
    casting = Mark(str(result.elected[0])) if result.why is Why.CASTING_VOTE and result.elected else None
    lot = Lot(result.seed) if result.seed else None
    return settle(Case(ballot, rules, grounds, casting, tuple(earlier), lot)).steps


def _motion(case: Case) -> Settled:
    ballot, votes = case.ballot, tally(case.ballot)
    basis, threshold, grounds = ballot.basis, ballot.threshold, case.grounds
    poll = Poll(votes.for_, votes.against, votes.abstain, grounds.present, grounds.entitled, grounds.members)
    verdict = majority.count(poll, basis, threshold)
    outcome = Outcome.ADOPTED if verdict.adopted else Outcome.REJECTED
    if not votes.cast:
        return Settled(Outcome.REJECTED, Why.NO_VOTE, verdict.steps)
    plain = threshold is Threshold.SIMPLE or (threshold is Threshold.ABSOLUTE and basis is Base.CAST)
    if not plain:
        return Settled(outcome, Why.THRESHOLD, verdict.steps)
    if not verdict.tie:
        return Settled(outcome, Why.MAJORITY, verdict.steps)
    prevails = {Mark(Choice.FOR): Outcome.ADOPTED, Mark(Choice.AGAINST): Outcome.REJECTED}
    if case.rules.ballots.casting_vote and not ballot.secret and case.chair in prevails:
        return Settled(prevails[case.chair], Why.CASTING_VOTE, verdict.steps)
    return Settled(Outcome.REJECTED, Why.TIE, verdict.steps)


def _consent(ballot: Ballot) -> Settled:
    said = {voter: Position(mark) for voter, mark in ballot.votes.items() if mark is not None and mark != OUT}
    verdict = consent.count([Voiced(voter, where, ballot.texts.get(voter, "")) for voter, where in said.items()])
    if verdict.adopted:
        return Settled(Outcome.ADOPTED, Why.CONSENT, verdict.steps)
    objected = Position.OBJECTION in said.values()
    return Settled(Outcome.REJECTED, Why.OBJECTION if objected else Why.NO_VOTE, verdict.steps)


def _chosen(case: Case) -> Settled:
    """What a ballot that elects chooses. Raises TieError where a lot is needed and there is none."""
    ballot = case.ballot
    lot = None if case.rules.ballots.tie is Tie.NONE else case.lot
    if ballot.form is Form.APPOINTMENT:
        return _appointed(case, lot)
    if not tally(ballot).for_:
        return Settled(Outcome.UNDECIDED, Why.NO_VOTE, _standing(ballot))
    if ballot.form is Form.OPTIONS:
        return _option(case, lot)
    election = _election(ballot)
    if ballot.form is Form.APPROVAL:
        election = replace(election, withdrawn=_unnamed(ballot))
    return _counted(METHODS[COUNTED[ballot.form]](election, lot))


def _counted(result: Result) -> Settled:
    return Settled(Outcome.CHOSEN, Why.COUNT, result.steps, result.winners, result.tie)


def _appointed(case: Case, lot: Lot | None) -> Settled:
    ballot, known = case.ballot, case.rules.ballots
    born: dict[Candidate, int] = {}
    if known.tie is Tie.ELDEST:
        ages = {MemberId(member): place for place, member in enumerate(known.eldest)}
        born = {number: ages[each] for number, each in enumerate(ballot.candidates, 1) if each in ages}
    votes = dict(enumerate(counts(ballot), 1))
    result = appointment.count([*case.earlier, votes], born, lot)
    if result.winners:
        return _counted(result)
    last = ballot.round == appointment.LAST
    return Settled(Outcome.UNDECIDED, Why.NO_VOTE if last else Why.NEXT_ROUND, result.steps)


def _option(case: Case, lot: Lot | None) -> Settled:
    """The option with the most votes; more than half of them, where the ballot asks for the absolute majority."""
    ballot, standing = case.ballot, _standing(case.ballot)
    votes = counts(ballot)
    best = max(votes)
    leaders = tuple(number for number, each in enumerate(votes, 1) if each == best)
    if ballot.threshold is Threshold.ABSOLUTE:
        steps = (*standing, Needed(1, sum(votes), sum(votes) // 2 + 1))
        if best * 2 <= sum(votes):
            return Settled(Outcome.UNDECIDED, Why.MAJORITY, steps)
        return Settled(Outcome.CHOSEN, Why.MAJORITY, (*steps, Elected(1, leaders, Because.MAJORITY)), leaders)
    chairs = next((number for number in leaders if str(number) == case.chair), None)
    if len(leaders) > 1 and chairs and case.rules.ballots.casting_vote and not ballot.secret:
        return Settled(Outcome.CHOSEN, Why.CASTING_VOTE, standing, (chairs,))
    return _counted(METHODS["plurality"](replace(_election(ballot), withdrawn=_unnamed(ballot)), lot))


def _election(ballot: Ballot) -> Election:
    """Every paper but of who takes no part; an abstention is a blank one."""
    papers: Counter[Mark] = Counter()
    for mark, weight in ballot.papers():
        if mark != OUT:
            papers[mark] += weight
    names = tuple(map(str, ballot.candidates)) or ballot.options
    ranked = tuple(count.Ballot(weight, ranking(ballot.form, mark)) for mark, weight in sorted(papers.items()))
    return Election(ballot.motion, names, ballot.seats, frozenset(), ranked)


def _unnamed(ballot: Ballot) -> frozenset[Candidate]:
    """Options that nobody named: they are not chosen, even to fill a seat."""
    return frozenset(number for number, votes in enumerate(counts(ballot), 1) if not votes)


def _standing(ballot: Ballot) -> tuple[Step, ...]:
    """The papers and the first count."""
    votes = tally(ballot)
    standing = by_votes(dict(enumerate(counts(ballot), 1)))
    papers = Papers(votes.for_, votes.abstain)
    return (papers, Standing(1, standing)) if standing else (papers,)
