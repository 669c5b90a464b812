"""What every answer goes through: no other site's page may act here, nobody asks too often, nothing foreign loads."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, then `each` a second."""

    burst: float
    each: float


READING, ACTING, ENTERING = Rate(600, 100), Rate(120, 20), Rate(60, 2)
"""Of one address, behind which a whole town hall may sit: pages read, things done, attempts to sign in."""

ADDRESSES = 10_000
"""Addresses remembered."""


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._buckets: OrderedDict[tuple[str, Rate], tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if not self._within(scope):
            return PlainTextResponse("Too many requests\n", 429, {"Retry-After": "10"})
        if foreign(scope["method"], Headers(scope=scope)):
            return PlainTextResponse("This request came from another site.\n", 403)
        return None

    def _within(self, scope: Scope) -> bool:
        """Whether this address has asked seldom enough."""
        rate = ENTERING if scope["path"].startswith(("/enter", "/oauth")) else ACTING
        if scope["method"] in SAFE and rate is ACTING:
            rate = READING
        key = (scope["client"][0] if scope.get("client") else "", rate)
        now = time.monotonic()
        left, since = self._buckets.pop(key, (rate.burst, now))
        left = min(rate.burst, left + (now - since) * rate.each)
        self._buckets[key] = (max(left - 1, 0), now)
        if len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)
        return left >= 1


def foreign(method: str, headers: Headers) -> bool:
    """Whether another site's page asks for something to be done: by Sec-Fetch-Site, or else Origin against Host.

    A program that sends neither carries no cookies that a page could misuse.
    """
    if method in SAFE:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
