"""The slash commands, told to Discord without the bot running."""

from pathlib import Path

import discord

from meetings.council import Council
from meetings.log.store import Log
from meetings.platforms.discord.commands import CouncilTree
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.desk import Desk, DeskClient
from meetings.platforms.discord.login import log_in
from meetings.platforms.discord.premises import error, one


class Visitor(DeskClient):
    """A connection by REST alone, that looks and declares; no member's act reaches its desk, whose log is empty."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.members = True
        super().__init__(intents=intents)
        self.desk = Desk(Council(Log.open(":memory:")), {}, {})

    async def close(self) -> None:
        """See `Client.close`."""
        await super().close()
        self.desk.council.log.close()

    async def server(self, config: DiscordConfig) -> discord.Guild:
        """The configured server, or the only one, without its channels. Raises PlatformError, discord.HTTPException."""
        found = [guild async for guild in self.fetch_guilds(limit=None)]
        return await self.fetch_guild(one(found, config.guild, "guild").id)

    def tree(self, guild: discord.Guild) -> CouncilTree:
        """The commands of that server; to be asked for once."""
        return CouncilTree(self, discord.Object(guild.id))


async def sync(config: DiscordConfig, *, force: bool = False) -> bool:
    """Tell Discord the commands where they differ from those it was told last, or in any case; whether it was told.

    Raises PlatformError, OSError.
    """
    async with Visitor() as visitor:
        await log_in(visitor, config)
        kept = kept_in(config)
        if force:
            kept.unlink(missing_ok=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            guild = await visitor.server(config)
        except discord.HTTPException as refusal:
            raise error("unreachable", reason=str(refusal)) from refusal
        return await publish(visitor.tree(guild), guild, kept)


async def publish(tree: CouncilTree, guild: discord.Guild, kept: Path) -> bool:
    """See `CouncilTree.publish`. Raises PlatformError."""
    try:
        return await tree.publish(kept)
    except discord.Forbidden as refusal:
        raise error("permissions", where=guild.name, missing=["applications.commands"]) from refusal
    except discord.HTTPException as refusal:
        raise error("unreachable", reason=str(refusal)) from refusal


def kept_in(config: DiscordConfig) -> Path:
    """Where the digest of the commands that Discord was told last is kept: beside the recordings."""
    return config.recordings.with_name("council.commands")
