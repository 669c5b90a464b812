"""The voice gateway by its documentation, spoken to by hand: payloads, sequence numbers, resume, close codes."""

import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from loopback_voice import GUILD, STAGE, VOICE, Credentials, Loopback, speech, until

from meetings.rehearsal.cast.voice import MemberVoice, VoiceClosedError
from meetings.rehearsal.loopback.transport import AES, MODES, XCHACHA

UDP = {"address": "127.0.0.1", "port": 9, "mode": XCHACHA}


class Hand:
    """A websocket client that does nothing by itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, op: int, d: Any) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": d}))

    async def receive(self, op: int) -> dict[str, Any]:
        """The next message with this opcode; others are skipped."""
        while True:
            message = await self.socket.receive(timeout=5)
            if message.type is aiohttp.WSMsgType.TEXT and (payload := json.loads(message.data))["op"] == op:
                return payload
            assert message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}, message

    async def receive_binary(self, op: int) -> bytes:
        while True:
            message = await self.socket.receive(timeout=5)
            if message.type is aiohttp.WSMsgType.BINARY and message.data[2] == op:
                return message.data
            assert message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}, message

    async def closed(self) -> int | None:
        """The close code, whatever comes before it."""
        while (await self.socket.receive(timeout=5)).type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}:
            pass
        return self.socket.close_code

    async def identify(self, who: Credentials, **changes: Any) -> None:
        await self.send(0, identity(who) | {"user_id": str(who.user_id), "max_dave_protocol_version": 1} | changes)

    async def shake_hands(self, who: Credentials) -> dict[str, Any]:
        await self.identify(who)
        await self.receive(2)
        await self.send(1, {"protocol": "udp", "data": UDP})
        return (await self.receive(4))["d"]


def identity(who: Credentials) -> dict[str, Any]:
    return {"server_id": str(who.guild_id), "session_id": who.session_id, "token": who.token}


@asynccontextmanager
async def by_hand(loopback: Loopback, version: str = "8") -> AsyncIterator[Hand]:
    tls = ssl.create_default_context(cafile=str(loopback.ca))
    url = f"wss://{loopback.server.endpoint}/?v={version}"
    async with aiohttp.ClientSession() as http, http.ws_connect(url, ssl=tls) as socket:
        yield Hand(socket)


async def test_the_handshake(loopback: Loopback):
    who = loopback.credentials(VOICE)
    async with by_hand(loopback) as hand:
        hello = await hand.receive(8)
        assert hello == {"op": 8, "d": {"v": 8, "heartbeat_interval": 13750}}
        await hand.send(3, {"t": 1501184119561, "seq_ack": -1})
        assert await hand.receive(6) == {"op": 6, "d": {"t": 1501184119561}}
        await hand.identify(who)
        ready = (await hand.receive(2))["d"]
        assert ready["ip"] == "127.0.0.1"
        assert ready["modes"] == list(MODES) == [AES, XCHACHA]
        await hand.send(1, {"protocol": "udp", "data": UDP})
        description = (await hand.receive(4))["d"]
        assert (description["mode"], description["dave_protocol_version"]) == (XCHACHA, 1)
        assert len(bytes(description["secret_key"])) == 32
        assert await hand.receive_binary(25)


async def test_version_7_has_no_sequence_numbers_and_bare_heartbeats(loopback: Loopback):
    async with by_hand(loopback, "7") as hand:
        await hand.receive(8)
        await hand.send(3, 42)
        assert await hand.receive(6) == {"op": 6, "d": 42}
        await hand.shake_hands(loopback.credentials(STAGE))
        await loopback.join(STAGE)
        assert "seq" not in await hand.receive(11)


async def test_numbered_messages_count_up_over_json_and_binary(loopback: Loopback):
    async with by_hand(loopback) as hand:
        await loopback.join(VOICE)
        await hand.shake_hands(loopback.credentials(VOICE))
        assert (await hand.receive(11))["seq"] == 0
        assert (await hand.receive_binary(25))[:2] == b"\0\1"
        await loopback.join(VOICE)
        assert (await hand.receive(11))["seq"] == 2


@pytest.mark.parametrize("version", ["", "3", "9", "eight"])
async def test_other_versions_are_rejected(loopback: Loopback, version: str):
    async with by_hand(loopback, version) as hand:
        assert await hand.closed() == 4020


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"session_id": "wrong"}, 4004),
        ({"server_id": str(GUILD + 1)}, 4011),
        ({"max_dave_protocol_version": 0}, 4017),
        ({"max_dave_protocol_version": None}, 4017),
        ({"user_id": "nobody"}, 4002),
        ({"user_id": None}, 4002),
    ],
)
async def test_identities_that_are_refused(loopback: Loopback, changes: dict[str, Any], code: int):
    async with by_hand(loopback) as hand:
        await hand.identify(loopback.credentials(VOICE), **changes)
        assert await hand.closed() == code


async def test_a_client_without_dave_may_join_a_stage(loopback: Loopback):
    who = loopback.credentials(STAGE)
    async with by_hand(loopback) as hand:
        await hand.send(0, identity(who) | {"user_id": str(who.user_id)})
        assert await hand.receive(2)


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"op": 0}', '{"op": "x", "d": {}}', '{"op": 1, "d": 7}'])
async def test_undecodable_payloads_close_4002(loopback: Loopback, text: str):
    async with by_hand(loopback) as hand:
        await hand.socket.send_str(text)
        assert await hand.closed() == 4002


async def test_an_unknown_opcode_closes_4001(loopback: Loopback):
    async with by_hand(loopback) as hand:
        await hand.identify(loopback.credentials())
        await hand.send(99, {})
        assert await hand.closed() == 4001


@pytest.mark.parametrize(("op", "d"), [(1, {"protocol": "udp", "data": UDP}), (5, {"speaking": 1, "ssrc": 1})])
async def test_before_identifying_4003(loopback: Loopback, op: int, d: dict[str, Any]):
    async with by_hand(loopback) as hand:
        await hand.send(op, d)
        assert await hand.closed() == 4003


async def test_a_binary_message_before_identifying_4003(loopback: Loopback):
    async with by_hand(loopback) as hand:
        await hand.socket.send_bytes(b"\x1a")
        assert await hand.closed() == 4003


async def test_identifying_twice_4005(loopback: Loopback):
    who = loopback.credentials()
    async with by_hand(loopback) as hand:
        await hand.identify(who)
        await hand.identify(who)
        assert await hand.closed() == 4005


async def test_an_unknown_protocol_4012_and_mode_4016(loopback: Loopback):
    for protocol, mode, code in (("webrtc", AES, 4012), ("udp", "xsalsa20_poly1305", 4016)):
        async with by_hand(loopback) as hand:
            await hand.identify(loopback.credentials())
            await hand.send(1, {"protocol": protocol, "data": UDP | {"mode": mode}})
            assert await hand.closed() == code


async def test_a_stale_session_4006(loopback: Loopback):
    who = loopback.credentials(STAGE)
    async with by_hand(loopback) as hand:
        await hand.shake_hands(who)
        await loopback.server.dismiss(who.user_id)
        assert await hand.closed() == 4014
    loopback.gateway.sessions.clear()
    for op in (0, 7):
        async with by_hand(loopback) as hand:
            await hand.send(op, identity(who) | {"user_id": str(who.user_id), "seq_ack": -1})
            assert await hand.closed() == 4006


@pytest.mark.parametrize("heartbeat", [0.2])
async def test_missing_heartbeats_4009(loopback: Loopback):
    who = loopback.credentials(STAGE)
    other = await loopback.join(STAGE)
    async with by_hand(loopback) as hand:
        await hand.shake_hands(who)
        assert await hand.closed() == 4009
    await until(lambda: other.operations[13] == 1)
    assert other.connected


@pytest.mark.parametrize("message", [b"", b"\x1a", b"\x1a\x00\x01\x00\x02\xff", b"\x1cnonsense", b"\x1c" + bytes(50)])
async def test_malformed_mls_closes_that_client_only(loopback: Loopback, message: bytes):
    first, second = await loopback.join_both(VOICE)
    async with by_hand(loopback) as hand:
        await hand.shake_hands(loopback.credentials(VOICE))
        await hand.socket.send_bytes(message)
        assert await hand.closed() == 4002
    await until(lambda: first.operations[13] == 1)
    await first.say(speech(2))
    await until(lambda: second.packets_received == 7)
    assert first.connected
    assert second.connected


async def test_a_resume_repeats_what_was_missed(loopback: Loopback):
    who = loopback.credentials(STAGE)
    async with by_hand(loopback) as hand:
        await hand.shake_hands(who)
        await loopback.join(STAGE)
        assert (await hand.receive(11))["seq"] == 0
        loopback.server.sabotage(who.user_id).drop()
        assert await hand.closed() == 1006
    for _ in range(2):
        await loopback.join(STAGE)
    async with by_hand(loopback) as hand:
        await hand.send(7, identity(who) | {"seq_ack": 0})
        assert await hand.receive(9) == {"op": 9, "d": None}
        assert [(await hand.receive(11))["seq"] for _ in range(2)] == [1, 2]
        await loopback.join(STAGE)
        assert (await hand.receive(11))["seq"] == 3


@pytest.mark.parametrize("acknowledged", [5, 60000])
async def test_a_resume_from_what_was_never_sent_4006(loopback: Loopback, acknowledged: int):
    who = loopback.credentials(STAGE)
    async with by_hand(loopback) as hand:
        await hand.shake_hands(who)
        loopback.server.sabotage(who.user_id).drop()
        await hand.closed()
    async with by_hand(loopback) as hand:
        await hand.send(7, identity(who) | {"seq_ack": acknowledged})
        assert await hand.closed() == 4006


async def test_a_second_client_of_the_same_user_ends_the_first(loopback: Loopback):
    who = loopback.credentials(STAGE)
    async with by_hand(loopback) as first, by_hand(loopback) as second:
        await first.shake_hands(who)
        await second.shake_hands(who)
        assert await first.closed() == 4006


async def test_a_member_without_dave_is_told_why(loopback: Loopback):
    with pytest.raises(VoiceClosedError, match="4017: E2EE/DAVE protocol required"):
        await MemberVoice.connect(loopback.credentials(VOICE), ca=loopback.ca, dave=0)


async def test_a_foreign_ssrc_in_op_5_is_a_bad_request(loopback: Loopback):
    async with by_hand(loopback) as hand:
        await hand.shake_hands(loopback.credentials(STAGE))
        await hand.send(5, {"speaking": 1, "delay": 0, "ssrc": 1})
        assert await hand.closed() == 4020
