"""What is said once in the text channel: the session is recorded, something went wrong, minutes are drafted."""

from pathlib import Path

import discord

from meetings.domain.events import MemberId, Role
from meetings.domain.meeting import Phase
from meetings.platforms.discord.room import NOTICE
from meetings.platforms.discord.stagehand import Stagehand

MINUTES = "minutes"
FILES = ("minutes.pdf", "minutes.md", "minutes.html")


class Notices:
    """Posts what the log calls for and has not got yet."""

    def __init__(self, hand: Stagehand, documents: Path) -> None:
        self._hand, self._folder = hand, documents / hand.id

    async def settle(self) -> bool:
        """Say what has not been said; true once the minutes of a session that is over were handed out."""
        meeting = self._hand.meeting
        if meeting.phase in {Phase.CONVENED, Phase.OPEN} and NOTICE not in meeting.posted:
            await self._say(NOTICE, self._hand.t("discord.notice.recording"))
        for number, code in enumerate(meeting.recording.troubles):
            if (surface := f"trouble:{number}") not in meeting.posted:
                await self._say(surface, self._trouble(code), rings=meeting.chair)
        if meeting.draft and MINUTES not in meeting.posted:
            await self._hand_out()
        return meeting.phase is Phase.ADJOURNED and MINUTES in self._hand.meeting.posted

    async def _hand_out(self) -> None:
        """Raises FileNotFoundError when nothing of the minutes lies in the folder yet."""
        paths = [path for name in FILES if (path := self._folder / name).is_file()]
        if not paths:
            raise FileNotFoundError(self._folder)
        files = [discord.File(path) for path in paths]
        secretary = self._hand.meeting.attendance.holder(Role.SECRETARY)
        await self._say(MINUTES, self._hand.t("discord.notice.minutes"), rings=secretary, files=files)

    def _trouble(self, code: str) -> str:
        t, key = self._hand.t, f"discord.trouble.{code}"
        return t(key) if key in t else t("discord.trouble.other", code=code)

    async def _say(
        self, surface: str, words: str, rings: MemberId | None = None, files: list[discord.File] | None = None
    ) -> None:
        users = [discord.Object(int(rings))] if rings else []
        allowed = discord.AllowedMentions(everyone=False, roles=False, users=users)
        mention = f"<@{rings}> " if rings else ""
        message = await self._hand.text.send(f"{mention}{words}", files=files or [], allowed_mentions=allowed)
        await self._hand.posted(surface, str(message.id))
