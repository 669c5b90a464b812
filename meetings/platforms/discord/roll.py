"""The roll: who sits in the council and is in the room is present; who attends otherwise is noted by people."""

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.platforms.discord.stagehand import Stagehand, member_id


class Roll:
    """Keeps attendance equal to presence in the room, from the convening to the adjournment."""

    def __init__(self, hand: Stagehand) -> None:
        self._hand = hand

    async def settle(self) -> bool:
        """Note who came and who left; true once the session is over."""
        meeting = self._hand.meeting
        if meeting.phase in {Phase.CONVENED, Phase.OPEN}:
            here = {member_id(member) for member in self._hand.people()}
            for seat in meeting.attendance.roster:
                present = seat.member in meeting.attendance.present
                if (seat.member in here) is not present and seat.member not in meeting.attendance.elsewhere:
                    await self._hand.note(c.Leave if present else c.Arrive, member=seat.member)
        return meeting.phase is Phase.ADJOURNED
