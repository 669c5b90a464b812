"""What a member's phone shows: messages with their buttons, forms to fill in, replies of the bot."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Wire: TypeAlias = dict[str, Any]  # Discord's JSON has no closed shape

BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY = 2, 3, 4, 10
EPHEMERAL, LOADING = 1 << 6, 1 << 7


@dataclass(frozen=True, slots=True)
class Button:
    """A button one can press; a link has no custom_id and is not listed."""

    custom_id: str
    label: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of words to choose from, `least` to `most` of them; `options` by value, `chosen` those shown as chosen."""

    custom_id: str
    options: dict[str, str]
    chosen: tuple[str, ...]
    least: int
    most: int

    @classmethod
    def read(cls, wire: Wire) -> "Menu":
        """From a string select."""
        options = {str(one["value"]): str(one["label"]) for one in wire["options"]}
        chosen = tuple(str(one["value"]) for one in wire["options"] if one.get("default"))
        return cls(str(wire["custom_id"]), options, chosen, int(wire["min_values"]), int(wire["max_values"]))


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as last heard of; `wire` is the whole of it."""

    id: int
    channel_id: int
    author_id: int
    content: str
    ephemeral: bool
    loading: bool
    interaction_id: int | None
    wire: Wire

    @classmethod
    def read(cls, wire: Wire) -> "SeenMessage":
        """From a MESSAGE_CREATE or MESSAGE_UPDATE."""
        flags, about = int(wire.get("flags") or 0), wire.get("interaction_metadata")
        return cls(
            id=int(wire["id"]),
            channel_id=int(wire["channel_id"]),
            author_id=int(wire["author"]["id"]),
            content=str(wire["content"]),
            ephemeral=bool(flags & EPHEMERAL),
            loading=bool(flags & LOADING),
            interaction_id=int(about["id"]) if about else None,
            wire=wire,
        )

    @property
    def buttons(self) -> list[Button]:
        """Its buttons, in reading order."""
        found = [one for one in walk(self.wire["components"]) if one["type"] == BUTTON and one.get("custom_id")]
        return [Button(one["custom_id"], str(one.get("label") or ""), bool(one.get("disabled"))) for one in found]

    @property
    def menus(self) -> list[Menu]:
        """Its menus of words, in reading order."""
        return [Menu.read(one) for one in walk(self.wire["components"]) if one["type"] == STRING_SELECT]

    @property
    def text(self) -> str:
        """Everything there is to read: content, embeds, text displays."""
        parts = [self.content]
        for embed in self.wire["embeds"]:
            parts += [str(embed.get("title") or ""), str(embed.get("description") or "")]
            parts += [f"{field['name']}\n{field['value']}" for field in embed.get("fields") or []]
            parts.append(str((embed.get("footer") or {}).get("text") or ""))
        parts += [str(one["content"]) for one in walk(self.wire["components"]) if one["type"] == TEXT_DISPLAY]
        return "\n".join(part for part in parts if part)

    def component(self, custom_id: str) -> Wire | None:
        """The component of that custom_id."""
        return next((one for one in walk(self.wire["components"]) if one.get("custom_id") == custom_id), None)


@dataclass(frozen=True, slots=True)
class Modal:
    """A form the bot opened, by a press on `message_id` (None: by a command)."""

    id: int
    application_id: int
    channel_id: int
    custom_id: str
    title: str
    components: list[Wire]
    message_id: int | None = None

    @classmethod
    def read(cls, wire: Wire, message_id: int | None = None) -> "Modal":
        """From an INTERACTION_MODAL_CREATE."""
        ids = (int(wire["id"]), int(wire["application"]["id"]), int(wire["channel_id"]))
        return cls(*ids, str(wire["custom_id"]), str(wire["title"]), wire["components"], message_id)

    @property
    def fields(self) -> list[str]:
        """The custom_ids of what can be filled in, in reading order."""
        return [str(one["custom_id"]) for one in walk(self.components) if "custom_id" in one]

    @property
    def menus(self) -> list[Menu]:
        """Its menus of words, in reading order."""
        return [Menu.read(one) for one in walk(self.components) if one["type"] == STRING_SELECT]

    def filled(self, values: dict[str, str | list[str]]) -> list[Wire]:
        """The components of a submit, each input with what was typed or chosen."""
        return [
            {"type": one["type"], "custom_id": one["custom_id"]}
            | (
                {"value": values[one["custom_id"]]}
                if one["type"] == TEXT_INPUT
                else {"values": values[one["custom_id"]]}
            )
            for one in walk(self.components)
            if one.get("custom_id") in values
        ]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered: a message (its own, or the one whose button was pressed), or a form."""

    interaction_id: int
    message: SeenMessage | None = None
    modal: Modal | None = None

    @property
    def text(self) -> str:
        """What is to be read in it."""
        return self.message.text if self.message else self.modal.title if self.modal else ""


def walk(components: list[Wire]) -> Iterator[Wire]:
    """Every component, the nested ones too."""
    for one in components:
        yield one
        yield from walk(one.get("components") or [])
        yield from walk([one[key] for key in ("accessory", "component") if isinstance(one.get(key), dict)])
