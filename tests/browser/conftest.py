"""The pages in the system's own Chromium; skipped where there is none (`scripts/browser` installs it)."""

import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))  # the evening and its pages are those of the other tests

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

Opens = Callable[..., Awaitable[Page]]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium: scripts/browser installs one")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    sound = ["--mute-audio", "--autoplay-policy=no-user-gesture-required"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*sandbox, *sound])
        yield browser
        await browser.close()


@pytest.fixture
async def opens(browser: Browser) -> AsyncIterator[Opens]:
    """A window of its own; what its console complains of (a script, the Content-Security-Policy) fails the test."""
    complaints: list[str] = []

    async def open_(size: dict[str, int] = DESK, scheme: str = "light") -> Page:
        context = await browser.new_context(viewport=size, color_scheme=scheme, locale="fr-FR")
        page = await context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_
    lost = ("status of", "[object Event]", "ERR_")  # a refusal that was meant; a stream whose server was stopped
    assert [one for one in complaints if not any(word in one for word in lost)] == []
