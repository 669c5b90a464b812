"""REST: application commands, global and of the guild (Interactions, Application Commands)."""

from meetings.rehearsal.loopback.command_forms import read_command
from meetings.rehearsal.loopback.errors import invalid, refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.objects_messages import command as told_of
from meetings.rehearsal.loopback.rest_core import Body, Call, Reply, Routes
from meetings.rehearsal.loopback.world import Command, World

routes = Routes()

MOST = 100
GLOBAL = "/applications/{application_id}/commands"
GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


def _scope(call: Call) -> int | None:
    """The guild of a guild command, None for global ones; a bot has only its own."""
    if not call.user.bot:
        raise refusal(20002)
    if call.id("application_id") != call.user.id:
        raise refusal(20012)
    if "guild_id" not in call.path:
        return None
    call.guild()
    return call.id("guild_id")


def commands_of(world: World, application_id: int, scope: int | None) -> list[Command]:
    """The commands of an application in one scope, oldest first."""
    return [c for c in world.commands.values() if c.application_id == application_id and c.guild_id == scope]


def _command(call: Call) -> Command:
    scope = _scope(call)
    command = call.world.commands.get(call.id("command_id"))
    if command is None or command.application_id != call.user.id or command.guild_id != scope:
        raise refusal(10063)
    return command


@routes("GET", GLOBAL)
@routes("GET", GUILD)
async def list_commands(call: Call) -> Body:
    """Get Global (Guild) Application Commands; `with_localizations` shows those."""
    full = call.query.get("with_localizations", "").lower() in ("true", "1")
    return [told_of(c, localizations=full) for c in commands_of(call.world, call.user.id, _scope(call))]


@routes("POST", GLOBAL)
@routes("POST", GUILD)
async def create_command(call: Call) -> Reply:
    """Create Global (Guild) Application Command; one of the same name and type is replaced (200 instead of 201)."""
    scope, form = _scope(call), call.form
    draft = _draft(call, form, scope)
    form.check()
    old = _same(call, draft)
    if old is None and len(commands_of(call.world, call.user.id, scope)) >= MOST:
        raise refusal(30032)
    command = _store(call, draft, old)
    return Reply(told_of(command, localizations=True), 201 if old is None else 200)


def _draft(call: Call, form: Form, scope: int | None) -> Command:
    kind = form.choice("type", (1, 2, 3)) or 1
    body = read_command(form, kind)
    ids = call.world.ids
    return Command(ids.new(), call.user.id, scope, kind, body.pop("name"), ids.new(), body)


def _same(call: Call, draft: Command) -> Command | None:
    peers = commands_of(call.world, call.user.id, draft.guild_id)
    return next((c for c in peers if (c.name, c.kind) == (draft.name, draft.kind)), None)


def _store(call: Call, draft: Command, old: Command | None) -> Command:
    if old is None:
        call.world.commands[draft.id] = draft
        return draft
    if old.body != draft.body:
        old.body, old.version = draft.body, draft.version
    return old


@routes("PUT", GLOBAL)
@routes("PUT", GUILD)
async def overwrite_commands(call: Call) -> Body:
    """Bulk Overwrite Global (Guild) Application Commands: what the list lacks is deleted."""
    scope = _scope(call)
    if not isinstance(call.body, list):
        raise invalid((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    form = Form({"commands": call.body})
    items = form.items("commands", MOST)
    drafts = [_draft(call, Form(item.body, form.errors, item.path[1:]), scope) for item in items]
    seen = set[tuple[str, int]]()
    for index, draft in enumerate(drafts):
        if (draft.name, draft.kind) in seen:
            form.errors.add(
                (index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        seen.add((draft.name, draft.kind))
    form.check()
    kept = [_store(call, draft, _same(call, draft)) for draft in drafts]
    ids = {command.id for command in kept}
    for old in commands_of(call.world, call.user.id, scope):
        if old.id not in ids:
            del call.world.commands[old.id]
    return [told_of(command, localizations=True) for command in kept]


@routes("GET", GLOBAL + "/{command_id}")
@routes("GET", GUILD + "/{command_id}")
async def get_command(call: Call) -> Body:
    """Get Global (Guild) Application Command."""
    return told_of(_command(call), localizations=True)


@routes("PATCH", GLOBAL + "/{command_id}")
@routes("PATCH", GUILD + "/{command_id}")
async def edit_command(call: Call) -> Body:
    """Edit Global (Guild) Application Command: the fields the body speaks of."""
    command = _command(call)
    form = Form({"name": command.name} | command.body | call.form.body)
    body = read_command(form, command.kind)
    form.check()
    command.name, command.body, command.version = body.pop("name"), body, call.world.ids.new()
    return told_of(command, localizations=True)


@routes("DELETE", GLOBAL + "/{command_id}")
@routes("DELETE", GUILD + "/{command_id}")
async def delete_command(call: Call) -> Body:
    """Delete Global (Guild) Application Command."""
    del call.world.commands[_command(call).id]
    return None


@routes("GET", GUILD + "/permissions")
async def list_permissions(call: Call) -> Body:
    """Get Guild Application Command Permissions: none are set here."""
    _scope(call)
    return []


@routes("GET", GUILD + "/{command_id}/permissions")
async def get_permissions(call: Call) -> Body:
    """Get Application Command Permissions: a command without overwrites has none (10066)."""
    _scope(call)
    raise refusal(10066)


@routes("PUT", GUILD + "/{command_id}/permissions")
async def set_permissions(call: Call) -> Body:
    """Edit Application Command Permissions needs a person's bearer token, which no bot has."""
    _scope(call)
    raise refusal(20001)
