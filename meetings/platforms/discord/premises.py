"""Where the council meets: the server, its text channel and its room, found or missing; and what we may do there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import discord

from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.port import PlatformError

Room = discord.VoiceChannel | discord.StageChannel
ROOMS = (discord.VoiceChannel, discord.StageChannel)

HOUSE = discord.Permissions(create_events=True, manage_events=True)
DESK = discord.Permissions(view_channel=True, send_messages=True, attach_files=True, read_message_history=True)
VOICE = discord.Permissions(view_channel=True, connect=True, mute_members=True)
STAGE = VOICE | discord.Permissions(manage_channels=True, move_members=True)
"""What the bot must be allowed: in the server, the text channel, a voice channel, a stage (whose moderator it is)."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Premises:
    """Ids of what was found, and names, by which what is deleted and made anew is found again; the objects themselves
    change whenever the connection is renewed.
    """

    guild: int
    text: int
    room: int
    stage: bool
    text_name: str = ""
    room_name: str = ""


def error(code: str, **fields: object) -> PlatformError:
    """What keeps the bot from serving, worded under `discord.start.{code}`."""
    return PlatformError("discord", code, **fields)


def find_guild(client: discord.Client, config: DiscordConfig) -> discord.Guild:
    """The configured server, or the only one. Raises PlatformError (guild-unknown, guild-none, guild-several)."""
    return _one(client.guilds, config.guild, "guild")


def inspect(guild: discord.Guild, config: DiscordConfig) -> Premises:
    """Find the channels and check every permission.

    Raises PlatformError (text-*, room-*, permissions with the `missing` ones and `where`).
    """
    text = _one(guild.text_channels, config.text_channel, "text")
    room = _one([*guild.stage_channels, *guild.voice_channels], config.room, "room")
    stage = isinstance(room, discord.StageChannel)
    _allow(guild.me.guild_permissions, HOUSE, guild.name)
    _allow(text.permissions_for(guild.me), DESK, text.name)
    _allow(room.permissions_for(guild.me), STAGE if stage else VOICE, room.name)
    return Premises(guild.id, text.id, room.id, stage, text.name, room.name)


def _one(found: Sequence[T], wanted: int | None, kind: str) -> T:
    if wanted is not None:
        chosen = next((one for one in found if getattr(one, "id", None) == wanted), None)
        if chosen is None:
            raise error(f"{kind}-unknown", id=wanted)
        return chosen
    if not found:
        raise error(f"{kind}-none")
    if len(found) > 1:
        raise error(f"{kind}-several", names=", ".join(_labels(found)))
    return found[0]


def _labels(found: Iterable[object]) -> list[str]:
    return [f"{getattr(one, 'name', '')} ({getattr(one, 'id', '')})" for one in found]


def _allow(held: discord.Permissions, needed: discord.Permissions, where: str) -> None:
    if held.administrator or held.is_superset(needed):
        return
    missing = [name for name, wanted in needed if wanted and not getattr(held, name)]
    raise error("permissions", where=where, missing=", ".join(missing))
