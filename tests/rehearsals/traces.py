"""What acts and voices must leave behind, and what they do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from meetings.domain import debate, values, voting
from meetings.domain.events import Adjourned, Event, ItemOpened, Opened, Recorded
from meetings.recording.journal import segments
from meetings.recording.rtp import Heard
from meetings.rehearsal import steps as acts
from meetings.rehearsal.steps import Step

Act = tuple[str, ...]
"""An event by its kind, whom it names, and the choice it tells."""


KINDS = (
    Opened,
    ItemOpened,
    debate.HandRaised,
    debate.FloorGiven,
    debate.FloorTaken,
    voting.BallotOpened,
    voting.BallotCast,
    voting.BallotClosed,
    Adjourned,
)


def answered(steps: Sequence[Step], names: Mapping[str, str]) -> list[Act]:
    """What the log must hold, in order, once these steps were answered; `names` by the scenario's keys."""
    return list(_told((event for step in steps if isinstance(step, acts.Act) for event in step.events), names))


def logged(history: Sequence[Recorded], names: Mapping[values.MemberId, str]) -> list[Act]:
    """What the log does hold, told the same way."""
    return list(_told((recorded.event for recorded in history), {str(key): name for key, name in names.items()}))


def _told(events: Iterable[Event], names: Mapping[str, str]) -> Iterator[Act]:
    for event in events:
        if isinstance(event, KINDS):
            act = [type(event).__name__]
            if isinstance(event, debate.HandRaised | debate.FloorGiven | debate.FloorTaken | voting.BallotCast):
                act += [names[event.member]]
            if isinstance(event, voting.BallotCast):
                act += [event.mark or ""]
            yield tuple(act)


def packets(recording: Path) -> dict[int, list[Heard]]:
    """What a journal holds, by SSRC, in the order written."""
    heard: dict[int, list[Heard]] = {}
    for segment in segments(recording):
        for entry in segment.entries():
            if isinstance(entry, Heard):
                heard.setdefault(entry.ssrc, []).append(entry)
    return heard


def gaps(source: Sequence[Heard]) -> list[int]:
    """How many packets are missing in a row, wherever any are."""
    steps = [(after.seq - before.seq - 1) & 0xFFFF for before, after in pairwise(source)]
    return [missing for missing in steps if missing]
