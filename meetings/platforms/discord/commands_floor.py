"""The commands about the floor: the chair's acts, the members' hands, and who speaks, who waits and why."""

from dataclasses import replace
from datetime import UTC, datetime

import discord
from discord.app_commands import Choice, Group, Range, choices

from meetings.boards import floor_board, times_lines, why_lines
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import Kind, MemberId
from meetings.i18n import language
from meetings.platforms.discord.declare import group, option
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, whisper
from meetings.platforms.discord.translation import words
from meetings.platforms.discord.views import layout, safe

LONGEST = 60
"""Minutes by which a speech may be extended at once."""


def floor_group(desk: Desk) -> Group:
    """`/parole`."""
    commands = group("floor")
    _giving(commands, desk)
    _presiding(commands, desk)
    _telling(commands, desk)
    return commands


def hand_group(desk: Desk) -> Group:
    """`/main`."""
    commands = group("hand")

    @commands.command(name=words("hand.raise.name"), description=words("hand.raise.description"))
    @option("kind", "hand.raise")
    @choices(kind=[Choice(name=words(f"hand.kind.{kind}"), value=kind.value) for kind in Kind])
    async def raise_hand(interaction: Interaction, kind: str = Kind.SPEECH.value) -> None:
        meeting = await desk.act(interaction, c.RaiseHand, desk.current().id, kind=Kind(kind))
        place = meeting.floor.place(MemberId(str(interaction.user.id)))
        await whisper(interaction, reader(interaction)("discord.done.hand-raised", place=place))

    @commands.command(name=words("hand.lower.name"), description=words("hand.lower.description"))
    async def lower_hand(interaction: Interaction) -> None:
        await desk.act(interaction, c.LowerHand, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.hand-lowered"))

    return commands


def _giving(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("floor.give.name"), description=words("floor.give.description"))
    @option("member", "floor.give")
    async def give_floor(interaction: Interaction, member: discord.Member | None = None) -> None:
        speaker = (await desk.act(interaction, c.GiveFloor, desk.current().id, member=_id(member))).floor.speaker
        name = safe(desk.names.get(speaker.member, "")) if speaker else ""
        await whisper(interaction, reader(interaction)("discord.done.floor-given", name=name))

    @commands.command(name=words("floor.take.name"), description=words("floor.take.description"))
    async def take_floor(interaction: Interaction) -> None:
        await desk.act(interaction, c.TakeFloor, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.floor-taken"))

    @commands.command(name=words("floor.extend.name"), description=words("floor.extend.description"))
    @option("minutes", "floor.extend")
    async def extend_speech(interaction: Interaction, minutes: Range[int, 1, LONGEST]) -> None:
        await desk.act(interaction, c.ExtendSpeech, desk.current().id, seconds=60 * minutes)
        await whisper(interaction, reader(interaction).n("discord.done.floor-extended", minutes))


def _presiding(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("floor.skip.name"), description=words("floor.skip.description"))
    @option("member", "floor.skip")
    async def skip_hand(interaction: Interaction, member: discord.Member | None = None) -> None:
        await desk.act(interaction, c.SkipHand, desk.current().id, member=_id(member))
        await whisper(interaction, reader(interaction)("discord.done.hand-skipped"))

    @commands.command(name=words("floor.back.name"), description=words("floor.back.description"))
    async def put_back(interaction: Interaction) -> None:
        await desk.act(interaction, c.PutBack, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.put-back"))

    @commands.command(name=words("floor.close.name"), description=words("floor.close.description"))
    async def close_list(interaction: Interaction) -> None:
        await desk.act(interaction, c.CloseList, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.list-closed"))

    @commands.command(name=words("floor.reopen.name"), description=words("floor.reopen.description"))
    async def reopen_list(interaction: Interaction) -> None:
        await desk.act(interaction, c.ReopenList, desk.current().id)
        await whisper(interaction, reader(interaction)("discord.done.list-reopened"))


def _telling(commands: Group, desk: Desk) -> None:
    @commands.command(name=words("floor.queue.name"), description=words("floor.queue.description"))
    async def show_queue(interaction: Interaction) -> None:
        meeting, plan = _planned(desk)
        read = replace(plan, lang="fr" if language(interaction.locale.value) == "fr" else "en")
        board = replace(floor_board(replace(meeting, plan=read), desk.names), buttons=())
        await interaction.response.send_message(view=layout([board]), ephemeral=True)

    @commands.command(name=words("floor.why.name"), description=words("floor.why.description"))
    async def say_why(interaction: Interaction) -> None:
        (meeting, _), member = _planned(desk), MemberId(str(interaction.user.id))
        if meeting.floor.place(member) is None:
            raise RefusedError(Refusal(Code.HAND_NOT_UP))
        lines = why_lines(meeting, member, desk.names, reader(interaction))
        await whisper(interaction, "\n".join(safe(line) for line in lines))

    @commands.command(name=words("floor.times.name"), description=words("floor.times.description"))
    async def show_times(interaction: Interaction) -> None:
        meeting, _ = _planned(desk)
        lines = times_lines(meeting, desk.names, reader(interaction), datetime.now(UTC))
        await whisper(interaction, "\n".join(safe(line) for line in lines))


def _planned(desk: Desk) -> tuple[Meeting, Planned]:
    """The meeting that is spoken of. Raises RefusedError where none is planned."""
    meeting = desk.current()
    if meeting.plan is None:
        raise RefusedError(Refusal(Code.UNKNOWN_MEETING))
    return meeting, meeting.plan


def _id(member: discord.Member | None) -> MemberId | None:
    return MemberId(str(member.id)) if member else None
