"""Interactions without a library on the bot's side: what it is sent, what it may answer, and until when."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from loopback_guild import MEMBERS, PAUL, Api, RawGateway

from meetings.rehearsal.loopback.server import LoopbackServer

ROW = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Main", "custom_id": "hand:1:raise"}]}


@dataclass
class Stage:
    """A server whose clock the test holds, a bot and a member, both bare."""

    server: LoopbackServer
    bot: Api
    paul: Api
    gateway: RawGateway
    phone: RawGateway
    late: list[float]

    @property
    def app(self) -> str:
        return str(self.server.describe()["bots"][0]["id"])

    @property
    def text(self) -> str:
        return str(self.server.describe()["channels"]["text"])

    async def pressed(self) -> dict[str, Any]:
        """Post a board, press its button; the INTERACTION_CREATE the bot gets."""
        posted = (
            await self.bot("POST", f"/channels/{self.text}/messages", {"content": "file", "components": [ROW]})
        ).body
        data = {"component_type": 2, "custom_id": "hand:1:raise"}
        body = {
            "type": 3,
            "application_id": self.app,
            "channel_id": self.text,
            "message_id": posted["id"],
            "data": data,
        }
        assert (await self.paul("POST", "/interactions", body | {"session_id": "s", "nonce": "7"})).status == 204
        return dict((await self.gateway.until("INTERACTION_CREATE"))["d"])

    async def answer(self, one: dict[str, Any], kind: int, data: dict[str, Any] | None = None, query: str = "") -> Any:
        path = f"/interactions/{one['id']}/{one['token']}/callback{query}"
        return await self.bot("POST", path, {"type": kind, "data": data or {}})


@pytest.fixture
async def stage(http: aiohttp.ClientSession) -> AsyncIterator[Stage]:
    late = [0.0]
    server = LoopbackServer("Conseil", MEMBERS, clock=lambda: time.time() + late[0], acknowledge_within=0.3)
    await server.start()
    d = server.describe()
    lines = [RawGateway(await http.ws_connect(d["gateway"], max_msg_size=0)) for _ in range(2)]
    await lines[0].identify(d["bots"][0]["token"])
    await lines[1].identify(d["members"][2]["token"])
    bot = Api(http, d["rest"], f"Bot {d['bots'][0]['token']}")
    yield Stage(server, bot, Api(http, d["rest"], d["members"][2]["token"]), lines[0], lines[1], late)
    await server.stop()


async def test_the_bot_is_sent_all_that_discord_documents(stage: Stage) -> None:
    one = await stage.pressed()
    assert {"id", "application_id", "type", "token", "version", "guild_id", "guild", "channel_id", "channel"} <= set(
        one
    )
    assert one["data"] == {"custom_id": "hand:1:raise", "component_type": 2, "id": 2}
    assert one["member"]["user"]["id"] == str(PAUL)
    assert int(one["member"]["permissions"]) & (1 << 22) == 0  # no MUTE_MEMBERS
    assert int(one["app_permissions"]) & (1 << 3)
    assert (one["locale"], one["guild_locale"], one["context"], one["entitlements"]) == ("fr", "fr", 0, [])
    assert one["authorizing_integration_owners"] == {"0": one["guild_id"]}
    assert one["message"]["components"][0]["components"][0]["custom_id"] == "hand:1:raise"


async def test_every_answer_and_followup_is_as_documented(stage: Stage) -> None:
    one = await stage.pressed()
    told = (await stage.answer(one, 4, {"content": "notée", "flags": 64}, "?with_response=true")).body
    assert (told["resource"]["type"], told["resource"]["message"]["content"]) == (4, "notée")
    assert told["interaction"]["response_message_ephemeral"] is True
    hook = f"/webhooks/{stage.app}/{one['token']}"
    assert (await stage.bot("GET", f"{hook}/messages/@original")).body["flags"] == 64
    assert (await stage.bot("PATCH", f"{hook}/messages/@original", {"content": "lue"})).body["content"] == "lue"
    follow = (await stage.bot("POST", hook, {"content": "suite"})).body
    assert follow["message_reference"]["message_id"] == told["resource"]["message"]["id"]
    assert (await stage.bot("DELETE", f"{hook}/messages/{follow['id']}")).status == 204
    assert (await stage.bot("GET", f"{hook}/messages/{follow['id']}")).body["code"] == 10008
    listed = (await stage.bot("GET", f"/channels/{stage.text}/messages")).body
    assert [message["content"] for message in listed] == ["file"]  # the ephemeral one is not of the channel


async def test_an_update_changes_the_pressed_message(stage: Stage) -> None:
    one = await stage.pressed()
    told = (await stage.answer(one, 7, {"content": "1 main"}, "?with_response=true")).body
    assert told["resource"]["message"]["id"] == one["message"]["id"]
    assert (await stage.phone.until("INTERACTION_SUCCESS"))["d"] == {"id": one["id"], "nonce": "7"}
    listed = (await stage.bot("GET", f"/channels/{stage.text}/messages")).body
    assert [message["content"] for message in listed] == ["1 main"]


async def test_a_deferred_update_is_filled_through_the_original(stage: Stage) -> None:
    one = await stage.pressed()
    assert (await stage.answer(one, 6)).status == 204
    hook = f"/webhooks/{stage.app}/{one['token']}/messages/@original"
    assert (await stage.bot("PATCH", hook, {"content": "2 mains"})).body["id"] == one["message"]["id"]


async def test_a_deferred_reply_loads_until_the_first_followup(stage: Stage) -> None:
    one = await stage.pressed()
    told = (await stage.answer(one, 5, {}, "?with_response=true")).body
    assert told["interaction"]["response_message_loading"] is True
    assert "resource" not in told  # told of types 4 and 7 alone
    hook = f"/webhooks/{stage.app}/{one['token']}"
    assert (await stage.bot("GET", f"{hook}/messages/@original")).body["flags"] == 128
    filled = (await stage.bot("POST", hook, {"content": "voilà"})).body
    assert (filled["id"], filled["flags"]) == (told["interaction"]["response_message_id"], 0)


async def test_followups_wait_for_the_answer_and_the_answer_is_one(stage: Stage) -> None:
    one = await stage.pressed()
    hook = f"/webhooks/{stage.app}/{one['token']}"
    assert (await stage.bot("POST", hook, {"content": "trop tôt"})).body["code"] == 10015
    assert (await stage.answer(one, 4, {"content": "a"})).status == 204
    again = await stage.answer(one, 4, {"content": "b"})
    assert (again.status, again.body["code"]) == (400, 40060)


async def test_after_three_seconds_the_interaction_is_unknown(stage: Stage) -> None:
    one = await stage.pressed()
    failure = (await stage.phone.until("INTERACTION_FAILURE"))["d"]
    assert (failure["id"], failure["nonce"]) == (one["id"], "7")
    late = await stage.answer(one, 4, {"content": "a"})
    assert (late.status, late.body) == (404, {"message": "Unknown interaction", "code": 10062})


async def test_after_fifteen_minutes_the_token_is_worth_nothing(stage: Stage) -> None:
    one = await stage.pressed()
    assert (await stage.answer(one, 4, {"content": "a"})).status == 204
    hook = f"/webhooks/{stage.app}/{one['token']}"
    stage.late[0] = 14 * 60
    assert (await stage.bot("POST", hook, {"content": "encore"})).status == 200
    stage.late[0] = 15 * 60 + 1
    expired = await stage.bot("POST", hook, {"content": "trop tard"})
    assert (expired.status, expired.body) == (401, {"message": "Invalid Webhook Token", "code": 50027})


async def test_a_refused_answer_leaves_the_interaction_open(stage: Stage) -> None:
    one = await stage.pressed()
    for kind, data in ((8, {"choices": []}), (1, {}), (99, {}), (4, {}), (4, {"content": "x" * 2001})):
        refused = await stage.answer(one, kind, data)
        assert refused.status == 400
        assert refused.body["code"] in (50035, 50006)
    assert (await stage.answer(one, 4, {"content": "enfin"})).status == 204


async def test_the_callback_route_tells_of_no_bucket(stage: Stage) -> None:
    headers = (await stage.answer(await stage.pressed(), 6)).headers
    assert not [name for name in headers if name.lower().startswith("x-ratelimit")]


async def test_people_interact_and_bots_do_not(stage: Stage) -> None:
    assert (await stage.bot("POST", "/interactions", {"type": 2})).body["code"] == 20001
    unknown = {"type": 2, "application_id": stage.app, "channel_id": stage.text, "data": {"id": "1"}}
    assert (await stage.paul("POST", "/interactions", unknown)).body["code"] == 10063
    assert (await stage.paul("POST", "/interactions", {"type": 9})).body["code"] == 50035
