"""Every route says who may see it, and keeps to it; every answer carries its guards."""

import asyncio
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from website import ANNE, CHAIR, ID, PLAN, SECRETARY, Evening, Site, site

from meetings.domain import commands as c
from meetings.domain.path import Stage
from meetings.domain.values import MeetingId, MemberId
from meetings.web.access import Door, Who
from meetings.web.app import doors

VISITORS: dict[MemberId | None, Who] = {
    None: Who.PUBLIC,
    ANNE: Who.MEMBER,
    SECRETARY: Who.SECRETARY,
    CHAIR: Who.CHAIR,
}
ENDLESS = "events"
"""Streams never end: seeing their head is enough."""


def path(door: Door) -> str:
    known = {"meeting": str(ID), "name": "style.css", "token": "x"}
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: known.get(found[1], "1"), door.path)


async def statuses(pages: Site, door: Door) -> list[int]:
    found = []
    for method in sorted(door.methods & {"GET", "POST"}):
        headers = {"Sec-Fetch-Site": "same-origin"}
        async with pages.client.request(method, pages.url + path(door), headers=headers, allow_redirects=False) as got:
            found.append(got.status)
            assert "default-src 'none'" in got.headers["Content-Security-Policy"]
            assert "unsafe" not in got.headers["Content-Security-Policy"]
            assert got.headers["X-Content-Type-Options"] == "nosniff"
    return found


def test_every_route_is_a_door() -> None:
    assert [route for route in doors() if not isinstance(route, Door)] == []
    assert {door.path for door in doors() if isinstance(door, Door)} >= {"/live", "/enter/{token}"}


READ, HEARD = (
    {"/meetings/{meeting}/minutes", "/meetings/{meeting}/files/{name}"},
    "/meetings/{meeting}/voices/{member}.ogg",
)
FIRST = {Stage.NONE: Who.SECRETARY, Stage.DRAFT: Who.SECRETARY, Stage.PUBLISHED: Who.PUBLIC}
"""Who reads the minutes first, where it is not the members."""


def wanted(door: Door, stage: Stage) -> Who:
    """Who a door is for, said here a second time: what is read and heard of a meeting follows its minutes' stage."""
    if isinstance(door.who, Who):
        return door.who
    assert door.path in {*READ, HEARD}
    first = FIRST.get(stage, Who.MEMBER)
    return max(first, Who.MEMBER) if door.path == HEARD else first


async def test_every_door_is_open_to_those_it_is_for_and_to_no_others_at_every_stage(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    await evening.speak(ANNE, "Un banc.")
    moving = [door for door in doors() if isinstance(door, Door) and not isinstance(door.who, Who)]
    assert {door.path for door in moving} == {*READ, HEARD}
    async with site(evening) as pages:
        for stage in Stage:
            if stage is not Stage.NONE:
                await evening.bring(stage)
            assert evening.council.meeting(ID).path.stage is stage
            for member, level in VISITORS.items():
                await pages.enter(member)
                for door in doors() if stage in {Stage.NONE, Stage.PUBLISHED} else moving:
                    assert isinstance(door, Door)
                    if door.path in ("/leave", "/enter/{token}", "/oauth/discord", "/oauth/discord/back"):
                        continue  # they end or begin a session: each has tests of its own
                    got = await statuses(pages, door)
                    shut = level < wanted(door, stage)
                    assert all((status == 403) is shut for status in got), (stage, level, door.path, got)
                    assert all(status < 500 for status in got), (stage, level, door.path, got)


async def test_who_has_no_seat_any_more_is_the_public_again(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    async with site(evening) as pages:
        await pages.enter(ANNE)
        assert "Anne Le Goff" in (await pages.get("/enter"))[1]
        later = PLAN.starts.replace(year=2027)
        roster = tuple(seat for seat in PLAN.roster if seat.member != ANNE)
        await evening.do(c.Plan, None, MeetingId("n"), plan=replace(PLAN, starts=later, roster=roster))
        assert "Anne Le Goff" not in (await pages.get("/enter"))[1]


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({}, False),
    ],
)
async def test_no_other_site_acts_here(tmp_path: Path, headers: dict[str, str], refused: bool) -> None:
    evening = Evening(tmp_path)
    async with site(evening) as pages:
        async with pages.client.post(pages.url + "/language", headers=headers, allow_redirects=False) as answer:
            assert (answer.status == 403) is refused
        own = {"Origin": pages.url}
        async with pages.client.post(pages.url + "/language", headers=own, allow_redirects=False) as answer:
            assert answer.status == 303


async def test_pages_carry_no_inline_code_and_ask_nobody_else(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    await evening.speak(ANNE, "Un <script>alert(1)</script> banc.")
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        for door in doors():
            assert isinstance(door, Door)
            if "GET" not in (door.methods or ()) or ENDLESS in door.path or "{name}" in door.path:
                continue
            _, html = await pages.get(path(door))
            if "<html" not in html or door.path.endswith("/minutes"):
                continue
            assert not re.search(r"<style|<script(?![^>]*src=)|\son\w+=|\sstyle=|javascript:", html), door.path
            assert not re.search(r"(src|href|action)=\"(https?:)?//", html), door.path
            assert "alert(1)</script>" not in html


async def test_who_asks_too_often_is_told_to_wait(tmp_path: Path) -> None:
    async with site(Evening(tmp_path)) as pages:
        answers = await asyncio.gather(*(pages.get("/enter/wrong") for _ in range(200)))
        statuses = Counter(status for status, _ in answers)
        assert statuses.keys() == {403, 429}
        assert statuses[403] >= 60
        assert (await pages.get("/live"))[0] == 200


async def test_the_language_is_the_readers(tmp_path: Path) -> None:
    async with site(Evening(tmp_path)) as pages:
        german = {"Accept-Language": "de, en;q=0.8, fr;q=0.5"}
        assert 'lang="en"' in (await pages.get("/live", headers=german))[1]
        assert 'lang="fr"' in (await pages.get("/live", headers={"Accept-Language": "de"}))[1]
        assert 'lang="fr"' in (await pages.get("/live", headers={"Accept-Language": "en;q=x, fr"}))[1]
        _, html = await pages.post("/language", {"lang": "en", "back": "/live"})
        assert 'lang="en"' in html
        assert 'lang="en"' in (await pages.get("/enter"))[1]


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"])
async def test_choosing_a_language_leads_nowhere_else(tmp_path: Path, back: str) -> None:
    async with site(Evening(tmp_path)) as pages:
        form = {"lang": "en", "back": back}
        async with pages.client.post(pages.url + "/language", data=form, allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/"
