"""A member's phone: a thin client of the loopback server. It reads messages, presses, types commands, joins voice."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from meetings.rehearsal.cast.commands import InteractionFailed, Value, typed_command
from meetings.rehearsal.cast.connection import PATIENCE, Connection, Event, RefusedError
from meetings.rehearsal.cast.seen import Button, Menu, Modal, Reply, SeenMessage, Wire

__all__ = [
    "Button",
    "Event",
    "InteractionFailed",
    "MemberClient",
    "Menu",
    "Modal",
    "RefusedError",
    "Reply",
    "SeenMessage",
    "VoiceCredentials",
]


@dataclass(frozen=True, slots=True)
class VoiceCredentials:
    """What a voice gateway asks of who joins; `endpoint` is `host:port`."""

    endpoint: str
    token: str
    session_id: str
    guild_id: int
    channel_id: int
    user_id: int


class MemberClient:
    """A member at their phone, connected between `connect` and `close` (or as an async context manager).

    `messages` and `voice_states` (by user id, VOICE_STATE_UPDATE's data) follow what the server tells. `channel_id`
    is where slash commands are typed: the guild's first text channel, until set to another.
    """

    def __init__(self, rest_url: str, gateway_url: str, token: str) -> None:
        self._addresses = (rest_url, gateway_url, token)
        self._connection: Connection | None = None
        self._waiting: list[tuple[Callable[[Event], bool], asyncio.Future[Event]]] = []
        self._nonces = itertools.count(1)
        self._session_id = ""
        self.user_id = 0
        self.guild_id = 0
        self.channel_id = 0
        self.messages: dict[int, SeenMessage] = {}
        self.voice_states: dict[int, Wire] = {}

    async def connect(self) -> None:
        """Sign in. Raises ConnectionError when the server refuses, TimeoutError when it stays mute."""
        self._connection = Connection(*self._addresses, self._hear)
        await self._connection.open()

    async def close(self) -> None:
        """Sign out; whoever still waits is cancelled."""
        if self._connection is not None:
            await self._connection.close()
        for _, future in self._waiting:
            future.cancel()

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def wait_for(self, predicate: Callable[[Event], bool], timeout: float = PATIENCE) -> Event:
        """The next event the predicate accepts. Raises TimeoutError after `timeout` seconds."""
        return await asyncio.wait_for(self._expect(predicate), timeout)

    async def see(self, predicate: Callable[[SeenMessage], bool], timeout: float = PATIENCE) -> SeenMessage:
        """The latest message the predicate accepts, seen already or to come. Raises TimeoutError."""
        found = [message for message in self.messages.values() if predicate(message)]
        if found:
            return found[-1]
        event = await self.wait_for(lambda e: _is_message(e) and predicate(self.messages[int(e.data["id"])]), timeout)
        return self.messages[int(event.data["id"])]

    async def post(self, text: str, channel_id: int | None = None) -> SeenMessage:
        """Write in a channel. Raises RefusedError."""
        told = await self._line.request(
            "POST", f"/channels/{channel_id or self.channel_id}/messages", {"content": text}
        )
        return SeenMessage.read(told)

    async def press(self, message_id: int, custom_id: str) -> Reply:
        """Press a button and return what the bot answers. Raises InteractionFailed."""
        return await self._component(message_id, custom_id, None)

    async def choose(self, message_id: int, custom_id: str, *values: str) -> Reply:
        """Choose in a menu. Raises InteractionFailed."""
        return await self._component(message_id, custom_id, list(values))

    async def slash(self, name: str, **options: Value) -> Reply:
        """Run a slash command by its name, subcommands after spaces (`"parole donner"`). Raises InteractionFailed.

        Options are typed as the command declares them; users, channels and roles are given by id.
        """
        body = await self._command(name, options)
        return await self._interact(f"/{name}", body | {"type": 2})

    async def suggestions(self, name: str, focused: str, **options: Value) -> list[Wire]:
        """What the bot proposes while one types the option `focused`: `[{name, value}]`. Raises InteractionFailed."""
        body = await self._command(name, options, focused)
        choices: list[Wire] = (await self._settled(f"/{name}", body | {"type": 4})).data["choices"]
        return choices

    async def submit(self, modal: Modal, **values: str | list[str]) -> Reply:
        """Send a form; values by custom_id. Raises InteractionFailed."""
        data = {"id": str(modal.id), "custom_id": modal.custom_id, "components": modal.filled(values)}
        body = {
            "type": 5,
            "application_id": str(modal.application_id),
            "channel_id": str(modal.channel_id),
            "data": data,
        }
        return await self._interact(modal.title, body, modal.message_id)

    async def join_voice(self, channel_id: int, *, mute: bool = False, deaf: bool = False) -> VoiceCredentials:
        """Join or move to a voice or stage channel. Raises TimeoutError when the server does not let one in."""
        server = self._expect(lambda event: event.name == "VOICE_SERVER_UPDATE")
        told = {"guild_id": str(self.guild_id), "channel_id": str(channel_id), "self_mute": mute, "self_deaf": deaf}
        await self._line.send(4, told)
        offer = (await asyncio.wait_for(server, PATIENCE)).data
        session_id = str(self.voice_states[self.user_id]["session_id"])  # told before the server's address
        ids = (self.guild_id, channel_id, self.user_id)
        return VoiceCredentials(str(offer["endpoint"]), str(offer["token"]), session_id, *ids)

    async def leave_voice(self) -> None:
        """Leave voice; returns when the server has said so. Nothing happens to who is not in it."""
        if self.user_id not in self.voice_states:
            return
        left = self._expect(self._own_voice_state)
        told = {"guild_id": str(self.guild_id), "channel_id": None, "self_mute": False, "self_deaf": False}
        await self._line.send(4, told)
        await asyncio.wait_for(left, PATIENCE)

    async def request_to_speak(self, *, wish: bool = True) -> None:
        """Raise one's hand on the stage, or lower it with `wish=False`. Raises RefusedError."""
        state = self.voice_states.get(self.user_id)
        channel_id = state["channel_id"] if state else None
        moment = datetime.now(UTC).isoformat() if wish else None
        told = {"channel_id": channel_id, "request_to_speak_timestamp": moment}
        await self._line.request("PATCH", f"/guilds/{self.guild_id}/voice-states/@me", told)

    @property
    def may_speak(self) -> bool:
        """In voice, neither suppressed nor muted."""
        state = self.voice_states.get(self.user_id)
        return state is not None and not state["suppress"] and not state["mute"]

    @property
    def _line(self) -> Connection:
        if self._connection is None:
            raise ConnectionError("the member is not connected")
        return self._connection

    def _own_voice_state(self, event: Event) -> bool:
        return event.name == "VOICE_STATE_UPDATE" and event.data["user_id"] == str(self.user_id)

    def _expect(self, predicate: Callable[[Event], bool]) -> "asyncio.Future[Event]":
        future: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        self._waiting.append((predicate, future))
        return future

    def _hear(self, event: Event) -> None:
        self._follow(event)
        for waiting in list(self._waiting):
            predicate, future = waiting
            if future.done():
                self._waiting.remove(waiting)
            elif predicate(event):
                self._waiting.remove(waiting)
                future.set_result(event)

    def _follow(self, event: Event) -> None:
        data = event.data
        match event.name:
            case "READY":
                self.user_id, self._session_id = int(data["user"]["id"]), str(data["session_id"])
            case "GUILD_CREATE":
                self.guild_id = int(data["id"])
                self.channel_id = next(int(one["id"]) for one in data["channels"] if one["type"] == 0)
                self.voice_states = {int(one["user_id"]): one for one in data["voice_states"]}
            case "MESSAGE_CREATE" | "MESSAGE_UPDATE":
                self.messages[int(data["id"])] = SeenMessage.read(data)
            case "MESSAGE_DELETE":
                self.messages.pop(int(data["id"]), None)
            case "MESSAGE_DELETE_BULK":
                for ident in data["ids"]:
                    self.messages.pop(int(ident), None)
            case "VOICE_STATE_UPDATE" if data["channel_id"] is None:
                self.voice_states.pop(int(data["user_id"]), None)
            case "VOICE_STATE_UPDATE":
                self.voice_states[int(data["user_id"])] = data

    async def _component(self, message_id: int, custom_id: str, values: list[str] | None) -> Reply:
        message = self.messages.get(message_id) or await self._fetch(message_id)
        component = message.component(custom_id)
        if component is None:
            raise InteractionFailed(custom_id, "the message has no such component")
        data: Wire = {"component_type": component["type"], "custom_id": custom_id}
        body = {
            "type": 3,
            "application_id": str(message.author_id),
            "channel_id": str(message.channel_id),
            "message_id": str(message_id),
            "data": data | ({} if values is None else {"values": values}),
        }
        return await self._interact(custom_id, body, message_id)

    async def _fetch(self, message_id: int) -> SeenMessage:
        """A message older than this connection, of the usual channel."""
        told = await self._line.request("GET", f"/channels/{self.channel_id}/messages/{message_id}")
        self.messages[message_id] = message = SeenMessage.read(told)
        return message

    async def _command(self, name: str, options: dict[str, Value], focused: str | None = None) -> Wire:
        index = await self._line.request("GET", f"/channels/{self.channel_id}/application-command-index")
        return typed_command(index["application_commands"], name, options, focused) | {
            "channel_id": str(self.channel_id)
        }

    async def _interact(self, what: str, body: Wire, message_id: int | None = None) -> Reply:
        event = await self._settled(what, body)
        ident = int(event.data["id"])
        if event.name == "INTERACTION_MODAL_CREATE":
            return Reply(ident, modal=Modal.read(event.data, message_id))
        answers = [message for message in self.messages.values() if message.interaction_id == ident]
        answer = answers[0] if answers else self.messages.get(message_id or 0)
        if answer is not None and answer.loading:
            answer = await self._loaded(what, answer.id)
        return Reply(ident, answer)

    async def _loaded(self, what: str, message_id: int) -> SeenMessage | None:
        """Wait until the bot fills its deferred reply, or takes it away."""
        about = ("MESSAGE_UPDATE", "MESSAGE_DELETE")
        try:
            await self.wait_for(lambda e: e.name in about and e.data["id"] == str(message_id))
        except TimeoutError as error:
            raise InteractionFailed(what, "the bot asked for time and never answered") from error
        return self.messages.get(message_id)

    async def _settled(self, what: str, body: Wire) -> Event:
        """Start an interaction and wait for its end."""
        nonce = f"{self.user_id % 10**15}{next(self._nonces)}"
        end = self._expect(lambda event: event.name in ENDS and event.data["nonce"] == nonce)
        told = {"guild_id": str(self.guild_id), "session_id": self._session_id, "nonce": nonce}
        try:
            await self._line.request("POST", "/interactions", body | told)
        except RefusedError as error:
            end.cancel()
            raise InteractionFailed(what, error.message, error.code) from error
        event = await asyncio.wait_for(end, PATIENCE)
        if event.name == "INTERACTION_FAILURE":
            raise InteractionFailed(what, "the bot did not answer in time")
        return event


ENDS = (
    "INTERACTION_SUCCESS",
    "INTERACTION_FAILURE",
    "INTERACTION_MODAL_CREATE",
    "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE",
)


def _is_message(event: Event) -> bool:
    return event.name in ("MESSAGE_CREATE", "MESSAGE_UPDATE")
