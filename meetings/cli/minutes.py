"""`hemicycle minutes`: signatures made, and verified by anyone."""

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetings.cli.common import Folder, Json, print_json, t

if TYPE_CHECKING:
    from meetings.domain.refusals import Refusal

app = typer.Typer(no_args_is_help=True, help=t("cli.minutes"))


class Office(StrEnum):
    """Who signs."""

    CHAIR = "chair"
    SECRETARY = "secretary"


@app.command("verify", help=t("cli.minutes.verify"))
def verify(file: Annotated[Path, typer.Argument(help=t("cli.minutes.file"))], as_json: Json = False) -> None:
    """Verify a signed document; exit status 1 where it is not what chair and secretary signed."""
    from dataclasses import asdict

    from meetings.minutes.signing import verify as examined

    verdict = examined(file)
    if as_json:
        signatures = [asdict(one) | {"holds": good} for one, good in verdict.signatures]
        print_json({"sha256": verdict.digest, "holds": verdict.holds, "signatures": signatures})
        sys.exit(0 if verdict.holds else 1)
    typer.echo(t("cli.minutes.digest" if verdict.whole else "cli.minutes.altered", digest=verdict.digest))
    for one, good in verdict.signatures:
        key = "cli.minutes.signature" if good else "cli.minutes.no-signature"
        typer.echo(t(key, role=t(f"minutes.role.{one.role}"), name=one.name, at=one.at, key=one.key))
    typer.echo(t("cli.minutes.holds" if verdict.holds else "cli.minutes.fails"))
    sys.exit(0 if verdict.holds else 1)


@app.command("sign", help=t("cli.minutes.sign"))
def sign(
    folder: Folder,
    meeting: Annotated[str, typer.Option(help=t("cli.minutes.meeting"))],
    office: Annotated[Office, typer.Option("--as", help=t("cli.minutes.as"))],
) -> None:
    """Sign approved minutes at the machine, with the key that lies in the data folder."""
    refusal = asyncio.run(_sign(folder, meeting, office))
    if refusal:
        typer.echo(t(f"refusal.{refusal.code}", **refusal.fields), err=True)
        sys.exit(1)
    typer.echo(t("cli.minutes.signed", folder=folder))


async def _sign(folder: Path, name: str, office: Office) -> "Refusal | None":
    from meetings.council import Council
    from meetings.domain.refusals import Code, Refusal
    from meetings.domain.values import MeetingId, Role
    from meetings.jobs.adoption import Adoption, signature
    from meetings.jobs.office import DOCUMENTS, KEYS, RECORDINGS, stationery
    from meetings.log.store import Log
    from meetings.settings import Settings

    settings = Settings()
    log = Log.open(settings.log_of(folder), make=False)
    try:
        council = Council(log)
        meeting = council.meeting(MeetingId(name))
        member = meeting.attendance.holder(Role(office.value))
        if member is None:
            return Refusal(Code.UNKNOWN_MEETING)
        asked = signature(council, folder / DOCUMENTS, folder / KEYS, meeting, member, settings.zone)
        if asked is None:
            return Refusal(Code.NOT_APPROVED)
        outcome = await council.handle(asked)
        recordings, documents = folder / RECORDINGS, folder / DOCUMENTS
        await Adoption(council, recordings, documents, settings.zone, paper=stationery(settings)).settle()
        return outcome if isinstance(outcome, Refusal) else None
    finally:
        log.close()
