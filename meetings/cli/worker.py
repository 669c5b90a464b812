"""`hemicycle worker`: this machine hears for a council elsewhere."""

import logging
import os
import sys
from typing import Annotated

import typer

from meetings.cli.common import t

app = typer.Typer()


@app.command(help=t("cli.worker"))
def worker(
    scheduler: Annotated[str, typer.Option(help=t("cli.worker.scheduler"))],
    model: Annotated[str, typer.Option(help=t("cli.model"))] = "base",
    threads: Annotated[int, typer.Option(min=0, help=t("cli.worker.threads"))] = 0,
) -> None:
    """Hear what comes from a dask scheduler until stopped."""
    from transcribe.worker import ENVIRONMENT, recipe

    if not ENVIRONMENT.items() <= os.environ.items():  # read when a process starts
        os.execve(sys.executable, sys.orig_argv, {**os.environ, **ENVIRONMENT})  # noqa: S606 this very command
    from transcribe.fetch import fetch
    from transcribe.remote import serve

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder = fetch(model)
    serve(scheduler, recipe(folder, None, (), threads or os.cpu_count() or 1, "auto"), folder.name)
