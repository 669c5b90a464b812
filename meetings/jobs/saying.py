"""Words of who speaks at this moment: heard again and again until the utterance is over, shown, and kept nowhere.

They cost what the machine has to spare: one utterance at a time, only while nothing waits to be transcribed, and after
each a rest in proportion to what it took.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from meetings.council import Council
from meetings.domain.consent import declined
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MeetingId, MemberId, UtteranceId
from meetings.recording import Speech
from transcribe.engine import Job, Transcript
from transcribe.errors import TranscribeError

logger = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks at who speaks."""

FIRST, STEP, GROWTH = 2.0, 3.0, 1.3
"""Seconds of an utterance before it is first heard; by which, and by which factor, it grows until it is heard again."""

REST = 3.0
"""Times what one hearing took that follow without another: a quarter of a worker at most."""

FADES = 20.0
"""Seconds after which words whose utterance is over, and got no others, are shown no more."""


@dataclass(frozen=True, slots=True)
class Provisional:
    """What a member has said so far in an utterance that began at `start`."""

    utterance: UtteranceId
    member: MemberId
    start: datetime
    text: str


class Saying:
    """Provisional words by meeting. Whoever shows them asks `of`, when the council's feed rings."""

    def __init__(self, council: Council, clock: Callable[[], float] = time.monotonic) -> None:
        self._council, self._clock = council, clock
        self._words: dict[MeetingId, dict[UtteranceId, tuple[Provisional, float]]] = {}

    def put(self, meeting: MeetingId, *words: Provisional) -> None:
        """What is being said now, as far as it was heard; in place of what was heard of the same utterances before."""
        state, now = self._council.meeting(meeting), self._clock()
        if not _public(state):
            return
        kept = {one.utterance: (one, at) for one, at in self._standing(state)}
        self._words[meeting] = kept | {one.utterance: (one, now) for one in words}
        self._council.feed.ring()
        asyncio.get_running_loop().call_later(FADES, self._council.feed.ring)

    def of(self, meeting: Meeting) -> tuple[Provisional, ...]:
        """What may be shown: nothing in a recess or behind closed doors, of who declined, or that is known for good."""
        if not _public(meeting):
            return ()
        unrecorded = declined(one.consent for one in self._council.meetings())
        return tuple(one for one, _ in self._standing(meeting) if one.member not in unrecorded)

    def _standing(self, meeting: Meeting) -> list[tuple[Provisional, float]]:
        """What got no final words yet, with when it was heard."""
        known, now = meeting.recording.transcribed, self._clock()
        words = self._words.get(meeting.id, {})
        return [(one, at) for key, (one, at) in words.items() if key not in known and now - at <= FADES]


class Spare(Protocol):
    """A transcriber that says when it has time (`transcribe.pool.Pool` is one)."""

    @property
    def idle(self) -> bool:
        """Whether nothing waits."""
        ...

    async def submit(self, job: Job, /) -> Transcript:
        """The words of one job. Raises TranscribeError."""
        ...


class Listening:
    """Keeps `saying` up with who speaks. `speaking` gives a meeting's utterances that are not over."""

    def __init__(
        self,
        council: Council,
        transcriber: Spare,
        speaking: Callable[[MeetingId], Sequence[Speech]],
        saying: Saying,
    ) -> None:
        self._council, self._transcriber, self._speaking, self._saying = council, transcriber, speaking, saying
        self._heard: dict[str, float] = {}
        self.hearings, self.spent = 0, 0.0
        """How often something was heard, and the seconds that took."""

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            for meeting in self._council.meetings():
                if meeting.phase is Phase.OPEN and meeting.recording.running:
                    await self._listen(meeting)

    async def _listen(self, meeting: Meeting) -> None:
        speaking = self._speaking(meeting.id)
        due = [one for one in speaking if _length(one) >= self._next(one)]
        if not due or not self._transcriber.idle:
            return
        speech = min(due, key=lambda one: self._heard.get(one.utterance.id, 0.0))
        self._heard = {one.utterance.id: self._heard.get(one.utterance.id, 0.0) for one in speaking}
        self._heard[speech.utterance.id] = _length(speech)
        began = time.monotonic()
        await self._hear(meeting, speech)
        took = time.monotonic() - began
        self.hearings, self.spent = self.hearings + 1, self.spent + took
        await asyncio.sleep(REST * took)

    def _next(self, speech: Speech) -> float:
        """Seconds at which an utterance is due to be heard again."""
        before = self._heard.get(speech.utterance.id)
        return FIRST if before is None else max(before + STEP, before * GROWTH)

    async def _hear(self, meeting: Meeting, speech: Speech) -> None:
        language = meeting.plan.lang if meeting.plan else None
        utterance, sound = speech.utterance, await asyncio.to_thread(speech.audio)
        try:
            heard = await self._transcriber.submit(Job(utterance.id, sound, language, late=True, hasty=True))
        except TranscribeError as error:
            logger.info("what %s says is not heard yet: %s", utterance.user_id, error)
            return
        if heard.text:
            key, member = UtteranceId(utterance.id), MemberId(str(utterance.user_id))
            self._saying.put(meeting.id, Provisional(key, member, utterance.start, heard.text))


def _public(meeting: Meeting) -> bool:
    return meeting.phase is Phase.OPEN and meeting.interludes.silent_since is None


def _length(speech: Speech) -> float:
    return (speech.utterance.end - speech.utterance.start).total_seconds()
