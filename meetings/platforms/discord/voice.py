"""The recorder's ear on Discord: a voice client that receives, and may say something itself.

    client = await channel.connect(cls=RecordingClient, self_mute=True)
    client.record(recorder)

or, to come back whenever the connection is lost for good, `await stay(channel, recorder)` in a task of its own.
"""

import asyncio
import logging
import struct
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from typing import Any

import discord
from discord.gateway import DiscordVoiceWebSocket

from meetings.platforms.discord.voice_dave import DaveOpener
from meetings.platforms.discord.voice_state import RepairedConnectionState
from meetings.recording.opus import SILENCE
from meetings.recording.receiver import Receiver
from meetings.recording.recorder import Recorder
from meetings.recording.transport import MODES, AesGcm, transport
from meetings.recording.watch import Watch

_log = logging.getLogger(__name__)

_TICK_S = 0.05
_KEEPALIVE_S = 5.0
_RETURN_S = 5.0  # how long a return to the room may take before it is tried again
_discovery = struct.Struct(">HHI66x")  # Discord's page "Voice Connections", IP Discovery: type, length, SSRC, address
_RETRIES_S = (1.0, 2.0, 5.0, 10.0)
_JOIN_S = (
    8.0  # a handshake takes one; an answer that was lost does not come, and what is said meanwhile is not recorded
)
_READY, _DESCRIPTION, _SPEAKING, _LEFT = 2, 4, 5, 13  # voice opcodes
_FRAME_S = 0.02
_TRANSITION_S = 2.0  # in which everybody has taken up a change of keys, told of it (op 22) or not
_FAREWELL = (SILENCE,) * 5  # what ends a speech (Voice Connections, Voice Data Interpolation)


