"""Where the meeting is, told to one person alone: to who comes late, or asks for their own record.

Discord lets a bot answer somebody alone only when they press or type something: so the boards have a button for it.
"""

from datetime import UTC, datetime

from meetings.boards import catch_up_board, record_board
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import MemberId
from meetings.platforms.discord.desk import Desk
from meetings.platforms.discord.errors import Interaction, RefusedError, reader
from meetings.platforms.discord.views import layout


async def tell(desk: Desk, interaction: Interaction, meeting: Meeting) -> None:
    """The meeting's state; for a member their own record with it. Raises RefusedError where none is planned."""
    member, t = MemberId(str(interaction.user.id)), reader(interaction)
    if meeting.plan is None:
        raise RefusedError(Refusal(Code.UNKNOWN_MEETING))
    if meeting.attendance.seat(member) is None:
        board = catch_up_board(meeting, desk.names, t)
    else:
        board = record_board(meeting, member, desk.names, datetime.now(UTC), t)
    await interaction.response.send_message(view=layout([board]), ephemeral=True)
