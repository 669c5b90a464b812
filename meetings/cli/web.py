"""`hemicycle web`: the pages alone."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from meetings.cli.common import t

app = typer.Typer()


@app.command(help=t("cli.web"))
def web(
    folder: Annotated[Path | None, typer.Argument(help=t("cli.web.folder"))] = None,
    port: Annotated[int | None, typer.Option(help=t("cli.web.port"))] = None,
) -> None:
    """Serve the pages of a data folder until interrupted, beside the bot or without it."""
    from meetings.settings import Settings

    settings = Settings()
    settings = settings.model_copy(update={"data": folder}) if folder else settings
    from meetings.web import alone

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    alone.run(settings, port)


@app.command(help=t("cli.link"))
def link(
    member: Annotated[str, typer.Argument(help=t("cli.link.member"))],
    folder: Annotated[Path | None, typer.Argument(help=t("cli.web.folder"))] = None,
) -> None:
    """Print a link that lets a member sign in to the pages, once; exit status 2 where nobody is called so."""
    from meetings.log.store import Log
    from meetings.settings import Settings
    from meetings.web import Links, alone

    settings = Settings()
    data = folder or settings.data
    log = Log.open(settings.log_of(data), make=False)
    names = log.names()
    log.close()
    found = [key for key, name in names.items() if member in {key, name} or member.casefold() == name.casefold()]
    if len(found) != 1:
        sys.stderr.write(t("cli.link.unknown", name=member, known=sorted(names.values())) + "\n")
        sys.exit(2)
    typer.echo(Links(data).address(alone.address(settings), found[0]))
