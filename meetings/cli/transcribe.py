"""`hemicycle transcribe`: words for what a data folder lacks, or for any tracks."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetings.cli.common import Json, print_json, t

if TYPE_CHECKING:
    from transcribe.errors import TranscribeError
    from transcribe.tracks import Progress, Report

    Hear = Callable[[Callable[[Progress], None]], Coroutine[None, None, Report]]

app = typer.Typer()


@app.command(help=t("cli.transcribe"))
def transcribe(
    tracks: Annotated[list[Path], typer.Argument(help=t("cli.transcribe.tracks"))],
    model: Annotated[str, typer.Option(help=t("cli.model"))] = "base",
    language: Annotated[str | None, typer.Option(help=t("cli.transcribe.language"))] = None,
    vocabulary: Annotated[Path | None, typer.Option(help=t("cli.transcribe.vocabulary"))] = None,
    scheduler: Annotated[str, typer.Option(help=t("cli.transcribe.scheduler"))] = "",
    figures: Annotated[bool, typer.Option(help=t("cli.transcribe.figures"))] = True,
    as_json: Json = False,
    vtt: Annotated[bool, typer.Option("--vtt", help=t("cli.transcribe.vtt"))] = False,
    srt: Annotated[bool, typer.Option("--srt", help=t("cli.transcribe.srt"))] = False,
    txt: Annotated[bool, typer.Option("--txt", help=t("cli.transcribe.txt"))] = False,
) -> None:
    """Transcribe tracks; or, for one data folder, what it still lacks, and draft its minutes again."""
    if len(tracks) == 1 and tracks[0].is_dir():
        _folder(tracks[0], model, scheduler)
        return
    if as_json + vtt + srt + txt > 1:
        raise typer.BadParameter(t("cli.transcribe.one_form"))
    from transcribe import formats

    lengths = _lengths(tracks)
    report = _heard(lengths, model, scheduler, language, vocabulary, figures=figures) if lengths else None
    for track, error in report.failed.items() if report else ():
        _say(track, error)
    if report and as_json:
        print_json(formats.to_json(report))
    elif report:
        write = formats.to_vtt if vtt else formats.to_srt if srt else formats.to_txt
        typer.echo(write(report), nl=False)
    failed = len(tracks) - len(lengths) + (len(report.failed) if report else 0)
    if failed:
        sys.exit(2 if failed == len(tracks) else 1)


def _lengths(tracks: list[Path]) -> dict[Path, float]:
    """The tracks that can be read, and their seconds (0: unknown), before any model is loaded for them."""
    from transcribe.errors import AudioUnreadable
    from transcribe.tracks import duration

    found = {}
    for track in tracks:
        try:
            found[track] = duration(track) or 0.0
        except AudioUnreadable as error:
            _say(track, error)
    return found


def _say(track: Path | str, error: "TranscribeError") -> None:
    typer.echo(t("cli.transcribe.failed", track=track, reason=error.detail), err=True)


def _folder(folder: Path, model: str, scheduler: str) -> None:
    from meetings.hearing import transcribe_folder
    from meetings.jobs.office import DOCUMENTS

    for meeting, count in transcribe_folder(folder, model, scheduler).items():
        typer.echo(t.n("cli.transcribed", count, folder=folder / DOCUMENTS / meeting))


def _heard(
    lengths: dict[Path, float],
    model: str,
    scheduler: str,
    language: str | None,
    vocabulary: Path | None,
    *,
    figures: bool,
) -> "Report":
    from meetings.settings import Settings
    from transcribe import vocabulary as words
    from transcribe.ears import find
    from transcribe.engine import tongues
    from transcribe.tracks import Tracks

    main, *others = tongues(language or "") or (None,)
    terms = words.read(vocabulary) if vocabulary else ()
    store = Settings().audio_store if scheduler else ""
    ears = find(model, scheduler=scheduler, store=store, language=main, others=others)

    async def hear(progress: Callable[["Progress"], None]) -> "Report":
        async with ears.open() as pool:
            run = Tracks(pool, language=main, terms=terms, figures=figures, progress=progress)
            return await run.run(list(lengths), ears.model, ears.where)

    return _watched(sum(lengths.values()), hear)


def _watched(total: float, hear: "Hear") -> "Report":
    """Run it under a bar on the error output."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    done: dict[str, float] = {}
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total or None)

        def moved(now: "Progress") -> None:
            done[now.track] = now.done
            words = t("cli.transcribe.progress", track=Path(now.track).name, count=now.heard)
            bar.update(task, completed=sum(done.values()), description=words)

        return asyncio.run(hear(moved))
