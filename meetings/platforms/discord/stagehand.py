"""What every part of a meeting on Discord works with: the log's council, the channels, and one way to note a fact."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import discord

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Refusal
from meetings.domain.values import MeetingId, MemberId
from meetings.i18n import Translator, translator
from meetings.platforms.discord.premises import ROOMS, Premises, Room, named


class AbsentError(Exception):
    """A channel (`text`, `room`) or the server is not there now: deleted, or the connection is being renewed."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"{what} {name}")
        self.what, self.name = what, name


@dataclass(frozen=True, slots=True)
class Stagehand:
    """One meeting, and the place where it is held."""

    council: Council
    client: discord.Client
    premises: Premises
    names: Mapping[MemberId, str]
    id: MeetingId

    @property
    def meeting(self) -> Meeting:
        """The meeting's present state."""
        return self.council.meeting(self.id)

    @property
    def t(self) -> Translator:
        """Words in the council's language."""
        plan = self.meeting.plan
        return translator(plan.lang if plan else "fr")

    @property
    def guild(self) -> discord.Guild:
        """The server, complete. Raises AbsentError."""
        guild = self.client.get_guild(self.premises.guild)
        if guild is None or guild.unavailable:
            raise AbsentError("server", str(self.premises.guild))
        return guild

    @property
    def text(self) -> discord.TextChannel:
        """Where boards are drawn; where it was deleted, its namesake. Raises AbsentError."""
        channel = self.guild.get_channel(self.premises.text)
        if isinstance(channel, discord.TextChannel):
            return channel
        name = self.premises.text_name
        if namesake := next((one for one in self.guild.text_channels if one.name == name), None):
            return namesake
        raise AbsentError("text", name)

    @property
    def room(self) -> Room:
        """The room that the meeting's place in the calendar names, or its own, as it was convened; where that was
        deleted, its namesake. Raises AbsentError.
        """
        if chosen := self._chosen():
            return chosen
        own = self.meeting.plan.channel if self.meeting.plan else ""
        channel = self.guild.get_channel(int(own) if own.isdecimal() else self.premises.room)
        if isinstance(channel, ROOMS):
            return channel
        rooms = self.guild.stage_channels if self.premises.stage else self.guild.voice_channels
        if namesake := next((one for one in rooms if one.name == self.premises.room_name), None):
            return namesake
        raise AbsentError("room", self.premises.room_name)

    @property
    def on_stage(self) -> bool:
        """Whether the meeting is held on a stage, be it there now or not. Raises AbsentError for the server."""
        if chosen := self._chosen():
            return isinstance(chosen, discord.StageChannel)
        return self.meeting.plan is not None and self.meeting.plan.venue == "stage"

    def _chosen(self) -> Room | None:
        place = self.meeting.plan.place if self.meeting.plan else ""
        return named((*self.guild.stage_channels, *self.guild.voice_channels), place) if place else None

    def people(self) -> list[discord.Member]:
        """Who is in the room now, bots apart. Raises AbsentError."""
        return [member for member in self.room.members if not member.bot]

    async def note(
        self, command: type[c.Command], *, cause: str = "", by: MemberId | None = None, **fields: object
    ) -> bool:
        """Ask the council in the house's name, or for who acted without an interaction; false where it refused.

        Who is cancelled meanwhile goes only once the log has it or not: nothing is written after the bot has stopped.
        """
        asked = command(meeting=self.id, at=datetime.now(UTC), by=by, cause=cause, **fields)
        writing = asyncio.ensure_future(self.council.handle(asked))
        try:
            return not isinstance(await asyncio.shield(writing), Refusal)
        finally:
            await asyncio.wait({writing})

    async def posted(self, surface: str, ref: str) -> None:
        """Note where a surface is drawn."""
        await self.note(c.NotePosted, surface=surface, ref=ref)


def member_id(member: discord.Member) -> MemberId:
    """A Discord user as the council knows them."""
    return MemberId(str(member.id))
