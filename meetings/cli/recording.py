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

    from meetings.recording import RecordingError, check

    try:
        report = check(folder)
    except RecordingError:
        if (gone := _deleted(folder)) is None:
            raise
        at, files, size = gone
        print_json({"deleted": at, "files": files, "bytes": size}) if as_json else typer.echo(
            t("cli.recording.deleted", at=at, files=files, bytes=size)
        )
        return
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


def _deleted(folder: Path) -> tuple[datetime, int, int] | None:
    """When the log says that this recording was deleted, with its files and bytes; None where it says nothing."""
    from meetings.council import Council
    from meetings.domain.values import MeetingId
    from meetings.log.store import Log, LogUnusableError
    from meetings.settings import Settings

    data = folder.resolve().parent.parent
    try:
        log = Log.open(Settings().log_of(data), make=False)
    except LogUnusableError:
        return None
    try:
        path = Council(log).meeting(MeetingId(folder.resolve().name)).path
    finally:
        log.close()
    return (path.audio_gone, path.audio.files, path.audio.size) if path.audio and path.audio_gone else None


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
