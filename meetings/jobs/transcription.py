"""Utterances get their words: what the log says was spoken, minus what it says was transcribed."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from meetings.council import Council, insist
from meetings.domain.commands import NoteTranscript
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import MeetingId, UtteranceId
from meetings.jobs.echoing import Echoing
from meetings.jobs.sounds import Sounds
from meetings.log.codec import canonical
from meetings.log.store import Words
from meetings.recording import RecordingError
from meetings.schedule import utc_now
from transcribe.engine import Job, Transcript
from transcribe.errors import AudioUnreadable, TranscribeError

logger = logging.getLogger(__name__)


class Transcriber(Protocol):
    """Who can turn one utterance into words (`transcribe.pool.Pool` is one)."""

    async def submit(self, job: Job, /) -> Transcript:
        """The words of one job. Raises TranscribeError."""
        ...


class Settled(Protocol):
    """Who knows whether words are still to come."""

    def settled(self, meeting: Meeting, /) -> bool:
        """Whether none of this meeting is."""
        ...


class Transcription:
    """Sends every utterance without words to the transcriber, as it comes, and what failed again at the next start.

    What turns out to be what another microphone had of a voice gets no words: see `Echoing`.
    `model` is the speech model's name, for the minutes; `terms` gives words to be spelled right, and may block.
    """

    def __init__(
        self,
        council: Council,
        transcriber: Transcriber,
        sounds: Sounds,
        model: str,
        now: Callable[[], datetime] = utc_now,
        terms: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._council, self._transcriber, self._sounds = council, transcriber, sounds
        self._model, self._now, self._terms = model, now, terms
        self._echoing = Echoing(council, sounds, now)
        self._begun: set[UtteranceId] = set()
        self.failed: set[UtteranceId] = set()

    async def run(self) -> None:
        """Work as the log says, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            with self._council.feed.subscribe() as bell:
                while await bell.wait():
                    bell.clear()
                    for meeting in self._council.meetings():
                        new = [spoken for spoken in meeting.pending() if spoken.utterance not in self._begun]
                        if new:
                            self._begun |= {spoken.utterance for spoken in new}
                            tasks.create_task(self._transcribe(meeting, new))

    async def catch_up(self, meeting: MeetingId) -> int:
        """Transcribe what one meeting still lacks, and say how many utterances got their words."""
        state = self._council.meeting(meeting)
        pending = state.pending()
        await self._transcribe(state, pending)
        echoes = self._council.meeting(meeting).review.echoes()
        return sum(spoken.utterance not in self.failed | echoes for spoken in pending)

    def settled(self, meeting: Meeting) -> bool:
        """Whether no word of this meeting is still to come."""
        return all(spoken.utterance in self.failed for spoken in meeting.pending())

    async def _transcribe(self, meeting: Meeting, pending: Sequence[UtteranceRecorded]) -> None:
        try:
            sounds = await asyncio.to_thread(self._sounds, meeting.id, {spoken.utterance for spoken in pending})
        except (OSError, RecordingError) as error:
            logger.error("the recording of %s cannot be read: %s", meeting.id, error)
            sounds = {}
        await self._echoing.look(meeting.id, sounds)
        terms, echoes = await asyncio.to_thread(self._terms), self._council.meeting(meeting.id).review.echoes()
        told = [spoken for spoken in pending if spoken.utterance not in echoes]
        self._begun -= echoes  # should somebody take one in, it gets its words
        await asyncio.gather(*(self._hear(meeting, spoken, sounds.get(spoken.utterance), terms) for spoken in told))

    async def _hear(
        self, meeting: Meeting, spoken: UtteranceRecorded, sound: bytes | None, terms: tuple[str, ...]
    ) -> None:
        try:
            if sound is None:
                raise AudioUnreadable("The recording does not hold it.")
            heard = await self._transcriber.submit(job_of(meeting, spoken.utterance, sound, terms))
        except TranscribeError as error:
            logger.error("utterance %s stays without words: %s", spoken.utterance, error)
            self.failed.add(spoken.utterance)
            self._council.feed.ring()
        else:
            if not await keep(self._council, meeting.id, heard, self._model, self._now):
                self.failed.add(spoken.utterance)


def job_of(meeting: Meeting, key: str, sound: bytes, terms: tuple[str, ...] = ()) -> Job:
    """What a transcriber is asked about an utterance of a meeting."""
    language = meeting.plan.lang if meeting.plan else None
    return Job(key, sound, language, terms=terms, late=meeting.phase is Phase.ADJOURNED)


async def keep(
    council: Council, meeting: MeetingId, heard: Transcript, model: str, now: Callable[[], datetime] = utc_now
) -> bool:
    """Keep an utterance's words, in place of earlier ones, and note their digest in the log, however long it takes.

    Not of a member who was erased meanwhile: then it says so.
    """
    state = council.meeting(meeting)
    if state.recording.utterances[UtteranceId(heard.key)].member in state.erasures.since:
        return False
    said = Words(UtteranceId(heard.key), heard.text, heard.language, heard.logprob, doubtful=heard.doubtful)
    digest = hashlib.sha256(canonical([said.utterance, said.text, said.language]).encode()).hexdigest()

    async def write() -> None:
        await asyncio.to_thread(council.log.put_words, meeting, said)
        command = NoteTranscript(
            meeting=meeting,
            at=now(),
            cause=f"transcript:{said.utterance}:{digest[:16]}",
            utterance=said.utterance,
            digest=digest,
            model=model,
        )
        await council.handle(command)

    await insist(write)
    return True
