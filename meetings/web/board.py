"""What the live page shows, drawn from a meeting's state: no secret choice, and nothing of a closed session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from meetings.boards import Board, Style, ballot_board
from meetings.boards.floor import request_words
from meetings.domain.ballot import Purpose
from meetings.domain.meeting import Item, Meeting, Phase
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.i18n.dates import clock, duration_short


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who has the floor. `since` and `ends` are aware."""

    name: str
    college: str
    since: datetime
    ends: datetime | None
    up: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the agenda: `state` is done, current, ahead or gone; `detail` the time it took or is planned for."""

    number: int
    title: str
    state: Literal["done", "current", "ahead", "gone"]
    detail: str


@dataclass(frozen=True, slots=True)
class Result:
    """A decision by its number, what was put to the vote, and the outcome (adopted, rejected, annulled)."""

    number: str
    motion: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Live:
    """The page's content; what is None or empty is not shown."""

    title: str
    phase: Phase
    status: str
    starts: datetime
    private: bool = False
    recess: datetime | None = None
    item: Entry | None = None
    since: datetime | None = None
    until: datetime | None = None
    speaker: Speaker | None = None
    waiting: tuple[tuple[str, str], ...] = ()
    ballot: Board | None = None
    results: tuple[Result, ...] = ()
    agenda: tuple[Entry, ...] = ()
    present: tuple[str, ...] = ()
    attendance: str = ""
    quorum: str = ""


def draw(meeting: Meeting, names: Mapping[MemberId, str], t: Translator, zone: tzinfo) -> Live:
    """The live page of a meeting, `names` as the public may read them. Raises ValueError for an unplanned one."""
    if meeting.plan is None:
        raise ValueError(f"meeting {meeting.id} is not planned")
    shown = Live(meeting.plan.title, meeting.phase, _status(meeting, t, zone), meeting.plan.starts)
    if meeting.interludes.private:
        return replace(shown, private=True)
    item = meeting.item
    since = item.openings[-1].since if item else None
    planned = item.plan.minutes if item else None
    recess = meeting.interludes.recess
    return replace(
        shown,
        recess=recess.since if recess else None,
        item=_entry(item, meeting, t) if item else None,
        since=since,
        until=since + timedelta(minutes=planned) if since and planned else None,
        speaker=_speaker(meeting, names),
        waiting=tuple((names.get(one.member, ""), request_words(one, names, t)) for one in meeting.floor.queue),
        ballot=_ballot(meeting, names, t),
        results=tuple(_results(meeting, t)),
        agenda=tuple(_entry(one, meeting, t) for one in meeting.items),
        present=tuple(sorted(names.get(member, "") for member in meeting.attendance.present)),
        attendance=_attendance(meeting, t),
        quorum=_quorum(meeting, t),
    )


def _status(meeting: Meeting, t: Translator, zone: tzinfo) -> str:
    at = {
        Phase.OPEN: meeting.opened,
        Phase.ADJOURNED: meeting.adjourned,
    }.get(meeting.phase)
    if at is None:
        starts = meeting.plan.starts.astimezone(zone) if meeting.plan else None
        return t(f"web.live.phase.{meeting.phase}", when=starts)
    return t(f"web.live.phase.{meeting.phase}", when=clock(at.astimezone(zone), t.lang))


def _entry(item: Item, meeting: Meeting, t: Translator) -> Entry:
    title, planned = item.plan.title, item.plan.minutes
    if item.plan.number == meeting.current:
        return Entry(item.plan.number, title, "current", _minutes(planned, t))
    if item.fate:
        return Entry(item.plan.number, title, "gone", t(f"web.fate.{item.fate}"))
    if item.closed:
        return Entry(item.plan.number, title, "done", duration_short(item.spent(item.closed).total_seconds()))
    return Entry(item.plan.number, title, "ahead", _minutes(planned, t))


def _minutes(planned: int | None, t: Translator) -> str:
    return t("web.live.planned", minutes=planned) if planned else ""


def _speaker(meeting: Meeting, names: Mapping[MemberId, str]) -> Speaker | None:
    turn = meeting.floor.speaker
    if turn is None:
        return None
    college = meeting.floor.colleges.get(turn.member, "")
    return Speaker(names.get(turn.member, ""), college, turn.since, turn.ends, turn.up)


def _ballot(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> Board | None:
    """The motion being voted, or else the last one voted on this item; drawn in the reader's language."""
    voted = [
        one
        for one in meeting.ballots.values()
        if one.item == meeting.current and not one.private and one.annulled is None
    ]
    ballot = meeting.running_ballot or next(reversed(voted), None)
    if ballot is None or ballot.private or meeting.plan is None:
        return None
    lang: Literal["fr", "en"] = "fr" if t.lang == "fr" else "en"
    board = ballot_board(replace(meeting, plan=replace(meeting.plan, lang=lang)), ballot, names)
    return replace(board, buttons=())


def _results(meeting: Meeting, t: Translator) -> Iterator[Result]:
    """Every decision made; of one made behind closed doors no more than that either."""
    for ballot in meeting.ballots.values():
        if ballot.result and ballot.result.decision:
            doors = ballot.purpose is Purpose.CLOSED_SESSION
            motion = t("boards.ballot.doors") if doors else ballot.motion
            outcome = "annulled" if ballot.annulled is not None else ballot.result.outcome.value
            yield Result(ballot.result.decision, motion, outcome)


def _attendance(meeting: Meeting, t: Translator) -> str:
    roll = meeting.attendance
    represented = len(roll.represented())
    words = t.n("web.live.present", len(roll.present), entitled=len(roll.roster))
    return f"{words} · {t.n('web.live.represented', represented)}" if represented else words


def _quorum(meeting: Meeting, t: Translator) -> str:
    if meeting.phase is Phase.ADJOURNED:
        return ""
    reached = meeting.attendance.quorate(meeting.rules)
    key = "web.live.quorum" if reached else "web.live.no-quorum"
    return t(key, needed=meeting.attendance.needed(meeting.rules))


STYLES = {Style.STRONG: "strong", Style.QUOTE: "quote", Style.SMALL: "small"}
"""The classes of a board's lines on a page."""
