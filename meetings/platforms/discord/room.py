"""The bot's own place in the room: there from the convening to the adjournment, recording while the session is open.

In a recess it stands there and records nothing. Behind closed doors it is not in the room at all: where the room is
encrypted end to end it then has no key to what is said.
"""

import asyncio
from contextlib import suppress
from pathlib import Path

import discord

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.domain.values import UtteranceId
from meetings.platforms.discord.follow import end
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.tape import Tape
from meetings.platforms.discord.voice import RecordingClient
from meetings.recording import Speech
from meetings.recording.errors import RecordingError

NOTICE = "notice"
"""The surface that says, before anything is recorded, that the session will be."""

PATIENCE = 5.0
"""Seconds between two looks at whether we stand in the room; the chair is told after two that we do not."""


class RoomKeeper:
    """Stands in the room, in the audience of a stage, and records the open session."""

    def __init__(self, hand: Stagehand, recordings: Path) -> None:
        self._hand = hand
        self._tape = Tape(hand, recordings / hand.id)
        self._watching: asyncio.Task[None] | None = None
        self._unwritable = self._outside = False

    async def settle(self) -> bool:
        """Be where the phase asks; true once the session is over and all that was heard is noted."""
        match self._hand.meeting.phase:
            case Phase.CONVENED:
                self._watch()
                await self._stand()
            case Phase.OPEN if self._hand.meeting.interludes.private:
                self._outside = True
                await self._tape.pause()
                await self._leave()
            case Phase.OPEN if self._hand.meeting.interludes.recess:
                await self._tape.pause()
                await self._stand()
            case Phase.OPEN:
                self._watch()
                await self._return()
                await self._record()
            case Phase.ADJOURNED | Phase.CANCELLED:
                await end(self._watching)
                await self._tape.finish()
                await self._leave()
                return True
        return False

    def sound(self, utterance: UtteranceId) -> bytes | None:
        """An utterance that is still in memory."""
        return self._tape.sound(utterance)

    def speaking(self) -> list[Speech]:
        """Utterances that are not over, so far."""
        return self._tape.speaking()

    async def close(self) -> None:
        """The process ends: keep what was heard; the session goes on without us."""
        await end(self._watching)
        await self._tape.close()
        await self._leave()

    async def _stand(self) -> None:
        if self._hand.guild.voice_client is None:
            await self._hand.room.connect(cls=RecordingClient, self_mute=True)

    async def _return(self) -> None:
        """After closed doors, be back before anybody reads that the session is recorded; the tape tries again."""
        outside, self._outside = self._outside, False
        if not outside:
            return
        with suppress(discord.DiscordException, TimeoutError, OSError):
            await self._stand()

    async def _record(self) -> None:
        if NOTICE not in self._hand.meeting.posted:
            return  # nobody is recorded before it was said; the notice, once posted, wakes us
        try:
            await self._tape.run(self._hand.room)
        except RecordingError:
            if not self._unwritable:
                await self._hand.note(c.NoteTrouble, code="recording-unwritable")
            self._unwritable = True
            raise

    def _watch(self) -> None:
        if self._watching is None:
            self._watching = asyncio.create_task(self._tell(), name=f"watch {self._hand.id}")

    async def _tell(self) -> None:
        """Tell the chair when we cannot stand in the room, and when we can again."""
        absences, away = 0, False
        while True:
            await asyncio.sleep(PATIENCE)
            private = self._hand.meeting.interludes.private is not None
            absences = 0 if private or self._stands() else absences + 1
            if away is not (absences > 1):
                away = not away
                await self._hand.note(c.NoteTrouble, code="room-closed" if away else "room-entered")

    def _stands(self) -> bool:
        client = self._voice_client()
        return isinstance(client, RecordingClient) and client.is_connected()

    async def _leave(self) -> None:
        client = self._voice_client()
        if isinstance(client, RecordingClient):
            await client.disconnect(force=True)

    def _voice_client(self) -> object:
        guild = self._hand.client.get_guild(self._hand.premises.guild)
        return guild.voice_client if guild else None
