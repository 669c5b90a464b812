"""What the secretary, or the chair, may do to lines, and what comes of it.

Who corrects says which words were before their eyes (`base`): where another was quicker, nothing is overwritten.
"""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.commands import Command
from meetings.domain.events import Event
from meetings.domain.meeting import Meeting
from meetings.domain.rectified import rectified
from meetings.domain.refusals import Code, Refusal
from meetings.domain.review import (
    Chosen,
    EchoHeard,
    Line,
    LineAttributed,
    LineCorrected,
    LineId,
    LineMoved,
    LineRestored,
    LinesMerged,
    LineSplit,
    LineStruck,
    ReviewUndone,
    SentenceChosen,
)
from meetings.domain.values import MemberId, Role, UtteranceId

Moved = tuple[tuple[int, int], ...]
"""Where sentences are once words were put right: the place of each before, and after; one that is not there is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing(Command):
    """What every command of the review is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLine(Reviewing):
    """A command about one line."""

    line: LineId


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectLine(OnLine):
    """Give a line the words of `digest`, which lie beside the log already."""

    base: str
    digest: str
    moved: Moved = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeLine(OnLine):
    """Leave a line out of the minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreLine(OnLine):
    """Take a struck line in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeLine(OnLine):
    """Say who said it."""

    member: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine(OnLine):
    """Put a line under an item."""

    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSentence(OnLine):
    """Put the line's sentence at this place into the substance of the debate, or take it out."""

    base: str
    place: int
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitLine(OnLine):
    """Make two lines of one at an instant within it, `since`; the digests are of the words of both."""

    base: str
    digest: str
    part: LineId
    rest: str
    since: datetime
    moved: Moved = ()
    rest_moved: Moved = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine(OnLine):
    """Put a line's words at the end of another's; both bases are what was before one's eyes."""

    base: str
    into: LineId
    into_base: str
    digest: str
    moved: Moved = ()
    into_moved: Moved = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReview(Reviewing):
    """Undo the act at this place of the log."""

    act: int


def review(meeting: Meeting, command: Command) -> list[Event] | Refusal | None:
    """What comes of a command of the review; None for any other."""
    if not isinstance(command, Reviewing):
        return None
    seat = meeting.attendance.seat(command.by)
    if seat is None or seat.role not in {Role.SECRETARY, Role.CHAIR}:
        return Refusal(Code.SECRETARY_ONLY)
    if meeting.path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    if isinstance(command, UndoReview):
        possible = meeting.review.undoable(command.act)
        return [ReviewUndone(command.act)] if possible else Refusal(Code.NOT_UNDOABLE)
    return _on_line(meeting, command) if isinstance(command, OnLine) else None


def echo(meeting: Meeting, key: UtteranceId, of: UtteranceId) -> list[Event] | Refusal:
    """An utterance repeats what another member said at that time; whatever somebody had in hand already stays."""
    uttered, review = meeting.recording.utterances, meeting.review
    again, said, voice = uttered.get(key), uttered.get(of), review.line(LineId(of), uttered)
    if again is None or said is None or voice is None:
        return Refusal(Code.NO_SUCH_LINE)
    if meeting.path.approval:
        return Refusal(Code.MINUTES_APPROVED)
    if LineId(key) in review.touched:
        return Refusal(Code.NOTHING_CHANGED)
    apart = again.member == said.member or again.start >= said.end or said.start >= again.end
    gone = voice.struck or voice.into is not None or voice.of is not None
    behind = {line.member for line in review.touched.values() if line.of and review.voice(line.of) == LineId(key)}
    if apart or gone or said.member in behind:  # else what one member said could be left out altogether
        return Refusal(Code.NO_ECHO)
    return [EchoHeard(LineId(key), LineId(of))]


def _on_line(meeting: Meeting, command: OnLine) -> list[Event] | Refusal:
    line = _line(meeting, command.line)
    if line is None:
        return Refusal(Code.NO_SUCH_LINE)
    match command:
        case CorrectLine(base=base, digest=digest, moved=moved):
            chosen = _carried(line, moved)
            return _unless(line.digest == digest, _stale(line, base), LineCorrected(line.id, digest, chosen))
        case StrikeLine():
            return _unless(line.struck, None, LineStruck(line.id))
        case RestoreLine():
            return _unless(not line.struck, None, LineRestored(line.id))
        case AttributeLine(member=member):
            stranger = None if meeting.attendance.seat(member) else Refusal(Code.NOT_A_MEMBER)
            return _unless(line.member == member, stranger, LineAttributed(line.id, member))
        case MoveLine(item=item):
            absent = None if meeting.agenda.find(item) else Refusal(Code.NO_SUCH_ITEM, {"number": item})
            return _unless(line.item == item, absent, LineMoved(line.id, item))
        case ChooseSentence(base=base, place=place, kept=kept):
            absent = None if place >= 0 else Refusal(Code.NOTHING_CHANGED)
            same = dict(line.chosen).get(place) is kept
            return _unless(same, _stale(line, base) or absent, SentenceChosen(line.id, place, kept))
        case SplitLine(base=base, part=part, since=since):
            outside = None if line.start < since < line.end else Refusal(Code.NOTHING_CHANGED)
            taken = Refusal(Code.LINE_CHANGED) if meeting.review.line(part, meeting.recording.utterances) else None
            both = _carried(line, command.moved), _carried(line, command.rest_moved)
            split = LineSplit(line.id, command.digest, part, command.rest, since, *both)
            return _unless(False, _stale(line, base) or outside or taken, split)
        case MergeLine(base=base, into=into, into_base=into_base, digest=digest):
            whole = _line(meeting, into)
            if whole is None or whole.id == line.id:
                return Refusal(Code.NO_SUCH_LINE)
            stale = _stale(line, base) or _stale(whole, into_base)
            joined = dict(_carried(line, command.moved)) | dict(_carried(whole, command.into_moved))
            return _unless(False, stale, LinesMerged(line.id, into, digest, tuple(sorted(joined.items()))))
    raise TypeError(f"no decision for {type(command).__name__}")


def _line(meeting: Meeting, key: LineId) -> Line | None:
    """A line that stands, its words those that its speaker asked for where they stand in it."""
    line = meeting.review.line(key, meeting.recording.utterances)
    return rectified(meeting).get(key, line) if line and line.into is None else None


def _carried(line: Line, moved: Moved) -> Chosen:
    """What was chosen of a line, where its sentences are now."""
    places = dict(moved)
    return tuple(sorted((places[place], kept) for place, kept in line.chosen if place in places))


def _stale(line: Line, base: str) -> Refusal | None:
    return None if line.digest == base else Refusal(Code.LINE_CHANGED)


def _unless(same: bool, refusal: Refusal | None, event: Event) -> list[Event] | Refusal:
    """The event, where nothing stands against it and it changes something."""
    return refusal or (Refusal(Code.NOTHING_CHANGED) if same else [event])
