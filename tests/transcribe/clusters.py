"""A dask cluster on loopback, of real processes that can be killed, behind a network that can be cut.

The processes are forked from one that has read the libraries already: a worker is there in a tenth of a second.
"""

import asyncio
import logging
import multiprocessing
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from distributed import Scheduler

from transcribe.remote import serve
from transcribe.scripted import Line
from transcribe.worker import Recipe

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.transcribe.clusters"])


async def until(holds: Callable[[], object]) -> None:
    while not holds():
        await asyncio.sleep(0.005)


def schedule(port: Connection) -> None:
    """A scheduler in a process of its own, which says at which port it is."""

    async def run() -> None:
        async with Scheduler(host="127.0.0.1", port=0, dashboard_address="127.0.0.1:0") as scheduler:
            port.send(int(scheduler.address.rpartition(":")[2]))
            await scheduler.finished()

    asyncio.run(run())


def work(address: str, table: dict[str, Line], folder: Path) -> None:
    """`hemicycle worker` with an engine that waits at a gate."""
    serve(address, Recipe("tests.transcribe.fragile_worker:Gated", {"table": table, "folder": folder}), "base")


def talk(address: str, folder: str) -> None:
    """The same, with what it says on the error output."""
    logging.basicConfig(level=logging.INFO)
    work(address, {}, Path(folder))


class Network:
    """The only way to the scheduler. While it is `cut` nothing passes, unsaid; `sever` ends every connection."""

    def __init__(self) -> None:
        self.target: int | None = None
        self._flows = asyncio.Event()
        self._flows.set()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> str:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        return f"tcp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        self._flows.clear()

    def mend(self) -> None:
        self._flows.set()

    def sever(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def stop(self) -> None:
        self._server.close()
        self.sever()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.target is None:
                raise ConnectionError
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        for source, sink in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._carry(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        self._open.add(sink)
        with suppress(OSError):
            while carried := await source.read(65536):
                await self._flows.wait()
                sink.write(carried)
                await sink.drain()
        self._open.discard(sink)
        sink.transport.abort()


class Grid:
    """A scheduler and workers, which come and go as a test says. `heard` are the jobs workers were given, with the
    bytes of their sound; none is heard before `open` is called."""

    def __init__(self, folder: Path, table: dict[str, Line]) -> None:
        self._folder, self._table = folder, table
        self.network = Network()
        self.workers: list[BaseProcess] = []

    async def start(self) -> None:
        self.address = await self.network.start()
        await self.schedule()

    async def schedule(self) -> None:
        here, there = FORKS.Pipe()
        self.scheduler = FORKS.Process(target=schedule, args=(there,), daemon=True)
        self.scheduler.start()
        await until(here.poll)
        self.network.target = here.recv()

    def hire(self) -> BaseProcess:
        worker = FORKS.Process(target=work, args=(self.address, self._table, self._folder), daemon=True)
        worker.start()
        self.workers.append(worker)
        return worker

    async def kill(self, process: BaseProcess) -> None:
        process.kill()
        await until(lambda: not process.is_alive())

    def open(self) -> None:
        (self._folder / "gate").touch()

    @property
    def heard(self) -> list[tuple[str, int]]:
        notes = self._folder / "notes"
        lines = notes.read_text().splitlines() if notes.exists() else []
        return [(key, int(size)) for key, size in map(str.split, lines)]

    async def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            await self.kill(process)
        await self.network.stop()


@asynccontextmanager
async def grid(folder: Path, table: dict[str, Line]) -> AsyncIterator[Grid]:
    made = Grid(folder, table)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
