"""Who is there: the quorum in a line or two, and the whole roll by name."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from meetings.boards.board import Board, Line, Section, Style
from meetings.boards.text import listed, named
from meetings.domain.attendance import Attendance
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.i18n.dates import clock

NAMES = 800
"""Characters of names in one group of the roll: its five groups fit one message on every platform."""


def quorum_lines(meeting: Meeting, t: Translator) -> tuple[Line, ...]:
    """How many are there of how many needed, who else counts or not, and since when they are too few."""
    if meeting.phase is Phase.ADJOURNED or meeting.plan is None:
        return ()
    roll, rules = meeting.attendance, meeting.rules
    fields = {"present": len(roll.present), "entitled": len(roll.roster), "needed": roll.needed(rules)}
    if waiver := meeting.plan.waiver:
        why = Line(t("boards.session.waived-why", held=waiver.held.date()), Style.SMALL)
        return Line(t("boards.session.waived", **fields)), why, *_elsewhere(meeting, t)
    quorate = roll.quorate(rules)
    strong = Style.PLAIN if quorate or meeting.phase is not Phase.OPEN else Style.STRONG
    lines = [Line(t("boards.session.quorum" if quorate else "boards.session.no-quorum", **fields), strong)]
    if represented := len(roll.represented()):
        counted = "boards.session.represented" if rules.quorum.proxies else "boards.session.represented-only"
        lines.append(Line(t.n(counted, represented), Style.SMALL))
    if roll.lost:
        lines.append(Line(t("boards.session.quorum-lost"), Style.SMALL, roll.lost.since))
    return (*lines, *_elsewhere(meeting, t))


def roll_board(meeting: Meeting, names: Mapping[MemberId, str], now: datetime, t: Translator) -> Board:
    """The roll of a planned meeting as it stands `now`, in the reader's words."""
    roll, attendance = meeting.attendance.at(now), meeting.attendance
    groups = (
        ("present", [_present(one, attendance, names, t) for one in roll.present]),
        ("represented", [_by(one, by, names, t) for one, by in roll.represented.items()]),
        ("excused", _names(roll.excused, names, t)),
        ("absent", _names(roll.absent, names, t)),
    )
    sections = [Section((Line(listed(sorted(who), NAMES, t)),), t(f"boards.roll.{key}")) for key, who in groups if who]
    return Board("roll", t("boards.roll.title"), (Section(quorum_lines(meeting, t)), *sections))


def presence_lines(meeting: Meeting, member: MemberId, names: Mapping[MemberId, str], t: Translator) -> Iterable[Line]:
    """A member's own presence and proxies."""
    roll, plan = meeting.attendance, meeting.plan
    if member in roll.present:
        since = next(move.at for move in reversed(roll.movements) if move.member == member)
        key = "boards.record.elsewhere" if member in roll.elsewhere else "boards.record.present"
        zone = plan.starts.tzinfo if plan else None
        yield Line(t(key, time=clock(since.astimezone(zone), t.lang)))
    else:
        yield Line(t("boards.record.excused" if member in roll.excused else "boards.record.absent"))
    for proxy in roll.proxies:
        if proxy.ended is None and member in {proxy.giver, proxy.holder}:
            key = "given" if proxy.giver == member else "held"
            other = proxy.holder if proxy.giver == member else proxy.giver
            waits = "" if proxy.accepted else "-waiting"
            yield Line(t(f"boards.record.proxy-{key}{waits}", name=named(other, names, t)))


def _elsewhere(meeting: Meeting, t: Translator) -> tuple[Line, ...]:
    others = len(meeting.attendance.elsewhere)
    return (Line(t.n("boards.session.elsewhere", others), Style.SMALL),) if others else ()


def _by(giver: MemberId, holder: MemberId, names: Mapping[MemberId, str], t: Translator) -> str:
    return t("boards.ballot.by", name=named(giver, names, t), by=named(holder, names, t))


def _present(member: MemberId, attendance: Attendance, names: Mapping[MemberId, str], t: Translator) -> str:
    name = named(member, names, t)
    return t("boards.roll.elsewhere", name=name) if member in attendance.elsewhere else name


def _names(members: Iterable[MemberId], names: Mapping[MemberId, str], t: Translator) -> list[str]:
    return [named(member, names, t) for member in members]
