"""Wire JSON of what happens in the guild: messages, scheduled events, commands and interactions."""

from urllib.parse import quote

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.kinds import EntityType, InteractionType, MessageFlag, MessageType
from meetings.rehearsal.loopback.snowflakes import created_at
from meetings.rehearsal.loopback.world import Attachment, Command, Interaction, Message, ScheduledEvent, Wire, World

INTERACTION_MESSAGES = frozenset({MessageType.COMMAND, MessageType.CONTEXT_COMMAND})


class Pages:
    """Makes the JSON of messages, whose attachments need the address of the loopback."""

    def __init__(self, world: World, base_url: str) -> None:
        self.world, self._base = world, base_url

    def attachment(self, one: Attachment, channel_id: int) -> Wire:
        """Resources, Message, Attachment Object; the bytes are served at its url."""
        url = f"{self._base}/attachments/{channel_id}/{one.id}/{quote(one.filename)}"
        told: Wire = {
            "id": str(one.id),
            "filename": one.filename,
            "size": len(one.data),
            "url": url,
            "proxy_url": url,
            "content_type": one.content_type,
        }
        if one.description:
            told["description"] = one.description
        return told | ({"ephemeral": True} if one.ephemeral else {})

    def message(self, one: Message, viewer: int | None = None) -> Wire:
        """Resources, Message, Message Object as `viewer` sees its reactions; gateway extras are `dispatched`'s."""
        users = self.world.users
        told: Wire = {
            "id": str(one.id),
            "channel_id": str(one.channel_id),
            "type": int(one.kind),
            "content": one.content,
            "author": wire.user(users[one.author_id]),
            "timestamp": wire.iso(created_at(one.id)),
            "edited_timestamp": wire.iso(one.edited_at),
            "tts": one.tts,
            "mention_everyone": one.mention_everyone,
            "mentions": [wire.user(users[user_id]) for user_id in one.mentions],
            "mention_roles": [str(role_id) for role_id in one.mention_roles],
            "attachments": [self.attachment(a, one.channel_id) for a in one.attachments],
            "embeds": one.embeds,
            "components": one.components,
            "pinned": one.pinned_at is not None,
            "flags": int(one.flags),
        }
        if one.reactions:
            told["reactions"] = [self._reaction(key, who, viewer) for key, who in one.reactions.items()]
        if one.nonce is not None:
            told["nonce"] = one.nonce
        return told | self._origin(one)

    def dispatched(self, one: Message) -> Wire:
        """The message in MESSAGE_CREATE and MESSAGE_UPDATE: with guild_id, and with the author's member."""
        told = self.message(one)
        channel = self.world.channel(one.channel_id)
        if channel is None or channel.guild_id is None:
            return told
        told["guild_id"] = str(channel.guild_id)
        guild = self.world.guild
        if author := guild.members.get(one.author_id):
            told["member"] = wire.member(author, with_user=False)
        for person in told["mentions"]:
            if mentioned := guild.members.get(int(person["id"])):
                person["member"] = wire.member(mentioned, with_user=False)
        return told

    def _origin(self, one: Message) -> Wire:
        told: Wire = {}
        if one.application_id is not None:
            told |= {"application_id": str(one.application_id), "webhook_id": str(one.application_id)}
        if one.interaction is not None:
            told |= one.interaction
        if thread := self.world.guild.threads.get(one.id):
            told["thread"] = wire.channel(thread, self.world)
        if one.reference_id is not None:
            told["message_reference"] = self._reference(one, one.reference_id)
            if one.kind is MessageType.REPLY:
                replied = self.world.messages.get(one.reference_id)
                told["referenced_message"] = self._replied(replied) if replied else None
        return told

    def _replied(self, one: Message) -> Wire:
        """A replied-to message, which does not carry the one it replied to itself."""
        told = self.message(one)
        told.pop("referenced_message", None)
        return told

    def _reference(self, one: Message, message_id: int) -> Wire:
        told = {"type": 0, "channel_id": str(one.channel_id), "message_id": str(message_id)}
        channel = self.world.channel(one.channel_id)
        return told | ({"guild_id": str(channel.guild_id)} if channel and channel.guild_id else {})

    def _reaction(self, key: str, who: list[int], viewer: int | None) -> Wire:
        return {
            "emoji": emoji(key),
            "count": len(who),
            "count_details": {"burst": 0, "normal": len(who)},
            "burst_colors": [],
            "me_burst": False,
            "burst_me": False,
            "burst_count": 0,
            "me": viewer in who,
        }

    def event(self, one: ScheduledEvent, *, with_count: bool = False) -> Wire:
        """Resources, Guild Scheduled Event."""
        external = one.entity_type is EntityType.EXTERNAL
        told: Wire = {
            "id": str(one.id),
            "guild_id": str(self.world.guild.id),
            "channel_id": wire.sid(one.channel_id),
            "creator_id": str(one.creator_id),
            "creator": wire.user(self.world.users[one.creator_id]),
            "name": one.name,
            "description": one.description,
            "image": None,
            "scheduled_start_time": wire.iso(one.start),
            "scheduled_end_time": wire.iso(one.end),
            "privacy_level": 2,
            "status": int(one.status),
            "entity_type": int(one.entity_type),
            "entity_id": wire.sid(one.entity_id),
            "entity_metadata": {"location": one.location} if external else None,
            "recurrence_rule": one.recurrence_rule,
            "guild_scheduled_event_exceptions": [],
        }
        return told | ({"user_count": len(one.interested)} if with_count else {})

    def callback(self, one: Interaction) -> Wire:
        """Interactions, Interaction Callback Object: what `with_response` tells of the interaction."""
        told: Wire = {
            "id": str(one.id),
            "type": int(one.kind),
            "channel_id": str(one.channel_id),
            "guild_id": str(self.world.guild.id),
        }
        original = self.world.messages.get(one.original_id or 0)
        if original is not None:
            told |= {
                "response_message_id": str(original.id),
                "response_message_loading": MessageFlag.LOADING in original.flags,
                "response_message_ephemeral": original.audience is not None,
            }
        return told


