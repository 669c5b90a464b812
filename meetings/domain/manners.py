"""Manners of voting that members ask for: the roll call and the secret ballot (CGCT L2121-21)."""

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import ceil
from typing import TypeAlias

from meetings.domain.events import Event
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import Rules
from meetings.domain.values import Manner, MemberId
from meetings.domain.voting import BallotAsked

Asked: TypeAlias = Mapping[Manner, tuple[MemberId, ...]]
"""Who asked for which manner of voting, in order."""


def share(rules: Rules, manner: Manner) -> Fraction:
    """The share of those present that obtains this manner of voting; 0 where asking changes nothing."""
    return rules.ballots.secret if manner is Manner.SECRET else rules.ballots.roll_call


def askers_needed(rules: Rules, manner: Manner, present: int) -> int:
    """How many of those present must ask: the share at least (CGCT L2121-21)."""
    return max(1, ceil(share(rules, manner) * present))


def ask(asked: Asked, member: MemberId, manner: Manner, rules: Rules) -> list[Event] | Refusal:
    """Ask for a manner of voting, before the vote is opened."""
    if not share(rules, manner):
        return Refusal(Code.MANNER_NOT_IN_RULES)
    return Refusal(Code.ASKED_ALREADY) if member in asked.get(manner, ()) else [BallotAsked(member, manner)]


def obtained(asked: Asked, present: Collection[MemberId], rules: Rules) -> tuple[Manner | None, tuple[MemberId, ...]]:
    """The manner that enough of those present ask for, and who they are; the secret ballot wins (L2121-21)."""
    for manner in (Manner.SECRET, Manner.ROLL_CALL):
        askers = tuple(member for member in asked.get(manner, ()) if member in present)
        if share(rules, manner) and len(askers) >= askers_needed(rules, manner, len(present)):
            return manner, askers
    return None, ()
