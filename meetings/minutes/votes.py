"""Ballots as minutes tell them: numbers, names where the ballot was public, and the decision in one sentence."""

from meetings.domain.ballot import Ballot as Motion
from meetings.domain.ballot import Purpose
from meetings.domain.settling import tally as tallied
from meetings.domain.values import Choice, Mark, MemberId, Outcome, Tally, Why
from meetings.domain.voting import BallotClosed
from meetings.i18n import Translator, lists
from meetings.minutes.document import Ballot, Decision, Vote
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
        result=_sentence(sources.t, result) if result else None,
        request=_request(sources, motion),
        out=tally.out,
    )


def _request(sources: Sources, motion: Motion) -> str | None:
    """Who asked for this ballot, or for its manner (CGCT L2121-15: requests for a particular ballot)."""
    names = [sources.name(member) for member in motion.askers]
    if motion.purpose is Purpose.CLOSED_SESSION:
        return sources.t("minutes.ballot.doors-asked", names=names)
    return sources.t(f"minutes.request.{motion.manner}", names=names) if motion.manner else None


def decision(sources: Sources, motion: Motion) -> Decision | None:
    """The decision a closed ballot made, if it was given a number."""
    result, closed = motion.result, motion.closed
    if result is None or closed is None or not result.decision:
        return None
    question = inner_quotes(_question(sources, motion)).rstrip(".")
    key = f"minutes.decision.{result.outcome.value}" + ("-unanimously" if _unanimous(result) else "")
    sentence = sources.t(key, motion=question, counts=_counts(sources.t, result.tally))
    return Decision(result.decision, sentence, sources.here(closed))


def _question(sources: Sources, motion: Motion) -> str:
    if motion.purpose is Purpose.CLOSED_SESSION:
        return sources.t("minutes.ballot.doors")
    return sources.tidy(motion.motion)


def _votes(sources: Sources, motion: Motion) -> tuple[Vote, ...]:
    able = sources.voters_at(motion.closed or motion.opened)
    voters = [seat.member for seat in sources.meeting.attendance.roster if seat.member in able | motion.votes.keys()]
    marks = [Mark(choice) if choice else None for choice in _ORDER]
    choices = sorted(voters, key=lambda member: marks.index(motion.votes.get(member)))
    return tuple(_vote(sources, motion, member) for member in choices)


def _vote(sources: Sources, motion: Motion, member: MemberId) -> Vote:
    holder = motion.proxies.get(member)
    mark = motion.votes.get(member)
    return Vote(sources.name(member), Choice(mark) if mark else None, sources.name(holder) if holder else "")


def _sentence(t: Translator, result: BallotClosed) -> str:
    manner = "unanimity" if _unanimous(result) else result.why.value
    return t(f"minutes.result.{result.outcome.value}.{manner}", counts=_counts(t, result.tally))


def _unanimous(result: BallotClosed) -> bool:
    """All votes cast went one way; abstentions are not votes cast (CGCT L2121-20)."""
    contrary = result.tally.against if result.outcome is Outcome.ADOPTED else result.tally.for_
    return result.why is Why.MAJORITY and contrary == 0


def _counts(t: Translator, tally: Tally) -> str:
    """`4 voix pour, 1 voix contre et 2 abstentions`: what is not nought."""
    numbers = (("for", tally.for_), ("against", tally.against), ("abstain", tally.abstain))
    return lists.both([t.n(f"minutes.votes.{sense}", number) for sense, number in numbers if number], t.lang)
