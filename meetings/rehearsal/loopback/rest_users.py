"""REST: oneself, other users, one's application, the gateway's address (Resources, User; Application)."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.kinds import ChannelType
from meetings.rehearsal.loopback.rest_core import Body, Call, Routes
from meetings.rehearsal.loopback.world import Channel, Wire

routes = Routes()


@routes("GET", "/gateway", public=True)
async def gateway(call: Call) -> Body:
    """Get Gateway."""
    return {"url": call.services.gateway_url}


@routes("GET", "/gateway/bot")
async def gateway_bot(call: Call) -> Body:
    """Get Gateway Bot."""
    left = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": call.services.gateway_url, "shards": 1, "session_start_limit": left}


@routes("GET", "/users/@me")
async def me(call: Call) -> Body:
    """Get Current User."""
    return wire.own_user(call.user)


@routes("PATCH", "/users/@me")
async def rename_me(call: Call) -> Body:
    """Modify Current User: the username."""
    form = call.form
    name = form.text("username", 32, least=2)
    form.check()
    call.user.username = name or call.user.username
    call.services.hub.tell([call.user.id], "USER_UPDATE", wire.own_user(call.user))
    return wire.own_user(call.user)


@routes("GET", "/users/@me/guilds")
async def my_guilds(call: Call) -> Body:
    """Get Current User Guilds."""
    guild, held = call.world.guild, call.world.permissions(call.user.id)
    told: Wire = {"id": str(guild.id), "name": guild.name, "icon": None, "banner": None, "features": []}
    return [told | {"owner": guild.owner_id == call.user.id, "permissions": str(int(held))}]


@routes("GET", "/users/@me/guilds/{guild_id}/member")
async def my_member(call: Call) -> Body:
    """Get Current User Guild Member."""
    call.guild()
    return wire.member(call.world.guild.members[call.user.id])


@routes("POST", "/users/@me/channels")
async def open_direct(call: Call) -> Body:
    """Create DM."""
    form = call.form
    other = form.snowflake("recipient_id", required=True)
    form.check()
    if other not in call.world.users:
        raise refusal(10013)
    pair = {call.user.id, other}
    channel = next((c for c in call.world.direct.values() if set(c.recipients) == pair), None)
    if channel is None:
        channel = Channel(call.world.ids.new(), ChannelType.DM, "", None, recipients=(call.user.id, other))
        call.world.direct[channel.id] = channel
        told = wire.channel(channel, call.world)
        call.services.hub.tell(pair, "CHANNEL_CREATE", told)
    return wire.channel(channel, call.world)


@routes("GET", "/users/{user_id}")
async def other_user(call: Call) -> Body:
    """Get User."""
    user = call.world.users.get(call.id("user_id"))
    if user is None:
        raise refusal(10013)
    return wire.user(user)


@routes("GET", "/applications/@me")
async def my_application(call: Call) -> Body:
    """Get Current Application."""
    return _application(call)


@routes("GET", "/oauth2/applications/@me")
async def my_application_by_oauth(call: Call) -> Body:
    """Get Current Bot Application Information: the same, at its older address."""
    return _application(call)


def _application(call: Call) -> Wire:
    if not call.user.bot:
        raise refusal(20002)
    return wire.application(call.user, call.world.users[call.world.guild.owner_id])


@routes("GET", "/voice/regions")
async def regions(_: Call) -> Body:
    """List Voice Regions."""
    return [{"id": "loopback", "name": "Loopback", "custom": False, "deprecated": False, "optimal": True}]


@routes("GET", "/soundboard-default-sounds")
async def sounds(_: Call) -> Body:
    """List Default Soundboard Sounds: none."""
    return []


@routes("GET", "/sticker-packs")
async def sticker_packs(_: Call) -> Body:
    """List Sticker Packs: none."""
    return {"sticker_packs": []}
