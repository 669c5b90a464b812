"""Microphones follow the floor; hands raised by Discord's own means join the queue."""

import logging

import discord

from meetings.domain import commands as c
from meetings.domain.meeting import Meeting, Phase
from meetings.platforms.discord.stagehand import Stagehand, member_id

_log = logging.getLogger(__name__)

_GONE = frozenset({10007, 10065, 40032})  # JSON error codes: unknown member, unknown voice state, not in voice
_OWED = "muted:"


class Microphones:
    """On a stage people are let speak or suppressed; in a voice channel they are muted by the server.

    A mute outlives a process and even the meeting, so each one is noted in the log before it is made, as a surface
    `muted:{member}`; the note is emptied once the member's microphone was given back, however late they come.
    """

    def __init__(self, hand: Stagehand) -> None:
        self._hand = hand
        self._asked: dict[int, bool] = {}

    def told(self, user_id: int) -> None:
        """Discord says how a member's microphone is now: what was asked of it is answered."""
        self._asked.pop(user_id, None)

    async def settle(self) -> bool:
        """Open and close microphones; true once the session is over and nobody is muted by it."""
        meeting = self._hand.meeting
        if self._hand.on_stage:
            await self._stage(meeting)
        else:
            await self._voice(meeting)
        return self._hand.meeting.phase is Phase.ADJOURNED and not self._owed(self._hand.meeting)

    async def _stage(self, meeting: Meeting) -> None:
        if meeting.phase is not Phase.OPEN:
            return
        people = self._hand.people()
        native = {hand.member for hand in meeting.floor.queue if hand.native}
        for member in people:  # hundreds, after every act: who neither asks nor waits costs nothing
            if (member.voice and member.voice.requested_to_speak_at) or member_id(member) in native:
                await self._hands(member)
        if meeting.interludes.recess:
            return  # nobody is brought on stage for a recess: the audience stays audience
        allowed = self._hand.meeting.open_microphones()
        for member in sorted(people, key=lambda one: member_id(one) not in allowed):  # who may speak waits for nobody
            suppressed = member_id(member) not in allowed
            if member.voice and member.voice.suppress is not suppressed:
                await self._set(member, closed=suppressed)

    async def _hands(self, member: discord.Member) -> None:
        """A request to speak is a raised hand, for as long as it stands; each counts once."""
        voice, who = member.voice, member_id(member)
        asked = voice.requested_to_speak_at if voice and voice.suppress else None
        waiting = next((hand for hand in self._hand.meeting.floor.queue if hand.member == who), None)
        if asked and waiting is None:
            await self._hand.note(c.RaiseHand, by=who, native=True, cause=f"request:{who}:{asked.isoformat()}")
        elif waiting and waiting.native and asked is None:
            await self._hand.note(c.LowerHand, by=who)

    async def _voice(self, meeting: Meeting) -> None:
        if meeting.phase is Phase.OPEN:
            people = self._hand.people()
            allowed = meeting.open_microphones()
            if meeting.interludes.recess:
                allowed |= {member_id(member) for member in people}
            for member in sorted(people, key=lambda one: member_id(one) not in allowed):
                await self._mute(member, closed=member_id(member) not in allowed)
        for who in self._owed(meeting):
            await self._give_back(meeting, who)

    async def _mute(self, member: discord.Member, *, closed: bool) -> None:
        if member.voice is None or member.voice.mute is closed:
            return
        if closed:
            await self._hand.posted(f"{_OWED}{member.id}", "1")
        await self._set(member, closed=closed)

    async def _give_back(self, meeting: Meeting, who: int) -> None:
        """Who left the room, or whose session is over, keeps no mute of ours."""
        member = self._hand.guild.get_member(who)
        voice = member.voice if member else None
        if meeting.phase is Phase.OPEN and voice and voice.channel == self._hand.room:
            return
        if member and voice and voice.mute:
            await self._set(member, closed=False)
        elif meeting.phase is Phase.ADJOURNED and (member is None or voice):
            await self._hand.posted(f"{_OWED}{who}", "")

    async def _set(self, member: discord.Member, *, closed: bool) -> None:
        """Ask Discord once, until it says how the microphone is; a member who is gone meanwhile needs nothing."""
        if self._asked.get(member.id) is closed:
            return
        self._asked[member.id] = closed
        try:
            if isinstance(self._hand.room, discord.StageChannel):
                await member.edit(suppress=closed)
            else:
                await member.edit(mute=closed)
        except discord.HTTPException as refusal:
            self._asked.pop(member.id, None)
            if refusal.code not in _GONE:
                raise
            _log.info("member %s left before their microphone could be set", member.id)

    @staticmethod
    def _owed(meeting: Meeting) -> list[int]:
        """Members who were muted by this meeting and do not have their microphone back."""
        owed = [
            surface.removeprefix(_OWED) for surface, ref in meeting.posted.items() if ref and surface.startswith(_OWED)
        ]
        return [int(who) for who in owed]
