"""The council on Discord: an adapter that translates and delegates. No rule of the council is decided here."""

from meetings.platforms.discord.bot import CouncilBot
from meetings.platforms.discord.config import DiscordConfig

__all__ = ["CouncilBot", "DiscordConfig"]
