"""Words of who speaks at this moment, until those of the whole utterance are known: shown, and kept nowhere."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from meetings.council import Council
from meetings.domain.consent import declined
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MeetingId, MemberId, UtteranceId

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
        if not public(state):
            return
        kept = {one.utterance: (one, at) for one, at in self._standing(state)}
        self._words[meeting] = kept | {one.utterance: (one, now) for one in words}
        self._council.feed.ring()
        asyncio.get_running_loop().call_later(FADES, self._council.feed.ring)

    def of(self, meeting: Meeting) -> tuple[Provisional, ...]:
        """What may be shown: nothing in a recess or behind closed doors, of who declined, or that is known for good."""
        if not public(meeting):
            return ()
        unrecorded = declined(one.consent for one in self._council.meetings())
        return tuple(one for one, _ in self._standing(meeting) if one.member not in unrecorded)

    def _standing(self, meeting: Meeting) -> list[tuple[Provisional, float]]:
        """What got no final words yet and repeats nobody, with when it was heard."""
        known, now = meeting.recording.transcribed.keys() | meeting.review.echoes(), self._clock()
        words = self._words.get(meeting.id, {})
        return [(one, at) for key, (one, at) in words.items() if key not in known and now - at <= FADES]


def public(meeting: Meeting) -> bool:
    """Whether what is said now is for everybody: not in a recess, nor behind closed doors."""
    return meeting.phase is Phase.OPEN and meeting.interludes.silent_since is None
