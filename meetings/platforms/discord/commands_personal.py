"""The commands about what is one's own: one's voice in the recording, and all that the council keeps of oneself."""

import asyncio
from io import BytesIO

import discord
from discord import ButtonStyle
from discord.app_commands import Group
from discord.ui import Button, View

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.jobs.erasing import Holdings, demands, holdings
from meetings.jobs.personal import archive
from meetings.platforms.discord.declare import group
from meetings.platforms.discord.delivery import UPLOAD
from meetings.platforms.discord.desk import Desk, Press
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, whisper
from meetings.platforms.discord.presses import custom_id, drawn
from meetings.platforms.discord.translation import words


def recording_group(desk: Desk) -> Group:
    """`/enregistrement`."""
    commands = group("recording")

    @commands.command(name=words("recording.decline.name"), description=words("recording.decline.description"))
    async def decline(interaction: Interaction) -> None:
        await desk.act(interaction, c.ChooseRecording, desk.current().id, declined=True)
        await whisper(interaction, reader(interaction)("discord.done.recording-declined"))

    @commands.command(name=words("recording.accept.name"), description=words("recording.accept.description"))
    async def accept(interaction: Interaction) -> None:
        await desk.act(interaction, c.ChooseRecording, desk.current().id, declined=False)
        await whisper(interaction, reader(interaction)("discord.done.recording-accepted"))

    return commands


def data_group(desk: Desk) -> Group:
    """`/données`."""
    commands = group("data")

    @commands.command(name=words("data.export.name"), description=words("data.export.description"))
    async def export(interaction: Interaction) -> None:
        t, member = reader(interaction), MemberId(str(interaction.user.id))
        if all(one.attendance.seat(member) is None for one in desk.council.meetings()):
            raise RefusedError(Refusal(Code.NOT_A_MEMBER if desk.current().plan else Code.UNKNOWN_MEETING))
        await interaction.response.defer(ephemeral=True, thinking=True)
        content, told = await asyncio.to_thread(archive, desk.council, desk.recordings, member), "exported"
        if len(content) > UPLOAD:
            content = await asyncio.to_thread(archive, desk.council, desk.recordings, member, voice=False)
            told = "exported-mute"
        file = discord.File(BytesIO(content), filename="hemicycle.zip")
        await interaction.followup.send(t(f"discord.done.{told}"), file=file, ephemeral=True)

    @commands.command(name=words("data.erase.name"), description=words("data.erase.description"))
    async def erase(interaction: Interaction) -> None:
        t, member = reader(interaction), MemberId(str(interaction.user.id))
        found = await _holdings(desk, member)
        content = t("discord.erase.asked", **_told(found, t))
        await interaction.response.send_message(content, view=_sure(member, t), ephemeral=True)

    return commands


def _told(found: Holdings, t: Translator) -> dict[str, str]:
    """What goes and what stays, in words."""
    counts = {"meetings": len(found.meetings), "utterances": found.utterances}
    counts |= {"requests": found.requests, "approved": found.approved}
    return {name: t.n(f"privacy.erase.{name}", count) for name, count in counts.items()}


async def erase_pressed(press: Press) -> None:
    """The second step: ask it of every meeting, or leave all as it is. Raises RefusedError, NotDoneError."""
    desk, interaction, member = press.desk, press.interaction, MemberId(str(press.interaction.user.id))
    t = reader(interaction)
    if press.value != "indeed":
        await interaction.response.edit_message(content=t("discord.erase.kept"), view=None)
        return
    await _holdings(desk, member)
    await interaction.response.defer()
    for asked in await asyncio.to_thread(demands, desk.council, member, member):
        await desk.act(interaction, c.AskErasure, asked.meeting, member=member, rows=asked.rows)
    await interaction.edit_original_response(content=t("discord.erase.done"), view=None)


async def _holdings(desk: Desk, member: MemberId) -> Holdings:
    """What would go. Raises RefusedError where there is nothing, or while a session of theirs lasts."""
    found = await asyncio.to_thread(holdings, desk.council, member)
    current = desk.current()
    if current.phase in {Phase.CONVENED, Phase.OPEN} and current.attendance.seat(member):
        raise RefusedError(Refusal(Code.SESSION_LASTS))
    if not found.meetings:
        raise RefusedError(Refusal(Code.NOT_A_MEMBER if current.plan else Code.UNKNOWN_MEETING))
    return found


def _sure(member: MemberId, t: Translator) -> View:
    view = View(timeout=None)
    for action, style in (("indeed", ButtonStyle.danger), ("stay", ButtonStyle.secondary)):
        label = t(f"discord.erase.button.{action}")
        view.add_item(Button(style=style, label=label, custom_id=custom_id("erase", member, action)))
    return drawn(view)
