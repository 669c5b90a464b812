"""REST: members of the guild, their roles and voice states (Resources, Guild; Voice)."""

from datetime import timedelta

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.errors import invalid, refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.kinds import CONNECTABLE, ChannelType, Permission
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.world import Channel, Member, VoiceState

routes = Routes()


@routes("GET", "/guilds/{guild_id}/members")
async def list_members(call: Call) -> Body:
    """List Guild Members, by id; a bot needs the GUILD_MEMBERS intent."""
    call.guild()
    limit, after = call.number("limit", 1, 1, 1000), call.number("after", 0, 0, 1 << 63)
    members = sorted(call.world.guild.members.values(), key=lambda member: member.user.id)
    return [wire.member(member) for member in members if member.user.id > after][:limit]


@routes("GET", "/guilds/{guild_id}/members/search")
async def search_members(call: Call) -> Body:
    """Search Guild Members by the beginning of a username or nickname."""
    call.guild()
    query, limit = call.query.get("query", "").lower(), call.number("limit", 1, 1, 1000)
    if not query:
        raise invalid(("query",), "BASE_TYPE_REQUIRED", "This field is required")
    found = [m for m in call.world.guild.members.values() if _called(m, query)]
    return [wire.member(member) for member in found][:limit]


def _called(member: Member, query: str) -> bool:
    names = (member.user.username, member.user.name, member.nick or "")
    return any(name.lower().startswith(query) for name in names)


@routes("GET", "/guilds/{guild_id}/members/{user_id}")
async def get_member(call: Call) -> Body:
    """Get Guild Member."""
    call.guild()
    return wire.member(call.member())


@routes("PATCH", "/guilds/{guild_id}/members/@me")
async def modify_me(call: Call) -> Body:
    """Modify Current Member: the nickname."""
    call.guild()
    call.need(Permission.CHANGE_NICKNAME)
    member, form = call.world.guild.members[call.user.id], call.form
    nick = form.text("nick", 32)
    form.check()
    member.nick = (nick or None) if "nick" in form else member.nick
    return _updated(call, member)


@routes("PATCH", "/guilds/{guild_id}/members/{user_id}")
async def modify_member(call: Call) -> Body:
    """Modify Guild Member; each field needs its permission, mute and deaf a member who is in voice."""
    call.guild()
    member, form = call.member(), call.form
    state = call.world.guild.voice_states.get(member.user.id)
    _may_modify(call, form, member, state)
    target = _target(call, form)
    nick, until = form.text("nick", 32), form.moment("communication_disabled_until")
    role_ids = _role_ids(call, form)
    form.check()
    if until is not None and until > call.world.now() + timedelta(days=28):
        raise invalid(("communication_disabled_until",), "GUILD_MEMBER_INVALID_TIMEOUT", "Must be within 28 days.")
    member.nick = (nick or None) if "nick" in form else member.nick
    member.role_ids = member.role_ids if role_ids is None else role_ids
    member.silenced_until = until if "communication_disabled_until" in form else member.silenced_until
    member.mute = form.boolean("mute") if "mute" in form else member.mute
    member.deaf = form.boolean("deaf") if "deaf" in form else member.deaf
    told = _updated(call, member)
    if "mute" in form or "deaf" in form:
        call.services.calls.mute_changed(member.user.id)
    if target is not None:
        await call.services.calls.move(member.user.id, target)
    elif "channel_id" in form:
        await call.services.calls.leave(member.user.id)
    return told


NEEDED = {
    "nick": Permission.MANAGE_NICKNAMES,
    "roles": Permission.MANAGE_ROLES,
    "mute": Permission.MUTE_MEMBERS,
    "deaf": Permission.DEAFEN_MEMBERS,
    "channel_id": Permission.MOVE_MEMBERS,
    "communication_disabled_until": Permission.MODERATE_MEMBERS,
}


def _may_modify(call: Call, form: Form, member: Member, state: VoiceState | None) -> None:
    call.need(*(permission for field, permission in NEEDED.items() if field in form))
    owner = call.world.guild.owner_id
    if member.user.id == owner != call.user.id and ("nick" in form or "communication_disabled_until" in form):
        raise refusal(50013)  # nobody renames or silences the owner
    if state is None and any(field in form for field in ("mute", "deaf", "channel_id")):
        raise refusal(40032)


def _target(call: Call, form: Form) -> Channel | None:
    channel_id = form.snowflake("channel_id")
    if channel_id is None:
        return None
    channel = call.world.guild.channels.get(channel_id)
    if channel is None or channel.kind not in CONNECTABLE:
        raise refusal(10003)
    return channel


def _role_ids(call: Call, form: Form) -> list[int] | None:
    if form.body.get("roles") is None:
        return None
    wanted = [int(word) for word in form.body["roles"] if str(word).isdigit()]
    if any(role_id not in call.world.guild.roles for role_id in wanted):
        raise refusal(10011)
    return wanted


