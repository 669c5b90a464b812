"""`hemicycle web`: the pages alone."""

import logging
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
