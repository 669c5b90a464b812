"""The whole way in a browser: ten mistakes corrected, lines heard, a presence put right, minutes proposed, amended,
approved at a second meeting, signed, published and verified, the sound gone; by the keyboard wherever one writes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Page, expect
from website import ANNE, BILAL, CHAIR, ID, PLAN, SECRETARY, Evening, house, site

from meetings.domain import commands as c
from meetings.domain.meeting import Phase
from meetings.domain.path import Stage
from meetings.domain.values import Choice, MeetingId, RequestId, UtteranceId
from meetings.jobs.adoption import SIGNED, Adoption
from meetings.log import requests
from meetings.minutes import signing, versions
from tests.browser.conftest import PHONE, Opens
from tests.browser.test_pages_in_a_browser import enter, violations

SAID = [
    (ANNE, "Les ban de la place des caladon sont cassés."),
    (BILAL, "Il y en a trois, des ban."),
    (ANNE, "Un ban coûte six cent euros."),
    (CHAIR, "Qui est contre le ban ?"),
    (BILAL, "Moi non plus. Enfin je suis pour."),
    (ANNE, "Euh."),
    (SECRETARY, "Je note que monsieur ferrand est pour."),
    (BILAL, "Merci."),
]
NEXT = MeetingId("next")


async def test_from_ten_mistakes_to_the_document_that_anyone_verifies(tmp_path: Path, opens: Opens) -> None:
    evening = Evening(tmp_path)
    await evening.convene()
    spoken = [await evening.speak(member, text, 3) for member, text in SAID]
    await evening.vote("Réparer trois bancs.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, BILAL: Choice.AGAINST})
    evening.record(*spoken)
    await evening.do(c.Adjourn)
    adoption = Adoption(evening.council, evening.folder / "recordings", evening.documents, house(evening).zone)
    async with site(evening) as pages:
        page = await opens({"width": 1100, "height": 800})
        await enter(page, pages, SECRETARY)
        await page.goto(f"{pages.url}/review/{ID}")
        await corrected(page)
        heard = [await hear(page, place) for place in range(5)]
        assert heard == sorted(heard)
        await evening.drafted()
        await righted(page, pages.url)
        await evening.drafted()
        await evening.proposed()

        member = await opens(PHONE)
        await enter(member, pages, ANNE)
        await member.goto(f"{pages.url}/meetings/{ID}/minutes")
        await expect(member.locator("body")).to_contain_text("Les bancs de la place des Caladons sont cassés.")
        await expect(member.locator("body")).to_contain_text("présence rectifiée par Samir Haddad")
        await expect(member.locator("body")).to_contain_text("3 au lieu de 4")
        asked = requests.Asked(RequestId("r1"), ANNE, "Un banc coûte sept cents euros.")
        requests.keep(evening.log, ID, asked)
        await evening.do(c.AskCorrection, ANNE, request=asked.request, digest="d", utterance=UtteranceId(spoken[2]))
        await page.goto(f"{pages.url}/review/{ID}")
        assert await violations(page) == []
        await expect(page.get_by_text("Le guillemet devant une phrase")).to_have_count(1)
        await page.get_by_role("button", name="Retenir", exact=True).click()
        await expect(page.locator(".asked")).to_contain_text("Retenue")
        await evening.drafted()
        await member.reload()
        await expect(member.locator("body")).to_contain_text("Un banc coûte sept cents euros.")

        await second_meeting(evening)
        await adoption._spread(evening.council.meeting(NEXT))
        assert evening.council.meeting(ID).path.stage is Stage.APPROVED
        await adoption._silence(evening.council.meeting(ID))
        await page.goto(f"{pages.url}/review/{ID}")
        await expect(page.locator(".notice")).to_contain_text("il ne change plus")
        await expect(page.locator(".keep").first).to_be_disabled()
        await expect(page.get_by_text("Le guillemet devant une phrase")).to_have_count(0)
        await page.keyboard.press("ArrowDown")
        for key in ("Enter", "s", "m"):
            await page.keyboard.press(key)
        await expect(page.locator("textarea")).to_have_count(0)
        assert await page.locator(".line").first.get_attribute("data-since") is None  # nothing is left to hear
        assert await violations(page) == []
        await evening.signed()
        await adoption._seal(evening.council.meeting(ID))
        await evening.published()

        public = await opens(PHONE)
        await public.goto(f"{pages.url}/meetings/{ID}")
        await expect(public.locator(".path")).to_contain_text("Procès-verbal publié")
        async with public.expect_download() as kept:
            await public.get_by_role("link", name=SIGNED).click()
        signed = await (await kept.value).path()
        verdict = signing.verify(Path(signed))
        assert verdict.holds
        assert [one.role for one, _ in verdict.signatures] == ["chair", "secretary"]
        await public.goto(f"{pages.url}/meetings/{ID}/minutes")
        await expect(public.locator("body")).to_contain_text("Un banc coûte sept cents euros.")
        assert await violations(public) == []
        assert not list((evening.folder / "recordings").rglob("*.journal"))


async def corrected(page: Page) -> None:
    """Ten mistakes, by the keyboard alone: five words by replacing, a speaker, an item, words, a strike, a merge."""
    text = page.locator(".line .text")
    await page.keyboard.press("ArrowDown")
    await write(page, "Les bancs de la place des Caladons sont cassés.")
    await expect(text.nth(0)).to_have_text("Les bancs de la place des Caladons sont cassés.")
    await page.locator(".replace summary").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("ban")
    await page.keyboard.press("Tab")
    await page.keyboard.type("banc")
    await expect(page.locator(".changes li")).to_have_count(3)
    await page.get_by_role("button", name="Remplacer dans 3 lignes").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#preview")).to_contain_text("est retenu pour la prochaine transcription")
    await expect(text.nth(3)).to_have_text("Qui est contre le banc ?")
    await page.locator(".line .pick").nth(1).focus()
    await write(page, "Il y en a trois, des bancs.")
    await page.keyboard.press("ArrowDown")
    await write(page, "Un banc coûte six cents euros.")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("p")
    await page.keyboard.type("Claire")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line b").nth(4)).to_have_text("Claire Martin")
    await page.keyboard.press("i")
    await page.keyboard.type("3")
    await page.keyboard.press("Enter")
    await expect(page.locator(".lines[data-section='3'] .line")).to_have_count(1)
    await page.locator(".line", has_text="Euh.").locator(".pick").focus()
    await page.keyboard.press("s")
    await expect(page.locator(".line.struck .text")).to_have_text("Euh.")
    await page.keyboard.press("ArrowDown")
    await write(page, "Je note que monsieur Ferrand est pour.")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("m")
    await expect(text.filter(has_text="Ferrand est pour. Merci.")).to_have_count(1)
    await expect(page.locator("#undrafted")).to_be_visible()


async def write(page: Page, words: str) -> None:
    """Correct the line that is picked."""
    await page.keyboard.press("Enter")
    await expect(page.locator("textarea")).to_be_focused()
    await page.keyboard.press("Control+a")
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await expect(page.locator("textarea")).to_have_count(0)


async def hear(page: Page, place: int) -> float:
    """Click a line, and wait until its sound is under way."""
    line = page.locator(".line").nth(place)
    since = float(await line.get_attribute("data-since") or "nan")
    await line.locator(".text").click()
    async with asyncio.timeout(20):
        while not await page.locator("#voice").evaluate("(voice, since) => voice.currentTime > since", since):
            await asyncio.sleep(0.05)
    assert await page.locator("#voice").evaluate("voice => voice.error") is None
    return since


async def righted(page: Page, url: str) -> None:
    """Bilal came later than was noted, which the secretary says with the reason; no script is needed for it."""
    await page.goto(f"{url}/review/{ID}/record")
    await page.get_by_role("link", name="Rectifier : Bilal Ferrand").click()
    await page.get_by_label("de", exact=True).first.fill("18:30:08")
    await page.get_by_label("Motif").fill("Venu plus tard, dit au micro.")
    await page.locator("main form button").click()
    await expect(page.get_by_role("alert")).to_contain_text("change le quorum")
    await expect(page.get_by_role("alert")).to_be_in_viewport()
    assert await violations(page) == []
    await page.get_by_role("button", name="Confirmer la rectification").click()
    await expect(page.locator(".notice")).to_contain_text("Rectifié")
    await expect(page.locator("main")).to_contain_text("Motif : Venu plus tard, dit au micro.")
    assert await violations(page) == []


async def second_meeting(evening: Evening) -> None:
    """The council meets again, and nobody objects."""
    later = PLAN.starts + timedelta(days=14)
    evening.now = later
    await evening.convene(NEXT, replace(PLAN, starts=later, ends=later + timedelta(hours=1)))
    digest = evening.council.meeting(ID).draft
    assert versions.with_digest(evening.documents / ID, digest)
    await evening.do(c.ApproveMinutes, CHAIR, NEXT, of=ID, digest=digest)
    await evening.do(c.Adjourn, CHAIR, NEXT)
    assert evening.council.meeting(NEXT).phase is Phase.ADJOURNED
