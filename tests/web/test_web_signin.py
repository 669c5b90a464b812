"""Coming in: a link is good once, for half an hour, for whom it was made; Discord says who somebody is."""

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from website import ANNE, Evening, site

from meetings.domain.values import MemberId
from meetings.web import Discord, LinkRefusedError, Links


def refused(links: Links, token: str) -> str:
    with pytest.raises(LinkRefusedError) as refusal:
        links.redeem(token)
    return refusal.value.code


def test_a_link_is_good_once_whoever_else_checks_links(tmp_path: Path) -> None:
    bot, pages = Links(tmp_path), Links(tmp_path)
    token = bot.make(ANNE)
    assert pages.look(token) == pages.look(token) == ANNE
    assert pages.redeem(token) == ANNE
    assert refused(pages, token) == refused(bot, token) == "used"


def test_a_link_is_for_one_member_one_council_and_half_an_hour(tmp_path: Path) -> None:
    links = Links(tmp_path / "ours")
    token = links.make(ANNE)
    assert refused(links, token[:-2] + "zz") == "forged"
    assert refused(links, "") == "forged"
    assert refused(Links(tmp_path / "theirs"), token) == "forged"
    assert refused(Links(tmp_path / "ours", timedelta(seconds=-1)), token) == "expired"


def test_the_secret_is_nobody_elses(tmp_path: Path) -> None:
    Links(tmp_path).redeem(Links(tmp_path).make(ANNE))
    assert stat.S_IMODE((tmp_path / "pages.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "pages.used").stat().st_mode) == 0o700


async def test_a_preview_of_the_link_does_not_use_it(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    async with site(evening) as pages:
        link = pages.app.state.links.address(pages.url, ANNE).removeprefix(pages.url)
        for _ in range(3):
            status, html = await pages.get(link)
            assert status == 200
            assert "Anne Le Goff" in html
        assert (await pages.post(link, allow_redirects=False))[0] == 303
        assert "Anne Le Goff" in (await pages.get("/enter"))[1]
        assert (await pages.get(link))[0] == 403
        await pages.post("/leave")
        assert "Anne Le Goff" not in (await pages.get("/enter"))[1]


async def test_a_forged_session_is_the_public(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    async with site(evening) as pages:
        cookie = "eyJtZW1iZXIiOiAiMTEifQ==.aaaa.bbbb"
        _, html = await pages.get("/enter", headers={"Cookie": f"council={cookie}"})
        assert "Samir Haddad" not in html


@asynccontextmanager
async def discord(member: MemberId) -> AsyncIterator[str]:
    """Discord's three addresses of OAuth 2, for one account."""
    codes = {"good": "token"}

    async def authorize(request: web.Request) -> web.Response:
        asked = request.query
        assert (asked["client_id"], asked["scope"], asked["response_type"]) == ("app", "identify", "code")
        raise web.HTTPFound(f"{asked['redirect_uri']}?code=good&state={asked['state']}")

    async def token(request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("code") not in codes:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": "token", "token_type": "Bearer", "expires_in": 604800})

    async def me(request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer token"
        return web.json_response({"id": member})

    app = web.Application()
    app.router.add_get("/oauth2/authorize", authorize)
    app.router.add_post("/api/oauth2/token", token)
    app.router.add_get("/api/v10/users/@me", me)
    runner = web.AppRunner(app)
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_discord_says_who_somebody_is(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    async with discord(ANNE) as theirs, site(evening, discord=Discord("app", "secret", theirs)) as pages:
        _, html = await pages.get("/oauth/discord")
        assert "Anne Le Goff" in html


async def test_an_account_without_a_seat_stays_outside(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    async with discord(MemberId("999")) as theirs, site(evening, discord=Discord("app", "secret", theirs)) as pages:
        assert (await pages.get("/oauth/discord"))[0] == 403


UNCONFIRMED = ["?error=access_denied&state=STATE", "?code=good&state=stolen", "?code=bad&state=STATE", ""]


@pytest.mark.parametrize("answer", UNCONFIRMED)
async def test_what_discord_does_not_confirm_is_refused(tmp_path: Path, answer: str) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    async with discord(ANNE) as theirs, site(evening, discord=Discord("app", "secret", theirs)) as pages:
        async with pages.client.get(pages.url + "/oauth/discord", allow_redirects=False) as away:
            state = parse_qs(urlsplit(away.headers["Location"]).query)["state"][0]
        status, html = await pages.get("/oauth/discord/back" + answer.replace("STATE", state))
        assert status == 403
        assert "Discord" in html


async def test_without_an_application_there_is_no_such_door(tmp_path: Path) -> None:
    async with site(Evening(tmp_path)) as pages:
        assert (await pages.get("/oauth/discord"))[0] == 404
        assert "/oauth/discord" not in (await pages.get("/enter"))[1]
