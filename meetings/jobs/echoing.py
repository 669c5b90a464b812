"""One voice in two microphones is written once: what repeats another member's utterance is noted before it gets words.

Two members in one room, or a loudspeaker: each microphone has the voice of both. Only who speaks at the same time as
somebody else is looked at; whose utterance lies mostly over another's is compared with it, and the fainter of one voice
is an echo. What is not sure stays written. Nothing is kept but the log's word and, for the next comparison, prints.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from meetings.council import Council, insist
from meetings.domain.commands import NoteEcho
from meetings.domain.refusals import Refusal
from meetings.domain.review import LineId
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import MeetingId, UtteranceId
from meetings.jobs.sounds import Sounds
from meetings.recording import RecordingError
from transcribe.errors import AudioUnreadable

if TYPE_CHECKING:  # decoders and arrays are 60 MB that a meeting in which nobody is talked over never needs
    from transcribe.echoes import Print

logger = logging.getLogger(__name__)

SHORTEST = timedelta(seconds=1)
"""Of less nobody can tell whose voice it is."""

COVERED = 0.5
"""Of an utterance that another member talks over, for it to be compared: an echo is covered whole."""

REACH = timedelta(minutes=1)
"""Before an utterance, what may still lie over something that lies over it: each lasts 25 s at most."""

KEPT = 64
"""Prints kept for what may still come that lies over them: 40 kB each at most."""


class Pair(NamedTuple):
    """An utterance, and what one other member said meanwhile."""

    one: UtteranceRecorded
    over: tuple[UtteranceRecorded, ...]


class Found(NamedTuple):
    """That an utterance repeats another, and how alike they are, of 1."""

    likeness: float
    again: UtteranceId
    of: UtteranceId


class Echoing:
    """Has the log say which utterances repeat others. `sounds` gives those that are not at hand."""

    def __init__(self, council: Council, sounds: Sounds, now: Callable[[], datetime]) -> None:
        self._council, self._sounds, self._now = council, sounds, now
        self._prints: OrderedDict[tuple[MeetingId, UtteranceId], Print | None] = OrderedDict()
        self._one = asyncio.Lock()

    async def look(self, meeting: MeetingId, fresh: Mapping[UtteranceId, bytes]) -> None:
        """Compare these utterances of a meeting, of which the sounds are given, with all that lies over them."""
        if not pairs(self._council.meeting(meeting).spoken, fresh):
            return
        async with self._one:
            due = pairs(self._council.meeting(meeting).spoken, fresh)  # not what was found an echo meanwhile
            for found in await asyncio.to_thread(self._compared, meeting, due, fresh):
                await self._note(meeting, found)

    def _compared(self, meeting: MeetingId, due: Sequence[Pair], fresh: Mapping[UtteranceId, bytes]) -> list[Found]:
        """What is found, the surest first. Blocks."""
        prints = self._printed(meeting, {said.utterance for pair in due for said in (pair.one, *pair.over)}, fresh)
        found = [one for pair in due if (one := _found(pair, prints))]
        return sorted(found, reverse=True)

    def _printed(
        self, meeting: MeetingId, keys: set[UtteranceId], fresh: Mapping[UtteranceId, bytes]
    ) -> "dict[UtteranceId, Print]":
        """The prints of these utterances, of those that can be heard."""
        known = {key: self._prints.get((meeting, key)) for key in keys if (meeting, key) in self._prints}
        sounds = {key: fresh[key] for key in keys if key in fresh}
        try:
            if lacking := keys - known.keys() - sounds.keys():
                sounds |= self._sounds(meeting, lacking)
        except (OSError, RecordingError) as error:
            logger.error("the recording of %s cannot be read: %s", meeting, error)
        known |= {key: _print(sounds.get(key)) for key in keys if key not in known}
        self._prints |= {(meeting, key): known[key] for key in sorted(keys)}
        while len(self._prints) > KEPT:
            self._prints.popitem(last=False)
        return {key: one for key, one in known.items() if one is not None}

    async def _note(self, meeting: MeetingId, found: Found) -> None:
        voice = self._council.meeting(meeting).review.voice(LineId(found.of))
        note = NoteEcho(
            meeting=meeting,
            at=self._now(),
            cause=f"echo:{found.again}",
            utterance=found.again,
            of=UtteranceId(voice),
        )
        outcome = await insist(lambda: self._council.handle(note))
        if isinstance(outcome, Refusal):
            logger.info("%s stays written, though it is like %s: %s", found.again, found.of, outcome.code)


def pairs(said: Sequence[UtteranceRecorded], fresh: Collection[UtteranceId]) -> list[Pair]:
    """What may be an echo: whoever is talked over for long by one other member, where one of the two is `fresh`."""
    over: dict[tuple[UtteranceId, str], list[UtteranceRecorded]] = {}
    known: dict[UtteranceId, UtteranceRecorded] = {}
    lasting: list[UtteranceRecorded] = []
    since = min((one.start for one in said if one.utterance in fresh), default=datetime.max.replace(tzinfo=UTC))
    for later in sorted((one for one in said if one.end > since - REACH), key=lambda one: one.start):
        lasting = [one for one in lasting if one.end > later.start]
        for one in lasting:
            if one.member != later.member:
                over.setdefault((one.utterance, later.member), []).append(later)
                over.setdefault((later.utterance, one.member), []).append(one)
        lasting.append(later)
        known[later.utterance] = later
    found = [Pair(known[key], tuple(others)) for (key, _), others in over.items()]
    return [one for one in found if _touches(one, fresh) and _covers(one)]


def _touches(pair: Pair, fresh: Collection[UtteranceId]) -> bool:
    return any(said.utterance in fresh for said in (pair.one, *pair.over))


def _covers(pair: Pair) -> bool:
    lasts = pair.one.end - pair.one.start
    return lasts >= SHORTEST and sum((_shared(pair.one, one) for one in pair.over), timedelta()) >= lasts * COVERED


def _shared(one: UtteranceRecorded, other: UtteranceRecorded) -> timedelta:
    return min(one.end, other.end) - max(one.start, other.start)


def _found(pair: Pair, prints: "Mapping[UtteranceId, Print]") -> Found | None:
    """Whether it is an echo; then of that of the other's utterances which lies over most of it."""
    from transcribe.echoes import Sound, echoes, joined

    over = [one for one in pair.over if one.utterance in prints]
    if pair.one.utterance not in prints or not over:
        return None
    one, *others = (
        Sound(said.member, (said.start - pair.one.start).total_seconds(), prints[said.utterance])
        for said in (pair.one, *over)
    )
    echo = echoes([one, joined(others)]).get(0)
    of = max(over, key=lambda other: _shared(pair.one, other))
    return Found(echo.likeness, pair.one.utterance, of.utterance) if echo else None


def _print(sound: bytes | None) -> "Print | None":
    from transcribe.audio import decode
    from transcribe.echoes import fingerprint

    try:
        return fingerprint(decode(sound)) if sound else None
    except AudioUnreadable:
        return None  # its transcription says so
