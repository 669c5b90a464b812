"""The recording announced by voice: once whenever it begins, at the opening and after each recess or closed session.

The log has it as a surface `announced:{interludes before}`, noted once all of it was said: a bot started again in the
middle of a session repeats nothing. Where the bot may not speak, the notice in writing stands alone.
"""

import asyncio
import logging
from collections.abc import Mapping

import discord

from meetings.domain.meeting import Phase
from meetings.platforms.discord.alarm import Alarm
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.views import safe
from meetings.platforms.discord.voice import RecordingClient
from meetings.recording.announcement import Packets

_log = logging.getLogger(__name__)

LOOK, PATIENCE = 0.1, 5.0
"""Seconds between two looks at whether we would be heard, and those in which Discord opens our own microphone."""


class Herald:
    """Speaks in the room; `sounds` holds what is said, by language, and is empty where nothing is to be."""

    def __init__(self, hand: Stagehand, alarm: Alarm, sounds: Mapping[str, Packets]) -> None:
        self._hand, self._alarm, self._sounds = hand, alarm, sounds
        self._complained = False

    async def settle(self) -> bool:
        """Say what has not been said; true once the session is over."""
        while surface := self._due():
            if (client := self._client()) is None:
                await asyncio.sleep(LOOK)
            elif not self._may_speak():
                await self._complain()
                break
            else:
                await self._announce(client, surface)
        return not self._sounds or self._hand.meeting.phase in {Phase.ADJOURNED, Phase.CANCELLED}

    def _due(self) -> str:
        """The surface of what is to be said now; empty where there is nothing."""
        meeting = self._hand.meeting
        surface = f"announced:{len(meeting.interludes.all)}"
        recorded = meeting.phase is Phase.OPEN and meeting.recording.running and not meeting.interludes.silent_since
        return surface if recorded and self._sounds and surface not in meeting.posted else ""

    def _client(self) -> RecordingClient | None:
        """Our connection, once what it says would be heard. Raises AbsentError."""
        client = self._hand.guild.voice_client
        return client if isinstance(client, RecordingClient) and client.audible and self._own else None

    @property
    def _own(self) -> discord.VoiceState | None:
        """Our own voice state; none while we are in no room. Raises AbsentError."""
        return self._hand.guild.me.voice

    def _may_speak(self) -> bool:
        """Not muted by the server; of a stage's audience only who may leave it (Modify Current User Voice State)."""
        own, room = self._own, self._hand.room
        stage = isinstance(room, discord.StageChannel) and room.permissions_for(room.guild.me).mute_members
        return own is not None and not own.mute and (stage or not own.suppress)

    def _open(self) -> bool:
        own = self._own
        return own is not None and not (own.self_mute or own.mute or own.suppress)

    async def _complain(self) -> None:
        """Ask for the floor where that is possible, and tell the chair what would help; once."""
        own, room = self._own, self._hand.room
        if self._complained or own is None:
            return
        self._complained = True
        stage = isinstance(room, discord.StageChannel) and not own.mute
        if stage and room.permissions_for(room.guild.me).request_to_speak:
            await room.guild.me.request_to_speak()
        kind = "muted" if own.mute else "stage" if stage else "voice"
        await self._alarm.tell(self._hand.t(f"discord.trouble.speechless.{kind}", where=safe(room.name)))

    async def _announce(self, client: RecordingClient, surface: str) -> None:
        """From the first word to the last, or it counts as not said."""
        try:
            said = await self._rise(client) and await client.say(self._sounds[self._hand.t.lang]) and self._open()
        except OSError as torn:
            _log.info("the announcement was cut: %s", torn)
            said = False
        if said:
            self._complained = False
            await self._hand.posted(surface, str(client.channel.id))
        await self._sit_down(client)

    async def _rise(self, client: RecordingClient) -> bool:
        """Open our microphone, on a stage as a speaker; whether Discord has done so."""
        await client.mute(on=False)
        if self._own and self._own.suppress:
            await self._hand.guild.me.edit(suppress=False)
        try:
            async with asyncio.timeout(PATIENCE):
                while not self._open():  # noqa: ASYNC110 - many things ring the feed
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            return False
        return True

    async def _sit_down(self, client: RecordingClient) -> None:
        """Back to the audience, the microphone closed."""
        await client.mute(on=True)
        own = self._own
        if client.audible and own and not own.suppress and isinstance(client.channel, discord.StageChannel):
            try:
                await self._hand.guild.me.edit(suppress=True)
            except discord.HTTPException as refusal:  # it harms nobody
                _log.warning("the bot stays on stage: %s", refusal)
