"""The room: who is there, and the recording of what they say."""

from pathlib import Path

import discord

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.platforms.discord.stagehand import Stagehand, member_id
from meetings.platforms.discord.tape import Tape
from meetings.platforms.discord.voice import RecordingClient
from meetings.recording.errors import RecordingError

NOTICE = "notice"
"""The surface that says, before anything is recorded, that the session will be."""


class RoomKeeper:
    """Stands in the room from the convening to the adjournment, keeps the roll, and records the open session."""

    def __init__(self, hand: Stagehand, recordings: Path) -> None:
        self._hand = hand
        self._tape = Tape(hand, recordings / hand.id)
        self._unable = False

    async def settle(self) -> bool:
        """Be where the phase asks, with the roll as it is; true once the session is over and all of it is noted."""
        match self._hand.meeting.phase:
            case Phase.CONVENED:
                await self._call_roll()
                await self._join()
            case Phase.OPEN:
                await self._call_roll()
                await self._record()
            case Phase.ADJOURNED:
                await self._tape.finish()
                await self._leave()
                return True
        return False

    async def close(self) -> None:
        """The process ends: keep what was heard; the session goes on without us."""
        await self._tape.close()
        await self._leave()

    async def _call_roll(self) -> None:
        """Who sits in the council and is in the room is present, who is not in it is not."""
        here = {member_id(member) for member in self._hand.people()}
        roll = self._hand.meeting.attendance
        for seat in roll.roster:
            if seat.member in here and seat.member not in roll.present:
                await self._hand.note(c.Arrive, member=seat.member)
            elif seat.member not in here and seat.member in roll.present:
                await self._hand.note(c.Leave, member=seat.member)

    async def _join(self) -> None:
        if self._hand.guild.voice_client is not None:
            return
        try:
            await self._hand.room.connect(cls=RecordingClient, self_mute=True)
            self._unable = False
        except (discord.DiscordException, TimeoutError, OSError):
            await self._trouble("room-closed")
            raise

    async def _record(self) -> None:
        if NOTICE not in self._hand.meeting.posted:
            return  # nobody is recorded before it was said; the notice, once posted, wakes us
        try:
            await self._tape.run(self._hand.room)
        except RecordingError:
            await self._trouble("recording-unwritable")
            raise

    async def _trouble(self, code: str) -> None:
        """Once, however often it is tried again."""
        if not self._unable:
            await self._hand.note(c.NoteTrouble, code=code)
        self._unable = True

    async def _leave(self) -> None:
        present = self._hand.client.get_guild(self._hand.premises.guild)
        client = present.voice_client if present else None
        if client is not None:
            await client.disconnect(force=True)
