"""REST: public threads that begin from a message (Topics, Threads; Resources, Channel)."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.kinds import ChannelType, MessageFlag, Permission
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.world import Channel, Thread

routes = Routes()

AUTO_ARCHIVE = (60, 1440, 4320, 10080)
"""Minutes without a message after which a thread is archived, as one may choose."""


@routes("POST", "/channels/{channel_id}/messages/{message_id}/threads")
async def start_thread(call: Call) -> Reply:
    """Start Thread from Message: it has the message's id."""
    parent = call.channel(Permission.CREATE_PUBLIC_THREADS)
    if parent.kind is not ChannelType.TEXT:
        raise refusal(50024)
    message, guild, form = call.message(parent), call.world.guild, call.form
    name = form.text("name", 100, least=1, required=True)
    after = form.choice("auto_archive_duration", AUTO_ARCHIVE)
    slow = form.integer("rate_limit_per_user", 0, 21600)
    form.check()
    if message.id in guild.threads:
        raise refusal(160004)
    thread = Thread(call.user.id, call.world.now(), after or AUTO_ARCHIVE[1])
    made = Channel(message.id, ChannelType.PUBLIC_THREAD, name or "", guild.id, parent_id=parent.id, thread=thread)
    made.slow_mode = slow or 0
    guild.threads[made.id] = made
    message.flags |= MessageFlag.HAS_THREAD
    told = wire.channel(made, call.world)
    call.services.hub.broadcast("THREAD_CREATE", told | {"newly_created": True}, made)
    call.services.posting.touch(message)
    return Reply(told, 201)


def modify(call: Call, channel: Channel, thread: Thread) -> Body:
    """Modify Channel, of a thread: its maker may, and who manages threads; anybody may take it out of the archive."""
    form = call.form
    name, archived = form.text("name", 100), form.boolean("archived")
    after = form.choice("auto_archive_duration", AUTO_ARCHIVE)
    form.check()
    reopens = "archived" in form and not archived
    manages = Permission.MANAGE_THREADS in call.world.permissions(call.user.id, channel)
    if not (manages or thread.owner_id == call.user.id or (reopens and set(form.body) == {"archived"})):
        raise refusal(50013)
    if thread.archived and not reopens:
        raise refusal(50083)
    channel.name, thread.archive_after = name or channel.name, after or thread.archive_after
    archive(call, channel, thread, archived=archived if "archived" in form else thread.archived)
    return wire.channel(channel, call.world)


def archive(call: Call, channel: Channel, thread: Thread, *, archived: bool) -> None:
    """Put a thread away or take it out again, and tell how it is now."""
    if thread.archived is not archived:
        thread.archived, thread.changed_at = archived, call.world.now()
    call.services.hub.broadcast("THREAD_UPDATE", wire.channel(channel, call.world), channel)


def delete(call: Call, channel: Channel) -> Body:
    """Delete Channel, of a thread, with what was written in it."""
    call.channel(Permission.MANAGE_THREADS)
    told, world = wire.channel(channel, call.world), call.world
    gone = {key: told[key] for key in ("id", "guild_id", "parent_id", "type")}
    call.services.hub.broadcast("THREAD_DELETE", gone, channel)
    del world.guild.threads[channel.id]
    for message in [m for m in world.messages.values() if m.channel_id == channel.id]:
        del world.messages[message.id]
    return told
