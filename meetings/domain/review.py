"""The review: what the secretary corrects in what was heard, as events, and the lines that come of it.

A line is an utterance, until it is split or merged; it bears the utterance's id, and a part split off one of its own.
Events hold ids, instants and digests; the words lie beside the chain, every version of them. Nothing is lost: a line
that is struck, or merged into another, stays in the log with all it was, and every act can be undone while nobody built
on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NewType

from meetings.domain.persistent import PersistentMap
from meetings.domain.tape import UtteranceRecorded
from meetings.domain.values import MemberId, UtteranceId

if TYPE_CHECKING:  # which imports the events below
    from meetings.domain.events import Recorded

LineId = NewType("LineId", str)


@dataclass(frozen=True, slots=True)
class LineCorrected:
    """The line's words are now those of this SHA-256 digest."""

    line: LineId
    digest: str


@dataclass(frozen=True, slots=True)
class LineStruck:
    """The line is left out of the minutes, and kept."""

    line: LineId


@dataclass(frozen=True, slots=True)
class LineRestored:
    """A line that was struck is in the minutes again."""

    line: LineId


@dataclass(frozen=True, slots=True)
class LineAttributed:
    """It was this member who said it."""

    line: LineId
    member: MemberId


@dataclass(frozen=True, slots=True)
class LineMoved:
    """The line belongs to this item of the agenda, whatever was in debate when it was said."""

    line: LineId
    item: int


@dataclass(frozen=True, slots=True)
class LineSplit:
    """What the line says from `at` on is a line of its own, `part`; the digests are of both their words."""

    line: LineId
    digest: str
    part: LineId
    rest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LinesMerged:
    """The line's words are at the end of `into`, whose words are now those of `digest`."""

    line: LineId
    into: LineId
    digest: str


@dataclass(frozen=True, slots=True)
class ReviewUndone:
    """The lines are again as they were before the act at place `act` of the log."""

    act: int


ReviewEvent = (
    LineCorrected | LineStruck | LineRestored | LineAttributed | LineMoved | LineSplit | LinesMerged | ReviewUndone
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands. `digest` is empty while its words are as transcribed; `item` None where time says it.

    `into` is the line it was merged into, or was split from and came back to: it is no line of its own any more.
    """

    id: LineId
    member: MemberId
    start: datetime
    end: datetime
    digest: str = ""
    item: int | None = None
    struck: bool = False
    into: LineId | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to lines at place `seq` of the log: how they were before, and after."""

    seq: int
    by: MemberId | None
    before: Mapping[LineId, Line]
    after: Mapping[LineId, Line]
    undoes: int | None = None
    undone: bool = False


@dataclass(frozen=True)
class Review:
    """The lines that were touched, and all that was done to them."""

    touched: PersistentMap[LineId, Line] = field(default_factory=PersistentMap)
    acts: PersistentMap[int, Act] = field(default_factory=PersistentMap)

    def line(self, key: LineId, uttered: Mapping[UtteranceId, UtteranceRecorded]) -> Line | None:
        """The line of that id."""
        if key in self.touched:
            return self.touched[key]
        spoken = uttered.get(UtteranceId(key))
        return untouched(spoken) if spoken else None

    def lines(self, uttered: Mapping[UtteranceId, UtteranceRecorded]) -> list[Line]:
        """Every line there is now, struck ones too, by their start."""
        own = [self.touched.get(LineId(key)) or untouched(spoken) for key, spoken in uttered.items()]
        parts = [line for key, line in self.touched.items() if UtteranceId(key) not in uttered]
        standing = (line for line in (*own, *parts) if line.into is None)
        return sorted(standing, key=lambda line: (line.start, line.id))

    def item(self, key: str) -> int | None:
        """The item a line was moved to, if it was."""
        line = self.touched.get(LineId(key))
        return line.item if line else None

    def undoable(self, act: int) -> bool:
        """Whether an act can be undone: it was not, and its lines are still as it left them."""
        done = self.acts.get(act)
        return (
            done is not None and not done.undone and all(self.touched[key] == line for key, line in done.after.items())
        )

    def last(self, by: MemberId | None, *, undoing: bool = False) -> int | None:
        """The place of somebody's last act that stands: something done or, with `undoing`, something undone."""
        own = (act.seq for act in self.acts.values() if act.by == by and not act.undone)
        return max((seq for seq in own if (self.acts[seq].undoes is not None) is undoing), default=None)

    def evolve(self, recorded: "Recorded", uttered: Mapping[UtteranceId, UtteranceRecorded]) -> "Review":
        """The review after an event; any but its own changes nothing."""
        seq, by, event = recorded.seq, recorded.by, recorded.event
        if isinstance(event, ReviewUndone):
            return self._undone(seq, by, event.act)
        after = self._after(event, uttered) if isinstance(event, ReviewEvent) else {}
        if not after:
            return self
        known = {key: self.line(key, uttered) for key in after}
        before = {key: line or replace(after[key], into=_whence(event)) for key, line in known.items()}
        return Review(self.touched | after, self.acts | {seq: Act(seq, by, before, after)})

    def _after(self, event: ReviewEvent, uttered: Mapping[UtteranceId, UtteranceRecorded]) -> dict[LineId, Line]:
        """The lines an event changes, as it leaves them."""
        if isinstance(event, ReviewUndone) or (line := self.line(event.line, uttered)) is None:
            return {}
        match event:
            case LineCorrected(digest=digest):
                return {line.id: replace(line, digest=digest)}
            case LineStruck() | LineRestored():
                return {line.id: replace(line, struck=isinstance(event, LineStruck))}
            case LineAttributed(member=member):
                return {line.id: replace(line, member=member)}
            case LineMoved(item=item):
                return {line.id: replace(line, item=item)}
            case LineSplit(digest=digest, part=part, rest=rest, at=at):
                first = replace(line, end=at, digest=digest)
                return {line.id: first, part: replace(line, id=part, start=at, digest=rest)}
            case LinesMerged(into=into, digest=digest):
                whole = self.line(into, uttered)
                if whole is None:
                    return {}
                longer = replace(whole, digest=digest, end=max(whole.end, line.end))
                return {line.id: replace(line, into=into), into: longer}

    def _undone(self, seq: int, by: MemberId | None, act: int) -> "Review":
        done = self.acts.get(act)
        if done is None:
            return self
        undoing = Act(seq, by, done.after, done.before, undoes=act)
        return Review(self.touched | done.before, self.acts | {act: replace(done, undone=True), seq: undoing})


def untouched(spoken: UtteranceRecorded) -> Line:
    """The line that an utterance is."""
    return Line(LineId(spoken.utterance), spoken.member, spoken.start, spoken.end)


def _whence(event: object) -> LineId | None:
    return event.line if isinstance(event, LineSplit) else None
