"""A draft reaches the secretary, and nobody else; and everybody has a way of their own in to the pages."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hall import CHAIR, GUEST, MEETING, PAUL, SECRETARY, Hall, member, plain, until
from test_discord_conduct import refusal

from meetings.domain import commands as c
from meetings.domain.refusals import Code
from meetings.platforms.discord import CouncilBot
from meetings.platforms.discord.delivery import UPLOAD
from meetings.platforms.port import Pages
from meetings.rehearsal.cast.client import SeenMessage
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.web.links import Links

SITE = "https://conseil.example"


class Paged(Hall):
    """A council with pages, whose secretary may have a channel."""

    channel: int | None = None

    async def start_bot(self) -> None:
        await super().start_bot()
        await self.bot.stop()
        pages = Pages(
            enter=lambda who: Links(self.folder).address(SITE, who),
            review=lambda meeting: f"{SITE}/review/{meeting}",
            minutes=lambda meeting: f"{SITE}/meetings/{meeting}/minutes",
        )
        self.bot = CouncilBot(self.council, self.config(pages=pages, secretary_channel=self.channel))
        await self.bot.start()


@pytest.fixture
async def paged(server: LoopbackServer, tmp_path: Path) -> AsyncIterator[Paged]:
    async with AsyncExitStack() as phones:
        hall = Paged(server, tmp_path, "stage", phones)
        await hall.start_bot()
        yield hall
        await hall.stop_bot()


async def drafted(hall: Hall, size: int = 100) -> None:
    await hall.opened()
    await hall.phones[CHAIR].slash("séance lever")
    folder = hall.folder / "documents" / MEETING
    folder.mkdir(parents=True)
    for name in ("minutes.pdf", "minutes.md", "minutes.docx"):
        (folder / name).write_bytes(b"%PDF" * (size // 4))
    await hall.do(c.NoteDraft, digest="0" * 64)
    await until(lambda: "minutes" in hall.meeting.posted)


async def handed(hall: Hall, reader: int, surface: str = "minutes") -> SeenMessage:
    phone = await hall.phone(reader)
    return await phone.see(lambda seen: str(seen.id) == hall.meeting.posted.get(surface))


def names(message: SeenMessage) -> list[str]:
    return [file["filename"] for file in message.wire["attachments"]]


async def test_the_secretary_alone_gets_the_draft_and_a_way_to_review_it(paged: Paged) -> None:
    await drafted(paged)
    message = await handed(paged, SECRETARY)
    assert names(message) == ["minutes.pdf", "minutes.docx"]
    assert message.channel_id in paged.server.world.direct
    assert f"{SITE}/review/{MEETING}" in message.text
    (link,) = [word for word in message.text.split() if "/enter/" in word]
    token = link.strip("<>").rpartition("/")[2]
    assert Links(paged.folder).redeem(token) == member(SECRETARY)
    everybody = paged.server.world.history(paged.text)
    assert not any(one.attachments for one in everybody)
    assert not any("/enter/" in one.content for one in everybody)
    line = await paged.board("minutes:drafted", "le secrétariat le relit")
    assert line.wire["mentions"] == []


async def test_whose_direct_messages_are_closed_finds_the_draft_in_the_councils_channel(paged: Paged) -> None:
    paged.server.world.users[SECRETARY].reachable = False
    await drafted(paged)
    message = await handed(paged, CHAIR)
    assert message.channel_id == paged.text
    assert names(message) == ["minutes.pdf", "minutes.docx"]
    assert [user["id"] for user in message.wire["mentions"]] == [str(SECRETARY)]
    assert f"{SITE}/review/{MEETING}" in message.text
    assert "/enter/" not in message.text  # whoever opened it would be the secretary
    assert "/lien" in message.text


async def test_a_channel_of_the_secretarys_goes_before_direct_messages(paged: Paged) -> None:
    await paged.stop_bot()
    paged.channel = int(paged.server.describe()["channels"]["text"])
    await paged.start_bot()
    await drafted(paged)
    message = await handed(paged, CHAIR)
    assert message.channel_id == paged.channel
    assert not paged.server.world.direct


async def test_what_is_too_large_for_discord_is_a_link_to_the_page(paged: Paged) -> None:
    await drafted(paged, UPLOAD // 2 + 1000)
    message = await handed(paged, SECRETARY)
    assert names(message) == ["minutes.pdf"]
    assert f"minutes.docx est trop lourd pour Discord : <{SITE}/meetings/{MEETING}/minutes>" in plain(message.text)


async def test_a_draft_is_handed_over_once_whatever_is_restarted(paged: Paged) -> None:
    await drafted(paged)
    await paged.stop_bot()
    await paged.start_bot()
    await paged.do(c.NoteDraft, digest="1" * 64)
    await until(lambda: "draft:2" in paged.meeting.posted)
    again = await handed(paged, SECRETARY, "draft:2")
    assert "version 2 du projet" in plain(again.text)
    (direct,) = paged.server.world.direct
    assert len(paged.server.world.history(direct)) == 2


async def test_every_member_gets_a_link_of_their_own(paged: Paged) -> None:
    await paged.plan()
    told = (await (await paged.phone(PAUL)).slash("lien")).message
    assert told is not None
    assert told.ephemeral
    token = next(word for word in told.text.split() if "/enter/" in word).strip("<>").rpartition("/")[2]
    assert Links(paged.folder).redeem(token) == member(PAUL)
    guest = await paged.phone(GUEST)
    assert (await guest.slash("lien")).text == refusal(Code.NOT_A_MEMBER)


async def test_a_council_without_pages_says_so(hall: Hall) -> None:
    await hall.plan()
    assert "n’a pas de pages" in plain((await (await hall.phone(PAUL)).slash("lien")).text).replace("'", "’")
