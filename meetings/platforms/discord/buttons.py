"""The boards' buttons: stateless, so they work after a restart and on every message that still shows them."""

import re
from typing import Self

import discord
from discord import ButtonStyle
from discord.ui import Button, DynamicItem, Item, LayoutView, View
from discord.utils import escape_markdown

from meetings import boards
from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.values import BallotId, Choice, Kind, MeetingId, MemberId
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
_PANEL = re.compile(r"panel:(?P<subject>.{1,80}):(?P<action>[a-z-]+)")
_PROXY = re.compile(r"proxy:(?P<subject>\d{1,20}):(?P<action>accept|decline)")
_VOTE = re.compile(r"vote:(?P<subject>.{1,80}):(?P<action>for|against|abstain|out)")


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


def _voted(ballot: Ballot, choice: Choice) -> str:
    """What the voter alone is told: never the choice that lies in the urn."""
    if choice is Choice.OUT and ballot.secret:
        return "discord.done.voted.out-secret"
    return "discord.done.voted-secret" if ballot.secret else f"discord.done.voted.{choice}"


class VoteButton(CouncilButton, template=_VOTE):
    """Vote for, against, or abstain."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """A public vote is counted on the board at once; either way only the voter reads that theirs is counted."""
        ballot, choice = BallotId(self.subject), Choice(self.action)
        meeting = await desk.act(interaction, c.CastVote, desk.of_ballot(ballot), ballot=ballot, mark=choice)
        cast, t = meeting.ballots[ballot], reader(interaction)
        told = [t(_voted(cast, choice))]
        if givers := [giver for giver, holder in cast.proxies.items() if holder == str(interaction.user.id)]:
            told.append(t("discord.done.voted-for", names=[escape_markdown(desk.names.get(who, "")) for who in givers]))
        if not cast.secret:
            await desk.repaint(interaction, meeting.id, f"ballot:{ballot}")
        await whisper(interaction, " ".join(told))


class ProxyButton(CouncilButton, template=_PROXY):
    """Take on a proxy, or decline it."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """The message itself then says what became of the proxy."""
        asked = c.AcceptProxy if self.action == "accept" else c.EndProxy
        giver = MemberId(self.subject)
        await desk.act(interaction, asked, desk.current().id, giver=giver)
        holder, name = (escape_markdown(desk.names.get(who, "")) for who in (MemberId(str(interaction.user.id)), giver))
        key = "discord.proxy.now-accepted" if self.action == "accept" else "discord.proxy.now-declined"
        await interaction.response.edit_message(content=desk.words(key, holder=holder, giver=name), view=None)


def proxy_buttons(giver: MemberId, t: Translator) -> View:
    """What the holder presses under the message that tells them of a proxy."""
    view = View(timeout=None)
    for action, style in (("accept", ButtonStyle.success), ("decline", ButtonStyle.secondary)):
        label, custom_id = t(f"discord.proxy.button.{action}"), f"proxy:{giver}:{action}"
        view.add_item(ProxyButton(Button(style=style, label=label, custom_id=custom_id), giver, action))
    return view


class PanelButton(CouncilButton, template=_PANEL):
    """The chair's acts; and what anybody may ask of the meeting's board: where it is."""

    async def pressed(self, interaction: Interaction, desk: Desk) -> None:
        """The panel answers by being redrawn; who asks where the meeting is reads it alone."""
        await desk.preside(interaction, desk.by_handle(self.subject), boards.Action(self.action))


_VOTES = frozenset(boards.Action(choice) for choice in Choice)


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
