"""The guild scheduled event of a meeting: announced, live, over; and on a stage, the stage itself."""

import logging
from datetime import UTC, datetime, timedelta

import discord

from meetings.boards import cut
from meetings.boards.text import cut_lines
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.platforms.discord.stagehand import Stagehand

_log = logging.getLogger(__name__)

NAME, DESCRIPTION, TOPIC = 100, 1_000, 120
"""Characters that Discord takes (Guild Scheduled Event; Stage Instance)."""

LEAD = 5
"""Seconds from now to the earliest start that is announced."""

SURFACE, OVER = "event", "event:over"


class ScheduledEvent:
    """Keeps Discord's calendar equal to the meeting's phase. An event that a person deleted is left deleted."""

    def __init__(self, hand: Stagehand) -> None:
        self._hand = hand
        self._settled: Phase | None = None

    async def settle(self) -> bool:
        """Make the event what the phase says; true once it is over."""
        meeting = self._hand.meeting
        phase = Phase.CONVENED if meeting.phase is Phase.OPEN else meeting.phase
        if meeting.plan is None or phase is self._settled or OVER in meeting.posted:
            return OVER in meeting.posted
        event = await self._event(meeting.plan, wanted=phase is not Phase.ADJOURNED)
        if phase is Phase.CONVENED:
            await self._begin(meeting.plan, event)
        elif phase is Phase.ADJOURNED:
            await self._end(event)
            await self._hand.posted(OVER, self._hand.meeting.posted.get(SURFACE, ""))
        self._settled = phase
        return phase is Phase.ADJOURNED

    async def _event(self, plan: Planned, *, wanted: bool) -> discord.ScheduledEvent | None:
        ref = self._hand.meeting.posted.get(SURFACE)
        if ref is not None:
            try:
                return await self._hand.guild.fetch_scheduled_event(int(ref), with_counts=False)
            except discord.NotFound:
                return None
        if not wanted:
            return None
        event = await self._found(plan) or await self._created(plan)
        await self._hand.posted(SURFACE, str(event.id))
        return event

    async def _found(self, plan: Planned) -> discord.ScheduledEvent | None:
        """One that was created right before a crash, and not noted."""
        known = {meeting.posted.get(SURFACE) for meeting in self._hand.council.meetings()}
        events = await self._hand.guild.fetch_scheduled_events(with_counts=False)
        mine = (self._hand.guild.me.id, cut(plan.title, NAME), self._hand.room.id)
        latest = max(plan.starts, datetime.now(UTC)) + timedelta(seconds=LEAD)
        ours = [one for one in events if (one.creator_id, one.name, one.channel_id) == mine]
        return next((one for one in ours if plan.starts <= one.start_time <= latest and str(one.id) not in known), None)

    async def _created(self, plan: Planned) -> discord.ScheduledEvent:
        # Discord refuses a start in the past: a meeting planned for right now is announced for a moment later.
        start = max(plan.starts, datetime.now(UTC) + timedelta(seconds=LEAD))
        stage = isinstance(self._hand.room, discord.StageChannel)
        return await self._hand.guild.create_scheduled_event(
            name=cut(plan.title, NAME) or cut(plan.council, NAME),
            description=description(plan),
            channel=self._hand.room,
            start_time=start,
            end_time=max(plan.ends, start + timedelta(minutes=1)),
            entity_type=discord.EntityType.stage_instance if stage else discord.EntityType.voice,
            privacy_level=discord.PrivacyLevel.guild_only,
        )

    async def _begin(self, plan: Planned, event: discord.ScheduledEvent | None) -> None:
        """A stage goes live by its instance, which starts the event that it names; an event without stage by itself."""
        room = self._hand.room
        if isinstance(room, discord.StageChannel) and room.instance is None:
            topic = cut(plan.title, TOPIC) or cut(plan.council, TOPIC)
            await room.create_instance(topic=topic, scheduled_event=event or discord.utils.MISSING)
            event = await self._event(plan, wanted=False)
        if event and event.status is discord.EventStatus.scheduled:
            await event.start()

    async def _end(self, event: discord.ScheduledEvent | None) -> None:
        if event and event.status is discord.EventStatus.active:
            await event.end()
        elif event and event.status is discord.EventStatus.scheduled:
            await event.cancel()
        try:
            if isinstance(self._hand.room, discord.StageChannel):
                await (await self._hand.room.fetch_instance()).delete()
        except discord.NotFound:
            _log.debug("the stage had closed with its event")


def description(plan: Planned) -> str:
    """The council and the agenda, in what Discord takes."""
    agenda = [f"{item.number}. {item.title}" for item in plan.items]
    return cut_lines("\n".join([plan.council, "", *agenda]), DESCRIPTION)
