"""`hemicycle models`: the speech models on this machine."""

import sys
from typing import Annotated

import typer

from meetings.cli.common import Json, print_json, t

app = typer.Typer(no_args_is_help=True, help=t("cli.models"))


@app.command("list", help=t("cli.models.list"))
def list_(as_json: Json = False) -> None:
    """List the models of the catalogue."""
    from transcribe.fetch import status

    found = status()
    if as_json:
        print_json([{"name": one.model.name, "present": one.present, "bytes": one.model.size} for one in found])
        return
    for one in found:
        state = t("cli.models.present" if one.present else "cli.models.absent")
        typer.echo(t("cli.models.line", name=one.model.name, megabytes=one.model.size // 10**6, state=state))


@app.command("fetch", help=t("cli.models.fetch"))
def fetch_(name: Annotated[str, typer.Argument(help=t("cli.models.name"))]) -> None:
    """Fetch a model and verify it."""
    from transcribe.fetch import fetch

    typer.echo(t("cli.models.fetched", folder=fetch(name)))


@app.command("verify", help=t("cli.models.verify"))
def verify_(name: Annotated[str | None, typer.Argument(help=t("cli.models.name"))] = None) -> None:
    """Verify the models on this machine; exit status 2 where a file is not what the catalogue says."""
    from transcribe.fetch import status, verify

    names = [name] if name else [one.model.name for one in status() if one.folder.is_dir()]
    flaws = {name: verify(name) for name in names}
    for each, problems in flaws.items():
        words = "; ".join(map(str, problems))
        typer.echo(t("cli.models.wrong", name=each, problems=words) if problems else t("cli.models.right", name=each))
    if any(flaws.values()):
        sys.exit(2)
