"""The chair's panel on Discord: an ephemeral message that redraws itself at each press, and the form for a motion."""

from types import MappingProxyType

import discord
from discord.ui import Label, Modal, TextInput

from meetings.boards import Action, panel
from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.rules import MOTION_LIMIT
from meetings.domain.values import BallotId, MeetingId
from meetings.i18n import Translator
from meetings.platforms.discord.desk import Desk, Press
from meetings.platforms.discord.errors import Interaction, reader
from meetings.platforms.discord.presses import custom_id
from meetings.platforms.discord.views import layout

COMMANDS = MappingProxyType(
    {
        Action.OPEN: c.Open,
        Action.NEXT: c.NextItem,
        Action.GIVE: c.GiveFloor,
        Action.TAKE: c.TakeFloor,
        Action.SUSPEND: c.Suspend,
        Action.RESUME: c.Resume,
        Action.REOPEN: c.EndClosedSession,
        Action.ADJOURN_INDEED: c.Adjourn,
    }
)
"""What is done by one press and says nothing more."""


async def show(desk: Desk, interaction: Interaction) -> None:
    """The panel, to who presides alone. Raises RefusedError."""
    meeting = desk.presided(interaction, desk.current())
    await interaction.response.send_message(view=_drawn(desk, interaction, meeting), ephemeral=True)


async def pressed(press: Press) -> None:
    """Do it, and show what can be done next. Raises RefusedError, NotDoneError."""
    desk, interaction, action = press.desk, press.interaction, Action(press.value)
    meeting = desk.by_handle(press.subject)
    if action in {Action.BALLOT, Action.URN}:
        desk.presided(interaction, desk.council.meeting(meeting))
        await interaction.response.send_modal(_motion_form(press, reader(interaction)))
        return
    state = await _done(desk, interaction, meeting, action)
    view = _drawn(desk, interaction, state, adjourning=action is Action.ADJOURN)
    await interaction.response.edit_message(view=view)


async def motion_sent(press: Press) -> None:
    """The words of a motion were sent: open the vote and show the panel again. Raises RefusedError, NotDoneError."""
    desk, interaction = press.desk, press.interaction
    fields = {"motion": press.given["motion"][0], "secret": press.value == Action.URN}
    ballot, meeting = BallotId(str(interaction.id)), desk.by_handle(press.subject)
    state = await desk.act(interaction, c.OpenBallot, meeting, ballot=ballot, **fields)
    await interaction.response.edit_message(view=_drawn(desk, interaction, state))


def _motion_form(press: Press, t: Translator) -> Modal:
    """The words of a motion; sent, they open the vote."""
    title = t("discord.form.secret" if press.value == Action.URN else "discord.form.public")
    form = Modal(title=title, custom_id=custom_id("motion", press.subject, press.value), timeout=None)
    motion: TextInput[Modal] = TextInput(custom_id="motion", style=discord.TextStyle.paragraph, max_length=MOTION_LIMIT)
    return form.add_item(Label(text=t("discord.form.motion"), component=motion))


async def _done(desk: Desk, interaction: Interaction, meeting: MeetingId, action: Action) -> Meeting:
    ballot = BallotId(str(interaction.id))
    if action in COMMANDS:
        return await desk.act(interaction, COMMANDS[action], meeting)
    if action is Action.COUNT:
        running = desk.council.meeting(meeting).running_ballot
        return await desk.act(interaction, c.CloseBallot, meeting, ballot=running.id if running else BallotId(""))
    if action is Action.DOORS:
        return await desk.act(interaction, c.AskClosedSession, meeting, ballot=ballot)
    return desk.presided(interaction, desk.council.meeting(meeting))


def _drawn(
    desk: Desk, interaction: Interaction, meeting: Meeting, *, adjourning: bool = False
) -> discord.ui.LayoutView:
    return layout([panel(meeting, desk.names, desk.council.rules, reader(interaction), adjourning=adjourning)])
