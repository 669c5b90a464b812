"""What is followed from afar: the calendar and the news, at addresses that stay, sent again only where they changed."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree
from website import ANNE, CHAIR, ID, PLAN, Evening, Site, site

from agenda import read
from meetings.domain.path import Stage
from meetings.domain.values import Choice

URL = "https://conseil.example"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def evening(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path)
    await evening.convene()
    await evening.vote("Réparer <trois> bancs.", {CHAIR: Choice.FOR, ANNE: Choice.FOR})
    return evening


async def asked(pages: Site, path: str, known: str = "") -> tuple[int, str, str]:
    async with pages.client.get(pages.url + path, headers={"If-None-Match": known} if known else {}) as answer:
        return answer.status, answer.headers["ETag"], await answer.text()


async def test_the_calendar_is_sent_again_only_where_it_changed(evening: Evening) -> None:
    async with site(evening, url=URL) as pages:
        status, tag, written = await asked(pages, "/calendar.ics")
        (found,) = read(written.encode(), zone=ZoneInfo("Europe/Paris"), now=PLAN.starts).occurrences
        assert (status, found.summary, found.start) == (200, PLAN.title, PLAN.starts)
        assert (await asked(pages, "/calendar.ics", tag))[::2] == (304, "")
        assert (await asked(pages, "/calendar.ics", f'"other", W/{tag}'))[0] == 304
        await evening.vote("Rien que suive un calendrier.", {CHAIR: Choice.FOR})
        assert (await asked(pages, "/calendar.ics", tag))[0] == 304
        await evening.bring(Stage.PUBLISHED)
        status, other, written = await asked(pages, "/calendar.ics", tag)
        assert (status, other != tag) == (200, True)
        (after,) = read(written.encode(), zone=ZoneInfo("Europe/Paris"), now=PLAN.starts).occurrences
        assert (after.uid, after.sequence) == (found.uid, found.sequence + 1)
        assert after.url == f"{URL}/meetings/{ID}/minutes"
        assert (await pages.get(f"/meetings/{ID}/minutes"))[0] == 200
        assert f'href="webcal://{URL.removeprefix("https://")}/calendar.ics"' in (await pages.get("/meetings"))[1]


async def test_the_news_are_decisions_and_published_minutes(evening: Evening) -> None:
    async with site(evening, url=URL) as pages:
        _, tag, before = await asked(pages, "/feed.atom")
        (decision,) = etree.fromstring(before.encode()).iter(f"{ATOM}entry")
        assert decision.findtext(f"{ATOM}id") == f"{URL}/decisions/2026-001"
        assert "Réparer <trois> bancs." in (decision.findtext(f"{ATOM}title") or "")
        assert (await asked(pages, "/feed.atom", tag))[0] == 304
        await evening.bring(Stage.SIGNED)
        assert (await asked(pages, "/feed.atom", tag))[0] == 304
        evening.now += timedelta(days=1)
        await evening.bring(Stage.PUBLISHED)
        feed = etree.fromstring((await asked(pages, "/feed.atom", tag))[2].encode())
        minutes, _ = feed.iter(f"{ATOM}entry")
        assert minutes.findtext(f"{ATOM}id") == f"{URL}/meetings/{ID}/minutes"
        assert minutes.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == evening.now.isoformat()
