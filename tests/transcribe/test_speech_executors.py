"""One contract of executors, kept in this process, by worker processes, by a cluster; and what only a cluster meets."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

import transcribe
from tests.transcribe.clusters import Grid, grid, until
from transcribe.cluster import Census, Cluster, census
from transcribe.ears import find
from transcribe.engine import Job
from transcribe.errors import AudioUnreadable, ClusterMissing, PoolClosed, StoreFailed, WorkersAway
from transcribe.pool import Pool
from transcribe.remote import version
from transcribe.scripted import Line
from transcribe.store import Store
from transcribe.worker import Recipe

KEYS = [f"u{number}" for number in range(20)]
TABLE = {key: Line(f"Phrase {key}.") for key in KEYS}
ROOT = Path(transcribe.__file__).parents[1]


class Place:
    """Jobs are heard somewhere, once `open` is called; `heard` says which, and how many bytes of each."""

    def __init__(self, pool: Pool, folder: Path, cluster: Grid | None) -> None:
        self.pool, self.folder, self.cluster = pool, folder, cluster

    def open(self) -> None:
        (self.folder / "gate").touch()

    @property
    def heard(self) -> list[str]:
        notes = self.folder / "notes"
        return [line.split()[0] for line in notes.read_text().splitlines()] if notes.exists() else []

    def victim(self) -> int:
        """The process that hears."""
        pid = self.cluster.workers[0].pid if self.cluster else self.pool.stats()[0].pid
        assert pid
        return pid


@asynccontextmanager
async def place(kind: str, folder: Path, **cluster: str) -> AsyncIterator[Place]:
    recipe = Recipe("tests.transcribe.fragile_worker:Gated", {"table": TABLE, "folder": folder})
    async with AsyncExitStack() as stack:
        there = None
        if kind == "cluster":
            there = await stack.enter_async_context(grid(folder, TABLE))
            there.hire()
            pool = Pool(Cluster(there.address, "base", **cluster))
        else:
            pool = Pool(recipe, workers=0 if kind == "process" else 1)
        await stack.enter_async_context(pool)
        stack.callback((folder / "gate").touch)  # a thread that waits there would keep the process
        yield Place(pool, folder, there)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr("transcribe.cluster.SILENCE", 60.0)  # a loaded machine is no scheduler that is away


@pytest.fixture(params=["process", "processes", "cluster"])
async def everywhere(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    async with place(request.param, tmp_path) as made:
        yield made


@pytest.fixture
async def clustered(tmp_path: Path) -> AsyncIterator[tuple[Place, Grid]]:
    async with place("cluster", tmp_path) as made:
        assert made.cluster
        yield made, made.cluster


async def test_jobs_are_heard_in_order_and_each_answers_whoever_submitted_it(everywhere: Place) -> None:
    everywhere.open()
    finished: list[str] = []

    async def one(key: str) -> str:
        heard = await everywhere.pool.submit(Job(key, b"."))
        finished.append(key)
        return heard.text

    assert await asyncio.gather(*map(one, KEYS)) == [f"Phrase {key}." for key in KEYS]
    assert finished == everywhere.heard == KEYS
    with pytest.raises(AudioUnreadable):
        await everywhere.pool.submit(Job("u0", b""))
    assert (await everywhere.pool.submit(Job("u1", b"."))).text == "Phrase u1."


async def test_who_gives_up_holds_up_nobody_and_who_is_left_at_the_end_is_told(everywhere: Place) -> None:
    pool = everywhere.pool
    first = asyncio.create_task(pool.submit(Job("u0", b".")))
    await until(lambda: everywhere.heard)
    given_up, kept = (asyncio.create_task(pool.submit(Job(key, b"."))) for key in ("u1", "u2"))
    await asyncio.sleep(0)
    given_up.cancel()
    everywhere.open()
    assert [(await one).text for one in (first, kept)] == ["Phrase u0.", "Phrase u2."]
    assert everywhere.heard == ["u0", "u2"]
    (everywhere.folder / "gate").unlink()
    left = [asyncio.create_task(pool.submit(Job(key, b"."))) for key in ("u3", "u4")]
    await until(lambda: "u3" in everywhere.heard)
    await pool.close()
    assert all(isinstance(one, PoolClosed) for one in await asyncio.gather(*left, return_exceptions=True))
    with pytest.raises(PoolClosed):
        await pool.submit(Job("u5", b"."))


@pytest.mark.parametrize("kind", ["processes", "cluster"])
async def test_what_a_killed_worker_was_hearing_is_heard_by_another(kind: str, tmp_path: Path) -> None:
    async with place(kind, tmp_path) as there:
        waiting = [asyncio.create_task(there.pool.submit(Job(key, b"."))) for key in KEYS]
        await until(lambda: there.heard)
        os.kill(there.victim(), signal.SIGKILL)
        if there.cluster:
            there.cluster.hire()
        there.open()
        assert [one.text for one in await asyncio.gather(*waiting)] == [f"Phrase {key}." for key in KEYS]


async def test_without_anybody_it_is_told_and_waits(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with grid(tmp_path, TABLE) as there, Pool(Cluster(there.address, "base")) as pool:
        there.open()
        waiting = asyncio.create_task(pool.submit(Job("u0", b".")))
        await until(lambda: "No worker at" in caplog.text)
        assert f"`hemicycle worker --scheduler {there.address} --model base`" in caplog.text
        assert not pool.idle
        there.hire()
        assert (await waiting).text == "Phrase u0."
        assert caplog.text.count("No worker at") == 1


async def test_work_is_shared_by_all_workers_and_one_that_is_stopped_takes_its_leave(tmp_path: Path) -> None:
    async with grid(tmp_path, TABLE) as there, Pool(Cluster(there.address, "base")) as pool:
        one, _ = there.hire(), there.hire()
        while (await census(there.address, "base")).fit < 2:
            await asyncio.sleep(0.05)
        assert await census(there.address, "small") == Census(0, ("base",), ())
        waiting = [asyncio.create_task(pool.submit(Job(key, b"."))) for key in ("u0", "u1")]
        await until(lambda: len(there.heard) == 2)
        one.terminate()
        while (await census(there.address, "base")).fit > 1:
            await asyncio.sleep(0.05)
        there.open()
        assert [heard.text for heard in await asyncio.gather(*waiting)] == ["Phrase u0.", "Phrase u1."]
        await until(lambda: not one.is_alive())
        assert one.exitcode == 0
        assert len(there.heard) == 3


async def test_a_scheduler_killed_and_started_again_loses_and_doubles_nothing(
    clustered: tuple[Place, Grid], caplog: pytest.LogCaptureFixture
) -> None:
    place, there = clustered
    waiting = [asyncio.create_task(place.pool.submit(Job(key, b"."))) for key in KEYS]
    await until(lambda: place.heard)
    there.network.target = None
    await there.kill(there.scheduler)
    await until(lambda: "does not answer" in caplog.text)
    place.open()
    assert not any(one.done() for one in waiting)
    await there.schedule()
    assert [one.text for one in await asyncio.gather(*waiting)] == [f"Phrase {key}." for key in KEYS]


@pytest.mark.parametrize("severed", [False, True], ids=["silent", "severed"])
async def test_a_network_cut_loses_and_doubles_nothing(clustered: tuple[Place, Grid], severed: bool) -> None:
    place, there = clustered
    waiting = [asyncio.create_task(place.pool.submit(Job(key, b"."))) for key in KEYS]
    await until(lambda: place.heard)
    there.network.cut()
    place.open()
    if severed:
        there.network.sever()
    more = asyncio.create_task(place.pool.submit(Job("u1", b".")))
    await asyncio.sleep(0)
    assert not any(one.done() for one in (*waiting, more))
    there.network.mend()
    assert [one.text for one in await asyncio.gather(*waiting, more)] == [f"Phrase {key}." for key in (*KEYS, "u1")]


async def test_a_worker_of_another_version_is_told_and_given_nothing(
    clustered: tuple[Place, Grid], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place, there = clustered
    await place.pool.warm()
    place.open()
    older, code = tmp_path / "older", "import sys; from tests.transcribe.clusters import talk; talk(*sys.argv[1:])"
    for package in ("transcribe", "tests/transcribe"):
        shutil.copytree(ROOT / package, older / package)
    with (older / "transcribe" / "guard.py").open("a") as guard:
        guard.write("\nYEAR = 1789\n")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", code, there.address, str(tmp_path / "nowhere")),
        env={**os.environ, "PYTHONPATH": str(older)},
        stderr=subprocess.PIPE,
    )
    try:
        said = ""
        while "it is given nothing" not in said:
            assert process.stderr
            said = (await process.stderr.readline()).decode()
            assert said
        assert f"of version {version()}, this worker of " in said
        theirs = said.partition("this worker of ")[2].partition(":")[0]
        await until(lambda: f"Workers of another version ({theirs}) are given nothing." in caplog.text)
        assert await census(there.address, "base") == Census(1, (), (theirs,))
        assert (await place.pool.submit(Job("u0", b"."))).text == "Phrase u0."
        process.terminate()
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_sound_lies_sealed_in_the_store_until_it_is_heard(tmp_path: Path) -> None:
    shared, secret = tmp_path / "shared", b"what was said in confidence"
    async with place("cluster", tmp_path, store=shared.as_uri()) as there:
        waiting = asyncio.create_task(there.pool.submit(Job("u0", secret)))
        await until(lambda: there.heard)
        (parcel,) = shared.iterdir()
        assert secret not in parcel.read_bytes()
        there.open()
        assert (await waiting).text == "Phrase u0."
        await until(lambda: not list(shared.iterdir()))
        assert there.cluster
        assert there.cluster.heard == [("u0", len(secret))]
        failing = there.pool.submit(Job("u1", b""))
        with pytest.raises(AudioUnreadable):
            await failing
        assert not list(shared.iterdir())


@pytest.mark.parametrize("store", ["memory://sounds", "file://{folder}/a-file"], ids=["not shared", "not writable"])
async def test_where_the_store_fails_sound_goes_with_the_task(
    store: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a-file").touch()
    async with place("cluster", tmp_path, store=store.format(folder=tmp_path)) as there:
        there.open()
        assert (await there.pool.submit(Job("u0", b"."))).text == "Phrase u0."
        assert "The sound goes with the task." in caplog.text


def test_a_store_is_emptied_whoever_filled_it_and_keeps_what_is_not_its_own(tmp_path: Path) -> None:
    store = Store(tmp_path.as_uri())
    parcels = [store.put(b"one"), store.put(b"two")]
    (tmp_path / "theirs").write_bytes(b"kept")
    assert [one.open() for one in parcels] == [b"one", b"two"]
    assert Store(tmp_path.as_uri()).empty() == 2
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
    store.drop(parcels)
    with pytest.raises(StoreFailed, match="sounds://nowhere/in cannot be used: ValueError"):
        Cluster("tcp://127.0.0.1:9", "base", store="sounds://me:secret@nowhere/in")


async def test_a_scheduler_that_is_not_there_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcribe.cluster.SILENCE", 0.2)
    async with Pool(Cluster("tcp://127.0.0.1:9", "base")) as pool:
        with pytest.raises(WorkersAway, match=r"tcp://127\.0\.0\.1:9 does not answer"):
            await pool.warm()


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    for module in ("transcribe.remote", "transcribe.cluster"):
        monkeypatch.delitem(sys.modules, module)
    with pytest.raises(ClusterMissing, match=r"install hemicycle\[cluster\]"):
        find("base", scheduler="tcp://127.0.0.1:9")


def test_a_house_without_a_cluster_reads_nothing_of_it() -> None:
    code = (
        "import sys, meetings.cli, meetings.hearing\n"
        "print(sorted({'distributed', 'dask', 'tornado', 's3fs'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.strip() == "[]"
