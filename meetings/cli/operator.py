"""`hemicycle init`, `doctor` and `sync`: the council's house set up and looked over by who hosts it."""

import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from meetings.cli.common import Json, print_json, t
from meetings.cli.session import Channel, Lang

if TYPE_CHECKING:
    from meetings.findings import Finding
    from meetings.settings import Settings

app = typer.Typer()


@app.command(help=t("cli.init"))
def init(
    token: Annotated[str | None, typer.Option(help=t("cli.init.token"))] = None,
    council: Annotated[str | None, typer.Option(help=t("cli.init.council"))] = None,
    lang: Annotated[Lang | None, typer.Option(help=t("cli.init.lang"))] = None,
    zone: Annotated[str | None, typer.Option(help=t("cli.init.zone"))] = None,
    channel: Annotated[Channel | None, typer.Option(help=t("cli.init.channel"))] = None,
    chair_role: Annotated[str | None, typer.Option(help=t("cli.init.chair-role"))] = None,
    secretary_role: Annotated[str | None, typer.Option(help=t("cli.init.secretary-role"))] = None,
    member_role: Annotated[str | None, typer.Option(help=t("cli.init.member-role"))] = None,
    agenda: Annotated[str | None, typer.Option(help=t("cli.init.agenda"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.init.yes"))] = False,
) -> None:
    """Write the settings, and say how the bot is invited."""
    from meetings.platforms.discord.login import application_of
    from meetings.settings import ENV, Settings, keep

    given = {
        "token": token,
        "council": council,
        "lang": lang,
        "zone": zone,
        "chair_role": chair_role,
        "secretary_role": secretary_role,
        "member_role": member_role,
        "agenda": agenda,
    }
    known = _known()
    if ENV.exists() and not (yes or typer.confirm(t("cli.init.replace", path=ENV.absolute()))):
        typer.echo(t("cli.init.left"))
        sys.exit(1)
    known |= {name: value for name, value in given.items() if value is not None}
    unsaid = [] if yes else [name for name, value in given.items() if value is None]
    values = known | {name: _ask(name, known[name], _flaw(name)) for name in unsaid}
    room = channel or (Channel.STAGE if yes else Channel(_ask("channel", Channel.STAGE.value, _not_a_room)))
    kept = {name: values[name] for name in given if values[name]}
    Settings.model_validate(kept)
    application = application_of(values["token"])
    keep(ENV, kept)
    _explain(application, room, values)


def _known() -> dict[str, str]:
    """The settings as they are now, by name; the usual ones where they cannot be read."""
    from pydantic import ValidationError

    from meetings.settings import Settings

    try:
        settings = Settings()
    except ValidationError:
        settings = Settings.model_construct()
    known = {name: "" if value is None else str(value) for name, value in settings}
    return known | {"token": settings.token.get_secret_value()}


def _ask(name: str, known: str, flaw: Callable[[str], str | None]) -> str:
    """What the person says, asked again until nothing is wrong with it; a secret is not shown."""
    secret = name == "token"
    while True:
        shown = bool(known) and not secret
        said: str = typer.prompt(t(f"cli.init.ask.{name}"), default=known, hide_input=secret, show_default=shown)
        if not (wrong := flaw(said)):
            return said
        typer.echo(wrong)


def _flaw(name: str) -> Callable[[str], str | None]:
    """What is wrong with an answer as the value of a setting."""
    from meetings import faults
    from meetings.platforms.discord.login import application_of
    from meetings.settings import Settings

    def flaw(said: str) -> str | None:
        try:
            if name == "token":
                application_of(said)
            Settings.model_validate({name: said} if said else {})
        except faults.EXPECTED as refusal:
            return faults.sentence(refusal, t)
        return None

    return flaw


def _not_a_room(said: str) -> str | None:
    return None if said in set(Channel) else t("cli.init.no-room", rooms=[room.value for room in Channel])


def _explain(application: int, room: Channel, values: dict[str, Any]) -> None:
    """What was written, what the bot must be allowed and why, and what is left to do."""
    from meetings.platforms.discord.permissions import invitation, names, needed
    from meetings.settings import ENV

    typer.echo(t("cli.init.written", path=ENV.absolute()))
    typer.echo("\n" + t("cli.init.permissions"))
    for name in names(needed(room.value)):
        typer.echo(f"  {t(f'discord.permission.{name}')} — {t(f'discord.permission.{name}.why')}")
    typer.echo("\n" + t("cli.init.invite", link=invitation(application, room.value)))
    roles = {role: values[f"{role}_role"] for role in ("chair", "secretary", "member")}
    typer.echo("\n" + t("cli.init.next", **roles))


@app.command(help=t("cli.doctor"))
def doctor(as_json: Json = False) -> None:
    """Look everything over; exit status 1 where something does not hold."""
    from pydantic import ValidationError

    from meetings.findings import Finding
    from meetings.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        findings = [Finding("settings", error=error)]
    else:
        findings = _look_over(settings)
    if as_json:
        print_json([_shown(one) for one in findings])
    else:
        for one in findings:
            typer.echo(_line(one))
    sys.exit(1 if any(one.error for one in findings) else 0)


def _look_over(settings: "Settings") -> "list[Finding]":
    from meetings.doctor import look_over

    return asyncio.run(look_over(settings))


def _shown(one: "Finding") -> dict[str, object]:
    from meetings import faults

    return {
        "check": one.check,
        "where": one.where,
        "holds": one.error is None,
        "remedy": faults.sentence(one.error, t) if one.error else "",
    }


def _line(one: "Finding") -> str:
    shown = _shown(one)
    words = t(f"doctor.check.{one.check}", where=one.where)
    return f"✓ {words}" if shown["holds"] else f"✗ {words}\n  {shown['remedy']}"


@app.command(help=t("cli.sync"))
def sync(force: Annotated[bool, typer.Option("--force", help=t("cli.sync.force"))] = False) -> None:
    """Tell Discord the slash commands where they changed."""
    from meetings.main import discord_config
    from meetings.platforms.discord.sync import sync as tell
    from meetings.settings import Settings

    told = asyncio.run(tell(discord_config(Settings()), force=force))
    typer.echo(t("cli.sync.told" if told else "cli.sync.same"))
