"""REST: followups, at the webhook of an application and an interaction's token (Receiving and Responding)."""

from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.kinds import MessageFlag
from meetings.rehearsal.loopback.limits import WEBHOOK
from meetings.rehearsal.loopback.message_forms import read_message, required
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.world import Interaction, Message

routes = Routes()

HOOK = "/webhooks/{webhook_id}/{webhook_token}"
ONE = HOOK + "/messages/{message_id}"


def _interaction(call: Call) -> Interaction:
    return call.services.interactions.by_webhook(call.id("webhook_id"), call.path["webhook_token"])


def _message(call: Call, one: Interaction) -> Message:
    original = call.path["message_id"] == "@original"
    message = call.world.messages.get((one.original_id or 0) if original else call.id("message_id"))
    if message is None or message.author_id != one.application_id or message.channel_id != one.channel_id:
        raise refusal(10008)
    return message


@routes("POST", HOOK, public=True, limit=WEBHOOK)
async def follow_up(call: Call) -> Body:
    """Create Followup Message."""
    one = _interaction(call)
    message = call.services.interactions.follow_up(one, required(read_message(call.form, call.files)))
    return call.services.pages.message(message, one.application_id)


@routes("GET", ONE, public=True, limit=WEBHOOK)
async def get(call: Call) -> Body:
    """Get Original Interaction Response, Get Followup Message."""
    one = _interaction(call)
    return call.services.pages.message(_message(call, one), one.application_id)


@routes("PATCH", ONE, public=True, limit=WEBHOOK)
async def edit(call: Call) -> Body:
    """Edit Original Interaction Response, Edit Followup Message."""
    one = _interaction(call)
    message = _message(call, one)
    draft = read_message(call.form, call.files, v2=MessageFlag.IS_COMPONENTS_V2 in message.flags)
    call.services.posting.edit(message, draft)
    return call.services.pages.message(message, one.application_id)


@routes("DELETE", ONE, public=True, limit=WEBHOOK)
async def delete(call: Call) -> Reply:
    """Delete Original Interaction Response, Delete Followup Message."""
    call.services.posting.delete([_message(call, _interaction(call))])
    return Reply(None, 204)
