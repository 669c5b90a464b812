"""How long a long meeting takes to open, and whether one more event costs more at its end than at its start.

    python benchmarks/log.py [--events 100000] [--rounds 5]

Opening is a council's start: the log read from SQLite, decoded and folded; folding is its part without the reading.
Beside it the least that any program in Python does: the same rows read by `sqlite3` and parsed by `json`, nothing made
of them. All in seconds of processor time, in turns; other programs on the machine make all of them slower alike, so
that the ratio says more. One more event is a command through the council, durable, timed in turns on a young meeting
and on the long one.
"""

import argparse
import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain import debate, tape, values, voting
from meetings.domain import events as e
from meetings.domain.meeting import fold
from meetings.log.store import Log

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
MEMBERS = [values.MemberId(f"10000000000000{number:04}") for number in range(200)]
CHAIR = MEMBERS[0]
YOUNG, LONG = values.MeetingId("young"), values.MeetingId("long")


def story() -> Iterator[e.Event]:
    """A meeting without end: members come and go, speak and are written down, and vote on a motion now and then."""
    roster = tuple(values.Seat(one, values.Role.CHAIR if one == CHAIR else values.Role.MEMBER) for one in MEMBERS)
    items = (values.PlannedItem(1, "Bancs"),)
    yield e.Planned("Conseil", "Séance", AT, AT + timedelta(hours=3), "1", "voice", "fr", items, roster)
    yield e.Convened()
    yield from map(e.Arrived, MEMBERS)
    yield e.Opened(len(MEMBERS), len(MEMBERS) // 2 + 1)
    yield e.ItemOpened(1)
    yield tape.RecordingStarted()
    for number in count():
        member = MEMBERS[1 + number % (len(MEMBERS) - 1)]
        yield from (e.Left(member), e.Arrived(member), debate.HandRaised(member), debate.FloorGiven(member))
        said = values.UtteranceId(f"{member}-{number}")
        yield tape.UtteranceRecorded(said, member, AT, AT + timedelta(seconds=5))
        yield debate.FloorTaken(member)
        yield tape.UtteranceTranscribed(said, f"{number:064x}", "base")
        if number % 500 == 499:
            ballot = values.BallotId(f"ballot-{number}")
            yield voting.BallotOpened(ballot, "Oui ?", secret=False)
            yield from (voting.BallotCast(ballot, one, values.Choice.FOR) for one in MEMBERS)
            tally = values.Tally(len(MEMBERS))
            yield voting.BallotClosed(ballot, tally, values.Outcome.ADOPTED, values.Why.MAJORITY, f"2026-{number}")


def write(log: Log, meeting: values.MeetingId, events: int) -> None:
    log.append(
        [
            e.Recorded(meeting, seq, AT + timedelta(seconds=seq / 10), CHAIR, f"3000000000000{seq:06}", event)
            for seq, event in enumerate(islice(story(), events), 1)
        ]
    )


async def one_more(council: Council, meeting: values.MeetingId, times: int) -> float:
    """Seconds an event, of a member who raises a hand and lowers it again."""
    member = MEMBERS[-1]
    began = time.perf_counter()
    for _ in range(times):
        for kind in (c.RaiseHand, c.LowerHand):
            assert isinstance(await council.handle(kind(meeting=meeting, at=AT, by=member)), tuple)
    return (time.perf_counter() - began) / (2 * times)


def bare(file: Path) -> None:
    with sqlite3.connect(file) as rows:
        found = rows.execute("SELECT seq, at, by, cause, type, data FROM events ORDER BY seq").fetchall()
    rows.close()
    [json.loads(row[-1]) for row in found]


def seconds(work: Callable[[], object]) -> float:
    """Of processor time."""
    began = time.process_time()
    kept = work()
    took = time.process_time() - began
    del kept
    return took


def shown(what: str, found: tuple[float, ...]) -> None:
    print(f"{what:<22}{statistics.median(found):7.2f} s   best {min(found):.2f}")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    order = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "council.db"
        log = Log.open(file)
        write(log, LONG, order.events)
        assert Council(log).meeting(LONG).seq == order.events
        history = log.read(LONG)
        works = (lambda: Council(log)), (lambda: fold(LONG, history)), (lambda: bare(file))
        opening, folding, least = zip(*([seconds(one) for one in works] for _ in range(order.rounds)), strict=True)
        write(log, YOUNG, 250)
        council = Council(log)
        times = [[await one_more(council, one, 50) for one in (YOUNG, LONG)] for _ in range(order.rounds)]
    shown(f"open {order.events} events", opening)
    shown("fold them", folding)
    shown("rows and JSON alone", least)
    print(f"ratio                 {statistics.median(a / b for a, b in zip(opening, least, strict=True)):7.2f}")
    print(f"one more at the start {statistics.median(young for young, _ in times) * 1000:7.2f} ms")
    print(f"one more at the end   {statistics.median(old for _, old in times) * 1000:7.2f} ms")
    print(f"ratio                 {statistics.median(old / young for young, old in times):7.2f}")


if __name__ == "__main__":
    asyncio.run(main())
