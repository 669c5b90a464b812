"""`hemicycle recording`: the tracks of a meeting."""

from pathlib import Path
from typing import Annotated

import typer

from meetings.cli.common import Json, print_json, t

app = typer.Typer(no_args_is_help=True, help=t("cli.recording"))


@app.command("check", help=t("cli.recording.check"))
def check_(folder: Annotated[Path, typer.Argument(help=t("cli.recording.folder"))], as_json: Json = False) -> None:
    """Examine a recording, track by track."""
    from dataclasses import asdict

    from meetings.recording import check

    report = check(folder)
    if as_json:
        print_json(asdict(report))
        return
    for track in report.tracks:
        typer.echo(t("cli.recording.track", **asdict(track)))
    for hole in report.holes:
        typer.echo(t("cli.recording.hole", start=hole.start, end=hole.end))
