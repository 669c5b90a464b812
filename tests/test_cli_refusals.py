"""The command line's bad input: one clear sentence in the reader's language, exit status 2, nothing lost or changed."""

import asyncio
import hashlib
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from meetings.rehearsal.loopback.founding import BotSpec, MemberSpec
from meetings.rehearsal.loopback.kinds import Intent
from meetings.rehearsal.loopback.server import LoopbackServer
from transcribe import catalogue
from transcribe.fetch import fetch

ROOT = Path(__file__).parents[1]
SCENARIO, CALENDAR = ROOT / "tests/rehearsals/brief.toml", ROOT / "tests/rehearsals/brief.ics"
READERS = {"fr": {"LC_ALL": "", "LANG": "fr_FR.UTF-8"}, "en": {"LC_ALL": "C", "LANG": "C"}}
NOWHERE = {
    "HF_ENDPOINT": "http://127.0.0.1:9",  # the port `discard`, where nobody listens
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_CONFIG_FILE": os.devnull,
}


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    status: int
    printed: str
    said: str


async def hemicycle(folder: Path, reader: str, *words: str, **environment: str) -> Ended:
    """Run the command in a folder, with no setting of this machine."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEMICYCLE_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meetings", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env=inherited | READERS[reader] | {"PYTHONPATH": str(ROOT)} | environment,
    )
    printed, said = await process.communicate()
    return Ended(process.returncode or 0, printed.decode(), said.decode())


def contents(folder: Path) -> dict[str, str]:
    """Every file by its digest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


async def refused(folder: Path, french: str, english: str, *words: str, **environment: str) -> None:
    """Both readers get their sentence and it alone; what was in the folder is there as it was."""
    before = contents(folder)
    both = (hemicycle(folder, reader, *words, **environment) for reader in READERS)
    for ended, sentence in zip(await asyncio.gather(*both), (french, english), strict=True):
        assert plain(ended.said) == plain(ended.said).strip() + "\n"
        assert re.fullmatch(sentence, plain(ended.said).strip()), ended.said
        assert (ended.status, ended.printed) == (2, "")
    assert before.items() <= contents(folder).items()


