"""One live page for everybody: composed once a change and a language, then the same bytes to every viewer.

A message's id is `MEETING:SEQ`, the place in the log that it shows. Who comes back with it (Last-Event-ID) is sent the
captions since, and the board where it changed; who comes with another meeting's, or none, everything.
"""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from meetings.council import Council
from meetings.domain.interludes import Kind
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.tape import UtteranceTranscribed
from meetings.domain.values import MemberId, UtteranceId
from meetings.i18n import Translator, translator
from meetings.web.board import STYLES, draw
from meetings.web.house import House
from meetings.web.naming import called
from meetings.web.pages import templates

logger = logging.getLogger(__name__)

CALM = 0.25
"""Seconds in which changes are taken together."""

ALIVE = 15.0
"""Seconds of silence after which a comment tells the browser, and whatever stands between, that we are here."""

SHOWN = 40
"""Captions on a page that is loaded; further back is the archive's business."""

AFTERWARDS = timedelta(hours=12)
"""A meeting adjourned stays on the live page this long."""

BLINK = timedelta(microseconds=1)
"""What no utterance is shorter than."""

VIEWERS = 5000
"""Streams at once."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What was said, known at place `seq` of the log."""

    seq: int
    speaker: str
    text: str
    at: datetime
    doubtful: bool


