"""The chair's panel on Discord: an ephemeral message that redraws itself at each press, and the form for a motion."""

from datetime import datetime
from types import MappingProxyType

import discord
from discord.ui import Label, Modal, TextInput

from meetings.boards import Action, panel
from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.rules import MOTION_LIMIT
from meetings.domain.values import BallotId, MeetingId
from meetings.platforms.discord.catch_up import tell
from meetings.platforms.discord.commands_presence import first_day, read_moment
from meetings.platforms.discord.convocation import answer
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, reader, report
from meetings.platforms.discord.views import layout

COMMANDS = MappingProxyType(
    {
        Action.OPEN: c.Open,
        Action.NEXT: c.NextItem,
        Action.GIVE: c.GiveFloor,
        Action.TAKE: c.TakeFloor,
        Action.SKIP: c.SkipHand,
        Action.CLOSE_LIST: c.CloseList,
        Action.REOPEN_LIST: c.ReopenList,
        Action.SUSPEND: c.Suspend,
        Action.RESUME: c.Resume,
        Action.REOPEN: c.EndClosedSession,
        Action.ADJOURN_INDEED: c.Adjourn,
    }
)
"""What is done by one press and says nothing more."""


MORE = 60
"""Seconds by which one press extends a speech."""


async def show(desk: Desk, interaction: Interaction) -> None:
    """The panel, to who presides alone. Raises RefusedError."""
    meeting = desk.presided(interaction, desk.current())
    await interaction.response.send_message(view=_drawn(desk, interaction, meeting), ephemeral=True)


async def press(desk: Desk, interaction: Interaction, meeting: MeetingId, action: Action) -> None:
    """Do it, and show what can be done next. Raises RefusedError, NotDoneError."""
    if action is Action.CATCH_UP:
        await tell(desk, interaction, desk.council.meeting(meeting))
        return
    if action in {Action.EXCUSE, Action.PROXY}:
        await answer(desk, interaction, meeting, action)
        return
    if form := _form(desk, interaction, meeting, action):
        await interaction.response.send_modal(form)
        return
    state = await _done(desk, interaction, meeting, action)
    view = _drawn(desk, interaction, state, adjourning=action is Action.ADJOURN)
    await interaction.response.edit_message(view=view)


def _form(desk: Desk, interaction: Interaction, meeting: MeetingId, action: Action) -> "Form | None":
    """What is to be said first, asked of who presides alone. Raises RefusedError."""
    if action not in {Action.BALLOT, Action.URN, Action.RECONVENE}:
        return None
    state = desk.presided(interaction, desk.council.meeting(meeting))
    if action is Action.RECONVENE:
        return ReconveneForm(desk, interaction, state)
    return MotionForm(desk, interaction, meeting, secret=action is Action.URN)


async def _done(desk: Desk, interaction: Interaction, meeting: MeetingId, action: Action) -> Meeting:
    ballot = BallotId(str(interaction.id))
    if action in COMMANDS:
        return await desk.act(interaction, COMMANDS[action], meeting)
    if action is Action.COUNT:
        running = desk.council.meeting(meeting).running_ballot
        return await desk.act(interaction, c.CloseBallot, meeting, ballot=running.id if running else BallotId(""))
    if action is Action.EXTEND:
        return await desk.act(interaction, c.ExtendSpeech, meeting, seconds=MORE)
    if action is Action.DOORS:
        return await desk.act(interaction, c.AskClosedSession, meeting, ballot=ballot)
    return desk.presided(interaction, desk.council.meeting(meeting))


def _drawn(
    desk: Desk, interaction: Interaction, meeting: Meeting, *, adjourning: bool = False
) -> discord.ui.LayoutView:
    return layout([panel(meeting, desk.names, reader(interaction), adjourning=adjourning)])


class Form(Modal):
    """A form of the panel; sent, it acts and shows the panel again.

    One left open while the bot restarts is to be opened anew.
    """

    def __init__(self, desk: Desk, meeting: MeetingId, title: str) -> None:
        super().__init__(title=title)
        self._desk, self._meeting = desk, meeting

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Do what it asks; what goes wrong is told as everywhere (see `errors`)."""
        try:
            state = await self._act(interaction)
            await interaction.response.edit_message(view=_drawn(self._desk, interaction, state))
        except Exception as error:
            await report(interaction, error)

    async def _act(self, interaction: Interaction) -> Meeting:
        """The meeting after the act. Raises as `Desk.act`."""
        raise NotImplementedError


class MotionForm(Form):
    """The words of a motion; sent, they open the vote."""

    def __init__(self, desk: Desk, interaction: Interaction, meeting: MeetingId, *, secret: bool) -> None:
        t = reader(interaction)
        super().__init__(desk, meeting, t("discord.form.secret" if secret else "discord.form.public"))
        self._secret = secret
        self._motion: TextInput[MotionForm] = TextInput(
            custom_id="motion", style=discord.TextStyle.paragraph, max_length=MOTION_LIMIT
        )
        self.add_item(Label(text=t("discord.form.motion"), component=self._motion))

    async def _act(self, interaction: Interaction) -> Meeting:
        fields = {"ballot": BallotId(str(interaction.id)), "motion": self._motion.value, "secret": self._secret}
        return await self._desk.act(interaction, c.OpenBallot, self._meeting, **fields)


class ReconveneForm(Form):
    """Day and hour of the meeting in place of one that lacks its quorum; the first allowed is there to be taken."""

    def __init__(self, desk: Desk, interaction: Interaction, meeting: Meeting) -> None:
        t = reader(interaction)
        super().__init__(desk, meeting.id, t("discord.form.reconvene"))
        starts = meeting.plan.starts if meeting.plan else datetime.now(desk.zone)
        first = first_day(meeting, desk.zone)
        self._day: TextInput[ReconveneForm] = TextInput(custom_id="day", default=f"{first:%d/%m/%Y}", max_length=40)
        self._hour: TextInput[ReconveneForm] = TextInput(
            custom_id="hour", default=f"{starts.astimezone(desk.zone):%H:%M}", max_length=10
        )
        self.add_item(Label(text=t("discord.form.day"), description=t("discord.form.earliest"), component=self._day))
        self.add_item(Label(text=t("discord.form.hour"), component=self._hour))

    async def _act(self, interaction: Interaction) -> Meeting:
        starts = read_moment(self._day.value, self._hour.value, self._desk.zone)
        return await self._desk.act(interaction, c.Reconvene, self._meeting, starts=starts)
