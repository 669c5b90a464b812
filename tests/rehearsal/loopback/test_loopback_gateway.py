"""The main gateway, spoken to without a library: opcodes, close codes, compression, resume."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback_guild import CHAIR, MEMBERS, PAUL, Api, RawGateway

from meetings.rehearsal.loopback.compression import WORTH_COMPRESSING, zlib_stream, zstd_stream
from meetings.rehearsal.loopback.founding import BotSpec
from meetings.rehearsal.loopback.kinds import Intent
from meetings.rehearsal.loopback.server import LoopbackServer

Dial = Callable[..., Awaitable[RawGateway]]


@pytest.fixture
async def dial(server: LoopbackServer, http: aiohttp.ClientSession) -> AsyncIterator[Dial]:
    async with AsyncExitStack() as stack:

        async def connect(query: str = "?v=10&encoding=json") -> RawGateway:
            socket = await http.ws_connect(server.describe()["gateway"] + query, max_msg_size=0)
            stack.push_async_callback(socket.close)
            return RawGateway(socket, stream="zlib-stream" in query)

        yield connect


def token(server: LoopbackServer, number: int = 0) -> str:
    return str(server.describe()["bots"][number]["token"])


async def test_hello_ready_and_the_whole_guild(server: LoopbackServer, dial: Dial) -> None:
    line = await dial()
    hello = await line.receive()
    assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
    ready = await line.identify(token(server))
    assert ready["s"] == 1
    assert ready["d"]["guilds"] == [{"id": server.describe()["guild"], "unavailable": True}]
    assert ready["d"]["resume_gateway_url"] == server.describe()["gateway"]
    guild = (await line.until("GUILD_CREATE"))["d"]
    assert {channel["type"] for channel in guild["channels"]} == {0, 2, 13}
    assert guild["member_count"] == len(guild["members"]) == len(MEMBERS) + 4
    assert {role["name"] for role in guild["roles"]} >= {"@everyone", "Membre", "Présidence", "Secrétariat"}


async def test_a_heartbeat_is_acknowledged_before_and_after_identify(server: LoopbackServer, dial: Dial) -> None:
    line = await dial()
    await line.receive()
    await line.send(1, None)
    assert (await line.receive())["op"] == 11
    await line.identify(token(server))
    await line.until("GUILD_CREATE")
    await line.send(1, 2)
    while (told := await line.receive())["op"] == 0:
        pass
    assert told["op"] == 11


@pytest.mark.parametrize(
    ("payloads", "code"),
    [
        ([{"op": 2, "d": {"token": "no.such.token", "intents": 0, "properties": {}}}], 4004),
        ([{"op": 4, "d": {"guild_id": "1", "channel_id": None}}], 4003),
        ([{"op": 99, "d": None}], 4001),
        ([{"op": 2, "d": "nothing"}], 4002),
        ([{"op": 2, "d": {"token": "TOKEN", "intents": 1 << 40, "properties": {}}}], 4013),
        ([{"op": 2, "d": {"token": "TOKEN", "properties": {}}}], 4013),
        ([{"op": 2, "d": {"token": "TOKEN", "intents": 0, "properties": {}, "shard": [2, 2]}}], 4010),
        ([{"op": 2, "d": {"token": "TOKEN", "intents": 0, "properties": {}}}] * 2, 4005),
        ([{"op": 1, "d": None}] * 121, 4008),
    ],
)
async def test_a_wrong_payload_closes_with_its_code(
    server: LoopbackServer, dial: Dial, payloads: list[dict[str, object]], code: int
) -> None:
    line = await dial()
    for payload in payloads:
        await line.socket.send_str(json.dumps(payload).replace("TOKEN", token(server)))
    assert await line.closed() == code


async def test_what_is_no_json_closes_with_4002(dial: Dial) -> None:
    line = await dial()
    await line.socket.send_str("{op:")
    assert await line.closed() == 4002


async def test_an_api_version_nobody_serves_closes_with_4012(dial: Dial) -> None:
    assert await (await dial("?v=5&encoding=json")).closed() == 4012


async def test_privileged_intents_must_be_granted(http: aiohttp.ClientSession) -> None:
    loopback = LoopbackServer("Conseil", MEMBERS, [BotSpec("Sobre", privileged=Intent(0))])
    await loopback.start()
    try:
        line = RawGateway(await http.ws_connect(loopback.describe()["gateway"]))
        await line.send(2, {"token": token(loopback), "intents": int(Intent.MESSAGE_CONTENT), "properties": {}})
        assert await line.closed() == 4014
    finally:
        await loopback.stop()


async def test_a_client_without_heartbeats_is_closed_and_its_session_ends(http: aiohttp.ClientSession) -> None:
    loopback = LoopbackServer("Conseil", MEMBERS, heartbeat=0.1)
    await loopback.start()
    try:
        line = RawGateway(await http.ws_connect(loopback.describe()["gateway"]))
        await line.identify(token(loopback))
        assert await line.closed() == 4009
        assert loopback.hub.sessions == {}
    finally:
        await loopback.stop()


async def test_zlib_stream_is_one_context_with_sync_flushes(server: LoopbackServer, dial: Dial) -> None:
    line = await dial("?v=10&encoding=json&compress=zlib-stream")
    frame = await line.socket.receive_bytes()
    assert frame.endswith(b"\x00\x00\xff\xff")
    assert json.loads(line.inflate.decompress(frame))["op"] == 10
    await line.identify(token(server), compress=True)
    assert (await line.until("GUILD_CREATE"))["d"]["name"] == "Conseil citoyen"


async def test_payload_compression_begins_with_identify(server: LoopbackServer, dial: Dial) -> None:
    line = await dial()
    assert (await line.socket.receive()).type is aiohttp.WSMsgType.TEXT
    await line.send(2, {"token": token(server), "intents": 1, "properties": {}, "compress": True})
    for event in ("READY", "GUILD_CREATE"):
        message = await line.socket.receive()
        text = zlib.decompress(message.data) if message.type is aiohttp.WSMsgType.BINARY else message.data
        assert json.loads(text)["t"] == event
        assert (message.type is aiohttp.WSMsgType.BINARY) is (len(text) > WORTH_COMPRESSING)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4))


@settings(max_examples=50)
@given(st.lists(st.dictionaries(st.text(), JSON, max_size=4), min_size=1, max_size=5))
def test_a_zlib_stream_gives_back_every_payload(payloads: list[dict[str, object]]) -> None:
    encode, inflate = zlib_stream(), zlib.decompressobj()
    for payload in payloads:
        data = encode(payload)
        assert isinstance(data, bytes)
        assert json.loads(inflate.decompress(data)) == payload


@settings(max_examples=50)
@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=3))
def test_a_zstd_stream_is_one_frame_of_raw_blocks(sizes: list[int]) -> None:
    encode, stream = zstd_stream(), b""
    payloads = [{"t": "x" * size} for size in sizes]
    for payload in payloads:
        data = encode(payload)
        assert isinstance(data, bytes)
        stream += data
    assert stream[:4] == bytes.fromhex("28b52ffd")  # RFC 8878 3.1.1
    text, at = b"", 6
    while at < len(stream):
        header = int.from_bytes(stream[at : at + 3], "little")
        assert header & 0b111 == 0  # not the last block, raw
        assert header >> 3 <= 128 * 1024
        text += stream[at + 3 : at + 3 + (header >> 3)]
        at += 3 + (header >> 3)
    assert text == "".join(json.dumps(payload, separators=(",", ":")) for payload in payloads).encode()


async def test_resume_replays_what_was_missed_in_order(server: LoopbackServer, dial: Dial, api: Api) -> None:
    text = server.describe()["channels"]["text"]
    line = await dial()
    ready = await line.identify(token(server, 1))
    last = await line.until("GUILD_CREATE")
    line.socket._response.close()  # the network dies: no close frame
    for word in ("un", "deux", "trois"):
        assert (await api("POST", f"/channels/{text}/messages", {"content": word})).status == 200
    again = await dial()
    session = {"token": token(server, 1), "session_id": ready["d"]["session_id"], "seq": last["s"]}
    await again.send(6, session)
    seen = []
    while (payload := await again.receive())["t"] != "RESUMED":
        if payload["t"] == "MESSAGE_CREATE":
            seen.append((payload["s"], payload["d"]["content"]))
    assert [content for _, content in seen] == ["un", "deux", "trois"]
    assert payload["s"] > seen[-1][0] > last["s"]


async def test_an_unknown_session_is_invalid_and_a_future_sequence_is_refused(
    server: LoopbackServer, dial: Dial
) -> None:
    line = await dial()
    await line.receive()
    await line.send(6, {"token": token(server), "session_id": "nobody's", "seq": 3})
    assert await line.receive() == {"op": 9, "d": False, "s": None, "t": None}
    ready = await line.identify(token(server))  # the same connection may identify now
    other = await dial()
    await other.send(6, {"token": token(server), "session_id": ready["d"]["session_id"], "seq": 9999})
    assert await other.closed() == 4007


async def test_another_bots_session_cannot_be_resumed(server: LoopbackServer, dial: Dial) -> None:
    line = await dial()
    ready = await line.identify(token(server, 0))
    thief = await dial()
    await thief.receive()
    await thief.send(6, {"token": token(server, 1), "session_id": ready["d"]["session_id"], "seq": 1})
    assert (await thief.receive())["op"] == 9


async def test_intents_choose_what_is_heard(server: LoopbackServer, dial: Dial, api: Api, person: Api) -> None:
    described = server.describe()
    text = described["channels"]["text"]
    deaf, blind = await dial(), await dial()
    await deaf.identify(token(server, 1), intents=1)
    await blind.identify(token(server, 2), intents=1 | int(Intent.GUILD_MESSAGES))
    said = await person("POST", f"/channels/{text}/messages", {"content": "caché"})
    seen = (await blind.until("MESSAGE_CREATE"))["d"]
    assert (seen["id"], seen["content"]) == (said.body["id"], "")  # no MESSAGE_CONTENT
    own = described["bots"][2]["id"]
    await person("POST", f"/channels/{text}/messages", {"content": f"<@{own}> bonjour"})
    assert (await blind.until("MESSAGE_CREATE"))["d"]["content"] == f"<@{own}> bonjour"
    await api("PATCH", f"/channels/{text}", {"topic": "ordre du jour"})
    assert (await deaf.until("GUILD_CREATE"))["t"]
    assert (await deaf.receive())["t"] == "CHANNEL_UPDATE"  # and no message before it


async def test_without_presences_the_guild_comes_with_oneself_alone(server: LoopbackServer, dial: Dial) -> None:
    line = await dial()
    await line.identify(token(server), intents=int(Intent.GUILDS | Intent.GUILD_MEMBERS))
    guild = (await line.until("GUILD_CREATE"))["d"]
    assert [m["user"]["id"] for m in guild["members"]] == [server.describe()["bots"][0]["id"]]
    await line.send(8, {"guild_id": server.describe()["guild"], "query": "", "limit": 0, "nonce": "n"})
    chunk = (await line.until("GUILD_MEMBERS_CHUNK"))["d"]
    assert (len(chunk["members"]), chunk["chunk_count"], chunk["nonce"]) == (7, 1, "n")
    await line.send(8, {"guild_id": server.describe()["guild"], "user_ids": [str(PAUL), "1"]})
    chunk = (await line.until("GUILD_MEMBERS_CHUNK"))["d"]
    assert ([m["user"]["id"] for m in chunk["members"]], chunk["not_found"]) == ([str(PAUL)], ["1"])
    await line.send(8, {"guild_id": server.describe()["guild"], "query": "amin", "limit": 5})
    chunk = (await line.until("GUILD_MEMBERS_CHUNK"))["d"]
    assert [m["user"]["id"] for m in chunk["members"]] == [str(CHAIR)]


async def test_presence_is_told_and_ends_with_a_goodbye(server: LoopbackServer, dial: Dial) -> None:
    watcher, other = await dial(), await dial()
    await watcher.identify(token(server, 0))
    await other.identify(token(server, 1))
    told = [(await watcher.until("PRESENCE_UPDATE"))["d"] for _ in range(2)]
    assert told[-1]["user"]["id"] == server.describe()["bots"][1]["id"]
    await other.send(3, {"status": "dnd", "activities": [{"name": "Conseil", "type": 0}], "since": None, "afk": False})
    told = [(await watcher.until("PRESENCE_UPDATE"))["d"]]
    assert (told[0]["status"], told[0]["activities"][0]["name"]) == ("dnd", "Conseil")
    await other.socket.close(code=1000)
    assert (await watcher.until("PRESENCE_UPDATE"))["d"]["status"] == "offline"


async def test_a_lost_session_that_nobody_resumes_ends(http: aiohttp.ClientSession) -> None:
    loopback = LoopbackServer("Conseil", MEMBERS, resume_window=0.05)
    await loopback.start()
    try:
        ended = asyncio.Event()
        loopback.hub.on_end.append(lambda session: ended.set())
        line = RawGateway(await http.ws_connect(loopback.describe()["gateway"]))
        await line.identify(token(loopback))
        loopback.gateway.drop(int(loopback.describe()["bots"][0]["id"]))
        async with asyncio.timeout(5):
            await ended.wait()
        assert loopback.hub.sessions == {}
    finally:
        await loopback.stop()


async def test_shards_share_the_guild_out(server: LoopbackServer, dial: Dial) -> None:
    guild = int(server.describe()["guild"])
    serving = (guild >> 22) % 2
    line = await dial()
    ready = await line.identify(token(server), shard=[1 - serving, 2])
    assert ready["d"]["guilds"] == []
    line = await dial()
    ready = await line.identify(token(server), shard=[serving, 2])
    assert ready["d"]["shard"] == [serving, 2]
    assert (await line.until("GUILD_CREATE"))["d"]["id"] == str(guild)
