"""The secretary's desk: a meeting's lines with their words, as the review shows them and changes them."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping

from meetings.council import Answer
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.rectified import holder, rectified
from meetings.domain.refusals import Refusal
from meetings.domain.review import Line, LineId
from meetings.domain.values import MeetingId, MemberId, UtteranceId
from meetings.i18n import Translator
from meetings.log.corrections import Corrections
from meetings.log.requests import asked_of
from meetings.log.store import Words as Heard
from meetings.minutes.quoting import Key
from meetings.web.house import House
from meetings.web.live import ALIVE, message
from meetings.web.pages import templates
from meetings.web.sheet import Sheet, Words, order, replaced
from meetings.web.voices import Voices

Marks = Mapping[Key, tuple[Key, bool]]
"""See `Drafting.marks`."""


class Desk:
    """Reads sheets, draws lines, and asks the council for what the secretary wants."""

    def __init__(self, house: House, voices: Voices) -> None:
        self._house, self._council, self._voices = house, house.council, voices
        self._kept = Corrections(house.council.log)
        self._marks: dict[MeetingId, tuple[int, Marks]] = {}
        self._over = False

    def close(self) -> None:
        """Let every stream end."""
        self._over = True
        self._council.feed.ring()

    async def sheet(self, key: MeetingId, *, marked: bool = True) -> Sheet:
        """The meeting as it stands, with its sentences `marked` (see `Sheet`) or without."""
        meeting = self._council.meeting(key)
        heard, versions, names = await asyncio.to_thread(self._read, meeting)
        marks = await asyncio.to_thread(self._marked, meeting) if marked else {}
        words: dict[LineId, Words] = {}
        asked = rectified(meeting)
        lines = [asked.get(line.id, line) for line in meeting.review.lines(meeting.recording.utterances)]
        for line in lines:
            said = _said(meeting, heard, line)
            if line.digest:
                words[line.id] = Words(versions.get(line.digest, ""), doubtful=False)
            elif said:
                words[line.id] = Words(said.text, said.doubtful)
        shown = {line.id: line for line in lines if line.id in words and (words[line.id].text.strip() or line.digest)}
        return Sheet(meeting, shown, words, names, marks, asked)

    def _read(self, meeting: Meeting) -> tuple[Mapping[UtteranceId, Heard], dict[str, str], dict[MemberId, str]]:
        log, drafting, key = self._council.log, self._house.drafting, meeting.id
        written = asked_of(log, key)
        asked = (one.asked for one in meeting.path.requests.values() if one.asked.request in written)
        texts = {one.digest: written[one.request].text for one in asked} | self._kept.texts(key)
        return drafting.heard(meeting), texts, log.names()

    def _marked(self, meeting: Meeting) -> Marks:
        """Which sentences may be chosen once the session is over; worked out once an event."""
        seq, marks = self._marks.get(meeting.id, (0, {}))
        if seq != meeting.seq:
            marks = self._house.drafting.marks(meeting) if meeting.phase is Phase.ADJOURNED else {}
            self._marks[meeting.id] = meeting.seq, marks
        return marks

    def draw(self, sheet: Sheet, keys: Iterable[LineId], t: Translator) -> str:
        """Lines as list items; one that is no line any more says so."""
        start = self._voices.start(sheet.meeting)
        template = templates().get_template("line.html.j2")
        return "".join(
            template.render(t=t, key=key, line=sheet.lines.get(key), sheet=sheet, start=start, zone=self._house.zone)
            for key in keys
        )

    async def stream(self, key: MeetingId, t: Translator, after: int) -> AsyncIterator[bytes]:
        """Every line that is touched after a place in the log, to each who reviews, the one who touched it too; and
        which sentences are in the substance, whenever that changes.
        """
        yield b"retry: 2000\n\n"
        told = ""
        with self._council.feed.subscribe() as bell:
            while not self._over:
                try:
                    await asyncio.wait_for(bell.wait(), ALIVE)
                except TimeoutError:
                    yield b":\n\n"
                    continue
                bell.clear()
                sheet = await self.sheet(key)
                touched = _touched(sheet.meeting, after)
                after = max(after, sheet.meeting.seq)
                if touched:
                    yield message("lines", str(after), self.draw(sheet, touched, t))
                if (kept := _kept(sheet)) != told:
                    told = kept
                    yield message("kept", str(after), kept)

    async def act(self, key: MeetingId, by: MemberId, form: Mapping[str, str]) -> Answer:
        """Do what a form asks for; the words are kept before the log names them. Raises NotWrittenError."""
        asked = order(await self.sheet(key, marked=False), form, self._house.now(), by)
        if isinstance(asked, Refusal):
            return asked
        if asked.versions:
            await asyncio.to_thread(self._kept.keep, key, *asked.versions)
        return await self._council.handle(asked.command)

    async def replace(self, key: MeetingId, by: MemberId, find: str, put: str, chosen: Collection[str]) -> int:
        """Replace words in the lines chosen; in how many that could be done. Raises NotWrittenError."""
        done = 0
        for line, text in replaced(await self.sheet(key, marked=False), find, put):
            if line.id in chosen:
                form = {"act": "correct", "line": line.id, "base": line.digest, "text": text}
                done += not isinstance(await self.act(key, by, form), Refusal)
        return done


def _said(meeting: Meeting, heard: Mapping[UtteranceId, Heard], line: Line) -> Heard | None:
    """What was heard in a line; of an echo that was not transcribed, in what it repeats."""
    return heard.get(UtteranceId(line.id)) or heard.get(UtteranceId(meeting.review.voice(line.id)))


def _kept(sheet: Sheet) -> str:
    """The sentences in the substance, as the page calls them."""
    return " ".join(sorted({f"{line}:{place}" for (line, place), kept in sheet.marks.values() if kept}))


def _touched(meeting: Meeting, after: int) -> list[LineId]:
    """The lines that acts of the review changed after a place in the log, or the answer to a request."""
    acts = (act for act in meeting.review.acts.values() if act.seq > after)
    answered = (holder(meeting, one) for one in meeting.path.requests.values() if one.answered > after)
    keys = [key for act in acts for key in act.after] + [line.id for line in answered if line]
    return list(dict.fromkeys(keys))
