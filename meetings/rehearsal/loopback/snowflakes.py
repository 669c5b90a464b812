"""Ids as Discord makes them, with their time inside (Reference, Snowflakes)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Clock: TypeAlias = Callable[[], float]  # seconds since the Unix epoch
DISCORD_EPOCH = 1_420_070_400.0


class Snowflakes:
    """Ids as Discord makes them: 42 bits of milliseconds since 2015, then a counter (Reference, Snowflakes)."""

    def __init__(self, clock: Clock = time.time) -> None:
        self._clock = clock
        self._count = 0

    def new(self, age: timedelta = timedelta()) -> int:
        """An unused id, as if made `age` ago."""
        self._count += 1
        millis = int((self._clock() - DISCORD_EPOCH - age.total_seconds()) * 1000)
        return (millis << 22) | (self._count & 0x3FFFFF)


def created_at(snowflake: int) -> datetime:
    """The time inside a snowflake, UTC."""
    return datetime.fromtimestamp((snowflake >> 22) / 1000 + DISCORD_EPOCH, UTC)
