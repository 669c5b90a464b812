"""`hemicycle init`, `doctor` and `sync`, as who hosts a council runs them."""

import asyncio
import json
import os
import pty
import shutil
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from meetings import faults
from meetings.cli import app
from meetings.cli.common import t as cli
from meetings.council import Council
from meetings.doctor import clock, cluster, disk, log, look_over
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.values import MeetingId, PlannedItem
from meetings.findings import AilingError
from meetings.i18n import translator
from meetings.log.errors import LogUnusableError
from meetings.log.store import Log
from meetings.platforms.discord import permissions
from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.settings import ENV, Settings, keep
from tests.transcribe.clusters import grid
from transcribe.errors import WorkersAway
from transcribe.fetch import fetch

TOKEN = "MTQzMDk3NjA1MTM1NzQxNzQ3Nw.4MsUbw.ivpzKZCTKmKRkQPhZ7W2YYsgPHifMxW_i7r1xw"
ROOT = Path(__file__).parents[1]
MEMBERS = [
    MemberSpec(900000000000000001, "Aminata Diallo", ("Membre", "Présidence")),
    MemberSpec(900000000000000002, "Léa Fontaine", ("Membre", "Secrétariat")),
]
MEETING, AT = MeetingId("m"), datetime(2026, 11, 22, 18, tzinfo=UTC)


def plain(words: str) -> str:
    """Without the typography."""
    return words.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[LoopbackServer]:
    loopback = LoopbackServer("Conseil citoyen de Lunel", MEMBERS)
    await loopback.start()
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)  # the commands point it at the loopback
    monkeypatch.chdir(tmp_path)
    told = loopback.describe()
    monkeypatch.setenv("HEMICYCLE_TOKEN", told["bots"][0]["token"])
    monkeypatch.setenv("HEMICYCLE_REST", told["rest"])
    monkeypatch.setenv("HEMICYCLE_ROOM", told["channels"]["stage"])
    yield loopback
    await loopback.stop()


async def ran(*words: str, typed: str = "") -> tuple[int, str]:
    """A command's exit status and what it printed, or the sentence it ends with."""
    result = await asyncio.to_thread(CliRunner().invoke, app, words, input=typed)
    if isinstance(result.exception, faults.EXPECTED):
        return 2, plain(faults.sentence(result.exception, translator("en")))
    return result.exit_code, plain(result.output)


async def remedies(lang: str = "en", **changes: object) -> dict[str, str]:
    """What does not hold, as the reader is told it, by what was looked at."""
    found = await look_over(Settings(_env_file=None, **changes))
    return {one.check: plain(faults.sentence(one.error, translator(lang))) for one in found if one.error}


async def test_init_by_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = ("--council", "Conseil d'« ici »", "--lang", "en", "--zone", "Indian/Reunion", "--channel", "voice")
    status, printed = await ran("init", "--token", TOKEN, "--yes", *options)
    assert status == 0, printed
    written = Settings(_env_file=tmp_path / ENV)
    assert written.token.get_secret_value() == TOKEN
    assert (written.council, written.lang, written.zone.key) == ("Conseil d'« ici »", "en", "Indian/Reunion")
    assert stat.S_IMODE((tmp_path / ENV).stat().st_mode) == 0o600
    assert permissions.invitation(1430976051357417477, "voice") in printed
    asked = [line for line in printed.splitlines() if " — " in line]
    assert len(asked) == len(permissions.names(permissions.needed("voice")))
    assert TOKEN not in printed
    before = (tmp_path / ENV).read_bytes()
    assert (await ran("init", "--token", TOKEN, typed="n\n"))[0] == 1
    assert (tmp_path / ENV).read_bytes() == before
    assert (await ran("init", "--yes", "--council", "Lunel"))[0] == 0  # the rest is known by now
    again = Settings(_env_file=tmp_path / ENV)
    assert (again.council, again.lang, again.token.get_secret_value()) == ("Lunel", "en", TOKEN)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "The bot's token is missing: "),
        (("--token", "abc"), "This is not a bot's token: "),
        (("--token", TOKEN, "--zone", "Mars/Here"), "The setting HEMICYCLE_ZONE cannot be “Mars/Here”: a time zone "),
    ],
)
async def test_init_refuses_what_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    status, said = await ran("init", "--yes", *options)
    assert status == 2
    assert said.startswith(sentence)
    assert not (tmp_path / ENV).exists()


async def at_a_terminal(folder: Path, *answers: str) -> tuple[int, str]:
    """`hemicycle init` for somebody who sits at a terminal and answers each question once it is asked."""
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meetings", "init"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=os.environ | {"LC_ALL": "C", "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    os.close(theirs)
    said, left = b"", iter(answers)
    with os.fdopen(ours, "r+b", buffering=0) as terminal:
        while chunk := await asyncio.to_thread(_read, terminal.fileno()):
            said += chunk
            if said.endswith(b": "):
                await asyncio.to_thread(terminal.write, next(left).encode() + b"\n")
    return await process.wait(), plain(said.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so that nobody is at the other end any more
        return b""


async def test_init_asks_at_a_terminal_and_asks_again(tmp_path: Path) -> None:
    answers = ("abc", TOKEN, "Lunel", "fr", "Mars/Here", "Europe/Paris", "", "", "", "", "attic", "stage")
    status, printed = await at_a_terminal(tmp_path, *answers)
    assert status == 0, printed
    assert TOKEN not in printed
    assert "This is not a bot" in printed
    assert "Choose between stage and voice." in printed
    assert permissions.invitation(1430976051357417477, "stage") in printed
    assert Settings(_env_file=tmp_path / ENV).council == "Lunel"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])), st.sampled_from(["", "OTHER=1\n# mine\n"]))
