"""The council's own calendar, drawn from its log: what members and neighbours follow in theirs."""

from collections.abc import Iterable
from typing import get_args
from zoneinfo import ZoneInfo

from agenda.items import Item as WrittenItem
from agenda.marks import Kind
from agenda.words import Language
from agenda.writer import Entry, write
from meetings.domain.agenda import Item
from meetings.domain.events import Recorded
from meetings.domain.meeting import Meeting, evolve
from meetings.domain.scheduling import Reason
from meetings.domain.values import MeetingId
from meetings.log.store import Log

KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


def calendar(log: Log, *, council: str, zone: ZoneInfo, lang: Language, pages: str = "") -> bytes:
    """All meetings of a log as one calendar (ICS); times in the council's `zone`.

    `pages` is the address under which minutes are read once they are published, if there is one.
    """
    entries = (entry(meeting, log.history(meeting), zone, pages) for meeting in log.meetings())
    return write((one for one in entries if one), name=council, language=lang)


def entry(meeting: MeetingId, history: Iterable[Recorded], zone: ZoneInfo, pages: str = "") -> Entry | None:
    """A meeting as followers see it, None while it is not planned.

    Its SEQUENCE is how often what they see has changed since it was planned: the same log always gives the same.
    """
    state, seen, sequence, modified = Meeting(meeting), None, -1, None
    for recorded in history:
        state = evolve(state, recorded)
        if state.plan and seen != (shown := _shown(state)):
            seen, sequence, modified = shown, sequence + 1, recorded.at
    plan = state.plan
    if plan is None or modified is None:
        return None
    return Entry(
        uid=f"{meeting}@hemicycle",
        start=plan.starts.astimezone(zone),
        end=plan.ends.astimezone(zone),
        summary=plan.title,
        modified=modified,
        sequence=sequence,
        status="CANCELLED" if _off(state) else "CONFIRMED",
        location=plan.place,
        items=[_written(number, item) for number, item in enumerate(_kept(state), 1)],
        minutes=f"{pages.rstrip('/')}/meetings/{meeting}/minutes" if pages and state.path.published else "",
    )


def _kept(state: Meeting) -> list[Item]:
    return [item for item in state.items if item.fate is None]


def _shown(state: Meeting) -> tuple[object, ...]:
    plan = state.plan
    written = plan and (plan.title, plan.starts, plan.ends, plan.place)
    return (written, _off(state), [item.plan for item in _kept(state)], state.path.published)


def _off(state: Meeting) -> bool:
    """Called off; one whose time merely passed stays what it was."""
    cancelled = state.standing.cancelled
    return cancelled is not None and cancelled.reason is not Reason.NOT_HELD


def _written(number: int, item: Item) -> WrittenItem:
    plan = item.plan
    return WrittenItem(str(number), plan.title, plan.minutes, plan.rapporteur or None, KINDS.get(plan.kind))
