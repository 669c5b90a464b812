"""The commands about what is one's own: one's voice in the recording, and all that the council keeps of oneself."""

import asyncio
from io import BytesIO

import discord
from discord.app_commands import Group

from meetings.domain import commands as c
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId
from meetings.jobs.personal import archive
from meetings.platforms.discord.declare import group
from meetings.platforms.discord.delivery import UPLOAD
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, whisper
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

    return commands
