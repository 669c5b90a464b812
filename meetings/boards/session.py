"""The session: how far it is, whether the quorum is reached, and the agenda with what was, is and will be debated."""

from collections.abc import Collection, Mapping
from datetime import datetime

from meetings.boards.attendance import quorum_lines
from meetings.boards.board import Board, Line, Section, Style, Tone
from meetings.boards.floor import catch_up, floor_board
from meetings.boards.text import cut, named
from meetings.domain.events import Planned
from meetings.domain.manners import askers_needed
from meetings.domain.meeting import Item, Meeting, Phase
from meetings.domain.rules import Rules
from meetings.domain.values import MemberId, Role
from meetings.i18n import Translator, translator
from meetings.i18n.dates import clock, duration_short

PAST, AHEAD = 3, 7
"""Items shown before and after the one in debate: what a phone's screen holds."""

TITLE = 80
"""Characters of an item's title: two lines of a phone."""


def sitting(
    meeting: Meeting, names: Mapping[MemberId, str], rules: Rules, unrecorded: Collection[MemberId] = ()
) -> tuple[Board, ...]:
    """All that the one message of a meeting shows, from its convening on; nothing before.

    `unrecorded` are the members who decline to be recorded.
    """
    if meeting.convened is None:
        return ()
    session = session_board(meeting, names, rules, unrecorded)
    return (session, floor_board(meeting, names)) if meeting.phase is Phase.OPEN else (session,)


def session_board(
    meeting: Meeting, names: Mapping[MemberId, str], rules: Rules, unrecorded: Collection[MemberId] = ()
) -> Board:
    """The session's head and agenda. Raises ValueError for an unplanned meeting."""
    if meeting.plan is None:
        raise ValueError(f"meeting {meeting.id} is not planned")
    t = translator(meeting.plan.lang)
    head = (
        _phase(meeting, meeting.plan, t),
        *_interludes(meeting, meeting.plan, rules, t),
        *_presiding(meeting, names, t),
        *quorum_lines(meeting, t),
        *_asked(meeting, rules, t),
        *_recording(meeting, [named(one, names, t) for one in meeting.attendance.present if one in unrecorded], t),
    )
    sections = [Section(head)]
    if meeting.items:
        sections.append(Section(_agenda(meeting, meeting.plan, t), t("boards.session.agenda")))
    live = Tone.BAD if meeting.attendance.lost else Tone.LIVE
    tone = live if meeting.phase is Phase.OPEN else Tone.QUIET
    buttons = (catch_up(meeting, t),) if meeting.phase is Phase.CONVENED else ()
    return Board("session", cut(meeting.plan.title, TITLE), tuple(sections), buttons, tone=tone)


def _phase(meeting: Meeting, plan: Planned, t: Translator) -> Line:
    match meeting.phase:
        case Phase.OPEN:
            return Line(t("boards.session.open", time=_time(meeting.opened, plan, t)), Style.STRONG)
        case Phase.ADJOURNED:
            key = "boards.session.reconvened" if meeting.attendance.reconvened else "boards.session.adjourned"
            again = meeting.attendance.reconvened or plan.starts
            return Line(t(key, time=_time(meeting.adjourned, plan, t), when=again), Style.STRONG)
        case Phase.CONVENED:
            return Line(t("boards.session.convened"), Style.STRONG)
        case Phase.CANCELLED:
            return Line(t("boards.convocation.off"), Style.STRONG)
    return Line(t("boards.session.planned", when=plan.starts), Style.STRONG)


def _interludes(meeting: Meeting, plan: Planned, rules: Rules, t: Translator) -> tuple[Line, ...]:
    """A recess, closed doors, and who asks for them."""
    lines, interludes = [], meeting.interludes
    if recess := interludes.recess:
        lines.append(Line(t("boards.session.recess", time=_time(recess.since, plan, t)), Style.STRONG))
        if recess.planned:
            until = t("boards.session.recess-until", time=_time(recess.planned, plan, t))
            lines.append(Line(until, Style.PLAIN, recess.planned))
    if private := interludes.private:
        lines.append(Line(t("boards.session.private", time=_time(private.since, plan, t)), Style.STRONG))
        lines.append(Line(t("boards.session.private-rule"), Style.SMALL))
    if asking := len(interludes.asking):
        lines.append(Line(t.n("boards.session.asking", asking, needed=rules.session.closed_session), Style.SMALL))
    return tuple(lines)


