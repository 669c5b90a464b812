"""`hemicycle recording`: the tracks of a meeting."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetings.cli.common import Json, print_json, t

if TYPE_CHECKING:
    from meetings.recording import Hole, TrackReport

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
    typer.echo(t("cli.recording.start", start=report.start, runs=report.segments))
    for track in report.tracks:
        typer.echo(_track(track))
    for hole in report.holes:
        typer.echo(_hole(hole, report.start))
    if report.damaged:
        typer.echo(t("cli.recording.damaged", bytes=report.damaged))


def _track(track: "TrackReport") -> str:
    return t(
        "cli.recording.track",
        user_id=track.user_id,
        packets=track.packets,
        lost=track.lost,
        concealed=track.concealed,
        gaps=track.gaps,
        held=track.held,
        voice=f"{track.voice:.1f}",
        length=f"{track.length:.1f}",
        ms=round(track.alignment * 1000),
    )


def _hole(hole: "Hole", start: datetime) -> str:
    seconds, why = (hole.end - hole.start).total_seconds(), t(f"cli.recording.hole.{hole.cause}")
    at = str(hole.start - start).partition(".")[0]
    return t("cli.recording.hole", at=at, seconds=f"{seconds:.1f}", why=why)
