"""Reconciling, the one way this adapter draws: whenever the log grows, make a surface what the state says it is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from meetings.log.feed import Feed

_log = logging.getLogger(__name__)

Settle = Callable[[], Awaitable[bool]]
"""Makes one surface equal to the state; true once nothing will ever be left to do."""

Heard = Callable[[Exception | None], Awaitable[None]]
"""Is told that a surface failed, and (None) that it could be settled again."""

FIRST, LONGEST = 1.0, 60.0
"""Seconds until what failed is tried again; doubled each time, up to the longest."""


async def follow(
    feed: Feed, name: str, settle: Settle, heard: Heard | None = None, rest: Callable[[], float] = float
) -> None:
    """Settle a surface now and after each change, until it is settled for good.

    A surface that fails (Discord is away, a permission is missing, a message cannot be drawn) is logged and tried
    again; the meeting and its other surfaces go on. What changes within the seconds of a `rest` is seen in one look.
    """
    patience, failing = FIRST, False
    with feed.subscribe() as bell:
        while True:
            await bell.wait()
            bell.clear()
            try:
                if await settle():
                    return
                if failing:
                    await _told(heard, None)
                patience, failing = FIRST, False
                await asyncio.sleep(rest())
            except Exception as error:
                _log.warning("%s could not be settled; next attempt in %.0f s", name, patience, exc_info=True)
                asyncio.get_running_loop().call_later(patience, bell.set)
                patience, failing = min(2 * patience, LONGEST), True
                await _told(heard, error)


async def _told(heard: Heard | None, error: Exception | None) -> None:
    if heard is None:
        return
    try:
        await heard(error)
    except Exception:
        _log.warning("who presides could not be told", exc_info=True)


async def end(*tasks: asyncio.Task[None] | None) -> None:
    """Cancel tasks until they are over, however they end: discord.py's voice connection swallows cancellations."""
    left = {task for task in tasks if task is not None}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=0.5)
