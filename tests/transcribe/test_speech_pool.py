import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from transcribe.audio import RATE
from transcribe.engine import Job
from transcribe.errors import AudioUnreadable, ModelBroken, ModelUnknown, PoolClosed, WorkerLost
from transcribe.pool import Pool
from transcribe.scripted import Line
from transcribe.worker import Recipe


def scripted(**lines):
    return Recipe("transcribe.scripted:Scripted", {"table": {key: Line(*line) for key, line in lines.items()}})


@pytest.fixture
def deadly(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    return Recipe("fragile_worker:Deadly", {"table": {"good": Line("Adopté."), "fine": Line("Rejeté.")}})


def test_speaking_of_jobs_loads_no_model_and_no_numbers():
    code = (
        "import sys, transcribe.pool, transcribe.engine, transcribe.fetch, transcribe.scripted\n"
        "heavy = {'numpy', 'av', 'faster_whisper', 'ctranslate2', 'onnxruntime', 'huggingface_hub', 'jiwer'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.strip() == "[]"


async def test_jobs_come_back_each_to_whoever_submitted_it():
    table = {f"u{number}": (f"Phrase {number}.",) for number in range(12)}
    async with Pool(scripted(**table), workers=2) as pool:
        done = await asyncio.gather(*(pool.submit(Job(key, b".")) for key in table))
        assert [one.text for one in done] == [text for (text,) in table.values()]
        assert sum(worker.jobs for worker in pool.stats()) == 12
        assert all(worker.peak_memory > 5_000_000 for worker in pool.stats() if worker.jobs)


async def test_jobs_start_in_the_order_of_their_submission():
    finished = []
    async with Pool(scripted(**{f"u{number}": ("Oui.",) for number in range(20)})) as pool:

        async def one(key):
            await pool.submit(Job(key, b"."))
            finished.append(key)

        await asyncio.gather(*(one(f"u{number}") for number in range(20)))
    assert finished == [f"u{number}" for number in range(20)]


async def test_what_may_wait_waits_for_what_is_live():
    finished = []
    keys = ["busy", "late-1", "live-1", "late-2", "live-2"]
    async with Pool(scripted(**dict.fromkeys(keys, ("Oui.",)))) as pool:
        await pool.warm()

        async def one(key):
            await pool.submit(Job(key, b".", late=key.startswith("late")))
            finished.append(key)

        await asyncio.gather(*map(one, keys))
    assert finished == ["busy", "live-1", "live-2", "late-1", "late-2"]


async def test_a_backlog_is_taken_in_batches_of_like_length(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    sizes = [1, 9, 2, 8, 1, 9, 2, 8, 1, 9, 2, 8, 1, 9, 2, 8]
    mark = tmp_path / "batches"
    async with Pool(Recipe("fragile_worker:Noting", {"table": {}, "mark": mark})) as pool:
        await pool.warm()
        jobs = [Job(f"u{at}", b"." * size) for at, size in enumerate(sizes)]
        await asyncio.gather(*map(pool.submit, jobs))
    batches = [[int(size) for size in line.split()] for line in mark.read_text().splitlines()]
    assert sorted(size for batch in batches for size in batch) == sorted(sizes)
    assert len(batches) == 2
    assert all(max(batch) - min(batch) == 1 for batch in batches)


async def test_a_job_that_fails_raises_its_own_error_and_the_pool_goes_on():
    async with Pool(scripted(good=("Adopté.",))) as pool:
        with pytest.raises(AudioUnreadable):
            await pool.submit(Job("good", b""))
        assert (await pool.submit(Job("good", b"."))).text == "Adopté."


async def test_a_killed_worker_is_replaced_and_its_job_runs_again(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    table = {"u": Line("Adopté.", delay=0.5)}
    async with Pool(Recipe("fragile_worker:Watched", {"table": table, "mark": tmp_path / "mark"})) as pool:
        await pool.warm()
        before = pool.stats()[0].pid
        waiting = asyncio.create_task(pool.submit(Job("u", b".")))
        while not (tmp_path / "mark").exists():
            await asyncio.sleep(0.005)
        os.kill(before, signal.SIGKILL)
        assert (await waiting).text == "Adopté."
        (worker,) = pool.stats()
        assert worker.pid != before
        assert (worker.jobs, worker.replaced) == (1, 1)


async def test_a_worker_that_dies_while_it_loads_is_started_again_for_the_first_job(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    feeble = Recipe("fragile_worker:Feeble", {"table": {"u": Line("Oui.")}, "mark": tmp_path / "tried"})
    async with Pool(feeble) as pool:
        with pytest.raises(WorkerLost):
            await pool.warm()
        assert (await pool.submit(Job("u", b"."))).text == "Oui."


async def test_a_pool_is_idle_while_a_worker_is_free_and_nothing_waits():
    async with Pool(scripted(slow=("Oui.",), next=("Non.",))) as pool:
        assert pool.idle
        one = asyncio.create_task(pool.submit(Job("slow", b".")))
        await asyncio.sleep(0)
        assert not pool.idle
        await one
        assert pool.idle
    assert not pool.idle


async def test_hasty_work_waits_for_what_is_not_and_is_heard_once():
    twice = "je dis bien que " * 2 + "non"
    table = {"hasty": Line(twice, full="Je dis bien que non."), "u": Line(twice, full="Je dis bien que non.")}
    async with Pool(Recipe("transcribe.scripted:Scripted", {"table": table})) as pool:
        jobs = [Job("hasty", b".", late=True, hasty=True), Job("u", b".")]
        heard = [one.text for one in await asyncio.gather(*map(pool.submit, jobs))]
    assert heard == [twice, "Je dis bien que non."]


async def test_a_job_that_kills_every_worker_fails_alone(deadly):
    async with Pool(deadly) as pool:
        jobs = [Job("good", b"."), Job("poison", b"."), Job("fine", b".")]
        good, poison, fine = await asyncio.gather(*map(pool.submit, jobs), return_exceptions=True)
        assert (good.text, fine.text) == ("Adopté.", "Rejeté.")
        assert isinstance(poison, WorkerLost)
        assert poison.retryable
        assert "-9" in str(poison)


async def test_a_factory_that_gives_no_engine_is_one_clear_error(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    async with Pool(Recipe("fragile_worker:no_engine")) as pool:
        with pytest.raises(ModelBroken, match="not a speech engine"):
            await pool.warm()
        with pytest.raises(ModelBroken, match="not a speech engine"):
            await pool.submit(Job("u", b"."))
        with pytest.raises(ModelBroken, match="not a speech engine"):
            await pool.submit(Job("later", b"."))


async def test_files_that_are_not_the_catalogues_are_not_loaded(tmp_path, monkeypatch):
    monkeypatch.setenv("HEMICYCLE_MODELS", str(tmp_path))
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "model.bin").write_bytes(b"something else")
    async with Pool("base", language="fr") as pool:
        with pytest.raises(ModelBroken, match=r"model\.bin has the wrong size.*hemicycle models fetch base"):
            await pool.warm()


def test_a_model_that_is_not_here_or_not_known_is_said_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("HEMICYCLE_MODELS", str(tmp_path))
    with pytest.raises(ModelBroken, match="hemicycle models fetch base"):
        Pool("base")
    with pytest.raises(ModelUnknown, match="tiny, base"):
        Pool("enormous")
    with pytest.raises(ModelBroken, match="no speech model in"):
        Pool(tmp_path / "nowhere")


async def test_closing_gives_every_waiting_job_an_answer_and_leaves_no_process():
    slow = Recipe("transcribe.scripted:Scripted", {"table": {f"u{n}": Line("Oui.", delay=30.0) for n in range(10)}})
    pool = Pool(slow)
    await pool.warm()
    pid = pool.stats()[0].pid
    waiting = [asyncio.create_task(pool.submit(Job(f"u{number}", b"."))) for number in range(10)]
    await asyncio.sleep(0)
    await pool.close()
    await pool.close()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(answer, PoolClosed) and answer.retryable for answer in answers)
    assert not psutil.pid_exists(pid)
    with pytest.raises(PoolClosed):
        await pool.submit(Job("late", b"."))


async def test_a_caller_that_gives_up_does_not_hold_up_the_others():
    async with Pool(scripted(first=("Un.",), second=("Deux.",))) as pool:
        await pool.warm()
        given_up = asyncio.create_task(pool.submit(Job("first", b".")))
        kept = asyncio.create_task(pool.submit(Job("second", b".")))
        await asyncio.sleep(0)
        given_up.cancel()
        assert (await kept).text == "Deux."


@pytest.mark.slow
async def test_the_real_model_answers_from_its_process(weights, clips, ogg):
    clip = next(clip for clip in clips if clip.name == "en-conf-getconfno.ogg")
    async with Pool("base", language="en") as pool:
        await pool.warm()
        said, quiet = await asyncio.gather(
            pool.submit(Job("said", clip.audio)), pool.submit(Job("quiet", ogg(np.zeros(RATE, np.float32))))
        )
        assert "conference number" in said.text
        assert quiet.text == ""
        assert pool.stats()[0].peak_memory > 150_000_000
    assert weights.is_dir()
