"""From a calendar's event to a meeting of the council: always the next one."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from agenda.calendar import Reading, next_meeting
from agenda.errors import CalendarError
from agenda.items import Item, plan
from agenda.occurrence import Occurrence
from meetings.council import Council, insist
from meetings.domain.agenda import Fate
from meetings.domain.commands import Plan
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.quorum import reconvenings
from meetings.domain.refusals import Refusal
from meetings.domain.values import Mandate, MeetingId, PlannedItem, Seat

logger = logging.getLogger(__name__)

WAITING = {Phase.PLANNED, Phase.CONVENED, Phase.OPEN}


@dataclass(frozen=True, slots=True)
class Host:
    """Where and for whom the council meets: its name and language, the platform's room, the members' seats."""

    council: str
    lang: Literal["fr", "en"]
    channel: str
    venue: Literal["stage", "voice"]
    roster: tuple[Seat, ...]


def meeting_id(occurrence: Occurrence) -> MeetingId:
    """The same id for the same instance of the same event, wherever it is read (UID and RECURRENCE-ID, RFC 5545)."""
    source = f"{occurrence.uid}\n{occurrence.recurrence_id or ''}"
    return MeetingId(hashlib.sha256(source.encode()).hexdigest()[:12])


def planned(
    occurrence: Occurrence,
    host: Host,
    *,
    starts: datetime,
    following: datetime | None,
    postponed: Sequence[PlannedItem] = (),
    proxies: tuple[Mandate, ...] = (),
) -> Planned:
    """The council's meeting that an event of its calendar announces, held at `starts` (in the council's own time).

    Items `postponed` to it follow its own, unless one of those has the same title. `proxies` are still good.
    """
    items = [_item(number, item) for number, item in enumerate(_top(occurrence), 1)]
    titles = {item.title.casefold() for item in items}
    carried = [item for item in postponed if item.title.casefold() not in titles]
    items += [replace(item, number=number) for number, item in enumerate(carried, len(items) + 1)]
    return Planned(
        council=host.council,
        title=occurrence.summary,
        starts=starts,
        ends=starts + (occurrence.end - occurrence.start),
        channel=host.channel,
        venue=host.venue,
        lang=host.lang,
        items=tuple(items),
        roster=host.roster,
        source=f"{occurrence.uid} {occurrence.recurrence_id or ''}".strip(),
        place=occurrence.location,
        following=following,
        proxies=proxies,
    )


def is_waiting(council: Council) -> bool:
    """Whether a meeting is to come, running, or owed for lack of quorum: then no other is planned."""
    meetings = council.meetings()
    return any(meeting.phase in WAITING for meeting in meetings) or bool(reconvenings(meetings))


def _carried(council: Council) -> tuple[Mandate, ...]:
    """The proxies of the latest meeting that are still good."""
    held = [meeting for meeting in council.meetings() if meeting.phase is Phase.ADJOURNED]
    return held[-1].attendance.carried(council.rules.proxies.meetings) if held and council.rules.proxies.held else ()


async def plan_next(
    council: Council, reading: Reading, host: Host, now: Callable[[], datetime], soon: timedelta | None = None
) -> MeetingId | None:
    """Put the calendar's next meeting in the log, unless one is waiting or running; its id where that was done.

    `soon` holds it so long from now, whatever its date. Raises CalendarError (`no-future-event`).
    """
    if is_waiting(council):
        return None
    held = {meeting.id for meeting in council.meetings()}
    coming = [one for one in reading.occurrences if meeting_id(one) not in held]
    occurrence = next_meeting(Reading(tuple(coming), reading.problems), now())
    starts = (now() + soon).astimezone(occurrence.start.tzinfo) if soon is not None else occurrence.start
    following = _following(reading, occurrence)
    command = Plan(
        meeting=meeting_id(occurrence),
        at=now(),
        cause=f"calendar:{meeting_id(occurrence)}",
        plan=planned(
            occurrence,
            host,
            starts=starts,
            following=following,
            postponed=postponed(council),
            proxies=_carried(council),
        ),
    )
    outcome = await insist(lambda: council.handle(command))
    if isinstance(outcome, Refusal):
        logger.error("the next meeting could not be planned: %s", outcome)
        return None
    logger.info("planned %s for %s", command.meeting, starts)
    return command.meeting


def postponed(council: Council) -> list[PlannedItem]:
    """What the council's latest meeting left to the next one."""
    held = [meeting for meeting in council.meetings() if meeting.adjourned]
    latest = max(held, key=lambda meeting: meeting.adjourned or datetime.min.replace(tzinfo=UTC), default=None)
    return [item.plan for item in latest.items if item.fate is Fate.POSTPONED] if latest else []


def _following(reading: Reading, occurrence: Occurrence) -> datetime | None:
    try:
        return next_meeting(reading, occurrence.end).start
    except CalendarError:
        return None


def _top(occurrence: Occurrence) -> list[Item]:
    return [item for item in plan(occurrence).items if item.level == 1]


def _item(number: int, item: Item) -> PlannedItem:
    return PlannedItem(number, item.title, item.minutes, item.rapporteur or "", item.kind or "")
