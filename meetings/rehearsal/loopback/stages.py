"""Stage instances coming and going; a scheduled event may bring one and take it away again."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.sessions import Hub
from meetings.rehearsal.loopback.world import StageInstance, World


def open_stage(world: World, hub: Hub, channel_id: int, topic: str, event_id: int | None) -> StageInstance:
    """A stage goes live."""
    instance = StageInstance(world.ids.new(), channel_id, topic, event_id)
    world.guild.stages[channel_id] = instance
    announce(world, hub, "STAGE_INSTANCE_CREATE", instance)
    return instance


def close_stage(world: World, hub: Hub, channel_id: int) -> None:
    """A stage ends, when it was live."""
    instance = world.guild.stages.pop(channel_id, None)
    if instance is not None:
        announce(world, hub, "STAGE_INSTANCE_DELETE", instance)


def announce(world: World, hub: Hub, event: str, instance: StageInstance) -> None:
    """Tell who sees the channel."""
    told = wire.stage_instance(instance, world.guild.id)
    hub.broadcast(event, told, world.guild.channels[instance.channel_id])
