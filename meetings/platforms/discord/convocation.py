"""What a member answers to a convocation: that they cannot come, and who votes for them."""

from discord.ui import UserSelect, View

from meetings.boards import Action
from meetings.domain import commands as c
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MeetingId, MemberId
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, RefusedError, reader, report, whisper
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
    view = View()
    view.add_item(HolderMenu(desk, meeting, t("discord.proxy.holder")))
    await interaction.response.send_message(t("discord.proxy.to-whom"), view=view, ephemeral=True)


class HolderMenu(UserSelect[View]):
    """Whom one gives one's proxy; left open while the bot restarts, it is to be opened anew."""

    def __init__(self, desk: Desk, meeting: MeetingId, words: str) -> None:
        super().__init__(placeholder=words, custom_id="holder")
        self._desk, self._meeting = desk, meeting

    async def callback(self, interaction: Interaction) -> None:
        """Chosen; what goes wrong is told as everywhere (see `errors`)."""
        try:
            holder = MemberId(str(self.values[0].id))
            await self._desk.act(interaction, c.GiveProxy, self._meeting, holder=holder)
            name = safe(self._desk.names.get(holder, ""))
            words = reader(interaction)("discord.proxy.given", holder=name)
            await interaction.response.edit_message(content=words, view=None)
        except Exception as error:
            await report(interaction, error)
