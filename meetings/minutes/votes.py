"""Ballots as minutes tell them: numbers, names where the ballot was public, and the decision in one sentence."""

from meetings.domain import wording
from meetings.domain.ballot import Ballot as Motion
from meetings.domain.ballot import Purpose
from meetings.domain.marks import ABSTAIN, OUT
from meetings.domain.settling import counts
from meetings.domain.settling import tally as tallied
from meetings.domain.values import Choice, Form, Mark, MemberId, Outcome, Tally, Why
from meetings.domain.voting import BallotClosed
from meetings.i18n import Translator, lists
from meetings.minutes.document import Ballot, Count, Decision, Paper, Vote
from meetings.minutes.sources import Sources
from meetings.minutes.text import inner_quotes

_ORDER = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.OUT, None)


def ballot(sources: Sources, motion: Motion) -> Ballot:
    """A motion put to the vote, as the minutes have it. Who was present at its end and did not vote is counted too."""
    result = motion.result
    tally = result.tally if result else tallied(motion)
    idle = sources.voters_at(motion.closed or motion.opened) - motion.votes.keys()
    return Ballot(
        question=_question(sources, motion),
        secret=motion.secret,
        opened=sources.here(motion.opened),
        closed=sources.local(motion.closed),
        for_=tally.for_,
        against=tally.against,
        abstain=tally.abstain,
        not_voting=len(idle),
        votes=() if motion.secret else _votes(sources, motion),
        outcome=result.outcome if result else None,
        result=_result(sources, motion),
        request=_request(sources, motion),
        out=tally.out,
        form=motion.form,
        counts=_figures(sources, motion, tally),
        steps=_steps(sources, motion),
        papers=tuple(Paper(slip.receipt, _said(sources, motion, slip.mark)) for slip in motion.slips if slip.receipt),
        annulled=motion.annulled,
    )


def _said(sources: Sources, motion: Motion, mark: Mark) -> str:
    return wording.said(motion, mark, sources.name, sources.t)


def _steps(sources: Sources, motion: Motion) -> tuple[str, ...]:
    """A plain majority's one sentence says it all; any other result is told step by step."""
    plain = motion.form is Form.MOTION and motion.result and motion.result.why is not Why.THRESHOLD
    return () if plain else tuple(wording.steps(sources.meeting, motion, sources.name, sources.t))


def _figures(sources: Sources, motion: Motion, tally: Tally) -> tuple[Count, ...]:
    """The votes of each option, or position, then those of who named none."""
    if motion.form is Form.MOTION:
        return ()
    if motion.form is Form.CONSENT:
        said = [(mark, votes) for mark, votes in (("consent", tally.for_), ("objection", tally.against))]
        named = [Count(_said(sources, motion, Mark(mark)), votes) for mark, votes in said]
    else:
        names = wording.options(motion, sources.name)
        named = [Count(name, votes) for name, votes in zip(names, counts(motion), strict=False)]
        named = named or [Count(sources.t("minutes.votes.papers"), tally.for_)]
    rest = [Count(_said(sources, motion, mark), votes) for mark, votes in ((ABSTAIN, tally.abstain), (OUT, tally.out))]
    return (*named, *(one for one in rest if one.votes))


def _result(sources: Sources, motion: Motion) -> str | None:
    """In one sentence; that it was annulled goes before all else."""
    if motion.annulled is not None:
        return sources.t("minutes.result.annulled", reason=sources.tidy(motion.annulled))
    return _sentence(sources, motion, motion.result) if motion.result else None


def _request(sources: Sources, motion: Motion) -> str | None:
    """Who asked for this ballot, or for its manner (CGCT L2121-15: requests for a particular ballot)."""
    names = [sources.name(member) for member in motion.askers]
    if motion.purpose is Purpose.CLOSED_SESSION:
        return sources.t("minutes.ballot.doors-asked", names=names)
    if motion.waived:
        return sources.t("minutes.request.waived")
    return sources.t(f"minutes.request.{motion.manner}", names=names) if motion.manner else None


def decision(sources: Sources, motion: Motion) -> Decision | None:
    """The decision a closed ballot made, if it was given a number."""
    result, closed = motion.result, motion.closed
    if result is None or closed is None or not result.decision:
        return None
    question = inner_quotes(_question(sources, motion)).rstrip(".")
    if motion.annulled is not None:
        key = "annulled"
    elif motion.form is Form.CONSENT:
        key = f"{result.outcome}-consent"
    else:
        key = result.outcome.value + ("-unanimously" if _unanimous(result) else "")
    fields = {"counts": _counts(sources.t, result.tally), "names": wording.elected(motion, sources.name)}
    reason = sources.tidy(motion.annulled or "")
    sentence = sources.t(f"minutes.decision.{key}", motion=question, reason=reason, **fields)
    return Decision(result.decision, sentence, sources.here(closed))


def _question(sources: Sources, motion: Motion) -> str:
    if motion.purpose is Purpose.CLOSED_SESSION:
        return sources.t("minutes.ballot.doors")
    return sources.tidy(motion.motion)


def _votes(sources: Sources, motion: Motion) -> tuple[Vote, ...]:
    able = sources.voters_at(motion.closed or motion.opened)
    voters = [seat.member for seat in sources.meeting.attendance.roster if seat.member in able | motion.votes.keys()]
    return tuple(_vote(sources, motion, member) for member in sorted(voters, key=lambda one: _place(motion, one)))


def _place(motion: Motion, member: MemberId) -> tuple[int, Mark]:
    """For, against and so on; other forms' marks by their spelling, before those of who named nothing."""
    mark = motion.votes.get(member)
    places = [Mark(choice) if choice else None for choice in _ORDER]
    return (places.index(mark) if mark in places else -1), mark or Mark("")


def _vote(sources: Sources, motion: Motion, member: MemberId) -> Vote:
    holder = motion.proxies.get(member)
    mark, by = motion.votes.get(member), sources.name(holder) if holder else ""
    if motion.form is Form.MOTION or mark is None:
        return Vote(sources.name(member), Choice(mark) if mark else None, by)
    choice = Choice(mark) if mark in {ABSTAIN, OUT} else None
    return Vote(sources.name(member), choice, by, _said(sources, motion, mark))


def _sentence(sources: Sources, motion: Motion, result: BallotClosed) -> str:
    if motion.form.elects:
        names = wording.elected(motion, sources.name)
        return sources.t("minutes.result.chosen", names=names) if names else sources.t("minutes.result.undecided")
    manner = "unanimity" if _unanimous(result) else result.why.value
    return sources.t(f"minutes.result.{result.outcome.value}.{manner}", counts=_counts(sources.t, result.tally))


def _unanimous(result: BallotClosed) -> bool:
    """All votes cast went one way; abstentions are not votes cast (CGCT L2121-20)."""
    contrary = result.tally.against if result.outcome is Outcome.ADOPTED else result.tally.for_
    settled = {Outcome.ADOPTED, Outcome.REJECTED}
    return result.why is Why.MAJORITY and contrary == 0 and result.outcome in settled


def _counts(t: Translator, tally: Tally) -> str:
    """`4 voix pour, 1 voix contre et 2 abstentions`: what is not nought."""
    numbers = (("for", tally.for_), ("against", tally.against), ("abstain", tally.abstain))
    return lists.both([t.n(f"minutes.votes.{sense}", number) for sense, number in numbers if number], t.lang)