@routes("DELETE", "/guilds/{guild_id}/members/{user_id}")
async def remove_member(call: Call) -> Body:
    """Remove Guild Member: they leave voice, and the guild."""
    call.guild()
    call.need(Permission.KICK_MEMBERS)
    member = call.member()
    if member.user.id == call.world.guild.owner_id:
        raise refusal(50013)
    await call.services.calls.leave(member.user.id)
    told = {"guild_id": str(call.world.guild.id), "user": wire.user(member.user)}
    call.services.hub.broadcast("GUILD_MEMBER_REMOVE", told)
    del call.world.guild.members[member.user.id]
    return None


@routes("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
async def add_role(call: Call) -> Body:
    """Add Guild Member Role."""
    _change_role(call, give=True)
    return None


@routes("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
async def remove_role(call: Call) -> Body:
    """Remove Guild Member Role."""
    _change_role(call, give=False)
    return None


def _change_role(call: Call, *, give: bool) -> None:
    call.guild()
    call.need(Permission.MANAGE_ROLES)
    member, role_id = call.member(), call.id("role_id")
    if role_id not in call.world.guild.roles:
        raise refusal(10011)
    kept = [one for one in member.role_ids if one != role_id]
    member.role_ids = [*kept, role_id] if give else kept
    _updated(call, member)


def _updated(call: Call, member: Member) -> Body:
    told = wire.member(member)
    data = told | {"guild_id": str(call.world.guild.id)}
    call.services.hub.broadcast("GUILD_MEMBER_UPDATE", data)
    return told


def _voice_state(call: Call, user_id: int) -> VoiceState:
    call.guild()
    state = call.world.guild.voice_states.get(user_id)
    if state is None:
        raise refusal(10065)
    return state


@routes("GET", "/guilds/{guild_id}/voice-states/{user_id}")
async def get_voice_state(call: Call) -> Body:
    """Get Current User Voice State, Get User Voice State."""
    return wire.voice_state(_voice_state(call, call.id("user_id")), call.world)


@routes("PATCH", "/guilds/{guild_id}/voice-states/@me")
async def modify_my_voice_state(call: Call) -> Reply:
    """Modify Current User Voice State: one's own request is free, to speak unasked needs MUTE_MEMBERS."""
    state, form = _voice_state(call, call.user.id), call.form
    channel = _stage(call, form, state)
    held = call.world.permissions(call.user.id, channel)
    asked = form.moment("request_to_speak_timestamp")
    form.check()
    if "suppress" in form and not form.boolean("suppress") and Permission.MUTE_MEMBERS not in held:
        raise refusal(50013)
    if asked is not None and Permission.REQUEST_TO_SPEAK not in held:
        raise refusal(50013)
    if asked is not None and asked < call.world.now() - timedelta(minutes=1):
        raise invalid(("request_to_speak_timestamp",), "DATE_TIME_TYPE_PAST", "Must be a present or future time.")
    if "request_to_speak_timestamp" in form:
        state.request_to_speak_at = asked
    if "suppress" in form:
        state.suppress = form.boolean("suppress")
        state.request_to_speak_at = None
    call.services.calls.announce(state)
    return Reply(None, 204)


@routes("PATCH", "/guilds/{guild_id}/voice-states/{user_id}")
async def modify_voice_state(call: Call) -> Reply:
    """Modify User Voice State: a moderator lets someone speak, or not.

    As documented: a person let speak gets `request_to_speak_timestamp` now, a bot does not; suppressing removes it.
    """
    user_id = call.id("user_id")
    state, form = _voice_state(call, user_id), call.form
    channel = _stage(call, form, state)
    if Permission.MUTE_MEMBERS not in call.world.permissions(call.user.id, channel):
        raise refusal(50013)
    if "suppress" in form:
        state.suppress = form.boolean("suppress")
        form.check()
        invited = not state.suppress and not call.world.users[user_id].bot
        state.request_to_speak_at = call.world.now() if invited else None
    call.services.calls.announce(state)
    return Reply(None, 204)


def _stage(call: Call, form: Form, state: VoiceState) -> Channel:
    """The stage a body speaks of; its `channel_id` must be where the user is."""
    wanted = form.snowflake("channel_id")
    form.check()
    channel = (
        call.world.guild.channels[state.channel_id if wanted is None else wanted] if _known(call, wanted) else None
    )
    if channel is None:
        raise refusal(10003)
    if channel.kind is not ChannelType.STAGE:
        raise refusal(50024)
    if channel.id != state.channel_id:
        raise refusal(10065)
    return channel


def _known(call: Call, channel_id: int | None) -> bool:
    return channel_id is None or channel_id in call.world.guild.channels
