"""How a rehearsal's guild is founded: members, bots, roles and the three channels of a council."""

import base64
import secrets
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from meetings.rehearsal.loopback.kinds import (
    PRIVILEGED,
    STAGE_MODERATOR,
    ApplicationFlag,
    ChannelType,
    Intent,
    Permission,
)
from meetings.rehearsal.loopback.snowflakes import Clock, Snowflakes, created_at
from meetings.rehearsal.loopback.world import Channel, Guild, Member, Role, User, World

P = Permission

EVERYONE = (
    P.VIEW_CHANNEL | P.SEND_MESSAGES | P.EMBED_LINKS | P.ATTACH_FILES | P.READ_MESSAGE_HISTORY | P.ADD_REACTIONS
    | P.CONNECT | P.SPEAK | P.USE_VAD | P.STREAM | P.CHANGE_NICKNAME | P.USE_APPLICATION_COMMANDS | P.REQUEST_TO_SPEAK
    | P.CREATE_PUBLIC_THREADS | P.SEND_MESSAGES_IN_THREADS
)  # fmt: skip
CHAIR = STAGE_MODERATOR | P.MANAGE_EVENTS | P.CREATE_EVENTS | P.MANAGE_MESSAGES | P.DEAFEN_MEMBERS | P.MANAGE_GUILD
SECRETARY = P.MUTE_MEMBERS | P.MANAGE_EVENTS | P.CREATE_EVENTS | P.MANAGE_MESSAGES
KNOWN_ROLES: Mapping[str, Permission] = MappingProxyType(
    {"Présidence": CHAIR, "Chair": CHAIR, "Secrétariat": SECRETARY, "Secretary": SECRETARY}
)
CHANNEL_NAMES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {"fr": ("conseil", "Salle du conseil", "Hémicycle"), "en": ("council", "Council room", "Chamber")}
)
LOCALES: Mapping[str, str] = MappingProxyType({"fr": "fr", "en": "en-GB"})
BOTS = ("Hémicycle", "Greffe", "Archives", "Horloge")
AGE = timedelta(days=400)  # a guild and its people are older than the meeting


@dataclass(frozen=True, slots=True)
class MemberSpec:
    """A person of the guild: a snowflake of your choice, the name people read, the names of their roles."""

    id: int
    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BotSpec:
    """A bot, and which of the privileged intents (members, presences, message content) it was granted."""

    name: str
    privileged: Intent = PRIVILEGED


def found(
    guild_name: str,
    members: Sequence[MemberSpec],
    bots: Sequence[str | BotSpec] = BOTS,
    lang: str = "fr",
    roles: Mapping[str, Permission] = KNOWN_ROLES,
    clock: Clock = time.time,
) -> World:
    """A new world: the guild, one text, voice and stage channel, everyone's roles.

    `roles` says what a role named so may do beyond what everyone may; a name it lacks adds nothing. The owner is the
    first member who may manage the guild, else the first member, else the first bot. Every bot is an administrator.

    Raises ValueError when there is nobody, or when two people share an id.
    """
    ids = Snowflakes(clock)
    guild = Guild(ids.new(AGE), guild_name, owner_id=0, locale=LOCALES.get(lang, "en-US"))
    world = World(guild, ids, clock)
    guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE, 0)
    by_name = _roles(world, [name for spec in members for name in spec.roles], roles)
    for spec in members:
        _person(world, spec, [by_name[name].id for name in spec.roles])
    for position, bot in enumerate(bots, start=len(guild.roles)):
        _bot(world, BotSpec(bot) if isinstance(bot, str) else bot, position)
    _channels(world, CHANNEL_NAMES.get(lang, CHANNEL_NAMES["en"]))
    guild.owner_id = _owner(world)
    return world


def _roles(world: World, names: list[str], known: Mapping[str, Permission]) -> dict[str, Role]:
    made: dict[str, Role] = {}
    distinct = sorted(set(names), key=lambda name: (known.get(name, P(0)).bit_count(), names.index(name)))
    for position, name in enumerate(distinct, start=1):
        role = Role(world.ids.new(AGE), name, EVERYONE | known.get(name, P(0)), position, hoist=name in known)
        world.guild.roles[role.id] = made[name] = role
    return made


def _person(world: World, spec: MemberSpec, role_ids: list[int]) -> None:
    if spec.id in world.users:
        raise ValueError(f"two people of the guild have the id {spec.id}")
    user = User(spec.id, _username(spec.name), spec.name, _token(spec.id), locale=world.guild.locale)
    world.users[spec.id] = user
    world.guild.members[spec.id] = Member(user, role_ids, created_at(world.guild.id))


def _bot(world: World, spec: BotSpec, position: int) -> None:
    bot_id = world.ids.new(AGE)
    user = User(bot_id, spec.name, None, _token(bot_id), bot=True, discriminator=f"{1000 + position}")
    user.locale, user.application_flags = "en-US", _application_flags(spec.privileged)
    role = Role(world.ids.new(AGE), spec.name, EVERYONE | P.ADMINISTRATOR, position, bot_id=bot_id)
    world.users[bot_id], world.guild.roles[role.id] = user, role
    world.guild.members[bot_id] = Member(user, [role.id], created_at(world.guild.id))


def _application_flags(privileged: Intent) -> ApplicationFlag:
    flags = ApplicationFlag(0)
    for intent, flag in (
        (Intent.GUILD_PRESENCES, ApplicationFlag.GATEWAY_PRESENCE_LIMITED),
        (Intent.GUILD_MEMBERS, ApplicationFlag.GATEWAY_GUILD_MEMBERS_LIMITED),
        (Intent.MESSAGE_CONTENT, ApplicationFlag.GATEWAY_MESSAGE_CONTENT_LIMITED),
    ):
        if intent in privileged:
            flags |= flag
    return flags


def _channels(world: World, names: tuple[str, str, str]) -> None:
    kinds = (ChannelType.TEXT, ChannelType.VOICE, ChannelType.STAGE)
    for position, (kind, name) in enumerate(zip(kinds, names, strict=True)):
        channel = Channel(world.ids.new(AGE), kind, name, world.guild.id, position)
        world.guild.channels[channel.id] = channel


def _owner(world: World) -> int:
    people = [user for user in world.users.values() if not user.bot] or list(world.users.values())
    if not people:
        raise ValueError("a guild needs at least one member or bot")
    managers = [user for user in people if P.MANAGE_GUILD in world.permissions(user.id)]
    return (managers or people)[0].id


def _username(name: str) -> str:
    """Lower-case ASCII, as usernames have been since 2023."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(c if c.isalnum() or c in "._" else "." for c in plain).strip(".") or "membre"


def _token(user_id: int) -> str:
    """Three parts, the first the id in base64, as libraries expect of a token."""
    head = base64.urlsafe_b64encode(str(user_id).encode()).decode().rstrip("=")
    return f"{head}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(28)}"
