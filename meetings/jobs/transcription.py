"""Utterances get their words: what the log says was spoken, minus what it says was transcribed."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from meetings.council import Council
from meetings.domain.commands import NoteTranscript
from meetings.domain.events import MeetingId, UtteranceId, UtteranceRecorded
from meetings.domain.meeting import Meeting
from meetings.log.codec import canonical
from meetings.log.store import Words
from meetings.recording import RecordingError
from meetings.recording.errors import Code
from meetings.recording.utterances import speeches
from meetings.schedule import utc_now
from transcribe.engine import Job, Transcript
from transcribe.errors import TranscribeError

logger = logging.getLogger(__name__)


Sound = Callable[[MeetingId, UtteranceRecorded], bytes]
"""Gives an utterance as an Ogg/Opus file. Blocks. Raises OSError or RecordingError."""


class Transcriber(Protocol):
    """Who can turn one utterance into words (`transcribe.pool.Pool` is one)."""

    async def submit(self, job: Job, /) -> Transcript:
        """The words of one job. Raises TranscribeError."""
        ...


def from_journal(recordings: Path) -> Sound:
    """Utterances out of the journals: one folder a meeting, named by its id, in `recordings`."""

    def sound(meeting: MeetingId, spoken: UtteranceRecorded) -> bytes:
        folder = recordings / meeting
        for speech in speeches(folder, int(spoken.member)):
            if speech.utterance.id == spoken.utterance:
                return speech.audio()
        raise RecordingError(Code.UNKNOWN_UTTERANCE, folder)

    return sound


class Transcription:
    """Sends every utterance without words to the transcriber, as it comes, and what failed again at the next start.

    `model` is the speech model's name, for the minutes.
    """

    def __init__(
        self,
        council: Council,
        transcriber: Transcriber,
        sound: Sound,
        model: str,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._council, self._transcriber, self._sound, self._model, self._now = council, transcriber, sound, model, now
        self._begun: set[UtteranceId] = set()
        self.failed: set[UtteranceId] = set()

    async def run(self) -> None:
        """Work as the log says, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            with self._council.feed.subscribe() as bell:
                while await bell.wait():
                    bell.clear()
                    for meeting in self._council.meetings():
                        for spoken in meeting.recording.pending():
                            if spoken.utterance not in self._begun:
                                self._begun.add(spoken.utterance)
                                tasks.create_task(self._transcribe(meeting, spoken))

    async def catch_up(self, meeting: MeetingId) -> int:
        """Transcribe what one meeting still lacks, and say how many utterances got their words."""
        state = self._council.meeting(meeting)
        pending = state.recording.pending()
        await asyncio.gather(*(self._transcribe(state, spoken) for spoken in pending))
        return sum(spoken.utterance not in self.failed for spoken in pending)

    def settled(self, meeting: Meeting) -> bool:
        """Whether no word of this meeting is still to come."""
        return all(spoken.utterance in self.failed for spoken in meeting.recording.pending())

    async def _transcribe(self, meeting: Meeting, spoken: UtteranceRecorded) -> None:
        language = meeting.plan.lang if meeting.plan else None
        try:
            audio = await asyncio.to_thread(self._sound, meeting.id, spoken)
            heard = await self._transcriber.submit(Job(spoken.utterance, audio, language))
        except (TranscribeError, RecordingError, OSError) as error:
            logger.error("utterance %s stays without words, its sound is kept: %s", spoken.utterance, error)
            self.failed.add(spoken.utterance)
            self._council.feed.ring()
            return
        await self._keep(meeting.id, spoken, heard)

    async def _keep(self, meeting: MeetingId, spoken: UtteranceRecorded, heard: Transcript) -> None:
        said = Words(spoken.utterance, heard.text, heard.language, heard.logprob, doubtful=heard.doubtful)
        await asyncio.to_thread(self._council.log.put_words, meeting, said)
        digest = hashlib.sha256(canonical([said.utterance, said.text, said.language]).encode()).hexdigest()
        command = NoteTranscript(
            meeting=meeting,
            at=self._now(),
            cause=f"transcript:{spoken.utterance}:{digest[:16]}",
            utterance=spoken.utterance,
            digest=digest,
            model=self._model,
        )
        await self._council.handle(command)
