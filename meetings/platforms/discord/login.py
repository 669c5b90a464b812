"""Reaching Discord: where it is, and who we are there."""

import base64
import binascii
import importlib.util

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.premises import error


async def log_in(client: discord.Client, config: DiscordConfig) -> None:
    """Make the token known to Discord's REST API, or to the one that the configuration names.

    Raises PlatformError (token-missing, library-missing, token-refused, unreachable).
    """
    _check(config)
    _aim(config)
    try:
        await client.login(config.token)
    except discord.LoginFailure as refusal:
        raise error("token-refused") from refusal
    except (aiohttp.ClientError, OSError, discord.HTTPException) as refusal:
        raise error("unreachable", reason=str(refusal)) from refusal


def application_of(token: str) -> int:
    """The application's id, which a bot's token begins with (base64 of its digits). Raises PlatformError."""
    head = token.strip().partition(".")[0]
    try:
        return int(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (binascii.Error, ValueError) as wrong:
        raise error("token-shape" if head else "token-missing") from wrong


def _check(config: DiscordConfig) -> None:
    """Raises PlatformError (token-missing, library-missing)."""
    if not config.token.strip():
        raise error("token-missing")
    for library, package in (("nacl", "PyNaCl"), ("davey", "davey")):
        if importlib.util.find_spec(library) is None:
            raise error("library-missing", package=package)


def _aim(config: DiscordConfig) -> None:
    """Point discord.py elsewhere than to Discord: the only thing in it that is changed."""
    if config.rest:
        Route.BASE = config.rest
    if config.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(config.gateway)
