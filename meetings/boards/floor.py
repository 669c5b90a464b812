"""The floor: who speaks, who asked to, and the buttons to ask."""

from collections.abc import Mapping

from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.text import named
from meetings.domain.events import MemberId
from meetings.domain.meeting import Meeting
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
        sections=(Section((_speaker(meeting, names, t),)), Section(_queue(meeting, names, t))),
        buttons=_buttons(meeting, t),
        tone=Tone.LIVE if meeting.floor.speaker else Tone.QUIET,
    )


def _speaker(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> Line:
    speaker = meeting.floor.speaker
    if speaker is None:
        return Line(t("boards.floor.nobody-speaks"))
    return Line(t("boards.floor.speaks", name=named(speaker.member, names, t)), Style.STRONG, speaker.since)


def _queue(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> tuple[Line, ...]:
    queue = meeting.floor.queue
    if not queue:
        return (Line(t("boards.floor.nobody-waits"), Style.SMALL),)
    lines = [
        Line(
            t(
                "boards.floor.hand-native" if request.native else "boards.floor.hand",
                place=place,
                name=named(request.member, names, t),
            )
        )
        for place, request in enumerate(queue[:SHOWN], 1)
    ]
    rest = len(queue) - SHOWN
    return (*lines, Line(t.n("boards.others", rest), Style.SMALL)) if rest > 0 else tuple(lines)


def _buttons(meeting: Meeting, t: Translator) -> tuple[Button, ...]:
    return (
        Button(Action.RAISE, meeting.id, t("boards.floor.raise"), Accent.MAIN, "✋"),
        Button(Action.LOWER, meeting.id, t("boards.floor.lower")),
    )
