"""What Discord keeps us from, told to who presides in one sentence with its remedy, once, wherever we may still write.

Such a trouble is Discord's and not the meeting's: nothing of it is in the log. It is told again after a restart that
finds it unmended.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

import discord

from meetings.domain.meeting import Phase
from meetings.platforms.discord.premises import lacking
from meetings.platforms.discord.stagehand import AbsentError, Stagehand
from meetings.platforms.discord.views import safe

_log = logging.getLogger(__name__)

Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel


class Alarm:
    """Listens to what becomes of a meeting's surfaces; each thing that is wrong is told while the session lasts."""

    def __init__(self, hand: Stagehand) -> None:
        self._hand = hand
        self._wrong: dict[str, set[str]] = {}

    async def heard(self, surface: str, error: Exception | None) -> None:
        """A surface failed, or (None) it could be settled again."""
        if error is None:
            self._wrong.pop(surface, None)
            return
        told = set().union(*self._wrong.values()) if self._wrong else set()
        found = set(self._diagnosed(error))
        self._wrong[surface] = self._wrong.get(surface, set()) | found
        for words in sorted(found - told):
            await self.tell(words)

    async def tell(self, words: str) -> None:
        """Ring who presides: in the text channel, or else in the room's own chat. That neither works is only logged."""
        meeting = self._hand.meeting
        if meeting.phase not in {Phase.CONVENED, Phase.OPEN} or meeting.chair is None:
            return
        rung = discord.Object(int(meeting.chair))
        for place in self._places():
            try:
                await place.send(
                    f"<@{rung.id}> {words}",
                    allowed_mentions=discord.AllowedMentions(everyone=False, roles=False, users=[rung]),
                )
            except discord.HTTPException as refusal:
                _log.warning("%s takes no message: %s", place.name, refusal)
            else:
                return
        _log.error("who presides could not be told: %s", words)

    async def back(self, away: timedelta) -> None:
        """Discord was out of reach for so long."""
        await self.tell(self._hand.t("discord.trouble.outage", time=away))

    def _places(self) -> Iterator[Place]:
        for name in ("text", "room"):
            try:
                yield getattr(self._hand, name)
            except AbsentError as absent:
                _log.info("%s: not there to be written to", absent)

    def _diagnosed(self, error: Exception) -> Iterator[str]:
        """In words; nothing where it is not for people to mend (Discord is away, a message is malformed)."""
        t = self._hand.t
        if isinstance(error, AbsentError) and error.what in {"text", "room"}:
            yield t(f"discord.trouble.{error.what}-gone", name=error.name)
        elif isinstance(error, discord.Forbidden):
            for where, lacking in self._lacking():
                yield t("discord.trouble.forbidden", where=safe(where), lacking=lacking)

    def _lacking(self) -> Iterator[tuple[str, list[str]]]:
        """Where which of the permissions that we need are missing now."""
        guild, t = self._hand.guild, self._hand.t
        for place in (guild, *self._places()):
            if names := lacking(guild.me, place):
                yield place.name, [t(f"discord.permission.{name}") for name in names]
