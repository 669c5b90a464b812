"""Approved minutes get what follows: their last version, their signatures in one file, and the end of the sound.

Each is what the log says minus what is done, so that a crash between two steps loses none.
"""

import asyncio
import json
import logging
import shutil
from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from meetings.council import Council, insist
from meetings.domain.approving import audio_due, words_due
from meetings.domain.commands import NoteApproval, NoteAudioDeleted, NoteWordsDeleted, SignMinutes
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.refusals import Refusal
from meetings.domain.values import MeetingId, MemberId
from meetings.jobs.drafting import NAME, Typesetter
from meetings.log import erasure
from meetings.log.search import Search
from meetings.log.store import Log, NotWrittenError
from meetings.minutes import path, signing, versions
from meetings.minutes.document import Minutes, from_json
from meetings.minutes.stationery import PLAIN, Stationery
from meetings.schedule import utc_now

logger = logging.getLogger(__name__)

SIGNED = f"{NAME}.signed.json"
"""The document with its signatures, for anyone to verify."""

DAILY = 3600.0
"""Seconds between two looks at what has become too old to keep."""


class Adoption:
    """Works for every meeting. Sounds lie in `recordings`, minutes in `documents`, a folder a meeting each."""

    def __init__(
        self,
        council: Council,
        recordings: Path,
        documents: Path,
        zone: tzinfo,
        now: Callable[[], datetime] = utc_now,
        paper: Stationery = PLAIN,
    ) -> None:
        self._paper = paper
        self._council, self._recordings, self._documents = council, recordings, documents
        self._zone, self._now = zone, now

    async def run(self) -> None:
        """Work as the log and the calendar say, until cancelled."""
        with self._council.feed.subscribe() as bell:
            while await bell.wait():
                bell.clear()
                await self.settle()
                asyncio.get_running_loop().call_later(DAILY, bell.set)

    async def settle(self) -> None:
        """Do all that is due now; what one meeting's files refuse keeps nobody else waiting."""
        for step in (self._spread, self._finish, self._seal, self._silence, self._hush):
            for meeting in self._council.meetings():
                try:
                    await step(self._council.meeting(meeting.id))
                except (OSError, NotWrittenError):
                    logger.exception("what follows the approval of %s could not be done", meeting.id)

    async def _spread(self, meeting: Meeting) -> None:
        """What this meeting approved is noted where it belongs."""
        for approved, at in meeting.path.approves:
            if self._council.meeting(approved.of).path.approval is None:
                note = NoteApproval(
                    meeting=approved.of,
                    at=self._now(),
                    cause=f"approved:{meeting.id}:{approved.digest}",
                    digest=approved.digest,
                    during=meeting.id,
                    approved=at,
                    ballot=approved.ballot,
                )
                await self._noted(note)

    async def _finish(self, meeting: Meeting) -> None:
        """The approved version is rendered, saying so."""
        folder = self._documents / meeting.id
        if meeting.path.approval is None or _is_final(folder):
            return
        minutes = await asyncio.to_thread(final, self._council, self._documents, meeting, self._zone)
        if minutes:
            await Typesetter().write(minutes, folder, self._paper)

    async def _seal(self, meeting: Meeting) -> None:
        """The signatures that the log has lie beside the document."""
        target = self._documents / meeting.id / SIGNED
        if not meeting.path.signatures or _signed(target) == len(meeting.path.signatures):
            return  # what is signed stays as it is, whoever is called otherwise since
        names = await asyncio.to_thread(self._council.log.names)
        minutes = await asyncio.to_thread(final, self._council, self._documents, meeting, self._zone)
        content = signing.sealed(minutes, _signatures(meeting, names.__getitem__)) if minutes else ""
        if content and not (target.is_file() and target.read_text("utf-8") == content):
            part = target.with_suffix(".part")
            part.write_text(content, "utf-8")
            part.replace(target)

    async def _silence(self, meeting: Meeting) -> None:
        """The sound goes where the rules say so. What is to go is written down first: half gone, it goes on."""
        why, folder = audio_due(meeting, self._now()), self._recordings / meeting.id
        if why is None:
            return
        files, size = await asyncio.to_thread(delete, folder)
        note = NoteAudioDeleted(
            meeting=meeting.id, at=self._now(), cause="audio-deleted", files=files, size=size, why=why
        )
        await self._noted(note)
        folder.with_name(f"{folder.name}.deleting").unlink(missing_ok=True)
        logger.info("the sound of %s is deleted by rule (%s): %d files, %d bytes", meeting.id, why, files, size)

    async def _hush(self, meeting: Meeting) -> None:
        """The transcript goes where the rules say so, once the approved minutes are written."""
        if not words_due(meeting, self._now()) or not _is_final(self._documents / meeting.id):
            return
        await asyncio.to_thread(_forget_words, self._council.log, meeting.id)
        note = NoteWordsDeleted(meeting=meeting.id, at=self._now(), cause="words-deleted")
        await self._noted(note)
        logger.info("the transcript of %s is deleted by rule: the minutes stay", meeting.id)

    async def _noted(self, note: NoteApproval | NoteAudioDeleted | NoteWordsDeleted) -> None:
        outcome = await insist(partial(self._council.handle, note))
        if isinstance(outcome, Refusal):
            logger.warning("%s of %s was refused: %s", type(note).__name__, note.meeting, outcome.code)


