"""One member's own record, for that member alone: where the meeting is, their place, their time, their votes."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from meetings.boards.attendance import presence_lines, quorum_lines
from meetings.boards.board import Board, Line, Section, Style
from meetings.boards.floor import why_lines
from meetings.boards.marks import mark_words
from meetings.boards.text import cut, named
from meetings.domain.ballot import Ballot, Purpose
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.i18n.dates import duration_short

SHOWN = 10
"""Votes listed, the latest."""


def record_board(
    meeting: Meeting, member: MemberId, names: Mapping[MemberId, str], now: datetime, t: Translator
) -> Board:
    """The record of a member of a planned meeting, in the reader's words. Of a secret vote: that it was cast."""
    sections = [
        Section(tuple(_now(meeting, names, t)), t("boards.record.now")),
        Section(tuple(presence_lines(meeting, member, names, t)), t("boards.record.presence")),
        Section((*_place(meeting, member, names, t), _spoken(meeting, member, now, t)), t("boards.record.floor")),
    ]
    if meeting.ballots:
        votes = [_vote(ballot, member, names, t) for ballot in list(meeting.ballots.values())[-SHOWN:]]
        sections.append(Section(tuple(votes), t("boards.record.votes")))
    return Board("record", named(member, names, t), tuple(sections))


def catch_up_board(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> Board:
    """Where a planned meeting is, for who has no seat in it, in the reader's words."""
    return Board("now", t("boards.record.now"), (Section((*_now(meeting, names, t), *quorum_lines(meeting, t))),))


def _now(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> Iterator[Line]:
    if meeting.phase is not Phase.OPEN:
        yield Line(t(f"boards.record.phase.{meeting.phase}"))
    if meeting.interludes.private:
        yield Line(t("boards.panel.private"), Style.STRONG)
    if meeting.interludes.recess:
        yield Line(t("boards.panel.recess"), Style.STRONG)
    if item := meeting.item:
        yield Line(t("boards.session.current", number=item.plan.number, title=cut(item.plan.title, 80)), Style.STRONG)
    elif meeting.phase is Phase.OPEN:
        yield Line(t("boards.record.no-item"))
    if speaker := meeting.floor.speaker:
        yield Line(t("boards.floor.speaks", name=named(speaker.member, names, t)), Style.PLAIN, speaker.since)
    if ballot := meeting.running_ballot:
        yield Line(t("boards.record.ballot", motion=_motion(ballot, t)), Style.STRONG)


def _place(meeting: Meeting, member: MemberId, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """The place in the queue, and why it is that one."""
    floor = meeting.floor
    if floor.speaker and floor.speaker.member == member:
        return (Line(t("boards.record.speaking"), Style.STRONG, floor.speaker.since),)
    place = floor.place(member)
    if place is None:
        return (Line(t("boards.record.no-hand")),)
    first, *why = why_lines(meeting, member, names, t)
    return Line(first, Style.STRONG, floor.queue[place - 1].since), *(Line(line, Style.SMALL) for line in why)


def _spoken(meeting: Meeting, member: MemberId, now: datetime, t: Translator) -> Line:
    turns = [*meeting.floor.turns, *([meeting.floor.speaker] if meeting.floor.speaker else [])]
    own = [(turn.until or now) - turn.since for turn in turns if turn.member == member]
    if not own:
        return Line(t("boards.record.silent"))
    return Line(t.n("boards.record.spoken", len(own), time=duration_short(sum(own, timedelta()).total_seconds())))


def _vote(ballot: Ballot, member: MemberId, names: Mapping[MemberId, str], t: Translator) -> Line:
    motion = _motion(ballot, t)
    if member not in ballot.votes:
        return Line(t("boards.record.not-voted", motion=motion), Style.SMALL)
    mark = ballot.votes[member]
    cast = cut(mark_words(ballot, mark, names, t), 200) if mark else t("boards.record.in-the-urn")
    key = "boards.record.voted" if ballot.annulled is None else "boards.record.annulled"
    return Line(t(key, motion=motion, choice=cast))


def _motion(ballot: Ballot, t: Translator) -> str:
    return t("boards.ballot.doors") if ballot.purpose is Purpose.CLOSED_SESSION else cut(ballot.motion, 80)
