"""One meeting's recording: from the room to the folder, and word of it to the log."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from meetings.domain import commands as c
from meetings.domain.consent import declined
from meetings.domain.values import MemberId, UtteranceId
from meetings.platforms.discord.follow import end
from meetings.platforms.discord.premises import Room
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.voice import stay
from meetings.recording import Hole, Recorder, Speech, Trouble, Utterance, holes, utterances

_log = logging.getLogger(__name__)

RETRY, LOOKS = 1.0, 60
"""Seconds until the log is asked again to take what was recorded; and how often the end of a hole is looked for."""

News = Utterance | Hole | Trouble


class Tape:
    """Records while the session is open and public, and notes utterances, holes and troubles, each once.

    What a crash kept from the log is found again in the recording itself: an utterance's id comes from its speaker and
    its start, a hole is known by its start.
    """

    def __init__(self, hand: Stagehand, folder: Path) -> None:
        self._hand, self._folder = hand, folder
        self._recorder: Recorder | None = None
        self._started = datetime.now(UTC)
        self._staying: asyncio.Task[None] | None = None
        self._writing: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._news: asyncio.Queue[News] = asyncio.Queue()

    async def run(self, room: Room) -> None:
        """Record from now on, into the same recording as before. Raises RecordingError."""
        if self._recorder is None:
            self._start(room)
        if not self._hand.meeting.recording.running:
            await self._hand.note(c.StartRecording)

    async def close(self) -> None:
        """Stop recording; what was being said is closed and noted. The log still says that the session is recorded."""
        if self._recorder is None:
            return
        recorder, self._recorder = self._recorder, None
        await end(self._staying, self._looking)
        await asyncio.to_thread(recorder.close)
        await self._news.join()
        await end(self._writing)

    def sound(self, utterance: UtteranceId) -> bytes | None:
        """An utterance that is still in memory."""
        return self._recorder.fresh(utterance) if self._recorder else None

    def speaking(self) -> list[Speech]:
        """Utterances that are not over, so far."""
        return self._recorder.open() if self._recorder else []

    async def pause(self) -> None:
        """Recess or closed doors: stop, and let the log know all that was recorded until then. Nothing is written."""
        await self._rest(self._hand.meeting.interludes.silent_since)

    async def finish(self) -> None:
        """The session is over: stop, and let the log know all that the recording holds."""
        await self._rest(self._hand.meeting.adjourned)

    async def _rest(self, until: datetime | None) -> None:
        await self.close()
        if self._hand.meeting.recording.running:
            for news in await asyncio.to_thread(self._kept, until):
                await self._note(news)
            await self._hand.note(c.StopRecording)

    def _start(self, room: Room) -> None:
        loop = asyncio.get_running_loop()
        resumed, started = self._folder.is_dir(), datetime.now(UTC)
        self._recorder = Recorder(
            self._folder,
            may_record=self._may_record(),
            on_utterance=lambda said: _hand_over(loop, self._news, said),
            on_trouble=lambda trouble: _hand_over(loop, self._news, trouble),
        )
        self._staying = loop.create_task(stay(room, self._recorder), name=f"recording {self._hand.id}")
        self._writing = loop.create_task(self._write(), name=f"utterances {self._hand.id}")
        if resumed:
            self._looking = loop.create_task(self._look_back(started), name=f"resumed {self._hand.id}")

    def _may_record(self) -> Callable[[int], bool]:
        """Those who sit in the council and did not decline, while the session is public: from the very packet on."""
        meetings = self._hand.council.meetings()
        no = declined(one.consent for one in meetings if one.id != self._hand.id)
        seats = {int(seat.member) for seat in self._hand.meeting.attendance.roster if seat.member.isdecimal()}

        def may(user: int) -> bool:
            meeting, member = self._hand.meeting, MemberId(str(user))
            _, refused = meeting.consent.words.get(member, (None, member in no))
            return user in seats and not refused and meeting.interludes.silent_since is None

        return may

    async def _look_back(self, started: datetime) -> None:
        """Once we listen again: what an earlier run recorded and a crash kept from the log, and the hole between."""
        for _ in range(LOOKS):
            kept = await asyncio.to_thread(self._kept)
            if any(isinstance(one, Hole) and one.end >= started for one in kept):
                break
            await asyncio.sleep(RETRY)
        for news in kept:
            if news.start < started:  # what is being said now is noted when it is over
                self._news.put_nowait(news)

    def _kept(self, until: datetime | None = None) -> list[Utterance | Hole]:
        """All that lies in the recording so far, and what lacks there; `until` is when it should have ended."""
        return [*utterances(self._folder), *holes(self._folder, until)]

    async def _write(self) -> None:
        """Word of the recording, in its order. The log may refuse (a full disk): the recording has it, we ask again."""
        while True:
            news = await self._news.get()
            while True:
                try:
                    await self._note(news)
                    break
                except Exception:
                    _log.warning("the log did not take %s; asking again", news, exc_info=True)
                    await asyncio.sleep(RETRY)
            self._news.task_done()

    async def _note(self, news: News) -> None:
        match news:
            case Trouble():
                await self._hand.note(c.NoteTrouble, code=news.ill.value)
            case Hole(start=start, end=end):
                cause = f"hole:{start.isoformat()}"
                await self._hand.note(c.NoteInterruption, cause=cause, start=start, end=end)
            case Utterance(start=start, end=end):
                key, member = UtteranceId(news.id), MemberId(str(news.user_id))
                await self._hand.note(c.NoteUtterance, utterance=key, member=member, start=start, end=end)


def _hand_over(loop: asyncio.AbstractEventLoop, news: "asyncio.Queue[News]", one: News) -> None:
    """The recorder speaks from whatever thread it is ticked or closed in."""
    loop.call_soon_threadsafe(news.put_nowait, one)
