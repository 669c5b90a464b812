"""The buttons of a meeting to come: what its absence from the calendar means, and whether a proposed item is taken."""

from discord import ButtonStyle
from discord.ui import Button, View

from meetings.domain import diary as d
from meetings.domain.command import Command
from meetings.domain.meeting import Phase
from meetings.domain.values import MeetingId, MemberId
from meetings.i18n import Translator
from meetings.platforms.discord.desk import Press, meeting_handle
from meetings.platforms.discord.presses import custom_id, drawn
from meetings.platforms.discord.views import safe


async def missing_settled(press: Press) -> None:
    """Call off all the meetings that are missing, or hold them all the same; the message then says what was decided."""
    desk, interaction = press.desk, press.interaction
    asked: type[Command] = d.Cancel if press.value == "cancel" else d.Keep
    await desk.act(interaction, asked, desk.by_handle(press.subject))
    for meeting in desk.council.meetings():
        if meeting.standing.missing and meeting.phase is Phase.PLANNED:
            await desk.act(interaction, asked, meeting.id)
    name = safe(desk.names.get(MemberId(str(interaction.user.id)), ""))
    words = desk.words(f"discord.missing.{press.value}-done", name=name)
    await interaction.response.edit_message(content=words, view=None)


async def proposal_settled(press: Press) -> None:
    """Put a proposed item on the agenda, or not; the message itself then says what became of it."""
    desk, interaction, key = press.desk, press.interaction, press.subject
    meeting = next((one for one in desk.council.meetings() if one.standing.proposal(key)), desk.current())
    accept = press.value == "accept"
    state = await desk.act(interaction, d.SettleProposal, meeting.id, proposal=key, accept=accept)
    proposal = state.standing.proposal(key)
    words = desk.words(f"discord.proposal.{press.value}-done", title=safe(proposal.item.title) if proposal else "")
    await interaction.response.edit_message(content=words, view=None)


def missing_buttons(meeting: MeetingId, t: Translator) -> View:
    """Under the message that tells of meetings gone from the calendar."""
    view, handle = View(timeout=None), meeting_handle(meeting)
    for action, style in (("keep", ButtonStyle.primary), ("cancel", ButtonStyle.danger)):
        label = t(f"discord.missing.{action}")
        view.add_item(Button(style=style, label=label, custom_id=custom_id("missing", handle, action)))
    return drawn(view)


def proposal_buttons(proposal: str, t: Translator) -> View:
    """Under the message that tells the chair of a proposal."""
    view = View(timeout=None)
    for action, style in (("accept", ButtonStyle.success), ("decline", ButtonStyle.secondary)):
        label = t(f"discord.proposal.{action}")
        view.add_item(Button(style=style, label=label, custom_id=custom_id("item", proposal, action)))
    return drawn(view)
