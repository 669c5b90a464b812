"""An interaction has three seconds to be acknowledged, its token lives fifteen minutes (Receiving and Responding)."""

import asyncio
import secrets

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.components import read_components
from meetings.rehearsal.loopback.errors import invalid, refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.kinds import NO_FLAGS, CallbackType, InteractionType, MessageFlag, MessageType
from meetings.rehearsal.loopback.message_forms import Draft, read_message, required
from meetings.rehearsal.loopback.objects_messages import Pages, metadata
from meetings.rehearsal.loopback.posting import Origin, Posting
from meetings.rehearsal.loopback.sessions import Hub
from meetings.rehearsal.loopback.snowflakes import created_at
from meetings.rehearsal.loopback.world import Attachment, Interaction, Message, Wire, World

ACKNOWLEDGE_WITHIN = 3.0  # seconds
TOKEN_LIFE = 15 * 60.0  # seconds
TIMED_OUT = 2  # reason_code of INTERACTION_FAILURE
ONLY = {
    CallbackType.PONG: {InteractionType.PING},
    CallbackType.DEFERRED_UPDATE: {InteractionType.COMPONENT, InteractionType.MODAL},
    CallbackType.UPDATE: {InteractionType.COMPONENT, InteractionType.MODAL},
    CallbackType.AUTOCOMPLETE: {InteractionType.AUTOCOMPLETE},
    CallbackType.MODAL: {InteractionType.COMMAND, InteractionType.COMPONENT},
    CallbackType.MESSAGE: {InteractionType.COMMAND, InteractionType.COMPONENT, InteractionType.MODAL},
    CallbackType.DEFERRED_MESSAGE: {InteractionType.COMMAND, InteractionType.COMPONENT, InteractionType.MODAL},
}