def plain(words: str) -> str:
    """Without the typography."""
    return words.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what people give and what they must not lose."""
    whole = CALENDAR.read_bytes()
    (tmp_path / "empty.ics").write_bytes(b"")
    (tmp_path / "cut.ics").write_bytes(whole[: whole.index(b"SUMMARY")])
    (tmp_path / "page.ics").write_bytes(b"<!doctype html><html><body>Veuillez vous connecter</body></html>")
    (tmp_path / "past.ics").write_bytes(whole.replace(b"RRULE:FREQ=MONTHLY;BYDAY=1TU\r\n", b""))
    (tmp_path / "brief.ics").write_bytes(whole)
    script = SCENARIO.read_text("utf-8").replace("../../meetings", str(ROOT / "meetings"))
    (tmp_path / "stranger.toml").write_text(script.replace('"vote", who = "paul"', '"vote", who = "zoé"', 1), "utf-8")
    (tmp_path / "long.toml").write_text(script.replace('{do = "next"},', '{do = "next"},\n{do = "next"},'), "utf-8")
    (tmp_path / "broken.toml").write_text(script.replace("steps = [", "steps = [[", 1), "utf-8")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "memoirs").mkdir()
    (tmp_path / "memoirs" / "council.db").write_text("I was born in Lunel. " * 500)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "minutes.pdf").write_bytes(b"%PDF earlier")
    return tmp_path


CALENDARS = {
    "empty": ("Le calendrier est vide .*", "The calendar is empty: .*"),
    "cut": ("Le calendrier s'interrompt avant .*", "The calendar breaks off before .*"),
    "page": (
        r"Ce n'est pas un calendrier \(ICS\) mais une page web .*",
        r"This is not a calendar \(ICS\) but a web .*",
    ),
    "past": ("Le calendrier n'annonce aucune réunion à venir.", "The calendar announces no meeting to come."),
    "absent": ("Il n'y a pas de fichier absent.ics.", "There is no file absent.ics."),
}


@pytest.mark.parametrize("name", CALENDARS)
async def test_a_calendar_that_announces_nothing(desk: Path, name: str) -> None:
    await refused(desk, *CALENDARS[name], "rehearse", "--agenda", f"{name}.ics", "--out", "out")
    if name != "past":
        await refused(desk, *CALENDARS[name], "agenda", "show", f"{name}.ics")


STRANGER = (
    r"Le scénario .* \(stranger\.toml, ligne \d+, étape \d+\) : il n'y a pas de membre « zoé » ; les membres sont .*",
    r"The scenario cannot be played \(stranger\.toml, line \d+, step \d+\): there is no member “zoé”; the members .*",
)

SCENARIOS = {
    "stranger": STRANGER,
    "long": (
        "Le scénario traite 6 points, mais l'ordre du jour de la prochaine séance en a 3 : .*",
        "The scenario treats 6 items, but the next meeting's agenda has 3: .*",
    ),
    "broken": (r"Le scénario ne peut .* \(broken\.toml\) : ce n'est pas du TOML valide, .*", ".* not valid TOML, .*"),
    "absent": (".*le fichier n'existe pas.", ".*the file does not exist."),
}


@pytest.mark.parametrize("name", SCENARIOS)
async def test_a_scenario_that_cannot_be_played(desk: Path, name: str) -> None:
    options = ("--script", f"{name}.toml", "--agenda", "brief.ics", "--out", "out")
    await refused(desk, *SCENARIOS[name], "rehearse", *options)


async def test_a_port_in_use(desk: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        french, english = f"Le port {port} est déjà utilisé .*", f"Port {port} is used by another program already: .*"
        await refused(desk, french, english, "loopback", "--port", str(port))


FOLDERS = {
    "file": (
        "Un fichier se trouve là où il faudrait un dossier : file. .*",
        "There is a file where a folder .* file. .*",
    ),
    "file/in": (
        "Un fichier se trouve là où il faudrait un dossier : .*",
        "There is a file where a folder should be: .*",
    ),
    "/sys/out": ("Vous n'avez pas le droit .* : /sys/out. .*", "You may not write or read here: /sys/out. .*"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="/sys refuses even who may do everything, on Linux")
@pytest.mark.parametrize("out", FOLDERS)
async def test_a_folder_that_cannot_be_written(desk: Path, out: str) -> None:
    await refused(desk, *FOLDERS[out], "rehearse", "--out", out)


MODEL = ("Il n'y a pas de modèle de parole « énorme » : .*", "There is no speech model “énorme”: choose among tiny, .*")


@pytest.mark.parametrize("words", [("rehearse", "--out", "out", "--model"), ("models", "fetch"), ("models", "verify")])
async def test_a_model_nobody_knows(desk: Path, words: tuple[str, ...]) -> None:
    await refused(desk, *MODEL, *words, "énorme")


async def test_a_model_file_with_a_wrong_hash(desk: Path) -> None:
    here = await asyncio.to_thread(fetch, catalogue.DEFAULT)
    weights = desk / "weights" / catalogue.DEFAULT
    weights.mkdir(parents=True)
    for file in catalogue.model(catalogue.DEFAULT).files:
        (weights / file.name).symlink_to(here / file.name)
    content = bytearray((here / "config.json").read_bytes())
    content[100] ^= 1
    (weights / "config.json").unlink()
    (weights / "config.json").write_bytes(content)
    environment = {"HEMICYCLE_MODELS": str(desk / "weights"), **NOWHERE}
    french = (
        r"Le modèle de parole base n'a pas pu être obtenu \(.*config\.json has the wrong hash.*\)\. Rien n'a été .*"
    )
    english = (
        r"The speech model base could not be had \(.*config\.json has the wrong hash.*\)\. Nothing was changed; .*"
    )
    await refused(desk, french, english, "rehearse", "--json", "--out", "out", **environment)
    ended = await hemicycle(desk, "en", "models", "verify", "base", **environment)
    assert ended.status == 2
    assert "base: config.json has the wrong hash" in ended.printed


async def test_a_folder_without_a_log_or_a_recording(desk: Path) -> None:
    french, english = "Il n'y a pas de journal de séances ici : out/.*", "There is no log of meetings here: out/.*"
    await refused(desk, french, english, "transcribe", "out")
    french, english = "Il n'y a pas de journal de séances ici : file/.*", "There is no log of meetings here: file/.*"
    await refused(desk, french, english, "log", "verify", "file")
    french, english = "Il n'y a pas d'enregistrement dans nowhere.", "There is no recording in nowhere."
    await refused(desk, french, english, "recording", "check", "nowhere")


TRACKS = {
    "file": ("file est laissé de côté, .* : file cannot be decoded: .*", "file is left out, .*: file cannot be .*"),
    "absent.ogg": ("absent.ogg est laissé de côté, .*", "absent.ogg is left out, .*: No such file or directory.*"),
}


@pytest.mark.parametrize("name", TRACKS)
async def test_a_track_that_is_not_one(desk: Path, name: str) -> None:
    await refused(desk, *TRACKS[name], "transcribe", name)


SETTINGS = (
    ("fr", {}, "Il manque le jeton du robot : .*"),
    ("en", {}, "The bot's token is missing: .*"),
    ("fr", {"MODEL": "énorme"}, MODEL[0]),
    ("en", {"SOON": "demain"}, "The setting HEMICYCLE_SOON cannot be “demain”: a number is needed."),
    ("fr", {"LANG": "de"}, "Le réglage HEMICYCLE_LANG ne peut pas être « de » : au choix : 'fr' or 'en'."),
    ("en", {"AGENDA": "empty.ics"}, CALENDARS["empty"][1]),
    (
        "fr",
        {"LOG": "mysql://council@localhost/x"},
        r"Un journal se tient .* : « mysql » n'est ni l'un ni l'autre\..*",
    ),
    (
        "en",
        {"LOG": "postgresql://council:secret@127.0.0.1:1/x"},
        r"The log's database does not answer: postgresql://council:\*\*\*@127\.0\.0\.1:1/x .*",
    ),
    ("fr", {"DATA": "file"}, r"Le journal ne peut pas être écrit : file/council\.db .*"),
    ("fr", {"DATA": "memoirs"}, r"Ce fichier n'est pas un journal de séances : memoirs/council\.db. .*"),
)


async def test_settings_no_bot_can_start_with(desk: Path) -> None:
    before, two_cores = contents(desk), asyncio.Semaphore(2)

    async def run(reader: str, settings: dict[str, str]) -> Ended:
        async with two_cores:
            environment = {f"HEMICYCLE_{key}": value for key, value in settings.items()}
            return await hemicycle(desk, reader, "run", **environment)

    runs = await asyncio.gather(*(run(reader, settings) for reader, settings, _ in SETTINGS))
    for ended, (_, settings, sentence) in zip(runs, SETTINGS, strict=True):
        assert re.fullmatch(sentence, plain(ended.said).strip()), (settings, ended.said)
        assert (ended.status, ended.printed) == (2, "")
    assert before.items() <= contents(desk).items()


@pytest.fixture
async def server() -> AsyncIterator[LoopbackServer]:
    """A Discord where one bot was not granted the list of members."""
    members = [MemberSpec(900000000000000001, "Claire Martin", ("Présidence",))]
    loopback = LoopbackServer("Conseil", members, [BotSpec("granted"), BotSpec("denied", Intent(0))])
    await loopback.start()
    yield loopback
    await loopback.stop()


REFUSALS = {
    "fr": ("Discord refuse le jeton du robot : .*", "Discord refuse au robot la liste des membres : .*"),
    "en": ("Discord refuses the bot's token: .*", "Discord refuses the bot the list of members: .*"),
}


@pytest.mark.parametrize("reader", READERS)
async def test_discord_refuses_the_bot(desk: Path, server: LoopbackServer, reader: str) -> None:
    told = server.describe()
    addresses = {"HEMICYCLE_REST": told["rest"], "HEMICYCLE_GATEWAY": told["gateway"], "SSL_CERT_FILE": told["ca"]}
    wrong, denied = told["bots"][0]["token"][:-1] + "!", told["bots"][1]["token"]
    tries = (hemicycle(desk, reader, "run", HEMICYCLE_TOKEN=token, **addresses) for token in (wrong, denied))
    for ended, sentence in zip(await asyncio.gather(*tries), REFUSALS[reader], strict=True):
        *journal, last = plain(ended.said).strip().splitlines()
        assert re.fullmatch(sentence, last), ended.said
        assert (ended.status, ended.printed) == (2, "")
        assert all(" INFO discord." in line for line in journal), ended.said
        assert wrong not in ended.said
        assert denied not in ended.said


async def test_a_discord_that_does_not_answer(desk: Path) -> None:
    nobody = {"HEMICYCLE_REST": "http://127.0.0.1:9/api/v10", "HEMICYCLE_GATEWAY": "ws://127.0.0.1:9"}
    ended = await hemicycle(desk, "fr", "run", HEMICYCLE_TOKEN="MQ.a.b", **nobody)
    assert plain(ended.said).strip().splitlines()[-1].startswith("Discord ne répond pas (")
    assert ended.status == 2
