"""Minutes get their draft: once a meeting is adjourned and its last words are known."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from meetings.council import Council, insist
from meetings.domain.commands import NoteDraft, NoteTrouble
from meetings.domain.consent import declined
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.review import LineId
from meetings.domain.values import MemberId, RequestId, UtteranceId
from meetings.i18n import translator
from meetings.jobs.erasing import pseudonyms, silenced
from meetings.jobs.summarising import Summariser, forget, kept
from meetings.jobs.transcription import Settled
from meetings.log.corrections import Corrections
from meetings.log.requests import asked_of
from meetings.log.store import Words as Heard
from meetings.minutes.compose import compose, marks, questions
from meetings.minutes.document import Minutes, to_json
from meetings.minutes.quoting import Key
from meetings.minutes.reviewed import reviewed
from meetings.minutes.sources import Circumstances, Words
from meetings.minutes.stationery import PLAIN, Stationery
from meetings.minutes.summary import Question
from meetings.schedule import utc_now
from transcribe.numerals import written as in_figures

logger = logging.getLogger(__name__)

NAME = "minutes"
"""The stem of a draft's files: minutes.pdf, .html, .md, .docx, .odt, .json; decisions.pdf and so on lie beside."""

AGAIN = 30.0
"""Seconds until minutes that could not be written are tried again."""


def write(minutes: Minutes, folder: Path, paper: Stationery = PLAIN) -> None:
    """Render a document into `folder`, each file whole or not at all, on the council's own paper.

    Slow: for its own process. Raises OSError, ValueError (a template or logo that is none).
    """
    from meetings.minutes import render, versions  # here, so that the bot's own process never loads the typesetter

    folder.mkdir(parents=True, exist_ok=True)
    rendered = {
        f"{NAME}.json": to_json(minutes).encode(),
        f"{NAME}.docx": render.docx(minutes, paper),
        f"{NAME}.odt": render.odt(minutes, paper),
    }
    for what in (render.MINUTES, render.DECISIONS):
        rendered |= {
            f"{what}.md": render.markdown(minutes, what).encode(),
            f"{what}.html": render.html(minutes, what, paper).encode(),
            f"{what}.pdf": render.pdf(minutes, what, paper),
        }
    for name, content in rendered.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
    versions.keep(folder, minutes)


class Typesetter:
    """A process of its own that renders documents; `warm` has it ready before there is anything to render."""

    def __init__(self) -> None:
        self._process: ProcessPoolExecutor | None = None

    def warm(self) -> ProcessPoolExecutor:
        """The process, which begins to load what rendering needs: that takes longer than rendering."""
        if self._process is None:
            self._process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            self._process.submit(_load)
        return self._process

    async def write(self, minutes: Minutes, folder: Path, paper: Stationery = PLAIN) -> bool:
        """Render a document into `folder`, and end the process; whether that could be done."""
        process, self._process = self.warm(), None
        try:
            with process:
                await asyncio.get_running_loop().run_in_executor(process, write, minutes, folder, paper)
        except Exception:  # whatever one meeting's minutes have, the council's next meeting must be held
            logger.exception("the minutes could not be written in %s", folder)
            return False
        return True

    def close(self) -> None:
        """End the process, whatever it was made ready for."""
        if self._process:
            self._process.shutdown(cancel_futures=True)


def _load() -> None:
    for name in ("meetings.minutes.render", "meetings.minutes.versions", "docx", "jinja2", "odfdo", "typst"):
        import_module(name)


