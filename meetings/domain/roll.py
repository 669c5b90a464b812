"""The roll is called: members come and go, by the room's door or noted by hand, and are excused."""

from meetings.domain import commands as c
from meetings.domain.attendance import Attendance
from meetings.domain.events import Arrived, Event, Left
from meetings.domain.presence import Excused, ExcuseWithdrawn
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId, Role

NOTES = (c.NoteArrival, c.NoteDeparture)
"""What the chair and the secretary note of who attends otherwise than in the room."""

COMMANDS = (*NOTES, c.Excuse)
"""People's commands that `call` decides."""


def call(roll: Attendance, chair: MemberId | None, command: c.Command) -> list[Event] | Refusal | None:
    """What comes of a command about who is there; None for any other command. `chair` holds the gavel."""
    match command:
        case c.Arrive(member=member):
            return _enter(roll, member)
        case c.Leave(member=member):
            return _leave(roll, member)
        case c.NoteArrival(member=member):
            return _officer(roll, chair, command) or _note(roll, member)
        case c.NoteDeparture(member=member):
            return _officer(roll, chair, command) or _gone(roll, member)
        case c.Excuse(member=member, withdrawn=withdrawn):
            own = member is None or member == command.by
            refused = None if own else _officer(roll, chair, command)
            return refused or _excuse(roll, member or command.by or MemberId(""), withdrawn=withdrawn)
    return None


def _officer(roll: Attendance, chair: MemberId | None, command: c.Command) -> Refusal | None:
    allowed = {chair, roll.holder(Role.SECRETARY)}
    return None if command.by in allowed else Refusal(Code.OFFICERS_ONLY)


def _enter(roll: Attendance, member: MemberId) -> list[Event] | Refusal:
    if roll.seat(member) is None:
        return Refusal(Code.NOT_A_MEMBER)
    return Refusal(Code.NOTHING_CHANGED) if member in roll.present else [Arrived(member)]


def _leave(roll: Attendance, member: MemberId) -> list[Event] | Refusal:
    """The room's door says nothing of who attends elsewhere."""
    here = member in roll.present and member not in roll.elsewhere
    return [Left(member)] if here else Refusal(Code.NOTHING_CHANGED)


def _note(roll: Attendance, member: MemberId) -> list[Event] | Refusal:
    if roll.seat(member) is None:
        return Refusal(Code.NO_SEAT)
    return Refusal(Code.NOTHING_CHANGED) if member in roll.elsewhere else [Arrived(member, elsewhere=True)]


def _gone(roll: Attendance, member: MemberId) -> list[Event] | Refusal:
    """Who is in the room leaves it by its door: noted by hand, they would be back at once."""
    if member in roll.elsewhere:
        return [Left(member)]
    return Refusal(Code.ATTENDS_IN_ROOM if member in roll.present else Code.NOTHING_CHANGED)


def _excuse(roll: Attendance, member: MemberId, *, withdrawn: bool) -> list[Event] | Refusal:
    if roll.seat(member) is None:
        return Refusal(Code.NO_SEAT)
    if (member in roll.excused) is not withdrawn:
        return Refusal(Code.NOTHING_CHANGED)
    return [ExcuseWithdrawn(member) if withdrawn else Excused(member)]
