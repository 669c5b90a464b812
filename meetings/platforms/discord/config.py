"""How the bot reaches its council on Discord."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path

from meetings.platforms.port import Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordConfig:
    """Settings of the adapter; an id that is None is found where there is only one it can be.

    `room` is the voice or stage channel, `text_channel` where the boards are drawn. `rest` (ends in `/api/v10`) and
    `gateway` (a websocket address) are None for Discord itself. A recording lies in `recordings` and the minutes in
    `documents`, each in a folder named by the meeting's id. `zone` is the council's. Drafts go to `secretary_channel`,
    or else to the secretary alone; `pages` are the web's, where the council has them. `captions` says whether what is
    said is written in a thread. `announcement` is what the bot says when the recording begins, as
    the setting of that name has it.
    """

    token: str
    recordings: Path
    documents: Path
    zone: tzinfo = UTC
    guild: int | None = None
    text_channel: int | None = None
    room: int | None = None
    secretary_channel: int | None = None
    pages: Pages | None = None
    chair_role: str = "Présidence"
    secretary_role: str = "Secrétariat"
    member_role: str = "Membre"
    college_role: str = "Collège"
    rest: str | None = None
    gateway: str | None = None
    captions: bool = True
    announcement: str = "off"
