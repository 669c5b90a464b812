"""SIGKILL at any instant: every act that was acknowledged is in the log, none is there twice, and the meeting goes on.

Each life is a process of its own, forked from one that has everything loaded: it opens the log, takes up what its
predecessor was asked and had not answered, as Discord delivers again what it got no answer for, and carries on with
random acts until it is killed.
"""

import asyncio
import contextlib
import json
import multiprocessing
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, groupby
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import fold
from meetings.domain.refusals import Refusal
from meetings.domain.settling import tally
from meetings.domain.values import BallotId, Choice, MeetingId, MemberId, PlannedItem, Role, Seat, UtteranceId
from meetings.domain.voting import BallotCast, UrnOpened
from meetings.log.store import Log

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID = MeetingId("m")
MEMBERS = tuple(MemberId(f"member{number}") for number in range(8))
CHAIR = MEMBERS[0]
ROSTER = tuple(Seat(one, Role.CHAIR if one == CHAIR else Role.MEMBER) for one in MEMBERS)
PLAN = Planned("C", "S", START, START + timedelta(hours=1), "1", "voice", "fr", (PlannedItem(1, "Bancs"),), ROSTER)
LIVES = {"sqlite": 200, "postgresql": 30}
TOGETHER = 6
"""Acts asked at once."""


async def founded(log: Log) -> None:
    council = Council(log)
    await council.handle(c.Plan(meeting=ID, at=START, plan=PLAN))
    await council.handle(c.Convene(meeting=ID, at=START))
    for member in MEMBERS:
        await council.handle(c.Arrive(meeting=ID, at=START, member=member))
    await council.handle(c.Open(meeting=ID, at=START, by=CHAIR))


def act(council: Council, cause: str, at: datetime, chance: random.Random) -> c.Command:
    """A random act; most are possible when their turn comes, the others are refused."""
    common = {"meeting": ID, "at": at, "cause": cause}
    running, who = council.meeting(ID).running_ballot, chance.choice(MEMBERS)
    if running is None:
        voting = [
            c.OpenBallot(by=CHAIR, ballot=BallotId(cause), motion="M", secret=chance.random() < 0.5, **common)
        ] * 3
    else:
        voting = [c.CastVote(by=who, ballot=running.id, mark=chance.choice([*Choice]), **common)] * 6
        voting += [c.CloseBallot(by=CHAIR, ballot=running.id, **common)]
    return chance.choice(
        [
            *voting,
            c.RaiseHand(by=who, **common),
            c.LowerHand(by=who, **common),
            c.GiveFloor(by=CHAIR, **common),
            c.TakeFloor(by=CHAIR, **common),
            c.NoteUtterance(utterance=UtteranceId(cause), member=who, start=at, end=at, **common),
        ]
    )


def live(where: str, seed: int, watch: "Watch", tell: Connection) -> None:
    """One life: says what the log has lost, then each act when it is asked, and its cause when it is answered."""

    async def go_on() -> None:
        council = Council(Log.open(where))
        tell.send(("lost", [cause for cause in watch.written if not council.has(ID, cause)]))

        async def ask(command: c.Command) -> None:
            tell.send(("asked", command))
            answer = await council.handle(command)
            tell.send(("refused" if isinstance(answer, Refusal) else "written", command.cause))

        await asyncio.gather(*map(ask, watch.unanswered))
        chance = random.Random(seed)
        for number in count():
            at = START + timedelta(seconds=seed, milliseconds=number)
            causes = [f"{seed}-{number}-{part}" for part in range(TOGETHER)]
            await asyncio.gather(*(ask(act(council, cause, at, chance)) for cause in causes))

    asyncio.run(go_on())


