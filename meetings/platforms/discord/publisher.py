"""What is told of minutes on their way: a new version to the secretary, the rest to everybody, each once."""

from collections.abc import Sequence

import discord

from meetings.domain.meeting import Meeting
from meetings.domain.path import Stage
from meetings.domain.values import MemberId, Role
from meetings.i18n.dates import day
from meetings.jobs.adoption import SIGNED
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.discord.delivery import FILES, Delivery
from meetings.platforms.discord.notices import MINUTES
from meetings.platforms.discord.stagehand import Stagehand
from meetings.platforms.discord.views import safe

PUBLISHED = (*FILES, "minutes.md", SIGNED, "decisions.pdf")
"""The files of minutes that are public."""


class Publisher:
    """Posts what one meeting's log calls for and has not got yet."""

    def __init__(self, hand: Stagehand, config: DiscordConfig) -> None:
        self._hand, self._delivery = hand, Delivery(hand, config)

    async def settle(self) -> None:
        """Say what has not been said. Raises what Discord does, or OSError."""
        meeting, path, t = self._hand.meeting, self._hand.meeting.path, self._hand.t
        officer = meeting.attendance.holder(Role.SECRETARY)
        if MINUTES in meeting.posted and len(path.drafts) > 1 and path.stage in {Stage.DRAFT, Stage.PROPOSED}:
            words, surface = t("discord.notice.minutes-again", number=len(path.drafts)), f"draft:{len(path.drafts)}"
            if surface not in meeting.posted:
                await self._delivery.to_secretary(surface, words)
        if path.proposed and path.stage is Stage.PROPOSED:
            zone = meeting.plan.starts.tzinfo if meeting.plan else None
            until = day(path.proposed.until.astimezone(zone), t.lang)
            await self._say("minutes:proposed", t("discord.notice.minutes-proposed", until=until), (), FILES[:1])
        for request in path.waiting:
            name = safe(self._hand.names.get(request.asked.member, ""))
            words = t("discord.notice.correction", name=name)
            await self._say(f"request:{request.asked.request}", words, (officer,))
        if path.audio:
            await self._say("audio-deleted", t(f"discord.notice.audio-deleted.{path.audio.why}"))
        if path.stage is Stage.APPROVED:
            await self._say("minutes:approved", t("discord.notice.minutes-approved"), _signers(meeting))
        if path.stage is Stage.PUBLISHED and "minutes:published" not in meeting.posted:
            if not (self._delivery.folder / SIGNED).is_file():
                raise FileNotFoundError(self._delivery.folder / SIGNED)  # it is being written
            await self._say("minutes:published", t("discord.notice.minutes-published"), (), PUBLISHED)

    async def _say(
        self, surface: str, words: str, rings: Sequence[MemberId | None] = (), names: Sequence[str] = ()
    ) -> None:
        if surface in self._hand.meeting.posted:
            return
        rung = [discord.Object(int(member)) for member in rings if member and member.isdecimal()]
        mentions = "".join(f"<@{member.id}> " for member in rung)
        allowed = discord.AllowedMentions(everyone=False, roles=False, users=rung)
        files, left_out = self._delivery.attached(names)
        words += "".join(f"\n{line}" for line in left_out)
        message = await self._hand.text.send(f"{mentions}{words}", files=files, allowed_mentions=allowed)
        await self._hand.posted(surface, str(message.id))


def _signers(meeting: Meeting) -> list[MemberId | None]:
    return [meeting.attendance.holder(role) for role in (Role.CHAIR, Role.SECRETARY)]
