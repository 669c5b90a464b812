"""The voice gateway, version 8: one websocket from Hello to its close.

https://docs.discord.com/developers/topics/voice-connections and .../opcodes-and-status-codes#voice say what is sent
and with which code a client is closed; https://daveprotocol.com says it for ops 21 to 31.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

from meetings.rehearsal.loopback import transport
from meetings.rehearsal.loopback.dave import DeliveryService, Op
from meetings.rehearsal.loopback.mls_wire import MalformedMessage
from meetings.rehearsal.loopback.participant import Close, Participant
from meetings.rehearsal.loopback.switchboard import Switchboard
from meetings.rehearsal.loopback.voice_sessions import VoiceSession

log = logging.getLogger(__name__)

IDENTIFY, SELECT_PROTOCOL, READY, HEARTBEAT, SESSION_DESCRIPTION = 0, 1, 2, 3, 4
SPEAKING, HEARTBEAT_ACK, RESUME, HELLO, RESUMED = 5, 6, 7, 8, 9
UNDOCUMENTED = frozenset({12, 14, 15, 16, 18, 20})
"""What clients send beyond the documentation (video, session updates, versions, flags, platform): heard, not heeded."""
VERSIONS = ("4", "5", "6", "7", "8")
LARGEST_MESSAGE = 1 << 20
HEARTBEATS_MISSED = 1.5
"""Heartbeat intervals without a heartbeat until a session times out."""
DELIBERATE = frozenset({1000, 1001, 4014})
"""Codes with which a client says goodbye; after any other it may resume."""
REASONS = {
    4001: "Unknown opcode.",
    4002: "Failed to decode payload.",
    4003: "Not authenticated.",
    4004: "Authentication failed.",
    4005: "Already authenticated.",
    4006: "Session is no longer valid.",
    4009: "Session timed out.",
    4011: "Server not found.",
    4012: "Unknown protocol.",
    4014: "Disconnected.",
    4015: "Voice server crashed.",
    4016: "Unknown encryption mode.",
    4017: "E2EE/DAVE protocol required.",
    4020: "Bad request.",
}


Fields = dict[str, Any]
"""The `d` of a client's message, as the client made it."""


class ClosedError(Exception):
    """The client did what the documentation answers with this close code."""

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


