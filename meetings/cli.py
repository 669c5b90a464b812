"""The command `hemicycle`. Each command loads what it needs when it runs, so that help and refusals come at once."""

import json
import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from meetings.domain.events import MemberId
from meetings.i18n import translator

if TYPE_CHECKING:
    from meetings.log.store import Log


def _reader() -> Literal["fr", "en"]:
    """The language of who reads the terminal, by the environment (POSIX, 8.2); English where it names none."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, named), "").startswith("fr") else "en"


LANGUAGE = _reader()
DAYS = ["%Y-%m-%d"]
t = translator(LANGUAGE)
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=t("cli.help"))
agenda_app = typer.Typer(no_args_is_help=True, help=t("cli.agenda"))
models_app = typer.Typer(no_args_is_help=True, help=t("cli.models"))
recording_app = typer.Typer(no_args_is_help=True, help=t("cli.recording"))
app.add_typer(agenda_app, name="agenda")
app.add_typer(models_app, name="models")
app.add_typer(recording_app, name="recording")
log_app = typer.Typer(no_args_is_help=True, help=t("cli.log"))
app.add_typer(log_app, name="log")

Json = Annotated[bool, typer.Option("--json", help=t("cli.option.json"))]
Folder = Annotated[Path, typer.Argument(help=t("cli.folder"))]


class Channel(StrEnum):
    """Where the council meets."""

    STAGE = "stage"
    VOICE = "voice"


class Lang(StrEnum):
    """The languages of a rehearsal."""

    FR = "fr"
    EN = "en"


def main() -> None:
    """Run the command; what cannot be done is one sentence on the error output and exit status 2."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        from meetings import faults

        if not isinstance(error, faults.EXPECTED):
            raise
        sys.stderr.write(faults.sentence(error, t) + "\n")
        sys.exit(2)


@app.command(help=t("cli.rehearse"))
def rehearse(
    out: Annotated[Path, typer.Option(help=t("cli.rehearse.out"))] = Path("rehearsal"),
    agenda: Annotated[Path | None, typer.Option(help=t("cli.rehearse.agenda"))] = None,
    script: Annotated[Path | None, typer.Option(help=t("cli.rehearse.script"))] = None,
    channel: Annotated[Channel, typer.Option(help=t("cli.rehearse.channel"))] = Channel.STAGE,
    lang: Annotated[Lang, typer.Option(help=t("cli.rehearse.lang"))] = Lang.FR,
    model: Annotated[str, typer.Option(help=t("cli.model"))] = "base",
    keep: Annotated[bool, typer.Option("--keep", help=t("cli.rehearse.keep"))] = False,
    as_json: Json = False,
) -> None:
    """Rehearse a whole meeting on this machine."""
    from meetings.rehearsal import rehearse as rehearsal

    order = rehearsal.Order(out, agenda, script, channel.value, lang.value, model, keep=keep, quiet=as_json)
    summary = rehearsal.perform(order, lambda done: _print_json(done.to_json()) if as_json else None)
    sys.exit(0 if summary.held else 1)


@app.command(help=t("cli.loopback"))
def loopback(
    port: Annotated[int, typer.Option(help=t("cli.loopback.port"))] = 0,
    lang: Annotated[Lang, typer.Option(help=t("cli.loopback.lang"))] = Lang.FR,
) -> None:
    """Serve the loopback Discord alone until interrupted."""
    from meetings.rehearsal import standalone

    standalone.serve(port, lang.value)


@app.command(help=t("cli.run"))
def run() -> None:
    """Run the council's bot with the settings of the environment and .env."""
    from meetings.settings import Settings

    settings = Settings()  # what is wrong with them is said before the rest is loaded
    from meetings import main as house

    house.run(settings)


