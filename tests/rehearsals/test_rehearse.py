"""`hemicycle rehearse` as a newcomer runs it: a whole meeting on a stage, a brief one in a voice channel meanwhile."""

import asyncio
import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from evenings import AGENDA, HEMICYCLE, SCRIPT
from pypdf import PdfReader

from meetings.log.store import Log
from meetings.recording.announcement import announcement
from meetings.rehearsal.scenario import STORIES, Scenario, load
from meetings.rehearsal.summary import LIMIT

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal, pytest.mark.timeout(600)]


@dataclass(frozen=True)
class Run:
    """A command that has ended."""

    out: Path
    status: int
    summary: dict[str, Any]
    said: str


async def rehearse(out: Path, *options: str) -> Run:
    command = (*HEMICYCLE, "rehearse", "--json", "--out", str(out), *options)
    pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    process = await asyncio.create_subprocess_exec(*command, **pipes)
    printed, said = await process.communicate()
    return Run(out, process.returncode or 0, json.loads(printed or b"{}"), said.decode())


@dataclass(frozen=True)
class Kept:
    """A rehearsal with --keep into a folder where an earlier one lay, interrupted once its figures were printed."""

    run: Run
    gateway: dict[str, Any]
    """What the loopback answered after the meeting, and no more once it was interrupted."""


EARLIER = {"council.db": b"an earlier log", "minutes.pdf": b"earlier minutes", "recordings/x/0001.journal": b"voices"}


def leave_behind(out: Path) -> None:
    """What an earlier rehearsal left, and something of its owner's."""
    for name, content in EARLIER.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    (out / "notes.txt").write_text("mine")


async def keep(out: Path) -> Kept:
    leave_behind(out)
    options = ("--script", str(SCRIPT), "--agenda", str(AGENDA), "--channel", "voice", "--keep")
    command = (*HEMICYCLE, "rehearse", "--out", str(out), *options)
    environment = os.environ | {"LANG": "fr_FR.UTF-8", "LC_ALL": ""}
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE, env=environment)
    assert process.stderr
    said, rest = "", ""
    while "Ctrl-C" not in said:
        line = (await process.stderr.readline()).decode()
        assert line, said
        said += line
        rest = rest or next((word for word in line.split() if word.startswith("http://")), "")
    assert (out / "minutes.pdf").read_bytes().startswith(b"%PDF")
    async with aiohttp.ClientSession() as http, http.get(f"{rest}/gateway") as answer:
        gateway = await answer.json()
    process.send_signal(signal.SIGINT)
    status = await process.wait()
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectionError):
            await http.get(f"{rest}/gateway")
    return Kept(Run(out, status, {}, said), gateway)


async def interrupt(out: Path) -> Run:
    """A rehearsal that is asked to end once its bot runs."""
    command = (*HEMICYCLE, "rehearse", "--out", str(out))
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    async with asyncio.timeout(60):
        while not any(one.info["cwd"] == str(out) for one in psutil.process_iter(["cwd"])):
            await asyncio.sleep(0.2)
    process.terminate()
    _, said = await process.communicate()
    return Run(out, process.returncode or 0, {}, said.decode())


Runs = tuple[Run, Kept, Run]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    out = tmp_path_factory.mktemp("rehearsals")

    async def all_at_once() -> Runs:
        return await asyncio.gather(
            rehearse(out / "stage", "--channel", "stage", "--lang", "fr"),
            keep(out / "kept"),
            interrupt(out / "interrupted"),
        )

    return asyncio.run(all_at_once())


@pytest.fixture
def run(runs: Runs) -> Run:
    return runs[0]


@pytest.fixture
def kept(runs: Runs) -> Kept:
    return runs[1]


def scenario(run: Run) -> Scenario:
    return load(STORIES[run.summary["lang"]])


def test_it_ends_well_and_says_nothing_but_its_figures(run: Run) -> None:
    assert (run.status, run.said) == (0, "")
    assert run.summary["held"] is True


def test_every_line_is_in_its_place_and_understood(run: Run) -> None:
    summary, lines = run.summary, scenario(run).lines
    assert summary["wer"] <= LIMIT == 0.20
    assert summary["lines_placed"] == summary["lines"] == len(lines)
    assert summary["lines_lost"] == []


def test_the_meeting_has_what_a_meeting_has(run: Run) -> None:
    summary = run.summary
    assert (summary["votes"], summary["hands"], summary["items"]) == (2, 3, 8)
    assert summary["members"] >= 5
    assert scenario(run).speech_seconds >= 90
    assert summary["meeting_seconds"] > 90
    (meeting,) = (log := Log.open(run.out / "council.db")).meetings()
    assert log.verify(meeting) is None
    log.close()


def test_every_packet_is_recorded(run: Run) -> None:
    summary = run.summary
    assert summary["packets_recorded"] == summary["packets_sent"]
    assert summary["packets_heard"] == summary["packets_announced"] == len(announcement("on")["fr"])
    assert summary["packets_sent"] >= 50 * 90
    assert summary["holes"] == []
    assert summary["utterances"] > len(scenario(run).lines) / 2  # the chair's lines run into one another


def test_the_bot_stays_small_and_the_minutes_come_soon(run: Run) -> None:
    assert 50 < run.summary["peak_memory_mb"] < 250
    assert run.summary["workers_peak_memory_mb"] > run.summary["peak_memory_mb"]
    assert 0 < run.summary["seconds_after_adjournment"] < 120


def test_the_minutes_can_be_read(run: Run) -> None:
    files = {kind: Path(path) for kind, path in run.summary["files"].items()}
    assert files.keys() == {"docx", "html", "json", "log", "markdown", "odt", "pdf", "recording"}
    assert all(path.exists() and path.is_relative_to(run.out) for path in files.values())
    assert files["pdf"].parent == run.out
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(files["pdf"]).pages).split())
    for name in {scenario(run).member(line.member).name for line in scenario(run).lines}:
        assert name in text
    assert len(run.summary["decisions"]) == 2
    assert all(decision in text for decision in run.summary["decisions"])


def test_another_calendar_and_another_scenario_are_played(kept: Kept) -> None:
    assert kept.run.status == 0
    markdown = (kept.run.out / "minutes.md").read_text("utf-8")
    assert "Comité de la fête du quartier" in markdown
    assert "une place devant la pharmacie pour les personnes âgées" in markdown


def test_keep_leaves_the_loopback_up_until_it_is_interrupted(kept: Kept) -> None:
    assert kept.gateway["url"].startswith("ws://127.0.0.1:")


def test_an_earlier_rehearsal_is_kept_aside_and_what_is_not_ours_left_alone(kept: Kept) -> None:
    (aside,) = (kept.run.out / "earlier").iterdir()
    assert {name: (aside / name).read_bytes() for name in EARLIER} == EARLIER
    assert (kept.run.out / "notes.txt").read_text() == "mine"
    assert (kept.run.out / "minutes.pdf").read_bytes().startswith(b"%PDF")


def test_no_bot_is_left_behind_not_even_by_a_rehearsal_that_was_asked_to_end(runs: Runs) -> None:
    stage, kept, interrupted = runs
    assert (interrupted.status, "Traceback" in interrupted.said) == (130, False)
    outs = {str(run.out) for run in (stage, kept.run, interrupted)}
    assert not [process for process in psutil.process_iter(["cwd"]) if process.info["cwd"] in outs]
