"""The check-up names what the bot lacks on Discord; the permissions it asks for are enough, and no more is asked."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from hall import CHAIR, MEMBERS, PAUL, SECRETARY, Hall, until

from meetings.domain import commands as c
from meetings.findings import Finding
from meetings.i18n import LANGUAGES, translator
from meetings.main import discord_config
from meetings.platforms.discord import permissions
from meetings.platforms.discord.checkup import check_up
from meetings.platforms.discord.login import application_of
from meetings.platforms.discord.sync import sync
from meetings.platforms.port import PlatformError
from meetings.rehearsal.loopback.founding import BotSpec
from meetings.rehearsal.loopback.kinds import ChannelType, Intent, Permission
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import Channel, Overwrite, Role
from meetings.settings import Settings


def settings(server: LoopbackServer, data: Path, **changes: object) -> Settings:
    told = server.describe()
    given = {
        "token": told["bots"][0]["token"],
        "rest": told["rest"],
        "room": int(told["channels"]["stage"]),
        "data": data,
    }
    return Settings(_env_file=None, **given | changes)


async def looked(server: LoopbackServer, data: Path, **changes: object) -> list[Finding]:
    return await check_up(discord_config(settings(server, data, **changes)))


def faults(findings: list[Finding]) -> dict[tuple[str, str], str]:
    """What does not hold, by check and place, and its code; every sentence is whole in both languages."""
    found = {}
    for one in findings:
        assert all(translator(lang)(f"doctor.check.{one.check}", where=one.where) for lang in LANGUAGES)
        if isinstance(one.error, PlatformError):
            assert all(one.error.words(translator(lang)).endswith(".") for lang in LANGUAGES)
            found[one.check, one.where] = one.error.code
    return found


def bot_role(server: LoopbackServer) -> Role:
    guild = server.world.guild
    return guild.roles[guild.members[int(server.describe()["bots"][0]["id"])].role_ids[0]]


def allowed(wanted: discord.Permissions) -> Permission:
    return Permission(wanted.value)


async def test_a_server_that_is_ready(server: LoopbackServer, tmp_path: Path) -> None:
    assert faults(await looked(server, tmp_path)) == {("commands", ""): "commands"}
    config = discord_config(settings(server, tmp_path))
    assert await sync(config)
    assert faults(await looked(server, tmp_path)) == {}
    assert not await sync(config)
    command = next(iter(server.world.commands.values()))
    command.body["description_localizations"]["en-GB"] = "Something older"
    assert faults(await looked(server, tmp_path)) == {("commands", ""): "commands"}
    assert await sync(config, force=True)
    assert faults(await looked(server, tmp_path)) == {}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"token": ""}, ("token", "token-missing")),
        ({"token": "MTIz.abc.def"}, ("token", "token-refused")),
        ({"rest": "http://127.0.0.1:9/api/v10"}, ("token", "unreachable")),
        ({"guild": 5}, ("server", "guild-unknown")),
        ({"text": 5}, ("text", "text-unknown")),
        ({"room": None}, ("room", "room-several")),
        ({"chair_role": "Mairie"}, ("role", "role-none")),
    ],
)
async def test_a_wrong_setting(
    server: LoopbackServer, tmp_path: Path, changes: dict[str, object], fault: tuple[str, str]
) -> None:
    found = {(check, code) for (check, _), code in faults(await looked(server, tmp_path, **changes)).items()}
    assert found - {("commands", "commands")} == {fault}


def _no_speaking_for_members(server: LoopbackServer) -> None:
    bot_role(server).permissions = allowed(permissions.needed("stage")) & ~Permission.MUTE_MEMBERS


def _text_closed(server: LoopbackServer) -> None:
    role, text = bot_role(server), server.channel(ChannelType.TEXT)
    role.permissions = allowed(permissions.needed("stage"))
    text.overwrites[role.id] = Overwrite(role.id, 0, Permission(0), Permission.ATTACH_FILES)


def _no_events(server: LoopbackServer) -> None:
    bot_role(server).permissions = allowed(permissions.needed("stage")) & ~Permission.CREATE_EVENTS


def _nobody_presides(server: LoopbackServer) -> None:
    server.world.guild.members[CHAIR].role_ids.clear()


def _second_text(server: LoopbackServer) -> None:
    guild = server.world.guild
    guild.channels[77] = Channel(77, ChannelType.TEXT, "annonces", guild.id)


@pytest.mark.parametrize(
    ("spoil", "place", "code", "says"),
    [
        (_no_speaking_for_members, ("permissions", "Hémicycle"), "permissions", "mute_members"),
        (_text_closed, ("permissions", "conseil"), "permissions", "attach_files"),
        (_no_events, ("permissions", "Conseil citoyen de Lunel"), "permissions", "create_events"),
        (_nobody_presides, ("role", "Présidence"), "role-nobody", "Présidence"),
        (_second_text, ("text", ""), "text-several", "annonces (77)"),
    ],
)
async def test_a_server_that_lacks_something(
    server: LoopbackServer,
    tmp_path: Path,
    spoil: Callable[[LoopbackServer], None],
    place: tuple[str, str],
    code: str,
    says: str,
) -> None:
    await sync(discord_config(settings(server, tmp_path)))
    spoil(server)
    findings = await looked(server, tmp_path)
    assert faults(findings) == {place: code}
    (error,) = [one.error for one in findings if one.error]
    assert says in str(error)


@pytest.mark.parametrize(("wanted", "missing"), [("on", ["speak"]), ("off", [])])
async def test_a_voice_channel_in_which_the_bot_may_not_speak(
    server: LoopbackServer, tmp_path: Path, wanted: str, missing: list[str]
) -> None:
    role, room = bot_role(server), server.channel(ChannelType.VOICE)
    role.permissions = allowed(permissions.needed("voice"))
    room.overwrites[role.id] = Overwrite(role.id, 0, Permission(0), Permission.SPEAK)
    findings = await looked(server, tmp_path, room=room.id, announcement=wanted)
    lacked = [one.error.fields["missing"] for one in findings if one.check == "permissions" and one.error]
    assert lacked == [missing] * bool(missing)


async def test_an_application_that_may_not_know_the_members(tmp_path: Path) -> None:
    loopback = LoopbackServer("Conseil", MEMBERS, [BotSpec("Hémicycle", privileged=Intent(0))])
    await loopback.start()
    try:
        await sync(discord_config(settings(loopback, tmp_path)))
        assert faults(await looked(loopback, tmp_path)) == {("intent", ""): "intent-missing"}
    finally:
        await loopback.stop()


@pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)
async def test_the_permissions_asked_for_are_enough(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    await hall.stop_bot()
    bot_role(hall.server).permissions = allowed(permissions.needed(hall.venue))
    for channel in hall.server.world.guild.channels.values():  # nothing comes from what everyone may
        channel.overwrites.clear()
    hall.server.world.guild.roles[hall.server.world.guild.id].permissions = Permission(0)
    caplog.set_level(logging.WARNING)
    await hall.start_bot()
    await hall.opened()
    await hall.phones[PAUL].slash("main lever")
    await hall.phones[CHAIR].slash("parole donner")
    await until(lambda: hall.may_speak(PAUL) and not hall.may_speak(SECRETARY))
    await hall.put_to_the_vote("Oui ?")
    await hall.phones[CHAIR].slash("vote clore")
    await hall.phones[CHAIR].slash("séance lever")
    draft = hall.config().documents / hall.meeting.id
    await asyncio.to_thread(draft.mkdir, parents=True)
    await asyncio.to_thread((draft / "minutes.pdf").write_bytes, b"%PDF")
    await hall.do(c.NoteDraft, digest="0" * 64)
    await until(lambda: {"minutes", "event:over"} <= hall.meeting.posted.keys())
    told = hall.server.describe()["bots"][0]
    assert hall.server.world.guild.members[int(told["id"])].nick is None  # `[REC]` takes a permission that is not asked
    assert [record.getMessage() for record in caplog.records if "could not be settled" in record.getMessage()] == []


def test_the_link_asks_for_these_permissions_alone() -> None:
    for room in ("stage", "voice"):
        link = permissions.invitation(7, room)
        assert f"permissions={permissions.needed(room).value}" in link
        assert "scope=bot+applications.commands" in link
        assert not permissions.needed(room).administrator


@pytest.mark.parametrize(("token", "code"), [("", "token-missing"), ("abc", "token-shape"), ("é.b.c", "token-shape")])
def test_what_is_no_token(token: str, code: str) -> None:
    with pytest.raises(PlatformError) as raised:
        application_of(token)
    assert raised.value.code == code
