"""The floor: who speaks, who asked to, and the buttons to ask."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.text import cut, named
from meetings.domain.meeting import Meeting
from meetings.domain.order import Request
from meetings.domain.values import Kind, MemberId
from meetings.i18n import Translator, translator

SHOWN = 10
"""Hands shown by name; who waits behind them is counted."""


def floor_board(meeting: Meeting, names: Mapping[MemberId, str]) -> Board:
    """The floor of a planned meeting. Raises ValueError for an unplanned one."""
    if meeting.plan is None:
        raise ValueError(f"meeting {meeting.id} is not planned")
    t = translator(meeting.plan.lang)
    return Board(
        key="floor",
        title=t("boards.floor.title"),
        sections=(Section(_speaker(meeting, names, t)), Section(_queue(meeting, names, t))),
        buttons=_buttons(meeting, t),
        tone=Tone.LIVE if meeting.floor.speaker else Tone.QUIET,
    )


def catch_up(meeting: Meeting, t: Translator) -> Button:
    """What who comes late presses: it tells them alone where the meeting is."""
    return Button(Action.CATCH_UP, meeting.id, t("boards.floor.catch-up"))


def request_words(request: Request, names: Mapping[MemberId, str], t: Translator) -> str:
    """What somebody asked for, beside their name; nothing for an ordinary request."""
    if request.kind is Kind.SPEECH:
        return t("boards.floor.native") if request.native else ""
    answered = named(request.to, names, t) if request.to else ""
    return t(f"boards.floor.kind.{request.kind}", name=answered)


def why_lines(meeting: Meeting, member: MemberId, names: Mapping[MemberId, str], t: Translator) -> list[str]:
    """Where a member stands in the queue, and for each who goes first, why; of a long queue the nearest."""
    ahead = meeting.floor.why(member)
    lines = [t("boards.why.place", place=len(ahead) + 1, waiting=len(meeting.floor.queue))]
    lines += [t.n("boards.why.before", len(ahead) - SHOWN)] if len(ahead) > SHOWN else []
    for one in ahead[-SHOWN:]:
        college = meeting.floor.colleges.get(one.member) or t("boards.why.no-college")
        lines.append(t(f"boards.why.{one.by}", name=named(one.member, names, t), college=college))
    return [*lines, t("boards.why.rules", order=[t(f"boards.why.order.{each}") for each in meeting.floor.rules.order])]


def times_lines(meeting: Meeting, names: Mapping[MemberId, str], t: Translator, now: datetime) -> list[str]:
    """How long each has spoken in the meeting until `now`, the longest first, then each college."""
    seconds = meeting.floor.seconds(now)
    if not seconds:
        return [t("boards.times.nobody")]
    shown = seconds.most_common(2 * SHOWN)
    lines = [t("boards.times.one", who=named(who, names, t), time=timedelta(seconds=spent)) for who, spent in shown]
    lines += [t.n("boards.others", len(seconds) - len(shown))] if len(seconds) > len(shown) else []
    colleges: Counter[str] = Counter()
    for who, spent in seconds.items():
        colleges[meeting.floor.colleges.get(who, "")] += spent
    named_ones = [(college, spent) for college, spent in colleges.most_common() if college]
    return lines + [
        t("boards.times.college", college=cut(college, 40), time=timedelta(seconds=spent))
        for college, spent in named_ones
    ]


def _speaker(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    speaker = meeting.floor.speaker
    if speaker is None:
        return (Line(t("boards.floor.nobody-speaks")),)
    line = Line(t("boards.floor.speaks", name=named(speaker.member, names, t)), Style.STRONG, speaker.since)
    if speaker.ends is None:
        return (line,)
    return line, Line(t("boards.floor.time-up" if speaker.up else "boards.floor.ends"), Style.SMALL, speaker.ends)


def _queue(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    queue = meeting.floor.queue
    closed = (Line(t("boards.floor.closed"), Style.SMALL),) if meeting.floor.closed else ()
    if not queue:
        return (*closed, Line(t("boards.floor.nobody-waits"), Style.SMALL))
    lines = [_waiting(place, request, names, t) for place, request in enumerate(queue[:SHOWN], 1)]
    rest = len(queue) - SHOWN
    return (*closed, *lines, *((Line(t.n("boards.others", rest), Style.SMALL),) if rest > 0 else ()))


def _waiting(place: int, request: Request, names: Mapping[MemberId, str], t: Translator) -> Line:
    fields = {"place": place, "name": named(request.member, names, t)}
    what = request_words(request, names, t)
    return Line(t("boards.floor.hand-for", **fields, what=what) if what else t("boards.floor.hand", **fields))


def _buttons(meeting: Meeting, t: Translator) -> tuple[Button, ...]:
    """What a member may ask for now, by the rules; a reply while there is a speech to answer."""
    floor = meeting.floor
    answerable = floor.answerable() is not None
    sides = floor.takes(Kind.PRO)
    offered = (
        (not sides, Button(Action.RAISE, meeting.id, t("boards.floor.raise"), Accent.MAIN, "✋")),
        (sides, Button(Action.PRO, meeting.id, t("boards.floor.pro"), Accent.MAIN, "✋")),
        (sides, Button(Action.CONTRA, meeting.id, t("boards.floor.contra"), Accent.MAIN, "✋")),
        (floor.takes(Kind.REPLY) and answerable, Button(Action.REPLY, meeting.id, t("boards.floor.reply"))),
        (floor.takes(Kind.RULES), Button(Action.POINT, meeting.id, t("boards.floor.point"))),
        (True, Button(Action.LOWER, meeting.id, t("boards.floor.lower"))),
        (True, catch_up(meeting, t)),
    )
    return tuple(button for wanted, button in offered if wanted)
