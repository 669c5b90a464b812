"""What a person sends when using a command, button, menu or form, checked and completed for the bot.

The official app's request is not documented; this is the shape read here, `POST /interactions` with the person's token:
`{type, application_id, guild_id, channel_id, session_id, nonce, data}` and, by type,

- 2 command: data `{id, name, type, version, options: [{type, name, value | options}], target_id?}`
- 3 component: `message_id`, data `{component_type, custom_id, values?}`
- 4 autocomplete: as 2, with `focused: true` on one option
- 5 modal: data `{id, custom_id, components}`, `id` that of the interaction that opened it
"""

from collections.abc import Iterator

from meetings.rehearsal.loopback import objects as wire
from meetings.rehearsal.loopback.components import SELECTS, STRING_SELECT, TEXT_INPUT, find, walk
from meetings.rehearsal.loopback.errors import invalid, refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.kinds import Permission
from meetings.rehearsal.loopback.objects_messages import Pages
from meetings.rehearsal.loopback.world import Command, Message, Wire, World

SUBCOMMANDS = frozenset({1, 2})
USER, CHANNEL, ROLE, MENTIONABLE = 6, 7, 8, 9
SELECT_KINDS = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}
OPTION_TYPES: dict[int, tuple[type, ...]] = {3: (str,), 4: (int,), 5: (bool,), 10: (int, float)}


def command_data(pages: Pages, command: Command, form: Form, channel_id: int, *, complete: bool) -> Wire:
    """The `data` of a command interaction; `complete`: required options must be there (no autocomplete)."""
    data = form.sub("data")
    told: Wire = {"id": str(command.id), "name": command.name, "type": command.kind}
    if command.guild_id is not None:
        told["guild_id"] = str(command.guild_id)
    options = data.body.get("options") or []
    _check_options(command.body.get("options") or [], options, data, complete)
    if options:
        told["options"] = options
    references = [(option["type"], str(option["value"])) for option in leaves(options) if option["type"] >= USER]
    resolved = resolve(pages.world, references)
    target = data.snowflake("target_id", required=command.kind != 1)
    if target is not None:
        told["target_id"] = str(target)
        resolved |= _target(pages, command.kind, target, channel_id)
    form.check()
    return told | ({"resolved": resolved} if resolved else {})


def leaves(options: list[Wire]) -> Iterator[Wire]:
    """The options that carry values, below subcommands."""
    for option in options:
        if option.get("type") in SUBCOMMANDS:
            yield from leaves(option.get("options") or [])
        else:
            yield option


def _check_options(declared: list[Wire], given: list[Wire], form: Form, complete: bool) -> None:
    known = {option["name"]: option for option in declared}
    nested = any(option["type"] in SUBCOMMANDS for option in declared)
    for index, item in enumerate(form.items("options", 25)):
        option = known.get(str(item.body.get("name")))
        if option is None or option["type"] != item.body.get("type"):
            item.complain("name", "APPLICATION_COMMAND_INVALID_OPTION", "This command is outdated, please try again")
        elif option["type"] in SUBCOMMANDS:
            _check_options(option.get("options") or [], given[index].get("options") or [], item, complete)
        elif complete:
            _check_value(option, item)
    names = {item.get("name") for item in given}
    missing = [name for name, option in known.items() if option.get("required") and name not in names]
    if complete and (missing or (nested and len(given) != 1)):
        form.complain(
            "options", "BASE_TYPE_REQUIRED", f"Required options are missing: {', '.join(missing) or 'subcommand'}"
        )


def _check_value(option: Wire, item: Form) -> None:
    value, types = item.body.get("value"), OPTION_TYPES.get(option["type"])
    choices = [choice["value"] for choice in option.get("choices") or []]
    fits = types is None or (isinstance(value, types) and (bool in types or not isinstance(value, bool)))
    if not fits or (choices and value not in choices):
        item.complain("value", "APPLICATION_COMMAND_INVALID_VALUE", "This is not a valid value for the option")
        return
    if isinstance(value, str) and types is not None:
        item.text("value", option.get("max_length", 6000), option.get("min_length", 0))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        low, high = option.get("min_value", value), option.get("max_value", value)
        if not low <= value <= high:
            item.complain("value", "NUMBER_TYPE_RANGE", f"Must be between {low} and {high}.")


def _target(pages: Pages, kind: int, target: int, channel_id: int) -> Wire:
    if kind == 2:
        return resolve(pages.world, [(USER, str(target))])
    message = pages.world.messages.get(target)
    if message is None or message.channel_id != channel_id:
        raise refusal(10008)
    return {"messages": {str(target): pages.message(message)}}


def component_data(world: World, message: Message, form: Form) -> Wire:
    """The `data` of a component interaction; refuses what is not there, is disabled or cannot hold the values."""
    data = form.sub("data")
    component = find(message.components, data.text("custom_id", 100, required=True) or "")
    if component is None or component.get("disabled") or component["type"] != data.body.get("component_type"):
        raise invalid(("data",), "COMPONENT_VALIDATION_FAILED", "Component validation failed")
    told: Wire = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
    if component["type"] not in SELECTS:
        return told
    values = [str(value) for value in data.body.get("values") or []]
    _check_selection(component, values)
    resolved = resolve(world, [(SELECT_KINDS.get(component["type"], 0), value) for value in values])
    return told | {"values": values} | ({"resolved": resolved} if resolved else {})


