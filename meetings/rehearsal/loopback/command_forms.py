"""Application commands as a bot declares them, held to Discord's limits (Interactions, Application Commands)."""

import re
from itertools import pairwise

from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.world import Wire

NAME = re.compile(r"^[-_'’\w]{1,32}$", re.UNICODE)
CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2
OPTION_KINDS = range(1, 12)
NUMERIC = frozenset({4, 10})
KEPT = ("min_value", "max_value", "min_length", "max_length")


def read_command(form: Form, kind: int) -> Wire:
    """The fields of a command without its ids; complaints stay in the form until it is checked."""
    context = kind != CHAT_INPUT
    told: Wire = {
        "name": _name(form, context),
        "name_localizations": _localizations(form, "name_localizations", 32),
        "description": (form.text("description", 0) or "") if context else _description(form),
        "description_localizations": _localizations(form, "description_localizations", 100),
        "default_member_permissions": _permissions(form),
        "dm_permission": form.body.get("dm_permission") is not False,
        "contexts": form.body.get("contexts"),
        "integration_types": form.body.get("integration_types") or [0],
        "nsfw": form.boolean("nsfw"),
    }
    options = _options(form)
    return told | ({"options": options} if options else {})


def _name(form: Form, context: bool = False) -> str:
    name = form.text("name", 32, least=1, required=True) or ""
    if name and not context and (not NAME.match(name) or name != name.lower()):
        form.complain("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    return name


def _description(form: Form) -> str:
    return form.text("description", 100, least=1, required=True) or ""


def _permissions(form: Form) -> str | None:
    bits = form.snowflake("default_member_permissions")
    return None if bits is None else str(bits)


def _localizations(form: Form, field: str, most: int) -> Wire | None:
    words = form.body.get(field)
    if not isinstance(words, dict):
        return None
    inner = form.sub(field)
    for locale in words:
        inner.text(locale, most, least=1)
    return {locale: word for locale, word in words.items() if word is not None}


def _options(form: Form) -> list[Wire]:
    items = form.items("options", 25)
    told = [_option(item) for item in items]
    needed = [bool(option.get("required")) for option in told]
    if any(later and not earlier for earlier, later in pairwise(needed)):
        words = "Required options must be placed before non-required options"
        form.complain("options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
    names = [option["name"] for option in told]
    for index in (i for i, name in enumerate(names) if name and name in names[:i]):
        items[index].complain("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
    return told


def _option(form: Form) -> Wire:
    kind = form.choice("type", OPTION_KINDS, required=True)
    told: Wire = {
        "type": kind,
        "name": _name(form),
        "name_localizations": _localizations(form, "name_localizations", 32),
        "description": _description(form),
        "description_localizations": _localizations(form, "description_localizations", 100),
    }
    if kind in (SUBCOMMAND, GROUP):
        return told | {"options": _options(form)}
    told |= {key: form.body[key] for key in KEPT if form.body.get(key) is not None}
    told |= {key: True for key in ("required", "autocomplete") if form.boolean(key)}
    if form.body.get("channel_types"):
        told["channel_types"] = form.body["channel_types"]
    choices = [_choice(item, kind) for item in form.items("choices", 25)]
    return told | ({"choices": choices} if choices else {})


def _choice(form: Form, kind: int | None) -> Wire:
    value = form.body.get("value")
    if value is None:
        form.complain("value", "BASE_TYPE_REQUIRED", "This field is required")
    elif (kind in NUMERIC) is isinstance(value, str):
        form.complain("value", "UNION_TYPE_CHOICES", "The value does not fit the option's type")
    return {
        "name": form.text("name", 100, least=1, required=True),
        "name_localizations": _localizations(form, "name_localizations", 100),
        "value": value,
    }
