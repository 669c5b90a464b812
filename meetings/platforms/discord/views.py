"""A board as Discord shows it: one container of text and buttons each (Components V2), within Discord's limits."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from types import MappingProxyType

import discord
from discord.ui import ActionRow, Button, Container, LayoutView, Select, TextDisplay
from discord.utils import escape_markdown, escape_mentions

from meetings import boards
from meetings.boards import Accent, Action, Board, Line, Section, Style, Tone, cut
from meetings.domain.values import MeetingId
from meetings.platforms.discord.desk import meeting_handle
from meetings.platforms.discord.hands import HAND
from meetings.platforms.discord.presses import MENU, custom_id, drawn

_UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")
"""Overrides of the direction of text, and control characters."""

_MARKED_LINK = re.compile(r"(https?|steam)://[^\s<]*[`*~|\\]")
_ANGLED = re.compile(r"<(?=[@#/:a-z])")

TEXT_LIMIT, TEXT_BYTES = 4_000, 10_000
"""Characters of text in one message with Components V2 (Component Reference, Text Display), and bytes of it in UTF-8:
beyond some 10,100 Discord answers 500 (discord-api-docs, issue 8554)."""

GAP, MORE = 2, "…"
"""Characters between sections; what stands for lines that do not fit."""

ROW = 5
"""Buttons in one action row (Component Reference, Action Row)."""

COLOURS = MappingProxyType(
    {
        Tone.QUIET: discord.Colour(0x8A8F98),
        Tone.LIVE: discord.Colour(0x3B6FD4),
        Tone.GOOD: discord.Colour(0x2E8B57),
        Tone.BAD: discord.Colour(0xB3413B),
    }
)
STYLES = MappingProxyType(
    {
        Accent.MAIN: discord.ButtonStyle.primary,
        Accent.SIDE: discord.ButtonStyle.secondary,
        Accent.GOOD: discord.ButtonStyle.success,
        Accent.BAD: discord.ButtonStyle.danger,
    }
)
_HANDS = frozenset({Action.RAISE, Action.PRO, Action.CONTRA, Action.REPLY, Action.POINT, Action.LOWER})
_VOTING = MappingProxyType(
    {
        Action.CAST: "vote",
        Action.BOOTH: "booth",
        Action.OBJECT: "object",
        Action.MINE: "mine",
        Action.SLIPS: "slips",
    }
)
"""The names under which presses about a ballot are handled."""

_MARKS = MappingProxyType(
    {
        Style.PLAIN: "{}",
        Style.STRONG: "**{}**",
        Style.DONE: "-# ✓ {}",
        Style.QUOTE: "> {}",
        Style.SMALL: "-# {}",
    }
)


def layout(boards: Sequence[Board]) -> LayoutView:
    """One message that shows these boards, one under the other."""
    view = LayoutView(timeout=None)
    room = TEXT_LIMIT
    for board in boards:
        text = _fitted(board, room)
        room -= _cost(text)
        view.add_item(_container(board, text))
    return drawn(view)


def safe(text: str) -> str:
    """Text as people wrote it, rung by nobody and marked up by nothing.

    Links stay links, but for one that hides marks of its own. What Discord reads between angle brackets (mentions,
    commands, times, pictures) and what turns the direction of the rest of the line around is taken apart.
    """
    readable = _UNSEEN.sub("", text)
    escaped = escape_mentions(escape_markdown(readable, ignore_links=not _MARKED_LINK.search(readable)))
    return _ANGLED.sub("<\u200b", escaped)


def _container(board: Board, text: str) -> Container[LayoutView]:
    container: Container[LayoutView] = Container(TextDisplay(text), accent_colour=COLOURS[board.tone])
    if board.menu:
        container.add_item(ActionRow(_menu(board.menu)))
    for row in _rows(board.buttons):
        container.add_item(ActionRow(*map(_button, row)))
    return container


def _rows(buttons: Sequence[boards.Button]) -> Iterator[Sequence[boards.Button]]:
    """As few rows as hold them, all about as long."""
    rows = -(-len(buttons) // ROW)
    for row in range(rows):
        yield buttons[len(buttons) * row // rows : len(buttons) * (row + 1) // rows]


def _button(button: boards.Button) -> Button[LayoutView]:
    if button.action in _VOTING:
        ident = custom_id(_VOTING[button.action], button.subject, button.value)
    else:
        name = HAND if button.action in _HANDS else "panel"
        ident = custom_id(name, meeting_handle(MeetingId(button.subject)), button.action)
    return Button(style=STYLES[button.accent], label=cut(button.label, 80), custom_id=ident, emoji=button.emoji or None)


def _menu(menu: boards.Menu) -> Select[LayoutView]:
    options = [
        discord.SelectOption(label=cut(words, 100), value=value, default=value in menu.chosen)
        for value, words in menu.options
    ]
    return Select(
        custom_id=custom_id(MENU, menu.subject, menu.value),
        placeholder=cut(menu.prompt, 150),
        options=options,
        min_values=menu.least,
        max_values=menu.most,
    )


def _fitted(board: Board, room: int) -> str:
    """The board's text. Boards are made to fit, but escaping may double them; then what is last is left out."""
    parts = [f"### {safe(cut(board.title, 200))}"]
    room -= _cost(parts[0])
    for section in board.sections:
        lines = list(_within(_lines(section), room - GAP))
        room -= GAP + sum(_cost(line) + 1 for line in lines)
        parts.append("\n".join(lines))
        if lines[-1:] == [MORE]:
            break
    return "\n\n".join(parts)


def _within(lines: Sequence[str], room: int) -> Iterator[str]:
    """As many lines as fit, with a sign where some do not."""
    for line in lines:
        room -= _cost(line) + 1
        if room < len(MORE) + 1:
            yield MORE
            return
        yield line


def _cost(text: str) -> int:
    """What a text takes of the room, in characters: the more where its characters are long."""
    return max(len(text), -(-len(text.encode()) * TEXT_LIMIT // TEXT_BYTES))


def _lines(section: Section) -> list[str]:
    heading = [f"**{safe(section.heading)}**"] if section.heading else []
    return heading + [_line(line) for line in section.lines]


def _line(line: Line) -> str:
    mark = _MARKS[line.style]
    text = "\n".join(mark.format(safe(part)) for part in line.text.splitlines() or [""])
    if line.at:
        return f"{text} {moment(line.at)}"
    return f"{text} · <t:{int(line.since.timestamp())}:R>" if line.since else text


def moment(at: datetime) -> str:
    """A date and hour that every reader sees in their own time."""
    return f"<t:{int(at.timestamp())}:F>"
