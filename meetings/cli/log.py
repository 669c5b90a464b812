"""`hemicycle log`: the chain of events, verified, shown, taken away."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from meetings.cli.common import Folder, t
from meetings.domain.values import MemberId

if TYPE_CHECKING:
    from meetings.log.store import Log

app = typer.Typer(no_args_is_help=True, help=t("cli.log"))


@app.command("verify", help=t("cli.log.verify"))
def verify(folder: Folder) -> None:
    """Verify every meeting's chain; exit status 1 where one does not hold."""
    from meetings.log.erasure import applied

    log = _log(folder)
    breaks = {meeting: log.verify(meeting) for meeting in log.meetings()}
    for meeting, broken in breaks.items():
        fields = {"meeting": meeting, "events": len(list(log.export(meeting)))}
        if broken:
            typer.echo(t(f"cli.log.{broken.what}", **fields, seq=broken.seq))
        else:
            typer.echo(t("cli.log.holds", **fields))
            if erased := applied(log, meeting):
                typer.echo("  " + t.n("cli.log.erased", erased))
    sys.exit(1 if any(breaks.values()) else 0)


@app.command("show", help=t("cli.log.show"))
def show(folder: Folder) -> None:
    """Show every event as one line."""
    log = _log(folder)
    names = log.names()
    for meeting in log.meetings():
        typer.echo(t("cli.log.meeting", meeting=meeting))
        for row in log.export(meeting):
            who = names.get(MemberId(str(row["by"])), "—")
            facts = json.dumps(row["data"], ensure_ascii=False)
            typer.echo(f"{row['seq']:6} {str(row['at'])[:19]} {who:24} {row['type']} {facts}")


@app.command("export", help=t("cli.log.export"))
def export(folder: Folder) -> None:
    """Write every event as a line of JSON, with the chain's hashes."""
    log = _log(folder)
    for meeting in log.meetings():
        for row in log.export(meeting):
            typer.echo(json.dumps(row, ensure_ascii=False, sort_keys=True))


def _log(folder: Path) -> "Log":
    from meetings.log.store import Log
    from meetings.settings import Settings

    return Log.open(Settings().log_of(folder), make=False)