@app.command(help=t("cli.transcribe"))
def transcribe(
    folder: Folder,
    model: Annotated[str, typer.Option(help=t("cli.model"))] = "base",
) -> None:
    """Transcribe what a data folder still lacks, and draft its minutes again."""
    from meetings import main as house

    for meeting, count in house.transcribe_folder(folder, model).items():
        typer.echo(t.n("cli.transcribed", count, folder=folder / house.DOCUMENTS / meeting))


@agenda_app.command("show", help=t("cli.agenda.show"))
def agenda_show(
    file: Annotated[Path, typer.Argument(help=t("cli.agenda.file"))],
    as_json: Json = False,
    start: Annotated[datetime | None, typer.Option("--from", formats=DAYS, help=t("cli.agenda.from"))] = None,
    end: Annotated[datetime | None, typer.Option("--to", formats=DAYS, help=t("cli.agenda.to"))] = None,
    cancelled: Annotated[bool, typer.Option("--cancelled", help=t("cli.agenda.cancelled"))] = False,
) -> None:
    """Show a calendar's meetings and their agendas."""
    from agenda.calendar import read
    from agenda.show import load, render, show
    from meetings.settings import Settings

    zone = Settings().zone
    window = [day.replace(tzinfo=zone) if day else None for day in (start, end)]
    reading = read(load(file), zone=zone, start=window[0], end=window[1], cancelled=cancelled, file=file.name)
    if as_json:
        _print_json(show(reading, language=LANGUAGE, file=file.name))
    else:
        typer.echo(render(reading, language=LANGUAGE, file=file.name))


