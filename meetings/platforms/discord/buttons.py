"""The boards' buttons: stateless, so they work after a restart and on every message that still shows them."""

import re
from typing import Self

import discord
from discord.ui import Button, DynamicItem, Item, LayoutView, View

from meetings import boards
from meetings.domain import commands as c
from meetings.domain.events import BallotId, Choice, Kind, MeetingId, MemberId
from meetings.i18n import Translator
from meetings.platforms.discord.desk import Desk, desk_of, meeting_handle
from meetings.platforms.discord.errors import Interaction, reader, report, whisper

_ASKS = {
    boards.Action.RAISE: Kind.SPEECH,
    boards.Action.PRO: Kind.PRO,
    boards.Action.CONTRA: Kind.CONTRA,
    boards.Action.REPLY: Kind.REPLY,
}
_POINTS = {kind.value: kind for kind in Kind if kind.point}
_HANDS = (*_ASKS, boards.Action.POINT, boards.Action.LOWER)
_HAND = re.compile(rf"hand:(?P<subject>.{{1,80}}):(?P<action>{'|'.join((*_HANDS, *_POINTS))})")
_VOTE = re.compile(r"vote:(?P<subject>.{1,80}):(?P<action>for|against|abstain)")


class _CouncilButton(DynamicItem[Button[LayoutView]], template="-"):
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


class HandButton(_CouncilButton, template=_HAND):
    """Ask for the floor, or no longer. A point of order first asks which."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """The board itself says who waits: its repaint is the answer."""
        meeting, t = desk.by_handle(self.subject), reader(interaction)
        if self.action == boards.Action.POINT:
            await interaction.response.send_message(t("discord.point.which"), view=self._points(t), ephemeral=True)
        elif self.action in _POINTS:
            state = await desk.act(interaction, c.RaiseHand, meeting, kind=_POINTS[self.action])
            place = state.floor.place(MemberId(str(interaction.user.id)))
            await interaction.response.edit_message(content=t("discord.done.hand-raised", place=place), view=None)
        else:
            await self._asked(interaction, desk, meeting)

    async def _asked(self, interaction: Interaction, desk: Desk, meeting: MeetingId) -> None:
        if self.action == boards.Action.LOWER:
            await desk.act(interaction, c.LowerHand, meeting)
        else:
            await desk.act(interaction, c.RaiseHand, meeting, kind=_ASKS[boards.Action(self.action)])
        if not await desk.repaint(interaction, meeting, "session"):
            await whisper(interaction, reader(interaction)("discord.done.noted"))

    def _points(self, t: Translator) -> View:
        view = View(timeout=None)
        for kind in _POINTS:
            label = boards.cut(t(f"discord.command.hand.kind.{kind}"), 80)
            button: Button[LayoutView] = Button(label=label, custom_id=f"hand:{self.subject}:{kind}")
            view.add_item(HandButton(button, self.subject, kind))
        return view


class VoteButton(_CouncilButton, template=_VOTE):
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


def board_button(button: boards.Button, style: discord.ButtonStyle) -> _CouncilButton:
    """A board's button, under a custom_id that says all that a press means."""
    hand = button.action in _HANDS
    subject = meeting_handle(MeetingId(button.subject)) if hand else button.subject
    kind, name = (HandButton, "hand") if hand else (VoteButton, "vote")
    drawn: Button[LayoutView] = Button(
        style=style,
        label=boards.cut(button.label, 80),
        custom_id=f"{name}:{subject}:{button.action}",
        emoji=button.emoji or None,
    )
    return kind(drawn, subject, button.action)