def _check_selection(component: Wire, values: list[str]) -> None:
    if not _can_hold(component, values):
        raise invalid(("data", "values"), "COMPONENT_VALIDATION_FAILED", "Component validation failed")


def _can_hold(component: Wire, values: list[str]) -> bool:
    """Whether a select can be left with these values: offered, each once, neither too few nor too many."""
    offered = [option["value"] for option in component.get("options") or []]
    strange = component["type"] == STRING_SELECT and any(value not in offered for value in values)
    fits = component["min_values"] <= len(values) <= component["max_values"]
    return fits and not strange and len(set(values)) == len(values)


def modal_data(world: World, modal: Wire, form: Form) -> Wire:
    """The `data` of a modal submit: the modal as the bot made it, each input with what was typed or chosen."""
    data = form.sub("data")
    if data.body.get("custom_id") != modal["custom_id"]:
        raise invalid(("data", "custom_id"), "COMPONENT_VALIDATION_FAILED", "Component validation failed")
    typed = {one["custom_id"]: one for one in walk(data.body.get("components") or []) if "custom_id" in one}
    references: list[tuple[int, str]] = []
    components = [_filled(one, typed, data, references) for one in modal["components"]]
    form.check()
    resolved = resolve(world, references)
    told: Wire = {"custom_id": modal["custom_id"], "components": components}
    return told | ({"resolved": resolved} if resolved else {})


def _filled(one: Wire, typed: dict[str, Wire], data: Form, references: list[tuple[int, str]]) -> Wire:
    told: Wire = {"type": one["type"], "id": one["id"]}
    if "components" in one:
        return told | {"components": [_filled(inner, typed, data, references) for inner in one["components"]]}
    if "component" in one:
        return told | {"component": _filled(one["component"], typed, data, references)}
    if "custom_id" not in one:
        return told
    answer = typed.get(one["custom_id"], {})
    told["custom_id"] = one["custom_id"]
    if one["type"] == TEXT_INPUT:
        return told | {"value": _typed(one, str(answer.get("value") or ""), data)}
    values = [str(value) for value in answer.get("values") or []]
    if one["type"] in SELECTS and (values or one["required"]) and not _can_hold(one, values):
        data.complain(one["custom_id"], "COMPONENT_VALIDATION_FAILED", "Component validation failed")
    references += [(SELECT_KINDS[one["type"]], value) for value in values if one["type"] in SELECT_KINDS]
    return told | {"values": values}


def _typed(one: Wire, value: str, data: Form) -> str:
    if one["required"] and not value:
        data.complain(one["custom_id"], "BASE_TYPE_REQUIRED", "This field is required")
    elif value and not (one["min_length"] or 0) <= len(value) <= (one["max_length"] or 4000):
        words = f"Must be between {one['min_length'] or 0} and {one['max_length'] or 4000} in length."
        data.complain(one["custom_id"], "BASE_TYPE_BAD_LENGTH", words)
    return value


def resolve(world: World, references: list[tuple[int, str]]) -> Wire:
    """The resolved data of ids a person chose; an id of nobody is refused (10013)."""
    told: Wire = {}
    for kind, word in references:
        ident = int(word) if word.isdigit() else 0
        guild = world.guild
        if kind in (USER, MENTIONABLE) and ident in world.users:
            told.setdefault("users", {})[word] = wire.user(world.users[ident])
            if member := guild.members.get(ident):
                told.setdefault("members", {})[word] = _partial_member(
                    world, ident, wire.member(member, with_user=False)
                )
        elif kind in (ROLE, MENTIONABLE) and ident in guild.roles:
            told.setdefault("roles", {})[word] = wire.role(guild.roles[ident])
        elif kind == CHANNEL and ident in guild.channels:
            told.setdefault("channels", {})[word] = wire.channel(guild.channels[ident], world)
        elif kind in (USER, MENTIONABLE, ROLE, CHANNEL):
            raise refusal({USER: 10013, ROLE: 10011, CHANNEL: 10003}.get(kind, 10013))
    return told


def _partial_member(world: World, user_id: int, member: Wire) -> Wire:
    """Resolved members carry their permissions, and neither deaf nor mute."""
    told = {key: value for key, value in member.items() if key not in ("deaf", "mute")}
    return told | {"permissions": str(int(world.permissions(user_id)))}


def may_use(command: Command, held: Permission) -> bool:
    """Whether a member may use a command (Application Commands, Permissions): `"0"` is for administrators."""
    if Permission.USE_APPLICATION_COMMANDS not in held:
        return False
    default = command.body.get("default_member_permissions")
    if default is None or Permission.ADMINISTRATOR in held:
        return True
    return int(default) != 0 and Permission(int(default)) in held
