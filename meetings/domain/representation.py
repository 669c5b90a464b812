"""Proxies given, taken on and ended (CGCT L2121-20): in writing, revocable at any time, so many a holder."""

from meetings.domain import commands as c
from meetings.domain.attendance import Attendance
from meetings.domain.ballot import Ballot
from meetings.domain.events import Event
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import Rules
from meetings.domain.values import MemberId
from meetings.domain.voting import ProxyAccepted, ProxyEnded, ProxyGiven, VoteWithdrawn

COMMANDS = (c.GiveProxy, c.AcceptProxy, c.EndProxy)
"""A member's commands, present or not, from the planning to the adjournment."""


def represent(
    roll: Attendance, running: Ballot | None, command: c.Command, rules: Rules
) -> list[Event] | Refusal | None:
    """What comes of a command about a proxy; None for any other command."""
    by = command.by or MemberId("")
    match command:
        case c.GiveProxy(holder=holder):
            return _give(roll, running, by, holder, rules)
        case c.AcceptProxy(giver=giver):
            proxy = roll.proxy(giver)
            if proxy is None or proxy.holder != by:
                return Refusal(Code.NO_SUCH_PROXY)
            return Refusal(Code.NOTHING_CHANGED) if proxy.accepted else [ProxyAccepted(giver)]
        case c.EndProxy(giver=giver):
            proxy = roll.proxy(giver)
            if proxy is None or by not in {giver, proxy.holder}:
                return Refusal(Code.NO_SUCH_PROXY)
            return _ended(running, giver)
    return None


def _give(
    roll: Attendance, running: Ballot | None, giver: MemberId, holder: MemberId, rules: Rules
) -> list[Event] | Refusal:
    if not rules.proxies.held:
        return Refusal(Code.NO_PROXIES)
    if holder == giver:
        return Refusal(Code.PROXY_TO_ONESELF)
    if roll.seat(holder) is None:
        return Refusal(Code.HOLDER_NOT_A_MEMBER)
    earlier = roll.proxy(giver)
    if earlier and earlier.holder == holder:
        return Refusal(Code.NOTHING_CHANGED)
    if sum(one.holder == holder and one.ended is None for one in roll.proxies) >= rules.proxies.held:
        return Refusal(Code.HOLDER_HAS_PROXIES, {"held": rules.proxies.held})
    return [*(_ended(running, giver) if earlier else []), ProxyGiven(giver, holder)]


def _ended(running: Ballot | None, giver: MemberId) -> list[Event]:
    """A public vote cast for the giver goes with the proxy; a sealed one cannot be told from the others, and stays."""
    withdrawn = running is not None and not running.secret and giver in running.proxies
    return [ProxyEnded(giver), *([VoteWithdrawn(running.id, giver)] if running and withdrawn else [])]
