"""The acts a story may have: who does what, what that asks of the council, and how it is done on a phone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Protocol

from meetings.domain import commands as c
from meetings.domain.values import BallotId, Choice, Kind, Manner, Mark, MemberId
from meetings.rehearsal.entries import Entry
from meetings.rehearsal.steps import Ask, Press, Slash, Who


class Room(Protocol):
    """What an act may look at: who presides, who chairs by right, the latest ballot, and who is meant."""

    chair: str

    @property
    def presiding(self) -> str:
        """Who holds the gavel."""

    @property
    def ballot(self) -> BallotId:
        """The latest ballot, or the next where there was none."""

    def new_ballot(self) -> BallotId:
        """The id of the ballot to come."""

    def member(self, entry: Entry, key: str = "who") -> str:
        """The member whom the file names there. Raises ScenarioError."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Member `by` asks something of the council in a certain `way`; `command` makes it, given meeting, time and who."""

    by: str
    way: Slash | Press | Ask
    command: Callable[..., c.Command]


Make = Callable[[Entry, Room], Deed]


def _presides(command: Callable[..., c.Command], key: str) -> Make:
    """An act of who presides that needs no more than to be said."""

    def make(entry: Entry, room: Room) -> Deed:
        entry.allow("do")
        return Deed(room.presiding, Slash(key), command)

    return make


def _chooses(command: Callable[..., c.Command], key: str) -> Make:
    """An act of who presides upon member `who`, or (without) upon who comes first."""

    def make(entry: Entry, room: Room) -> Deed:
        entry.allow("do", "who")
        if "who" not in entry.table:
            return Deed(room.presiding, Slash(key), command)
        member = room.member(entry)
        return Deed(room.presiding, Slash(key, {"member": Who(member)}), partial(command, member=MemberId(member)))

    return make


def _raise(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who", "kind")
    member = room.member(entry)
    if "kind" not in entry.table:
        return Deed(member, Press("hand:", ":raise"), c.RaiseHand)
    kind = Kind(entry.one_of("kind", [kind.value for kind in Kind]))
    return Deed(member, Slash("hand.raise", {"kind": kind.value}), partial(c.RaiseHand, kind=kind))


def _request(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who")
    return Deed(room.member(entry), Ask(), partial(c.RaiseHand, native=True))


def _lower(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who")
    return Deed(room.member(entry), Press("hand:", ":lower"), c.LowerHand)


def _extend(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "minutes")
    minutes = entry.number("minutes")
    way = Slash("floor.extend", {"minutes": minutes})
    return Deed(room.presiding, way, partial(c.ExtendSpeech, seconds=60 * minutes))


def _ask(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who", "manner")
    manner = Manner(entry.one_of("manner", [manner.value for manner in Manner]))
    way = Slash("ballot.ask", {"manner": manner.value})
    return Deed(room.member(entry), way, partial(c.AskBallot, manner=manner))


def _ballot(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "text", "secret")
    motion, secret = entry.text("text"), entry.flag("secret")
    way = Slash("ballot.open", {"motion": motion, "secret": secret})
    return Deed(room.presiding, way, partial(c.OpenBallot, ballot=room.new_ballot(), motion=motion, secret=secret))


def _vote(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who", "choice")
    choice = Choice(entry.one_of("choice", [choice.value for choice in Choice]))
    way = Press("vote:", f":{choice.value}")
    return Deed(room.member(entry), way, partial(c.CastVote, ballot=room.ballot, mark=Mark(choice.value)))


def _close(entry: Entry, room: Room) -> Deed:
    entry.allow("do")
    return Deed(room.presiding, Slash("ballot.close"), partial(c.CloseBallot, ballot=room.ballot))


def _doors(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who")
    return Deed(room.member(entry), Slash("doors.ask"), partial(c.AskClosedSession, ballot=room.new_ballot()))


def _postpone(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "item")
    number = entry.number("item")
    return Deed(room.presiding, Slash("agenda.postpone", {"number": number}), partial(c.PostponeItem, number=number))


def _gavel(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who")
    if "who" not in entry.table:
        return Deed(room.chair, Slash("gavel.take"), c.HandGavel)
    member = room.member(entry)
    way = Slash("gavel.hand", {"member": Who(member)})
    return Deed(room.presiding, way, partial(c.HandGavel, member=MemberId(member)))


def _proxy(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who", "to")
    holder = room.member(entry, "to")
    way = Slash("proxy.give", {"member": Who(holder)})
    return Deed(room.member(entry), way, partial(c.GiveProxy, holder=MemberId(holder)))


def _accept(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who", "of")
    giver = room.member(entry, "of")
    way = Slash("proxy.accept", {"member": Who(giver)})
    return Deed(room.member(entry), way, partial(c.AcceptProxy, giver=MemberId(giver)))


def _revoke(entry: Entry, room: Room) -> Deed:
    entry.allow("do", "who")
    member = room.member(entry)
    return Deed(member, Slash("proxy.revoke"), partial(c.EndProxy, giver=MemberId(member)))


ACTS: Mapping[str, Make] = MappingProxyType(
    {
        "open": _presides(c.Open, "session.open"),
        "next": _presides(c.NextItem, "session.next"),
        "adjourn": _presides(c.Adjourn, "session.close"),
        "recess": _presides(c.Suspend, "session.suspend"),
        "resume": _presides(c.Resume, "session.resume"),
        "raise": _raise,
        "request": _request,
        "lower": _lower,
        "give": _chooses(c.GiveFloor, "floor.give"),
        "take": _presides(c.TakeFloor, "floor.take"),
        "skip": _chooses(c.SkipHand, "floor.skip"),
        "back": _presides(c.PutBack, "floor.back"),
        "extend": _extend,
        "list-close": _presides(c.CloseList, "floor.close"),
        "list-reopen": _presides(c.ReopenList, "floor.reopen"),
        "ask": _ask,
        "ballot": _ballot,
        "vote": _vote,
        "close": _close,
        "doors": _doors,
        "reopen": _presides(c.EndClosedSession, "doors.open"),
        "postpone": _postpone,
        "gavel": _gavel,
        "proxy": _proxy,
        "accept": _accept,
        "revoke": _revoke,
    }
)
"""By the name under which a file knows them."""
