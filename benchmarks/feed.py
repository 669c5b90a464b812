"""How long a large calendar takes to read and to compare with yesterday's, next to icalendar's own parse of its bytes.

    python benchmarks/feed.py [--events 5000] [--series 200] [--rounds 5] [--span 365]

The feed has so many events, so many of them series (weekly, monthly by weekday, monthly by day), spread over `--span`
days from now; a year ahead is read. Yesterday's has some moved, some with another agenda, some called off and some
gone. In each round, both ways take turns; ratios are the median of the rounds' ratios. Then the same feed is asked for
again over HTTP on loopback: as "not modified", and as the same bytes. Memory is the peak of a process that only reads
and compares.
"""

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web
from icalendar import Calendar

from agenda import Reading, read
from agenda.changes import Comparison, compare
from agenda.feed import Feed
from agenda.web import Web

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
RULES = ("FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=-1")
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Benchmark//FR")
AGENDA = r"Ordre du jour :\n1. Budget (10 min\, vote)\n2. Voirie (20 min) – Nadia Benali\n3. Questions diverses"


def calendar(order: argparse.Namespace, *, yesterday: bool = False) -> bytes:
    """The feed, each event with the properties that a calendar server writes."""
    dice = random.Random(1)
    lines = list(HEAD)
    for number in range(order.events):
        start = datetime(2026, 11, 23) + timedelta(days=dice.randrange(order.span), hours=dice.randrange(8, 20))  # noqa: DTZ001
        other = yesterday and number % 100
        if other == 1:
            start += timedelta(hours=1)
        lines += [
            *("BEGIN:VEVENT", f"UID:{number}@benchmark", "DTSTAMP:20261101T120000Z", "CREATED:20261101T120000Z"),
            *("LAST-MODIFIED:20261101T120000Z", f"SUMMARY:Conseil {number}", f"SEQUENCE:{number % 3}"),
            f"DTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Paris:{start + timedelta(hours=2):%Y%m%dT%H%M%S}",
            r"LOCATION:Salle des Caladons\, place du marché",
            f"URL:https://lunel.example/{number}",
            f"STATUS:{'CANCELLED' if other == 2 else 'CONFIRMED'}",
            f"DESCRIPTION:{AGENDA}" + (r"\n4. Bancs" if other == 3 else ""),
        ]
        if order.series and number % (order.events // order.series) == 0:
            lines.append(f"RRULE:{RULES[number % len(RULES)]}")
        lines.append("END:VEVENT")
    return "\r\n".join((*lines, "END:VCALENDAR", "")).encode()


def ours(data: bytes) -> Reading:
    return read(data, zone=PARIS, now=NOW, start=NOW, end=NOW + timedelta(days=365), cancelled=True)


def read_and_compared(data: bytes, known: Reading) -> Comparison:
    return compare(known, ours(data), NOW)


def seconds(work: Callable[[], object]) -> float:
    """Of this process's own work, so that what else the machine does is left out."""
    began = time.process_time()
    work()
    return time.process_time() - began


async def asked_again(data: bytes, *, modified: bool, times: int = 20) -> float:
    """Seconds to ask for a feed that has not changed, the server saying so or sending the same bytes."""

    async def serve(request: web.Request) -> web.Response:
        if not modified and "If-None-Match" in request.headers:
            return web.Response(status=304)
        return web.Response(body=data, headers={"ETag": '"1"'})

    app = web.Application()
    app.router.add_get("/", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    took = []
    async with Web(private=True) as client:
        feed = Feed(f"http://127.0.0.1:{runner.addresses[0][1]}/", zone=PARIS)
        first = await feed.read(client, NOW)
        for _ in range(times):
            began = time.perf_counter()
            assert await feed.read(client, NOW) is first
            took.append(time.perf_counter() - began)
    await runner.cleanup()
    return statistics.median(took)


def memory(order: argparse.Namespace) -> float:
    """Peak megabytes of a process that reads both feeds and compares them."""
    words = [f"--{name}={value}" for name, value in vars(order).items() if name != "peak"]
    done = subprocess.run([sys.executable, __file__, "--peak", *words], capture_output=True, check=True, text=True)  # noqa: S603 - ourselves
    return float(done.stdout)


def peak(order: argparse.Namespace) -> None:
    import resource

    read_and_compared(calendar(order), ours(calendar(order, yesterday=True)))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--series", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--span", type=int, default=365)
    parser.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    order = parser.parse_args()
    if order.peak:
        peak(order)
        return
    data, known = calendar(order), ours(calendar(order, yesterday=True))
    found = read_and_compared(data, known)
    pairs = [
        (seconds(lambda: read_and_compared(data, known)), seconds(lambda: Calendar.from_ical(data)))
        for _ in range(order.rounds)
    ]
    print(f"{len(data) / 1e6:.1f} MB, {len(known.occurrences)} occurrences, {len(found.changes)} changes")
    print(f"read and compared   {statistics.median(mine for mine, _ in pairs):8.2f} s")
    print(f"icalendar's parse   {statistics.median(theirs for _, theirs in pairs):8.2f} s")
    print(f"ratio               {statistics.median(mine / theirs for mine, theirs in pairs):8.2f}")
    print(f"not modified        {asyncio.run(asked_again(data, modified=False)) * 1000:8.2f} ms")
    print(f"the same bytes      {asyncio.run(asked_again(data, modified=True)) * 1000:8.2f} ms")
    print(f"memory              {memory(order):8.0f} MB")


if __name__ == "__main__":
    main()
