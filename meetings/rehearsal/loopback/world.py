"""The state of the loopback: one guild, its people, what they said and where they are. Wire JSON is made elsewhere."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from meetings.rehearsal.loopback.kinds import (
    ALL_PERMISSIONS,
    NO_APPLICATION_FLAGS,
    NO_FLAGS,
    ApplicationFlag,
    ChannelType,
    EntityType,
    EventStatus,
    InteractionType,
    MessageFlag,
    MessageType,
    Permission,
)
from meetings.rehearsal.loopback.snowflakes import Clock, Snowflakes

Wire: TypeAlias = dict[str, Any]  # JSON as it travels: Discord's objects have no closed shape


@dataclass(slots=True)
class User:
    """A person or a bot; a bot's application has the same id, as with every bot made since 2016. Who is not `reachable`
    takes direct messages from nobody of the server.
    """

    id: int
    username: str
    global_name: str | None
    token: str
    bot: bool = False
    discriminator: str = "0"
    locale: str = "fr"
    application_flags: ApplicationFlag = NO_APPLICATION_FLAGS
    reachable: bool = True

    @property
    def name(self) -> str:
        """What people read."""
        return self.global_name or self.username


@dataclass(slots=True)
class Role:
    """A role; `bot_id` marks a bot's own, which nobody takes away."""

    id: int
    name: str
    permissions: Permission
    position: int
    color: int = 0
    hoist: bool = False
    mentionable: bool = False
    bot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Overwrite:
    """`kind` 0 is a role, 1 a member."""

    id: int
    kind: int
    allow: Permission
    deny: Permission


@dataclass(slots=True)
class Thread:
    """What a thread has beside other channels: minutes until it is archived, and when it last was, or was taken out."""

    owner_id: int
    changed_at: datetime
    archive_after: int = 1440
    archived: bool = False


@dataclass(slots=True)
class Channel:
    """A channel of the guild, or a direct one (no `guild_id`, two recipients). `slow_mode` is in seconds."""

    id: int
    kind: ChannelType
    name: str
    guild_id: int | None
    position: int = 0
    topic: str | None = None
    parent_id: int | None = None
    nsfw: bool = False
    bitrate: int = 64_000
    user_limit: int = 0
    slow_mode: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    last_message_id: int | None = None
    last_pin_at: datetime | None = None
    recipients: tuple[int, ...] = ()
    thread: Thread | None = None


@dataclass(slots=True)
class Member:
    """A user in the guild; `mute` and `deaf` are a moderator's."""

    user: User
    role_ids: list[int]
    joined_at: datetime
    nick: str | None = None
    mute: bool = False
    deaf: bool = False
    silenced_until: datetime | None = None


