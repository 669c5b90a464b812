"""`hemicycle agenda`: calendars and the agendas in them."""

import asyncio
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from meetings.cli.common import LANGUAGE, Folder, Json, print_json, t

if TYPE_CHECKING:
    from agenda.calendar import Reading
    from agenda.documents import Documents

DAYS = ["%Y-%m-%d"]
app = typer.Typer(no_args_is_help=True, help=t("cli.agenda"))


@app.command("show", help=t("cli.agenda.show"))
def show_(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help=t("cli.agenda.sources"))],
    as_json: Json = False,
    start: Annotated[datetime | None, typer.Option("--from", formats=DAYS, help=t("cli.agenda.from"))] = None,
    end: Annotated[datetime | None, typer.Option("--to", formats=DAYS, help=t("cli.agenda.to"))] = None,
    cancelled: Annotated[bool, typer.Option("--cancelled", help=t("cli.agenda.cancelled"))] = False,
    documents: Annotated[bool, typer.Option("--documents", help=t("cli.agenda.documents"))] = False,
) -> None:
    """Show the meetings of calendars and their agendas."""
    from agenda.feed import read_once
    from agenda.linked import gather
    from agenda.show import render, show
    from agenda.web import Web
    from meetings.settings import Settings

    settings = Settings()
    first, last = (day.replace(tzinfo=settings.zone) if day else None for day in (start, end))

    async def reading() -> "tuple[Reading, Documents]":
        async with Web(private=settings.agenda_private) as web:
            found = await read_once(
                sources, web, zone=settings.zone, now=datetime.now(UTC), start=first, end=last, cancelled=cancelled
            )
            return found, await gather(found.occurrences, web if documents else None)

    found, texts = asyncio.run(reading())
    if as_json:
        print_json(show(found, language=LANGUAGE, documents=texts))
    else:
        typer.echo(render(found, language=LANGUAGE, documents=texts))


@app.command("export", help=t("cli.agenda.export"))
def export(folder: Folder) -> None:
    """Write the council's own calendar (ICS), from its log."""
    from meetings.log.store import Log
    from meetings.published import calendar
    from meetings.settings import Settings

    settings = Settings()
    log = Log.open(settings.log_of(folder), make=False)
    told = calendar(log, council=settings.council, zone=settings.zone, lang=settings.lang, pages=settings.web_url)
    sys.stdout.buffer.write(told)
    sys.stdout.buffer.flush()
