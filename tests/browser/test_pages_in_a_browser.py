"""What a person sees and does: in a real browser, with a mouse, with the keyboard alone, on a phone."""

import asyncio
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect
from website import ANNE, BILAL, CHAIR, ID, SECRETARY, Evening, Site, site

from meetings.domain import commands as c
from meetings.domain.values import Choice, MemberId
from tests.browser.conftest import DESK, PHONE, Opens

expect.set_options(timeout=20_000)
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PUBLIC = (
    "/live",
    "/live?hall",
    "/meetings",
    f"/meetings/{ID}",
    f"/figures/{ID}",
    "/decisions",
    "/decisions/2026-001",
    "/search?q=banc",
    "/figures",
    "/enter",
    "/no",
)


@pytest.fixture
async def evening(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path)
    await evening.convene()
    await evening.speak(ANNE, "Un ban cassé.", doubtful=True)
    await evening.speak(BILAL, "Il y en a trois.")
    await evening.vote("Réparer trois bancs.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, BILAL: Choice.AGAINST})
    await evening.do(c.RaiseHand, BILAL)
    await evening.do(c.GiveFloor, member=ANNE)
    return evening


async def enter(page: Page, pages: Site, member: MemberId) -> None:
    await page.goto(f"{pages.url}/enter/{pages.app.state.links.make(member)}")
    await page.locator("main button").click()


async def violations(page: Page) -> list[tuple[str, Any]]:
    """What axe-core finds, by its rules for WCAG 2.2 A and AA and its best practices."""
    await page.evaluate(AXE)  # by the debugger's door: the page's own policy lets no such script in
    found = await page.evaluate("axe.run()")
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]


async def test_everybody_can_read_every_page_at_a_desk_and_on_a_phone(evening: Evening, opens: Opens) -> None:
    wrong: dict[tuple[str, str], Any] = {}
    async with site(evening) as pages:
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            page = await opens(size, scheme)
            for path in PUBLIC:
                await page.goto(pages.url + path)
                width = await page.evaluate("document.documentElement.scrollWidth")
                assert width <= size["width"], f"{path} is wider than the screen"
                if size is DESK or path == "/live":
                    wrong[path, scheme] = await violations(page)
            await enter(page, pages, SECRETARY)
            await page.goto(f"{pages.url}/review/{ID}")
            await page.locator(".line .pick").first.click()
            wrong["review", scheme] = await violations(page)
    assert {place: found for place, found in wrong.items() if found} == {}


async def test_the_live_page_follows_the_meeting_and_catches_up_when_it_was_cut_off(
    evening: Evening, opens: Opens
) -> None:
    async with site(evening) as pages:
        page = await opens(PHONE)
        await page.goto(f"{pages.url}/live")
        await expect(page.locator(".speaker .who")).to_have_text("Anne Le Goff")
        await evening.do(c.GiveFloor, member=BILAL)
        await expect(page.locator(".speaker .who")).to_have_text("Bilal Ferrand")
        await expect(page.locator("#captions p")).to_have_count(2)
        await evening.speak(ANNE, "Et un quatrième.")
        await expect(page.locator("#captions p").last).to_contain_text("Et un quatrième.")
        await page.context.set_offline(True)
        await page.evaluate("htmx.trigger(document.body, 'htmx:sseError')")
        await expect(page.locator(".lost")).not_to_be_empty()
        await page.context.set_offline(False)


