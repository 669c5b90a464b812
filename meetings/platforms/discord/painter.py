"""Painters: one for each message, drawing the latest state, one edit in flight, within Discord's rate limits."""

import asyncio
import hashlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import discord

from meetings.boards import Board
from meetings.domain.meeting import Meeting
from meetings.platforms.discord.errors import Interaction
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.views import layout

Boards = tuple[Board, ...]
Draw = Callable[[Meeting], tuple[Boards, bool]]
"""What a message shows of a meeting (nothing yet: empty), and whether that will never change again."""


class Pace:
    """At most 5 writes in 5 s: what Discord allows on a channel (Topics, Rate Limits), and a little less.

    The first write goes at once; the closer the limit, the longer the pause before the next, so that a burst of changes
    becomes a few drawings and nobody waits long for the last one.
    """

    WINDOW = 5.1
    PAUSES = (0.0, 0.2, 0.8, 1.2, 1.4)
    """Seconds after the last write, by how many were made within the window."""

    def __init__(self) -> None:
        self._written: deque[float] = deque(maxlen=len(self.PAUSES))
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until one more write is allowed."""
        async with self._queue:
            await asyncio.sleep(self._rest(time.monotonic()))
            self._written.append(time.monotonic())

    def _rest(self, now: float) -> float:
        recent = [at for at in self._written if now - at < self.WINDOW]
        if len(recent) == len(self.PAUSES):
            return recent[0] + self.WINDOW - now
        return recent[-1] + self.PAUSES[len(recent)] - now if recent else 0.0


class Painter:
    """Keeps one message in a channel equal to what `draw` says of the meeting.

    The message's id is noted in the log, so that a restart edits it; one that was deleted is posted anew. Presses
    repaint the message too, by their own reply; where replies and edits crossed, a last edit has the last word.
    """

    def __init__(self, hand: Stagehand, pace: Pace, surface: str, draw: Draw) -> None:
        self._hand, self._pace, self._surface, self._draw = hand, pace, surface, draw
        self._shown: Boards | None = None
        self._channel: int | None = None
        self._writing, self._crossed = 0, False

    async def settle(self) -> bool:
        """Draw the latest state; true once it is shown and will never change again."""
        boards, _ = self._latest()
        if boards and (boards != self._shown or self._hand.text.id != self._channel):
            if self._reference() is not None:  # new messages have a limit of their own, far from reached
                await self._pace.turn()
            await self._paint()
        boards, final = self._latest()
        return final and boards == self._shown and not self._writing

    async def repaint(self, interaction: Interaction) -> bool:
        """Answer a press with the latest drawing; false where another message than ours was pressed."""
        if interaction.message is None or str(interaction.message.id) != self._reference():
            return False
        async with self._write() as boards:
            await interaction.response.edit_message(view=layout(boards))
        return True

    def link(self) -> str:
        """Where the message is; empty before it was posted."""
        ref = self._reference()
        return self._hand.text.get_partial_message(int(ref)).jump_url if ref else ""

    async def _paint(self) -> None:
        async with self._write() as boards:
            ref, view = self._reference(), layout(boards)
            self._channel = self._hand.text.id
            if ref is not None:
                try:
                    await self._hand.text.get_partial_message(int(ref)).edit(view=view)
                    return
                except discord.NotFound:
                    pass  # somebody deleted it: it is posted anew below
            message = await self._hand.text.send(view=view, nonce=self._nonce(ref))
        await self._hand.posted(self._surface, str(message.id))

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[Boards]:
        """One write on its way; Discord says nothing of the order in which two of them arrive."""
        boards, _ = self._latest()
        self._crossed |= self._writing > 0
        self._writing += 1
        self._shown = boards
        try:
            yield boards
        except BaseException:
            self._shown = None
            raise
        finally:
            self._writing -= 1
            if self._crossed and not self._writing:
                self._crossed, self._shown = False, None
                self._hand.council.feed.ring()

    def _latest(self) -> tuple[Boards, bool]:
        return self._draw(self._hand.meeting)

    def _reference(self) -> str | None:
        return self._hand.meeting.posted.get(self._surface)

    def _nonce(self, replaced: str | None) -> str:
        """The same for the same posting: Discord answers a repeated one, after a crash, with the message it has."""
        return hashlib.blake2s(f"{self._hand.id} {self._surface} {replaced}".encode(), digest_size=12).hexdigest()
