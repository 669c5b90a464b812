"""Two readings of a calendar -> what became of its meetings: added, moved, agenda changed, cancelled.

A meeting is the same by UID and RECURRENCE-ID (RFC 5545 section 3.8.4). Where a producer writes a new UID at each edit
(Decidim), it is the same by its URL, if no other event has that URL; an instance of a series moved as a whole is the
same by its day. What is older than what is known (RFC 5546 section 2.1.4: a lower SEQUENCE; LAST-MODIFIED decides where
SEQUENCE says nothing) changes nothing. A meeting that is there no more was withdrawn, unless the calendar seems broken:
then it is `missing`, and a person must say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Literal

from agenda.calendar import Reading
from agenda.errors import ProblemCode
from agenda.items import plan
from agenda.occurrence import Occurrence

What = Literal["added", "moved", "agenda", "details", "cancelled"]
"""`moved` in time or place, `agenda`: other items, `details`: another title, link or text around the agenda."""

Identity = tuple[str, str | None]

SHIFT = timedelta(days=6)
"""How far an instance may go when its whole series is moved."""

_INCOMPLETE: set[ProblemCode] = {"cut", "no-event", "too-many-events", "too-many-occurrences", "window-cut"}
_LEFT_OUT: set[ProblemCode] = {
    *("event-cut", "event-unreadable", "no-start", "series-unreadable", "too-much-work"),
    *("rule-sub-daily", "rule-never", "rule-bad", "rule-too-long"),
}


@dataclass(frozen=True)
class Change:
    """What became of one meeting: all of `what`. `before` is None for a new one, `after` for one that is gone."""

    what: tuple[What, ...]
    before: Occurrence | None
    after: Occurrence | None


@dataclass(frozen=True)
class Comparison:
    """The changes by start, what is in doubt, and what is known now: to be compared with the next reading.

    `missing`: known future meetings that are gone although the calendar does not seem whole; ask before cancelling.
    `stale`: meetings of which an older state came than is known. `known` keeps both as they were.
    """

    changes: tuple[Change, ...]
    missing: tuple[Occurrence, ...]
    stale: tuple[Occurrence, ...]
    known: Reading


def compare(before: Reading, after: Reading, now: datetime) -> Comparison:
    """What changed for the meetings that are not over at `now`. Both are to be read with their cancelled instances."""
    if before is after or before.occurrences == after.occurrences:
        return Comparison((), (), (), after)
    pairs, gone, new = _matched(before.occurrences, after.occurrences)
    stale = _stale(pairs)
    changes = [Change(_what(old, one), old, one) for old, one in pairs if old.uid not in stale and one.end > now]
    changes += [Change(("added",), None, one) for one in new if one.uid not in stale and one.end > now]
    lost = [one for one in gone if one.uid not in stale and now < one.start < after.window[1] and not one.cancelled]
    due = sum(one.start > now and not one.cancelled for one in before.occurrences)
    missing = lost if 2 * len(lost) > due else [one for one in lost if _doubtful(one, before, after)]
    changes += [Change(("cancelled",), one, None) for one in lost if one not in missing]
    held = [one for one in before.occurrences if one.uid in stale]
    return Comparison(
        tuple(sorted((one for one in changes if _matters(one)), key=_by_start)),
        tuple(missing),
        tuple(held),
        _known(after, [*missing, *held], stale),
    )


def _matters(change: Change) -> bool:
    return bool(change.what) and not (change.before is None and change.after is not None and change.after.cancelled)


def _by_start(change: Change) -> tuple[datetime, Identity]:
    return min((one.start_utc, (one.uid, one.recurrence_id or "")) for one in (change.before, change.after) if one)


def _known(after: Reading, kept: list[Occurrence], stale: set[str]) -> Reading:
    believed = [one for one in after.occurrences if one.uid not in stale]
    return replace(after, occurrences=tuple(sorted([*believed, *kept], key=lambda one: (one.start, one.uid))))


def identity(occurrence: Occurrence) -> Identity:
    """By which a meeting is found again: its UID, and its RECURRENCE-ID where it is one of a series."""
    return occurrence.uid, occurrence.recurrence_id


_Pair = tuple[Occurrence, Occurrence]


def _matched(
    before: Sequence[Occurrence], after: Sequence[Occurrence]
) -> tuple[list[_Pair], list[Occurrence], list[Occurrence]]:
    """The same meetings before and after, then those only before, then those only after."""
    known = {identity(one): one for one in before}
    coming = {identity(one): one for one in after}
    pairs = [(known.pop(key), coming.pop(key)) for key in known.keys() & coming.keys()]
    for one, other in chain(_by_url(before, after, known, coming), _by_day(known, coming)):
        if one in known and other in coming:
            pairs.append((known.pop(one), coming.pop(other)))
    return pairs, list(known.values()), list(coming.values())


def _by_url(
    before: Iterable[Occurrence],
    after: Iterable[Occurrence],
    known: dict[Identity, Occurrence],
    coming: dict[Identity, Occurrence],
) -> Iterator[tuple[Identity, Identity]]:
    """A URL names a meeting where one UID alone has it, before and after: a shared link to a call does not."""
    old, new = _owners(before), _owners(after)
    for url in old.keys() & new.keys():
        if len(old[url]) == len(new[url]) == 1:
            (was,), (is_now,) = old[url], new[url]
            yield from (
                ((was, rid), (is_now, rid)) for uid, rid in list(known) if uid == was and (is_now, rid) in coming
            )


def _owners(occurrences: Iterable[Occurrence]) -> dict[str, set[str]]:
    owners = defaultdict[str, set[str]](set)
    for one in occurrences:
        if one.url:
            owners[one.url].add(one.uid)
    return owners


def _by_day(
    known: dict[Identity, Occurrence], coming: dict[Identity, Occurrence]
) -> Iterator[tuple[Identity, Identity]]:
    """Instances of one UID left over on both sides, the nearest in time: the series was moved, or became one."""
    mine = defaultdict[str, list[Occurrence]](list)
    for one in coming.values():
        mine[one.uid].append(one)
    for old in sorted(known.values(), key=lambda one: one.start_utc):
        near = [one for one in mine[old.uid] if abs(one.start_utc - old.start_utc) <= SHIFT]
        if near:
            nearest = min(near, key=lambda one: abs(one.start_utc - old.start_utc))
            mine[old.uid].remove(nearest)
            yield identity(old), identity(nearest)


def _stale(pairs: Iterable[_Pair]) -> set[str]:
    """The UIDs of which the second reading says less than is known already."""
    versions: dict[str, tuple[tuple[int, datetime], tuple[int, datetime]]] = {}
    for old, new in pairs:
        if old.uid == new.uid:
            was, is_now = versions.get(old.uid, (_NEVER, _NEVER))
            versions[old.uid] = _latest(was, old), _latest(is_now, new)
    return {uid for uid, (was, is_now) in versions.items() if _is_older(is_now, was)}


_NEVER = (0, datetime.min.replace(tzinfo=UTC))


def _latest(version: tuple[int, datetime], one: Occurrence) -> tuple[int, datetime]:
    return max(version[0], one.sequence), max(version[1], one.modified or _NEVER[1])


def _is_older(new: tuple[int, datetime], old: tuple[int, datetime]) -> bool:
    """A later LAST-MODIFIED excuses a lower SEQUENCE: a calendar moved to another server counts from zero again."""
    return new[1] <= old[1] if new[0] < old[0] else new[0] == old[0] and new[1] < old[1]


def _what(old: Occurrence, new: Occurrence) -> tuple[What, ...]:
    if new.cancelled or old.cancelled:
        return () if new.cancelled and old.cancelled else ("cancelled",) if new.cancelled else ("added",)
    found: list[What] = []
    if (old.start, old.end, old.all_day, old.location) != (new.start, new.end, new.all_day, new.location):
        found.append("moved")
    if _says(old) != _says(new):
        found.append("agenda" if _items(old) != _items(new) else "details")
    return tuple(found)


def _says(one: Occurrence) -> tuple[object, ...]:
    return one.summary, one.description, one.html, one.url, one.attachments


def _items(one: Occurrence) -> list[tuple[object, ...]]:
    """What is on the agenda; when each item begins follows from the meeting's own start."""
    its = plan(one)
    if any(problem.code == "no-agenda" for problem in its.problems):
        return []
    return [(item.number, item.title, item.minutes, item.rapporteur, item.kind, item.level) for item in its.items]


def _doubtful(one: Occurrence, before: Reading, after: Reading) -> bool:
    """Whether the calendar was not read whole, or not this event of it; one that was always broken explains nothing."""
    always = {(problem.code, problem.place.uid) for problem in before.problems}
    return any(
        problem.code in _INCOMPLETE
        or (
            problem.code in _LEFT_OUT
            and problem.place.uid in {one.uid, None}
            and (problem.code, problem.place.uid) not in always
        )
        for problem in after.problems
    )
