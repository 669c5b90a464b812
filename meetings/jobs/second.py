"""A meeting that is over, heard again with a better model: until its draft is due, never over the secretary's hand."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from meetings.council import Council
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.review import LineId
from meetings.domain.values import MeetingId, UtteranceId
from meetings.jobs.sounds import Sounds
from meetings.jobs.transcription import Settled, Transcriber, keep
from meetings.log.store import Words
from meetings.recording import RecordingError
from meetings.schedule import utc_now
from transcribe.engine import Job, Transcript
from transcribe.errors import TranscribeError

logger = logging.getLogger(__name__)


class SecondPass:
    """Words that another model is surer of take the place of the first ones, as long as nobody corrected the line.

    `first` says when all is heard once; `better` opens what hears again, `model` is its name for the minutes. The draft
    waits until that is done, `within` a time of the adjournment at the latest: what is not heard again by then stays.
    """

    def __init__(
        self,
        council: Council,
        first: Settled,
        sounds: Sounds,
        better: Callable[[], AbstractAsyncContextManager[Transcriber]],
        model: str,
        within: timedelta,
        now: Callable[[], datetime] = utc_now,
        terms: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._council, self._first, self._sounds = council, first, sounds
        self._better, self._model, self._within, self._now, self._terms = better, model, within, now, terms
        self._done: set[MeetingId] = set()
        self._busy: MeetingId | None = None
        self._writing: set[asyncio.Task[bool]] = set()

    def settled(self, meeting: Meeting) -> bool:
        """Whether no word of this meeting will change any more by itself."""
        over = meeting.id in self._done or (self._left(meeting) <= 0 and self._busy != meeting.id)
        return over and self._first.settled(meeting)

    async def run(self) -> None:
        """Work as the log says, until cancelled."""
        with self._council.feed.subscribe() as bell:
            while await bell.wait():
                bell.clear()
                for meeting in self._council.meetings():
                    if self._wanted(meeting):
                        await self._hear(meeting)

    def _wanted(self, meeting: Meeting) -> bool:
        over = meeting.phase is Phase.ADJOURNED and not meeting.recording.running and not meeting.draft
        return over and meeting.id not in self._done and self._left(meeting) > 0 and self._first.settled(meeting)

    def _left(self, meeting: Meeting) -> float:
        """Seconds until the draft is due."""
        return (meeting.adjourned + self._within - self._now()).total_seconds() if meeting.adjourned else 0.0

    async def _hear(self, meeting: Meeting) -> None:
        self._busy = meeting.id
        try:
            async with asyncio.timeout(self._left(meeting)), self._better() as transcriber:
                await self._all(meeting, transcriber)
        except TimeoutError:
            logger.info("the draft of %s is due; what was not heard again stays as it was", meeting.id)
        except (TranscribeError, RecordingError, OSError) as error:
            logger.error("%s cannot be heard again: %s", meeting.id, error)
        finally:
            await asyncio.gather(*self._writing)
            self._busy = None
            self._done.add(meeting.id)
            self._council.feed.ring()

    async def _all(self, meeting: Meeting, transcriber: Transcriber) -> None:
        """Every utterance that may gain, those first of which the first model was least sure."""
        known = await asyncio.to_thread(self._council.log.words, meeting.id)
        heard = meeting.recording.transcribed
        again = [key for key, said in known.items() if said.text and key in heard and heard[key].model != self._model]
        again = sorted(
            (key for key in again if self._untouched(meeting.id, key)), key=lambda key: known[key].confidence
        )
        sounds = await asyncio.to_thread(self._sounds, meeting.id, set(again))
        terms, language = await asyncio.to_thread(self._terms), meeting.plan.lang if meeting.plan else None
        jobs = [Job(key, sounds[key], language, terms=terms, late=True) for key in again if key in sounds]
        await asyncio.gather(*(self._one(meeting.id, job, known[UtteranceId(job.key)], transcriber) for job in jobs))

    async def _one(self, meeting: MeetingId, job: Job, known: Words, transcriber: Transcriber) -> None:
        try:
            heard = await transcriber.submit(job)
        except TranscribeError as error:
            logger.info("utterance %s is not heard again: %s", job.key, error)
            return
        if _surer(heard, known) and self._untouched(meeting, known.utterance):
            writing = asyncio.create_task(keep(self._council, meeting, heard, self._model, self._now))
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)
            await asyncio.shield(writing)  # words and event belong together, whatever the hour

    def _untouched(self, meeting: MeetingId, key: UtteranceId) -> bool:
        return LineId(key) not in self._council.meeting(meeting).review.touched


def _surer(heard: Transcript, known: Words) -> bool:
    """Not doubtful where the first was; else of a higher mean log-probability."""
    return bool(heard.text) and (heard.doubtful, -heard.logprob) < (known.doubtful, -known.confidence)
