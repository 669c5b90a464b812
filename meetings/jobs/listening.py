"""Hears people before they are done: words for now, and the final ones before it is known that they are.

Who falls silent may be done, so what was said is heard as if it were over. If the pause lasts, these are the words of
the utterance, and nothing is heard twice; if not, they are shown until there are others. What a member goes on to say
without a pause is heard in haste now and then. All of it is what the machine has to spare: nothing is asked for while
no worker is free, and a rest follows in proportion to what it took.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Protocol

from meetings.council import Council
from meetings.domain.consent import declined
from meetings.domain.meeting import Meeting
from meetings.domain.values import MeetingId, MemberId, UtteranceId
from meetings.jobs.saying import Provisional, Saying, public
from meetings.jobs.transcription import job_of
from meetings.recording import Speech
from transcribe.engine import Job, Transcript
from transcribe.errors import TranscribeError

logger = logging.getLogger(__name__)

LOOK = 0.1
"""Seconds between two looks at who speaks."""

FIRST, STEP = 2.0, 5.0
"""Seconds of an utterance before what was said since its last pause is heard in haste, and by which it must have grown
since it was heard at all.
"""

REST = 3.0
"""Times what one hearing took that follow without a hasty one: a quarter of a worker at most."""

PATIENCE = 0.5
"""Times what it took to hear an utterance that went on, until a pause in it is taken for its end again."""

FORGOTTEN = 60.0
"""Seconds after which nobody asks any more for what was heard ahead."""


class Spare(Protocol):
    """A transcriber that says when it has time (`transcribe.pool.Pool` is one)."""

    @property
    def idle(self) -> bool:
        """Whether a worker is free and nothing waits for it."""
        ...

    async def submit(self, job: Job, /) -> Transcript:
        """The words of one job. Raises TranscribeError."""
        ...


@dataclass(slots=True)
class _Past:
    """What was heard of an utterance: its first seconds, as a whole or in haste; when that whole may be tried again.

    Of the last whole that was heard, the words and the number of packets.
    """

    seconds: float = 0.0
    whole: bool = False
    again: float = 0.0
    text: str = ""
    packets: int = 0


class Listening:
    """A transcriber of what is over that knows the words of most of it already.

    `speaking` gives a meeting's utterances that are not over, `terms` the words to be spelled right, as they are given
    to `Transcription`. Without `partial` nobody is heard in haste, and no words are shown that are not final.
    """

    def __init__(
        self,
        council: Council,
        transcriber: Spare,
        speaking: Callable[[MeetingId], Sequence[Speech]],
        saying: Saying,
        terms: Callable[[], tuple[str, ...]] = tuple,
        *,
        partial: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._council, self._transcriber, self._speaking, self._saying = council, transcriber, speaking, saying
        self._terms, self._partial, self._clock = terms, partial, clock
        self._past: dict[str, _Past] = {}
        self._ahead: dict[str, tuple[Job, asyncio.Task[Transcript]]] = {}
        self._rested = 0.0
        self.hearings = self.foreseen = 0
        """How often something was heard before it was over, and how often it was over by then."""

    async def submit(self, job: Job) -> Transcript:
        """The words of an utterance that is over: those heard ahead, if it ended there. Raises TranscribeError."""
        asked, words = self._ahead.pop(job.key, (None, None))
        if words and asked == replace(job, late=False):
            await asyncio.wait([words])
            if not words.cancelled() and not words.exception():
                self.foreseen += 1
                return words.result()
        return await self._transcriber.submit(job)

    async def run(self) -> None:
        """Listen until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                await asyncio.sleep(LOOK)
                if due := self._due():
                    tasks.create_task(self._hear(*due))

    def _due(self) -> tuple[Meeting, Speech] | None:
        """What to hear now: of those who rest, who fell silent first; else, of those who speak, who was heard least."""
        live = (one for one in self._council.meetings() if one.recording.running and public(one))
        begun = [(meeting, speech) for meeting in live for speech in self._speaking(meeting.id)]
        self._past = {key: self._past.get(key, _Past()) for key in (speech.utterance.id for _, speech in begun)}
        if not self._transcriber.idle:
            return None
        rest = [one for one in begun if one[1].rests and self._may_be_over(one[1])]
        more = [one for one in begun if not one[1].rests and self._has_grown(one[1])]
        if rest:
            return min(rest, key=lambda one: one[1].utterance.end)
        return min(more, key=lambda one: self._past[one[1].utterance.id].seconds, default=None)

    def _may_be_over(self, speech: Speech) -> bool:
        past = self._past[speech.utterance.id]
        known = past.whole and past.seconds == _seconds(speech)
        return not known and self._clock() >= past.again

    def _has_grown(self, speech: Speech) -> bool:
        before = self._past[speech.utterance.id].seconds
        due = before + STEP if before else FIRST
        return self._partial and _seconds(speech) >= due and self._clock() >= self._rested

    async def _hear(self, meeting: Meeting, speech: Speech) -> None:
        past, began = self._past[speech.utterance.id], self._clock()
        past.seconds, past.whole, self._rested = _seconds(speech), speech.rests, inf
        past.again = inf if speech.rests else past.again
        before, since = ("", 0) if speech.rests else (past.text, past.packets)
        part = speech._replace(packets=speech.packets[since:])
        try:
            sound, terms = await asyncio.to_thread(part.audio), await asyncio.to_thread(self._terms)
            heard = await self._ask(self._council.meeting(meeting.id), speech, sound, terms)
        except TranscribeError as error:
            logger.info("what %s says is not heard yet: %s", speech.utterance.user_id, error)
        else:
            if heard and speech.rests:
                past.text, past.packets = heard.text, len(speech.packets)
            if heard and heard.text and self._partial:
                self._saying.put(meeting.id, replace(_who(speech), text=f"{before} {heard.text}".lstrip()))
        now = self._clock()
        self._rested = now + REST * (now - began)
        past.again = now + PATIENCE * (now - began) if speech.rests else past.again

    async def _ask(self, meeting: Meeting, speech: Speech, sound: bytes, terms: tuple[str, ...]) -> Transcript | None:
        """Hear it; not of whom nothing may be heard, nor what is over by now and waits for its words already."""
        who = _who(speech)
        unheard = declined(one.consent for one in self._council.meetings()) | meeting.erasures.since.keys()
        if not public(meeting) or who.member in unheard or who.utterance in meeting.recording.utterances:
            return None
        self.hearings += 1
        job = job_of(meeting, who.utterance, sound, terms)
        if not speech.rests:
            return await self._transcriber.submit(replace(job, late=True, hasty=True))
        words = asyncio.create_task(self._transcriber.submit(job))
        self._ahead[job.key] = job, words
        asyncio.get_running_loop().call_later(FORGOTTEN, self._forget, job.key, words)
        return await words

    def _forget(self, key: str, words: asyncio.Task[Transcript]) -> None:
        """Keep no sound of what became no utterance, or was another one by its end."""
        if self._ahead.get(key, (None, None))[1] is words:
            del self._ahead[key]


def _who(speech: Speech) -> Provisional:
    said = speech.utterance
    return Provisional(UtteranceId(said.id), MemberId(str(said.user_id)), said.start, "")


def _seconds(speech: Speech) -> float:
    return (speech.utterance.end - speech.utterance.start).total_seconds()
