"""Hands raised and lowered by the floor's buttons; a point of order first asks which."""

from discord.ui import Button, View

from meetings import boards
from meetings.domain import commands as c
from meetings.domain.values import Kind, MemberId
from meetings.i18n import Translator
from meetings.platforms.discord.desk import Press
from meetings.platforms.discord.errors import reader, whisper
from meetings.platforms.discord.presses import custom_id, drawn

HAND = "hand"
_ASKS = {
    boards.Action.RAISE: Kind.SPEECH,
    boards.Action.PRO: Kind.PRO,
    boards.Action.CONTRA: Kind.CONTRA,
    boards.Action.REPLY: Kind.REPLY,
}
_POINTS = {kind.value: kind for kind in Kind if kind.point}


async def pressed(press: Press) -> None:
    """The board itself says who waits: its repaint is the answer."""
    interaction, t = press.interaction, reader(press.interaction)
    meeting = press.desk.by_handle(press.subject)
    if press.value == boards.Action.POINT:
        view = _points(press.subject, t)
        await interaction.response.send_message(t("discord.point.which"), view=view, ephemeral=True)
    elif press.value in _POINTS:
        state = await press.desk.act(interaction, c.RaiseHand, meeting, kind=_POINTS[press.value])
        place = state.floor.place(MemberId(str(interaction.user.id)))
        await interaction.response.edit_message(content=t("discord.done.hand-raised", place=place), view=None)
    else:
        await _asked(press)


async def _asked(press: Press) -> None:
    desk, interaction, meeting = press.desk, press.interaction, press.desk.by_handle(press.subject)
    if press.value == boards.Action.LOWER:
        await desk.act(interaction, c.LowerHand, meeting)
    else:
        await desk.act(interaction, c.RaiseHand, meeting, kind=_ASKS[boards.Action(press.value)])
    if not await desk.repaint(interaction, meeting, "session"):
        await whisper(interaction, desk.pointing(interaction, reader(interaction)("discord.done.noted")))


def _points(subject: str, t: Translator) -> View:
    view = View(timeout=None)
    for kind in _POINTS:
        label = boards.cut(t(f"discord.command.hand.kind.{kind}"), 80)
        view.add_item(Button(label=label, custom_id=custom_id(HAND, subject, kind)))
    return drawn(view)
