"""The hour comes by itself: each planned meeting is convened at its time. Rebuilt from the log, never stored."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from meetings.council import Council
from meetings.domain.commands import Convene
from meetings.domain.meeting import Meeting, Phase

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """This instant, aware."""
    return datetime.now(UTC)


class Schedule:
    """One date job a planned meeting, in memory. A meeting missed while nobody ran is convened late, until its end."""

    def __init__(self, council: Council, now: Callable[[], datetime] = utc_now) -> None:
        self._council, self._now = council, now
        self._jobs = AsyncIOScheduler(timezone=UTC)

    async def run(self) -> None:
        """Keep the jobs as the log says, until cancelled."""
        self._jobs.start()
        try:
            with self._council.feed.subscribe() as bell:
                while await bell.wait():
                    bell.clear()
                    self.reconcile()
        finally:
            self._jobs.shutdown(wait=False)

    def reconcile(self) -> None:
        """Set what the log says is planned, drop what it no longer does."""
        wanted = {meeting.id: meeting for meeting in self._council.meetings() if self._pending(meeting)}
        for job in self._jobs.get_jobs():
            if job.id not in wanted:
                job.remove()
        for meeting in wanted.values():
            assert meeting.plan  # noqa: S101 - a planned meeting has its plan
            self._jobs.add_job(
                self._convene,
                "date",
                run_date=max(meeting.plan.starts, self._now()),
                args=[meeting],
                id=meeting.id,
                replace_existing=True,
                misfire_grace_time=None,  # better late than never
            )

    def _pending(self, meeting: Meeting) -> bool:
        return meeting.phase is Phase.PLANNED and meeting.plan is not None and self._now() < meeting.plan.ends

    async def _convene(self, meeting: Meeting) -> None:
        outcome = await self._council.handle(
            Convene(meeting=meeting.id, at=self._now(), cause=f"schedule:{meeting.id}")
        )
        logger.info("convened %s: %s", meeting.id, outcome)
