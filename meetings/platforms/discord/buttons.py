"""The boards' buttons: stateless, so they work after a restart and on every message that still shows them."""

import re
from typing import Self

import discord
from discord.ui import Button, DynamicItem, Item, LayoutView

from meetings import boards
from meetings.domain import commands as c
from meetings.domain.events import BallotId, Choice, MeetingId
from meetings.platforms.discord.desk import Desk, desk_of, meeting_handle
from meetings.platforms.discord.errors import Interaction, reader, report, whisper

_HAND = re.compile(r"hand:(?P<subject>.{1,80}):(?P<action>raise|lower)")
_PANEL = re.compile(r"panel:(?P<subject>.{1,80}):(?P<action>[a-z-]+)")
_VOTE = re.compile(r"vote:(?P<subject>.{1,80}):(?P<action>for|against|abstain)")


class CouncilButton(DynamicItem[Button[LayoutView]], template="-"):
    """What all buttons share: how they are found again from their custom_id, and the error policy."""

    def __init__(self, button: Button[LayoutView], subject: str, action: str) -> None:
        super().__init__(button)
        self.subject, self.action = subject, action

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Item[LayoutView], match: re.Match[str], /) -> Self:  # noqa: ARG003
        """See `DynamicItem.from_custom_id`."""
        assert isinstance(item, Button)  # noqa: S101  both templates are found on buttons alone
        return cls(item, match["subject"], match["action"])

    async def callback(self, interaction: Interaction) -> None:
        """Somebody pressed it."""
        try:
            await self.pressed(interaction, desk_of(interaction))
        except Exception as error:
            await report(interaction, error)

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """What the press asks for."""
        raise NotImplementedError


class HandButton(CouncilButton, template=_HAND):
    """Ask for the floor, or no longer."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """The board itself says who waits: its repaint is the answer."""
        asked = c.RaiseHand if self.action == boards.Action.RAISE else c.LowerHand
        meeting = await desk.act(interaction, asked, desk.by_handle(self.subject))
        if not await desk.repaint(interaction, meeting.id, "session"):
            await whisper(interaction, reader(interaction)("discord.done.noted"))


class VoteButton(CouncilButton, template=_VOTE):
    """Vote for, against, or abstain."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """A public vote is counted on the board at once; either way only the voter reads that theirs is counted."""
        ballot, choice = BallotId(self.subject), Choice(self.action)
        meeting = await desk.act(interaction, c.CastVote, desk.of_ballot(ballot), ballot=ballot, choice=choice)
        t = reader(interaction)
        if meeting.ballots[ballot].secret:
            await whisper(interaction, t("discord.done.voted-secret"))
            return
        await desk.repaint(interaction, meeting.id, f"ballot:{ballot}")
        await whisper(interaction, t(f"discord.done.voted.{choice}"))


class PanelButton(CouncilButton, template=_PANEL):
    """The chair's acts."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """The panel answers by being redrawn."""
        await desk.preside(interaction, desk.by_handle(self.subject), boards.Action(self.action))


_VOTES = frozenset(boards.Action(choice) for choice in Choice)
_HANDS = frozenset({boards.Action.RAISE, boards.Action.LOWER})


def board_button(button: boards.Button, style: discord.ButtonStyle) -> CouncilButton:
    """A board's button, under a custom_id that says all that a press means."""
    vote, hand = button.action in _VOTES, button.action in _HANDS
    subject = button.subject if vote else meeting_handle(MeetingId(button.subject))
    kind, name = (VoteButton, "vote") if vote else (HandButton, "hand") if hand else (PanelButton, "panel")
    drawn: Button[LayoutView] = Button(
        style=style,
        label=boards.cut(button.label, 80),
        custom_id=f"{name}:{subject}:{button.action}",
        emoji=button.emoji or None,
    )
    return kind(drawn, subject, button.action)
