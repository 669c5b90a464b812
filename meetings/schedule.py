"""What comes by itself, each at its time: a meeting's hour, a speech's end, a vote's. Rebuilt from the log."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from meetings.council import Council, insist
from meetings.domain import calendar
from meetings.domain.ballot import Ballot
from meetings.domain.command import Command
from meetings.domain.commands import CloseBallot, Convene, NoteTimeUp
from meetings.domain.diary import Cancel, Remind, ReviseRoster, Summon
from meetings.domain.floor import Turn
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.scheduling import Reason
from meetings.domain.values import MeetingId, Seat

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    """This instant, aware."""
    return datetime.now(UTC)


class Schedule:
    """Date jobs in memory: for the next thing due in each meeting to come, each limited speech, each ballot with a
    deadline.

    What was missed while nobody ran is made good, once: a meeting is convened late, until its end; of the reminders
    only the last is sent. Who sits is looked up with `roster` before members are called and before the roll is.
    """

    def __init__(
        self,
        council: Council,
        now: Callable[[], datetime] = utc_now,
        roster: Callable[[], Awaitable[tuple[Seat, ...]]] | None = None,
    ) -> None:
        self._council, self._now, self._roster = council, now, roster
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
        """Set what the log says is to come, drop what it no longer does."""
        meetings, now = self._council.meetings(), self._now()
        wanted = {meeting.id: at for meeting in meetings if (at := due(meeting, meetings, now))}
        speeches = {f"speech:{meeting.id}": (meeting, turn) for meeting in meetings if (turn := _limited(meeting))}
        votes = {f"vote:{meeting.id}": (meeting, vote) for meeting in meetings if (vote := _timed(meeting))}
        for job in self._jobs.get_jobs():
            if job.id not in wanted.keys() | speeches.keys() | votes.keys():
                job.remove()
        for meeting_id, at in wanted.items():
            self._set(meeting_id, at, self._attend, meeting_id)
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

    async def _attend(self, key: MeetingId) -> None:
        """Do what is due in a meeting; what it brings about wakes us for the next thing."""
        if self._roster and self._council.meeting(key).phase is Phase.PLANNED and (seats := await self._roster()):
            await self._do(ReviseRoster(meeting=key, at=self._now(), roster=seats))
        if command := step(self._council.meeting(key), self._council.meetings(), self._now()):
            await self._do(command)
        else:
            self.reconcile()

    async def _do(self, command: Command) -> None:
        outcome = await insist(lambda: self._council.handle(command))
        logger.info("%s for %s: %s", type(command).__name__, command.meeting, outcome)

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


def due(meeting: Meeting, meetings: Sequence[Meeting], now: datetime) -> datetime | None:
    """When something is to be done next in a meeting to come, or should have been; None where it waits for others."""
    plan = meeting.plan
    if plan is None or meeting.phase not in {Phase.PLANNED, Phase.CONVENED}:
        return None
    if meeting.phase is Phase.CONVENED:  # and nobody opened it: it makes room for the next one
        following = [one.plan.starts for one in meetings if one.phase is Phase.PLANNED and one.plan]
        return max(plan.ends, min(following)) if following else None
    if now >= plan.starts:
        return None if _running(meetings) else plan.starts
    return min(hour for hour in (_called(meeting), calendar.next_reminder(meeting), plan.starts) if hour)


def step(meeting: Meeting, meetings: Sequence[Meeting], now: datetime) -> Command | None:
    """What is due in it now."""
    plan, key, hour = meeting.plan, meeting.id, due(meeting, meetings, now)
    if plan is None or hour is None or now < hour:
        return None
    if now >= plan.ends:
        return Cancel(meeting=key, at=now, reason=Reason.NOT_HELD)
    if now >= plan.starts:
        return Convene(meeting=key, at=now, cause=f"schedule:{key}")
    if before := calendar.reminder(meeting, now):
        return Remind(meeting=key, at=now, before=before)
    return Summon(meeting=key, at=now)


def _called(meeting: Meeting) -> datetime | None:
    """When its members are to be called, unless they were, or the rules call nobody."""
    days = meeting.rules.convocation.days
    if meeting.plan is None or meeting.standing.summoned or not days:
        return None
    return meeting.plan.starts - timedelta(days=days)


def _running(meetings: Sequence[Meeting]) -> bool:
    """Whether a session keeps the room: the next one waits until it is closed, or was never opened."""
    return any(meeting.phase in {Phase.CONVENED, Phase.OPEN} for meeting in meetings)
