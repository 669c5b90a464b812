"""`hemicycle rehearse`, `loopback` and `run`: meetings, real and rehearsed."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from meetings.cli.common import Json, print_json, t

app = typer.Typer()


class Channel(StrEnum):
    """Where the council meets."""

    STAGE = "stage"
    VOICE = "voice"


class Lang(StrEnum):
    """The languages of a rehearsal."""

    FR = "fr"
    EN = "en"


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
    summary = rehearsal.perform(order, lambda done: print_json(done.to_json()) if as_json else None)
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
