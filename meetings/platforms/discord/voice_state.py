"""discord.py 2.7.1's voice connection, mended for a recorder by subclassing.

What is mended: a failed MLS message ended the websocket's reader for good while the connection looked alive; a lost
websocket left and rejoined where it could have resumed; close code 4015 ended in a disconnect, 4014 without a move in
half a minute of waiting for one; the farewell of a session from before a restart ended the handshake of the new one;
the socket's receive buffer held less than a burst of two hundred speakers. The socket's reader is mended in
`voice_reader`.
"""

import asyncio
import logging
import socket
import struct
from collections.abc import Callable
from typing import Any

import aiohttp
from discord.errors import ConnectionClosed
from discord.gateway import DiscordVoiceWebSocket
from discord.types.voice import GuildVoiceState
from discord.voice_client import VoiceClient
from discord.voice_state import ConnectionFlowState, VoiceConnectionState

from meetings.platforms.discord.voice_reader import WakeableReader, end
from meetings.recording.transport import MODES

_log = logging.getLogger(__name__)

RECEIVE_BUFFER = 4 << 20  # bytes; the system may grant less
_RESUME_S = 5.0
_OFFER_S = 1.5  # within which a session that Discord closed (4014, 4022) is offered another, if it was a move
# Discord's page "Voice Close Event Codes": 4015 says to resume; the others are what a torn connection leaves.
_RESUMABLE = frozenset({None, -1, 1001, 1005, 1006, 1011, 1012, 4015})
_RENEWABLE = _RESUMABLE | {4006, 4009}  # the session is gone, the room is not

Hook = Callable[[DiscordVoiceWebSocket, dict[str, Any]], Any]


class RepairedWebSocket(DiscordVoiceWebSocket):
    """The voice websocket: survives failed MLS messages, resumes when torn, prefers the cheaper transport."""

    _connection: "RepairedConnectionState"
    _resumed = False

    async def received_message(self, msg: dict[str, Any]) -> None:
        """Handle a JSON message; a failed DAVE transition asks for a fresh key."""
        dave = msg["op"] in (self.DAVE_PREPARE_TRANSITION, self.DAVE_EXECUTE_TRANSITION, self.DAVE_PREPARE_EPOCH)
        try:
            await super().received_message(msg)
        except (ValueError, RuntimeError, KeyError):
            if not dave:
                raise
            await self._connection.recover_keys(msg["op"])
        if msg["op"] == self.RESUMED:
            self._resumed = True
        if dave:
            self._connection.keys_changed()

    async def received_binary_message(self, msg: bytes) -> None:
        """Handle an MLS message; one that fails asks for a fresh key instead of ending the reader."""
        try:
            await super().received_binary_message(msg)
        except (ValueError, RuntimeError, IndexError, struct.error):
            await self._connection.recover_keys(msg[2] if len(msg) > 2 else -1)
        self._connection.keys_changed()

    async def poll_event(self) -> None:
        """Handle the next message; a torn connection is resumed in place, or else renewed, where that is possible."""
        try:
            await super().poll_event()
        except ConnectionResetError:
            _log.debug("The voice websocket was torn while sending; the next read says how")
        except (ConnectionClosed, TimeoutError) as torn:
            code = torn.code if isinstance(torn, ConnectionClosed) else None
            if not await self._connection.resumed(code) and not await self._connection.renewed(code):
                raise

    async def until_resumed(self) -> None:
        """Handle messages until the server has taken the session up again. Raises ConnectionClosed."""
        while not self._resumed:
            await super().poll_event()

    async def initial_connection(self, data: dict[str, Any]) -> None:
        """Connect the media socket; the order of modes is ours, not the server's."""
        order = list(MODES)
        modes = sorted(data["modes"], key=lambda mode: order.index(mode) if mode in order else len(order))
        await super().initial_connection({**data, "modes": modes})

    def still(self) -> None:
        """Stop the heartbeat of a websocket that is gone."""
        if self._keep_alive is not None:
            self._keep_alive.stop()


