"""`hemicycle privacy`: what the council owes to those whose data it keeps."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from meetings.cli.common import t
from meetings.domain.values import MemberId
from meetings.i18n import translator

app = typer.Typer(no_args_is_help=True, help=t("cli.privacy"))


@app.command("register", help=t("cli.privacy.register"))
def register_() -> None:
    """Print the record of processing, from the settings and rules in force, in the council's language."""
    from meetings.domain.meeting import fold
    from meetings.log.store import Log, LogUnusableError
    from meetings.main import rules_of
    from meetings.register import register
    from meetings.settings import Settings

    settings = Settings()
    try:
        log = Log.open(settings.log_of(settings.data), make=False)
    except LogUnusableError as error:
        if error.code != "absent":
            raise
        meetings = []
    else:
        meetings = [fold(one, log.history(one)) for one in log.meetings()]
        log.close()
    typer.echo(register(settings, rules_of(settings.rules), translator(settings.lang), meetings), nl=False)


@app.command("erase", help=t("cli.privacy.erase"))
def erase(
    member: Annotated[str, typer.Argument(help=t("cli.privacy.erase.member"))],
    folder: Annotated[Path | None, typer.Argument(help=t("cli.web.folder"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.privacy.erase.yes"))] = False,
) -> None:
    """Erase a member, even one who left; exit status 2 where nothing of them is kept, 1 where nothing was erased."""
    import asyncio

    from meetings.council import Council
    from meetings.hearing import erase_member
    from meetings.jobs.erasing import holdings
    from meetings.log.store import Log
    from meetings.settings import Settings

    settings = Settings()
    settings = settings.model_copy(update={"data": folder}) if folder else settings
    log = Log.open(settings.log_of(settings.data), make=False)
    try:
        named = [
            key for key, name in log.names().items() if member in {key, name} or member.casefold() == name.casefold()
        ]
        one = MemberId(named[0] if len(named) == 1 else member)
        council = Council(log)
        found = holdings(council, one)
        if not found.meetings:
            sys.stderr.write(t("cli.privacy.erase.unknown", name=member) + "\n")
            sys.exit(2)
        counts = {"meetings": len(found.meetings), "utterances": found.utterances}
        counts |= {"requests": found.requests, "approved": found.approved}
        told = {name: t.n(f"privacy.erase.{name}", count) for name, count in counts.items()}
        typer.echo(t("cli.privacy.erase.asked", **told))
        if not (yes or typer.confirm(t("cli.privacy.erase.sure"))):
            typer.echo(t("cli.privacy.erase.left"))
            sys.exit(1)
        asyncio.run(erase_member(council, settings, one))
    finally:
        log.close()
    typer.echo(t("cli.privacy.erase.done"))
