"""REST: the guild, its channels and roles (Resources, Guild)."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.kinds import CONNECTABLE, ChannelType, Permission
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.world import Channel, Overwrite, Role

routes = Routes()

MAKEABLE = frozenset({ChannelType.TEXT, ChannelType.VOICE, ChannelType.CATEGORY, ChannelType.STAGE})


@routes("GET", "/guilds/{guild_id}")
async def get_guild(call: Call) -> Body:
    """Get Guild; `with_counts` adds how many members there are and are present."""
    call.guild()
    guild, hub = call.world.guild, call.services.hub
    if call.query.get("with_counts") not in ("true", "True", "1"):
        return wire.guild(guild)
    present = sum(hub.status(user_id) != "offline" for user_id in guild.members)
    return wire.guild(guild, (len(guild.members), present))


@routes("PATCH", "/guilds/{guild_id}")
async def modify_guild(call: Call) -> Body:
    """Modify Guild: its name and locale."""
    call.guild()
    call.need(Permission.MANAGE_GUILD)
    form, guild = call.form, call.world.guild
    name, locale = form.text("name", 100, least=2), form.text("preferred_locale", 6)
    form.check()
    guild.name, guild.locale = name or guild.name, locale or guild.locale
    call.services.hub.broadcast("GUILD_UPDATE", wire.guild(guild))
    return wire.guild(guild)


@routes("GET", "/guilds/{guild_id}/preview")
async def preview(call: Call) -> Body:
    """Get Guild Preview."""
    call.guild()
    told = wire.guild(call.world.guild)
    kept = [
        "id",
        "name",
        "icon",
        "description",
        "home_header",
        "splash",
        "discovery_splash",
        "features",
        "emojis",
        "stickers",
    ]
    present = sum(call.services.hub.status(user_id) != "offline" for user_id in call.world.guild.members)
    counts = {"approximate_member_count": len(call.world.guild.members), "approximate_presence_count": present}
    return {key: told[key] for key in kept} | counts


@routes("GET", "/guilds/{guild_id}/channels")
async def list_channels(call: Call) -> Body:
    """Get Guild Channels."""
    call.guild()
    return [wire.channel(channel, call.world) for channel in call.world.guild.channels.values()]


@routes("POST", "/guilds/{guild_id}/channels")
async def create_channel(call: Call) -> Reply:
    """Create Guild Channel: text, voice, stage or category."""
    call.guild()
    call.need(Permission.MANAGE_CHANNELS)
    form, guild = call.form, call.world.guild
    if len(guild.channels) >= 500:
        raise refusal(30013)
    kind = ChannelType(form.choice("type", MAKEABLE) or 0)
    form.text("name", 100, least=1, required=True)
    channel = Channel(call.world.ids.new(), kind, "", guild.id, position=len(guild.channels))
    fill_channel(channel, form)
    guild.channels[channel.id] = channel
    told = wire.channel(channel, call.world)
    call.services.hub.broadcast("CHANNEL_CREATE", told, channel)
    return Reply(told, 201)


def fill_channel(channel: Channel, form: Form) -> None:
    """Set what a body says of a channel; nothing changes when any of it is wrong."""
    name, topic = form.text("name", 100, least=1), form.text("topic", 1024)
    position, slow = form.integer("position"), form.integer("rate_limit_per_user", 0, 21600)
    bitrate, users = form.integer("bitrate", 8000, 384_000), form.integer("user_limit", 0, 10_000)
    parent = form.snowflake("parent_id")
    overwrites = [read_overwrite(item) for item in form.items("permission_overwrites")]
    form.check()
    channel.name = _slug(name) if name and channel.kind is ChannelType.TEXT else name or channel.name
    channel.topic = topic if "topic" in form else channel.topic
    channel.position = channel.position if position is None else position
    channel.slow_mode = channel.slow_mode if slow is None else slow
    channel.nsfw = form.boolean("nsfw") if "nsfw" in form else channel.nsfw
    channel.parent_id = parent if "parent_id" in form else channel.parent_id
    if channel.kind in CONNECTABLE:
        channel.bitrate = bitrate or channel.bitrate
        channel.user_limit = channel.user_limit if users is None else users
    if "permission_overwrites" in form:
        channel.overwrites = {one.id: one for one in overwrites}


def read_overwrite(form: Form, ident: int | None = None) -> Overwrite:
    """A permission overwrite of a body, `ident` when the path names it."""
    ident = form.snowflake("id", required=True) if ident is None else ident
    allow, deny = form.snowflake("allow") or 0, form.snowflake("deny") or 0
    return Overwrite(ident or 0, form.choice("type", (0, 1)) or 0, Permission(allow), Permission(deny))


def _slug(name: str) -> str:
    """Text channels are lower case, with dashes for spaces."""
    return "-".join(name.lower().split())


@routes("GET", "/guilds/{guild_id}/threads/active")
async def active_threads(call: Call) -> Body:
    """List Active Guild Threads."""
    call.guild()
    threads = [one for one in call.world.guild.threads.values() if one.thread and not one.thread.archived]
    return {"threads": [wire.channel(one, call.world) for one in threads], "members": [], "has_more": False}


@routes("GET", "/guilds/{guild_id}/roles")
async def list_roles(call: Call) -> Body:
    """Get Guild Roles."""
    call.guild()
    return [wire.role(role) for role in call.world.guild.roles.values()]


@routes("POST", "/guilds/{guild_id}/roles")
async def create_role(call: Call) -> Body:
    """Create Guild Role."""
    call.guild()
    call.need(Permission.MANAGE_ROLES)
    guild = call.world.guild
    if len(guild.roles) >= 250:
        raise refusal(30005)
    role = Role(call.world.ids.new(), "new role", guild.roles[guild.id].permissions, 1)
    _fill_role(role, call.form)
    guild.roles[role.id] = role
    told = wire.role(role)
    call.services.hub.broadcast("GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": told})
    return told


def _role(call: Call) -> Role:
    call.guild()
    role = call.world.guild.roles.get(call.id("role_id"))
    if role is None:
        raise refusal(10011)
    return role


def _fill_role(role: Role, form: Form) -> None:
    name, permissions = form.text("name", 100), form.snowflake("permissions")
    color = form.integer("color", 0, 0xFFFFFF)
    form.check()
    role.name = name or role.name
    role.permissions = role.permissions if permissions is None else Permission(permissions)
    role.color = role.color if color is None else color
    role.hoist = form.boolean("hoist") if "hoist" in form else role.hoist
    role.mentionable = form.boolean("mentionable") if "mentionable" in form else role.mentionable


@routes("GET", "/guilds/{guild_id}/roles/{role_id}")
async def get_role(call: Call) -> Body:
    """Get Guild Role."""
    return wire.role(_role(call))


@routes("PATCH", "/guilds/{guild_id}/roles/{role_id}")
async def modify_role(call: Call) -> Body:
    """Modify Guild Role."""
    role = _role(call)
    call.need(Permission.MANAGE_ROLES)
    _fill_role(role, call.form)
    told = wire.role(role)
    call.services.hub.broadcast("GUILD_ROLE_UPDATE", {"guild_id": str(call.world.guild.id), "role": told})
    return told


@routes("DELETE", "/guilds/{guild_id}/roles/{role_id}")
async def delete_role(call: Call) -> Body:
    """Delete Guild Role; a bot's own role and @everyone stay."""
    role, guild = _role(call), call.world.guild
    call.need(Permission.MANAGE_ROLES)
    if role.bot_id is not None or role.id == guild.id:
        raise refusal(50013)
    del guild.roles[role.id]
    for member in guild.members.values():
        member.role_ids = [role_id for role_id in member.role_ids if role_id != role.id]
    call.services.hub.broadcast("GUILD_ROLE_DELETE", {"guild_id": str(guild.id), "role_id": str(role.id)})
    return None
