"""Commands that answer one person: the chair's panel, one's own record, a way in to the pages, what can be typed."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from discord.app_commands import Command, Group

from meetings.boards import Board, Line, Section
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.platforms.discord import panel as chairs
from meetings.platforms.discord.catch_up import tell
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, whisper
from meetings.platforms.discord.translation import words
from meetings.platforms.discord.views import layout

Own = Command[Group, ..., None]
PART = 3000
"""Characters of one message of the guide: Discord shows 4,000 (Components, Text Display), and escaping adds some."""

Told = dict[str, Any]
"""A command or option as JSON (Application Commands, Application Command Object)."""

GROUPED = (1, 2)
"""The option types of a subcommand and a group of them."""


def panel(desk: Desk) -> Own:
    """What the chair can do now."""

    async def show(interaction: Interaction) -> None:
        await chairs.show(desk, interaction)

    return Command(name=words("panel.name"), description=words("panel.description"), callback=show)


def record(desk: Desk) -> Own:
    """Where the meeting is, and one's own part in it."""

    async def show(interaction: Interaction) -> None:
        if desk.current().attendance.seat(MemberId(str(interaction.user.id))) is None and desk.current().plan:
            raise RefusedError(Refusal(Code.NOT_A_MEMBER))
        await tell(desk, interaction, desk.current())

    return Command(name=words("me.name"), description=words("me.description"), callback=show)


def link(desk: Desk) -> Own:
    """A way in to the pages."""

    async def show(interaction: Interaction) -> None:
        t, member = reader(interaction), MemberId(str(interaction.user.id))
        if desk.current().attendance.seat(member) is None:
            raise RefusedError(Refusal(Code.NOT_A_MEMBER if desk.current().plan else Code.UNKNOWN_MEETING))
        if desk.pages is None:
            await whisper(interaction, t("discord.done.no-pages"))
            return
        address = await asyncio.to_thread(desk.pages.enter, member)
        await whisper(interaction, t("discord.done.link", address=f"<{address}>"))

    return Command(name=words("link.name"), description=words("link.description"), callback=show)


def guide(told: Callable[[], Awaitable[list[Told]]]) -> Own:
    """Every command, as Discord was told of them."""

    async def show(interaction: Interaction) -> None:
        t = reader(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        for sections in _parts([Section(tuple(_explained(one, t, ""))) for one in await told()]):
            board = Board("help", t("discord.help"), tuple(sections))
            await interaction.followup.send(view=layout([board]), ephemeral=True)

    return Command(name=words("help.name"), description=words("help.description"), callback=show)


def _parts(sections: list[Section]) -> Iterator[list[Section]]:
    """As many of the sections together as a message shows."""
    part: list[Section] = []
    length = 0
    for section in sections:
        size = sum(len(line.text) + 1 for line in section.lines)
        if part and length + size > PART:
            yield part
            part, length = [], 0
        part.append(section)
        length += size
    yield part


def _explained(command: Told, t: Translator, before: str) -> Iterator[Line]:
    """`/name: what it does`, of a command or of each in a group, in the reader's language."""
    name = f"{before} {_worded(command, 'name', t)}".strip()
    inner = [option for option in command.get("options") or [] if option["type"] in GROUPED]
    for option in inner:
        yield from _explained(option, t, name)
    if not inner:
        yield Line(t("discord.help.line", name=f"/{name}", what=_worded(command, "description", t)))


def _worded(command: Told, what: str, t: Translator) -> str:
    translated: dict[str, str] = command[f"{what}_localizations"] or {}
    base: str = command[what]
    return next((words for locale, words in translated.items() if locale.split("-")[0] == t.lang), base)
