"""`hemicycle privacy`: what the council owes to those whose data it keeps."""

import typer

from meetings.cli.common import t
from meetings.i18n import translator

app = typer.Typer(no_args_is_help=True, help=t("cli.privacy"))


@app.callback()
def _group() -> None:
    """One command today: a group all the same, so that its name stays."""


@app.command("register", help=t("cli.privacy.register"))
def register_() -> None:
    """Print the record of processing, from the settings and rules in force, in the council's language."""
    from meetings.main import rules_of
    from meetings.register import register
    from meetings.settings import Settings

    settings = Settings()
    typer.echo(register(settings, rules_of(settings.rules), translator(settings.lang)), nl=False)
