"""A member's connection to the server: authorized requests and the stream of gateway events."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from meetings.rehearsal.cast.seen import Wire

PATIENCE = 10.0  # seconds for READY and for one request


class RefusedError(Exception):
    """The server refused a request: HTTP `status`, JSON error `code` and its words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{message} (HTTP {status}, code {code})")
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True, slots=True)
class Event:
    """A gateway dispatch, such as MESSAGE_CREATE."""

    name: str
    data: Wire


class Connection:
    """One websocket and one HTTP session; every event goes to `hear`, in order."""

    def __init__(self, rest_url: str, gateway_url: str, token: str, hear: Callable[[Event], None]) -> None:
        self._rest, self._gateway, self._token, self._hear = rest_url, gateway_url, token, hear
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._sequence: int | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def open(self) -> None:
        """Identify and wait for the guild. Raises ConnectionError when the server closes, TimeoutError when mute."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        self._http = aiohttp.ClientSession(headers={"Authorization": self._token}, timeout=timeout)
        self._socket = await self._http.ws_connect(
            self._gateway, params={"v": "10", "encoding": "json"}, max_msg_size=0
        )
        self._tasks.append(asyncio.create_task(self._listen(self._socket)))
        properties = {"os": "linux", "browser": "hemicycle", "device": "hemicycle"}
        await self.send(2, {"token": self._token, "properties": properties})
        async with asyncio.timeout(PATIENCE):
            await self._ready

    async def close(self) -> None:
        """Say goodbye (1000); the session ends."""
        if self._socket is not None:
            await self._socket.close(code=1000)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if not self._ready.done():
            self._ready.cancel()
        if self._http is not None:
            await self._http.close()

    async def send(self, op: int, data: Wire) -> None:
        """One gateway payload."""
        if self._socket is None:
            raise ConnectionError("the member is not connected")
        await self._socket.send_json({"op": op, "d": data})

    async def request(self, method: str, path: str, body: Wire | None = None) -> Any:  # noqa: ANN401  a JSON reply
        """One REST request below /api/v10; waits out rate limits. Raises RefusedError."""
        if self._http is None:
            raise ConnectionError("the member is not connected")
        while True:
            async with self._http.request(method, self._rest + path, json=body) as response:
                text = await response.text()
            told: Any = json.loads(text) if text else None
            if response.status < 400:
                return told
            if response.status != 429:
                raise RefusedError(response.status, int(told["code"]), str(told["message"]))
            await asyncio.sleep(float(told["retry_after"]))

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            payload = json.loads(message.data)
            if payload["op"] == 10:
                self._tasks.append(asyncio.create_task(self._beat(payload["d"]["heartbeat_interval"] / 1000)))
            elif payload["op"] == 0:
                self._sequence = payload["s"]
                self._hear(Event(payload["t"], payload["d"]))
                if payload["t"] == "GUILD_CREATE" and not self._ready.done():
                    self._ready.set_result(None)
        if not self._ready.done():
            self._ready.set_exception(ConnectionError(f"the gateway closed with {socket.close_code}"))

    async def _beat(self, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            if self._socket is None or self._socket.closed:
                return
            await self._socket.send_json({"op": 1, "d": self._sequence})
