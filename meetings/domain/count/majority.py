"""Motions: in favour, against, and how much of which base it takes."""

from dataclasses import dataclass

from meetings.domain.count.errors import BadElectionError, Contradiction
from meetings.domain.count.steps import Base, Motion, Number, Threshold, Verdict

SHARES = {
    Threshold.TWO_THIRDS: (2, 3),
    Threshold.THREE_QUARTERS: (3, 4),
    Threshold.FOUR_FIFTHS: (4, 5),
    Threshold.UNANIMITY: (1, 1),
}
"""At least this share of the base; the simple majority is more for than against, the absolute more than half."""


@dataclass(frozen=True, slots=True)
class Poll:
    """Votes, proxies' and weights included, and what they may be measured against, in the same unit."""

    for_: Number
    against: Number
    abstain: Number = 0
    present: Number = 0
    entitled: Number = 0
    members: Number = 0


def count(poll: Poll, base: Base = Base.CAST, threshold: Threshold = Threshold.ABSOLUTE) -> Verdict:
    """Whether the motion is adopted; never without one vote in favour.

    `tie`: as many for as against, so that a casting vote may be asked for (CGCT L2121-20). Raises
    BadElectionError for a base smaller than the votes, and for negative votes.
    """
    if min(poll.for_, poll.against, poll.abstain) < 0:
        raise BadElectionError(Contradiction.WEIGHT)
    total = _total(poll, base)
    if base not in {Base.CAST, Base.VALID} and total < poll.for_ + poll.against + poll.abstain:
        raise BadElectionError(Contradiction.BASE)
    adopted, equal = _adopted(poll, total, threshold), poll.for_ == poll.against
    step = Motion(poll.for_, poll.against, poll.abstain, base, total, threshold, adopted, equal)
    return Verdict(adopted, (step,), equal)


def _total(poll: Poll, base: Base) -> Number:
    match base:
        case Base.CAST:
            return poll.for_ + poll.against
        case Base.VALID:
            return poll.for_ + poll.against + poll.abstain
        case Base.PRESENT:
            return poll.present
        case Base.ENTITLED:
            return poll.entitled
        case Base.ALL:
            return poll.members


def _adopted(poll: Poll, total: Number, threshold: Threshold) -> bool:
    if threshold is Threshold.SIMPLE:
        return poll.for_ > poll.against
    if threshold is Threshold.ABSOLUTE:
        return poll.for_ * 2 > total
    parts, whole = SHARES[threshold]
    return poll.for_ > 0 and poll.for_ * whole >= total * parts
