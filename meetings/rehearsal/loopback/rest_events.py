"""REST: guild scheduled events, with their rules of time, place and status (Resources, Guild Scheduled Event)."""

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.errors import invalid, refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.kinds import ChannelType, EntityType, EventStatus, Permission
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.stages import close_stage, open_stage
from meetings.rehearsal.loopback.world import ScheduledEvent, Wire

routes = Routes()

MOST = 100
UPCOMING = (EventStatus.SCHEDULED, EventStatus.ACTIVE)
PLACES = {EntityType.STAGE: ChannelType.STAGE, EntityType.VOICE: ChannelType.VOICE}
STEPS = {
    EventStatus.SCHEDULED: {EventStatus.SCHEDULED, EventStatus.ACTIVE, EventStatus.CANCELED},
    EventStatus.ACTIVE: {EventStatus.ACTIVE, EventStatus.COMPLETED},
}
ALL = "/guilds/{guild_id}/scheduled-events"
ONE = ALL + "/{guild_scheduled_event_id}"


@routes("GET", ALL)
async def list_events(call: Call) -> Body:
    """List Scheduled Events: the upcoming and the active."""
    call.guild()
    count = _with_count(call)
    return [_told(call, e, count) for e in call.world.guild.events.values() if e.status in UPCOMING]


def _with_count(call: Call) -> bool:
    return call.query.get("with_user_count", "").lower() in ("true", "1")


def _told(call: Call, event: ScheduledEvent, count: bool = False) -> Wire:
    return call.services.pages.event(event, with_count=count)


@routes("POST", ALL)
async def create(call: Call) -> Body:
    """Create Guild Scheduled Event."""
    call.guild()
    _allowed(call)
    world, form = call.world, call.form
    entity = EntityType(form.choice("entity_type", [int(e) for e in EntityType], required=True) or 3)
    form.choice("privacy_level", (2,), required=True)
    name = form.text("name", 100, least=1, required=True) or ""
    start = form.moment("scheduled_start_time", required=True) or world.now()
    event = ScheduledEvent(world.ids.new(), name, call.user.id, entity, start)
    _fill(call, form, event)
    _check_new(call, form, event)
    if sum(e.status in UPCOMING for e in world.guild.events.values()) >= MOST:
        raise refusal(30038)
    world.guild.events[event.id] = event
    call.services.hub.broadcast("GUILD_SCHEDULED_EVENT_CREATE", _told(call, event))
    return _told(call, event)


def _allowed(call: Call) -> None:
    if not call.world.permissions(call.user.id) & (Permission.MANAGE_EVENTS | Permission.CREATE_EVENTS):
        raise refusal(50013)


def _fill(call: Call, form: Form, event: ScheduledEvent) -> None:
    """Description, end, place and recurrence, as far as the body speaks of them."""
    event.description = form.text("description", 1000) if "description" in form else event.description
    event.end = form.moment("scheduled_end_time") if "scheduled_end_time" in form else event.end
    if event.entity_type is EntityType.EXTERNAL:
        place = form.sub("entity_metadata").text("location", 100, least=1)
        event.channel_id, event.location = None, place or event.location
    elif "channel_id" in form:
        event.channel_id, event.location = form.snowflake("channel_id"), None
    if "recurrence_rule" in form:
        event.recurrence_rule = _recurrence(form.body["recurrence_rule"])
    _check_place(call, form, event)


def _recurrence(rule: Wire | None) -> Wire | None:
    names = [
        "start",
        "end",
        "frequency",
        "interval",
        "by_weekday",
        "by_n_weekday",
        "by_month",
        "by_month_day",
        "by_year_day",
        "count",
    ]
    return None if rule is None else {name: rule.get(name) for name in names} | {"interval": rule.get("interval", 1)}


def _check_place(call: Call, form: Form, event: ScheduledEvent) -> None:
    if event.entity_type is EntityType.EXTERNAL:
        if not event.location:
            form.complain("entity_metadata", "BASE_TYPE_REQUIRED", "This field is required")
        if event.end is None:
            form.complain("scheduled_end_time", "BASE_TYPE_REQUIRED", "This field is required")
        return
    channel = call.world.guild.channels.get(event.channel_id or 0)
    if channel is None or channel.kind is not PLACES[event.entity_type]:
        form.complain(
            "channel_id", "GUILD_SCHEDULED_EVENT_INVALID_CHANNEL", "The channel does not fit the event's type"
        )


def _check_new(call: Call, form: Form, event: ScheduledEvent) -> None:
    if event.start <= call.world.now():
        words = "Cannot schedule event in the past."
        form.complain("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", words)
    _check_end(form, event)
    form.check()


def _check_end(form: Form, event: ScheduledEvent) -> None:
    if event.end is not None and event.end <= event.start:
        words = "Scheduled end time must be after the start."
        form.complain("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", words)


def _event(call: Call) -> ScheduledEvent:
    call.guild()
    event = call.world.guild.events.get(call.id("guild_scheduled_event_id"))
    if event is None:
        raise refusal(10070)
    return event