@dataclass
class Watch:
    """What was heard of all lives."""

    asked: dict[str, c.Command] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    opened: int = 0

    @property
    def unanswered(self) -> list[c.Command]:
        return [command for cause, command in self.asked.items() if cause not in self.written | self.refused]

    def hear(self, kind: str, what: object) -> None:
        match kind, what:
            case "asked", c.Command() as command:
                self.asked.setdefault(command.cause, command)
            case "lost", list() as lost:
                self.opened += 1
                self.lost |= set(lost)
            case _:
                getattr(self, kind).add(what)


def lived(where: str, seed: int, watch: Watch, chance: random.Random) -> None:
    """A life until SIGKILL: mostly amid its acts, sometimes while it opens the log."""
    hear, tell = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=live, args=(where, seed, watch, tell))
    process.start()
    tell.close()
    if chance.random() < 0.8:
        for _ in range(chance.randrange(1, 20)):
            watch.hear(*hear.recv())
    time.sleep(chance.uniform(0, 0.01))
    process.kill()
    with contextlib.suppress(EOFError, OSError):  # it may have been killed in the middle of a word
        while True:
            watch.hear(*hear.recv())
    process.join()
    if process.exitcode != -signal.SIGKILL:
        sys.exit(f"life {seed} ended by itself: {process.exitcode}")


def all_lives(where: str, lives: int) -> None:
    """Live and die as often as that, then write what was heard, as JSON."""
    log = Log.open(where)
    Council(log)  # so that every life finds the codec's readers made, as they take longer than a life
    log.close()
    watch, chance = Watch(), random.Random(5)
    for seed in range(lives):
        lived(where, seed, watch, chance)
    heard = {"asked": [*watch.asked], "opened": watch.opened}
    json.dump(heard | {name: [*getattr(watch, name)] for name in ("written", "refused", "lost")}, sys.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("where", LIVES, indirect=True)
def test_no_acknowledged_act_is_lost_or_doubled_however_often_the_process_is_killed(where: Path | str) -> None:
    lives = LIVES["sqlite" if isinstance(where, Path) else "postgresql"]
    log = Log.open(where)
    asyncio.run(founded(log))
    command = [sys.executable, __file__, str(where), str(lives)]
    done = subprocess.run(command, capture_output=True, env={"PYTHONPATH": str(Path(__file__).parents[2])})  # noqa: S603
    assert done.returncode == 0, done.stderr.decode()
    heard = {name: what if isinstance(what, int) else set(what) for name, what in json.loads(done.stdout).items()}
    history = log.read(ID)
    acts_ = [list(events) for cause, events in groupby(history, lambda one: one.cause) if cause in heard["asked"]]
    causes = [events[0].cause for events in acts_]
    assert not heard["lost"]
    assert heard["opened"] > lives // 2
    assert len(heard["written"]) > lives
    assert heard["written"] <= set(causes)
    assert not heard["refused"] & set(causes)
    assert [cause for cause, times in Counter(causes).items() if times > 1] == []
    assert log.verify(ID) is None
    assert Council(log).meeting(ID) == fold(ID, history)
    assert_urns_hold_what_was_cast(log, history)
    log.close()


def assert_urns_hold_what_was_cast(log: Log, history: list[Recorded]) -> None:
    """A secret vote and its paper are written together; a closing counts and publishes all and empties the urn."""
    cast = Counter(one.event.ballot for one in history if isinstance(one.event, BallotCast) and not one.event.mark)
    assert cast
    opened = {one.event.ballot: one.event.slips for one in history if isinstance(one.event, UrnOpened)}
    assert cast.keys() & opened.keys()
    assert {ballot: len(opened.get(ballot) or log.urn(ballot)) for ballot in cast} == cast
    for ballot, state in fold(ID, history).ballots.items():
        if ballot in opened:
            assert len({slip.receipt for slip in opened[ballot]}) == len(opened[ballot])
            assert (log.urn(ballot), log.seed(ballot)) == ((), "")
            assert state.result
            assert state.result.tally == tally(state)


if __name__ == "__main__":
    all_lives(sys.argv[1], int(sys.argv[2]))
