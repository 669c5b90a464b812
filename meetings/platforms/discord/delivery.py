"""Drafts of the minutes reach the secretary: in a channel of their own, by direct message, or else before everybody."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import discord
from discord.abc import Messageable

from meetings.domain.values import Role
from meetings.i18n import Translator
from meetings.minutes import from_json
from meetings.minutes.doubts import doubts
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.say import say
from meetings.platforms.discord.stagehand import Stagehand

FILES = ("minutes.pdf", "minutes.docx")

UPLOAD = 10_000_000
"""Bytes that a message carries on a server without boosts (Reference, Uploading Files: 10 MiB), with room to spare."""


class Delivery:
    """Hands one meeting's files out. What one message does not carry is to be had on the pages, or on the machine."""

    def __init__(self, hand: Stagehand, config: DiscordConfig) -> None:
        self._hand, self._config = hand, config
        self.folder = config.documents / hand.id

    async def to_secretary(self, surface: str, words: str) -> None:
        """Hand the draft over, with what is doubtful or missing in it and where it is reviewed.

        Raises FileNotFoundError when nothing of the minutes lies in the folder yet.
        """
        if not any((self.folder / name).is_file() for name in FILES):
            raise FileNotFoundError(self.folder)
        told = [words, *await asyncio.to_thread(_doubts, self.folder, self._hand.t)]
        officer = self._hand.meeting.attendance.holder(Role.SECRETARY)
        for place in self._places():
            files, left_out = self.attached(FILES)
            lines = [*told, *left_out, *self._review(alone=isinstance(place, discord.abc.User))]
            try:
                await say(self._hand, surface, "\n".join(lines), (officer,), files, where=place)
            except discord.Forbidden:  # who lets nobody of the server write to them (50007), a channel shut to us
                if place == self._hand.text:
                    raise
            else:
                return

    def attached(self, names: Sequence[str]) -> tuple[list[discord.File], list[str]]:
        """Those of the files that are there and that one message carries; of those too large, a line where they are."""
        files: list[discord.File] = []
        left_out, room = [], UPLOAD
        for path in (self.folder / name for name in names):
            if not path.is_file():
                continue
            if (size := path.stat().st_size) > room:
                left_out.append(self._too_large(path))
            else:
                room -= size
                files.append(discord.File(path))
        return files, left_out

    def _places(self) -> Iterator[Messageable]:
        """Where the secretary is reached, the best first."""
        channel = self._hand.guild.get_channel(self._config.secretary_channel or 0)
        if isinstance(channel, discord.TextChannel):
            yield channel
        officer = self._hand.meeting.attendance.holder(Role.SECRETARY)
        if officer and officer.isdecimal() and (member := self._hand.guild.get_member(int(officer))):
            yield member
        yield self._hand.text

    def _review(self, *, alone: bool) -> Iterator[str]:
        """The page of the review; the way in, which makes whoever opens it the secretary, to the secretary alone."""
        pages, officer = self._config.pages, self._hand.meeting.attendance.holder(Role.SECRETARY)
        if pages is None:
            return
        yield self._hand.t("discord.notice.review", address=f"<{pages.review(self._hand.id)}>")
        if alone and officer:
            yield self._hand.t("discord.notice.enter", address=f"<{pages.enter(officer)}>")
        else:
            yield self._hand.t("discord.notice.enter-own")

    def _too_large(self, path: Path) -> str:
        if self._config.pages:
            address = f"<{self._config.pages.minutes(self._hand.id)}>"
            return self._hand.t("discord.notice.too-large-page", file=path.name, address=address)
        return self._hand.t("discord.notice.too-large", path=path)


def _doubts(folder: Path, t: Translator) -> list[str]:
    """What is doubtful or missing in a draft, in three lines at most. Raises OSError, ValueError."""
    document = folder / "minutes.json"
    return doubts(from_json(document.read_bytes()), t) if document.is_file() else []
