"""The slash commands that conduct the session: the agenda's changes, closed doors, the gavel."""

from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord.app_commands import Choice, Group, Range, autocomplete

from meetings.boards import cut
from meetings.domain import commands as c
from meetings.domain.rules import TITLE_LIMIT
from meetings.domain.values import BallotId, MemberId
from meetings.platforms.discord.commands_calendar import calendar_commands
from meetings.platforms.discord.declare import group as group_of
from meetings.platforms.discord.declare import option
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, reader, whisper
from meetings.platforms.discord.translation import words
from meetings.platforms.discord.views import safe

SUGGESTED = 25
"""Choices that Discord shows while one types (Application Commands, Autocomplete)."""

Suggest = Callable[[Interaction, str], Coroutine[Any, Any, list[Choice[int]]]]


def items(desk: Desk) -> Suggest:
    """The agenda's items by number and title, while one types."""

    async def suggest(_: Interaction, typed: str) -> list[Choice[int]]:
        found = [item.plan for item in desk.current().items if str(typed) in f"{item.plan.number}"]
        return [Choice(name=cut(f"{one.number}. {one.title}", 100), value=one.number) for one in found[:SUGGESTED]]

    return suggest


def agenda(desk: Desk) -> Group:
    """Change the agenda: order, withdrawal, postponement, an item on the spot."""
    group = group_of("agenda")

    async def let_go(interaction: Interaction, command: type[c.Command], number: int, done: str) -> None:
        await desk.act(interaction, command, desk.current().id, number=number)
        await whisper(interaction, reader(interaction)(f"discord.done.{done}", number=number))

    @group.command(name=words("agenda.move.name"), description=words("agenda.move.description"))
    @option("number", "agenda.move")
    @option("before", "agenda.move")
    @autocomplete(number=items(desk), before=items(desk))
    async def move(
        interaction: Interaction, number: Range[int, 1, 999], before: Range[int, 1, 999] | None = None
    ) -> None:
        meeting = await desk.act(interaction, c.MoveItem, desk.current().id, number=number, before=before)
        order = ", ".join(str(item.plan.number) for item in meeting.agenda.waiting())
        await whisper(interaction, reader(interaction)("discord.done.item-moved", order=order))

    @group.command(name=words("agenda.withdraw.name"), description=words("agenda.withdraw.description"))
    @option("number", "agenda.withdraw")
    @autocomplete(number=items(desk))
    async def withdraw(interaction: Interaction, number: Range[int, 1, 999]) -> None:
        await let_go(interaction, c.WithdrawItem, number, "item-withdrawn")

    @group.command(name=words("agenda.postpone.name"), description=words("agenda.postpone.description"))
    @option("number", "agenda.postpone")
    @autocomplete(number=items(desk))
    async def postpone(interaction: Interaction, number: Range[int, 1, 999]) -> None:
        await let_go(interaction, c.PostponeItem, number, "item-postponed")

    @group.command(name=words("agenda.add.name"), description=words("agenda.add.description"))
    @option("title", "agenda.add")
    @option("minutes", "agenda.add")
    async def add(
        interaction: Interaction, title: Range[str, 1, TITLE_LIMIT], minutes: Range[int, 1, 600] | None = None
    ) -> None:
        added = (await desk.act(interaction, c.AddItem, desk.current().id, title=title, minutes=minutes)).items[-1]
        fields = {"number": added.plan.number, "title": safe(added.plan.title)}
        await whisper(interaction, reader(interaction)("discord.done.item-added", **fields))

    calendar_commands(group, desk)
    return group


def doors(desk: Desk) -> Group:
    """Closed doors: asked for by the chair or three members, ended by the chair."""
    group = group_of("doors")

    @group.command(name=words("doors.ask.name"), description=words("doors.ask.description"))
    async def ask(interaction: Interaction) -> None:
        ballot = BallotId(str(interaction.id))
        meeting = await desk.act(interaction, c.AskClosedSession, desk.current().id, ballot=ballot)
        t, asking = reader(interaction), len(meeting.interludes.asking)
        needed = meeting.rules.session.closed_session
        said = t.n("discord.done.doors-asked", asking, needed=needed) if asking else t("discord.done.doors-voted")
        await whisper(interaction, said)

    @group.command(name=words("doors.open.name"), description=words("doors.open.description"))
    async def reopen(interaction: Interaction) -> None:
        await desk.act(interaction, c.EndClosedSession, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.doors-opened"))

    return group


def gavel(desk: Desk) -> Group:
    """Who presides."""
    group = group_of("gavel")

    @group.command(name=words("gavel.hand.name"), description=words("gavel.hand.description"))
    @option("member", "gavel.hand")
    async def hand(interaction: Interaction, member: discord.Member) -> None:
        await desk.act(interaction, c.HandGavel, desk.current().id, member=MemberId(str(member.id)))
        name = safe(desk.names.get(MemberId(str(member.id)), ""))
        await whisper(interaction, reader(interaction)("discord.done.gavel-handed", name=name))

    @group.command(name=words("gavel.take.name"), description=words("gavel.take.description"))
    async def take(interaction: Interaction) -> None:
        await desk.act(interaction, c.HandGavel, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.gavel-taken"))

    return group
