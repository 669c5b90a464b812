"""One live page for everybody: composed once a change and a language, then the same bytes to every viewer.

A message's id is `MEETING:SEQ`, the place in the log that it shows. Who comes back with it (Last-Event-ID) is sent the
captions since, and the board where it changed; who comes with another meeting's, or none, everything, as does who
was shown the words of what turned out to repeat another's.
"""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from meetings import boards
from meetings.council import Council
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.tape import UtteranceTranscribed
from meetings.domain.values import MemberId, UtteranceId
from meetings.i18n import Translator, translator
from meetings.jobs.saying import Provisional, Saying
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
    """The meeting on show up to place `seq` of its log, and its bytes by language.

    `shown` are the utterances whose words came, `echoes` those that are not told; `since` is the place at which
    that last changed for one whose words had come: who saw the page before it is to see it anew.
    """

    meeting: Meeting
    seq: int = 0
    names: dict[MemberId, str] = field(default_factory=dict)
    captions: list[Caption] = field(default_factory=list)
    shown: set[UtteranceId] = field(default_factory=set)
    echoes: set[str] = field(default_factory=set)
    since: int = 0
    saying: tuple[Provisional, ...] = ()
    said: dict[str, bytes] = field(default_factory=dict)
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
        self.saying = house.saying or Saying(house.council)
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
        stage, saying = self._stage, self.saying.of(meeting)
        echoes = meeting.review.echoes()
        if stage is None or stage.meeting.id != meeting.id:
            stage = Stage(meeting)
        elif (meeting.seq, saying) == (stage.seq, stage.saying):
            return
        elif stage.shown & (echoes ^ stage.echoes):
            stage = Stage(meeting, since=meeting.seq)
        stage.names = await asyncio.to_thread(self._council.log.names)
        stage.captions += await asyncio.to_thread(self._heard, meeting, stage, stage.names)
        stage.meeting, stage.seq, stage.saying, stage.said = meeting, meeting.seq, saying, {}
        stage.echoes = echoes
        self._stage = stage
        self._changed.set()
        self._changed = asyncio.Event()

    def _heard(self, meeting: Meeting, stage: Stage, names: Mapping[MemberId, str]) -> list[Caption]:
        """The captions that came since, up to the meeting's present place; not those that are heard again. Blocks."""
        log = self._council.log
        news = {
            recorded.event.utterance: recorded.seq
            for recorded in log.history(meeting.id, stage.seq)
            if isinstance(recorded.event, UtteranceTranscribed) and recorded.seq <= meeting.seq
        }
        news = {key: seq for key, seq in news.items() if key not in stage.shown}
        stage.shown |= news.keys()
        return captions(self._house, meeting, names, news) if news else []

    def content(self, t: Translator) -> str:
        """All of the live page's content, for who comes now; empty where no meeting is known."""
        stage = self._stage
        if stage is None:
            return ""
        board, said = self._board(stage, t).html, stage.captions[-SHOWN:]
        page, saying = templates().get_template("live-content.html.j2"), self._saying(stage, t)
        return page.render(t=t, board=board, captions=said, saying=saying, zone=self._zone)

    @property
    def place(self) -> str:
        """The id of what is on show."""
        return f"{self._stage.meeting.id}:{self._stage.seq}" if self._stage else ""

    async def stream(self, t: Translator, seen: str) -> AsyncIterator[bytes]:
        """Messages (text/event-stream) from the place `seen` on, until the viewer goes."""
        self.viewers += 1
        said = b""
        try:
            yield b"retry: 2000\n\n"
            while not self._over:
                changed = self._changed
                if self.place != seen:
                    yield self._since(t, seen)
                    seen = self.place
                if said != (said := self._provisional(t)):
                    yield said
                if not changed.is_set():
                    try:
                        await asyncio.wait_for(changed.wait(), ALIVE)
                    except TimeoutError:
                        yield b":\n\n"
        finally:
            self.viewers -= 1

    def _provisional(self, t: Translator) -> bytes:
        """What is being said, which has no place in the log."""
        stage = self._stage
        if stage is None:
            return b""
        if t.lang not in stage.said:
            stage.said[t.lang] = message("saying", "", self._saying(stage, t))
        return stage.said[t.lang]

    def _saying(self, stage: Stage, t: Translator) -> str:
        names = called(stage.meeting, stage.names, self._house.names, t)
        lines = [(names.get(one.member, ""), one.text) for one in stage.saying]
        return templates().get_template("saying.html.j2").render(lines=lines)

    def _since(self, t: Translator, seen: str) -> bytes:
        stage = self._stage
        if stage is None:
            return b""
        known, _, number = seen.rpartition(":")
        after = int(number) if number.isdecimal() else 0
        if known != stage.meeting.id or not stage.since <= after <= stage.seq:
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
    for key, one in boards.captions(meeting, words, places):
        found.append(Caption(places[key], shown.get(one.member, ""), one.text, one.start, one.doubtful))
    return sorted(found, key=lambda one: one.seq)


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
    """One message of an event stream (WHATWG HTML, 9.2.5); without a place it leaves the viewer's where it is."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines() or [""])
    at = f"id: {place}\n" if place else ""
    return f"event: {event}\n{at}{lines}\n".encode()


def _starts(meeting: Meeting) -> datetime:
    return meeting.plan.starts if meeting.plan else datetime.min.replace(tzinfo=UTC)


def _seq(caption: Caption) -> int:
    return caption.seq