class Drafting:
    """Drafts the minutes of every meeting adjourned that has none. `documents` holds one folder a meeting; `figures`:
    numbers that were spoken are written as an administration writes them."""

    def __init__(
        self,
        council: Council,
        words: Settled,
        documents: Path,
        zone: tzinfo,
        now: Callable[[], datetime] = utc_now,
        paper: Stationery = PLAIN,
        summariser: Summariser | None = None,
        *,
        figures: bool = True,
    ) -> None:
        self._paper, self._summariser, self._typesetter = paper, summariser, Typesetter()
        self._council, self._words, self._documents = council, words, documents
        self._zone, self._now, self._figures = zone, now, figures

    async def run(self) -> None:
        """Work as the log says, until cancelled; what cannot be written is tried again."""
        with self._council.feed.subscribe() as bell, closing(self._typesetter):
            while await bell.wait():
                bell.clear()
                for meeting in self._council.meetings():
                    if meeting.phase is Phase.ADJOURNED and not meeting.draft:
                        self._typesetter.warm()
                    if self._due(meeting) and not await self.draft(meeting):
                        asyncio.get_running_loop().call_later(AGAIN, bell.set)

    async def draft(self, meeting: Meeting) -> bool:
        """Write the minutes as they are known now, and note their digest in the log; whether that could be done.

        Once they are approved they stay as they are.
        """
        async with self._council.papers:
            return await self._draft(self._council.meeting(meeting.id))

    async def _draft(self, meeting: Meeting) -> bool:
        if meeting.path.approval:
            return True
        await self._summarise(meeting)
        minutes = await asyncio.to_thread(self.composed, meeting)
        digest = hashlib.sha256(to_json(minutes).encode()).hexdigest()
        if not await self._typesetter.write(minutes, self._documents / meeting.id, self._paper):
            await self._tell(meeting, f"undrafted:{digest}", "minutes-unwritten")
            return False
        drafted = NoteDraft(meeting=meeting.id, at=self._now(), cause=f"draft:{meeting.seq}:{digest}", digest=digest)
        await insist(lambda: self._council.handle(drafted))
        return True

    def composed(self, meeting: Meeting) -> Minutes:
        """The document of a planned meeting from what the log and what lies beside it say now."""
        return compose(*self._known(meeting))

    def questions(self, meeting: Meeting) -> list[Question]:
        """What a language model is asked for this document."""
        return questions(*self._known(meeting))

    def marks(self, meeting: Meeting) -> Mapping[Key, tuple[Key, bool]]:
        """Which sentences may be chosen for the substance of this document, and which of them are in it."""
        return marks(*self._known(meeting))

    async def _summarise(self, meeting: Meeting) -> None:
        """What a language model has to say of the debates, where one is wanted; without it their substance stands."""
        folder = self._documents / meeting.id
        if self._summariser is None:
            with suppress(OSError):  # a folder that cannot be written is told of when the minutes are
                forget(folder)
            return
        try:
            asked = await asyncio.to_thread(self.questions, meeting)
            whole = await self._summariser.ask(folder, asked)
        except OSError:
            logger.exception("the answers of the language model could not be kept in %s", folder)
            whole = False
        if not whole:
            await self._tell(meeting, f"unsummarised:{meeting.id}", "summary-failed")

    async def _tell(self, meeting: Meeting, cause: str, code: str) -> None:
        """Say once that something went wrong."""
        trouble = NoteTrouble(meeting=meeting.id, at=self._now(), cause=cause, code=code)
        await insist(lambda: self._council.handle(trouble))

    def _known(
        self, meeting: Meeting
    ) -> tuple[Meeting, Mapping[UtteranceId, Words], Mapping[MemberId, str], Circumstances]:
        """All that minutes are composed from."""
        log, plan, heard = self._council.log, meeting.plan, self.heard(meeting)
        versions = Corrections(log).texts(meeting.id)
        summariser, answers = kept(self._documents / meeting.id)
        models = sorted({spoken.model for spoken in meeting.recording.transcribed.values()})
        known = Circumstances(
            zone=self._zone,
            place=(plan.place or None) if plan else None,
            model=", ".join(models) or None,
            next_meeting=self._following(meeting),
            unrecorded=self._unrecorded(meeting),
            asked={key: one.text for key, one in asked_of(log, meeting.id).items()},
            objected=_objected(meeting, heard, versions),
            held={other.id: _held(other) for other in self._council.meetings() if other.plan},
            summariser=summariser,
            answers=answers,
        )
        corrected, words = reviewed(meeting, heard, versions)
        if not meeting.erasures.since:
            return corrected, words, log.names(), known
        t = translator(plan.lang if plan else "fr")
        called = pseudonyms(self._council.meetings(), t)
        names = log.names() | {member: called[member] for member in meeting.erasures.since}
        return corrected, silenced(corrected, words, t), names, known

    def heard(self, meeting: Meeting) -> Mapping[UtteranceId, Heard]:
        """What was heard, its numbers in figures where that is wanted: the log keeps the words."""
        heard = self._council.log.words(meeting.id)
        if not self._figures:
            return heard
        return {key: replace(one, text=_in_figures(one.text, one.language)) for key, one in heard.items()}

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
        return finished and wanted and self._words.settled(meeting)


@lru_cache(maxsize=16_384)  # a review composes the minutes again after each of its acts
def _in_figures(text: str, language: str) -> str:
    return in_figures(text, language).text


def _objected(
    meeting: Meeting, heard: Mapping[UtteranceId, Heard], versions: Mapping[str, str]
) -> dict[RequestId, str]:
    """What stood where members asked for a correction, when they did; of who was erased, nothing."""
    found = {}
    for key, one in meeting.path.requests.items():
        about = one.asked.utterance
        if about and about in heard and one.asked.member not in meeting.erasures.since:
            found[key] = versions.get(meeting.review.digest(LineId(about), one.seq), heard[about].text)
    return found


def _held(meeting: Meeting) -> datetime:
    return meeting.opened or (meeting.plan.starts if meeting.plan else datetime.max.replace(tzinfo=UTC))
