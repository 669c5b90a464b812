"""What a client is told first: READY, then GUILD_CREATE (Events, Gateway Events)."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.kinds import EventStatus, Intent, Permission
from meetings.rehearsal.loopback.objects_messages import Pages
from meetings.rehearsal.loopback.sessions import Hub, Session
from meetings.rehearsal.loopback.world import Channel, Member, Wire, World

UPCOMING = (EventStatus.SCHEDULED, EventStatus.ACTIVE)


def ready(session: Session, world: World, resume_url: str) -> Wire:
    """READY; `resume_url` is where a lost client should come back."""
    guild_id = world.guild.id
    served = session.serves(guild_id) and Intent.GUILDS in session.intents
    told: Wire = {
        "v": 10,
        "user_settings": {},
        "user": wire.own_user(session.user),
        "session_type": "normal",
        "session_id": session.id,
        "resume_gateway_url": resume_url,
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "guilds": [{"id": str(guild_id), "unavailable": True}] if served else [],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "auth": {},
        "_trace": ["loopback"],
    }
    if session.user.bot:
        told["application"] = wire.partial_application(session.user)
    return told | ({"shard": list(session.shard)} if session.shard else {})


def guild_create(session: Session, world: World, hub: Hub, pages: Pages) -> Wire:
    """The whole guild, as this session may see it."""
    guild, me = world.guild, world.guild.members[session.user.id]
    visible = [c for c in guild.channels.values() if _sees(session, world, c)]
    threads = [c for c in guild.threads.values() if c.thread and not c.thread.archived and _sees(session, world, c)]
    members = _members(session, world)
    present = [m.user.id for m in members if hub.status(m.user.id) != "offline"]
    presences = [hub.presence(user_id) for user_id in present] if Intent.GUILD_PRESENCES in session.intents else []
    events = [pages.event(e, with_count=True) for e in guild.events.values() if e.status in UPCOMING]
    states = [wire.voice_state(s, world, with_member=False) for s in guild.voice_states.values()]
    return wire.guild(guild) | {
        "joined_at": wire.iso(me.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [wire.member(m) for m in members],
        "channels": [wire.channel(c, world) for c in visible],
        "threads": [wire.channel(c, world) for c in threads],
        "presences": [{k: v for k, v in presence.items() if k != "guild_id"} for presence in presences],
        "voice_states": [{k: v for k, v in state.items() if k != "guild_id"} for state in states],
        "stage_instances": [wire.stage_instance(s, guild.id) for s in guild.stages.values()],
        "guild_scheduled_events": events,
        "soundboard_sounds": [],
    }


def _sees(session: Session, world: World, channel: Channel) -> bool:
    return Permission.VIEW_CHANNEL in world.permissions(session.user.id, channel)


def _members(session: Session, world: World) -> list[Member]:
    """Everyone; without GUILD_PRESENCES only oneself and who is in voice (Gateway Events, Guild Create)."""
    everyone = world.guild.members
    if Intent.GUILD_PRESENCES in session.intents:
        return list(everyone.values())
    near = {session.user.id, *world.guild.voice_states}
    return [member for user_id, member in everyone.items() if user_id in near]


def member_chunks(session: Session, world: World, hub: Hub, asked: Wire) -> list[Wire]:
    """GUILD_MEMBERS_CHUNK events for a Request Guild Members (op 8), 1,000 members each.

    All members are told only to who has GUILD_MEMBERS; at most 100 are found by prefix, as documented.
    """
    wanted = asked.get("user_ids")
    limit = int(asked.get("limit") or 0)
    everyone = world.guild.members
    missing: list[str] = []
    if wanted is not None:
        ids = [str(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
        found = [everyone[int(one)] for one in ids if one.isdigit() and int(one) in everyone]
        missing = [one for one in ids if not one.isdigit() or int(one) not in everyone]
    else:
        found = _by_prefix(session, everyone, str(asked.get("query") or ""), limit)
    parts = [found[at : at + 1000] for at in range(0, len(found), 1000)] or [[]]
    return [_chunk(world, hub, asked, parts, index, missing) for index in range(len(parts))]


def _by_prefix(session: Session, everyone: dict[int, Member], query: str, limit: int) -> list[Member]:
    if not query and limit == 0:
        return list(everyone.values()) if Intent.GUILD_MEMBERS in session.intents else []
    names = {
        m.user.id: (m.user.username.lower(), m.user.name.lower(), (m.nick or "").lower()) for m in everyone.values()
    }
    hits = [m for m in everyone.values() if any(n.startswith(query.lower()) for n in names[m.user.id] if n)]
    return hits[: min(limit or 100, 100)]


def _chunk(world: World, hub: Hub, asked: Wire, parts: list[list[Member]], index: int, missing: list[str]) -> Wire:
    told: Wire = {
        "guild_id": str(world.guild.id),
        "members": [wire.member(m) for m in parts[index]],
        "chunk_index": index,
        "chunk_count": len(parts),
        "not_found": missing,
    }
    if asked.get("presences"):
        told["presences"] = [hub.presence(m.user.id) for m in parts[index] if hub.status(m.user.id) != "offline"]
    return told | ({"nonce": asked["nonce"]} if asked.get("nonce") else {})
