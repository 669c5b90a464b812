"""The chair's panel on Discord: an ephemeral message that redraws itself at each press."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from discord.ui import LayoutView

from meetings.boards import Action, another_round, panel
from meetings.domain import commands as c
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import BallotId, MeetingId
from meetings.platforms.discord import ballot_forms
from meetings.platforms.discord.catch_up import tell
from meetings.platforms.discord.commands_presence import read_moment, reconvene_form
from meetings.platforms.discord.convocation import answer
from meetings.platforms.discord.desk import Desk, Press
from meetings.platforms.discord.errors import Interaction, reader
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

FORMS = MappingProxyType({**ballot_forms.FORMS, Action.RECONVENE: reconvene_form})
"""The form behind a press."""

MORE = 60
"""Seconds by which one press extends a speech."""


async def show(desk: Desk, interaction: Interaction) -> None:
    """The panel, to who presides alone. Raises RefusedError."""
    meeting = desk.presided(interaction, _in_hand(desk))
    await interaction.response.send_message(view=_drawn(desk, interaction, meeting), ephemeral=True)


async def pressed(press: Press) -> None:
    """Do it, and show what can be done next. Raises RefusedError, NotDoneError."""
    desk, interaction, action = press.desk, press.interaction, Action(press.value)
    meeting = desk.by_handle(press.subject)
    if action is Action.CATCH_UP:
        await tell(desk, interaction, desk.council.meeting(meeting))
        return
    if action in {Action.EXCUSE, Action.PROXY}:
        await answer(desk, interaction, meeting, action)
        return
    if action in FORMS:
        desk.presided(interaction, desk.council.meeting(meeting))
        await interaction.response.send_modal(FORMS[action](press, reader(interaction)))
        return
    state = await _done(desk, interaction, meeting, action)
    await interaction.response.edit_message(view=_drawn(desk, interaction, state, asked=action))


async def motion_sent(press: Press) -> None:
    """What is put to the vote was sent: open it and show the panel again. Raises RefusedError, NotDoneError."""
    fields = {"ballot": BallotId(str(press.interaction.id)), **ballot_forms.opening(press)}
    await _sent(press, c.OpenBallot, press.desk.by_handle(press.subject), fields)


async def reason_sent(press: Press) -> None:
    """Why a vote is annulled was sent: annul it. Raises RefusedError, NotDoneError."""
    ballot = BallotId(press.subject)
    fields = {"ballot": ballot, "reason": press.given["reason"][0]}
    await _sent(press, c.AnnulBallot, press.desk.of_ballot(ballot), fields)


async def moment_sent(press: Press) -> None:
    """When to meet again was sent: reconvene. Raises RefusedError, NotDoneError."""
    starts = read_moment(press.given["day"][0], press.given["hour"][0], press.desk.zone)
    await _sent(press, c.Reconvene, press.desk.by_handle(press.subject), {"starts": starts})


async def _sent(press: Press, command: type[c.Command], meeting: MeetingId, fields: Mapping[str, object]) -> None:
    state = await press.desk.act(press.interaction, command, meeting, **fields)
    await press.interaction.response.edit_message(view=_drawn(press.desk, press.interaction, state))


async def _done(desk: Desk, interaction: Interaction, meeting: MeetingId, action: Action) -> Meeting:
    ballot, before = BallotId(str(interaction.id)), desk.council.meeting(meeting)
    if action in COMMANDS:
        return await desk.act(interaction, COMMANDS[action], meeting)
    if action is Action.COUNT:
        running = before.running_ballot
        return await desk.act(interaction, c.CloseBallot, meeting, ballot=running.id if running else BallotId(""))
    if action is Action.EXTEND:
        return await desk.act(interaction, c.ExtendSpeech, meeting, seconds=MORE)
    if action is Action.ROUND:
        waits = another_round(before)
        return await desk.act(interaction, c.NextRound, meeting, ballot=ballot, of=waits.id if waits else BallotId(""))
    if action is Action.DOORS:
        return await desk.act(interaction, c.AskClosedSession, meeting, ballot=ballot)
    return desk.presided(interaction, before)


def _in_hand(desk: Desk) -> Meeting:
    """The meeting that runs; else one whose minutes are being written; else the one that commands are about."""
    current = desk.current()
    writing = [one for one in desk.council.meetings() if one.phase is Phase.ADJOURNED and not one.draft]
    return current if current.phase in {Phase.CONVENED, Phase.OPEN} or not writing else writing[-1]


def _drawn(desk: Desk, interaction: Interaction, meeting: Meeting, asked: Action | None = None) -> LayoutView:
    return layout([panel(meeting, desk.names, reader(interaction), asked, datetime.now(UTC))])
