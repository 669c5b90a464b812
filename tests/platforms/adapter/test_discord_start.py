"""What keeps the bot from serving is one typed error with one clear sentence, and nothing is left open."""

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hall import MEMBERS

from meetings.council import Council
from meetings.i18n import LANGUAGES, translator
from meetings.log.store import Log
from meetings.platforms.discord import CouncilBot, DiscordConfig
from meetings.platforms.port import Platform, PlatformError
from meetings.rehearsal.loopback.founding import BotSpec
from meetings.rehearsal.loopback.kinds import ChannelType, Intent, Permission
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import Channel


@pytest.fixture
async def config(server: LoopbackServer, tmp_path: Path) -> DiscordConfig:
    told = server.describe()
    return DiscordConfig(
        token=told["bots"][0]["token"],
        recordings=tmp_path / "recordings",
        documents=tmp_path / "documents",
        room=int(told["channels"]["stage"]),
        rest=told["rest"],
        gateway=told["gateway"],
    )


@pytest.fixture
async def council(tmp_path: Path) -> AsyncIterator[Council]:
    council = Council(Log.open(tmp_path / "council.db"))
    yield council
    council.log.close()


async def refusal(council: Council, config: DiscordConfig) -> PlatformError:
    """What `start` raises: one sentence in each language, and no task of ours left."""
    before = asyncio.all_tasks()
    with pytest.raises(PlatformError) as raised:
        await CouncilBot(council, config).start()
    for lang in LANGUAGES:
        words = raised.value.words(translator(lang))
        assert words.endswith(".")
        assert "{" not in words
    assert not [task for task in asyncio.all_tasks() - before if task.get_name() in {"discord", "staff"}]
    return raised.value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"token": "  "}, "token-missing"),
        ({"token": "MTIz.abc.def"}, "token-refused"),
        ({"guild": 5}, "guild-unknown"),
        ({"text_channel": 5}, "text-unknown"),
        ({"room": 5}, "room-unknown"),
        ({"room": None}, "room-several"),
        ({"rest": "http://127.0.0.1:9/api/v10"}, "unreachable"),
    ],
)
async def test_a_wrong_setting(council: Council, config: DiscordConfig, changes: dict[str, object], code: str) -> None:
    assert (await refusal(council, replace(config, **changes))).code == code


async def test_several_text_channels_are_named(council: Council, config: DiscordConfig, server: LoopbackServer) -> None:
    guild = server.world.guild
    guild.channels[77] = Channel(77, ChannelType.TEXT, "annonces", guild.id)
    error = await refusal(council, config)
    assert error.code == "text-several"
    assert "annonces (77)" in error.words(translator("fr"))


async def test_missing_permissions_are_named(council: Council, config: DiscordConfig, server: LoopbackServer) -> None:
    guild = server.world.guild
    bot = guild.members[int(server.describe()["bots"][0]["id"])]
    role = guild.roles[bot.role_ids[0]]
    role.permissions &= ~(Permission.ADMINISTRATOR | Permission.CREATE_EVENTS)
    error = await refusal(council, config)
    assert error.code == "permissions"
    assert error.fields["where"] == guild.name
    assert error.fields["missing"] == ["create_events"]
    role.permissions |= Permission.CREATE_EVENTS
    error = await refusal(council, config)
    assert error.fields["where"] == "Hémicycle"
    assert "mute_members" in str(error.fields["missing"])


async def test_a_missing_library(council: Council, config: DiscordConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "davey" else found(name))
    error = await refusal(council, config)
    assert (error.code, error.fields) == ("library-missing", {"package": "davey"})


async def test_a_missing_intent(tmp_path: Path, council: Council, config: DiscordConfig) -> None:
    loopback = LoopbackServer("Conseil", MEMBERS, [BotSpec("Hémicycle", privileged=Intent(0))])
    await loopback.start()
    told = loopback.describe()
    pointed = replace(config, token=told["bots"][0]["token"], rest=told["rest"], gateway=told["gateway"])
    assert (await refusal(council, pointed)).code == "intent-missing"
    await loopback.stop()


async def test_a_bot_that_was_not_started_and_one_whose_token_is_withdrawn(
    council: Council, config: DiscordConfig, server: LoopbackServer
) -> None:
    bot: Platform = CouncilBot(council, config)
    with pytest.raises(RuntimeError):
        _ = bot.venue
    await bot.start()
    waiting = asyncio.create_task(bot.closed())
    for session in list(server.hub.sessions.values()):
        assert session.line
        session.line.hang_up(4004)
    with pytest.raises(PlatformError) as raised:
        await asyncio.wait_for(waiting, 10)
    assert raised.value.code == "connection-lost"
    await bot.stop()
    await bot.stop()  # twice does no harm
