"""What acts and voices must leave behind, and what they do."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from meetings.domain import debate, values, voting
from meetings.domain import events as e
from meetings.recording.journal import segments
from meetings.recording.rtp import Heard
from meetings.rehearsal import steps as acts

Act = tuple[str, ...]
"""An event by its kind, whom it names, and the choice it tells."""


def answered(steps: Sequence[acts.Step], names: dict[str, str]) -> Iterator[Act]:
    """What the log must hold, in order, once these steps were answered; `names` by the scenario's keys."""
    queue: list[str] = []
    speaker, secret = "", False
    for step in steps:
        match step:
            case acts.Open():
                yield ("Opened",)
            case acts.Next():
                yield ("ItemOpened",)
            case acts.Raise(member=member):
                queue.append(member)
                yield "HandRaised", names[member]
            case acts.Give(member=member):
                if speaker:
                    yield "FloorTaken", names[speaker]
                speaker = member or queue.pop(0)
                yield "FloorGiven", names[speaker]
            case acts.Take():
                yield "FloorTaken", names[speaker]
                speaker = ""
            case acts.Ballot():
                secret = step.secret
                yield ("BallotOpened",)
            case acts.Vote(member=member, choice=choice):
                yield "BallotCast", names[member], "" if secret else choice.value
            case acts.Close():
                yield ("BallotClosed",)
            case acts.Adjourn():
                yield ("Adjourned",)


KINDS = (
    e.Opened,
    e.ItemOpened,
    debate.HandRaised,
    debate.FloorGiven,
    debate.FloorTaken,
    voting.BallotOpened,
    voting.BallotCast,
    voting.BallotClosed,
    e.Adjourned,
)


def logged(history: Sequence[e.Recorded], names: dict[values.MemberId, str]) -> Iterator[Act]:
    """What the log does hold, told the same way."""
    for recorded in history:
        event = recorded.event
        if isinstance(event, KINDS):
            act = [type(event).__name__]
            if isinstance(event, debate.HandRaised | debate.FloorGiven | debate.FloorTaken):
                act += [names[event.member]]
            if isinstance(event, voting.BallotCast):
                act += [names[event.member], event.choice.value if event.choice else ""]
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
