"""A slash command as a person types it, turned into what the server wants of it."""

from meetings.rehearsal.cast.seen import Wire

Value = str | int | float | bool
CHAT_INPUT = 1
SUBCOMMANDS = (1, 2)
IDS = (6, 7, 8, 9)
UNKNOWN = 10063  # JSON error code: unknown application command


class InteractionFailed(Exception):  # noqa: N818  what Discord's app shows: "the interaction failed"
    """The bot did not answer in time (`code` None), or the server refused the interaction (`code` its JSON error)."""

    def __init__(self, what: str, why: str, code: int | None = None) -> None:
        super().__init__(f"{what}: {why}")
        self.what, self.why, self.code = what, why, code


def typed_command(known: list[Wire], name: str, options: dict[str, Value], focused: str | None) -> Wire:
    """`application_id` and `data` of the command among the known ones. Raises InteractionFailed when it is not."""
    first, *path = name.split()
    command = next((one for one in known if one["type"] == CHAT_INPUT and first in _names(one)), None)
    if command is None:
        raise InteractionFailed(f"/{name}", "there is no such command, or it is not for this member", UNKNOWN)
    data = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "version": command["version"]}
    data["options"] = _options(name, command, path, options, focused)
    return {"application_id": command["application_id"], "data": data}


def _names(command: Wire) -> set[str]:
    """Under what names people find a command or option: its own and its translations."""
    return {str(command["name"]), *(command.get("name_localizations") or {}).values()}


def _options(name: str, at: Wire, path: list[str], given: dict[str, Value], focused: str | None) -> list[Wire]:
    """The options of a command's data, nested below its subcommands."""
    declared = at.get("options") or []
    if path:
        inner = next((one for one in declared if one["type"] in SUBCOMMANDS and path[0] in _names(one)), None)
        if inner is None:
            raise InteractionFailed(f"/{name}", f"there is no subcommand {path[0]}", 10063)
        nested = _options(name, inner, path[1:], given, focused)
        return [{"type": inner["type"], "name": inner["name"], "options": nested}]
    told = []
    for key, value in given.items():
        option = next((one for one in declared if key in _names(one)), None)
        if option is None:
            raise InteractionFailed(f"/{name}", f"there is no option {key}", 10063)
        typed = str(value) if option["type"] in IDS else value
        told.append(
            {"type": option["type"], "name": option["name"], "value": typed}
            | ({"focused": True} if key == focused else {})
        )
    return told
