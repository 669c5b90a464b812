"""Ballots as minutes tell them: numbers, names where the ballot was public, and the decision in one sentence."""

from meetings.domain.ballot import Ballot as Motion
from meetings.domain.ballot import count
from meetings.domain.events import BallotClosed, Choice, MemberId, Outcome, Tally, Why
from meetings.i18n import Translator, lists
from meetings.minutes.document import Ballot, Decision, Vote
from meetings.minutes.sources import Sources

_ORDER = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, Choice.OUT, None)


def ballot(sources: Sources, motion: Motion) -> Ballot:
    """A motion put to the vote, as the minutes have it. Who was present at its end and did not vote is counted too."""
    result = motion.result
    tally = result.tally if result else count(motion.votes.values())
    idle = sources.voters_at(motion.closed or motion.opened) - motion.votes.keys()
    return Ballot(
        question=sources.tidy(motion.motion),
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
    """Who asked for this manner of voting (CGCT L2121-15: requests for a particular ballot)."""
    if motion.asked is None:
        return None
    names = [sources.name(member) for member in motion.askers]
    return sources.t(f"minutes.request.{motion.asked}", names=names)


def decision(sources: Sources, motion: Motion) -> Decision | None:
    """The decision a closed ballot made, if it was given a number."""
    result, closed = motion.result, motion.closed
    if result is None or closed is None or not result.decision:
        return None
    question = _inner_quotes(sources.tidy(motion.motion)).rstrip(".")
    key = f"minutes.decision.{result.outcome.value}" + ("-unanimously" if _unanimous(result) else "")
    sentence = sources.t(key, motion=question, counts=_counts(sources.t, result.tally))
    return Decision(result.decision, sentence, sources.here(closed))


def _votes(sources: Sources, motion: Motion) -> tuple[Vote, ...]:
    able = sources.voters_at(motion.closed or motion.opened)
    voters = [seat.member for seat in sources.meeting.attendance.roster if seat.member in able | motion.votes.keys()]
    choices = sorted(voters, key=lambda member: _ORDER.index(motion.votes.get(member)))
    return tuple(_vote(sources, motion, member) for member in choices)


def _vote(sources: Sources, motion: Motion, member: MemberId) -> Vote:
    holder = motion.proxies.get(member)
    return Vote(sources.name(member), motion.votes.get(member), sources.name(holder) if holder else "")


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


def _inner_quotes(text: str) -> str:
    """Quotation marks for what is quoted inside a quotation."""
    for outer, inner in (("«\u202f", "“"), ("\u202f»", "”")):
        text = text.replace(outer, inner)
    return text
