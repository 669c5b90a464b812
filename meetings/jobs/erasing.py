"""A member is forgotten, on their own demand (RGPD art. 17): name, words, voice, drafts; the council's acts stay.

What the law has kept stays: minutes approved, signed and published are public archives (art. 17.3 b and d; Code du
patrimoine, L212-1), and the chain says under the member's number who was there and what they voted openly. It is done
as the log says, minus what is done: cut short at any point, it goes on at the next start.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from meetings.council import Council, insist
from meetings.domain.commands import AskErasure, NoteErasure
from meetings.domain.erasure import ErasureAsked
from meetings.domain.erasures import forgotten
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.refusals import Refusal
from meetings.domain.review import LineId
from meetings.domain.values import MemberId, UtteranceId
from meetings.i18n import Translator, translator
from meetings.jobs import summarising
from meetings.jobs.vocabulary import Vocabulary
from meetings.log import erasure
from meetings.log.requests import asked_of
from meetings.log.search import Search
from meetings.log.store import NotWrittenError, Words
from meetings.minutes import versions
from meetings.minutes.signing import digest
from meetings.minutes.sources import Words as Said
from meetings.recording.erasing import erase
from meetings.schedule import utc_now

logger = logging.getLogger(__name__)

AGAIN = 30.0
"""Seconds until what a busy database or a full disk refused is tried again."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is of a member: meetings, utterances and requests that would go; approved minutes that would stay."""

    meetings: tuple[Meeting, ...]
    utterances: int
    requests: int
    approved: int


def holdings(council: Council, member: MemberId) -> Holdings:
    """What the council has of a member, running sessions apart. Blocks."""
    meetings = tuple(one for one in council.meetings() if _touches(one, member))
    return Holdings(
        meetings,
        sum(spoken.member == member for one in meetings for spoken in one.recording.utterances.values()),
        sum(asked.member == member for one in meetings for asked in asked_of(council.log, one.id).values()),
        sum(one.path.approval is not None for one in meetings),
    )


def demands(council: Council, member: MemberId, by: MemberId | None, cause: str = "") -> list[AskErasure]:
    """What is to be asked of the council, meeting by meeting, that a member be erased. Blocks."""
    name = council.log.names().get(member, "")
    return [
        AskErasure(
            meeting=one.id,
            at=utc_now(),
            by=by,
            cause=cause,
            member=member,
            # what is to come is read from the calendar, again and again: the name is to be taken out there
            rows=erasure.redactions(council.log, one.id, member, "" if one.phase is Phase.PLANNED else name),
        )
        for one in holdings(council, member).meetings
        if all(asked.member != member for asked in one.erasures.pending)
    ]


class Erasing:
    """Does what was asked. Sounds lie in `recordings`, minutes in `documents`, a folder a meeting each; `sweep` empties
    where sounds lie on their way to other machines."""

    def __init__(
        self,
        council: Council,
        recordings: Path,
        documents: Path,
        now: Callable[[], datetime] = utc_now,
        sweep: Callable[[], None] = lambda: None,
    ) -> None:
        self._council, self._recordings, self._documents, self._now = council, recordings, documents, now
        self._sweep = sweep

    async def run(self) -> None:
        """Work as the log says, until cancelled."""
        with self._council.feed.subscribe() as bell:
            while await bell.wait():
                bell.clear()
                try:
                    await self.settle()
                except (OSError, NotWrittenError):
                    logger.exception("an erasure could not be done yet; it goes on")
                    asyncio.get_running_loop().call_later(AGAIN, bell.set)

    async def settle(self) -> None:
        """Do all that was asked. Raises OSError, NotWrittenError; what is left is done next time."""
        asked = [(one, each) for one in self._council.meetings() for each in one.erasures.pending]
        for member in dict.fromkeys(each.member for _, each in asked):
            async with self._council.papers:
                await self._forget(member, [(one, each) for one, each in asked if each.member == member])

    async def _forget(self, member: MemberId, asked: list[tuple[Meeting, ErasureAsked]]) -> None:
        """The name goes last: until then it says where else it stands."""
        log, meetings = self._council.log, [one.id for one, _ in asked]
        done = [await asyncio.to_thread(self._erased, one, each) for one, each in asked]
        await asyncio.to_thread(self._sweep)
        name, called = log.names().get(member, ""), self._called(member)
        if name and name != called:
            await asyncio.to_thread(erasure.rename, log, meetings, name, called)
            await asyncio.to_thread(self._unlearn, name)
            await asyncio.to_thread(log.remember, {member: called})
        await asyncio.to_thread(erasure.scrub, log)
        for note in done:
            outcome = await insist(partial(self._council.handle, note))
            if isinstance(outcome, Refusal):
                logger.warning("the erasure from %s was refused: %s", note.meeting, outcome.code)
            await self._council.reread(note.meeting)
        logger.info("a member was erased from %d meetings", len(done))

    def _erased(self, meeting: Meeting, asked: ErasureAsked) -> NoteErasure:
        member, log, folder = asked.member, self._council.log, self._recordings / meeting.id
        requests = [key for key, one in meeting.path.requests.items() if one.asked.member == member]
        erasure.forget(log, meeting.id, lines_of(meeting, member), requests, asked.rows)
        Search(log).forget(meeting.id)
        if member.isdecimal():
            erase(folder, int(member))
        summarising.forget(self._documents / meeting.id)
        _drop_drafts(self._documents / meeting.id, meeting.path.approval.digest if meeting.path.approval else "")
        since = meeting.erasures.since[member].isoformat()
        return NoteErasure(meeting=meeting.id, at=self._now(), cause=f"erased:{member}:{since}", member=member)

    def _unlearn(self, name: str) -> None:
        """The transcription is no longer told how the name is spelled."""
        vocabulary, words = Vocabulary(self._documents.parent), set(name.casefold().split())
        for term in vocabulary.terms():
            if words & set(term.casefold().split()):
                vocabulary.forget(term)

    def _called(self, member: MemberId) -> str:
        meetings = self._council.meetings()
        return pseudonyms(meetings, translator(_language(meetings)))[member]


