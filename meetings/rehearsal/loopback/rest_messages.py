"""REST: messages and pins (Resources, Message; Channel Pins)."""

from datetime import timedelta

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback import rest_threads
from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.kinds import MessageFlag, MessageType, Permission
from meetings.rehearsal.loopback.limits import EDIT, SEND
from meetings.rehearsal.loopback.message_forms import read_message, required
from meetings.rehearsal.loopback.posting import Origin
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.snowflakes import created_at
from meetings.rehearsal.loopback.world import Channel, Message, Wire

routes = Routes()

OLDEST_BULK = timedelta(days=14)
PINS = 250


@routes("GET", "/channels/{channel_id}/messages")
async def list_messages(call: Call) -> Body:
    """Get Channel Messages, newest first; `before`, `after` or `around` a message."""
    channel = call.channel(Permission.READ_MESSAGE_HISTORY)
    limit = call.number("limit", 50, 1, 100)
    history = sorted(call.world.history(channel.id), key=lambda message: message.id)
    chosen = _window(history, call.query, limit)
    return [_page(call, message) for message in reversed(chosen)]


def _window(history: list[Message], query: dict[str, str], limit: int) -> list[Message]:
    if query.get("after", "").isdigit():
        return [m for m in history if m.id > int(query["after"])][:limit]
    if query.get("before", "").isdigit():
        return [m for m in history if m.id < int(query["before"])][-limit:]
    if query.get("around", "").isdigit():
        middle = sum(m.id < int(query["around"]) for m in history)
        start = max(middle - limit // 2, 0)
        return history[start : start + limit]
    return history[-limit:]


def _page(call: Call, message: Message) -> Wire:
    return call.services.pages.message(message, call.user.id)


@routes("GET", "/channels/{channel_id}/messages/{message_id}")
async def get_message(call: Call) -> Body:
    """Get Channel Message."""
    return _page(call, call.message(call.channel(Permission.READ_MESSAGE_HISTORY)))


@routes("POST", "/channels/{channel_id}/messages", limit=SEND)
async def create_message(call: Call) -> Body:
    """Create Message, as JSON or multipart with files; one in a thread takes it out of the archive."""
    channel = call.channel()
    channel = call.channel(Permission.SEND_MESSAGES_IN_THREADS if channel.thread else Permission.SEND_MESSAGES)
    if any(not call.world.users[other].reachable for other in channel.recipients if other != call.user.id):
        raise refusal(50007)
    draft = required(read_message(call.form, call.files))
    message = call.services.posting.once(channel, call.user.id, draft)
    if channel.thread and channel.thread.archived:
        rest_threads.archive(call, channel, channel.thread, archived=False)
    return _page(call, message) | ({"nonce": draft.nonce} if draft.nonce is not None else {})


@routes("PATCH", "/channels/{channel_id}/messages/{message_id}", limit=EDIT)
async def edit_message(call: Call) -> Body:
    """Edit Message: one's own; of others a moderator may only suppress the embeds."""
    channel = call.channel()
    message, form = call.message(channel), call.form
    if channel.thread and channel.thread.archived:
        raise refusal(50083)
    draft = read_message(form, call.files, v2=MessageFlag.IS_COMPONENTS_V2 in message.flags)
    if message.author_id != call.user.id and (set(form.body) - {"flags"} or not _moderates(call, channel)):
        raise refusal(50005)
    call.services.posting.edit(message, draft)
    return _page(call, message)


@routes("DELETE", "/channels/{channel_id}/messages/{message_id}")
async def delete_message(call: Call) -> Body:
    """Delete Message: one's own, or any with MANAGE_MESSAGES."""
    channel = call.channel()
    message = call.message(channel)
    if message.author_id != call.user.id and not _moderates(call, channel):
        raise refusal(50013)
    call.services.posting.delete([message])
    return None


def _moderates(call: Call, channel: Channel) -> bool:
    return Permission.MANAGE_MESSAGES in call.world.permissions(call.user.id, channel)


@routes("POST", "/channels/{channel_id}/messages/bulk-delete")
async def bulk_delete(call: Call) -> Body:
    """Bulk Delete Messages: 2 to 100, younger than two weeks; unknown ones are skipped."""
    channel = call.channel(Permission.MANAGE_MESSAGES)
    ids = [int(word) for word in call.form.body.get("messages") or [] if str(word).isdigit()]
    if not 2 <= len(ids) <= 100:
        raise refusal(50016)
    if any(created_at(ident) < call.world.now() - OLDEST_BULK for ident in ids):
        raise refusal(50034)
    found = [m for m in call.world.history(channel.id) if m.id in ids]
    if found:
        call.services.posting.delete(found)
    return None


@routes("GET", "/channels/{channel_id}/messages/pins")
async def list_pins(call: Call) -> Body:
    """Get Channel Pins, the latest pinned first."""
    pinned = _pinned(call, call.channel())
    items = [{"pinned_at": wire.iso(m.pinned_at), "message": _page(call, m)} for m in pinned]
    return {"items": items[: call.number("limit", 50, 1, 50)], "has_more": len(items) > 50}


@routes("GET", "/channels/{channel_id}/pins")
async def list_pins_by_old_route(call: Call) -> Body:
    """Get Pinned Messages, the older route."""
    return [_page(call, message) for message in _pinned(call, call.channel())]


def _pinned(call: Call, channel: Channel) -> list[Message]:
    found = [(m.pinned_at, m) for m in call.world.history(channel.id) if m.pinned_at is not None]
    return [message for _, message in sorted(found, key=lambda pair: (pair[0], pair[1].id), reverse=True)]


@routes("PUT", "/channels/{channel_id}/messages/pins/{message_id}")
@routes("PUT", "/channels/{channel_id}/pins/{message_id}")
async def pin(call: Call) -> Body:
    """Pin Message; the channel is told by a message of its own (type 6)."""
    channel = call.channel()
    _may_pin(call, channel)
    message = call.message(channel)
    if len(_pinned(call, channel)) >= PINS:
        raise refusal(30003)
    message.pinned_at = channel.last_pin_at = call.world.now()
    _pins_changed(call, channel, message)
    notice = read_message(call.form.sub("none"), {})
    call.services.posting.create(channel, call.user.id, notice, Origin(MessageType.PINNED, reference_id=message.id))
    return None


@routes("DELETE", "/channels/{channel_id}/messages/pins/{message_id}")
@routes("DELETE", "/channels/{channel_id}/pins/{message_id}")
async def unpin(call: Call) -> Reply:
    """Unpin Message."""
    channel = call.channel()
    _may_pin(call, channel)
    message = call.message(channel)
    message.pinned_at = None
    _pins_changed(call, channel, message)
    return Reply(None, 204)


def _may_pin(call: Call, channel: Channel) -> None:
    held = call.world.permissions(call.user.id, channel)
    if not held & (Permission.PIN_MESSAGES | Permission.MANAGE_MESSAGES):
        raise refusal(50013)


def _pins_changed(call: Call, channel: Channel, message: Message) -> None:
    call.services.posting.touch(message)
    told = {"channel_id": str(channel.id), "last_pin_timestamp": wire.iso(channel.last_pin_at)}
    if channel.guild_id is not None:
        told["guild_id"] = str(channel.guild_id)
    call.services.hub.broadcast("CHANNEL_PINS_UPDATE", told, channel)