async def test_the_secretary_corrects_by_the_keyboard_alone(evening: Evening, opens: Opens) -> None:
    async with site(evening) as pages:
        page = await opens()
        await enter(page, pages, SECRETARY)
        await page.goto(f"{pages.url}/review/{ID}")
        await page.keyboard.press("d")
        await expect(page.locator(".line.current .text")).to_have_text("Un ban cassé.")  # the one that needs an ear
        await page.keyboard.press("Enter")
        await page.keyboard.press("Escape")
        await expect(page.locator(".line.current .pick")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Control+a")
        await page.keyboard.type("Un banc cassé. Vraiment.")
        await expect(page.locator("#told")).to_have_text("Enregistré.")  # nobody asked for it
        for _ in range(len("Vraiment.")):
            await page.keyboard.press("ArrowLeft")
        await page.keyboard.press("Control+Enter")
        await expect(page.locator(".line .text")).to_have_text(["Un banc cassé.", "Vraiment.", "Il y en a trois."])
        await expect(page.locator("textarea")).to_have_count(0)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("s")
        await expect(page.locator(".line.struck")).to_have_count(1)
        await page.keyboard.press("u")
        await expect(page.locator(".line.struck")).to_have_count(0)
        await page.keyboard.press("r")
        await expect(page.locator(".line.struck")).to_have_count(1)
        await page.keyboard.press("u")
        await expect(page.locator(".line.struck")).to_have_count(0)
        await page.keyboard.press("m")
        await expect(page.locator(".line .text")).to_have_text(["Un banc cassé. Vraiment.", "Il y en a trois."])


async def test_two_who_correct_at_once_see_each_other_and_lose_nothing(evening: Evening, opens: Opens) -> None:
    async with site(evening) as pages:
        theirs, ours = await asyncio.gather(opens(), opens())
        for page, member in ((theirs, CHAIR), (ours, SECRETARY)):
            await enter(page, pages, member)
            await page.goto(f"{pages.url}/review/{ID}")
        await theirs.locator(".line .text").nth(1).dblclick()
        await theirs.locator("textarea").fill("Il y en a quatre.")
        await expect(ours.locator(".line .text").nth(1)).to_have_text("Il y en a quatre.")
        await ours.locator(".line .text").nth(0).dblclick()
        await theirs.keyboard.press("Enter")
        await theirs.locator(".line .text").nth(0).dblclick()
        await theirs.locator("textarea").fill("Un banc bleu.")
        await expect(ours.locator(".conflict blockquote")).to_have_text("Un banc bleu.")
        await ours.locator("textarea").fill("Un banc vert.")
        await ours.get_by_role("button", name="Garder ma version").click()
        await expect(theirs.locator(".conflict blockquote")).to_have_text("Un banc vert.")
        await theirs.get_by_role("button", name="Prendre la sienne").click()
        await expect(theirs.locator("textarea")).to_have_value("Un banc vert.")
        await theirs.keyboard.press("Enter")
        for page in (theirs, ours):
            await page.reload()
            await expect(page.locator(".line .text")).to_have_text(["Un banc vert.", "Il y en a quatre."])


async def test_a_sentence_is_chosen_by_a_click_and_by_a_key_and_the_other_sees_it(
    evening: Evening, opens: Opens
) -> None:
    await evening.do(c.Adjourn)
    async with site(evening) as pages:
        ours, theirs = await asyncio.gather(opens(PHONE), opens())
        for page, member in ((ours, SECRETARY), (theirs, CHAIR)):
            await enter(page, pages, member)
            await page.goto(f"{pages.url}/review/{ID}")
        marks = ours.locator(".keep"), theirs.locator(".keep")
        for mark in marks:
            await expect(mark.nth(0)).to_have_attribute("aria-pressed", "false")  # it needs an ear
        await ours.get_by_role("button", name="Phrase 1 au procès-verbal").first.click()
        for mark in marks:
            await expect(mark.nth(0)).to_have_attribute("aria-pressed", "true")
        assert await violations(theirs) == []
        await theirs.keyboard.press("ArrowDown")
        await theirs.keyboard.press("Shift+Digit1")  # as on a French keyboard
        for mark in marks:
            await expect(mark.nth(0)).to_have_attribute("aria-pressed", "false")
        await ours.keyboard.press("u")
        for mark in marks:
            await expect(mark.nth(0)).to_have_attribute("aria-pressed", "false")  # hers was built upon
        await theirs.keyboard.press("u")
        for mark in marks:
            await expect(mark.nth(0)).to_have_attribute("aria-pressed", "true")
        await theirs.keyboard.press("Enter")
        await theirs.keyboard.type("Bon. ")
        await theirs.keyboard.press("Escape")
        for mark in marks:
            await expect(mark.nth(1)).to_have_attribute("aria-pressed", "true")


async def test_a_line_that_is_clicked_is_heard_and_seen(evening: Evening, opens: Opens) -> None:
    evening.record(*evening.council.meeting(ID).recording.utterances)
    async with site(evening) as pages:
        page = await opens()
        await enter(page, pages, SECRETARY)
        await page.goto(f"{pages.url}/review/{ID}")
        line = page.locator(".line").nth(1)
        since = float(await line.get_attribute("data-since") or "nan")
        await line.locator(".text").click()
        async with asyncio.timeout(20):
            while not await page.locator("#voice").evaluate("(voice, since) => voice.currentTime > since", since):
                await asyncio.sleep(0.05)
        await expect(page.locator(".wave img")).to_be_visible()
        assert await page.locator("#voice").evaluate("voice => voice.error") is None
        await page.keyboard.press("Space")
        assert await page.locator("#voice").evaluate("voice => voice.paused")
