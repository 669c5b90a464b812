"""What the bot must be allowed on Discord, and no more: the invite link, the start and the check-up all read it here.

Each is named as discord.py names it; why it is needed is worded under `discord.permission.{name}`. An event of its own
a bot changes by the permission to create events (Topics, Permissions), a message of its own by that to see the channel.
"""

from typing import Literal

import discord

NONE = discord.Permissions.none()

HOUSE = discord.Permissions(create_events=True)
"""In the whole server."""

DESK = discord.Permissions(
    view_channel=True,
    send_messages=True,
    attach_files=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)
"""In the text channel; threads are for the captions."""

VOICE = discord.Permissions(view_channel=True, connect=True, mute_members=True)
"""In a voice channel."""

STAGE = VOICE | discord.Permissions(manage_channels=True, move_members=True)
"""On a stage, whose moderator the bot is: that takes all three of these permissions (Stage Instance)."""

SPEECH = discord.Permissions(speak=True)
"""In a voice channel too, to announce the recording; a council that announces it otherwise may do without."""

SCOPES = ("bot", "applications.commands")
"""What the bot is invited as: a member, and somebody who brings commands."""


def needed(room: Literal["stage", "voice"]) -> discord.Permissions:
    """Everything, for a council that meets in that kind of room."""
    return HOUSE | DESK | (STAGE if room == "stage" else VOICE | SPEECH)


def names(permissions: discord.Permissions) -> list[str]:
    """The names of what is allowed."""
    return [name for name, allowed in permissions if allowed]


def missing(held: discord.Permissions, needed: discord.Permissions) -> list[str]:
    """The names of what is needed and not held."""
    return [] if held.administrator else names(needed & ~held)


def invitation(application: int, room: Literal["stage", "voice"]) -> str:
    """The address at which who manages a server lets the bot in."""
    return discord.utils.oauth_url(application, permissions=needed(room), scopes=SCOPES)
