"""The events of one UID -> what happens, and when, within a window.

recurring-ical-events works out rules, exceptions and moved instances; it is only given what is safe to work out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

from agenda.errors import ProblemCode, Report
from agenda.events import MAX_SPAN, moment_of
from agenda.rules import BUDGET, SEARCH, cost, refusal

MAX_EVENTS = 5_000
MAX_INSTANCES = 11_000
"""Instances of series worked out in one file: fifty weeks of two hundred weekly ones, under two seconds of work."""

MAX_FUTURES = 50
"""THISANDFUTURE changes worked out in one series."""

BLOCK = "X-BLOCK"
"""Carries the number of the block an event came from through recurring-ical-events, which hands out copies."""

_RECURRING = ("RRULE", "RDATE", "RECURRENCE-ID")

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class Instance:
    """One event as it happens once; `number` is that of its block, `recurrence_id` None where it happens only once."""

    number: int
    uid: str
    status: str
    start: date
    end: date
    recurrence_id: date | None


class Expander:
    """Works out series after series within one window and one budget of steps."""

    def __init__(self, window: Window, report: Report) -> None:
        self._window = window
        self._report = report
        self._left = BUDGET
        self._room = MAX_INSTANCES

    def instances(self, events: Sequence[Event]) -> list[Instance]:
        """What happens of these events, all of one UID; nothing, reported, where they cannot be worked out."""
        uid = str(events[0]["UID"])
        found = self._expand(events, uid) if self._room else []
        if len(found) > self._room or not self._room:
            self._report.add("too-many-occurrences", limit=MAX_INSTANCES)
        del found[self._room :]
        self._room -= len(found)
        return found

    def _expand(self, events: Sequence[Event], uid: str) -> list[Instance]:
        recurring = any(name in event for event in events for name in _RECURRING)
        self._make_safe(events, uid)
        calendar = Calendar()
        for event in events:
            calendar.add_component(event)
        moved = _moves(events)
        try:
            found = recurring_ical_events.of(calendar).between(*self._window)
            return [_instance(event, moved, recurring) for event in found]
        except Exception:  # the library raises whatever its own code trips on
            self._report.add("series-unreadable", uid=uid)
            return []

    def _make_safe(self, events: Sequence[Event], uid: str) -> None:
        futures = 0
        for event in events:
            self._check_rules(event, uid)
            futures += self._check_range(event, uid, futures)

    def _check_rules(self, event: Event, uid: str) -> None:
        """Take refused rules out: the event then happens once."""
        value = event.pop("RRULE", None)
        start = moment_of(event, "DTSTART")
        if value is None or start is None:
            return
        sound = []
        for rule in value if isinstance(value, list) else [value]:
            if not rule:
                continue
            problem = self._refusal(rule, start)
            if problem is None:
                sound.append(rule)
            else:
                self._report.add(problem, uid=uid)
        if sound:
            event["RRULE"] = sound

    def _refusal(self, rule: object, start: datetime) -> ProblemCode | None:
        """Why a rule is not worked out; every search for a day that never comes is paid for as well."""
        if not isinstance(rule, vRecur):
            return "rule-bad"
        if self._left < SEARCH:
            return "too-much-work"
        problem = refusal(rule, start)
        steps = SEARCH if problem == "rule-never" else 0 if problem else cost(rule, start, self._window)
        return problem if self._pay(steps) else "too-much-work"

    def _check_range(self, event: Event, uid: str, before: int) -> bool:
        """Whether the event changes all that follow; not when it is moved too far or one of too many."""
        recurrence_id = event.get("RECURRENCE-ID")
        if recurrence_id is None or "RANGE" not in recurrence_id.params:
            return False
        start, original = moment_of(event, "DTSTART"), moment_of(event, "RECURRENCE-ID")
        if before >= MAX_FUTURES or not start or not original or abs(start - original) > MAX_SPAN:
            self._report.add("rule-too-long", uid=uid)
            del recurrence_id.params["RANGE"]
            return False
        return True

    def _pay(self, steps: int) -> bool:
        if steps > self._left:
            return False
        self._left -= steps
        return True


def _moves(events: Sequence[Event]) -> dict[datetime | None, timedelta]:
    """How far each THISANDFUTURE change moves what follows, by the instant of its RECURRENCE-ID."""
    moves: dict[datetime | None, timedelta] = {}
    for event in events:
        if "RANGE" in getattr(event.get("RECURRENCE-ID"), "params", {}):
            start, original = moment_of(event, "DTSTART"), moment_of(event, "RECURRENCE-ID")
            if start and original:
                moves[original] = start - original
    return moves


def _instance(event: Event, moves: dict[datetime | None, timedelta], recurring: bool) -> Instance:
    start, end = _when(event, "DTSTART"), _when(event, "DTEND")
    names = int(str(event[BLOCK])), str(event["UID"]), str(event.get("STATUS", ""))
    if not recurring:
        return Instance(*names, start, end, None)
    # recurring-ical-events gives every instance after a THISANDFUTURE change the RECURRENCE-ID of the change itself;
    # each must keep its own, or two instances would be taken for one.
    move = moves.get(moment_of(event, "RECURRENCE-ID"))
    return Instance(*names, start, end, _when(event, "RECURRENCE-ID") if move is None else start - move)


def _when(event: Event, name: str) -> date:
    moment = getattr(event.get(name), "dt", None)
    if not isinstance(moment, date):
        raise TypeError(name)
    return moment


def span_of(events: Sequence[Event]) -> Window:
    """From the first to the last start of these events, as instants; a single moment where there are none."""
    starts = [start for event in events if (start := moment_of(event, "DTSTART"))]
    if not starts:
        now = datetime.now(UTC)
        return now, now
    return min(starts) - timedelta(days=1) if min(starts).year > 1 else min(starts), max(starts)