def lines_of(meeting: Meeting, member: MemberId) -> set[LineId]:
    """The lines that ever were a member's, those that repeat one, and those into which one of them was merged."""
    review = meeting.review
    own = {LineId(key) for key, spoken in meeting.recording.utterances.items() if spoken.member == member}
    states = [line for act in review.acts.values() for line in (*act.before.values(), *act.after.values())]
    own |= {line.id for line in states if line.member == member}
    own |= {key for key in map(LineId, review.echoes()) if review.touched[key].of in own}  # their voice, in another's
    while more := {line.into for line in states if line.id in own and line.into} - own:
        own |= more
    return own


def pseudonyms(meetings: Iterable[Meeting], t: Translator) -> dict[MemberId, str]:
    """What each erased member is called, in the order of their erasure."""
    since: dict[MemberId, datetime] = {}
    for meeting in meetings:
        for member, at in meeting.erasures.since.items():
            since[member] = min(at, since.get(member, at))
    order = sorted(since, key=lambda member: (since[member], member))
    return {member: t("privacy.erased-member", number=place) for place, member in enumerate(order, 1)}


def unnamed(council: Council) -> frozenset[MemberId]:
    """Whose name is not to be known again: they were erased, and came to no meeting since."""
    return frozenset(forgotten((one.erasures, one.attendance) for one in council.meetings()))


def silenced(meeting: Meeting, words: Mapping[UtteranceId, Said], t: Translator) -> dict[UtteranceId, Said]:
    """The words of a meeting for its minutes: in the place of those erased, once a turn, that they were."""
    said, before = dict(words), None
    gone = lines_of_all(meeting)
    for spoken in sorted(meeting.recording.utterances.values(), key=lambda one: (one.start, one.utterance)):
        if LineId(spoken.utterance) in gone:
            text = "" if before == spoken.member else t("privacy.erased-words")
            said[spoken.utterance] = Words(spoken.utterance, text, t.lang)
        before = spoken.member
    return said


def lines_of_all(meeting: Meeting) -> set[LineId]:
    """The lines of every member erased."""
    return {line for member in meeting.erasures.since for line in lines_of(meeting, member)}


def _touches(meeting: Meeting, member: MemberId) -> bool:
    if meeting.phase in {Phase.UNPLANNED, Phase.CONVENED, Phase.OPEN} or meeting.recording.running:
        return False
    return (
        meeting.attendance.seat(member) is not None
        or any(spoken.member == member for spoken in meeting.recording.utterances.values())
        or any(one.by == member for one in meeting.standing.proposals)
    )


def _drop_drafts(folder: Path, approved: str) -> None:
    """Delete the drafts of minutes; of `approved` ones (a digest) all versions but that one. Raises OSError."""
    doomed = [path for path in folder.rglob("*") if path.is_file()]
    if approved:
        inner = folder / versions.FOLDER
        doomed = [path for path in doomed if inner in path.parents and not _is(path, approved)]
    for path in doomed:
        path.unlink()


def _is(path: Path, approved: str) -> bool:
    return path.suffix == ".json" and digest(path.read_bytes()) == approved


def _language(meetings: list[Meeting]) -> str:
    return next((one.plan.lang for one in reversed(meetings) if one.plan), "fr")
