"""What the bot needs of Discord, looked at by REST alone: nothing is changed, and a running bot is not disturbed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import aiohttp
import discord
from discord.http import Route

from meetings.findings import Findings
from meetings.platforms.discord import permissions
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.login import log_in
from meetings.platforms.discord.premises import error, find_room, find_text, require
from meetings.platforms.discord.sync import Visitor
from meetings.platforms.port import PlatformError


async def check_up(config: DiscordConfig) -> Findings:
    """What was looked at; what stands on something that does not hold is not looked at."""
    findings = Findings(PlatformError)
    async with Visitor() as visitor:
        with findings.look("token"):
            await log_in(visitor, config)
        if findings.holds:
            await _Rounds(visitor, config, findings).make()
    return findings


GLOBAL = "dm_permission"
"""What is said of a server's command too, and means nothing there (Application Commands)."""


class _Rounds:
    """The looks at one server, in their order."""

    def __init__(self, visitor: Visitor, config: DiscordConfig, findings: Findings) -> None:
        self._visitor, self._config, self._findings = visitor, config, findings

    async def make(self) -> None:
        intent = await self._intent()
        with self._look("server"):
            guild = await self._visitor.server(self._config)
            channels = await guild.fetch_channels()
            me = await guild.fetch_member(self._visitor.user.id if self._visitor.user else 0)
        if not self._findings.holds:
            return
        with self._look("permissions", guild.name):
            require(me, guild)
        self._places(channels, me)
        await self._roles(guild, intent=intent)
        with self._look("commands"):
            await self._commands(guild)

    async def _intent(self) -> bool:
        with self._look("intent"):
            flags = (await self._visitor.application_info()).flags
            if not (flags.gateway_guild_members or flags.gateway_guild_members_limited):
                raise error("intent-missing")
        return self._findings.holds

    def _places(self, channels: Sequence[discord.abc.GuildChannel], me: discord.Member) -> None:
        """The two channels, and what the bot may do in each."""
        for kind, find in (("text", find_text), ("room", find_room)):
            with self._look(kind):
                place = find(channels, self._config)
            if self._findings.holds:
                spoken = self._config.announcement != "off" and isinstance(place, discord.VoiceChannel)
                with self._look("permissions", place.name):
                    require(me, place, permissions.SPEECH if spoken else permissions.NONE)

    async def _roles(self, guild: discord.Guild, *, intent: bool) -> None:
        """Each role exists, and somebody holds it, where the application may know who."""
        members = [one async for one in guild.fetch_members(limit=None)] if intent else []
        for setting in ("chair_role", "secretary_role", "member_role"):
            wanted: str = getattr(self._config, setting)
            with self._look("role", wanted):
                found = {role.id for role in guild.roles if role.name.casefold() == wanted.casefold()}
                if not found:
                    raise error("role-none", role=wanted, setting=f"HEMICYCLE_{setting.upper()}")
                if intent and not any(found & {role.id for role in one.roles} for one in members if not one.bot):
                    raise error("role-nobody", role=wanted)

    async def _commands(self, guild: discord.Guild) -> None:
        """Raises PlatformError (commands) where Discord shows others than ours."""
        ours = {one["name"]: one for one in await self._visitor.tree(guild).told()}
        path = "/applications/{application_id}/guilds/{guild_id}/commands"
        route = Route("GET", path, application_id=self._visitor.application_id, guild_id=guild.id)
        told = await self._visitor.http.request(route, params={"with_localizations": "true"})
        theirs = {one["name"]: one for one in told}
        differing = ours.keys() ^ theirs.keys() | {
            name for name in ours.keys() & theirs.keys() if not _says(theirs[name], ours[name])
        }
        if differing:
            raise error("commands", names=", ".join(sorted(differing)))

    @contextmanager
    def _look(self, check: str, where: str = "") -> Iterator[None]:
        with self._findings.look(check, where):
            try:
                yield
            except (discord.HTTPException, aiohttp.ClientError, OSError) as refusal:
                raise error("unreachable", reason=str(refusal)) from refusal


def _says(theirs: object, ours: object) -> bool:
    """Whether all that we say of a command is what Discord has; it adds ids and defaults of its own."""
    match ours:
        case dict():
            known = theirs if isinstance(theirs, dict) else {}
            return all(_says(known.get(key), value) for key, value in ours.items() if value and key != GLOBAL)
        case list():
            known_list = theirs if isinstance(theirs, list) else []
            return len(known_list) == len(ours) and all(map(_says, known_list, ours))
    return theirs == ours
