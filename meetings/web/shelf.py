"""Every meeting as its minutes tell it: composed once a state, searched, looked up by a decision's number."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from meetings.domain.ballot import Ballot, Purpose
from meetings.domain.meeting import Meeting
from meetings.domain.values import MeetingId, UtteranceId
from meetings.i18n import Translator
from meetings.jobs.adoption import SIGNED, final
from meetings.log.search import Passage, Search
from meetings.minutes.document import Minutes
from meetings.minutes.versions import with_digest
from meetings.web.access import Visitor, readers
from meetings.web.house import House
from meetings.web.live import private

FILES = ("minutes.pdf", "minutes.docx", "minutes.odt", "minutes.md", "minutes.json", SIGNED, "decisions.pdf")
"""What is to be had of a meeting's minutes."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that has a number, with what made it."""

    number: str
    meeting: Meeting
    ballot: Ballot

    @property
    def outcome(self) -> str:
        """Adopted, rejected, or annulled."""
        result = self.ballot.result
        return "annulled" if self.ballot.annulled is not None or result is None else result.outcome.value

    def motion(self, t: Translator) -> str:
        """What was put to the vote."""
        doors = self.ballot.purpose is Purpose.CLOSED_SESSION
        return t("boards.ballot.doors") if doors else self.ballot.motion


class Shelf:
    """The archive of a council."""

    def __init__(self, house: House) -> None:
        self._house, self._council = house, house.council
        self._minutes: dict[MeetingId, tuple[int, Minutes]] = {}
        self._search: Search | None = None
        self._drawing = asyncio.Lock()

    def meetings(self) -> list[Meeting]:
        """Every planned meeting, the latest first."""
        planned = [(one.plan.starts, one) for one in self._council.meetings() if one.plan]
        return [one for _, one in sorted(planned, key=lambda pair: pair[0], reverse=True)]

    def find(self, key: str) -> Meeting | None:
        """The planned meeting of that id."""
        meeting = self._council.meeting(MeetingId(key))
        return meeting if meeting.plan else None

    def decisions(self) -> list[Decided]:
        """Every numbered decision, the latest first."""
        return [one for meeting in self.meetings() for one in reversed(list(decided(meeting)))]

    def decision(self, number: str) -> Decided | None:
        """The decision of that number."""
        return next((one for one in self.decisions() if one.number == number), None)

    async def minutes(self, meeting: Meeting) -> Minutes:
        """A meeting's document as its readers have it: the version approved, or proposed, or else what is known."""
        known = self._minutes.get(meeting.id)
        if known is None or known[0] != meeting.seq:
            known = meeting.seq, await asyncio.to_thread(self._document, meeting)
            self._minutes[meeting.id] = known
        return known[1]

    def _document(self, meeting: Meeting) -> Minutes:
        house, kept = self._house, None
        if meeting.path.approval:
            kept = final(self._council, house.documents, meeting, house.zone)
        elif meeting.path.proposed:
            kept = with_digest(house.documents / meeting.id, meeting.draft)
        return kept or house.drafting.composed(meeting)

    def files(self, meeting: Meeting) -> list[Path]:
        """What lies ready of a meeting's minutes."""
        paths = (self._house.documents / meeting.id / name for name in FILES)
        return [path for path in paths if path.is_file()]

    async def sentence(self, one: Decided) -> str:
        """A decision as the minutes have it; none of whom it elects, where the council does not publish names."""
        if one.ballot.form.elects and self._house.names != "full":
            return ""
        document = await self.minutes(one.meeting)
        return next((made.sentence for made in document.decisions if made.number == one.number), "")

    async def search(self, question: str, visitor: Visitor) -> list[Passage]:
        """What is found for this visitor: what was said, of the meetings whose minutes they may read."""
        async with self._drawing:
            if self._search is None:
                self._search = await asyncio.to_thread(Search, self._council.log)
            search = self._search
            marks = await asyncio.to_thread(search.marks)
            for meeting in self.meetings():
                mark = str(meeting.seq)
                if marks.get(meeting.id) != mark:
                    passages = list(self._passages(meeting, await self.minutes(meeting)))
                    await asyncio.to_thread(search.index, meeting.id, mark, passages)
        open_ = [meeting.id for meeting in self.meetings() if visitor.may(readers(meeting))]
        return await asyncio.to_thread(search.find, question, open_)

    def _passages(self, meeting: Meeting, minutes: Minutes) -> Iterator[Passage]:
        for one in minutes.decisions:
            yield Passage("decision", meeting.id, one.number, one.sentence)
        for item in meeting.items:
            yield Passage("item", meeting.id, str(item.plan.number), item.plan.title)
        utterances = meeting.recording.utterances
        for speech in (speech for section in minutes.sections for speech in section.speeches):
            for passage in (passage for part in speech.paragraphs for passage in part):
                spoken = utterances.get(UtteranceId(passage.utterance))
                if passage.text and spoken and not private(meeting, spoken.start, spoken.end):
                    yield Passage("speech", meeting.id, passage.utterance, passage.text)


def decided(meeting: Meeting) -> Iterator[Decided]:
    """A meeting's numbered decisions, in order."""
    for ballot in meeting.ballots.values():
        if ballot.result and ballot.result.decision:
            yield Decided(ballot.result.decision, meeting, ballot)