def emoji(key: str) -> Wire:
    """The partial emoji of a reaction: `name:id` for a custom one, else the character."""
    name, colon, ident = key.rpartition(":")
    custom = bool(colon) and ident.isdigit()
    return {"id": ident if custom else None, "name": name if custom else key}


def command(one: Command, *, localizations: bool) -> Wire:
    """Interactions, Application Commands, Application Command Object."""
    told: Wire = {
        "id": str(one.id),
        "application_id": str(one.application_id),
        "version": str(one.version),
        "type": one.kind,
        "name": one.name,
    } | one.body
    if one.guild_id is not None:
        told["guild_id"] = str(one.guild_id)
        for key in ("contexts", "integration_types", "dm_permission"):
            told.pop(key, None)
    return told if localizations else without_localizations(told)


def without_localizations(declared: Wire) -> Wire:
    """The same command without what only `with_localizations` shows, at every depth."""
    kept = {key: value for key, value in declared.items() if not key.endswith("_localizations")}
    for key in ("options", "choices"):
        if key in kept:
            kept[key] = [without_localizations(item) for item in kept[key]]
    return kept


def metadata(one: Interaction, world: World, name: str | None) -> Wire:
    """`interaction_metadata` of a message that answers an interaction, and the older `interaction`."""
    person = wire.user(world.users[one.user_id])
    told: Wire = {
        "id": str(one.id),
        "type": int(one.kind),
        "user": person,
        "authorizing_integration_owners": {"0": str(world.guild.id)},
    }
    if one.kind is InteractionType.COMPONENT:
        told["interacted_message_id"] = wire.sid(one.message_id)
    if one.kind is InteractionType.MODAL:
        told["triggering_interaction_metadata"] = metadata(world.interactions[one.opened_by or 0], world, name)[
            "interaction_metadata"
        ]
    if one.kind is not InteractionType.COMMAND:
        return {"interaction_metadata": told}
    told |= {"name": name, "command_type": one.data.get("type", 1)}
    return {"interaction_metadata": told, "interaction": {"id": told["id"], "type": 2, "name": name, "user": person}}
