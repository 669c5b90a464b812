"""What is said once in the text channel: the session is recorded, something went wrong, minutes are drafted."""

from collections.abc import Sequence

from discord.ui import View

from meetings.domain.attendance import Proxy
from meetings.domain.floor import Turn
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MemberId
from meetings.platforms.discord.commands_proxies import proxy_buttons
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.delivery import Delivery
from meetings.platforms.discord.room import NOTICE
from meetings.platforms.discord.say import say
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.views import safe

MINUTES, DRAFTED = "minutes", "minutes:drafted"
"""The secretary's message with the draft; the line that tells everybody that it is there."""


class Notices:
    """Posts what the log calls for and has not got yet."""

    def __init__(self, hand: Stagehand, config: DiscordConfig) -> None:
        self._hand, self._delivery = hand, Delivery(hand, config)

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
        """The line first: a crash between the two leaves no secretary without the draft.

        Raises FileNotFoundError when nothing of the minutes lies in the folder yet.
        """
        if DRAFTED not in self._hand.meeting.posted:
            await self._say(DRAFTED, self._hand.t("discord.notice.drafted"))
        await self._delivery.to_secretary(MINUTES, self._hand.t("discord.notice.minutes"))

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
        view: View | None = None,
    ) -> None:
        await say(self._hand, surface, words, rings, view=view)
