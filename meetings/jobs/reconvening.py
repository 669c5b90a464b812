"""A council that lacked its quorum meets again: its next meeting is put in the log."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from meetings.council import Council, insist
from meetings.domain.commands import Plan
from meetings.domain.quorum import next_id, reconvenings, replanned
from meetings.domain.refusals import Refusal
from meetings.domain.values import Seat
from meetings.schedule import utc_now

logger = logging.getLogger(__name__)


class Reconvening:
    """Plans what the log says is to be held again and has not planned yet. `roster` is who sits in the council now."""

    def __init__(
        self,
        council: Council,
        roster: Callable[[], Awaitable[tuple[Seat, ...]]],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._council, self._roster, self._now = council, roster, now

    async def run(self) -> None:
        """Work as the log says, until cancelled."""
        with self._council.feed.subscribe() as bell:
            while await bell.wait():
                bell.clear()
                await self.plan()

    async def plan(self) -> None:
        """Plan every meeting that is owed."""
        for meeting in reconvenings(self._council.meetings()):
            key = next_id(meeting.id)
            plan = replanned(meeting, await self._roster() or meeting.attendance.roster)
            asked = Plan(meeting=key, at=self._now(), cause=f"reconvened:{meeting.id}", plan=plan)
            outcome = await insist(partial(self._council.handle, asked))
            if isinstance(outcome, Refusal):
                logger.error("the meeting reconvened for %s could not be planned: %s", meeting.id, outcome)
            else:
                logger.info("planned %s for %s, in place of %s", key, plan.starts, meeting.id)
