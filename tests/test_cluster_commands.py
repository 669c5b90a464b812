"""`hemicycle worker` and `hemicycle transcribe --scheduler`, as who has several machines runs them."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from meetings.domain.rules import CGCT
from meetings.i18n import translator
from meetings.register import register
from meetings.settings import Settings
from tests.transcribe.clusters import grid
from transcribe.errors import ModelUnavailable
from transcribe.fetch import fetch

ROOT = Path(__file__).parents[1]
CLIP = ROOT.parent / "shared/data/speech/en-conf-getconfno.ogg"


async def hemicycle(*words: str, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meetings", *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C", "PYTHONPATH": str(ROOT), **environment},
    )


def ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()


@pytest.mark.slow
async def test_a_worker_hears_tracks_of_another_machine_until_it_is_stopped(tmp_path: Path) -> None:
    if not CLIP.exists():
        pytest.skip("recorded speech (../shared/data/speech) is absent")
    try:
        fetch("base")
    except ModelUnavailable as error:
        pytest.skip(str(error))
    shared = tmp_path / "shared"
    async with AsyncExitStack() as ending:
        there = await ending.enter_async_context(grid(tmp_path, {}))
        options = ("--scheduler", there.address)
        worker = await hemicycle("worker", *options, "--threads", "2")
        ending.callback(ended, worker)
        asked = await hemicycle(
            *("transcribe", str(CLIP), "--language", "en", "--json", *options),
            HEMICYCLE_AUDIO_STORE=shared.as_uri(),
        )
        ending.callback(ended, asked)
        printed, said = await asked.communicate()
        assert asked.returncode == 0, said
        report = json.loads(printed)
        assert "conference number" in report["utterances"][0]["text"]
        assert (report["model"], report["model_path"]) == ("base", there.address)
        assert list(shared.iterdir()) == []
        worker.terminate()
        _, said = await worker.communicate()
        assert worker.returncode == 0, said
        assert f"Hearing for {there.address}." in said.decode()


def test_the_register_says_which_machines_hear() -> None:
    asked = Settings(_env_file=None, scheduler="tls://10.0.0.5:8786", audio_store="s3://bucket")
    told = register(asked, CGCT, translator("en"))
    assert "report to the scheduler tls://10.0.0.5:8786" in told
    assert "encrypted" in told
    assert "no sound leaves it" not in told
    assert "no sound leaves it" in register(Settings(_env_file=None), CGCT, translator("en"))
