"""Captions in a thread of the session's board: a message a minute of what is said, edited as words become known.

Only members who want to read along open the thread, and nobody is rung. The thread's writes have a pace of their own,
as Discord counts them, so that captions never keep a board or an answer waiting.
"""

import asyncio
import hashlib
from contextlib import suppress
from typing import Final

import discord
from discord.ui import LayoutView

from meetings.boards import Board, Caption, by_minute, captions, captions_board, captions_notice
from meetings.domain.meeting import Meeting, Phase
from meetings.jobs.saying import Saying
from meetings.platforms.discord.painter import Pace
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.views import layout

THREAD, PAGE, NOTICE = "captions", "captions:", "captions:notice"
"""Surfaces: where the captions are, what a page's begins with (`captions:MINUTE.ITEM`), what stands before them."""

REST = 1.0
"""Seconds in which changes are taken together."""

KEEP: Final = 1440
"""Minutes without a word after which Discord puts the thread away, should we not be there to do it."""

UNSURE = 2
"""Messages of before a restart that may lack their last words."""

_EXISTS = 160004
"""The message has a thread already (Topics, JSON Error Codes)."""

Minutes = dict[str, tuple[Caption, ...]]


class CaptionThread:
    """Keeps the thread of one meeting equal to what was said."""

    def __init__(self, hand: Stagehand, saying: Saying) -> None:
        self._hand, self._saying, self._pace = hand, saying, Pace()
        self._shown: Minutes | None = None

    async def settle(self) -> bool:
        """Write what is new; true once the session is over and all its words are shown."""
        meeting = self._hand.meeting
        if meeting.phase is Phase.CANCELLED:
            return True
        if meeting.phase not in {Phase.OPEN, Phase.ADJOURNED} or "session" not in meeting.posted:
            return False
        over = bool(meeting.draft)  # then every word is known that ever will be
        minutes = await asyncio.to_thread(self._minutes, meeting)
        if NOTICE not in meeting.posted and not over:
            await self._write(NOTICE, captions_notice(self._hand.t))
        shown = self._remembered(meeting, minutes)
        for page, said in minutes.items():
            if shown.get(page) != said:
                await self._write(f"{PAGE}{page}", captions_board(meeting, said, self._hand.names, self._hand.t))
                shown[page] = said
        for page in shown.keys() - minutes.keys():  # all that was said there repeats another's voice
            await self._take_back(f"{PAGE}{page}")
            del shown[page]
        if over:
            await self._put_away()
        return over

    def _minutes(self, meeting: Meeting) -> Minutes:
        """What is known to have been said, and what is being said. Blocks."""
        words = self._hand.council.log.words(meeting.id)
        said = [one for _, one in captions(meeting, words, meeting.recording.transcribed)]
        said += [Caption(one.member, one.start, one.text, provisional=True) for one in self._saying.of(meeting)]
        return by_minute(meeting, said)

    def _remembered(self, meeting: Meeting, minutes: Minutes) -> Minutes:
        """What the thread shows; after a restart, what an earlier run surely had written."""
        if self._shown is None:
            written = [page for page in minutes if f"{PAGE}{page}" in meeting.posted]
            pages = {one.removeprefix(PAGE) for one in meeting.posted if one.startswith(PAGE) and one != NOTICE}
            self._shown = {page: minutes[page] for page in written[:-UNSURE]}
            self._shown |= dict.fromkeys(pages - minutes.keys(), ())
        return self._shown

    async def _write(self, surface: str, board: Board) -> None:
        """Edit a surface's message, or post it."""
        await self._pace.turn()
        thread, ref = await self._thread(), self._hand.meeting.posted.get(surface)
        view = layout([board])
        if ref is not None:
            try:
                await thread.get_partial_message(int(ref)).edit(view=view)
                return
            except discord.NotFound:
                pass  # somebody deleted it, or the whole thread
        try:
            message = await self._post(thread, surface, ref, view)
        except discord.NotFound:
            message = await self._post(await self._open(), surface, ref, view)
        await self._hand.posted(surface, str(message.id))

    async def _take_back(self, surface: str) -> None:
        """Delete a surface's message, if there is one; should there be words again, it is posted anew."""
        if ref := self._hand.meeting.posted.get(surface):
            await self._pace.turn()
            with suppress(discord.NotFound):
                await (await self._thread()).get_partial_message(int(ref)).delete()

    async def _post(
        self, thread: discord.PartialMessageable, surface: str, replaced: str | None, view: LayoutView
    ) -> discord.Message:
        """Nobody is notified. Discord answers a repetition right after a crash with the message it has."""
        nonce = hashlib.blake2s(f"{self._hand.id} {surface} {replaced}".encode(), digest_size=12).hexdigest()
        return await thread.send(view=view, nonce=nonce, silent=True)

    async def _thread(self) -> discord.PartialMessageable:
        ref = self._hand.meeting.posted.get(THREAD)
        return self._place(int(ref)) if ref else await self._open()

    async def _open(self) -> discord.PartialMessageable:
        """Begin the thread at the session's board; it has that message's id."""
        board = int(self._hand.meeting.posted["session"])
        try:
            name = self._hand.t("boards.captions.title")
            await self._hand.text.get_partial_message(board).create_thread(name=name, auto_archive_duration=KEEP)
        except discord.HTTPException as refusal:
            if refusal.code != _EXISTS:
                raise
        await self._hand.posted(THREAD, str(board))
        return self._place(board)

    def _place(self, thread: int) -> discord.PartialMessageable:
        return self._hand.client.get_partial_messageable(thread, guild_id=self._hand.guild.id)

    async def _put_away(self) -> None:
        """Archive the thread: it stays to be read."""
        if (ref := self._hand.meeting.posted.get(THREAD)) is None:
            return
        try:
            thread = await self._hand.guild.fetch_channel(int(ref))
            if isinstance(thread, discord.Thread) and not thread.archived:
                await thread.edit(archived=True)
        except discord.NotFound:
            pass  # somebody deleted it
