"""Presses: stateless, so they work after a restart and on every message that still shows what was pressed.

All that a press means is in its custom_id, `name:subject:value`: `name` finds who handles it (the desk's handlers),
`subject` is the meeting or ballot it is about, `value` the rest. Buttons, menus and forms are read alike.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import discord
from discord.ui import LayoutView, View

from meetings.domain.refusals import Code, Refusal
from meetings.platforms.discord.desk import Desk, DeskClient, Press
from meetings.platforms.discord.errors import Interaction, RefusedError, report

LONGEST = 100
"""Characters of a custom_id (Component Reference)."""

MENU = "pick"
"""The name of what is chosen in menus."""

_FORM = re.compile(r"(?P<name>[a-z]+):(?P<subject>.{1,80}):(?P<value>[^:]*)")

Drawn = TypeVar("Drawn", View, LayoutView)


class CouncilClient(DeskClient):
    """A connection whose presses reach the desk, also those on messages and forms of before a restart."""

    def __init__(self, desk: Desk, **options: Any) -> None:  # noqa: ANN401  discord.py's own
        super().__init__(**options)
        self.desk = desk

    async def on_interaction(self, interaction: Interaction) -> None:
        """Something was pressed, chosen or sent: all three are read from what Discord tells of it."""
        data: Any = interaction.data or {}
        match interaction.type:
            case discord.InteractionType.component:
                given = {"": tuple(data["values"])} if "values" in data else {}
            case discord.InteractionType.modal_submit:
                given = dict(_filled(data.get("components") or []))
            case _:
                return
        await handle(interaction, str(data.get("custom_id")), given)


def drawn(view: Drawn) -> Drawn:
    """The view as a mere drawing, of which discord.py keeps nothing: presses need no memory."""
    view.stop()
    return view


async def handle(interaction: Interaction, custom_id: str, given: Mapping[str, tuple[str, ...]]) -> None:
    """Do what a press asks for, under the one error policy."""
    desk, match = _desk(interaction), _FORM.fullmatch(custom_id)
    handler = desk.handlers.get(match["name"]) if match else None
    try:
        if match is None or handler is None:  # from a version of this program that is long gone
            raise RefusedError(Refusal(Code.UNKNOWN_MEETING))
        await handler(Press(desk, interaction, match["subject"], match["value"], given))
    except Exception as error:
        await report(interaction, error, partial(desk.pointing, interaction))


def custom_id(name: str, subject: str, value: str = "") -> str:
    """What says all about a press. Raises ValueError beyond what Discord keeps."""
    made = f"{name}:{subject}:{value}"
    if len(made) > LONGEST:
        raise ValueError(made)
    return made


def _desk(interaction: Interaction) -> Desk:
    if not isinstance(interaction.client, DeskClient):
        raise TypeError("the interaction came by a connection without a desk")
    return interaction.client.desk


def _filled(components: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each input of a form holds, by its custom_id; labels and rows hold inputs."""
    for one in components:
        yield from _filled([*one.get("components", []), *([one["component"]] if "component" in one else [])])
        if "custom_id" in one:
            yield str(one["custom_id"]), tuple(one["values"] if "values" in one else [one.get("value") or ""])
