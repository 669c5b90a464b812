"""Minutes get their draft: once a meeting is adjourned and its last words are known."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from multiprocessing import get_context
from pathlib import Path

from meetings.council import Council, insist
from meetings.domain.commands import NoteDraft, NoteTrouble
from meetings.domain.consent import declined
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MemberId, UtteranceId
from meetings.jobs.transcription import Transcription
from meetings.log.corrections import Corrections
from meetings.log.requests import asked_of
from meetings.log.store import Words
from meetings.minutes.compose import compose
from meetings.minutes.document import Minutes, to_json
from meetings.minutes.reviewed import reviewed
from meetings.minutes.sources import Circumstances
from meetings.schedule import utc_now
from transcribe.numerals import written as in_figures

logger = logging.getLogger(__name__)

NAME = "minutes"
"""The stem of a draft's files: minutes.pdf, .html, .md, .docx, .odt, .json; decisions.pdf and so on lie beside."""

AGAIN = 30.0
"""Seconds until minutes that could not be written are tried again."""


def write(minutes: Minutes, folder: Path, template: Path | None = None) -> None:
    """Render a document into `folder`, each file whole or not at all; `template` is the council's own, DOCX or ODT.

    Slow: for its own process. Raises OSError, ValueError (a template that is none).
    """
    from meetings.minutes import render, versions  # here, so that the bot's own process never loads the typesetter

    folder.mkdir(parents=True, exist_ok=True)
    rendered = {
        f"{NAME}.json": to_json(minutes).encode(),
        f"{NAME}.docx": render.docx(minutes, template),
        f"{NAME}.odt": render.odt(minutes, template),
    }
    for what in (render.MINUTES, render.DECISIONS):
        rendered |= {
            f"{what}.md": render.markdown(minutes, what).encode(),
            f"{what}.html": render.html(minutes, what).encode(),
            f"{what}.pdf": render.pdf(minutes, what),
        }
    for name, content in rendered.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
    versions.keep(folder, minutes)


async def written(minutes: Minutes, folder: Path, template: Path | None = None) -> bool:
    """Render a document in a process of its own; whether that could be done."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as typesetter:
            await asyncio.get_running_loop().run_in_executor(typesetter, write, minutes, folder, template)
    except Exception:  # whatever one meeting's minutes have, the council's next meeting must be held
        logger.exception("the minutes could not be written in %s", folder)
        return False
    return True


class Drafting:
    """Drafts the minutes of every meeting adjourned that has none. `documents` holds one folder a meeting; `figures`:
    numbers that were spoken are written as an administration writes them."""

    def __init__(
        self,
        council: Council,
        transcription: Transcription,
        documents: Path,
        zone: tzinfo,
        now: Callable[[], datetime] = utc_now,
        template: Path | None = None,
        *,
        figures: bool = True,
    ) -> None:
        self._template, self._figures = template, figures
        self._council, self._transcription, self._documents = council, transcription, documents
        self._zone, self._now = zone, now

    async def run(self) -> None:
        """Work as the log says, until cancelled; what cannot be written is tried again."""
        with self._council.feed.subscribe() as bell:
            while await bell.wait():
                bell.clear()
                for meeting in self._council.meetings():
                    if self._due(meeting) and not await self.draft(meeting):
                        asyncio.get_running_loop().call_later(AGAIN, bell.set)

    async def draft(self, meeting: Meeting) -> bool:
        """Write the minutes as they are known now, and note their digest in the log; whether that could be done.

        Once they are approved they stay as they are.
        """
        if meeting.path.approval:
            return True
        minutes = await asyncio.to_thread(self.composed, meeting)
        digest = hashlib.sha256(to_json(minutes).encode()).hexdigest()
        if not await written(minutes, self._documents / meeting.id, self._template):
            cause, code = f"undrafted:{digest}", "minutes-unwritten"
            trouble = NoteTrouble(meeting=meeting.id, at=self._now(), cause=cause, code=code)
            await insist(lambda: self._council.handle(trouble))
            return False
        drafted = NoteDraft(meeting=meeting.id, at=self._now(), cause=f"draft:{digest}", digest=digest)
        await insist(lambda: self._council.handle(drafted))
        return True

    def composed(self, meeting: Meeting) -> Minutes:
        """The document of a planned meeting from what the log and what lies beside it say now."""
        log, plan = self._council.log, meeting.plan
        models = sorted({spoken.model for spoken in meeting.recording.transcribed.values()})
        known = Circumstances(
            zone=self._zone,
            place=(plan.place or None) if plan else None,
            model=", ".join(models) or None,
            next_meeting=self._following(meeting),
            unrecorded=self._unrecorded(meeting),
            asked={key: one.text for key, one in asked_of(log, meeting.id).items()},
            held={other.id: _held(other) for other in self._council.meetings() if other.plan},
        )
        corrected = reviewed(meeting, self._words(meeting), Corrections(log).texts(meeting.id))
        return compose(*corrected, log.names(), known)

    def _words(self, meeting: Meeting) -> dict[UtteranceId, Words]:
        """What was heard, its numbers in figures where that is wanted: the log keeps the words."""
        heard = self._council.log.words(meeting.id)
        if not self._figures:
            return heard
        return {key: replace(one, text=in_figures(one.text, one.language).text) for key, one in heard.items()}

    def _following(self, meeting: Meeting) -> datetime | None:
        """When the council meets next: as it is planned now, or else as the calendar said."""
        if meeting.plan is None:
            return None
        after, coming = meeting.plan.starts, (one for one in self._council.meetings() if one.phase is Phase.PLANNED)
        starts = [one.plan.starts for one in coming if one.plan and one.plan.starts > after]
        return min(starts, default=meeting.plan.following)

    def _unrecorded(self, meeting: Meeting) -> frozenset[MemberId]:
        """Who of its members declined to be recorded in this meeting; what is said later is no news of this one."""
        until = [other.consent for other in self._council.meetings() if _held(other) <= _held(meeting)]
        seated = {seat.member for seat in meeting.attendance.roster}
        return (meeting.consent.ever | declined(until)) & seated

    def _due(self, meeting: Meeting) -> bool:
        """Adjourned, the recorder closed, every word known that can be, and no draft yet."""
        recording = meeting.recording
        finished = meeting.phase is Phase.ADJOURNED and not recording.running
        wanted = not meeting.draft or meeting.path.stale
        return finished and wanted and self._transcription.settled(meeting)


def _held(meeting: Meeting) -> datetime:
    return meeting.opened or (meeting.plan.starts if meeting.plan else datetime.max.replace(tzinfo=UTC))