def test_what_is_kept_is_read_back(council: str, before: str) -> None:
    if "${" in council:
        return  # python-dotenv puts variables in, in every kind of quotes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ".env"
        path.write_text(before, "utf-8")
        keep(path, {"council": "an older one"})
        keep(path, {"council": council})
        assert Settings(_env_file=path).council == council
        assert path.read_text("utf-8").startswith(before)
        assert path.read_text("utf-8").count("HEMICYCLE_COUNCIL=") == 1
        assert [each.name for each in path.parent.iterdir()] == [".env"]


async def test_sync_then_everything_holds(server: LoopbackServer) -> None:
    fetch("base")
    for options, words in ((), "sync.told"), ((), "sync.same"), (("--force",), "sync.told"):
        assert await ran("sync", *options) == (0, plain(cli(f"cli.{words}")) + "\n")
    status, printed = await ran("doctor")
    assert status == 0, printed
    assert "✗" not in printed
    status, printed = await ran("doctor", "--json")
    assert [one["check"] for one in json.loads(printed) if not one["holds"]] == []
    server.world.commands.clear()
    status, printed = await ran("doctor", "--json")
    assert [one["check"] for one in json.loads(printed) if not one["holds"]] == ["commands"]
    assert status == 1


async def test_each_fault_of_the_house_has_its_remedy(
    server: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEMICYCLE_MODELS", str(tmp_path / "weights"))
    found = await remedies(model="base", agenda="nowhere.ics")
    assert found["commands"].endswith("run `hemicycle sync`.")
    assert found["model"].endswith("`hemicycle models fetch base`.")
    assert found["calendar"] == "There is no file nowhere.ics."
    assert not (tmp_path / "data").exists()  # looking changes nothing
    (tmp_path / "weights/base").mkdir(parents=True)
    (tmp_path / "weights/base/config.json").write_text("{}")
    found = await remedies("fr", model="base")
    assert found["model"].startswith("Le modèle de parole base n'est pas celui du catalogue (config.json")
    monkeypatch.setenv("HEMICYCLE_WORKERS", "none")
    status, printed = await ran("doctor")
    assert (status, printed.count("✗"), printed.count("✓")) == (1, 1, 0)
    assert "HEMICYCLE_WORKERS" in printed


async def test_a_cluster_is_counted_and_what_it_lacks_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcribe.cluster.SILENCE", 60.0)  # a loaded machine is no scheduler that is away

    async def found(model: str) -> tuple[str, str]:
        one = await cluster(Settings(_env_file=None, scheduler=there.address, model=model))
        return one.where, faults.sentence(one.error, translator("en")) if one.error else ""

    async with grid(tmp_path, {}) as there:
        count, remedy = await found("auto")
        assert (count, remedy.partition(",")[0]) == ("0", f"The scheduler {there.address} answers")
        assert "`hemicycle worker --scheduler" in remedy
        there.hire()
        while (await found("base"))[0] == "0":
            await asyncio.sleep(0.05)
        assert await found("base") == ("1", "")
        count, remedy = await found("small")
        assert (count, "its workers have other models (base) than small" in remedy) == ("0", True)
    nobody = Settings(_env_file=None, scheduler="tcp://127.0.0.1:nowhere")
    one = await cluster(nobody)
    assert isinstance(one.error, WorkersAway)
    assert faults.sentence(one.error, translator("fr")).startswith("L’ordonnanceur tcp://127.0.0.1:nowhere ne répond")


async def test_a_clock_that_is_wrong() -> None:
    slow = LoopbackServer("Conseil", MEMBERS, clock=lambda: time.time() - 3600)
    await slow.start()
    try:
        with pytest.raises(AilingError) as raised:
            await clock(Settings(_env_file=None, rest=slow.describe()["rest"]))
        assert 3595 <= int(str(raised.value.fields["seconds"])) <= 3605
        assert "36" in faults.sentence(raised.value, translator("fr"))
    finally:
        await slow.stop()


async def test_a_disk_that_is_full(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    settings = Settings(_env_file=None, data=tmp_path / "not" / "yet")
    await disk(settings, least=free // 2)
    with pytest.raises(AilingError) as raised:
        await disk(settings, least=free * 2)
    assert str(tmp_path) in faults.sentence(raised.value, translator("fr"))


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        ("UPDATE events SET at = '2026-01-01T00:00:00.000000+00:00' WHERE seq = 2", "event 2 of the log was altered"),
        ("DELETE FROM events WHERE seq = 1", "event 1 of the log is missing"),
        ("DROP TABLE events", "There is no log of meetings here"),
    ],
)
async def test_a_log_that_does_not_hold(tmp_path: Path, deed: str, says: str) -> None:
    """As somebody leaves it who may do everything on the machine."""
    plan = Planned("Conseil", "Séance", AT, AT + timedelta(hours=1), "1", "voice", "fr", (PlannedItem(1, "Bancs"),), ())
    council = Council(Log.open(tmp_path / "council.db"))
    for command in (c.Plan(meeting=MEETING, at=AT, plan=plan), c.Convene(meeting=MEETING, at=AT)):
        assert isinstance(await council.handle(command), tuple)
    council.log.close()
    settings = Settings(_env_file=None, data=tmp_path)
    await log(settings)
    with sqlite3.connect(tmp_path / "council.db") as database:
        for trigger in ("events_no_update", "events_no_delete"):
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(deed)
    database.close()
    with pytest.raises((AilingError, LogUnusableError)) as raised:
        await log(settings)
    assert says in faults.sentence(raised.value, translator("en"))
