"""What comes by itself, each at its time: a meeting's hour, a speech's end, a vote's. Rebuilt from the log."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from meetings.council import Council
from meetings.domain.ballot import Ballot
from meetings.domain.commands import CloseBallot, Convene, NoteTimeUp
from meetings.domain.floor import Turn
from meetings.domain.meeting import Meeting, Phase

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """This instant, aware."""
    return datetime.now(UTC)


class Schedule:
    """One date job a planned meeting, a limited speech and a ballot with a deadline, in memory.

    A meeting missed while nobody ran is convened late, until its end.
    """

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
        meetings = self._council.meetings()
        wanted = {meeting.id: meeting for meeting in meetings if self._pending(meeting)}
        speeches = {f"speech:{meeting.id}": (meeting, turn) for meeting in meetings if (turn := _limited(meeting))}
        votes = {f"vote:{meeting.id}": (meeting, vote) for meeting in meetings if (vote := _timed(meeting))}
        for job in self._jobs.get_jobs():
            if job.id not in wanted.keys() | speeches.keys() | votes.keys():
                job.remove()
        for meeting in wanted.values():
            assert meeting.plan  # noqa: S101 - a planned meeting has its plan
            self._set(meeting.id, meeting.plan.starts, self._convene, meeting)
        for key, (meeting, turn) in speeches.items():
            assert turn.ends  # noqa: S101 - a limited speech has its end
            self._set(key, turn.ends, self._time_up, meeting, turn)
        for key, (meeting, vote) in votes.items():
            assert vote.deadline  # noqa: S101 - a timed vote has its deadline
            self._set(key, vote.deadline, self._close, meeting, vote)

    def _set(self, key: str, at: datetime, then: Callable[..., Awaitable[None]], *args: object) -> None:
        self._jobs.add_job(
            then,
            "date",
            run_date=max(at, self._now()),
            args=args,
            id=key,
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

    async def _time_up(self, meeting: Meeting, turn: Turn) -> None:
        at = max(self._now(), turn.ends or self._now())  # a clock set back must not end the speech's end
        cause = f"time-up:{turn.member}:{at.isoformat()}"
        await self._council.handle(NoteTimeUp(meeting=meeting.id, at=at, cause=cause, member=turn.member))

    async def _close(self, meeting: Meeting, vote: Ballot) -> None:
        at = max(self._now(), vote.deadline or self._now())  # a clock set back must not keep the vote open
        await self._council.handle(CloseBallot(meeting=meeting.id, at=at, cause=f"deadline:{vote.id}", ballot=vote.id))


def _limited(meeting: Meeting) -> Turn | None:
    """The speech whose end the chair has still to be told."""
    turn = meeting.floor.speaker
    return turn if turn and turn.ends and not turn.up else None


def _timed(meeting: Meeting) -> Ballot | None:
    """The vote that closes by itself."""
    vote = meeting.running_ballot
    return vote if vote and vote.deadline else None
