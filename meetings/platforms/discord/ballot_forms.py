"""The forms behind the chair's panel: a motion's words, every other ballot, the reason of an annulment.

A form's custom_id and what is filled in say all, so that one left open while the bot restarts can still be sent.
"""

from types import MappingProxyType

import discord
from discord.ui import Label, Modal, Select, TextInput

from meetings.boards import Action, cut
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import MOTION_LIMIT, WORDS_LIMIT
from meetings.domain.values import Form
from meetings.i18n import Translator
from meetings.platforms.discord import paper
from meetings.platforms.discord.desk import Press
from meetings.platforms.discord.errors import RefusedError
from meetings.platforms.discord.presses import custom_id

ROWS = 4_000
"""Characters of a text field (Component Reference, Text Input)."""

OTHERS = tuple(form for form in Form if form is not Form.MOTION)
PUBLIC, SECRET = "public", "secret"


def opening(press: Press) -> dict[str, object]:
    """What to open, from a form that was sent."""
    given = {name: values[0] if values else "" for name, values in press.given.items()}
    if press.value != Action.OTHER:
        return {"motion": given["motion"], "secret": press.value == Action.URN}
    form, seats = Form(given["form"]), given["seats"].strip()
    fields = {"motion": given["motion"], "form": form, "seats": int(seats) if seats.isdecimal() else 1}
    if form is Form.APPOINTMENT:
        meeting = press.desk.council.meeting(press.desk.by_handle(press.subject))
        named = paper.candidates(given["options"], meeting, press.desk.names)
        return fields | named | {"waive_secret": given["manner"] == PUBLIC}
    return fields | paper.options(given["options"]) | {"secret": given["manner"] == SECRET}


def _motion(press: Press, t: Translator) -> Modal:
    """The words of a motion; sent, they open the vote."""
    title = t("discord.form.secret" if press.value == Action.URN else "discord.form.public")
    form = Modal(title=title, custom_id=custom_id("motion", press.subject, press.value), timeout=None)
    return form.add_item(_words(t))


def _other(press: Press, t: Translator) -> Modal:
    """Every other ballot on one page: what it is about, its form, what to choose from, for how many, how."""
    form = Modal(title=t("discord.form.other"), custom_id=custom_id("motion", press.subject, press.value), timeout=None)
    kinds = [
        discord.SelectOption(
            label=t(f"boards.ballot.form.{one}"), value=one, description=cut(t(f"discord.form.of.{one}"), 100)
        )
        for one in OTHERS
    ]
    manners = [
        discord.SelectOption(label=t(f"discord.form.manner.{one}"), value=one, default=one == SECRET)
        for one in (SECRET, PUBLIC)
    ]
    rows: TextInput[Modal] = TextInput(
        custom_id="options", style=discord.TextStyle.paragraph, required=False, max_length=ROWS
    )
    seats: TextInput[Modal] = TextInput(custom_id="seats", required=False, max_length=2, default="1")
    for part in (
        _words(t),
        Label(text=t("discord.form.form"), component=Select(custom_id="form", options=kinds)),
        Label(text=t("discord.form.options"), description=t("discord.form.options.how"), component=rows),
        Label(text=t("discord.form.manner"), component=Select(custom_id="manner", options=manners)),
        Label(text=t("discord.form.seats"), component=seats),
    ):
        form.add_item(part)
    return form


def _annulment(press: Press, t: Translator) -> Modal:
    """The reason; sent, it annuls the vote that ran when the form was opened. Raises RefusedError."""
    running = press.desk.council.meeting(press.desk.by_handle(press.subject)).running_ballot
    if running is None:
        raise RefusedError(Refusal(Code.NO_SUCH_BALLOT))
    reason: TextInput[Modal] = TextInput(custom_id="reason", style=discord.TextStyle.paragraph, max_length=WORDS_LIMIT)
    form = Modal(title=t("discord.form.annul"), custom_id=custom_id("annul", running.id), timeout=None)
    return form.add_item(Label(text=t("discord.form.reason"), component=reason))


def _words(t: Translator) -> "Label[Modal]":
    motion: TextInput[Modal] = TextInput(custom_id="motion", style=discord.TextStyle.paragraph, max_length=MOTION_LIMIT)
    return Label(text=t("discord.form.motion"), component=motion)


FORMS = MappingProxyType(
    {Action.BALLOT: _motion, Action.URN: _motion, Action.OTHER: _other, Action.ANNUL_INDEED: _annulment}
)
"""The form behind a press on the panel."""
