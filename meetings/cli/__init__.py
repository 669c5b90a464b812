"""The command `hemicycle`. Each command loads what it needs when it runs, so that help and refusals come at once."""

import sys

import typer

from meetings.cli import (
    agenda,
    log,
    lots,
    minutes,
    models,
    operator,
    privacy,
    recording,
    session,
    transcribe,
    web,
    worker,
)
from meetings.cli.common import t

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=t("cli.help"))
for room in (session, transcribe, worker, operator, lots, web):
    app.add_typer(room.app)
app.add_typer(agenda.app, name="agenda")
app.add_typer(models.app, name="models")
app.add_typer(recording.app, name="recording")
app.add_typer(log.app, name="log")
app.add_typer(minutes.app, name="minutes")
app.add_typer(privacy.app, name="privacy")


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
