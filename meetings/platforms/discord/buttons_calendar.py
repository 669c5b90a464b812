"""The buttons of a meeting to come: what its absence from the calendar means, and whether a proposed item is taken."""

import re

from discord import ButtonStyle
from discord.ui import Button, View

from meetings.domain import diary as d
from meetings.domain.command import Command
from meetings.domain.meeting import Phase
from meetings.domain.values import MeetingId, MemberId
from meetings.i18n import Translator
from meetings.platforms.discord.buttons import CouncilButton
from meetings.platforms.discord.desk import Desk, meeting_handle
from meetings.platforms.discord.errors import Interaction
from meetings.platforms.discord.views import safe

_MISSING = re.compile(r"missing:(?P<subject>.{1,80}):(?P<action>cancel|keep)")
_PROPOSAL = re.compile(r"item:(?P<subject>.{1,80}):(?P<action>accept|decline)")


class MissingButton(CouncilButton, template=_MISSING):
    """Call off all the meetings that are missing, or hold them all the same."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """The message itself then says what was decided."""
        asked: type[Command] = d.Cancel if self.action == "cancel" else d.Keep
        await desk.act(interaction, asked, desk.by_handle(self.subject))
        for meeting in desk.council.meetings():
            if meeting.standing.missing and meeting.phase is Phase.PLANNED:
                await desk.act(interaction, asked, meeting.id)
        name = safe(desk.names.get(MemberId(str(interaction.user.id)), ""))
        words = desk.words(f"discord.missing.{self.action}-done", name=name)
        await interaction.response.edit_message(content=words, view=None)


class ProposalButton(CouncilButton, template=_PROPOSAL):
    """Put a proposed item on the agenda, or not."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """The message itself then says what became of it."""
        meeting = next((one for one in desk.council.meetings() if one.standing.proposal(self.subject)), desk.current())
        accept = self.action == "accept"
        state = await desk.act(interaction, d.SettleProposal, meeting.id, proposal=self.subject, accept=accept)
        proposal = state.standing.proposal(self.subject)
        title = safe(proposal.item.title) if proposal else ""
        words = desk.words(f"discord.proposal.{self.action}-done", title=title)
        await interaction.response.edit_message(content=words, view=None)


def missing_buttons(meeting: MeetingId, t: Translator) -> View:
    """Under the message that tells of meetings gone from the calendar."""
    view, handle = View(timeout=None), meeting_handle(meeting)
    for action, style in (("keep", ButtonStyle.primary), ("cancel", ButtonStyle.danger)):
        label, custom_id = t(f"discord.missing.{action}"), f"missing:{handle}:{action}"
        view.add_item(MissingButton(Button(style=style, label=label, custom_id=custom_id), handle, action))
    return view


def proposal_buttons(proposal: str, t: Translator) -> View:
    """Under the message that tells the chair of a proposal."""
    view = View(timeout=None)
    for action, style in (("accept", ButtonStyle.success), ("decline", ButtonStyle.secondary)):
        label, custom_id = t(f"discord.proposal.{action}"), f"item:{proposal}:{action}"
        view.add_item(ProposalButton(Button(style=style, label=label, custom_id=custom_id), proposal, action))
    return view