@routes("GET", ONE)
async def get(call: Call) -> Body:
    """Get Guild Scheduled Event."""
    return _told(call, _event(call), _with_count(call))


@routes("PATCH", ONE)
async def modify(call: Call) -> Body:
    """Modify Guild Scheduled Event; its status goes 1 to 2 to 3, or 1 to 4, nowhere else."""
    event, form, world = _event(call), call.form, call.world
    _manages(call, event)
    if event.status not in UPCOMING:
        raise refusal(180000)
    draft = _copy(event)
    entity = form.choice("entity_type", [int(e) for e in EntityType])
    draft.entity_type = EntityType(entity) if entity else event.entity_type
    draft.name = form.text("name", 100, least=1) or event.name
    draft.start = form.moment("scheduled_start_time") or event.start
    status = EventStatus(form.choice("status", [int(s) for s in EventStatus]) or event.status)
    _fill(call, form, draft)
    _check_end(form, draft)
    if "scheduled_start_time" in form and draft.start <= world.now():
        words = "Cannot schedule event in the past."
        form.complain("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", words)
    form.check()
    if status not in STEPS[event.status]:
        raise invalid(("status",), "TRANSITION_INVALID", "Invalid Guild Scheduled Event Status Transition")
    world.guild.events[event.id] = draft
    _walk(call, draft, status)
    call.services.hub.broadcast("GUILD_SCHEDULED_EVENT_UPDATE", _told(call, draft))
    return _told(call, draft)


def _copy(event: ScheduledEvent) -> ScheduledEvent:
    return ScheduledEvent(**{name: getattr(event, name) for name in ScheduledEvent.__dataclass_fields__})


def _manages(call: Call, event: ScheduledEvent) -> None:
    """MANAGE_EVENTS changes any event, CREATE_EVENTS one's own."""
    held = call.world.permissions(call.user.id)
    own = event.creator_id == call.user.id and Permission.CREATE_EVENTS in held
    if not own and Permission.MANAGE_EVENTS not in held:
        raise refusal(50013)


def _walk(call: Call, event: ScheduledEvent, status: EventStatus) -> None:
    """Starting an event on a stage makes the stage live, completing it ends the stage."""
    before, event.status = event.status, status
    world, hub, channel_id = call.world, call.services.hub, event.channel_id
    if event.entity_type is not EntityType.STAGE or channel_id is None or before is status:
        return
    if status is EventStatus.ACTIVE:
        live = world.guild.stages.get(channel_id) or open_stage(world, hub, channel_id, event.name[:120], event.id)
        live.event_id, event.entity_id = event.id, live.id
    elif status is EventStatus.COMPLETED:
        close_stage(world, hub, channel_id)


@routes("DELETE", ONE)
async def delete(call: Call) -> Body:
    """Delete Guild Scheduled Event."""
    event = _event(call)
    _manages(call, event)
    del call.world.guild.events[event.id]
    call.services.hub.broadcast("GUILD_SCHEDULED_EVENT_DELETE", _told(call, event))
    return None


@routes("GET", ONE + "/users")
async def users(call: Call) -> Body:
    """Get Guild Scheduled Event Users, by id."""
    event, limit = _event(call), call.number("limit", 100, 1, 100)
    before, after = call.number("before", 1 << 62, 0, 1 << 63), call.number("after", 0, 0, 1 << 63)
    with_member = call.query.get("with_member", "").lower() in ("true", "1")
    found = sorted(user_id for user_id in event.interested if after < user_id < before)[:limit]
    return [_interested(call, event, user_id, with_member) for user_id in found]


def _interested(call: Call, event: ScheduledEvent, user_id: int, with_member: bool) -> Wire:
    told: Wire = {
        "guild_scheduled_event_id": str(event.id),
        "user_id": str(user_id),
        "user": wire.user(call.world.users[user_id]),
        "response": 1,
    }
    return told | ({"member": wire.member(call.world.guild.members[user_id])} if with_member else {})


@routes("PUT", ONE + "/users/@me")
async def subscribe(call: Call) -> Body:
    """A person is interested; the official app's route, which Discord does not document."""
    return _interest(call, interested=True)


@routes("DELETE", ONE + "/users/@me")
async def unsubscribe(call: Call) -> Reply:
    """A person is interested no more; likewise not documented."""
    _interest(call, interested=False)
    return Reply(None, 204)


def _interest(call: Call, *, interested: bool) -> Wire:
    event, user_id = _event(call), call.user.id
    if interested is not (user_id in event.interested):
        (event.interested.append if interested else event.interested.remove)(user_id)
        name = "GUILD_SCHEDULED_EVENT_USER_ADD" if interested else "GUILD_SCHEDULED_EVENT_USER_REMOVE"
        ids = {"guild_scheduled_event_id": str(event.id), "user_id": str(user_id)}
        call.services.hub.broadcast(name, ids | {"guild_id": str(call.world.guild.id)})
    return {"guild_scheduled_event_id": str(event.id), "user_id": str(user_id), "response": 1}
