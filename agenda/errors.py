"""What can be wrong with a calendar: errors when nothing is left to read, problems when the rest was read.

Both carry a code and fields; `agenda.words` turns them into sentences at the edge, in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ErrorCode = Literal[
    # what came
    "absent",
    "unreadable",
    "empty",
    "too-large",
    "not-calendar",
    "cut",
    "no-future-event",
    # how it was to come
    "bad-address",
    "insecure",
    "private-address",
    "unreachable",
    "bad-certificate",
    "slow",
    "interrupted",
    "denied",
    "not-found",
    "server-failed",
    "too-many-redirects",
    "not-caldav",
]

ProblemCode = Literal[
    # the file
    "not-read",
    "cut",
    "no-envelope",
    "no-event",
    "no-future-event",
    "not-utf8",
    "utf16",
    "window-cut",
    "too-many-events",
    "too-many-occurrences",
    "too-much-work",
    "more-problems",
    # one event
    "event-cut",
    "event-unreadable",
    "no-start",
    "no-uid",
    "bad-line",
    "bad-value",
    "line-cut",
    "ends-before-start",
    # time zones
    "floating",
    "zone-guessed",
    "zone-unknown",
    "zone-refused",
    # recurrence
    "rule-sub-daily",
    "rule-never",
    "rule-bad",
    "rule-too-long",
    "series-unreadable",
    # the agenda in an event's description
    "no-agenda",
    "document-read",
    "document-unread",
    "plan-too-long",
    "item-outside",
    "item-out-of-order",
]


@dataclass(frozen=True)
class Place:
    """Where in a calendar something was found; whatever is not known is None. Lines count from 1."""

    file: str | None = None
    uid: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Problem:
    """Something repaired or left out while the rest was read."""

    place: Place
    code: ProblemCode
    fields: Mapping[str, str | int] = field(default_factory=dict)


class CalendarError(Exception):
    """Nothing usable was left: `code` says why, `fields` what to name in the sentence."""

    def __init__(self, code: ErrorCode, **fields: str | int) -> None:
        super().__init__(code, fields)
        self.code: ErrorCode = code
        self.fields = fields


class Report:
    """Collects problems while a file is read; keeps the first `LIMIT` and counts the others."""

    LIMIT = 200

    def __init__(self, file: str | None = None) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._seen: set[tuple[object, ...]] = set()
        self._more = 0

    def add(self, code: ProblemCode, uid: str | None = None, line: int | None = None, **fields: str | int) -> None:
        """Note a problem; the same one at the same place is noted once."""
        key = (code, uid, line, *fields.items())
        if key in self._seen:
            return
        if len(self._problems) >= self.LIMIT:
            self._more += 1
            return
        self._seen.add(key)
        self._problems.append(Problem(Place(self._file, uid, line), code, fields))

    def problems(self) -> tuple[Problem, ...]:
        """All that was noted, in order; when some were only counted, the last one says how many."""
        if not self._more:
            return tuple(self._problems)
        return (*self._problems, Problem(Place(self._file), "more-problems", {"count": self._more}))
