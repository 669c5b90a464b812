"""What every command shares: the reader's language, the options that many take, one way to print JSON."""

import json
import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from meetings.i18n import translator


def reader_language() -> Literal["fr", "en"]:
    """The language of who reads the terminal, by the environment (POSIX, 8.2); English where it names none."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, named), "").startswith("fr") else "en"


LANGUAGE = reader_language()
t = translator(LANGUAGE)

Json = Annotated[bool, typer.Option("--json", help=t("cli.option.json"))]
Folder = Annotated[Path, typer.Argument(help=t("cli.folder"))]


def print_json(value: object) -> None:
    """Print a value as JSON, indented, letters as they are; what JSON does not know as text."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
