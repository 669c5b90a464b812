"""The bot's nickname says that the session is recorded: `[REC]` before it, while it is and no longer."""

from contextlib import suppress

import discord

from meetings.domain.meeting import Phase
from meetings.platforms.discord.stagehand import AbsentError, Stagehand

MARK = "[REC] "
LONGEST = 32
"""Characters of a nickname (Resources, Guild, Modify Current Member)."""


class Marker:
    """Keeps the mark as the log says the recording is. Where the bot may not change its nickname, nothing is done."""

    def __init__(self, hand: Stagehand) -> None:
        self._hand = hand
        self._stands: bool | None = None  # whether the mark may stand, of which Discord tells later

    async def settle(self) -> bool:
        """Mark it, or take the mark away; true once the session is over."""
        meeting = self._hand.meeting
        recorded = meeting.recording.running and meeting.phase is Phase.OPEN
        await self._show(recorded=recorded and meeting.interludes.silent_since is None)
        return meeting.phase is Phase.ADJOURNED and not meeting.recording.running

    async def clear(self) -> None:
        """The process ends, and with it the recording; Discord may be gone already."""
        if self._stands:
            with suppress(discord.DiscordException, AbsentError, OSError):
                await self._show(recorded=False)

    async def _show(self, *, recorded: bool) -> None:
        me = self._hand.guild.me
        own, marked = (me.nick or "").removeprefix(MARK), (me.nick or "").startswith(MARK)
        base = own or me.name
        known = recorded is marked and self._stands in {None, recorded}
        self._stands = self._stands or recorded  # from the asking on, answered or not
        if not known and me.guild_permissions.change_nickname and len(MARK + base) <= LONGEST:
            unmarked = None if base == me.name else base
            await me.edit(nick=MARK + base if recorded else unmarked)
        self._stands = recorded
