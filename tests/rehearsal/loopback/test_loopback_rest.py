"""The REST API, request by request; the `api` fixtures hold every reply against Discord's OpenAPI document."""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import discord_contract
import pytest
from loopback_guild import CHAIR, PAUL, Api

from meetings.rehearsal.loopback.kinds import Permission
from meetings.rehearsal.loopback.server import LoopbackServer, PortInUse
from meetings.rehearsal.loopback.tls import make_certificates


def at(**later: int) -> str:
    return (datetime.now(UTC) + timedelta(**later)).isoformat()


@pytest.fixture
def text(server: LoopbackServer) -> str:
    return str(server.describe()["channels"]["text"])


@pytest.fixture
def guild(server: LoopbackServer) -> str:
    return str(server.describe()["guild"])


async def test_every_documented_reply_is_as_documented(server: LoopbackServer, api: Api, person: Api) -> None:
    """A walk through the whole API: what is here alone is only called; the other tests look closer."""
    if discord_contract.document() is None:
        pytest.skip("../shared/data/discord/openapi.json absent")
    api.patient = True
    d = server.describe()
    g, t, app = f"/guilds/{d['guild']}", f"/channels/{d['channels']['text']}", f"/applications/{d['bots'][0]['id']}"
    reads = ["/gateway", "/gateway/bot", "/users/@me", f"/users/{CHAIR}", "/users/@me/guilds", "/applications/@me"]
    reads += ["/oauth2/applications/@me", "/voice/regions", "/sticker-packs", "/soundboard-default-sounds"]
    reads += [g, f"{g}?with_counts=true", f"{g}/preview", f"{g}/channels", f"{g}/roles", f"{g}/roles/{d['guild']}"]
    reads += [f"{g}/members?limit=10", f"{g}/members/search?query=a", f"{g}/members/{PAUL}", f"{g}/threads/active"]
    reads += [f"{t}/messages?limit=5", f"{t}/pins", f"{t}/messages/pins", f"{t}/invites", f"{t}/webhooks"]
    reads += [f"/channels/{one}" for one in d["channels"].values()]
    for path in reads:
        assert (await api("GET", path)).status == 200, path
    await api("PATCH", "/users/@me", {"username": "Hémicycle"})
    await api("PATCH", g, {"name": "Conseil"})
    role = (await api("POST", f"{g}/roles", {"name": "Rapporteur", "permissions": "1024"})).body
    await api("PATCH", f"{g}/roles/{role['id']}", {"name": "Rapporteuse", "hoist": True})
    await api("PUT", f"{g}/members/{PAUL}/roles/{role['id']}")
    await api("DELETE", f"{g}/members/{PAUL}/roles/{role['id']}")
    await api("DELETE", f"{g}/roles/{role['id']}")
    await api("PATCH", f"{g}/members/{PAUL}", {"nick": "Polo"})
    await api("PATCH", f"{g}/members/@me", {"nick": "Greffière"})
    made = (await api("POST", f"{g}/channels", {"name": "Salle Deux", "type": 2, "bitrate": 96000})).body
    await api("PATCH", f"/channels/{made['id']}", {"user_limit": 12})
    await api("PUT", f"/channels/{made['id']}/permissions/{PAUL}", {"type": 1, "allow": "0", "deny": "1048576"})
    await api("DELETE", f"/channels/{made['id']}/permissions/{PAUL}")
    await api("DELETE", f"/channels/{made['id']}")
    await api("POST", f"{t}/typing")
    embed = {"title": "Ordre du jour", "fields": [{"name": "1", "value": "Budget"}], "timestamp": at()}
    row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Lever la main", "custom_id": "hand:1:raise"}]}
    menu = {"type": 3, "custom_id": "m", "options": [{"label": "Oui", "value": "o"}, {"label": "Non", "value": "n"}]}
    body = {"content": f"<@{PAUL}>", "embeds": [embed], "components": [row, {"type": 1, "components": [menu]}]}
    message = (await api("POST", f"{t}/messages", body)).body
    one = f"{t}/messages/{message['id']}"
    await api("PATCH", one, {"content": "ouvert"})
    await api("PUT", f"{one}/reactions/👍/@me")
    await api("GET", one)
    await api("GET", f"{one}/reactions/👍")
    await api("DELETE", f"{one}/reactions/👍/@me")
    await api("PUT", f"{t}/pins/{message['id']}")
    await api("GET", f"{t}/pins")
    await api("GET", f"{t}/messages/pins")
    await api("DELETE", f"{t}/messages/pins/{message['id']}")
    about = {"content": "vu", "message_reference": {"message_id": message["id"]}}
    reply = (await api("POST", f"{t}/messages", about)).body
    await api("DELETE", f"{t}/messages/{reply['id']}")
    thread = (await api("POST", f"{one}/threads", {"name": "Sous-titres", "auto_archive_duration": 1440})).body
    assert thread["id"] == message["id"]
    await api("GET", one)
    await api("GET", f"{g}/threads/active")
    line = (await api("POST", f"/channels/{thread['id']}/messages", {"content": "Bonjour."})).body
    await api("PATCH", f"/channels/{thread['id']}/messages/{line['id']}", {"content": "Bonsoir."})
    await api("PATCH", f"/channels/{thread['id']}", {"archived": True})
    await api("GET", f"/channels/{thread['id']}")
    await api("DELETE", f"/channels/{thread['id']}")
    direct = (await api("POST", "/users/@me/channels", {"recipient_id": str(PAUL)})).body
    await api("POST", f"/channels/{direct['id']}/messages", {"content": "bonjour"})
    for place in (app, f"{app}{g}"):
        command = {"name": "ouvrir", "description": "Ouvre", "name_localizations": {"en-GB": "open"}}
        made = (await api("POST", f"{place}/commands", command)).body
        await api("GET", f"{place}/commands?with_localizations=true")
        await api("GET", f"{place}/commands/{made['id']}")
        await api("PATCH", f"{place}/commands/{made['id']}", {"description": "Ouvre la séance"})
        await api("DELETE", f"{place}/commands/{made['id']}")
        await api("PUT", f"{place}/commands", [command])
    await api("GET", f"{app}{g}/commands/permissions")
    stage = d["channels"]["stage"]
    await api("POST", "/stage-instances", {"channel_id": stage, "topic": "Séance"})
    await api("GET", f"/stage-instances/{stage}")
    await api("PATCH", f"/stage-instances/{stage}", {"topic": "Séance du soir"})
    await api("DELETE", f"/stage-instances/{stage}")
    place = {"entity_metadata": {"location": "Mairie"}, "scheduled_end_time": at(hours=2)}
    for entity, where in ((1, {"channel_id": stage}), (2, {"channel_id": d["channels"]["voice"]}), (3, place)):
        event = {"name": "S", "privacy_level": 2, "scheduled_start_time": at(hours=1), "entity_type": entity, **where}
        made = (await api("POST", f"{g}/scheduled-events", event)).body
        url = f"{g}/scheduled-events/{made['id']}"
        await api("GET", f"{url}?with_user_count=true")
        await person("PUT", f"{url}/users/@me")
        await api("GET", f"{url}/users?with_member=true")
        await api("PATCH", url, {"description": "Budget 2026", "status": 2})
        await api("GET", f"{g}/scheduled-events")
        await api("DELETE", url)
    assert len(api.checked) >= 70, sorted(api.checked)
    assert all(line.split()[-1].startswith("2") for line in api.checked), sorted(api.checked)