def _presiding(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    """Who presides, where it is not simply the chair."""
    if meeting.phase is not Phase.OPEN or meeting.chair is None:
        return ()
    name = named(meeting.chair, names, t)
    if meeting.presiding is None:
        return (Line(t("boards.session.nobody-presides", name=name), Style.STRONG),)
    deputy = meeting.presiding != meeting.attendance.holder(Role.CHAIR)
    return (Line(t("boards.session.deputy", name=name)),) if deputy else ()


def _asked(meeting: Meeting, rules: Rules, t: Translator) -> tuple[Line, ...]:
    """Requests for a manner of voting that wait for others, or for the vote."""
    present = meeting.attendance.present
    counts = {manner: sum(member in present for member in askers) for manner, askers in meeting.asked.items()}
    return tuple(
        Line(
            t(f"boards.session.asked.{manner}", asked=asked, needed=askers_needed(rules, manner, len(present))),
            Style.SMALL,
        )
        for manner, asked in counts.items()
        if asked
    )


def _recording(meeting: Meeting, unrecorded: list[str], t: Translator) -> tuple[Line, ...]:
    """That voices are recorded, and whose are not."""
    silent = meeting.phase is not Phase.OPEN or meeting.interludes.silent_since
    if silent or not meeting.recording.running:
        return ()
    but = (Line(t("boards.session.unrecorded", names=unrecorded), Style.SMALL),) if unrecorded else ()
    return (Line(t("boards.session.recorded"), Style.SMALL), *but)


def _agenda(meeting: Meeting, plan: Planned, t: Translator) -> tuple[Line, ...]:
    here = next((n for n, item in enumerate(meeting.items) if item.plan.number == meeting.current), _next(meeting))
    first, last = max(0, here - PAST), here + 1 + AHEAD
    lines = [line for item in meeting.items[first:last] for line in _item(item, meeting, plan, t)]
    if first:
        lines.insert(0, Line(t.n("boards.session.before", first), Style.SMALL))
    if (after := len(meeting.items) - last) > 0:
        lines.append(Line(t.n("boards.session.after", after), Style.SMALL))
    return tuple(lines)


def _next(meeting: Meeting) -> int:
    return next((n for n, item in enumerate(meeting.items) if item in meeting.agenda.waiting()), len(meeting.items) - 1)


def _item(item: Item, meeting: Meeting, plan: Planned, t: Translator) -> tuple[Line, ...]:
    title = cut(item.plan.title, TITLE)
    fields = {"number": item.plan.number, "title": title}
    if item.plan.number == meeting.current:
        since = item.openings[-1].since
        started = t("boards.session.started", time=_time(since, plan, t))
        small = " · ".join([*_planned(item, t), started])
        return Line(t("boards.session.current", **fields), Style.STRONG), Line(small, Style.SMALL, since)
    if item.fate:
        return (Line(t(f"boards.session.{item.fate}", **fields), Style.SMALL),)
    if item.closed:
        spent = duration_short(item.spent(item.closed).total_seconds())
        of = [t("boards.session.of", spent=spent, minutes=item.plan.minutes)] if item.plan.minutes else [spent]
        return (Line(" · ".join([t("boards.session.to-come", **fields), *of]), Style.DONE),)
    return (Line(" · ".join([t("boards.session.to-come", **fields), *_planned(item, t)])),)


def _planned(item: Item, t: Translator) -> list[str]:
    return [t("boards.session.minutes", minutes=item.plan.minutes)] if item.plan.minutes else []


def _time(at: datetime | None, plan: Planned, t: Translator) -> str:
    """The council's own time: that of the zone in which it was convened."""
    return clock(at.astimezone(plan.starts.tzinfo), t.lang) if at else "?"
