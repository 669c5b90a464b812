"""REST: reactions (Resources, Message, Reactions)."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.kinds import Permission
from meetings.rehearsal.loopback.limits import REACT
from meetings.rehearsal.loopback.objects_messages import emoji
from meetings.rehearsal.loopback.rest_core import Body, Call, Routes
from meetings.rehearsal.loopback.world import Channel, Message, Wire

routes = Routes()

ALL = "/channels/{channel_id}/messages/{message_id}/reactions"
ONE = ALL + "/{emoji}"


def _where(channel: Channel, message: Message) -> Wire:
    told: Wire = {"channel_id": str(channel.id), "message_id": str(message.id)}
    return told | ({"guild_id": str(channel.guild_id)} if channel.guild_id else {})


@routes("PUT", ONE + "/@me", limit=REACT)
async def react(call: Call) -> Body:
    """Create Reaction: the emoji is a character or `name:id`."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    message, key = call.message(channel), call.path["emoji"]
    if not key or (key.isascii() and ":" not in key):
        raise refusal(10014)
    if key not in message.reactions and Permission.ADD_REACTIONS not in call.world.permissions(call.user.id, channel):
        raise refusal(50013)
    who = message.reactions.setdefault(key, [])
    if call.user.id in who:
        return None
    who.append(call.user.id)
    told = _where(channel, message) | {"user_id": str(call.user.id), "emoji": emoji(key), "burst": False, "type": 0}
    told["message_author_id"] = str(message.author_id)
    if member := call.world.guild.members.get(call.user.id):
        told["member"] = wire.member(member)
    call.services.hub.broadcast("MESSAGE_REACTION_ADD", told, channel)
    return None


@routes("DELETE", ONE + "/@me", limit=REACT)
async def take_back(call: Call) -> Body:
    """Delete Own Reaction."""
    channel = call.channel()
    _remove(call, channel, call.message(channel), call.user.id)
    return None


@routes("DELETE", ONE + "/{user_id}", limit=REACT)
async def remove_of(call: Call) -> Body:
    """Delete User Reaction."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    _remove(call, channel, call.message(channel), call.id("user_id"))
    return None


def _remove(call: Call, channel: Channel, message: Message, user_id: int) -> None:
    key = call.path["emoji"]
    who = message.reactions.get(key, [])
    if user_id not in who:
        raise refusal(10014)
    who.remove(user_id)
    if not who:
        del message.reactions[key]
    told = _where(channel, message) | {"user_id": str(user_id), "emoji": emoji(key), "burst": False, "type": 0}
    call.services.hub.broadcast("MESSAGE_REACTION_REMOVE", told, channel)


@routes("GET", ONE)
async def who_reacted(call: Call) -> Body:
    """Get Reactions: the users."""
    message = call.message(call.channel(Permission.READ_MESSAGE_HISTORY))
    limit, after = call.number("limit", 25, 1, 100), call.number("after", 0, 0, 1 << 63)
    found = sorted(user_id for user_id in message.reactions.get(call.path["emoji"], []) if user_id > after)
    return [wire.user(call.world.users[user_id]) for user_id in found[:limit]]


@routes("DELETE", ALL)
async def clear(call: Call) -> Body:
    """Delete All Reactions."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    message = call.message(channel)
    message.reactions.clear()
    call.services.hub.broadcast("MESSAGE_REACTION_REMOVE_ALL", _where(channel, message), channel)
    return None


@routes("DELETE", ONE)
async def clear_emoji(call: Call) -> Body:
    """Delete All Reactions for Emoji."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    message = call.message(channel)
    message.reactions.pop(call.path["emoji"], None)
    told = _where(channel, message) | {"emoji": emoji(call.path["emoji"])}
    call.services.hub.broadcast("MESSAGE_REACTION_REMOVE_EMOJI", told, channel)
    return None
