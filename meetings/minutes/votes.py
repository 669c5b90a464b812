"""Ballots as minutes tell them: numbers, names where the ballot was public, and the decision in one sentence."""

from meetings.domain.ballot import Ballot as Motion
from meetings.domain.ballot import Purpose, count
from meetings.domain.events import BallotClosed, Choice, Outcome, Tally, Why
from meetings.i18n import Translator, lists
from meetings.minutes.document import Ballot, Decision, Vote
from meetings.minutes.sources import Sources
from meetings.minutes.text import inner_quotes

_ORDER = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN, None)


def ballot(sources: Sources, motion: Motion) -> Ballot:
    """A motion put to the vote, as the minutes have it. Who was present at its end and did not vote is counted too."""
    result = motion.result
    tally = result.tally if result else count(motion.votes.values())
    idle = sources.present_at(motion.closed or motion.opened) - motion.votes.keys()
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
    )


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


def _request(sources: Sources, motion: Motion) -> str | None:
    """Who asked for a particular ballot (CGCT L2121-15)."""
    if motion.purpose is not Purpose.CLOSED_SESSION:
        return None
    return sources.t("minutes.ballot.doors-asked", names=[sources.name(member) for member in motion.asked])


def _votes(sources: Sources, motion: Motion) -> tuple[Vote, ...]:
    present = sources.present_at(motion.closed or motion.opened)
    voters = [seat.member for seat in sources.meeting.attendance.roster if seat.member in present | motion.votes.keys()]
    choices = sorted(voters, key=lambda member: _ORDER.index(motion.votes.get(member)))
    return tuple(Vote(sources.name(member), motion.votes.get(member)) for member in choices)


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