async def test_json_replies_have_exactly_the_content_type(api: Api) -> None:
    assert (await api("GET", "/users/@me")).headers["Content-Type"] == "application/json"
    assert (await api("GET", "/nowhere")).headers["Content-Type"] == "application/json"


async def test_no_token_a_wrong_one_and_the_wrong_scheme_are_unauthorized(server: LoopbackServer, api: Api) -> None:
    described = server.describe()
    wrong = [None, "Bot nothing", described["bots"][0]["token"], f"Bot {described['members'][0]['token']}"]
    for authorization in wrong:
        answer = await Api(api.http, api.rest, authorization)("GET", "/users/@me")
        assert (answer.status, answer.body) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_an_unknown_route_is_discords_404_and_is_logged(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "meetings.rehearsal.loopback"):
        answer = await api("GET", "/lobbies/12")
    assert (answer.status, answer.body) == (404, {"message": "404: Not Found", "code": 0})
    assert "unknown route: GET /api/v10/lobbies/12" in caplog.text
    assert (await api("PUT", "/users/@me")).status == 405


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/channels/1", 404, 10003),
        ("/guilds/1", 404, 10004),
        ("/users/1", 404, 10013),
        ("{guild}/members/1", 404, 10013),
        ("{guild}/roles/1", 404, 10011),
        ("{text}/messages/1", 404, 10008),
        ("{guild}/scheduled-events/1", 404, 10070),
        ("{guild}/voice-states/@me", 404, 10065),
        ("/stage-instances/{stage}", 404, 10067),
        ("/applications/{app}/commands/1", 404, 10063),
        ("/applications/1/commands", 403, 20012),
        ("/webhooks/1/none/messages/@original", 404, 10015),
        ("/channels/abc", 400, 50035),
    ],
)
async def test_what_is_not_there_has_its_own_code(
    server: LoopbackServer, api: Api, path: str, status: int, code: int
) -> None:
    d = server.describe()
    places = {"guild": f"/guilds/{d['guild']}", "text": f"/channels/{d['channels']['text']}"}
    answer = await api("GET", path.format(**places, stage=d["channels"]["stage"], app=d["bots"][0]["id"]))
    assert (answer.status, answer.body["code"]) == (status, code)


