"""Rate limits: one fixed window a bucket, as Discord's headers describe them (Topics, Rate Limits)."""

import hashlib
import time
from dataclasses import dataclass

from meetings.rehearsal.loopback.snowflakes import Clock
from meetings.rehearsal.loopback.world import Wire


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` requests in `seconds`, for one user, route and channel, guild or webhook."""

    name: str
    count: int
    seconds: float


DEFAULT = Limit("default", 50, 1.0)  # Discord tells most routes' figures to nobody
SEND = Limit("message-create", 5, 5.0)
EDIT = Limit("message-edit", 5, 5.0)
REACT = Limit("reaction", 1, 0.25)
WEBHOOK = Limit("webhook", 5, 2.0)
GLOBAL = Limit("global", 50, 1.0)


@dataclass(slots=True)
class _Window:
    opened: float
    used: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a request met: whether it may pass, and what the headers say."""

    limit: Limit
    allowed: bool
    remaining: int
    reset_after: float
    shared: str
    at: float

    def headers(self) -> dict[str, str]:
        """The reply's headers; times in seconds."""
        told = {
            "X-RateLimit-Limit": str(self.limit.count),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": f"{self.at + self.reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Bucket": hashlib.blake2s(self.shared.encode(), digest_size=16).hexdigest(),
        }
        if self.allowed:
            return told
        everywhere = self.limit is GLOBAL
        told |= {"Retry-After": f"{self.reset_after:.3f}", "X-RateLimit-Scope": "global" if everywhere else "user"}
        return told | ({"X-RateLimit-Global": "true"} if everywhere else {})

    def body(self) -> Wire:
        """The JSON of a 429."""
        return {
            "message": "You are being rate limited.",
            "retry_after": round(self.reset_after, 3),
            "global": self.limit is GLOBAL,
            "code": 0,
        }


FORGET_AFTER = 60.0  # seconds, longer than any window


class Limiter:
    """Counts requests; `clock` gives seconds since the Unix epoch."""

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock
        self._windows: dict[tuple[str, ...], _Window] = {}
        self._swept = clock()

    def take(self, limit: Limit, route: str, who: str, major: str) -> Verdict:
        """Count one request of `who` on `route`; `major` is the channel, guild or webhook in its path."""
        now = self._clock()
        window = self._windows.get((limit.name, route, who, major))
        if window is None or now - window.opened >= limit.seconds:
            self._forget(now)
            window = self._windows[limit.name, route, who, major] = _Window(now)
        allowed = window.used < limit.count
        window.used += allowed
        left = max(window.opened + limit.seconds - now, 0.001)
        return Verdict(limit, allowed, limit.count - window.used, left, f"{limit.name} {route}", now)

    def _forget(self, now: float) -> None:
        """Drop old windows now and then, for every interaction's token opens one."""
        if now - self._swept >= FORGET_AFTER:
            self._swept = now
            self._windows = {key: window for key, window in self._windows.items() if now - window.opened < FORGET_AFTER}
