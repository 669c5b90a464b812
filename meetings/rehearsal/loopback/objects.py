"""Wire JSON of users, members, roles, channels and the guild, as Discord's Resources pages and OpenAPI document it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from meetings.rehearsal.loopback.kinds import CONNECTABLE, ApplicationFlag, ChannelType
from meetings.rehearsal.loopback.snowflakes import created_at
from meetings.rehearsal.loopback.world import (
    Channel,
    Guild,
    Member,
    Role,
    StageInstance,
    Thread,
    User,
    VoiceState,
    Wire,
    World,
)


def iso(moment: datetime | None) -> str | None:
    """Discord's timestamps: ISO 8601, microseconds, +00:00."""
    return None if moment is None else moment.isoformat(timespec="microseconds")


def sid(snowflake: int | None) -> str | None:
    """An id as JSON carries it."""
    return None if snowflake is None else str(snowflake)


def user(person: User) -> Wire:
    """Resources, User, User Object."""
    return {
        "id": str(person.id),
        "username": person.username,
        "discriminator": person.discriminator,
        "global_name": person.global_name,
        "avatar": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "banner": None,
        "accent_color": None,
        "bot": person.bot,
        "system": False,
        "public_flags": 0,
        "flags": 0,
    }


def own_user(person: User) -> Wire:
    """The user object its own owner gets."""
    return user(person) | {
        "mfa_enabled": person.bot,
        "locale": person.locale,
        "premium_type": 0,
        "email": None,
        "verified": True,
    }


def member(one: Member, *, with_user: bool = True) -> Wire:
    """Resources, Guild, Guild Member Object."""
    told: Wire = {
        "avatar": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "banner": None,
        "nick": one.nick,
        "roles": [str(role_id) for role_id in one.role_ids],
        "joined_at": iso(one.joined_at),
        "premium_since": None,
        "deaf": one.deaf,
        "mute": one.mute,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": iso(one.silenced_until),
    }
    return told | {"user": user(one.user)} if with_user else told


def role(one: Role) -> Wire:
    """Topics, Permissions, Role Object."""
    told: Wire = {
        "id": str(one.id),
        "name": one.name,
        "color": one.color,
        "colors": {"primary_color": one.color, "secondary_color": None, "tertiary_color": None},
        "hoist": one.hoist,
        "icon": None,
        "unicode_emoji": None,
        "position": one.position,
        "permissions": str(int(one.permissions)),
        "managed": one.bot_id is not None,
        "mentionable": one.mentionable,
        "flags": 0,
    }
    return told | ({"tags": {"bot_id": str(one.bot_id)}} if one.bot_id else {})


def channel(one: Channel, world: World) -> Wire:
    """Resources, Channel, Channel Object, of a guild's channel or a direct one."""
    if one.kind is ChannelType.DM:
        people = [user(world.users[user_id]) for user_id in one.recipients]
        return {
            "id": str(one.id),
            "type": 1,
            "flags": 0,
            "last_message_id": sid(one.last_message_id),
            "recipients": people,
        }
    if one.thread is not None:
        return _thread(one, one.thread, len(world.history(one.id)))
    told: Wire = {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild_id),
        "name": one.name,
        "position": one.position,
        "parent_id": sid(one.parent_id),
        "permission_overwrites": [
            {"id": str(o.id), "type": o.kind, "allow": str(int(o.allow)), "deny": str(int(o.deny))}
            for o in one.overwrites.values()
        ],
        "nsfw": one.nsfw,
        "flags": 0,
        "topic": one.topic,
        "rate_limit_per_user": one.slow_mode,
        "last_message_id": sid(one.last_message_id),
        "last_pin_timestamp": iso(one.last_pin_at),
    }
    if one.kind in CONNECTABLE:
        told |= {"bitrate": one.bitrate, "user_limit": one.user_limit, "rtc_region": None, "video_quality_mode": 1}
    return told


def _thread(one: Channel, thread: Thread, messages: int) -> Wire:
    """Resources, Channel, of a public thread; its maker alone is in it."""
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild_id),
        "parent_id": sid(one.parent_id),
        "owner_id": str(thread.owner_id),
        "name": one.name,
        "flags": 0,
        "rate_limit_per_user": one.slow_mode,
        "last_message_id": sid(one.last_message_id),
        "last_pin_timestamp": iso(one.last_pin_at),
        "message_count": messages,
        "total_message_sent": messages,
        "member_count": 1,
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": iso(thread.changed_at),
            "auto_archive_duration": thread.archive_after,
            "locked": False,
            "create_timestamp": iso(created_at(one.id)),
        },
    }


def voice_state(state: VoiceState, world: World, *, with_member: bool = True) -> Wire:
    """Resources, Voice, Voice State Object; `channel_id` is null once the user has left."""
    one = world.guild.members[state.user_id]
    present = world.guild.voice_states.get(state.user_id) is state
    told: Wire = {
        "guild_id": str(world.guild.id),
        "channel_id": str(state.channel_id) if present else None,
        "user_id": str(state.user_id),
        "session_id": state.session_id,
        "deaf": one.deaf,
        "mute": one.mute,
        "self_deaf": state.self_deaf,
        "self_mute": state.self_mute,
        "self_stream": False,
        "self_video": state.self_video,
        "suppress": state.suppress,
        "request_to_speak_timestamp": iso(state.request_to_speak_at),
    }
    return told | {"member": member(one)} if with_member else told


def stage_instance(one: StageInstance, guild_id: int) -> Wire:
    """Resources, Stage Instance."""
    return {
        "id": str(one.id),
        "guild_id": str(guild_id),
        "channel_id": str(one.channel_id),
        "topic": one.topic,
        "privacy_level": 2,
        "discoverable_disabled": True,
        "guild_scheduled_event_id": sid(one.event_id),
    }


BARE_GUILD: Mapping[str, object] = MappingProxyType(
    {
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "features": [],
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }
)


def guild(one: Guild, counts: tuple[int, int] | None = None) -> Wire:
    """Resources, Guild, Guild Object; `counts` are members and of them those present."""
    told: Wire = {
        **BARE_GUILD,
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner_id),
        "preferred_locale": one.locale,
        "roles": [role(r) for r in one.roles.values()],
    }
    if counts:
        told |= {"approximate_member_count": counts[0], "approximate_presence_count": counts[1]}
    return told


def application(bot: User, owner: User) -> Wire:
    """Resources, Application."""
    return {
        "id": str(bot.id),
        "name": bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "rpc_origins": [],
        "verify_key": f"{bot.id:064x}",
        "flags": int(bot.application_flags),
        "flags_new": str(int(bot.application_flags)),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(owner),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "event_webhooks_status": 1,
        "explicit_content_filter": 0,
        "integration_types_config": {"0": {}},
        "team": None,
        "eligible_oauth2_scopes": [],
        "tags": [],
    }


def partial_application(bot: User) -> Wire:
    """What READY tells of the bot's application."""
    return {"id": str(bot.id), "flags": int(bot.application_flags | ApplicationFlag(0))}
