"""The chair's panel on Discord: an ephemeral message that redraws itself at each press, and the form for a motion."""

from types import MappingProxyType

import discord
from discord.ui import Label, Modal, TextInput

from meetings.boards import Action, panel
from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.rules import MOTION_LIMIT
from meetings.domain.values import BallotId, MeetingId
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, reader, report
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


async def press(desk: Desk, interaction: Interaction, meeting: MeetingId, action: Action) -> None:
    """Do it, and show what can be done next. Raises RefusedError, NotDoneError."""
    if action in {Action.BALLOT, Action.URN}:
        desk.presided(interaction, desk.council.meeting(meeting))
        await interaction.response.send_modal(MotionForm(desk, interaction, meeting, secret=action is Action.URN))
        return
    state = await _done(desk, interaction, meeting, action)
    view = _drawn(desk, interaction, state, adjourning=action is Action.ADJOURN)
    await interaction.response.edit_message(view=view)


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


class MotionForm(Modal):
    """The words of a motion; sent, they open the vote. A form left open while the bot restarts is to be opened anew."""

    def __init__(self, desk: Desk, interaction: Interaction, meeting: MeetingId, *, secret: bool) -> None:
        t = reader(interaction)
        super().__init__(title=t("discord.form.secret" if secret else "discord.form.public"))
        self._desk, self._meeting, self._secret = desk, meeting, secret
        self._motion: TextInput[MotionForm] = TextInput(
            custom_id="motion", style=discord.TextStyle.paragraph, max_length=MOTION_LIMIT
        )
        self.add_item(Label(text=t("discord.form.motion"), component=self._motion))

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Open the vote and show the panel again; what goes wrong is told as everywhere (see `errors`)."""
        try:
            await self._open(interaction)
        except Exception as error:
            await report(interaction, error)

    async def _open(self, interaction: Interaction) -> None:
        fields = {"ballot": BallotId(str(interaction.id)), "motion": self._motion.value, "secret": self._secret}
        state = await self._desk.act(interaction, c.OpenBallot, self._meeting, **fields)
        await interaction.response.edit_message(view=_drawn(self._desk, interaction, state))
