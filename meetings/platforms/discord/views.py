"""A board as Discord shows it: one container of text and buttons each (Components V2), within Discord's limits."""

import re
from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType

import discord
from discord.ui import ActionRow, Container, LayoutView, TextDisplay
from discord.utils import escape_markdown, escape_mentions

from meetings.boards import Accent, Board, Line, Section, Style, Tone, cut
from meetings.platforms.discord.buttons import board_button

_UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")
"""Overrides of the direction of text, and control characters."""

_MARKED_LINK = re.compile(r"(https?|steam)://[^\s<]*[`*~|\\]")
_ANGLED = re.compile(r"<(?=[@#/:a-z])")

TEXT_LIMIT = 4_000
"""Characters of text in one message with Components V2 (Component Reference, Text Display)."""

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
        room -= len(text)
        view.add_item(_container(board, text))
    return view


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
    for first in range(0, len(board.buttons), ROW):
        row = board.buttons[first : first + ROW]
        container.add_item(ActionRow(*(board_button(button, STYLES[button.accent]) for button in row)))
    return container


def _fitted(board: Board, room: int) -> str:
    """The board's text. Boards are made to fit, but escaping may double them; then sections are left out."""
    parts = [f"### {safe(cut(board.title, 200))}"]
    for section in board.sections:
        text = _section(section)
        if sum(map(len, parts)) + 2 * len(parts) + len(text) > room:
            parts.append("…")
            break
        parts.append(text)
    return "\n\n".join(parts)


def _section(section: Section) -> str:
    lines = [f"**{safe(section.heading)}**"] if section.heading else []
    return "\n".join(lines + [_line(line) for line in section.lines])


def _line(line: Line) -> str:
    mark = _MARKS[line.style]
    text = "\n".join(mark.format(safe(part)) for part in line.text.splitlines() or [""])
    if line.at:
        return f"{text} {moment(line.at)}"
    return f"{text} · <t:{int(line.since.timestamp())}:R>" if line.since else text


def moment(at: datetime) -> str:
    """A date and hour that every reader sees in their own time."""
    return f"<t:{int(at.timestamp())}:F>"