@dataclass(slots=True)
class VoiceState:
    """Where a user speaks: `session_id` and `token` open the voice gateway, `gateway_session` is who joined."""

    user_id: int
    channel_id: int
    session_id: str
    token: str
    gateway_session: str
    self_mute: bool = False
    self_deaf: bool = False
    self_video: bool = False
    suppress: bool = False
    request_to_speak_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An uploaded file, served over HTTP."""

    id: int
    filename: str
    content_type: str
    data: bytes
    description: str | None = None
    ephemeral: bool = False


@dataclass(slots=True)
class Message:
    """`audience` is the one user who sees an ephemeral message; None means everyone in the channel."""

    id: int
    channel_id: int
    author_id: int
    content: str = ""
    kind: MessageType = MessageType.DEFAULT
    flags: MessageFlag = NO_FLAGS
    embeds: list[Wire] = field(default_factory=list)
    components: list[Wire] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    tts: bool = False
    nonce: str | int | None = None
    edited_at: datetime | None = None
    pinned_at: datetime | None = None
    reference_id: int | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)
    application_id: int | None = None
    interaction: Wire | None = None
    audience: int | None = None


@dataclass(slots=True)
class ScheduledEvent:
    """A guild scheduled event; `location` is for external ones, `entity_id` the stage instance of a live one."""

    id: int
    name: str
    creator_id: int
    entity_type: EntityType
    start: datetime
    end: datetime | None = None
    description: str | None = None
    channel_id: int | None = None
    location: str | None = None
    entity_id: int | None = None
    status: EventStatus = EventStatus.SCHEDULED
    recurrence_rule: Wire | None = None
    interested: list[int] = field(default_factory=list)


@dataclass(slots=True)
class StageInstance:
    """A live stage, and the scheduled event it belongs to."""

    id: int
    channel_id: int
    topic: str
    event_id: int | None = None


@dataclass(slots=True)
class Command:
    """An application command; `body` holds the fields as the bot declared them, localizations included."""

    id: int
    application_id: int
    guild_id: int | None
    kind: int
    name: str
    version: int
    body: Wire


@dataclass(slots=True)
class Interaction:
    """One use of a command, button, menu or form. `state` walks waiting -> answered, or waiting -> failed."""

    id: int
    token: str
    kind: InteractionType
    application_id: int
    user_id: int
    channel_id: int
    data: Wire
    nonce: str | None
    message_id: int | None = None
    state: str = "waiting"
    original_id: int | None = None
    modal: Wire | None = None
    opened_by: int | None = None


@dataclass(slots=True)
class Guild:
    """The one guild; voice states by user, stages by channel, threads by the message that they begin from."""

    id: int
    name: str
    owner_id: int
    locale: str
    roles: dict[int, Role] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    voice_states: dict[int, VoiceState] = field(default_factory=dict)
    stages: dict[int, StageInstance] = field(default_factory=dict)
    events: dict[int, ScheduledEvent] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """Everything the loopback knows. Only the handlers of requests change it, each change followed by its dispatch."""

    guild: Guild
    ids: Snowflakes
    clock: Clock = time.time
    users: dict[int, User] = field(default_factory=dict)
    direct: dict[int, Channel] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    commands: dict[int, Command] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)

    def now(self) -> datetime:
        """The time by the world's clock, UTC."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def by_token(self, token: str) -> User | None:
        """Whose token this is."""
        return next((user for user in self.users.values() if user.token == token), None)

    def channel(self, channel_id: int) -> Channel | None:
        """A channel of the guild, a thread of one, or a direct one."""
        guild = self.guild
        return guild.channels.get(channel_id) or guild.threads.get(channel_id) or self.direct.get(channel_id)

    def history(self, channel_id: int) -> list[Message]:
        """What everyone in the channel can read, oldest first."""
        return [m for m in self.messages.values() if m.channel_id == channel_id and m.audience is None]

    def permissions(self, user_id: int, channel: Channel | None = None) -> Permission:
        """What a user may do, in the guild or in a channel (Topics, Permissions, Permission Overwrites)."""
        if channel is not None and channel.guild_id is None:
            return ALL_PERMISSIONS if user_id in channel.recipients else Permission(0)
        member = self.guild.members.get(user_id)
        if member is None:
            return Permission(0)
        held = self.guild.roles[self.guild.id].permissions
        for role_id in member.role_ids:
            held |= self.guild.roles[role_id].permissions
        if user_id == self.guild.owner_id or Permission.ADMINISTRATOR in held:
            return ALL_PERMISSIONS
        if channel is not None and channel.thread is not None:
            channel = self.guild.channels.get(channel.parent_id or 0)
        return held if channel is None else _overwritten(held, channel, member, self.guild.id)


def _overwritten(held: Permission, channel: Channel, member: Member, everyone: int) -> Permission:
    overwrites = channel.overwrites
    if own := overwrites.get(everyone):
        held = held & ~own.deny | own.allow
    roles = [overwrites[role_id] for role_id in member.role_ids if role_id in overwrites]
    for overwrite in roles:
        held &= ~overwrite.deny
    for overwrite in roles:
        held |= overwrite.allow
    if own := overwrites.get(member.user.id):
        held = held & ~own.deny | own.allow
    return held if Permission.VIEW_CHANNEL in held else Permission(0)