class RecordingClient(discord.VoiceClient):
    """A voice client that hands what it hears to a `Recorder`. Connect it undeafened.

    It records in the room it was sent to: when somebody else moves it, it keeps nothing there and comes back.
    """

    supported_modes = tuple(MODES)  # type: ignore[arg-type]  # discord.py's literals lack AES

    receiver: Receiver
    _connection: RepairedConnectionState

    def __init__(self, client: discord.Client, channel: discord.abc.Connectable) -> None:
        super().__init__(client, channel)
        self.gone = asyncio.Event()  # set once discord.py has given the connection up
        self._recorder: Recorder | None = None
        self._upkeep: asyncio.Task[None] | None = None
        self._mending: asyncio.Task[None] | None = None
        self._home: discord.abc.Snowflake = channel  # type: ignore[assignment]  # every room has an id
        self._strayed = False  # a session stands in a room that is not ours
        self._leaving, self._keyed_at = False, float("-inf")
        self._kept_alive, self._kept_alive_at = 0, float("-inf")

    def create_connection_state(self) -> RepairedConnectionState:
        """Discord.py's own hook: the mended connection, and the receiver that listens to it."""
        state = RepairedConnectionState(self, hook=self._signalled, keys_changed=self._keys_changed)
        self._opener = DaveOpener(state)
        self.receiver = Receiver(self._opener)
        self._watch = Watch(self.receiver)
        return state

    async def connect(
        self, *, reconnect: bool, timeout: float, self_deaf: bool = False, self_mute: bool = False
    ) -> None:
        """Discord.py's own hook. Raises TimeoutError, ConnectionClosed."""
        await super().connect(reconnect=reconnect, timeout=timeout, self_deaf=self_deaf, self_mute=self_mute)
        self._upkeep = self.loop.create_task(self._keep_up(), name="voice upkeep")

    async def move_to(self, channel: discord.abc.Snowflake | None, *, timeout: float | None = 30.0) -> None:
        """Discord.py's own: record in another room from now on."""
        if channel is not None:
            self._home = channel
        await super().move_to(channel, timeout=timeout)

    def record(self, recorder: Recorder) -> None:
        """Give what is heard from now on to a recorder."""
        self.stop_recording()
        self._recorder = recorder
        recorder.network.update(self.receiver.counts)
        self.receiver.counts = recorder.network
        self.receiver.sink = recorder.hear if self._at_home else None
        self._watch.begin(recorder.clock())
        self._connection.add_socket_listener(self._datagram)
        recorder.listening(present=self.is_connected() and self._at_home)

    def stop_recording(self) -> None:
        """Stop; what still waits for its key is given up. The recorder stays open and may be given on."""
        recorder, self._recorder = self._recorder, None
        if recorder is None:
            return
        self._connection.remove_socket_listener(self._datagram)
        self.receiver.sink = None
        recorder.listening(present=False)

    @property
    def audible(self) -> bool:
        """Whether everybody in the room would hear what begins now: they have the keys that we have."""
        settled = not self._connection.dave_pending_transitions or self.loop.time() - self._keyed_at > _TRANSITION_S
        return settled and self._reaches

    @property
    def _reaches(self) -> bool:
        """Whether a packet goes to the room: connected and, where it is encrypted end to end, with a key."""
        keyless = self._connection.dave_protocol_version != 0 and not self._connection.can_encrypt
        return self.is_connected() and self._at_home and not self._leaving and not keyless

    async def say(self, packets: Iterable[bytes]) -> bool:
        """Say Opus packets of 20 ms, at their pace; false, at once, where they no longer reach the room."""
        await self.ws.speak()
        due = self.loop.time()
        for packet in (*packets, *_FAREWELL):
            await asyncio.sleep(due - self.loop.time())
            if not self._reaches:
                return False
            self.send_audio_packet(packet, encode=False)
            due = max(due + _FRAME_S, self.loop.time())  # who was held up goes on, and hurries nobody
        with suppress(OSError):  # all was said
            await self.ws.speak(discord.SpeakingState.none)
        return True

    async def mute(self, *, on: bool) -> None:
        """Close or open our own microphone; who leaves the room must not ask to be in it."""
        own = self._connection.self_voice_state
        if self.is_connected() and not self._leaving and own is not None and own.self_mute is not on:
            await self.guild.change_voice_state(channel=self.channel, self_mute=on)

    async def disconnect(self, *, force: bool = False) -> None:
        """Leave for good: the upkeep must not take it for a lost connection."""
        self._leaving = True
        self._let_be()
        await super().disconnect(force=force)

    def cleanup(self) -> None:
        """Discord.py's own hook: the connection is over."""
        self.stop_recording()
        self._let_be()
        self.gone.set()
        super().cleanup()

    def _let_be(self) -> None:
        for task in (self._upkeep, self._mending):
            if task is not None and task is not asyncio.current_task():
                task.cancel()

    def _datagram(self, data: bytes) -> None:
        """Runs in the socket's reader thread."""
        recorder = self._recorder
        if recorder is not None:
            now = recorder.clock()
            self._watch.came(data, now)
            self.receiver.receive(data, now)

    def _keys_changed(self) -> None:
        self._keyed_at = self.loop.time()
        if self._recorder is not None:
            self.receiver.keys_changed(self._recorder.clock())

    async def _signalled(self, _ws: DiscordVoiceWebSocket, message: dict[str, Any]) -> None:
        op, data = message["op"], message["d"]
        now = self._recorder.clock() if self._recorder else 0
        if op == _READY:
            self._listening(present=False)
            self.receiver.begin(None)
        elif op == _DESCRIPTION:
            self._connection.deaf = False
            self.receiver.sink = self._recorder.hear if self._recorder and self._at_home else None
            self.receiver.begin(transport(data["mode"], bytes(data["secret_key"])))
            self._watch.begin(now)
            self._strayed = not self._at_home
            self._listening(present=self._at_home)
        elif op == _SPEAKING:
            self.receiver.speaks(int(data["user_id"]), int(data["ssrc"]), now)
        elif op == _LEFT:
            self.receiver.left(int(data["user_id"]), now)

    async def _keep_up(self) -> None:
        while True:
            try:
                await self._look_after()
            except Exception:  # whatever a listener did, the recording goes on
                _log.exception("Looking after the voice connection failed; going on")
            await asyncio.sleep(_TICK_S)

    async def _look_after(self) -> None:
        if self.is_connected() and self.loop.time() - self._kept_alive_at >= _KEEPALIVE_S:
            self._kept_alive_at = self.loop.time()
            self._keep_alive()
        if not self._connection.poller_lives:
            self._mend(self._connection.restart(), "nothing reads its websocket")
        elif self.is_connected() and self._strayed:
            self._mend(self._connection.move_to(self._home, _RETURN_S), "it was moved to another room")
        elif self.is_connected() and self._recorder is not None and self._at_home:  # elsewhere it is away, not deaf
            self._listen_closely(self._recorder)
        self._opener.speakers = self._speakers()
        self._tick()

    def _listen_closely(self, recorder: Recorder) -> None:
        now = recorder.clock()
        if self._watch.must_ask(now):
            self._send(_discovery.pack(1, 70, self._connection.ssrc))
        recorder.deaf(self._watch.deaf_since(now))
        if self._watch.despairs(now):
            self._mend(self._connection.restart(), "it hears nothing of what is said")

    def _mend(self, mending: Coroutine[Any, Any, None], why: str) -> None:
        if self._mending is not None and not self._mending.done():
            mending.close()
            return
        _log.warning("The voice connection is mended: %s", why)
        self._mending = self.loop.create_task(mending, name="voice mending")

    def _tick(self) -> None:
        if self._recorder is None:
            return
        self._listening(present=self.is_connected() and not self._connection.deaf and self._at_home)
        self.receiver.tick(self._recorder.clock())
        self._recorder.tick()

    def _listening(self, *, present: bool) -> None:
        if self._recorder is not None:
            self._recorder.listening(present=present)

    def _keep_alive(self) -> None:
        """Eight bytes of counter: without them the server stops sending to a silent client after some minutes."""
        self._kept_alive += 1
        self._send(self._kept_alive.to_bytes(8, "big"))

    def _send(self, datagram: bytes) -> None:
        try:
            self._connection.send_packet(datagram)
        except OSError:
            _log.debug("The voice socket took no datagram", exc_info=True)

    @property
    def _at_home(self) -> bool:
        return bool(self.channel) and int(self.channel.id) == self._home.id

    def _speakers(self) -> frozenset[int]:
        """Who may be speaking now, by their voice states."""
        states = self.channel.voice_states if self.channel else {}
        mute = {user for user, state in states.items() if state.suppress or state.self_mute or state.mute}
        return frozenset(states.keys() - mute - {self.user.id})

    def _encrypt_aead_aes256_gcm_rtpsize(self, header: bytes, data: bytes) -> bytes:
        """Discord.py looks its sending modes up by name, and knows the other one alone."""
        counter = self._incr_nonce
        self.checked_add("_incr_nonce", 1, 4294967295)
        return AesGcm(bytes(self.secret_key)).seal(bytes(header), bytes(data), counter)


async def stay(channel: discord.VoiceChannel | discord.StageChannel, recorder: Recorder) -> None:
    """Stand in a channel and record until cancelled; come back, into the same recording, whenever thrown out."""
    failures = 0
    try:
        while True:
            client = await _join(channel)
            if client is None:
                await asyncio.sleep(_RETRIES_S[min(failures, len(_RETRIES_S) - 1)])
                failures += 1
                continue
            failures = 0
            client.record(recorder)
            await client.gone.wait()
            _log.warning("The voice connection to channel %s is gone; joining again", channel.id)
    finally:
        present = channel.guild.voice_client
        if isinstance(present, RecordingClient):
            present.stop_recording()
            await present.disconnect(force=True)


async def _join(channel: discord.VoiceChannel | discord.StageChannel) -> RecordingClient | None:
    present = channel.guild.voice_client
    if isinstance(present, RecordingClient):
        return present
    try:
        return await channel.connect(cls=RecordingClient, timeout=_JOIN_S, self_mute=True)
    except (discord.DiscordException, TimeoutError, OSError) as refusal:
        _log.warning("Channel %s cannot be joined (%s); trying again", channel.id, refusal)
        return None
