"""Answers of strangers' web servers, within limits: time, size, redirects, and where they may lead.

Over aiohttp rather than a calendar library's own client, so that every connection, of a feed, of CalDAV or of a linked
document, passes the same guard.
"""

import asyncio
import socket
import ssl
import zlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import aiohttp

from agenda.errors import CalendarError
from agenda.guard import PrivateAddressError, anywhere, is_public, opener
from agenda.source import Source
from agenda.text import MAX_BYTES

MAX_REDIRECTS = 5
SECONDS = 30.0
"""For one answer, redirects and all."""

_CONNECT_SECONDS = 10.0
_BUFFER = 1_000_000
"""Bytes read ahead: a feed of megabytes comes in a third of the time that aiohttp's own 64 KiB take."""

_REDIRECTS = {301, 302, 303, 307, 308}
_GZIP = b"\x1f\x8b"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Answer:
    """A server's answer: 304 or a success; `headers` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Web:
    """A client for addresses that strangers choose. Use it as `async with Web() as web`.

    `private` also allows this machine, the local network, and http without encryption; `allows` says for each address
    whether it may be connected to, instead; `tls` which certificates are trusted, instead of the system's.
    """

    def __init__(
        self,
        *,
        private: bool = False,
        allows: Callable[[str], bool] | None = None,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._private = private
        self._allows = allows or (anywhere if private else is_public)
        self._tls = tls or True
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(socket_factory=opener(self._allows), limit=8)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS)
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            read_bufsize=_BUFFER,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def ask(
        self,
        source: Source,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limit: int = MAX_BYTES,
    ) -> Answer:
        """What the source answers, at most `limit` bytes once unpacked.

        Raises:
            CalendarError: `private-address`, `insecure`, `unreachable`, `bad-certificate`, `slow`, `too-large`,
                `interrupted`, `denied`, `not-found`, `server-failed`, `too-many-redirects`.
        """
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(source, method, dict(headers or {}), body, limit)
        except TimeoutError:
            raise CalendarError("slow", host=source.label, seconds=int(self._seconds)) from None
        except aiohttp.ClientConnectorCertificateError:
            raise CalendarError("bad-certificate", host=source.label) from None
        except aiohttp.ClientConnectorError as error:
            raise _unreachable(source.label, error.os_error) from None
        except (aiohttp.ClientPayloadError, zlib.error):
            raise CalendarError("interrupted", host=source.label) from None
        except (aiohttp.InvalidURL, UnicodeError):
            raise CalendarError("bad-address") from None
        except (aiohttp.ClientError, ssl.SSLError, OSError) as error:
            raise CalendarError("unreachable", host=source.label, reason=type(error).__name__) from None

    async def _follow(
        self, source: Source, method: str, headers: dict[str, str], body: bytes | None, limit: int
    ) -> Answer:
        """Redirects by hand, each address checked; the password goes nowhere but to the server it was given for."""
        url = source.url
        for _ in range(MAX_REDIRECTS + 1):
            if not self._private and urlsplit(url).scheme != "https":
                raise CalendarError("insecure", host=urlsplit(url).hostname or source.label)
            answer = await self._once(source, url, method, headers, body, limit)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return _checked(source, answer)
            parts = urlsplit(urljoin(url, answer.headers["location"]))
            url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise CalendarError("too-many-redirects", host=source.label)

    async def _once(
        self, source: Source, url: str, method: str, headers: dict[str, str], body: bytes | None, limit: int
    ) -> Answer:
        if self._session is None:
            raise RuntimeError("use it as a context manager")
        sent = {"User-Agent": "Hemicycle", **headers}
        if source.user and _origin(url) == _origin(source.url):
            sent["Authorization"] = "Basic " + b64encode(f"{source.user}:{source.password}".encode()).decode()
        async with self._session.request(
            method, url, headers=sent, data=body, allow_redirects=False, ssl=self._tls
        ) as response:
            told = {name.lower(): value for name, value in response.headers.items()}
            if response.status >= 300:
                return Answer(response.status, told, b"")
            if int(told.get("content-length", "0") or 0) > limit:
                raise _too_large(limit)
            return Answer(response.status, told, await _read(response.content, limit))


async def _read(content: aiohttp.StreamReader, limit: int) -> bytes:
    """A body as far as the limit, which holds for what comes out of gzip too."""
    parts, size = [], 0
    async for part in content.iter_any():
        parts.append(part)
        size += len(part)
        if size > limit:
            raise _too_large(limit)
    return unpacked(b"".join(parts), limit)


def unpacked(data: bytes, limit: int) -> bytes:
    """A calendar that was stored as gzip, unpacked; anything else as it is.

    Raises:
        CalendarError: `too-large`.
        zlib.error: it is broken.
    """
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    plain = unpacker.decompress(data, limit + 1)
    if len(plain) > limit:
        raise _too_large(limit)
    if not unpacker.eof:
        raise zlib.error("cut")
    return plain


def _too_large(limit: int) -> CalendarError:
    return CalendarError("too-large", megabytes=limit // 1_000_000)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _checked(source: Source, answer: Answer) -> Answer:
    """A success or 304; anything else is an error that says what to do about it."""
    if answer.status in {401, 403, 407}:
        raise CalendarError("denied", host=source.label, status=answer.status)
    if answer.status in {404, 410}:
        raise CalendarError("not-found", host=source.label, status=answer.status)
    if answer.status != 304 and not 200 <= answer.status < 300:
        raise CalendarError("server-failed", host=source.label, status=answer.status)
    return answer


def _unreachable(host: str, error: OSError) -> CalendarError:
    if isinstance(error, PrivateAddressError):
        return CalendarError("private-address", host=host)
    reason = "DNS" if isinstance(error, socket.gaierror) else error.strerror or type(error).__name__
    return CalendarError("unreachable", host=host, reason=reason)
