"""What a member answers to a convocation: that they cannot come, and who votes for them."""

from discord.ui import UserSelect, View

from meetings.boards import Action
from meetings.domain import commands as c
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MeetingId, MemberId
from meetings.platforms.discord.desk import Desk, Press, meeting_handle
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, whisper
from meetings.platforms.discord.presses import custom_id, drawn
from meetings.platforms.discord.views import safe


async def answer(desk: Desk, interaction: Interaction, meeting: MeetingId, action: Action) -> None:
    """Raises RefusedError, NotDoneError."""
    t, me = reader(interaction), MemberId(str(interaction.user.id))
    if action is Action.EXCUSE:
        await desk.act(interaction, c.Excuse, meeting, member=me)
        await whisper(interaction, t("discord.done.excused"))
        return
    if desk.council.meeting(meeting).attendance.seat(me) is None:
        raise RefusedError(Refusal(Code.NOT_A_MEMBER))
    menu: UserSelect[View] = UserSelect(
        placeholder=t("discord.proxy.holder"), custom_id=custom_id("holder", meeting_handle(meeting))
    )
    view = drawn(View(timeout=None).add_item(menu))
    await interaction.response.send_message(t("discord.proxy.to-whom"), view=view, ephemeral=True)


async def holder_chosen(press: Press) -> None:
    """Whom one gives one's proxy was chosen; the message then says so. Raises RefusedError, NotDoneError."""
    desk, interaction, holder = press.desk, press.interaction, MemberId(press.given[""][0])
    await desk.act(interaction, c.GiveProxy, desk.by_handle(press.subject), holder=holder)
    words = reader(interaction)("discord.proxy.given", holder=safe(desk.names.get(holder, "")))
    await interaction.response.edit_message(content=words, view=None)
