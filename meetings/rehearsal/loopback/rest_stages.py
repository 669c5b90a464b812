"""REST: stage instances (Resources, Stage Instance). None closes here for want of speakers, as Discord's do."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.errors import invalid, refusal
from meetings.rehearsal.loopback.kinds import STAGE_MODERATOR, ChannelType, EntityType, EventStatus
from meetings.rehearsal.loopback.rest_core import Body, Call, Routes
from meetings.rehearsal.loopback.stages import announce, close_stage, open_stage
from meetings.rehearsal.loopback.world import Channel, ScheduledEvent, StageInstance

routes = Routes()


@routes("POST", "/stage-instances")
async def create(call: Call) -> Body:
    """Create Stage Instance: a stage moderator's right; the scheduled event it names starts with it."""
    form = call.form
    channel_id = form.snowflake("channel_id", required=True)
    topic = form.text("topic", 120, least=1, required=True) or ""
    event_id = form.snowflake("guild_scheduled_event_id")
    form.choice("privacy_level", (1, 2))
    form.check()
    channel = call.world.guild.channels.get(channel_id or 0)
    if channel is None:
        raise refusal(10003)
    if channel.kind is not ChannelType.STAGE:
        raise refusal(50024)
    _moderator(call, channel)
    if channel.id in call.world.guild.stages:
        raise refusal(150006)
    event = _event(call, event_id, channel) if event_id is not None else None
    instance = open_stage(call.world, call.services.hub, channel.id, topic, event_id)
    if event is not None:
        event.status, event.entity_id = EventStatus.ACTIVE, instance.id
        call.services.hub.broadcast("GUILD_SCHEDULED_EVENT_UPDATE", call.services.pages.event(event))
    return wire.stage_instance(instance, call.world.guild.id)


def _event(call: Call, event_id: int, channel: Channel) -> ScheduledEvent:
    event = call.world.guild.events.get(event_id)
    if event is None:
        raise refusal(10070)
    if event.entity_type is not EntityType.STAGE or event.channel_id != channel.id:
        raise invalid(
            ("guild_scheduled_event_id",), "GUILD_SCHEDULED_EVENT_WRONG_CHANNEL", "The event is not on this stage"
        )
    return event


def _moderator(call: Call, channel: Channel) -> None:
    if call.world.permissions(call.user.id, channel) & STAGE_MODERATOR != STAGE_MODERATOR:
        raise refusal(50013)


def _instance(call: Call) -> StageInstance:
    channel = call.channel()
    instance = call.world.guild.stages.get(channel.id)
    if instance is None:
        raise refusal(10067)
    return instance


@routes("GET", "/stage-instances/{channel_id}")
async def get(call: Call) -> Body:
    """Get Stage Instance."""
    return wire.stage_instance(_instance(call), call.world.guild.id)


@routes("PATCH", "/stage-instances/{channel_id}")
async def modify(call: Call) -> Body:
    """Modify Stage Instance: the topic."""
    instance, form = _instance(call), call.form
    _moderator(call, call.channel())
    topic = form.text("topic", 120, least=1)
    form.check()
    instance.topic = topic or instance.topic
    announce(call.world, call.services.hub, "STAGE_INSTANCE_UPDATE", instance)
    return wire.stage_instance(instance, call.world.guild.id)


@routes("DELETE", "/stage-instances/{channel_id}")
async def delete(call: Call) -> Body:
    """Delete Stage Instance."""
    instance = _instance(call)
    _moderator(call, call.channel())
    close_stage(call.world, call.services.hub, instance.channel_id)
    return None
