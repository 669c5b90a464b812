"""`hemicycle count` and `hemicycle draw`: elections counted, members drawn by lot."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from meetings.cli.common import Json, print_json, t

app = typer.Typer()


class Method(StrEnum):
    """How an election is counted."""

    SCOTTISH_STV = "scottish-stv"
    IRV = "irv"
    APPROVAL = "approval"
    PLURALITY = "plurality"
    MAJORITY_JUDGEMENT = "majority-judgement"


@app.command(help=t("cli.count"))
def count(
    file: Annotated[Path, typer.Argument(help=t("cli.count.file"))],
    method: Annotated[Method, typer.Option(help=t("cli.count.method"))],
    seats: Annotated[int | None, typer.Option(help=t("cli.count.seats"))] = None,
    seed: Annotated[str | None, typer.Option(help=t("cli.option.seed"))] = None,
    as_json: Json = False,
) -> None:
    """Count an election, and say how the result was reached."""
    from meetings.domain.count import blt, methods
    from meetings.domain.lot import Lot

    reading = blt.parse(file.read_bytes())
    result = methods.count(reading.election, method.value, seats, Lot(seed) if seed is not None else None)
    report = methods.report(reading.election, result, reading.notes, t)
    if as_json:
        print_json(report)
        return
    winners = report["winners"]
    typer.echo(t("cli.count.winners", winners=winners) if winners else t("cli.count.winners-none"))
    for line in methods.explain(reading.election, result, reading.notes, t):
        typer.echo(line)


@app.command(help=t("cli.draw"))
def draw(
    members: Annotated[Path | None, typer.Argument(help=t("cli.draw.members"))] = None,
    seed: Annotated[str | None, typer.Option(help=t("cli.option.seed"))] = None,
    seats: Annotated[int | None, typer.Option(help=t("cli.draw.seats"))] = None,
    quota: Annotated[list[str] | None, typer.Option(help=t("cli.draw.quota"))] = None,
    verify: Annotated[Path | None, typer.Option(help=t("cli.draw.verify"))] = None,
    as_json: Json = False,
) -> None:
    """Draw members by lot, or redo a draw; exit status 1 where it differs."""
    from meetings.domain import sortition
    from meetings.domain.sortition import quotas, record, roll, words

    listed = roll.read(members.read_bytes()) if members else None
    if verify:
        differs = record.verify(verify.read_bytes(), listed)
        for what in differs or ["verified"]:
            typer.echo(t(f"cli.draw.differs.{what}" if differs else "cli.draw.verified"))
        sys.exit(1 if differs else 0)
    if not listed or seed is None:
        raise sortition.SortitionError(sortition.Obstacle.SEED)
    done = sortition.draw(listed, seed, seats, [quotas.parse(text) for text in quota or []])
    if as_json:
        print_json(record.write(done))
        return
    for line in words.lines(done, t):
        typer.echo(line)
