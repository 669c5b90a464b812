"""What is said once in the text channel: the session is recorded, something went wrong, minutes are drafted."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import discord
from discord.ui import View

from meetings.domain.attendance import Proxy
from meetings.domain.floor import Turn
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MemberId, Role
from meetings.i18n import Translator
from meetings.minutes import from_json
from meetings.minutes.doubts import doubts
from meetings.platforms.discord.commands_proxies import proxy_buttons
from meetings.platforms.discord.room import NOTICE
from meetings.platforms.discord.say import say
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.views import safe

MINUTES = "minutes"
FILES = ("minutes.pdf", "minutes.docx", "minutes.md")

UPLOAD = 10_000_000
"""Bytes that a message carries on a server without boosts (Reference, Uploading Files: 10 MiB), with room to spare."""


def attached(folder: Path, names: Sequence[str]) -> tuple[list[discord.File], list[Path]]:
    """Those of the files that are there and that one message carries, and those too large for it."""
    files: list[discord.File] = []
    left_out, room = [], UPLOAD
    for path in (folder / name for name in names):
        if not path.is_file():
            continue
        if (size := path.stat().st_size) > room:
            left_out.append(path)
        else:
            room -= size
            files.append(discord.File(path))
    return files, left_out


def _doubts(folder: Path, t: Translator) -> list[str]:
    """What is doubtful or missing in a draft, in three lines at most. Raises OSError, ValueError."""
    document = folder / "minutes.json"
    return doubts(from_json(document.read_bytes()), t) if document.is_file() else []


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
                await self._say(surface, self._trouble(code), rings=(meeting.chair,))
        for proxy in meeting.attendance.proxies:
            if proxy.accepted is None and proxy.ended is None:
                await self._propose(proxy)
        if (speech := meeting.floor.speaker) and speech.up:
            await self._time_up(speech)
        await self._quorum(meeting)
        if meeting.draft and MINUTES not in meeting.posted:
            await self._hand_out()
        return meeting.phase is Phase.ADJOURNED and MINUTES in self._hand.meeting.posted

    async def _hand_out(self) -> None:
        """Raises FileNotFoundError when nothing of the minutes lies in the folder yet."""
        files, left_out = attached(self._folder, FILES)
        if not files and not left_out:
            raise FileNotFoundError(self._folder)
        t, secretary = self._hand.t, self._hand.meeting.attendance.holder(Role.SECRETARY)
        lines = [t("discord.notice.minutes"), *await asyncio.to_thread(_doubts, self._folder, t)]
        lines += [t("discord.notice.too-large", path=path) for path in left_out]
        await self._say(MINUTES, "\n".join(lines), rings=(secretary,), files=files)

    async def _quorum(self, meeting: Meeting) -> None:
        """Tell the chair when the quorum is lost, and when it is back; everybody, when the council meets again."""
        posted, falls = meeting.posted, meeting.attendance.falls
        if falls and meeting.phase is Phase.OPEN:
            lost, back = f"quorum:{len(falls)}", f"quorum:{len(falls)}:back"
            fields = {"present": falls[-1].regained or falls[-1].present, "needed": falls[-1].needed}
            if falls[-1].until is None and lost not in posted:
                words = self._hand.t(f"discord.notice.quorum-lost.{meeting.rules.quorum.falls}", **fields)
                await self._say(lost, words, rings=(meeting.chair,))
            elif falls[-1].until and lost in posted and back not in posted:
                resumes = "discord.notice.quorum-back" + ("-recess" if meeting.interludes.recess else "")
                await self._say(back, self._hand.t(resumes, **fields), rings=(meeting.chair,))
        if (again := meeting.attendance.reconvened) and "reconvened" not in posted:
            await self._say("reconvened", self._hand.t("discord.notice.reconvened", when=again))

    async def _propose(self, proxy: Proxy) -> None:
        """Tell the holder, once, of a proxy that they have to take on or decline."""
        surface = f"proxy:{proxy.giver}:{proxy.given.timestamp():.0f}"
        if surface in self._hand.meeting.posted:
            return
        t, name = self._hand.t, safe(self._hand.names.get(proxy.giver, ""))
        words = t("discord.proxy.proposed", giver=name)
        await self._say(surface, words, rings=(proxy.holder,), view=proxy_buttons(proxy.giver, t))

    async def _time_up(self, speech: Turn) -> None:
        """Each end of a speech is told once: an extended one has another."""
        surface = f"time:{speech.ends.timestamp() if speech.ends else 0:.0f}"
        if surface not in self._hand.meeting.posted:
            name = safe(self._hand.names.get(speech.member, ""))
            words = self._hand.t("discord.notice.time-up", name=name)
            await self._say(surface, words, rings=(self._hand.meeting.chair,))

    def _trouble(self, code: str) -> str:
        t, key = self._hand.t, f"discord.trouble.{code}"
        return t(key) if key in t else t("discord.trouble.other", code=code)

    async def _say(
        self,
        surface: str,
        words: str,
        rings: Sequence[MemberId | None] = (),
        files: list[discord.File] | None = None,
        view: View | None = None,
    ) -> None:
        await say(self._hand, surface, words, rings, files, view)
