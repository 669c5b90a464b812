"""Who draws from the log is woken when there is something new to draw; many changes at once wake once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Feed:
    """Wakes its subscribers after each append."""

    def __init__(self) -> None:
        self._bells: set[asyncio.Event] = set()

    def ring(self) -> None:
        """Something was appended."""
        for bell in self._bells:
            bell.set()

    @contextmanager
    def subscribe(self) -> Iterator[asyncio.Event]:
        """A bell, rung already so that the first drawing is made at once; the subscriber clears it before it draws."""
        bell = asyncio.Event()
        bell.set()
        self._bells.add(bell)
        try:
            yield bell
        finally:
            self._bells.discard(bell)