BUTTON = {"type": 2, "style": 1, "label": "x", "custom_id": "x"}


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
        (
            {"embeds": [{"fields": [{"name": "n", "value": "x" * 1025}]}]},
            "embeds.0.fields.0.value",
            "BASE_TYPE_BAD_LENGTH",
        ),
        ({"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, "embeds.0.fields", "BASE_TYPE_BAD_LENGTH"),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_BAD_LENGTH"),
        ({"components": [{"type": 1, "components": [BUTTON]}] * 6}, "components", "BASE_TYPE_BAD_LENGTH"),
        (
            {"components": [{"type": 1, "components": [BUTTON | {"label": "x" * 81}]}]},
            "components.0.components.0.label",
            None,
        ),
        (
            {"components": [{"type": 1, "components": [BUTTON | {"custom_id": "x" * 101}]}]},
            "components.0.components.0.custom_id",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            {"components": [{"type": 1, "components": [BUTTON, BUTTON]}]},
            "components.0.components.1.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        ({"components": [BUTTON]}, "components.0.type", "UNION_TYPE_CHOICES"),
        ({"content": "x", "flags": 1 << 15}, "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        ({"content": 12}, "content", "BASE_TYPE_BAD_TYPE"),
    ],
)
async def test_a_message_beyond_its_limits_says_which_field(
    api: Api, text: str, body: dict[str, Any], path: str, code: str | None
) -> None:
    answer = await api("POST", f"/channels/{text}/messages", body)
    assert (answer.status, answer.body["code"], answer.body["message"]) == (400, 50035, "Invalid Form Body")
    node = answer.body["errors"]
    for step in path.split("."):
        node = node[step]
    assert node["_errors"][0]["message"]
    assert code is None or node["_errors"][0]["code"] == code


async def test_an_empty_message_bad_json_and_other_peoples_messages_are_refused(
    api: Api, person: Api, text: str
) -> None:
    assert (await api("POST", f"/channels/{text}/messages", {"content": ""})).body["code"] == 50006
    headers = {"Authorization": str(api.authorization), "Content-Type": "application/json"}
    async with api.http.post(f"{api.rest}/channels/{text}/messages", data=b"{", headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (400, 50109)
    said = (await api("POST", f"/channels/{text}/messages", {"content": "a"})).body["id"]
    assert (await person("PATCH", f"/channels/{text}/messages/{said}", {"content": "b"})).body["code"] == 50005
    assert (await person("DELETE", f"/channels/{text}/messages/{said}")).body["code"] == 50013
    assert (await person("PATCH", f"/channels/{text}", {"topic": "x"})).body["code"] == 50013


async def test_an_overwrite_hides_a_channel(api: Api, person: Api, text: str, guild: str) -> None:
    hidden = {"type": 0, "allow": "0", "deny": str(int(Permission.VIEW_CHANNEL))}
    assert (await api("PUT", f"/channels/{text}/permissions/{guild}", hidden)).status == 204
    assert (await person("GET", f"/channels/{text}")).body == {"message": "Missing Access", "code": 50001}
    assert (await api("GET", f"/channels/{text}")).status == 200  # an administrator sees it


async def test_the_sixth_message_in_five_seconds_is_a_429(api: Api, text: str) -> None:
    for left in (4, 3, 2, 1, 0):
        answer = await api("POST", f"/channels/{text}/messages", {"content": "x"})
        assert answer.headers["X-RateLimit-Remaining"] == str(left)
        assert answer.headers["X-RateLimit-Limit"] == "5"
    refused = await api("POST", f"/channels/{text}/messages", {"content": "x"})
    assert refused.status == 429
    assert 0 < refused.body["retry_after"] <= 5
    assert refused.body["global"] is False
    assert refused.headers["Retry-After"] == refused.headers["X-RateLimit-Reset-After"]
    assert refused.headers["X-RateLimit-Bucket"] == answer.headers["X-RateLimit-Bucket"]
    edited = await api("PATCH", f"/channels/{text}/messages/{answer.body['id']}", {"content": "y"})
    assert edited.status == 200  # edits have a bucket of their own
    assert len((await api("GET", f"/channels/{text}/messages")).body) == 5


async def test_messages_are_listed_around_before_and_after(api: Api, text: str) -> None:
    ids = [(await api("POST", f"/channels/{text}/messages", {"content": str(n)})).body["id"] for n in range(5)]

    async def listed(query: str) -> list[str]:
        return [message["content"] for message in (await api("GET", f"/channels/{text}/messages?{query}")).body]

    assert await listed("limit=2") == ["4", "3"]
    assert await listed(f"before={ids[2]}&limit=1") == ["1"]
    assert await listed(f"after={ids[2]}") == ["4", "3"]
    assert await listed(f"around={ids[2]}&limit=3") == ["3", "2", "1"]
    assert (await api("GET", f"/channels/{text}/messages?limit=101")).body["code"] == 50035
    assert (await api("POST", f"/channels/{text}/messages/bulk-delete", {"messages": ids[:2]})).status == 204
    assert await listed("limit=50") == ["4", "3", "2"]
    assert (await api("POST", f"/channels/{text}/messages/bulk-delete", {"messages": ids[:1]})).body["code"] == 50016


async def test_a_file_is_uploaded_and_served_back(api: Api, text: str) -> None:
    form = aiohttp.FormData(quote_fields=False)
    note = {"content": "procès-verbal", "attachments": [{"id": 0, "description": "le PV"}]}
    form.add_field("payload_json", json.dumps(note), content_type="application/json")
    form.add_field("files[0]", b"%PDF-1.7", filename="pv été.pdf", content_type="application/pdf")
    headers = {"Authorization": str(api.authorization)}
    async with api.http.post(f"{api.rest}/channels/{text}/messages", data=form, headers=headers) as response:
        message = await response.json()
    discord_contract.check("POST", f"/channels/{text}/messages", response.status, message)
    (attachment,) = message["attachments"]
    assert (attachment["filename"], attachment["size"], attachment["description"]) == ("pv été.pdf", 8, "le PV")
    async with api.http.get(attachment["url"]) as response:
        assert (response.content_type, await response.read()) == ("application/pdf", b"%PDF-1.7")


async def test_a_form_without_files_may_be_urlencoded(api: Api, text: str) -> None:
    headers = {"Authorization": str(api.authorization)}
    form = {"payload_json": json.dumps({"content": "bonjour"})}
    async with api.http.post(f"{api.rest}/channels/{text}/messages", data=form, headers=headers) as response:
        assert (response.status, (await response.json())["content"]) == (200, "bonjour")


async def test_commands_are_upserted_overwritten_and_keep_their_localizations(server: LoopbackServer, api: Api) -> None:
    base = f"/applications/{server.describe()['bots'][0]['id']}/commands"
    option = {"type": 3, "name": "motif", "description": "Pourquoi", "name_localizations": {"en-GB": "reason"}}
    command = {"name": "lever", "description": "Lève la séance", "options": [option]}
    first = await api("POST", base, command | {"name_localizations": {"en-GB": "adjourn"}})
    again = await api("POST", base, command | {"description": "Lève"})
    assert (first.status, again.status, again.body["id"]) == (201, 200, first.body["id"])
    assert again.body["version"] != first.body["version"]
    await api("PUT", base, [command, {"name": "voter", "description": "Vote"}])
    plain = (await api("GET", base)).body
    full = (await api("GET", f"{base}?with_localizations=true")).body
    assert [c["name"] for c in plain] == ["lever", "voter"]
    assert "name_localizations" not in plain[0]["options"][0]
    assert full[0]["options"][0]["name_localizations"] == {"en-GB": "reason"}


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({"name": "Lever", "description": "x"}, "0.name"),
        ({"name": "lever", "description": ""}, "0.description"),
        ({"name": "lever", "description": "x" * 101}, "0.description"),
        (
            {"name": "lever", "description": "x", "options": [{"type": 3, "name": "a b", "description": "x"}]},
            "0.options.0.name",
        ),
        (
            {"name": "lever", "description": "x", "options": [{"type": 99, "name": "a", "description": "x"}]},
            "0.options.0.type",
        ),
    ],
)
async def test_a_command_beyond_its_limits_says_which_field(
    server: LoopbackServer, api: Api, command: dict[str, Any], path: str
) -> None:
    answer = await api("PUT", f"/applications/{server.describe()['bots'][0]['id']}/commands", [command])
    assert (answer.status, answer.body["code"]) == (400, 50035)
    node = answer.body["errors"]
    for step in path.split("."):
        node = node[step]
    assert node["_errors"]


