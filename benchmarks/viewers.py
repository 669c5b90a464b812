"""How long a change takes to reach every viewer of the live page, and what it costs the server.

    python benchmarks/viewers.py [--viewers 500] [--changes 40] [--every 0.5]

The pages run in a process of their own, as `hemicycle web` does without its second of looking; a meeting goes on in
them: a speech is transcribed at every step. Viewers are plain sockets in this process, whose own cost is therefore in
the delays: the time from the append to the moment at which a viewer has read the caption. On a busy machine, ratios
matter, not times.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/web"))

from website import ANNE, Evening, house  # the tests' evening

from meetings.web import bind, create, serve

MARK = "instant="


async def _hold(folder: Path, changes: int, every: float, pipe: Connection) -> None:
    evening = Evening(folder)
    await evening.convene()
    bound = bind("127.0.0.1", 0)
    bound.listen(1024)
    serving = asyncio.create_task(serve(create(house(evening)), bound))
    pipe.send(bound.getsockname()[1])
    await asyncio.to_thread(pipe.recv)  # every viewer is there
    before = time.process_time()
    for _ in range(changes):
        await asyncio.sleep(every)
        await evening.speak(ANNE, f"{MARK}{time.monotonic():.6f} et quelques mots de plus, comme on en dit.")
    await asyncio.sleep(1)
    pipe.send(time.process_time() - before)
    await asyncio.to_thread(pipe.recv)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


def _server(folder: Path, changes: int, every: float, pipe: Connection) -> None:
    asyncio.run(_hold(folder, changes, every, pipe))


async def _view(port: int, delays: list[float], ready: asyncio.Semaphore, changes: int) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /live/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    seen = 0
    try:
        while seen < changes:
            line = await reader.readline()
            if line.startswith(b"event: fresh"):
                ready.release()
            _, found, rest = line.partition(MARK.encode())
            if found:
                delays.append(time.monotonic() - float(rest.split()[0]))
                seen += 1
    finally:
        writer.close()
    return seen


async def _watch(port: int, viewers: int, changes: int, pipe: Connection) -> tuple[list[float], float]:
    delays: list[float] = []
    ready = asyncio.Semaphore(0)
    async with asyncio.TaskGroup() as tasks:
        for _ in range(viewers):
            tasks.create_task(_view(port, delays, ready, changes))
        for _ in range(viewers):
            await ready.acquire()
        pipe.send("go")
        cost = await asyncio.to_thread(pipe.recv)
    pipe.send("end")
    return delays, cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--viewers", type=int, default=500)
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--every", type=float, default=0.5)
    given = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        process = multiprocessing.get_context("spawn").Process(
            target=_server, args=(Path(folder), given.changes, given.every, theirs)
        )
        process.start()
        delays, cost = asyncio.run(_watch(ours.recv(), given.viewers, given.changes, ours))
        process.join()
    ranks = statistics.quantiles(delays, n=100)
    print(f"{given.viewers} viewers, {given.changes} changes, {len(delays)} captions read (all of them)")
    print(f"delay: median {ranks[49]:.2f} s, 95 % within {ranks[94]:.2f} s, last {max(delays):.2f} s")
    print(f"server: {cost / given.changes * 1000:.0f} ms of a core a change")


if __name__ == "__main__":
    main()
