"""The guild scheduled event of a meeting: announced, live, over; and on a stage, the stage itself.

The log has the last word on a meeting to come: an event that somebody changed by hand is put right, one that somebody
deleted or cancelled is made anew. To move a meeting or to call it off, its calendar is changed. One that somebody
started early is left to run.
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
from discord import EventStatus

from meetings.boards import cut
from meetings.boards.text import cut_lines
from meetings.domain.events import Planned
from meetings.domain.meeting import Meeting, Phase
from meetings.platforms.discord.stagehand import Stagehand

_log = logging.getLogger(__name__)

NAME, DESCRIPTION, TOPIC = 100, 1_000, 120
"""Characters that Discord takes (Guild Scheduled Event; Stage Instance)."""

MOST = 100
"""Scheduled and active events that a guild has at most (Guild Scheduled Event): the nearest meetings'."""

LEAD = 5
"""Seconds from now to the earliest start that is announced."""

SURFACE, OVER = "event", "event:over"

COMING = {Phase.PLANNED, Phase.CONVENED, Phase.OPEN}


def over(meeting: Meeting) -> bool:
    """Whether the event that the meeting had last is ended."""
    return OVER in meeting.posted and meeting.posted[OVER] == meeting.posted.get(SURFACE, "")


class ScheduledEvent:
    """Keeps Discord's calendar equal to the meeting."""

    def __init__(self, hand: Stagehand) -> None:
        self._hand = hand
        self._settled: object = None
        self._theirs: set[str] = set()

    async def settle(self) -> bool:
        """Make the event what the log says; true once it is over."""
        meeting = self._hand.meeting
        if meeting.plan is None or (over(meeting) and meeting.phase not in COMING):
            return meeting.phase is Phase.ADJOURNED
        wanted = self._wanted(meeting, meeting.plan)
        if wanted != self._settled:
            self._settled = wanted  # first: what is touched meanwhile is looked at again
            try:
                await self._make(meeting, meeting.plan)
            except BaseException:
                self._settled = None
                raise
        return meeting.phase is Phase.ADJOURNED

    async def _make(self, meeting: Meeting, plan: Planned) -> None:
        match meeting.phase:
            case Phase.PLANNED:
                await self._announce(plan, among=self._near(meeting))
            case Phase.CONVENED | Phase.OPEN:
                noted = bool(meeting.posted.get(SURFACE))
                await self._begin(plan, await (self._known() if noted else self._announced(plan)))
            case Phase.ADJOURNED | Phase.CANCELLED:
                await self._end(await self._known())
                await self._hand.posted(OVER, meeting.posted.get(SURFACE, ""))

    def touched(self, event: discord.ScheduledEvent) -> None:
        """Something became of an event: it is looked at again, if it is ours and we did not do it."""
        meeting = self._hand.meeting
        if str(event.id) == meeting.posted.get(SURFACE) and meeting.plan and meeting.phase is Phase.PLANNED:
            self._settled = None

    def _wanted(self, meeting: Meeting, plan: Planned) -> object:
        """All that the event depends on."""
        phase = Phase.CONVENED if meeting.phase is Phase.OPEN else meeting.phase
        return phase, self._near(meeting), plan.title, plan.items, plan.starts, plan.ends, plan.place

    def _near(self, meeting: Meeting) -> bool:
        """Whether it is among the meetings that Discord has room for."""
        coming = sorted(
            (one.plan.starts, one.id) for one in self._hand.council.meetings() if one.phase in COMING and one.plan
        )
        return meeting.id in {key for _, key in coming[:MOST]}

    async def _announce(self, plan: Planned, *, among: bool) -> None:
        event = await self._known()
        if not among:
            if event:
                await event.delete()
                await self._hand.posted(SURFACE, "")
            return
        if event is None or event.status in {EventStatus.cancelled, EventStatus.completed}:
            await self._announced(plan)
        elif event.status is EventStatus.scheduled and (changes := self._changes(plan, event)):
            await self._edit(event, changes)

    async def _edit(self, event: discord.ScheduledEvent, changes: dict[str, Any]) -> None:
        """What Discord then shows otherwise all the same, it writes in its own way: that is let be."""
        edited = await event.edit(**changes)
        self._theirs |= {name for name, value in changes.items() if getattr(edited, name) != value}

    def _changes(self, plan: Planned, event: discord.ScheduledEvent) -> dict[str, Any]:
        """What is to be edited, of many types; Discord refuses a start in the past, so that one is left as it is."""
        wanted = self._form(plan)
        if plan.starts <= datetime.now(UTC) + timedelta(seconds=LEAD):
            wanted.pop("start_time")
        differing = {name: value for name, value in wanted.items() if getattr(event, name) != value}
        return {name: value for name, value in differing.items() if name not in self._theirs}

    def _form(self, plan: Planned) -> dict[str, Any]:
        # Discord refuses a start in the past: a meeting planned for right now is announced for a moment later.
        start = max(plan.starts, datetime.now(UTC) + timedelta(seconds=LEAD)).replace(microsecond=0)
        return {
            "name": cut(plan.title, NAME) or cut(plan.council, NAME),
            "description": description(plan),
            "channel": self._hand.room,
            "start_time": start,
            "end_time": max(plan.ends, start + timedelta(minutes=1)).replace(microsecond=0),
        }

    async def _known(self) -> discord.ScheduledEvent | None:
        """The event as it was noted, if it is still there."""
        ref = self._hand.meeting.posted.get(SURFACE)
        if not ref:
            return None
        try:
            return await self._hand.guild.fetch_scheduled_event(int(ref), with_counts=False)
        except discord.NotFound:
            return None

    async def _announced(self, plan: Planned) -> discord.ScheduledEvent:
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
        first = plan.starts.replace(microsecond=0)
        return next((one for one in ours if first <= one.start_time <= latest and str(one.id) not in known), None)

    async def _created(self, plan: Planned) -> discord.ScheduledEvent:
        stage = isinstance(self._hand.room, discord.StageChannel)
        return await self._hand.guild.create_scheduled_event(
            **self._form(plan),
            entity_type=discord.EntityType.stage_instance if stage else discord.EntityType.voice,
            privacy_level=discord.PrivacyLevel.guild_only,
        )

    async def _begin(self, plan: Planned, event: discord.ScheduledEvent | None) -> None:
        """A stage goes live by its instance, which starts the event that it names; an event without stage by itself."""
        room = self._hand.room
        if isinstance(room, discord.StageChannel) and room.instance is None:
            topic = cut(plan.title, TOPIC) or cut(plan.council, TOPIC)
            await room.create_instance(topic=topic, scheduled_event=event or discord.utils.MISSING)
            event = await self._known()
        if event and event.status is EventStatus.scheduled:
            await event.start()

    async def _end(self, event: discord.ScheduledEvent | None) -> None:
        if event and event.status is EventStatus.active:
            await event.end()
        elif event and event.status is EventStatus.scheduled:
            await event.cancel()
        if self._hand.meeting.convened is None:
            return
        try:
            if isinstance(self._hand.room, discord.StageChannel):
                await (await self._hand.room.fetch_instance()).delete()
        except discord.NotFound:
            _log.debug("the stage had closed with its event")


def description(plan: Planned) -> str:
    """The council and the agenda, in what Discord takes."""
    agenda = [f"{item.number}. {item.title}" for item in plan.items]
    return cut_lines("\n".join([plan.council, "", *agenda]), DESCRIPTION)
