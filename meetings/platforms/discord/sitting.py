"""One meeting on Discord: everything that follows its log, from the planning until nothing is left to do."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from meetings.boards import ballot_board, convocation_board, sitting
from meetings.domain.consent import declined
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import BallotId
from meetings.jobs.saying import Saying
from meetings.platforms.discord.alarm import Alarm
from meetings.platforms.discord.captions import REST, CaptionThread
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.events import ScheduledEvent, over
from meetings.platforms.discord.follow import Settle, end, follow
from meetings.platforms.discord.herald import Herald
from meetings.platforms.discord.marker import Marker
from meetings.platforms.discord.microphones import Microphones
from meetings.platforms.discord.notices import MINUTES, Notices
from meetings.platforms.discord.notices_calendar import CalendarNotices, untold
from meetings.platforms.discord.painter import Boards, Draw, Pace, Painter
from meetings.platforms.discord.roll import Roll
from meetings.platforms.discord.room import RoomKeeper
from meetings.platforms.discord.stagehand import Stagehand
from meetings.recording.announcement import Packets


class Sitting:
    """A meeting's surfaces, each followed by a task of its own, so that none waits for another.

    `sounds` is what is said, by language, when the recording begins.
    """

    def __init__(
        self,
        hand: Stagehand,
        desk: Desk,
        pace: Pace,
        config: DiscordConfig,
        saying: Saying,
        sounds: Mapping[str, Packets],
    ) -> None:
        self._hand, self._desk, self._pace = hand, desk, pace
        self.alarm = Alarm(hand)
        self.microphones = Microphones(hand)
        self.room = RoomKeeper(hand, config.recordings)
        self._marker = Marker(hand)
        self._herald = Herald(hand, self.alarm, sounds)
        self._roll = Roll(hand)
        self.event = ScheduledEvent(hand)
        self._notices = Notices(hand, config)
        self._heralded = CalendarNotices(hand)
        self._captions = CaptionThread(hand, saying) if config.captions else None
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._annulled: set[BallotId] = set()

    def start(self) -> None:
        """Begin to follow the log."""
        self._follow("event", self.event.settle)
        self._follow("notices", self._notices.settle)
        self._follow("calendar", self._heralded.settle)
        self._paint("convocation", self._convocation)
        self._follow("hour", self._convened)

    async def _convened(self) -> bool:
        """A meeting that waits for its hour, as a hundred others may, is followed by few."""
        if self._hand.meeting.convened is None:
            return False
        self._follow("roll", self._roll.settle)
        self._follow("room", self.room.settle)
        self._follow("marker", self._marker.settle)
        self._follow("announcement", self._herald.settle)
        self._follow("microphones", self.microphones.settle)
        self._paint("session", self._session)
        self._follow("ballots", self._ballots)
        if self._captions:
            self._follow("captions", self._captions.settle, lambda: REST)
        return True

    async def stop(self) -> None:
        """Follow no longer; what was heard is kept."""
        await end(*self._tasks.values())
        await self.room.close()
        await self._marker.clear()

    def _follow(self, name: str, settle: Settle, rest: Callable[[], float] | None = None) -> None:
        heard = partial(self.alarm.heard, name)
        task = follow(self._hand.council.feed, f"{name} of {self._hand.id}", settle, heard, rest or self._rest)
        self._tasks[name] = asyncio.create_task(task, name=f"{name} {self._hand.id}")

    def _rest(self) -> float:
        """Seconds between two looks at the room: none to speak of in a small one, a tenth where 2,000 have a seat."""
        return len(self._hand.meeting.attendance.roster) / 20_000

    def _paint(self, surface: str, draw: Draw) -> None:
        painter = Painter(self._hand, self._pace, surface, draw)
        self._desk.surfaces[self._hand.id, surface] = painter
        self._follow(surface, painter.settle)

    async def _ballots(self) -> bool:
        """Every motion has a message of its own, which stays as its record."""
        meeting = self._hand.meeting
        for key, ballot in meeting.ballots.items():
            surface = f"ballot:{key}"
            painting = self._tasks.get(surface)
            annulled = ballot.annulled is not None and key not in self._annulled  # after its closing was painted
            if painting is None or (annulled and painting.done()):
                self._paint(surface, partial(self._ballot, key))
        return meeting.phase is Phase.ADJOURNED

    def _session(self, meeting: Meeting) -> tuple[Boards, bool]:
        unrecorded = declined(one.consent for one in self._hand.council.meetings())
        boards = sitting(meeting, self._hand.names, meeting.rules, unrecorded)
        return boards, meeting.phase is Phase.ADJOURNED

    def _convocation(self, meeting: Meeting) -> tuple[Boards, bool]:
        boards = (convocation_board(meeting),) if meeting.standing.summoned else ()
        return boards, meeting.phase not in {Phase.PLANNED, Phase.CANCELLED}

    def _ballot(self, ballot: BallotId, meeting: Meeting) -> tuple[Boards, bool]:
        voted = meeting.ballots[ballot]
        if voted.annulled is not None:
            self._annulled.add(ballot)
        return (ballot_board(meeting, voted, self._hand.names),), not voted.running


def is_over(meeting: Meeting) -> bool:
    """Whether nothing of a meeting is left to do on Discord, nor ever will be."""
    owed = any(ref for surface, ref in meeting.posted.items() if surface.startswith("muted:"))
    if meeting.phase is Phase.CANCELLED:
        return over(meeting) and not untold(meeting)
    return meeting.phase is Phase.ADJOURNED and over(meeting) and MINUTES in meeting.posted and not owed
