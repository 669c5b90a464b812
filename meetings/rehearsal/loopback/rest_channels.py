"""REST: one channel, its permissions, typing (Resources, Channel)."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback import rest_threads
from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.kinds import ChannelType, Permission
from meetings.rehearsal.loopback.rest_core import Body, Call, Routes
from meetings.rehearsal.loopback.rest_guilds import fill_channel, read_overwrite
from meetings.rehearsal.loopback.world import Channel

routes = Routes()


@routes("GET", "/channels/{channel_id}")
async def get_channel(call: Call) -> Body:
    """Get Channel."""
    return wire.channel(call.channel(), call.world)


@routes("PATCH", "/channels/{channel_id}")
async def modify_channel(call: Call) -> Body:
    """Modify Channel, or a thread."""
    channel = call.channel()
    if channel.thread is not None:
        return rest_threads.modify(call, channel, channel.thread)
    channel = call.channel(Permission.MANAGE_CHANNELS)
    fill_channel(channel, call.form)
    return _updated(call, channel)


@routes("DELETE", "/channels/{channel_id}")
async def delete_channel(call: Call) -> Body:
    """Delete Channel: who is in it is disconnected, its stage, threads and messages go with it."""
    channel = call.channel()
    if channel.thread is not None:
        return rest_threads.delete(call, channel)
    channel = call.channel(Permission.MANAGE_CHANNELS)
    world, guild = call.world, call.world.guild
    if channel.kind is ChannelType.DM:
        return wire.channel(channel, world)
    inside = [s.user_id for s in guild.voice_states.values() if s.channel_id == channel.id]
    for user_id in inside:
        await call.services.calls.leave(user_id)
    told = wire.channel(channel, world)
    call.services.hub.broadcast("CHANNEL_DELETE", told, channel)
    guild.stages.pop(channel.id, None)
    del guild.channels[channel.id]
    gone = {channel.id, *(one.id for one in guild.threads.values() if one.parent_id == channel.id)}
    guild.threads = {key: one for key, one in guild.threads.items() if key not in gone}
    for message in [m for m in world.messages.values() if m.channel_id in gone]:
        del world.messages[message.id]
    return told


@routes("PUT", "/channels/{channel_id}/permissions/{overwrite_id}")
async def set_overwrite(call: Call) -> Body:
    """Edit Channel Permissions."""
    channel = call.channel(Permission.MANAGE_ROLES)
    form = call.form
    overwrite = read_overwrite(form, call.id("overwrite_id"))
    form.check()
    channel.overwrites[overwrite.id] = overwrite
    _updated(call, channel)
    return None


@routes("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}")
async def delete_overwrite(call: Call) -> Body:
    """Delete Channel Permission."""
    channel = call.channel(Permission.MANAGE_ROLES)
    if channel.overwrites.pop(call.id("overwrite_id"), None) is None:
        raise refusal(10009)
    _updated(call, channel)
    return None


def _updated(call: Call, channel: Channel) -> Body:
    told = wire.channel(channel, call.world)
    call.services.hub.broadcast("CHANNEL_UPDATE", told, channel)
    return told


@routes("POST", "/channels/{channel_id}/typing")
async def typing(call: Call) -> Body:
    """Trigger Typing Indicator."""
    channel = call.channel(Permission.SEND_MESSAGES)
    now = int(call.world.clock())
    told = {"channel_id": str(channel.id), "user_id": str(call.user.id), "timestamp": now}
    if channel.guild_id is not None:
        member = wire.member(call.world.guild.members[call.user.id])
        told |= {"guild_id": str(channel.guild_id), "member": member}
    call.services.hub.broadcast("TYPING_START", told, channel)
    return None


@routes("GET", "/channels/{channel_id}/invites")
async def invites(call: Call) -> Body:
    """Get Channel Invites: none are made here."""
    call.channel(Permission.MANAGE_CHANNELS)
    return []


@routes("GET", "/channels/{channel_id}/webhooks")
async def webhooks(call: Call) -> Body:
    """Get Channel Webhooks: none are made here, only those of interactions."""
    call.channel(Permission.MANAGE_WEBHOOKS)
    return []
