"""The roll: who sits in the council and is in the room is present; who attends otherwise is noted by people."""

import asyncio

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.domain.values import MemberId
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
                    await self._introduce(seat.member)
        return meeting.phase is Phase.ADJOURNED

    async def _introduce(self, member: MemberId) -> None:
        """Who was erased and comes again is known again from here on."""
        erased = any(member in one.erasures.since for one in self._hand.council.meetings())
        if erased and (name := self._hand.names.get(member)):
            await asyncio.to_thread(self._hand.council.log.remember, {member: name})