class Interactions:
    """Opens interactions for people and settles them with what bots answer."""

    def __init__(self, posting: Posting, hub: Hub, pages: Pages, within: float = ACKNOWLEDGE_WITHIN) -> None:
        self.world: World = posting.world
        self._posting, self._hub, self._pages, self._within = posting, hub, pages, within
        self._clocks: dict[int, asyncio.TimerHandle] = {}

    def open(self, interaction: Interaction) -> None:
        """Tell the bot (INTERACTION_CREATE) and the person's own apps; the three seconds begin."""
        self.world.interactions[interaction.id] = interaction
        told = {"id": str(interaction.id), "nonce": interaction.nonce}
        self._hub.tell([interaction.user_id], "INTERACTION_CREATE", told)
        self._hub.tell([interaction.application_id], "INTERACTION_CREATE", self.payload(interaction))
        loop = asyncio.get_running_loop()
        self._clocks[interaction.id] = loop.call_later(self._within, self._fail, interaction)

    def close(self) -> None:
        """Stop every clock."""
        for clock in self._clocks.values():
            clock.cancel()

    def new(
        self, kind: InteractionType, application_id: int, user_id: int, channel_id: int, nonce: str | None
    ) -> Interaction:
        """An interaction still without data, its id and token made."""
        token = secrets.token_urlsafe(96)
        return Interaction(self.world.ids.new(), token, kind, application_id, user_id, channel_id, {}, nonce)

    def payload(self, one: Interaction) -> Wire:
        """Interactions, Interaction Object, as the bot gets it."""
        world, guild = self.world, self.world.guild
        channel = guild.channels[one.channel_id]
        member = wire.member(guild.members[one.user_id])
        member["permissions"] = str(int(world.permissions(one.user_id, channel)))
        told: Wire = {
            "id": str(one.id),
            "application_id": str(one.application_id),
            "type": int(one.kind),
            "token": one.token,
            "version": 1,
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "locale": world.users[one.user_id].locale,
            "channel_id": str(channel.id),
            "channel": wire.channel(channel, world) | {"permissions": member["permissions"]},
            "member": member,
            "app_permissions": str(int(world.permissions(one.application_id, channel))),
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild.id)},
            "context": 0,
            "attachment_size_limit": 10 * 1024 * 1024,
            "data": one.data,
        }
        message = world.messages.get(one.message_id or 0)
        return told | ({"message": self._pages.message(message, one.application_id)} if message else {})

    def waiting(self, interaction_id: int, token: str) -> Interaction:
        """The interaction to be acknowledged now; refuses 10062 when unknown or too late, 40060 when done already."""
        one = self.world.interactions.get(interaction_id)
        if one is None or one.token != token or one.state == "failed":
            raise refusal(10062)
        if one.state == "answered":
            raise refusal(40060)
        return one

    def by_webhook(self, application_id: int, token: str) -> Interaction:
        """The acknowledged interaction of a followup; 10015 when there is none, 50027 after 15 minutes."""
        one = next((i for i in self.world.interactions.values() if i.token == token), None)
        if one is None or one.application_id != application_id or one.state != "answered":
            raise refusal(10015)
        if (self.world.now() - created_at(one.id)).total_seconds() > TOKEN_LIFE:
            raise refusal(50027)
        return one

    def answer(self, one: Interaction, form: Form, files: dict[str, Attachment]) -> CallbackType:
        """Settle an interaction with a bot's callback; returns its type."""
        kind = CallbackType(form.choice("type", [int(k) for k in CallbackType], required=True) or 1)
        form.check()
        if one.kind not in ONLY[kind] or (kind in UPDATES and one.message_id is None):
            raise invalid(("type",), "INTERACTION_RESPONSE_INVALID_TYPE", "This response type is not valid here")
        {
            CallbackType.MESSAGE: self._reply,
            CallbackType.DEFERRED_MESSAGE: self._defer,
            CallbackType.DEFERRED_UPDATE: self._keep,
            CallbackType.UPDATE: self._update,
            CallbackType.AUTOCOMPLETE: self._suggest,
            CallbackType.MODAL: self._show_modal,
        }[kind](one, form.sub("data"), files)
        one.state = "answered"
        self._clocks.pop(one.id).cancel()
        self._hub.tell([one.user_id], "INTERACTION_SUCCESS", {"id": str(one.id), "nonce": one.nonce})
        return kind

    def follow_up(self, one: Interaction, draft: Draft) -> Message:
        """A message after the first; the first one after a deferred reply fills that reply."""
        original = self.world.messages.get(one.original_id or 0)
        if original is not None and MessageFlag.LOADING in original.flags:
            self._posting.edit(original, draft)
            return original
        return self._post(one, draft, original.id if original else None)

    def _reply(self, one: Interaction, data: Form, files: dict[str, Attachment]) -> None:
        one.original_id = self._post(one, required(read_message(data, files)), one.message_id).id

    def _defer(self, one: Interaction, data: Form, files: dict[str, Attachment]) -> None:
        draft = read_message(data, files)
        one.original_id = self._post(one, draft, one.message_id, MessageFlag.LOADING).id

    def _keep(self, one: Interaction, data: Form, files: dict[str, Attachment]) -> None:  # noqa: ARG002  one shape for all
        one.original_id = one.message_id

    def _update(self, one: Interaction, data: Form, files: dict[str, Attachment]) -> None:
        message = self.world.messages.get(one.message_id or 0)
        if message is None:
            raise refusal(10008)
        v2 = MessageFlag.IS_COMPONENTS_V2 in message.flags
        self._posting.edit(message, read_message(data, files, v2=v2))
        one.original_id = message.id

    def _suggest(self, one: Interaction, data: Form, files: dict[str, Attachment]) -> None:  # noqa: ARG002
        choices = [
            {"name": item.text("name", 100, 1, required=True), "value": item.body.get("value")}
            for item in data.items("choices", 25)
        ]
        data.check()
        told = {"choices": choices, "nonce": one.nonce}
        self._hub.tell([one.user_id], "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", told)

    def _show_modal(self, one: Interaction, data: Form, files: dict[str, Attachment]) -> None:  # noqa: ARG002
        one.modal = {
            "custom_id": data.text("custom_id", 100, least=1, required=True),
            "title": data.text("title", 45, least=1, required=True),
            "components": read_components(data, modal=True),
        }
        data.check()
        told: Wire = {"id": str(one.id), "nonce": one.nonce, "channel_id": str(one.channel_id), **one.modal}
        bot = self.world.users[one.application_id]
        told["application"] = {"id": str(bot.id), "name": bot.name, "bot": wire.user(bot)}
        self._hub.tell([one.user_id], "INTERACTION_MODAL_CREATE", told)

    def _post(self, one: Interaction, draft: Draft, about: int | None, extra: MessageFlag = NO_FLAGS) -> Message:
        kind = MessageType.COMMAND if one.kind is InteractionType.COMMAND else MessageType.DEFAULT
        origin = Origin(
            kind=MessageType.REPLY if about else kind,
            application_id=one.application_id,
            interaction=metadata(one, self.world, one.data.get("name")),
            audience=one.user_id if MessageFlag.EPHEMERAL in draft.flags else None,
            reference_id=about,
            flags=extra,
        )
        return self._posting.create(self.world.guild.channels[one.channel_id], one.application_id, draft, origin)

    def _fail(self, one: Interaction) -> None:
        """The bot did not answer in time: the person reads that the interaction failed."""
        one.state = "failed"
        self._clocks.pop(one.id, None)
        told = {"id": str(one.id), "nonce": one.nonce, "reason_code": TIMED_OUT}
        self._hub.tell([one.user_id], "INTERACTION_FAILURE", told)


UPDATES = frozenset({CallbackType.DEFERRED_UPDATE, CallbackType.UPDATE})