class Connection:
    """One websocket; its participant is None until it identifies or resumes."""

    def __init__(self, switchboard: Switchboard, request: web.Request, heartbeat: float) -> None:
        self._switchboard = switchboard
        self._request = request
        self._heartbeat = heartbeat
        self._version = request.query.get("v", "")
        self._socket = web.WebSocketResponse(compress=True, max_msg_size=LARGEST_MESSAGE, timeout=2.0)
        self._participant: Participant | None = None
        self._farewell: asyncio.Future[Close] = asyncio.get_running_loop().create_future()
        self._handlers: dict[int, Callable[[Fields], None]] = {
            SELECT_PROTOCOL: self._select_protocol,
            SPEAKING: self._speaking,
            Op.TRANSITION_READY: self._transition_ready,
            Op.INVALID_COMMIT: self._invalid_commit,
        }

    async def serve(self) -> web.WebSocketResponse:
        """Speak with the client until either side closes."""
        await self._socket.prepare(self._request)
        try:
            if self._version not in VERSIONS:
                raise ClosedError(4020, f"voice gateway version {self._version or 'missing'}")
            await self._say(HELLO, {"v": int(self._version), "heartbeat_interval": round(self._heartbeat * 1000)})
            await self._converse()
        except ClosedError as closed:
            await self._refuse(closed)
        except ConnectionError as problem:
            log.debug("websocket lost: %s", problem)
        finally:
            self._part()
        return self._socket

    async def _converse(self) -> None:
        clock = asyncio.get_running_loop().time
        patience = self._heartbeat * HEARTBEATS_MISSED
        deadline = clock() + patience
        while True:
            message = await self._receive(deadline - clock())
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                return
            if await self._heed(message):
                deadline = clock() + patience

    async def _receive(self, patience: float) -> WSMessage:
        receiving = asyncio.create_task(self._socket.receive())
        either: set[asyncio.Future[Any]] = {receiving, self._farewell}
        await asyncio.wait(either, timeout=max(0.0, patience), return_when=asyncio.FIRST_COMPLETED)
        if receiving.done():
            return receiving.result()
        # The socket is closed from here, where nothing reads: only then does aiohttp wait for the client's answer
        # instead of cutting the connection before the client has seen the code.
        receiving.cancel()
        with suppress(asyncio.CancelledError):
            await receiving
        if self._farewell.done():
            raise ClosedError(self._farewell.result().code)
        raise ClosedError(4009)

    async def _heed(self, message: WSMessage) -> bool:
        """Handle one message; True if it was a heartbeat."""
        if message.type is WSMsgType.BINARY:
            self._binary(message.data)
            return False
        op, data = _decode(message.data)
        if op == HEARTBEAT:
            nonce = data.get("t") if isinstance(data, dict) else data
            await self._say(HEARTBEAT_ACK, {"t": nonce} if isinstance(data, dict) else nonce)
            return True
        try:
            self._json(op, data)
        except (KeyError, TypeError, ValueError) as problem:
            raise ClosedError(4002, f"op {op}: {problem!r}") from problem
        return False

    def _json(self, op: int, data: Fields) -> None:
        if not isinstance(data, dict):
            raise TypeError("d is no object")
        if op in {IDENTIFY, RESUME}:
            if self._participant:
                raise ClosedError(4005)
            (self._identify if op == IDENTIFY else self._resume)(data)
        elif op in self._handlers:
            self._handlers[op](data)
        elif op not in UNDOCUMENTED:
            raise ClosedError(4001, f"op {op}")

    def _binary(self, message: bytes) -> None:
        if not message:
            raise ClosedError(4002, "an empty binary message")
        participant, keys = self._member()
        try:
            if message[0] == Op.KEY_PACKAGE:
                keys.key_package(participant.user_id, message[1:])
            elif message[0] == Op.COMMIT_WELCOME:
                keys.commit(participant.user_id, message[1:])
            else:
                raise ClosedError(4001, f"binary op {message[0]}")
        except MalformedMessage as problem:
            raise ClosedError(4002, f"binary op {message[0]}: {problem}") from problem

    def _identify(self, data: Fields) -> None:
        user_id, session_id, token = int(data["user_id"]), str(data["session_id"]), str(data["token"])
        session = self._switchboard.sessions.find(user_id, session_id, token)
        if session is None:
            raise ClosedError(4006 if self._switchboard.knew(user_id, session_id) else 4004)
        self._check_server(session, data)
        if session.dave and int(data.get("max_dave_protocol_version") or 0) < session.dave:
            raise ClosedError(4017)
        participant = self._switchboard.admit(session, numbered=self._version == "8")
        self._carry(participant)
        host, port = self._switchboard.udp_address
        # The documentation shows this heartbeat_interval and warns that it is an error to be ignored.
        ready = {"ssrc": participant.ssrc, "ip": host, "port": port, "modes": transport.MODES, "heartbeat_interval": 1}
        participant.reply(READY, ready)

    def _resume(self, data: Fields) -> None:
        session_id, token, acknowledged = str(data["session_id"]), str(data["token"]), int(data.get("seq_ack", -1))
        for participant in self._switchboard:
            session = participant.session
            if (session.session_id, session.token) == (session_id, token):
                self._check_server(session, data)
                if participant.can_repeat_after(acknowledged):
                    self._carry(participant)
                    participant.reply(RESUMED, None)
                    participant.repeat_after(acknowledged)
                    self._switchboard.stats["resumed"] += 1
                    return
        raise ClosedError(4006)

    def _check_server(self, session: VoiceSession, data: Fields) -> None:
        if int(data["server_id"]) != session.guild_id:
            raise ClosedError(4011)

    def _carry(self, participant: Participant) -> None:
        self._participant = participant
        participant.attach(self._socket, self._request.transport, self._hang_up)

    def _hang_up(self, close: Close) -> None:
        if not self._farewell.done():
            self._farewell.set_result(close)

    def _select_protocol(self, data: Fields) -> None:
        participant = self._authenticated()
        if data["protocol"] != "udp":
            raise ClosedError(4012)
        host, port, mode = str(data["data"]["address"]), int(data["data"]["port"]), data["data"]["mode"]
        if mode not in transport.MODES:
            raise ClosedError(4016)
        if participant.cipher:
            raise ClosedError(4020, "op 1 a second time")
        if participant.address is None and ip_address(host).is_loopback and 0 < port < 1 << 16:
            self._switchboard.locate(participant, (host, port))
        description = {
            "mode": mode,
            "secret_key": list(participant.key),
            "dave_protocol_version": participant.session.dave,
            "audio_codec": "opus",
            "video_codec": "H264",
            "media_session_id": participant.session.session_id,
        }
        participant.reply(SESSION_DESCRIPTION, description)
        self._switchboard.enter(participant, mode)

    def _speaking(self, data: Fields) -> None:
        participant = self._authenticated()
        if int(data.get("ssrc", participant.ssrc)) != participant.ssrc:
            raise ClosedError(4020, "invalid SSRC")
        if participant.cipher and (flags := int(data["speaking"])):
            participant.speaking = flags
            self._switchboard.call(participant).announce(participant)

    def _transition_ready(self, data: Fields) -> None:
        participant, keys = self._member()
        keys.ready(participant.user_id, int(data["transition_id"]))

    def _invalid_commit(self, data: Fields) -> None:
        participant, keys = self._member()
        log.debug("user %d cannot follow transition %d", participant.user_id, int(data["transition_id"]))
        keys.invalid(participant.user_id)

    def _authenticated(self) -> Participant:
        if self._participant is None:
            raise ClosedError(4003)
        return self._participant

    def _member(self) -> tuple[Participant, DeliveryService]:
        participant = self._authenticated()
        keys = self._switchboard.call(participant).keys
        if keys is None or participant.cipher is None:
            raise ClosedError(4020, "DAVE is not spoken in this call")
        return participant, keys

    async def _say(self, op: int, data: object) -> None:
        await self._socket.send_str(json.dumps({"op": op, "d": data}))

    async def _refuse(self, closed: ClosedError) -> None:
        reason = REASONS.get(closed.code, "")
        log.info("voice client closed with %d: %s", closed.code, closed.detail or reason)
        self._switchboard.stats[f"closed_{closed.code}"] += 1
        if self._participant and self._participant.carried_by(self._socket):
            self._switchboard.end(self._participant, closed.code, reason)
        await self._socket.close(code=closed.code, message=reason.encode())

    def _part(self) -> None:
        if self._participant and self._participant.carried_by(self._socket):
            if self._socket.close_code in DELIBERATE:
                self._switchboard.end(self._participant, 1000, "")
            else:
                self._switchboard.lose(self._participant)


def _decode(text: str) -> tuple[int, Any]:
    try:
        payload = json.loads(text)
        return int(payload["op"]), payload["d"]
    except (KeyError, TypeError, ValueError) as problem:
        raise ClosedError(4002, f"not an op and its d: {problem!r}") from problem
