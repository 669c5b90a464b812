"""REST: interactions, from the person who starts one and from the bot that answers (Receiving and Responding)."""

from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.interaction_data import command_data, component_data, may_use, modal_data
from meetings.rehearsal.loopback.kinds import CallbackType, InteractionType, Permission
from meetings.rehearsal.loopback.objects_messages import command as told_of
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.world import Command, Interaction, Message, Wire

routes = Routes()


@routes("POST", "/interactions")
async def start(call: Call) -> Reply:
    """A person uses a command, component or modal; `interaction_data` documents the body. Answers 204.

    The person's own gateway sessions then get INTERACTION_CREATE `{id, nonce}`, and one of INTERACTION_SUCCESS
    `{id, nonce}`, INTERACTION_FAILURE `{id, nonce, reason_code}`, INTERACTION_MODAL_CREATE (the modal, with the same
    id and nonce) or APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE `{choices, nonce}`.
    """
    if call.user.bot:
        raise refusal(20001)
    form = call.form
    kind = form.choice("type", (2, 3, 4, 5), required=True)
    application_id = form.snowflake("application_id", required=True)
    channel_id = form.snowflake("channel_id", required=True)
    nonce = form.text("nonce", 25)
    form.check()
    channel = call.world.guild.channels.get(channel_id or 0)
    if channel is None or Permission.VIEW_CHANNEL not in call.world.permissions(call.user.id, channel):
        raise refusal(10003)
    interactions = call.services.interactions
    one = interactions.new(InteractionType(kind or 2), application_id or 0, call.user.id, channel.id, nonce)
    {2: _command, 3: _component, 4: _command, 5: _modal}[kind or 2](call, form, one)
    interactions.open(one)
    return Reply(None, 204)


def _command(call: Call, form: Form, one: Interaction) -> None:
    command = call.world.commands.get(form.sub("data").snowflake("id", required=True) or 0)
    form.check()
    if command is None or command.application_id != one.application_id:
        raise refusal(10063)
    channel = call.world.guild.channels[one.channel_id]
    if not may_use(command, call.world.permissions(call.user.id, channel)):
        raise refusal(50013)
    complete = one.kind is InteractionType.COMMAND
    one.data = command_data(call.services.pages, command, form, one.channel_id, complete=complete)


def _component(call: Call, form: Form, one: Interaction) -> None:
    message = _message(call, form.snowflake("message_id", required=True) or 0)
    form.check()
    if message.channel_id != one.channel_id or message.author_id != one.application_id:
        raise refusal(10008)
    one.message_id = message.id
    one.data = component_data(call.world, message, form)


def _message(call: Call, message_id: int) -> Message:
    message = call.world.messages.get(message_id)
    if message is None or message.audience not in (None, call.user.id):
        raise refusal(10008)
    return message


def _modal(call: Call, form: Form, one: Interaction) -> None:
    opened = call.world.interactions.get(form.sub("data").snowflake("id", required=True) or 0)
    form.check()
    if opened is None or opened.modal is None or opened.user_id != call.user.id:
        raise refusal(10062)
    one.opened_by, one.message_id, one.application_id = opened.id, opened.message_id, opened.application_id
    one.data = modal_data(call.world, opened.modal, form)


@routes("GET", "/channels/{channel_id}/application-command-index")
async def command_index(call: Call) -> Body:
    """The commands a person may use in a channel, as the official app asks for them: not documented by Discord.

    `{applications: [{id, name, bot}], application_commands: [command, ...]}`, guild commands and global ones.
    """
    channel = call.channel()
    held = call.world.permissions(call.user.id, channel)
    usable = [c for c in call.world.commands.values() if may_use(c, held)]
    bots = {c.application_id: call.world.users[c.application_id] for c in usable}
    applications: list[Wire] = [{"id": str(bot.id), "name": bot.name} for bot in bots.values()]
    return {"applications": applications, "application_commands": [_indexed(c) for c in usable]}


def _indexed(command: Command) -> Wire:
    return told_of(command, localizations=True)


@routes("POST", "/interactions/{interaction_id}/{interaction_token}/callback", public=True, limit=None)
async def callback(call: Call) -> Reply:
    """Create Interaction Response: 204, or with `with_response` 200 and what became of it."""
    interactions, pages = call.services.interactions, call.services.pages
    one = interactions.waiting(call.id("interaction_id"), call.path["interaction_token"])
    kind = interactions.answer(one, call.form, call.files)
    if call.query.get("with_response", "").lower() not in ("true", "1"):
        return Reply(None, 204)
    told: Wire = {"interaction": pages.callback(one)}
    message = call.world.messages.get(one.original_id or 0)
    if message is not None and kind in (CallbackType.MESSAGE, CallbackType.UPDATE):
        told["resource"] = {"type": int(kind), "message": pages.message(message, one.application_id)}
    return Reply(told, 200)