async def test_a_scheduled_event_walks_from_planned_to_completed(server: LoopbackServer, api: Api, guild: str) -> None:
    stage = server.describe()["channels"]["stage"]
    event = {"name": "Séance", "privacy_level": 2, "entity_type": 1, "channel_id": stage}
    past = await api("POST", f"/guilds/{guild}/scheduled-events", event | {"scheduled_start_time": at(hours=-1)})
    assert past.body["errors"]["scheduled_start_time"]["_errors"]
    made = (await api("POST", f"/guilds/{guild}/scheduled-events", event | {"scheduled_start_time": at(hours=1)})).body
    url = f"/guilds/{guild}/scheduled-events/{made['id']}"
    assert made["status"] == 1
    too_soon = await api("PATCH", url, {"status": 3})
    assert (too_soon.status, too_soon.body["code"]) == (400, 50035)
    started = (await api("PATCH", url, {"status": 2})).body
    live = (await api("GET", f"/stage-instances/{stage}")).body
    assert (started["status"], started["entity_id"], live["guild_scheduled_event_id"]) == (2, live["id"], made["id"])
    assert (await api("POST", "/stage-instances", {"channel_id": stage, "topic": "x"})).body["code"] == 150006
    assert (await api("PATCH", url, {"status": 3})).body["status"] == 3
    assert (await api("GET", f"/stage-instances/{stage}")).body["code"] == 10067
    assert (await api("PATCH", url, {"name": "Trop tard"})).body["code"] == 180000
    assert (await api("GET", f"/guilds/{guild}/scheduled-events")).body == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "x" * 101}, "name"),
        ({"description": "x" * 1001}, "description"),
        ({"entity_type": 3, "channel_id": None}, "entity_metadata"),
        ({"entity_type": 2}, "channel_id"),
        ({"scheduled_end_time": "2020-01-01T00:00:00Z"}, "scheduled_end_time"),
    ],
)
async def test_an_impossible_event_is_refused(
    server: LoopbackServer, api: Api, guild: str, wrong: dict[str, Any], field: str
) -> None:
    event = {"name": "S", "privacy_level": 2, "entity_type": 1, "scheduled_start_time": at(hours=1)}
    event["channel_id"] = server.describe()["channels"]["stage"]
    answer = await api("POST", f"/guilds/{guild}/scheduled-events", event | wrong)
    assert (answer.status, answer.body["code"]) == (400, 50035)
    assert answer.body["errors"][field]["_errors"]


async def test_a_member_who_is_not_in_voice_cannot_be_muted(api: Api, guild: str) -> None:
    assert (await api("PATCH", f"/guilds/{guild}/members/{PAUL}", {"mute": True})).body["code"] == 40032


async def test_a_port_in_use_is_told_with_its_number(server: LoopbackServer) -> None:
    port = int(server.describe()["gateway"].rpartition(":")[2])
    with pytest.raises(PortInUse, match=str(port)) as refused:
        await LoopbackServer("Autre", [], port=port).start()
    assert refused.value.port == port


def test_certificates_are_private_and_do_not_outlive_the_run() -> None:
    certificates = make_certificates()
    assert certificates.ca.read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert certificates.ca.parent.stat().st_mode & 0o077 == 0
    certificates.remove()
    assert not certificates.ca.exists()


async def test_after_stopping_nobody_listens(server: LoopbackServer, api: Api) -> None:
    await server.stop()
    with pytest.raises(aiohttp.ClientConnectionError):
        await api("GET", "/gateway")
