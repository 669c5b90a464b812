"""Presses: stateless, so they work after a restart and on every message that still shows what was pressed.

All that a press means is in its custom_id, `name:subject:value`: `name` finds who handles it (the desk's handlers),
`subject` is the meeting or ballot it is about, `value` the rest. Buttons, menus and forms are read alike.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, LayoutView, Select

from meetings.domain.refusals import Code, Refusal
from meetings.platforms.discord.desk import Desk, DeskClient, Press
from meetings.platforms.discord.errors import Interaction, RefusedError, report

LONGEST = 100
"""Characters of a custom_id (Component Reference)."""

MENU = "pick"
"""The name of what is chosen in menus."""

_FIELDS = r"(?P<subject>.{1,80}):(?P<value>[^:]*)"
_FORM = re.compile(rf"(?P<name>[a-z]+):{_FIELDS}")
_BUTTON = re.compile(rf"(?P<name>(?!{MENU}:)[a-z]+):{_FIELDS}")
_MENU = re.compile(rf"(?P<name>{MENU}):{_FIELDS}")


class CouncilButton(DynamicItem[Button[LayoutView]], template=_BUTTON):
    """A button whose custom_id says all."""

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: Item[LayoutView], match: re.Match[str], /) -> Self:  # noqa: ARG003
        """See `DynamicItem.from_custom_id`."""
        assert isinstance(item, Button)  # noqa: S101  the template is found on buttons alone
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Somebody pressed it."""
        await handle(interaction, self.item.custom_id or "", {})


class CouncilMenu(DynamicItem[Select[LayoutView]], template=_MENU):
    """A menu whose custom_id says all but what is chosen in it."""

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: Item[LayoutView], match: re.Match[str], /) -> Self:  # noqa: ARG003
        """See `DynamicItem.from_custom_id`."""
        assert isinstance(item, Select)  # noqa: S101  the template is found on menus alone
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Somebody chose in it."""
        await handle(interaction, self.item.custom_id, {"": tuple(self.item.values)})


class CouncilClient(DeskClient):
    """A connection whose presses reach the desk, those on forms opened before a restart too."""

    def __init__(self, desk: Desk, **options: Any) -> None:  # noqa: ANN401  discord.py's own
        super().__init__(**options)
        self.desk = desk
        self.add_dynamic_items(CouncilButton, CouncilMenu)

    async def on_interaction(self, interaction: Interaction) -> None:
        """A form was sent. discord.py keeps forms in memory: ours are read from what Discord sends."""
        data: Any = interaction.data or {}
        if interaction.type is discord.InteractionType.modal_submit:
            await handle(interaction, str(data.get("custom_id")), dict(_filled(data.get("components") or [])))


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
