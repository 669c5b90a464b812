"""Messages coming, changing and going, each with its dispatch. Ephemeral ones reach one user alone."""

from dataclasses import dataclass, replace
from datetime import timedelta

from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.kinds import NO_FLAGS, MessageFlag, MessageType
from meetings.rehearsal.loopback.message_forms import Draft, mentions
from meetings.rehearsal.loopback.objects_messages import Pages
from meetings.rehearsal.loopback.sessions import Hub
from meetings.rehearsal.loopback.snowflakes import created_at
from meetings.rehearsal.loopback.world import Attachment, Channel, Message, Wire, World

REMEMBERED = timedelta(minutes=5)
"""How long a nonce that is enforced stays known; Discord says "the past few minutes" (Create Message)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message comes from when no plain request sent it: the interaction it answers."""

    kind: MessageType = MessageType.DEFAULT
    application_id: int | None = None
    interaction: Wire | None = None
    audience: int | None = None
    reference_id: int | None = None
    flags: MessageFlag = NO_FLAGS


PLAIN = Origin()


class Posting:
    """The one writer of messages."""

    def __init__(self, world: World, hub: Hub, pages: Pages) -> None:
        self.world, self._hub, self._pages = world, hub, pages
        self._nonces: dict[tuple[int, str], Message] = {}

    def once(self, channel: Channel, author_id: int, draft: Draft) -> Message:
        """Post a message, or give the one that its author posted minutes ago, where the same nonce is to count once."""
        if not draft.enforce_nonce or draft.nonce is None:
            return self.create(channel, author_id, draft)
        key = (author_id, str(draft.nonce))
        known = self._nonces.get(key)
        recent = known is not None and self.world.now() - created_at(known.id) < REMEMBERED
        if known is None or not recent or known.id not in self.world.messages:
            known = self._nonces[key] = self.create(channel, author_id, draft)
        return known

    def create(self, channel: Channel, author_id: int, draft: Draft, origin: Origin = PLAIN) -> Message:
        """Post a message; refuses a reply to a message that is not there."""
        reply_to = origin.reference_id or draft.reply_to
        kind = MessageType.REPLY if draft.reply_to else origin.kind
        if draft.reply_to is not None and draft.reply_to not in self.world.messages:
            if draft.reply_must_exist:
                raise refusal(10008)
            reply_to, kind = None, MessageType.DEFAULT
        message = Message(self.world.ids.new(), channel.id, author_id, kind=kind, tts=draft.tts, nonce=draft.nonce)
        message.reference_id, message.application_id = reply_to, origin.application_id
        message.interaction, message.audience = origin.interaction, origin.audience
        message.flags = draft.flags | origin.flags
        if origin.audience is not None:
            message.flags |= MessageFlag.EPHEMERAL
        self._apply(message, draft)
        self.world.messages[message.id] = message
        if message.audience is None:
            channel.last_message_id = message.id
        self._announce("MESSAGE_CREATE", message)
        message.nonce = None  # told once, to whom waits for it
        return message

    def edit(self, message: Message, draft: Draft) -> None:
        """Change what the draft speaks of."""
        loading = MessageFlag.LOADING in message.flags
        changeable = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.IS_COMPONENTS_V2
        message.flags = message.flags & ~MessageFlag.LOADING | draft.flags & changeable
        self._apply(message, draft)
        if not loading:  # resolving a deferred reply is its first appearance
            message.edited_at = self.world.now()
        self.touch(message)

    def touch(self, message: Message) -> None:
        """Tell that a message looks different."""
        self._announce("MESSAGE_UPDATE", message)

    def delete(self, messages: list[Message]) -> None:
        """Take messages away; several of one channel are told at once."""
        for message in messages:
            del self.world.messages[message.id]
        first = messages[0]
        channel = self.world.channel(first.channel_id)
        where: Wire = {"channel_id": str(first.channel_id)}
        if channel is not None and channel.guild_id is not None:
            where["guild_id"] = str(channel.guild_id)
        if first.audience is not None:
            self._hub.tell([first.audience], "MESSAGE_DELETE", {"id": str(first.id), **where})
        elif len(messages) == 1:
            self._hub.broadcast("MESSAGE_DELETE", {"id": str(first.id), **where}, channel)
        else:
            gone = [str(message.id) for message in messages]
            self._hub.broadcast("MESSAGE_DELETE_BULK", {"ids": gone, **where}, channel)

    def _apply(self, message: Message, draft: Draft) -> None:
        if draft.content is not None:
            message.content = draft.content
            users, roles, everyone = mentions(draft.content, draft.allowed_mentions)
            message.mentions = [one for one in users if one in self.world.users]
            message.mention_roles = [one for one in roles if one in self.world.guild.roles]
            message.mention_everyone = everyone
        if draft.components is not None:
            message.components = draft.components
        if draft.kept_attachments is not None:
            message.attachments = [a for a in message.attachments if a.id in draft.kept_attachments]
        private = message.audience is not None
        message.attachments += [replace(file, ephemeral=private) for file in draft.files]
        if draft.embeds is not None:
            message.embeds = [self._linked(embed, message) for embed in draft.embeds]

    def _linked(self, embed: Wire, message: Message) -> Wire:
        """`attachment://name` becomes the address of that file."""
        told = dict(embed)
        for part in ("image", "thumbnail"):
            url = embed.get(part, {}).get("url")
            if url is not None:
                file = _named(message.attachments, url)
                link = self._pages.attachment(file, message.channel_id)["url"] if file else url
                told[part] = {"url": link, "proxy_url": link}
        return told

    def _announce(self, event: str, message: Message) -> None:
        told = self._pages.dispatched(message)
        if message.audience is not None:
            self._hub.tell([message.audience], event, told)
        else:
            self._hub.broadcast(event, told, self.world.channel(message.channel_id))


def _named(attachments: list[Attachment], url: str) -> Attachment | None:
    name = url.removeprefix("attachment://")
    return next((file for file in attachments if file.filename == name), None) if name != url else None
