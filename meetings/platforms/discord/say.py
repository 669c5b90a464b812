"""One message, in the text channel or elsewhere, noted in the log under its surface so that it is said once."""

import hashlib
from collections.abc import Sequence

import discord
from discord.abc import Messageable
from discord.ui import View

from meetings.domain.values import MemberId
from meetings.platforms.discord.stagehand import Stagehand

RUNG = 60
"""Members rung by name: their mentions and the words fit a message (2,000 characters)."""


async def say(
    hand: Stagehand,
    surface: str,
    words: str,
    rings: Sequence[MemberId | None] = (),
    files: list[discord.File] | None = None,
    view: View | None = None,
    where: Messageable | None = None,
) -> None:
    """Say it, ringing these members. Discord answers a repetition right after a crash with the message it has."""
    rung = [discord.Object(int(member)) for member in rings if member][:RUNG]
    mentions = "".join(f"<@{member.id}> " for member in rung)
    allowed = discord.AllowedMentions(everyone=False, roles=False, users=rung)
    nonce = hashlib.blake2s(f"{hand.id} {surface}".encode(), digest_size=12).hexdigest()
    message = await (where or hand.text).send(
        f"{mentions}{words}",
        files=files or [],
        allowed_mentions=allowed,
        view=view or discord.utils.MISSING,
        nonce=nonce,
    )
    await hand.posted(surface, str(message.id))
