"""Voices of a meeting: each speaker's track, drawn from the journal when it is first asked for.

Tracks lie inside the recording's own folder, so that whoever deletes a recording deletes them.
"""

import asyncio
import logging
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute

from meetings.domain.meeting import Meeting
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import MeetingId, MemberId
from meetings.recording import RecordingError, render
from meetings.recording.journal import segments
from meetings.web.access import Door, listeners
from meetings.web.house import House
from meetings.web.pages import page

logger = logging.getLogger(__name__)

TRACKS = "tracks"


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [Door("/meetings/{meeting}/voices/{member}.ogg", voice, listeners)]


class Voices:
    """The tracks of every meeting whose recording is there and closed."""

    def __init__(self, house: House) -> None:
        self._folder = house.recordings
        self._drawing: defaultdict[MeetingId, asyncio.Lock] = defaultdict(asyncio.Lock)

    def start(self, meeting: Meeting) -> datetime | None:
        """The instant of a track's time 0; None where no sound is kept."""
        return next((one.anchor for one in segments(self._folder / meeting.id)), None)

    def address(self, meeting: Meeting, spoken: UtteranceRecorded) -> str:
        """Where an utterance is heard (a media fragment, in seconds); empty where no sound is kept."""
        start = self.start(meeting)
        if start is None or meeting.recording.running:
            return ""
        since, until = ((at - start).total_seconds() for at in (spoken.start, spoken.end))
        return f"/meetings/{meeting.id}/voices/{spoken.member}.ogg#t={max(since, 0):.2f},{max(until, 0):.2f}"

    async def track(self, meeting: Meeting, member: MemberId) -> Path | None:
        """A member's track. A recording that runs has none yet."""
        folder = self._folder / meeting.id
        journals = [one.path for one in segments(folder)]
        if not journals or meeting.recording.running or meeting.attendance.seat(member) is None:
            return None
        path = folder / TRACKS / f"{member}.ogg"
        async with self._drawing[meeting.id]:
            drawn = folder / TRACKS / "drawn"
            newest = max(journal.stat().st_mtime for journal in journals)
            if not drawn.exists() or drawn.stat().st_mtime < newest:
                await _draw(folder, drawn)
        return path if path.is_file() else None


async def _draw(folder: Path, drawn: Path) -> None:
    """Draw all tracks, in a process of its own: hours of packets would hold up the meeting being held."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as artist:
        try:
            await asyncio.get_running_loop().run_in_executor(artist, render, folder, folder / TRACKS)
            await asyncio.to_thread(drawn.touch)
        except RecordingError as error:
            logger.error("no voice can be drawn from %s: %s", folder, error)


async def voice(request: Request) -> Response:
    """A speaker's track; ranges of it where a player asks for them."""
    voices: Voices = request.app.state.voices
    meeting = request.app.state.shelf.find(request.path_params["meeting"])
    path = await voices.track(meeting, MemberId(request.path_params["member"])) if meeting else None
    if path is None:
        return page(request, "absent.html.j2", status=404)
    return FileResponse(path, media_type="audio/ogg", headers={"Cache-Control": "private, no-cache"})
