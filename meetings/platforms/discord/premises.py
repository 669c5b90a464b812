"""Where the council meets: the server, its text channel and its room, found or missing; and what we may do there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import discord

from meetings.platforms.discord import permissions
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.port import PlatformError

Room = discord.VoiceChannel | discord.StageChannel
ROOMS = (discord.VoiceChannel, discord.StageChannel)

T = TypeVar("T")

_LINK = re.compile(r"discord\.com/channels/\d+/(\d+)")
_BETWEEN = re.compile(r"[,;:|/()\n]|\s[-–—]\s")


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
    return one(client.guilds, config.guild, "guild")


def inspect(guild: discord.Guild, config: DiscordConfig) -> Premises:
    """Find the channels and check every permission.

    Raises PlatformError (text-*, room-*, permissions with the `missing` ones and `where`).
    """
    text, room = find_text(guild.channels, config), find_room(guild.channels, config)
    for place in (guild, text, room):
        require(guild.me, place)
    return Premises(guild.id, text.id, room.id, isinstance(room, discord.StageChannel), text.name, room.name)


def find_text(channels: Iterable[object], config: DiscordConfig) -> discord.TextChannel:
    """The text channel for the boards. Raises PlatformError (text-unknown, text-none, text-several)."""
    return one([each for each in channels if isinstance(each, discord.TextChannel)], config.text_channel, "text")


def find_room(channels: Iterable[object], config: DiscordConfig) -> Room:
    """The stage, or the voice channel. Raises PlatformError (room-unknown, room-none, room-several)."""
    rooms = [each for each in channels if isinstance(each, ROOMS)]
    return one(sorted(rooms, key=lambda each: isinstance(each, discord.VoiceChannel)), config.room, "room")


def named(rooms: Iterable[Room], place: str) -> Room | None:
    """The room that a calendar's LOCATION links to, or has as one of its parts: `Agora`, `Discord : Agora`."""
    links, parts = set(_LINK.findall(place)), {_plain(part) for part in _BETWEEN.split(place)}
    return next((room for room in rooms if str(room.id) in links), None) or next(
        (room for room in rooms if _plain(room.name) in parts), None
    )


def _plain(name: str) -> str:
    """A name as people write it elsewhere: no sign before it, capitals or not."""
    return re.sub(r"^\W+", "", name).strip().casefold()


def require(
    me: discord.Member, place: discord.Guild | discord.TextChannel | Room, also: discord.Permissions = permissions.NONE
) -> None:
    """Raises PlatformError (permissions, with `where` and the `missing` ones, of those needed and of `also`)."""
    if missing := lacking(me, place, also):
        raise error("permissions", where=place.name, missing=missing)


def lacking(
    me: discord.Member, place: discord.Guild | discord.TextChannel | Room, also: discord.Permissions = permissions.NONE
) -> list[str]:
    """The names of the permissions that we need there, or want also, and lack."""
    held = me.guild_permissions if isinstance(place, discord.Guild) else place.permissions_for(me)
    return permissions.missing(held, _needed(place) | also)


def _needed(place: discord.Guild | discord.TextChannel | Room) -> discord.Permissions:
    match place:
        case discord.Guild():
            return permissions.HOUSE
        case discord.TextChannel():
            return permissions.DESK
        case discord.StageChannel():
            return permissions.STAGE
        case discord.VoiceChannel():
            return permissions.VOICE


def one(found: Sequence[T], wanted: int | None, kind: str) -> T:
    """The wanted one, or the only one. Raises PlatformError ({kind}-unknown, {kind}-none, {kind}-several)."""
    if wanted is not None:
        chosen = next((each for each in found if getattr(each, "id", None) == wanted), None)
        if chosen is None:
            raise error(f"{kind}-unknown", id=wanted)
        return chosen
    if not found:
        raise error(f"{kind}-none")
    if len(found) > 1:
        raise error(f"{kind}-several", names=", ".join(_labels(found)))
    return found[0]


def _labels(found: Iterable[object]) -> list[str]:
    return [f"{getattr(each, 'name', '')} ({getattr(each, 'id', '')})" for each in found]