@models_app.command("list", help=t("cli.models.list"))
def models_list(as_json: Json = False) -> None:
    """List the models of the catalogue."""
    from transcribe.fetch import status

    found = status()
    if as_json:
        _print_json([{"name": one.model.name, "present": one.present, "bytes": one.model.size} for one in found])
        return
    for one in found:
        state = t("cli.models.present" if one.present else "cli.models.absent")
        typer.echo(t("cli.models.line", name=one.model.name, megabytes=one.model.size // 10**6, state=state))


@models_app.command("fetch", help=t("cli.models.fetch"))
def models_fetch(name: Annotated[str, typer.Argument(help=t("cli.models.name"))]) -> None:
    """Fetch a model and verify it."""
    from transcribe.fetch import fetch

    typer.echo(t("cli.models.fetched", folder=fetch(name)))


@models_app.command("verify", help=t("cli.models.verify"))
def models_verify(name: Annotated[str | None, typer.Argument(help=t("cli.models.name"))] = None) -> None:
    """Verify the models on this machine; exit status 2 where a file is not what the catalogue says."""
    from transcribe.fetch import status, verify

    names = [name] if name else [one.model.name for one in status() if one.folder.is_dir()]
    flaws = {name: verify(name) for name in names}
    for each, problems in flaws.items():
        words = "; ".join(map(str, problems))
        typer.echo(t("cli.models.wrong", name=each, problems=words) if problems else t("cli.models.right", name=each))
    if any(flaws.values()):
        sys.exit(2)


@recording_app.command("check", help=t("cli.recording.check"))
def recording_check(
    folder: Annotated[Path, typer.Argument(help=t("cli.recording.folder"))], as_json: Json = False
) -> None:
    """Examine a recording, track by track."""
    from dataclasses import asdict

    from meetings.recording import check

    report = check(folder)
    if as_json:
        _print_json(asdict(report))
        return
    for track in report.tracks:
        typer.echo(t("cli.recording.track", **asdict(track)))
    for hole in report.holes:
        typer.echo(t("cli.recording.hole", start=hole.start, end=hole.end))


@log_app.command("verify", help=t("cli.log.verify"))
def log_verify(folder: Folder) -> None:
    """Verify every meeting's chain; exit status 1 where one does not hold."""
    log = _log(folder)
    breaks = {meeting: log.verify(meeting) for meeting in log.meetings()}
    for meeting, broken in breaks.items():
        fields = {"meeting": meeting, "events": len(list(log.export(meeting)))}
        if broken:
            typer.echo(t(f"cli.log.{broken.what}", **fields, seq=broken.seq))
        else:
            typer.echo(t("cli.log.holds", **fields))
    sys.exit(1 if any(breaks.values()) else 0)


@log_app.command("show", help=t("cli.log.show"))
def log_show(folder: Folder) -> None:
    """Show every event as one line."""
    log = _log(folder)
    names = log.names()
    for meeting in log.meetings():
        typer.echo(t("cli.log.meeting", meeting=meeting))
        for row in log.export(meeting):
            who = names.get(MemberId(str(row["by"])), "—")
            facts = json.dumps(row["data"], ensure_ascii=False)
            typer.echo(f"{row['seq']:6} {str(row['at'])[:19]} {who:24} {row['type']} {facts}")


@log_app.command("export", help=t("cli.log.export"))
def log_export(folder: Folder) -> None:
    """Write every event as a line of JSON, with the chain's hashes."""
    log = _log(folder)
    for meeting in log.meetings():
        for row in log.export(meeting):
            typer.echo(json.dumps(row, ensure_ascii=False, sort_keys=True))


def _log(folder: Path) -> "Log":
    from meetings.log.store import Log
    from meetings.settings import Settings

    return Log.open(Settings().log_of(folder), make=False)


class Method(StrEnum):
    """How an election is counted."""

    SCOTTISH_STV = "scottish-stv"
    IRV = "irv"
    APPROVAL = "approval"
    PLURALITY = "plurality"
    MAJORITY_JUDGEMENT = "majority-judgement"


@app.command(help=t("cli.count"))
def count(
    file: Annotated[Path, typer.Argument(help=t("cli.count.file"))],
    method: Annotated[Method, typer.Option(help=t("cli.count.method"))],
    seats: Annotated[int | None, typer.Option(help=t("cli.count.seats"))] = None,
    seed: Annotated[str | None, typer.Option(help=t("cli.option.seed"))] = None,
    as_json: Json = False,
) -> None:
    """Count an election, and say how the result was reached."""
    from meetings.domain.count import blt, methods
    from meetings.domain.lot import Lot

    reading = blt.parse(file.read_bytes())
    result = methods.count(reading.election, method.value, seats, Lot(seed) if seed is not None else None)
    report = methods.report(reading.election, result, reading.notes, t)
    if as_json:
        _print_json(report)
        return
    winners = report["winners"]
    typer.echo(t("cli.count.winners", winners=winners) if winners else t("cli.count.winners-none"))
    for line in methods.explain(reading.election, result, reading.notes, t):
        typer.echo(line)


@app.command(help=t("cli.draw"))
def draw(
    members: Annotated[Path | None, typer.Argument(help=t("cli.draw.members"))] = None,
    seed: Annotated[str | None, typer.Option(help=t("cli.option.seed"))] = None,
    seats: Annotated[int | None, typer.Option(help=t("cli.draw.seats"))] = None,
    quota: Annotated[list[str] | None, typer.Option(help=t("cli.draw.quota"))] = None,
    verify: Annotated[Path | None, typer.Option(help=t("cli.draw.verify"))] = None,
    as_json: Json = False,
) -> None:
    """Draw members by lot, or redo a draw; exit status 1 where it differs."""
    from meetings.domain import sortition
    from meetings.domain.sortition import quotas, record, roll, words

    listed = roll.read(members.read_bytes()) if members else None
    if verify:
        differs = record.verify(verify.read_bytes(), listed)
        for what in differs or ["verified"]:
            typer.echo(t(f"cli.draw.differs.{what}" if differs else "cli.draw.verified"))
        sys.exit(1 if differs else 0)
    if not listed or seed is None:
        raise sortition.SortitionError(sortition.Obstacle.SEED)
    done = sortition.draw(listed, seed, seats, [quotas.parse(text) for text in quota or []])
    if as_json:
        _print_json(record.write(done))
        return
    for line in words.lines(done, t):
        typer.echo(line)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
