"""What is said once in the text channel of a meeting to come: members called, reminded, told of changes; what the chair
and the secretary have to decide about the calendar.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import cast

from discord.ui import View

from agenda import words as calendar_words
from agenda.errors import CalendarError, ErrorCode
from meetings.domain.calendar import too_late
from meetings.domain.events import Recorded
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.scheduling import AgendaRevised, CalendarTroubled, Cancelled, Reason, Reinstated
from meetings.domain.standing import Proposal
from meetings.domain.values import MemberId, Role
from meetings.platforms.discord.buttons_calendar import missing_buttons, proposal_buttons
from meetings.platforms.discord.say import say
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.views import moment, safe

DATES = 10
"""Meetings named in one notice."""


class CalendarNotices:
    """Posts what the log calls for and has not got yet."""

    def __init__(self, hand: Stagehand) -> None:
        self._hand = hand

    async def settle(self) -> bool:
        """Say what has not been said; true once the meeting's hour has come."""
        meeting = self._hand.meeting
        if meeting.plan is None or meeting.phase not in {Phase.PLANNED, Phase.CANCELLED}:
            return meeting.phase is not Phase.UNPLANNED
        for change in untold(meeting):
            await self._tell(meeting, change)
        if meeting.phase is Phase.PLANNED:
            await self._call(meeting)
            await self._ask(meeting)
        return False

    async def _call(self, meeting: Meeting) -> None:
        """Members are called once the convocation is there to be read; then reminded."""
        if "convocation" not in meeting.posted or meeting.plan is None:
            return
        starts, stamp = moment(meeting.plan.starts), int(meeting.plan.starts.timestamp())
        await self._once("summoned", "discord.notice.summoned", _members(meeting), when=starts)
        if too_late(meeting):
            days = meeting.rules.convocation.clear_days
            await self._once(f"late:{stamp}", "discord.notice.late", _officers(meeting)[:1], when=starts, days=days)
        for before in meeting.standing.reminded[-1:]:
            surface = f"reminder:{before // timedelta(minutes=1)}:{stamp}"
            await self._once(surface, "discord.notice.reminder", _members(meeting), when=starts)

    async def _ask(self, meeting: Meeting) -> None:
        """What the chair, or the secretary too, has to say."""
        for proposal in meeting.standing.proposals:
            if proposal.accepted is None:
                await self._propose(meeting, proposal)
        for recorded in meeting.standing.troubles.values():
            if isinstance(trouble := recorded.event, CalendarTroubled):
                error = CalendarError(cast("ErrorCode", trouble.code), **trouble.fields)
                why = calendar_words.error(error, "fr" if self._hand.t.lang == "fr" else "en")
                key, surface, source = "discord.notice.calendar", f"calendar:{recorded.seq}", safe(trouble.source)
                await self._once(surface, key, _officers(meeting), source=source, why=safe(why))
        if meeting.standing.missing:
            await self._miss(meeting)

    async def _miss(self, meeting: Meeting) -> None:
        """One question for all the meetings that are missing, asked by the first of them."""
        missing = sorted(
            (one.plan.starts, one.id) for one in self._hand.council.meetings() if one.standing.missing and one.plan
        )
        since = meeting.standing.missing
        if missing[0][1] != meeting.id or since is None:
            return
        dates = [moment(starts) for starts, _ in missing[:DATES]]
        more = [self._hand.t.n("boards.others", len(missing) - DATES)] if len(missing) > DATES else []
        await self._once(
            f"missing:{since.timestamp():.0f}",
            "discord.notice.missing",
            _officers(meeting),
            view=missing_buttons(meeting.id, self._hand.t),
            dates=", ".join([*dates, *more]),
        )

    async def _propose(self, meeting: Meeting, proposal: Proposal) -> None:
        name, title = safe(self._hand.names.get(proposal.by, "")), safe(proposal.item.title)
        view, key = proposal_buttons(proposal.id, self._hand.t), "discord.notice.proposal"
        await self._once(f"proposal:{proposal.id}", key, (meeting.chair,), view=view, name=name, title=title)

    async def _tell(self, meeting: Meeting, change: Recorded) -> None:
        """Of several moves in a row that nobody was told of, the last says all."""
        event, when = change.event, moment(meeting.plan.starts) if meeting.plan else ""
        match event:
            case Cancelled(reason=reason):
                key = f"discord.notice.cancelled.{reason}"
            case Reinstated():
                key = "discord.notice.reinstated"
            case AgendaRevised():
                key = "discord.notice.agenda"
            case _:
                key = "discord.notice.moved"
        quiet = isinstance(event, Cancelled) and event.reason is Reason.NOT_HELD
        rings = _officers(meeting) if quiet else _members(meeting)
        await self._once(f"change:{change.seq}", key, rings, when=when)

    async def _once(
        self, surface: str, key: str, rings: Iterable[MemberId | None], view: View | None = None, **fields: object
    ) -> None:
        if surface not in self._hand.meeting.posted:
            await say(self._hand, surface, self._hand.t(key, **fields), rings=tuple(rings), view=view)


def untold(meeting: Meeting) -> list[Recorded]:
    """The changes after the call that nobody was told of."""
    return [one for one in meeting.standing.changes if f"change:{one.seq}" not in meeting.posted]


def _members(meeting: Meeting) -> list[MemberId]:
    """Who is expected: who is excused is not rung."""
    return [seat.member for seat in meeting.attendance.roster if seat.member not in meeting.attendance.excused]


def _officers(meeting: Meeting) -> list[MemberId | None]:
    return [meeting.attendance.holder(Role.CHAIR), meeting.attendance.holder(Role.SECRETARY)]
