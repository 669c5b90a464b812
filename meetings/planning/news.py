"""What a reading of the calendars brought about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from agenda.errors import CalendarError, Problem
from meetings.domain import commands as c
from meetings.domain import diary as d
from meetings.domain.command import Command


@dataclass(frozen=True)
class News:
    """How many meetings were planned, moved, given another agenda, called off, are missing; which calendars could not
    be read, and what of the meetings to come had to be repaired or left out.
    """

    planned: int = 0
    moved: int = 0
    changed: int = 0
    cancelled: int = 0
    missing: int = 0
    failures: tuple[CalendarError, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, done: Iterable[Command]) -> Self:
        """Counted from the commands that were obeyed."""
        kinds = [type(command) for command in done]
        return cls(
            planned=kinds.count(c.Plan) + kinds.count(d.Reinstate),
            moved=kinds.count(d.Reschedule),
            changed=kinds.count(d.ChangeAgenda),
            cancelled=kinds.count(d.Cancel),
            missing=kinds.count(d.NoteMissing),
        )
