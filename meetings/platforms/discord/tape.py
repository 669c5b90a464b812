"""One meeting's recording: from the room to the folder, and word of it to the log."""

import asyncio
import errno
import logging
from datetime import UTC, datetime
from pathlib import Path

from meetings.domain import commands as c
from meetings.domain.events import MemberId, UtteranceId
from meetings.platforms.discord.premises import Room
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.voice import RecordingClient, stay
from meetings.recording import Recorder, Trouble, Utterance, holes, utterances

_log = logging.getLogger(__name__)

RETRY = 1.0
"""Seconds until the log is asked again to take what was recorded."""


class Tape:
    """Records while the session is open, and notes utterances, holes and troubles, each once.

    What a crash kept from the log is found again in the recording itself: an utterance's id comes from its speaker and
    its start, a hole is known by its start.
    """

    def __init__(self, hand: Stagehand, folder: Path) -> None:
        self._hand, self._folder = hand, folder
        self._recorder: Recorder | None = None
        self._started = datetime.now(UTC)
        self._staying: asyncio.Task[None] | None = None
        self._writing: asyncio.Task[None] | None = None
        self._news: asyncio.Queue[Utterance | Trouble] = asyncio.Queue()
        self._resumed = False

    async def run(self, room: Room) -> None:
        """Record from now on, into the same recording as before. Raises RecordingError."""
        if self._recorder is None:
            self._start(room)
        if not self._hand.meeting.recording.running:
            await self._hand.note(c.StartRecording)
        client = room.guild.voice_client
        if self._resumed and isinstance(client, RecordingClient) and client.is_connected():
            self._resumed = not await self._catch_up(before=self._started)

    async def close(self) -> None:
        """Stop recording; what was being said is closed and noted. The log still says that the session is recorded."""
        if self._recorder is None:
            return
        recorder, self._recorder = self._recorder, None
        await _cancel(self._staying)
        await asyncio.to_thread(recorder.close)
        await self._news.join()
        await _cancel(self._writing)

    async def finish(self) -> None:
        """The session is over: stop, and let the log know all that the recording holds."""
        await self.close()
        if self._hand.meeting.recording.running:
            await self._catch_up(before=datetime.now(UTC))
            await self._hand.note(c.StopRecording)

    def _start(self, room: Room) -> None:
        loop = asyncio.get_running_loop()
        resumed, self._started = self._folder.is_dir(), datetime.now(UTC)
        self._recorder = Recorder(
            self._folder,
            may_record=self._seats().__contains__,
            on_utterance=lambda said: _hand_over(loop, self._news, said),
            on_trouble=lambda trouble: _hand_over(loop, self._news, trouble),
        )
        self._resumed = resumed
        self._staying = loop.create_task(stay(room, self._recorder), name=f"recording {self._hand.id}")
        self._writing = loop.create_task(self._write(), name=f"utterances {self._hand.id}")

    def _seats(self) -> frozenset[int]:
        """Who may be recorded: those who sit in the council. A visitor's voice is not kept."""
        return frozenset(int(seat.member) for seat in self._hand.meeting.attendance.roster if seat.member.isdecimal())

    async def _catch_up(self, before: datetime) -> bool:
        """Note what an earlier run recorded and a crash kept from the log; whether a hole was found."""
        for said in await asyncio.to_thread(utterances, self._folder):
            if said.start < before:
                await self._note(said)
        gaps = await asyncio.to_thread(holes, self._folder)
        for gap in gaps:
            cause = f"hole:{gap.start.isoformat()}"
            await self._hand.note(c.NoteInterruption, cause=cause, start=gap.start, end=gap.end)
        return bool(gaps)

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

    async def _note(self, news: Utterance | Trouble) -> None:
        if isinstance(news, Trouble):
            await self._hand.note(c.NoteTrouble, code=_code(news))
            return
        key, member = UtteranceId(news.id), MemberId(str(news.user_id))
        await self._hand.note(c.NoteUtterance, utterance=key, member=member, start=news.start, end=news.end)


def _code(trouble: Trouble) -> str:
    if trouble.over:
        return "disk-recovered"
    return "disk-full" if trouble.reason in {errno.ENOSPC, errno.EDQUOT} else "disk-refuses"


def _hand_over(
    loop: asyncio.AbstractEventLoop, news: "asyncio.Queue[Utterance | Trouble]", one: Utterance | Trouble
) -> None:
    """The recorder speaks from whatever thread it is ticked or closed in."""
    loop.call_soon_threadsafe(news.put_nowait, one)


async def _cancel(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