def final(council: Council, documents: Path, meeting: Meeting, zone: tzinfo) -> Minutes | None:
    """The document that is signed; None where the approved version is not kept here. Blocks. Raises OSError."""
    approval = meeting.path.approval
    version = versions.with_digest(documents / meeting.id, approval.digest) if approval else None
    if approval is None or version is None:
        return None
    return path.definitive(version, meeting, council.meeting(approval.during), zone)


def signature(
    council: Council, documents: Path, keys: Path, meeting: Meeting, by: MemberId, zone: tzinfo, cause: str = ""
) -> SignMinutes | None:
    """What `by` asks when signing, with their key out of `keys`; None where there is nothing to sign. Blocks.

    Raises OSError, ValueError (a key file that holds no key).
    """
    minutes = final(council, documents, meeting, zone)
    if minutes is None:
        return None
    content = signing.canonical(minutes)
    key, signed = signing.signed(content, signing.key_of(keys, by))
    return SignMinutes(
        meeting=meeting.id,
        at=utc_now(),
        by=by,
        cause=cause,
        digest=signing.digest(content),
        key=key,
        signature=signed,
    )


def delete(folder: Path) -> tuple[int, int]:
    """Delete a recording, and say how many files and bytes it held, those of a deletion that was cut short too.

    What it held stays written down in `{folder}.deleting` for the caller to remove once the log has it. Blocks.
    Raises OSError.
    """
    note = folder.with_name(f"{folder.name}.deleting")
    if not note.is_file():
        held = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
        part = note.with_suffix(".part")
        note.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps([len(held), sum(held)]))
        part.replace(note)
    if folder.is_dir():
        shutil.rmtree(folder)
    files, size = json.loads(note.read_text())
    return files, size


def awaiting(council: Council) -> Meeting | None:
    """The meeting whose minutes are next to be approved: the last one over whose minutes are open to the members."""
    waiting = [
        meeting
        for meeting in council.meetings()
        if meeting.phase is Phase.ADJOURNED and meeting.path.proposed and not meeting.path.approval
    ]
    return max(waiting, key=lambda meeting: meeting.adjourned or utc_now(), default=None)


def _forget_words(log: Log, meeting: MeetingId) -> None:
    erasure.forget_words(log, meeting)
    Search(log).forget(meeting)
    erasure.scrub(log)


def _is_final(folder: Path) -> bool:
    try:
        return not from_json((folder / f"{NAME}.json").read_bytes()).draft
    except (OSError, ValueError):
        return False


def _signed(sealed: Path) -> int:
    """How many signatures the file has that anyone verifies."""
    return len(json.loads(sealed.read_bytes())["signatures"]) if sealed.is_file() else 0


def _signatures(meeting: Meeting, name: Callable[[MemberId], str]) -> list[signing.Signature]:
    return [
        signing.Signature(one.role, name(one.member), signing.moment(at), one.key, one.signature)
        for one, at in meeting.path.signatures
    ]
