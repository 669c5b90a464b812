"""Every slash command, and those of the session. Each asks the council, and says so."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Group, Range, autocomplete

from meetings.boards import cut
from meetings.domain import commands as c
from meetings.domain.rules import TITLE_LIMIT
from meetings.platforms.discord import conduct, own
from meetings.platforms.discord.commands_ballots import ballot_group
from meetings.platforms.discord.commands_floor import floor_group, hand_group
from meetings.platforms.discord.commands_minutes import minutes_group
from meetings.platforms.discord.commands_personal import data_group, recording_group
from meetings.platforms.discord.commands_presence import presence_group, reconvene_command
from meetings.platforms.discord.commands_proxies import proxy_group
from meetings.platforms.discord.declare import group as group_of
from meetings.platforms.discord.declare import option
from meetings.platforms.discord.desk import Desk, DeskClient
from meetings.platforms.discord.errors import Interaction, reader, report, whisper
from meetings.platforms.discord.translation import CatalogueTranslator, words
from meetings.platforms.discord.views import safe


class CouncilTree(app_commands.CommandTree[discord.Client]):
    """Every command of the council, under the one error policy."""

    def __init__(self, client: DeskClient, guild: discord.Object) -> None:
        super().__init__(client)
        self._guild = guild
        acts = (conduct.agenda, conduct.doors, conduct.gavel, minutes_group, recording_group, data_group)
        for group in (_session, floor_group, ballot_group, hand_group, presence_group, proxy_group, *acts):
            self.add_command(group(client.desk), guild=guild)
        for command in (*(one(client.desk) for one in (own.panel, own.record, own.link)), own.guide(self.told)):
            self.add_command(command, guild=guild)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """See `errors`."""
        await report(interaction, error)

    async def told(self) -> list[dict[str, Any]]:
        """Every command as JSON, localized."""
        translator = CatalogueTranslator()
        return [await one.get_translated_payload(self, translator) for one in self.get_commands(guild=self._guild)]

    async def publish(self, kept: Path) -> bool:
        """Tell Discord the commands where they differ from those it was told last, by the digest in `kept`.

        Discord counts creations: 200 a day (Application Commands). Raises discord.HTTPException, OSError.
        """
        await self.set_translator(CatalogueTranslator())
        identity = [self.client.application_id, self._guild.id, await self.told()]
        digest = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
        if await asyncio.to_thread(_read, kept) == digest:
            return False
        await self.sync(guild=self._guild)
        await asyncio.to_thread(kept.write_text, digest, "utf-8")
        return True


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _session(desk: Desk) -> Group:
    group = group_of("session")

    @group.command(name=words("session.open.name"), description=words("session.open.description"))
    async def open_session(interaction: Interaction) -> None:
        await desk.act(interaction, c.Open, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.opened"))

    @group.command(name=words("session.next.name"), description=words("session.next.description"))
    @option("number", "session.next")
    @autocomplete(number=conduct.items(desk))
    async def next_item(interaction: Interaction, number: Range[int, 1, 999] | None = None) -> None:
        item = (await desk.act(interaction, c.NextItem, desk.current().id, number=number)).item
        if item:
            fields = {"number": item.plan.number, "title": safe(cut(item.plan.title, TITLE_LIMIT))}
            await whisper(interaction, reader(interaction)("discord.done.item", **fields))

    @group.command(name=words("session.suspend.name"), description=words("session.suspend.description"))
    @option("minutes", "session.suspend")
    async def suspend(interaction: Interaction, minutes: Range[int, 1, 600] | None = None) -> None:
        await desk.act(interaction, c.Suspend, desk.current().id, minutes=minutes)
        await whisper(interaction, reader(interaction)("discord.done.suspended"))

    @group.command(name=words("session.resume.name"), description=words("session.resume.description"))
    async def resume(interaction: Interaction) -> None:
        await desk.act(interaction, c.Resume, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.resumed"))

    @group.command(name=words("session.close.name"), description=words("session.close.description"))
    async def close_session(interaction: Interaction) -> None:
        await desk.act(interaction, c.Adjourn, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.adjourned"))

    reconvene_command(group, desk)
    return group