@dataclass
class Stage:
    """The meeting on show up to place `seq` of its log, and its bytes by language."""

    meeting: Meeting
    seq: int = 0
    names: dict[MemberId, str] = field(default_factory=dict)
    captions: list[Caption] = field(default_factory=list)
    boards: dict[str, "Drawn"] = field(default_factory=dict)
    lines: dict[tuple[str, int], bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A board as drawn at `seq`, and since which place it has looked like this."""

    seq: int
    since: int
    html: str
    message: bytes


class Broadcast:
    """What is on show, and who watches. `run` keeps it up with the log."""

    def __init__(self, house: House) -> None:
        self._house, self._council = house, house.council
        self._stage: Stage | None = None
        self._changed = asyncio.Event()
        self.viewers = 0
        self._over = False

    async def run(self) -> None:
        """Follow the log until cancelled."""
        with self._council.feed.subscribe() as bell:
            while await bell.wait():
                bell.clear()
                try:
                    await self.look()
                except Exception:  # the meeting goes on whatever its page has
                    logger.exception("the live page cannot be drawn")
                await asyncio.sleep(CALM)

    def close(self) -> None:
        """Let every stream end."""
        self._over = True
        self._changed.set()

    async def look(self) -> None:
        """Read what the log has since, and wake the viewers if there is something to see."""
        meeting = on_show(self._council, self._house.now())
        if meeting is None:
            return
        stage = self._stage
        if stage is None or stage.meeting.id != meeting.id:
            stage = Stage(meeting)
        elif meeting.seq == stage.seq:
            return
        stage.names = await asyncio.to_thread(self._council.log.names)
        stage.captions += await asyncio.to_thread(self._heard, meeting, stage.seq, stage.names)
        stage.meeting, stage.seq = meeting, meeting.seq
        self._stage = stage
        self._changed.set()
        self._changed = asyncio.Event()

    def _heard(self, meeting: Meeting, after: int, names: Mapping[MemberId, str]) -> list[Caption]:
        """The captions that came after a place in the log, up to the meeting's present one. Blocks."""
        log = self._council.log
        news = {
            recorded.event.utterance: recorded.seq
            for recorded in log.history(meeting.id, after)
            if isinstance(recorded.event, UtteranceTranscribed) and recorded.seq <= meeting.seq
        }
        return captions(self._house, meeting, names, news) if news else []

    def content(self, t: Translator) -> str:
        """All of the live page's content, for who comes now; empty where no meeting is known."""
        stage = self._stage
        if stage is None:
            return ""
        board, said = self._board(stage, t).html, stage.captions[-SHOWN:]
        return templates().get_template("live-content.html.j2").render(t=t, board=board, captions=said, zone=self._zone)

    @property
    def place(self) -> str:
        """The id of what is on show."""
        return f"{self._stage.meeting.id}:{self._stage.seq}" if self._stage else ""

    async def stream(self, t: Translator, seen: str) -> AsyncIterator[bytes]:
        """Messages (text/event-stream) from the place `seen` on, until the viewer goes."""
        self.viewers += 1
        try:
            yield b"retry: 2000\n\n"
            while not self._over:
                changed = self._changed
                if self.place != seen:
                    yield self._since(t, seen)
                    seen = self.place
                if not changed.is_set():
                    try:
                        await asyncio.wait_for(changed.wait(), ALIVE)
                    except TimeoutError:
                        yield b":\n\n"
        finally:
            self.viewers -= 1

    def _since(self, t: Translator, seen: str) -> bytes:
        stage = self._stage
        if stage is None:
            return b""
        known, _, number = seen.rpartition(":")
        after = int(number) if number.isdecimal() else 0
        if known != stage.meeting.id or after > stage.seq:
            return message("fresh", self.place, self.content(t))
        board = self._board(stage, t)
        parts = [self._line(stage, one, t) for one in stage.captions[bisect_right(stage.captions, after, key=_seq) :]]
        return b"".join([*parts, *([board.message] if board.since > after else [])])

    def _board(self, stage: Stage, t: Translator) -> Drawn:
        """The board at the present place, drawn once."""
        before = stage.boards.get(t.lang)
        if before and before.seq == stage.seq:
            return before
        html = self._draw(stage, t)
        since = before.since if before and before.html == html else stage.seq
        drawn = Drawn(stage.seq, since, html, message("board", self.place, html))
        stage.boards[t.lang] = drawn
        return drawn

    def _draw(self, stage: Stage, t: Translator) -> str:
        names = called(stage.meeting, stage.names, self._house.names, t)
        shown = draw(stage.meeting, names, t, self._zone)
        return templates().get_template("board.html.j2").render(t=t, live=shown, styles=STYLES, zone=self._zone)

    def _line(self, stage: Stage, one: Caption, t: Translator) -> bytes:
        key = t.lang, one.seq
        if key not in stage.lines:
            html = templates().get_template("caption.html.j2").render(t=t, one=one, zone=self._zone)
            stage.lines[key] = message("caption", f"{stage.meeting.id}:{one.seq}", html)
        return stage.lines[key]

    @property
    def _zone(self) -> ZoneInfo:
        return self._house.zone


def captions(
    house: House, meeting: Meeting, names: Mapping[MemberId, str], places: Mapping[UtteranceId, int]
) -> list[Caption]:
    """What these utterances said, in the order in which it became known; nothing said behind closed doors. Blocks."""
    words = house.council.log.words(meeting.id)
    lang = meeting.plan.lang if meeting.plan else ""
    shown = called(meeting, names, house.names, translator(lang))
    found = []
    for key, seq in places.items():
        spoken, said = meeting.recording.utterances.get(key), words.get(key)
        if spoken is None or said is None or not said.text.strip() or private(meeting, spoken.start, spoken.end):
            continue
        who = shown.get(spoken.member, "")
        found.append(Caption(seq, who, said.text.strip(), spoken.start, said.doubtful))
    return sorted(found, key=lambda one: one.seq)


def private(meeting: Meeting, start: datetime, end: datetime) -> bool:
    """Whether any of this time lies in a closed session."""
    closed = (one for one in meeting.interludes.all if one.kind is Kind.CLOSED)
    return any((one.until is None or start < one.until) and one.since < max(end, start + BLINK) for one in closed)


def on_show(council: Council, now: datetime) -> Meeting | None:
    """The meeting being held; or the one just over; or the next; or the last."""
    planned = [one for one in council.meetings() if one.plan]
    held = [one for one in planned if one.phase in {Phase.CONVENED, Phase.OPEN}]
    over = [one for one in planned if one.adjourned]
    fresh = [one for one in over if one.adjourned and now - one.adjourned < AFTERWARDS]
    ahead = [one for one in planned if one.phase is Phase.PLANNED]
    latest = max(over, key=_starts, default=None)
    now_held = max(held, key=_starts, default=None) or max(fresh, key=_starts, default=None)
    return now_held or min(ahead, key=_starts, default=latest)


def message(event: str, place: str, html: str) -> bytes:
    """One message of an event stream (WHATWG HTML, 9.2.5)."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines())
    return f"event: {event}\nid: {place}\n{lines}\n".encode()


def _starts(meeting: Meeting) -> datetime:
    return meeting.plan.starts if meeting.plan else datetime.min.replace(tzinfo=UTC)


def _seq(caption: Caption) -> int:
    return caption.seq
