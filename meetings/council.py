"""The council: the only writer. Every surface asks it; it decides, writes, and wakes who draws."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from meetings.domain import commands as c
from meetings.domain.decide import decide
from meetings.domain.events import BallotCast, BallotId, Choice, Event, MeetingId, Recorded
from meetings.domain.meeting import Meeting, evolve, fold
from meetings.domain.refusals import Refusal
from meetings.domain.rules import CGCT, Rules
from meetings.log.feed import Feed
from meetings.log.store import Log, NotWrittenError

logger = logging.getLogger(__name__)

AGAIN = 2.0
"""Seconds until a log that could not be written is asked again."""

T = TypeVar("T")


class Council:
    """Meetings in memory, drawn from the log; commands one at a time, each durable before it is answered."""

    def __init__(self, log: Log, rules: Rules = CGCT) -> None:
        self.log, self.rules, self.feed = log, rules, Feed()
        self._turn = asyncio.Lock()
        self._meetings: dict[MeetingId, Meeting] = {}
        self._acts: set[tuple[MeetingId, str]] = set()
        for meeting in log.meetings():
            history = log.read(meeting)
            self._meetings[meeting] = fold(meeting, history)
            self._acts |= {(meeting, recorded.cause) for recorded in history}

    def meeting(self, meeting: MeetingId) -> Meeting:
        """The meeting's present state; an unplanned one where the log says nothing."""
        return self._meetings.get(meeting, Meeting(meeting))

    def meetings(self) -> list[Meeting]:
        """Every meeting in the log."""
        return list(self._meetings.values())

    async def handle(self, command: c.Command) -> tuple[Recorded, ...] | Refusal:
        """What came of a command, already in the log; nothing (an empty tuple) for an act the log has already.

        Raises NotWrittenError when the log cannot be written: then nothing happened.
        """
        return await asyncio.shield(self._handle(command))  # a caller who gives up must not part state from log

    async def _handle(self, command: c.Command) -> tuple[Recorded, ...] | Refusal:
        async with self._turn:
            if (command.meeting, command.cause) in self._acts:
                return ()
            state = self.meeting(command.meeting)
            decision = decide(state, await self._completed(command), self.rules)
            if isinstance(decision, Refusal):
                return decision
            news = _recorded(state, command, decision)
            await asyncio.to_thread(self.log.append, news, _slips(command, decision))
            for recorded in news:
                state = evolve(state, recorded)
            self._meetings[state.id] = state
            self._acts.add((state.id, news[0].cause))
        self.feed.ring()
        return news

    async def _completed(self, command: c.Command) -> c.Command:
        """A closing needs what only the log knows: the urn, and how many decisions there were this year."""
        if not isinstance(command, c.CloseBallot):
            return command
        year = command.at.year
        number = 1 + await asyncio.to_thread(self.log.decisions, year)
        slips = await asyncio.to_thread(self.log.slips, command.ballot)
        return replace(command, slips=slips, decision=f"{year}-{number:03}")


async def insist(write: Callable[[], Awaitable[T]]) -> T:
    """What `write` gives once the log takes it. For what the house itself notes: a full disk must not end it."""
    while True:
        try:
            return await write()
        except NotWrittenError as refusal:
            logger.warning("the log cannot be written (%s); asking again", refusal.orig)
            await asyncio.sleep(AGAIN)


def _recorded(state: Meeting, command: c.Command, decision: list[Event]) -> tuple[Recorded, ...]:
    cause = command.cause or uuid.uuid4().hex
    return tuple(
        Recorded(command.meeting, seq, command.at, command.by, cause, event)
        for seq, event in enumerate(decision, state.seq + 1)
    )


def _slips(command: c.Command, decision: list[Event]) -> list[tuple[BallotId, Choice]]:
    """The choice goes into the urn when the event does not say it."""
    if not isinstance(command, c.CastVote):
        return []
    return [
        (event.ballot, command.choice) for event in decision if isinstance(event, BallotCast) and event.choice is None
    ]
