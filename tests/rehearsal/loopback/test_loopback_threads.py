"""Public threads that begin from a message: whose they are, what the archive allows, what discord.py makes of them."""

from collections.abc import Awaitable, Callable

import discord
import pytest
from loopback_guild import Api, Bot

from meetings.rehearsal.loopback.kinds import Permission
from meetings.rehearsal.loopback.server import LoopbackServer


@pytest.fixture
async def message(server: LoopbackServer, api: Api) -> str:
    """The path of a message in the text channel."""
    text = f"/channels/{server.describe()['channels']['text']}/messages"
    return f"{text}/{(await api('POST', text, {'content': 'Séance'})).body['id']}"


async def test_a_thread_has_its_messages_id_and_a_message_has_one_thread(api: Api, message: str) -> None:
    made = await api("POST", f"{message}/threads", {"name": "Sous-titres"})
    assert (made.status, made.body["id"], made.body["type"]) == (201, message.rpartition("/")[2], 11)
    shown = (await api("GET", message)).body
    assert shown["thread"]["name"] == "Sous-titres"
    assert shown["flags"] & 1 << 5
    again = await api("POST", f"{message}/threads", {"name": "Encore"})
    assert (again.status, again.body["code"]) == (400, 160004)


async def test_an_archived_thread_takes_no_edit_and_a_new_message_takes_it_out(api: Api, message: str) -> None:
    thread = (await api("POST", f"{message}/threads", {"name": "Sous-titres"})).body
    path = f"/channels/{thread['id']}"
    line = (await api("POST", f"{path}/messages", {"content": "Un."})).body
    assert (await api("PATCH", path, {"archived": True})).body["thread_metadata"]["archived"]
    refused = await api("PATCH", f"{path}/messages/{line['id']}", {"content": "Deux."})
    assert (refused.status, refused.body["code"]) == (400, 50083)
    assert (await api("GET", f"/guilds/{thread['guild_id']}/threads/active")).body["threads"] == []
    await api("POST", f"{path}/messages", {"content": "Deux."})
    assert not (await api("GET", path)).body["thread_metadata"]["archived"]
    assert (await api("GET", path)).body["message_count"] == 2


async def test_threads_ask_for_permissions_of_their_own(
    server: LoopbackServer, api: Api, person: Api, message: str
) -> None:
    everyone = server.world.guild.roles[server.world.guild.id]
    members = [role for role in server.world.guild.roles.values() if role.bot_id is None]
    thread = (await api("POST", f"{message}/threads", {"name": "Sous-titres"})).body
    path = f"/channels/{thread['id']}"
    assert (await person("POST", f"{path}/messages", {"content": "Merci."})).status == 200
    assert (await person("PATCH", path, {"name": "À moi"})).status == 403
    assert (await person("DELETE", path)).status == 403
    for role in members:
        role.permissions &= ~(Permission.SEND_MESSAGES_IN_THREADS | Permission.CREATE_PUBLIC_THREADS)
    assert Permission.SEND_MESSAGES in everyone.permissions
    assert (await person("POST", f"{path}/messages", {"content": "Merci."})).status == 403
    assert (await person("POST", f"{message}/threads", {"name": "Mon fil"})).status == 403


async def test_discord_py_makes_writes_and_archives_a_thread(
    bot: Callable[..., Awaitable[Bot]], api: Api, message: str
) -> None:
    client = await bot(0)
    text = client.council.text_channels[0]
    thread = await text.get_partial_message(int(message.rpartition("/")[2])).create_thread(name="Sous-titres")
    line = await thread.send("Un.")
    await line.edit(content="Deux.")
    other = await bot(1)  # who connects later is told of it
    assert [one.name for one in other.council.threads] == ["Sous-titres"]
    archived = await thread.edit(archived=True)
    assert archived.archived
    with pytest.raises(discord.HTTPException, match="50083"):
        await line.edit(content="Trois.")
    assert (await api("GET", f"/channels/{thread.id}/messages")).body[0]["content"] == "Deux."
