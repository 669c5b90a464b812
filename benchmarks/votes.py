"""Votes a second through the council, each durable before it is answered: written together, and one at a time.

    python benchmarks/votes.py [--voters 2000] [--rounds 3] [--secret]

The two ways take turns in one run; the ratio is the median of the rounds' ratios.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.values import BallotId, Choice, MeetingId, MemberId, PlannedItem, Role, Seat
from meetings.log.store import Log

ID, BALLOT, AT = MeetingId("m"), BallotId("b"), datetime(2026, 11, 22, 18, tzinfo=UTC)


async def voting(folder: Path, voters: list[MemberId], *, secret: bool) -> Council:
    chair = voters[0]
    roster = tuple(Seat(one, Role.CHAIR if one == chair else Role.MEMBER) for one in voters)
    end = AT + timedelta(hours=1)
    plan = Planned("Conseil", "Séance", AT, end, "1", "voice", "fr", (PlannedItem(1, "Bancs"),), roster)
    council = Council(Log.open(folder / "council.db"))
    await council.handle(c.Plan(meeting=ID, at=AT, plan=plan))
    await council.handle(c.Convene(meeting=ID, at=AT))
    await asyncio.gather(*(council.handle(c.Arrive(meeting=ID, at=AT, member=one)) for one in voters))
    await council.handle(c.Open(meeting=ID, at=AT, by=chair))
    await council.handle(c.OpenBallot(meeting=ID, at=AT, by=chair, ballot=BALLOT, motion="Oui ?", secret=secret))
    return council


async def together(votes: list[Awaitable[object]]) -> None:
    await asyncio.gather(*votes)


async def one_by_one(votes: list[Awaitable[object]]) -> None:
    for vote in votes:
        await vote


async def measured(way: Callable[[list[Awaitable[object]]], Awaitable[None]], count: int, *, secret: bool) -> float:
    voters = [MemberId(str(number)) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        council = await voting(Path(folder), voters, secret=secret)
        votes = [c.CastVote(meeting=ID, at=AT, by=one, ballot=BALLOT, mark=Choice.FOR) for one in voters]
        began = time.perf_counter()
        await way([council.handle(vote) for vote in votes])
        took = time.perf_counter() - began
        assert len(council.meeting(ID).ballots[BALLOT].votes) == count
        council.log.close()
    return count / took


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--voters", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--secret", action="store_true", help="every paper sealed")
    order = parser.parse_args()
    rates: dict[str, list[float]] = {"together": [], "one by one": []}
    for _ in range(order.rounds):
        rates["together"].append(await measured(together, order.voters, secret=order.secret))
        rates["one by one"].append(await measured(one_by_one, order.voters, secret=order.secret))
    for name, found in rates.items():
        print(f"{name:<11} {statistics.median(found):8.0f} votes/s")
    ratios = [a / b for a, b in zip(*rates.values(), strict=True)]
    print(f"ratio       {statistics.median(ratios):8.1f}")


if __name__ == "__main__":
    asyncio.run(main())
