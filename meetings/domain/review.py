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

Chosen = tuple[tuple[int, bool], ...]
"""Sentences of a line put into the substance of the debate, or taken out: each by its place in the line."""


@dataclass(frozen=True, slots=True)
class LineCorrected:
    """The line's words are now those of this SHA-256 digest; `chosen` is where its chosen sentences are in them."""

    line: LineId
    digest: str
    chosen: Chosen = ()


@dataclass(frozen=True, slots=True)
class LineStruck:
    """The line is left out of the minutes, and kept."""

    line: LineId


@dataclass(frozen=True, slots=True)
class EchoHeard:
    """The line is what another microphone had of the voice in the line `of`: it is struck, by nobody's hand."""

    line: LineId
    of: LineId


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
class SentenceChosen:
    """The line's sentence at this place, from 0, is `kept` in the substance of the debate, or left out of it."""

    line: LineId
    place: int
    kept: bool


@dataclass(frozen=True, slots=True)
class LineSplit:
    """What the line says from `at` on is a line of its own, `part`; the digests are of both their words."""

    line: LineId
    digest: str
    part: LineId
    rest: str
    at: datetime
    chosen: Chosen = ()
    rest_chosen: Chosen = ()


@dataclass(frozen=True, slots=True)
class LinesMerged:
    """The line's words are at the end of `into`, whose words are now those of `digest`."""

    line: LineId
    into: LineId
    digest: str
    chosen: Chosen = ()


@dataclass(frozen=True, slots=True)
class ReviewUndone:
    """The lines are again as they were before the act at place `act` of the log."""

    act: int


ReviewEvent = (
    LineCorrected
    | LineStruck
    | EchoHeard
    | LineRestored
    | LineAttributed
    | LineMoved
    | SentenceChosen
    | LineSplit
    | LinesMerged
    | ReviewUndone
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands. `digest` is empty while its words are as transcribed; `item` None where time says it.

    `into` is the line it was merged into, or was split from and came back to: it is no line of its own any more.
    `worded` is the place in the log of what gave it its words; `whole` says that it is neither a part nor merged.
    `of` is the line that it was found to repeat, whatever was done to it since.
    """

    id: LineId
    member: MemberId
    start: datetime
    end: datetime
    digest: str = ""
    item: int | None = None
    struck: bool = False
    into: LineId | None = None
    chosen: Chosen = ()
    worded: int = 0
    whole: bool = True
    of: LineId | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to lines at place `seq` of the log: how they were before, and after; `again`: done once more."""

    seq: int
    by: MemberId | None
    before: Mapping[LineId, Line]
    after: Mapping[LineId, Line]
    undoes: int | None = None
    undone: bool = False
    again: bool = False


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

    def echoes(self) -> set[str]:
        """The lines, and so the utterances, that repeat another one, and that nobody took in again."""
        return {line.id for line in self.touched.values() if line.of and line.struck}

    def voice(self, key: LineId) -> LineId:
        """The line that a line repeats, and that repeats no other; itself, where it repeats none."""
        while (line := self.touched.get(key)) and line.of:
            key = line.of
        return key

    def item(self, key: str) -> int | None:
        """The item a line was moved to, if it was."""
        line = self.touched.get(LineId(key))
        return line.item if line else None

    def digest(self, key: LineId, seq: int) -> str:
        """The digest of a line's words before that place of the log; empty while they were as transcribed."""
        acts = (act for act in self.acts.values() if act.seq < seq and key in act.after)
        last = max(acts, key=lambda act: act.seq, default=None)
        return last.after[key].digest if last else ""

    def undoable(self, act: int) -> bool:
        """Whether an act can be undone: it was not, and its lines are still as it left them."""
        done = self.acts.get(act)
        return (
            done is not None and not done.undone and all(self.touched[key] == line for key, line in done.after.items())
        )

    def last(self, by: MemberId | None, *, undoing: bool = False) -> int | None:
        """The place of somebody's last act that stands: something done or, with `undoing`, something undone."""
        own = (act.seq for act in self.acts.values() if act.by == by and not act.undone and not act.again)
        return max((seq for seq in own if (self.acts[seq].undoes is not None) is undoing), default=None)

    def evolve(self, recorded: "Recorded", uttered: Mapping[UtteranceId, UtteranceRecorded]) -> "Review":
        """The review after an event; any but its own changes nothing."""
        seq, by, event = recorded.seq, recorded.by, recorded.event
        if isinstance(event, ReviewUndone):
            return self._undone(seq, by, event.act)
        after = self._after(seq, event, uttered) if isinstance(event, ReviewEvent) else {}
        if not after:
            return self
        known = {key: self.line(key, uttered) for key in after}
        before = {key: line or replace(after[key], into=_whence(event)) for key, line in known.items()}
        return Review(self.touched | after, self.acts | {seq: Act(seq, by, before, after)})

    def _after(
        self, seq: int, event: ReviewEvent, uttered: Mapping[UtteranceId, UtteranceRecorded]
    ) -> dict[LineId, Line]:
        """The lines that an event at a place in the log changes, as it leaves them."""
        if isinstance(event, ReviewUndone) or (line := self.line(event.line, uttered)) is None:
            return {}
        match event:
            case LineCorrected(digest=digest, chosen=chosen):
                return {line.id: replace(line, digest=digest, chosen=chosen, worded=seq)}
            case SentenceChosen(place=place, kept=kept):
                return {line.id: replace(line, chosen=tuple(sorted({**dict(line.chosen), place: kept}.items())))}
            case LineStruck() | LineRestored():
                return {line.id: replace(line, struck=isinstance(event, LineStruck))}
            case EchoHeard(of=of):
                return {line.id: replace(line, struck=True, of=of)}
            case LineAttributed(member=member):
                return {line.id: replace(line, member=member)}
            case LineMoved(item=item):
                return {line.id: replace(line, item=item)}
            case LineSplit(digest=digest, part=part, rest=rest, at=at, chosen=chosen, rest_chosen=rest_chosen):
                worded = replace(line, worded=seq, whole=False)
                second = replace(worded, id=part, start=at, digest=rest, chosen=rest_chosen)
                return {line.id: replace(worded, end=at, digest=digest, chosen=chosen), part: second}
            case LinesMerged(into=into, digest=digest, chosen=chosen):
                whole = self.line(into, uttered)
                if whole is None:
                    return {}
                longer = replace(whole, digest=digest, chosen=chosen, worded=seq, whole=False)
                return {line.id: replace(line, into=into), into: replace(longer, end=max(whole.end, line.end))}

    def _undone(self, seq: int, by: MemberId | None, act: int) -> "Review":
        done = self.acts.get(act)
        if done is None:
            return self
        again = done.undoes is not None and not done.again
        acts = {seq: Act(seq, by, done.after, done.before, undoes=act, again=again)}
        turned: int | None = act
        while turned is not None:  # who undoes an undoing does the first act again: what stood falls, what fell stands
            one = self.acts[turned]
            acts[turned], turned = replace(one, undone=not one.undone), one.undoes
        return Review(self.touched | done.before, self.acts | acts)


def untouched(spoken: UtteranceRecorded) -> Line:
    """The line that an utterance is."""
    return Line(LineId(spoken.utterance), spoken.member, spoken.start, spoken.end)


def _whence(event: object) -> LineId | None:
    return event.line if isinstance(event, LineSplit) else None
