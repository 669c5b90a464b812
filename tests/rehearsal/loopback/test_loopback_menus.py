"""Menus and forms as Discord has them, in messages that one person alone sees (Component Reference, Modals)."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ui import ActionRow, Button, Container, Label, LayoutView, Modal, Select, TextDisplay, TextInput
from loopback_guild import CHAIR, PAUL, Api, Bot

from meetings.rehearsal.cast.client import InteractionFailed, MemberClient
from meetings.rehearsal.loopback.server import LoopbackServer

StartBot = Callable[..., Awaitable[Bot]]
StartMember = Callable[..., Awaitable[MemberClient]]
OPTIONS = [discord.SelectOption(label=word, value=str(n)) for n, word in enumerate(("Bancs", "Arbres", "Jeux"), 1)]
MENU = {"type": 3, "custom_id": "m", "options": [{"label": "Oui", "value": "1"}, {"label": "Non", "value": "2"}]}
V2 = 1 << 15


def booth(text: str, chosen: tuple[str, ...] = ()) -> LayoutView:
    """What a booth shows: words, a menu that takes up to two, a button."""
    options = [discord.SelectOption(label=o.label, value=o.value, default=o.value in chosen) for o in OPTIONS]
    menu: Select[LayoutView] = Select(custom_id="pick", min_values=0, max_values=2, options=options)
    button: Button[LayoutView] = Button(label="Motif", custom_id="why")
    view = LayoutView(timeout=None)
    view.add_item(Container(TextDisplay(text), ActionRow(menu), ActionRow(button)))
    return view


class Why(Modal, title="Motif"):
    def __init__(self) -> None:
        super().__init__(custom_id="form")
        self.add_item(Label(text="Forme", component=Select(custom_id="form", options=OPTIONS)))
        self.add_item(Label(text="Texte", component=TextInput(custom_id="text", required=False)))


async def listening(bot: Bot) -> None:
    """The bot answers by what Discord sends alone: nothing of a message or a form is kept in it."""

    @bot.event
    async def on_interaction(interaction: discord.Interaction[Any]) -> None:
        data: Any = interaction.data
        if interaction.type is discord.InteractionType.modal_submit:
            inputs = [label["component"] for label in data["components"]]
            shown = f"{inputs[0]['values']} {inputs[1]['value']!r}"
            await interaction.response.edit_message(view=booth(shown))
        elif data.get("custom_id") == "pick":
            chosen = tuple(data["values"])
            await interaction.response.edit_message(view=booth(",".join(chosen) or "rien", chosen))
        elif data.get("custom_id") == "why":
            await interaction.response.send_modal(Why())

    @app_commands.command(name="isoloir", description="Ouvre l'isoloir")
    async def opened(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(view=booth("vide"), ephemeral=True)

    bot.tree.add_command(opened, guild=bot.council)
    await bot.tree.sync(guild=bot.council)


async def test_a_menu_and_a_form_redraw_the_message_that_one_person_sees(bot: StartBot, member: StartMember) -> None:
    await listening(await bot())
    paul, chair = await member(PAUL), await member(CHAIR)
    shown = (await paul.slash("isoloir")).message
    assert shown
    assert shown.ephemeral
    assert (shown.menus[0].least, shown.menus[0].most, shown.menus[0].chosen) == (0, 2, ())
    assert shown.menus[0].options == {"1": "Bancs", "2": "Arbres", "3": "Jeux"}
    picked = (await paul.choose(shown.id, "pick", "1", "3")).message
    assert picked
    assert (picked.id, picked.text, picked.menus[0].chosen) == (shown.id, "1,3", ("1", "3"))
    emptied = (await paul.choose(shown.id, "pick")).message
    assert emptied
    assert emptied.menus[0].chosen == ()
    form = (await paul.press(shown.id, "why")).modal
    assert form
    assert (form.fields, list(form.menus[0].options)) == (["form", "text"], ["1", "2", "3"])
    told = (await paul.submit(form, form=["2"])).message
    assert told
    assert (told.id, told.text) == (shown.id, "['2'] ''")
    assert shown.id not in chair.messages


@pytest.mark.parametrize("values", [("1", "2", "3"), ("1", "1"), ("9",)])
async def test_a_menu_takes_what_it_offers_each_once_and_no_more(
    bot: StartBot, member: StartMember, values: tuple[str, ...]
) -> None:
    await listening(await bot())
    paul = await member(PAUL)
    shown = (await paul.slash("isoloir")).message
    assert shown
    with pytest.raises(InteractionFailed) as refused:
        await paul.choose(shown.id, "pick", *values)
    assert refused.value.code == 50035
    form = (await paul.press(shown.id, "why")).modal
    assert form
    with pytest.raises(InteractionFailed) as refused:
        await paul.submit(form, form=list(values))
    assert refused.value.code == 50035
    with pytest.raises(InteractionFailed):
        await paul.submit(form, text="sans choix")


@pytest.mark.parametrize(
    ("menu", "where", "code"),
    [
        ({"options": []}, "options", "BASE_TYPE_BAD_LENGTH"),
        (
            {"options": [{"label": str(n), "value": str(n)} for n in range(26)], "max_values": 25},
            "options",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            {"options": [{"label": "a", "value": "1"}, {"label": "b", "value": "1"}]},
            "options.1.value",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        ({"options": [{"label": "x" * 101, "value": "1"}]}, "options.0.label", "BASE_TYPE_BAD_LENGTH"),
        ({"options": [{"label": "", "value": "1"}]}, "options.0.label", "BASE_TYPE_BAD_LENGTH"),
        ({"min_values": 2}, "min_values", "NUMBER_TYPE_MAX"),
        ({"placeholder": "x" * 151}, "placeholder", "BASE_TYPE_MAX_LENGTH"),
    ],
)
async def test_what_discord_refuses_of_a_menu(
    server: LoopbackServer, api: Api, menu: dict[str, Any], where: str, code: str
) -> None:
    row = {"type": 1, "components": [MENU | menu]}
    text = server.describe()["channels"]["text"]
    refused = await api("POST", f"/channels/{text}/messages", {"flags": V2, "components": [row]})
    assert refused.status == 400
    errors = refused.body["errors"]
    for step in f"components.0.components.0.{where}".split("."):
        errors = errors[step]
    assert code in {one["code"] for one in errors["_errors"]}


async def test_all_the_texts_of_a_message_together_have_a_limit(server: LoopbackServer, api: Api) -> None:
    text = server.describe()["channels"]["text"]

    async def sent(*lengths: int) -> int:
        components = [{"type": 10, "content": "x" * length} for length in lengths]
        return (await api("POST", f"/channels/{text}/messages", {"flags": V2, "components": components})).status

    assert await sent(2000, 2000) == 200
    assert await sent(2000, 2001) == 400