class RepairedConnectionState(VoiceConnectionState):
    """The voice connection. `keys_changed` is called after every message that may have changed the group's keys."""

    ws: RepairedWebSocket

    def __init__(self, voice_client: VoiceClient, *, hook: Hook, keys_changed: Callable[[], None]) -> None:
        super().__init__(voice_client, hook=hook)
        self.keys_changed = keys_changed
        self.key_faults = 0  # messages of the group's key exchange that failed
        self.resumes = 0
        self.deaf = False  # the session is lost, though discord.py may not have noticed
        end(self._socket_reader)
        self._socket_reader = WakeableReader(self)
        self._socket_reader.start()

    @property
    def poller_lives(self) -> bool:
        """Whether something still reads the websocket, or connects one."""
        tasks = (self._runner, self._connector)
        return any(task is not None and not task.done() for task in tasks)

    async def recover_keys(self, op: int) -> None:
        """An MLS message could not be processed: leave the group's epoch and ask to be added again (op 31)."""
        self.key_faults += 1
        if op == DiscordVoiceWebSocket.MLS_EXTERNAL_SENDER:
            return  # a second one while in a group; the first still holds
        _log.warning("A DAVE message (op %s) could not be processed; asking to be added to the group again", op)
        await self._recover_from_invalid_commit(0)

    async def resumed(self, code: int | None) -> bool:
        """Take the session up on a new websocket; audio goes on meanwhile. False when it has to be a new session."""
        if code not in _RESUMABLE or self.state is not ConnectionFlowState.connected:
            return False
        torn = self.ws
        torn.still()
        try:
            async with asyncio.timeout(_RESUME_S):
                self.ws = await self._websocket(resume=True, seq_ack=torn.seq_ack)
                self.ws.secret_key = torn.secret_key
                await self.ws.until_resumed()
        except (ConnectionClosed, aiohttp.ClientError, OSError, TimeoutError):
            _log.info("The voice session cannot be resumed; beginning a new one")
            return False
        self.resumes += 1
        _log.info("The voice session was resumed after close code %s", code)
        return True

    async def renewed(self, code: int | None) -> bool:
        """Begin a new session at once, where discord.py would first wait up to two seconds. False when that failed."""
        if self.state is not ConnectionFlowState.connected:
            return False
        self.deaf = True
        return code in _RENEWABLE and await self._renew(code)

    async def _renew(self, code: int | None) -> bool:
        mute = self._mute
        await self.disconnect(cleanup=False)
        try:
            await self._connect(reconnect=True, timeout=self.timeout, self_deaf=False, self_mute=mute, resume=False)
        except (ConnectionClosed, TimeoutError):
            return False
        _log.info("A new voice session was begun after close code %s", code)
        return True

    async def restart(self) -> None:
        """Begin a new session where the present one is of no use."""
        mute = self._mute
        await self.disconnect(cleanup=False)
        await self.connect(
            reconnect=True, timeout=self.timeout, self_deaf=False, self_mute=mute, resume=False, wait=False
        )

    @property
    def _mute(self) -> bool:
        own = self.self_voice_state
        return own.self_mute if own else self.self_mute

    def _create_socket(self) -> None:
        former = self.socket
        super()._create_socket()
        if former:
            former.close()  # a move to another channel left it open
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)

    async def voice_state_update(self, data: GuildVoiceState) -> None:
        """Discord tells where we are. That a session from before a restart has left is no news of this one."""
        where: object = data["channel_id"]  # None where one has left, whatever its type says
        if where is not None or data["session_id"] == self.session_id:
            await super().voice_state_update(data)

    async def disconnect(self, *, force: bool = True, cleanup: bool = True, wait: bool = False) -> None:
        """Leave, and wait for Discord to say so; it says so once, and nothing to whom has cleaned up."""
        wait = wait and self.state is not ConnectionFlowState.disconnected
        await super().disconnect(force=force, cleanup=cleanup, wait=wait)
        if cleanup:
            self._disconnected.set()

    async def _potential_reconnect(self) -> bool:
        """Discord closed the session: follow a move, or begin anew where none comes."""
        moved = ConnectionFlowState.got_voice_server_update, ConnectionFlowState.got_both_voice_updates
        try:
            await self._wait_for_state(*moved, ConnectionFlowState.disconnected, timeout=_OFFER_S)
        except TimeoutError:
            return await self._renew(None)
        return await super()._potential_reconnect()

    async def _websocket(self, *, resume: bool, seq_ack: int) -> RepairedWebSocket:
        return await RepairedWebSocket.from_connection_state(self, resume=resume, hook=self.hook, seq_ack=seq_ack)

    async def _connect_websocket(self, resume: bool) -> RepairedWebSocket:
        ws = await self._websocket(resume=resume, seq_ack=-1)
        self.state = ConnectionFlowState.websocket_connected
        return ws

    async def _connect(self, reconnect: bool, timeout: float, self_deaf: bool, self_mute: bool, resume: bool) -> None:
        if resume:
            # discord.py's own resume waits for an op 4 that a resumed session never sends.
            await self.disconnect(cleanup=False)
        try:
            await super()._connect(reconnect, timeout, self_deaf, self_mute, resume=False)
        except TimeoutError:
            raise
        except (aiohttp.ClientError, OSError) as refused:
            # A voice server that cannot be reached is retried only when it looks like a timeout.
            raise TimeoutError("the voice server cannot be reached") from refused
