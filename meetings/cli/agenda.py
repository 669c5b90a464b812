"""`hemicycle agenda`: calendars and the agendas in them."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from meetings.cli.common import LANGUAGE, Json, print_json, t

DAYS = ["%Y-%m-%d"]
app = typer.Typer(no_args_is_help=True, help=t("cli.agenda"))


@app.command("show", help=t("cli.agenda.show"))
def show_(
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
        print_json(show(reading, language=LANGUAGE, file=file.name))
    else:
        typer.echo(render(reading, language=LANGUAGE, file=file.name))
