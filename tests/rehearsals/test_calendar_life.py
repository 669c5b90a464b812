"""A calendar's whole life on a real web server, as the bot, killed twice, shows it on Discord and on its pages."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web

from agenda import read
from meetings.rehearsal.bot import BotProcess
from meetings.rehearsal.casting import hall
from meetings.rehearsal.loopback.kinds import EventStatus
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import ScheduledEvent
from meetings.rehearsal.scenario import STORIES, load

pytestmark = [pytest.mark.slow, pytest.mark.rehearsal, pytest.mark.timeout(400)]
PARIS = ZoneInfo("Europe/Paris")
STAMP = "%Y%m%dT%H%M%S"


def event(uid: str, start: datetime, *agenda: str, **fields: str) -> str:
    told = {"SUMMARY": uid.capitalize(), "DESCRIPTION": "Ordre du jour :" + "".join(f"\\n- {one}" for one in agenda)}
    rows = [f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART;TZID=Europe/Paris:{start:{STAMP}}", "DURATION:PT2H"]
    rows += [f"{name.replace('_', '-')}:{value}" for name, value in (told | fields).items()]
    return "\n".join(["BEGIN:VEVENT", *rows, "END:VEVENT"])


@dataclass
class Life:
    """The calendar's web server, the loopback Discord and the bot."""

    discord: LoopbackServer
    bot: BotProcess
    port: int
    events: list[str] = field(default_factory=list)
    status: int = 200

    async def served(self, _: web.Request) -> web.Response:
        head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//tests//FR\n"
        text = "\n".join([head.strip(), *self.events, "END:VCALENDAR", ""]).replace("\n", "\r\n")
        return web.Response(text=text if self.status == 200 else "", status=self.status, content_type="text/calendar")

    @property
    def coming(self) -> list[ScheduledEvent]:
        found = self.discord.world.guild.events.values()
        return sorted((one for one in found if one.status is EventStatus.SCHEDULED), key=lambda one: one.start)

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [(one.name, f"{one.start.astimezone(PARIS):%d/%m/%Y %H:%M}") for one in self.coming]

    async def followed(self) -> list[tuple[str, str]]:
        """The council's own calendar, as the pages in the bot's process serve it."""
        url = f"http://127.0.0.1:{self.port}/calendar.ics"
        async with aiohttp.ClientSession() as client, client.get(url) as answer:
            found = read(await answer.read(), zone=PARIS, now=datetime.now(PARIS)).occurrences
        return [(one.summary, f"{one.start.astimezone(PARIS):%d/%m/%Y %H:%M}") for one in found]

    def said(self, words: str) -> int:
        """How many messages of the text channel say so."""
        history = self.discord.world.history(int(self.discord.describe()["channels"]["text"]))
        return sum(words in one.content.replace("\u00a0", " ") for one in history)


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    discord = hall(load(STORIES["fr"]))
    await discord.start()
    told = discord.describe()
    life = Life(discord, BotProcess({}, tmp_path, tmp_path / "bot.log"), unused_tcp_port())
    app = web.Application()
    app.router.add_get("/conseil.ics", life.served)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settings = {
        "TOKEN": told["bots"][0]["token"],
        "REST": told["rest"],
        "GATEWAY": told["gateway"],
        "ROOM": told["channels"]["stage"],
        "TEXT": told["channels"]["text"],
        "AGENDA": f"http://127.0.0.1:{runner.addresses[0][1]}/conseil.ics",
        "AGENDA_PRIVATE": "1",
        "AGENDA_MINUTES": "0.01",
        "WEB_PORT": str(life.port),
        "DATA": str(tmp_path / "data"),
        "MODELS": str(tmp_path / "no-models"),
    }
    nowhere = {
        "HF_ENDPOINT": "http://127.0.0.1:9",
        "PIP_INDEX_URL": "http://127.0.0.1:9",
        "PIP_CONFIG_FILE": os.devnull,
    }
    environment = {f"HEMICYCLE_{name}": value for name, value in settings.items()} | nowhere
    life.bot = BotProcess(environment | {"SSL_CERT_FILE": told["ca"]}, tmp_path, tmp_path / "bot.log")
    yield life
    await life.bot.stop()
    await runner.cleanup()
    await discord.stop()


def unused_tcp_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)


def clocks_change(after: datetime) -> datetime:
    """Noon of the next day that begins in one offset from UTC and ends in another."""
    noon = after.replace(hour=12, minute=0, second=0)
    while noon.utcoffset() == (noon - timedelta(days=1)).utcoffset():
        noon += timedelta(days=1)
    return noon


def at(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"


async def test_discord_shows_what_the_calendar_says_at_each_step_of_its_life(life: Life) -> None:
    now = datetime.now(PARIS).replace(microsecond=0)
    evening = now.replace(hour=18, minute=30, second=0)
    near, night = evening + timedelta(days=3), clocks_change(evening + timedelta(days=40))
    before, after = night.replace(hour=18) - timedelta(days=1), night.replace(hour=20) + timedelta(days=1)
    months = [(evening.replace(day=1) + timedelta(days=31 * n)).replace(day=10, hour=19, minute=0) for n in range(1, 5)]
    series = event("bureau", months[0], "Budget", RRULE="FREQ=MONTHLY;COUNT=4")

    def expected(*others: tuple[str, datetime]) -> list[tuple[str, str]]:
        return [(name, at(when)) for name, when in sorted([("Bienvenue", near), *others], key=lambda one: one[1])]

    welcome = event("bienvenue", near, "Accueil")
    life.events = [welcome, event("conseil", before, "Bancs"), series]
    await life.bot.start()
    bureau = [("Bureau", month) for month in months]
    await until(lambda: life.shown == expected(("Conseil", before), *bureau))
    await until(lambda: life.said("vous êtes convoqués") == 1)
    ids = {one.id for one in life.coming}

    life.events[1] = event("conseil", before, "Bancs", "Fête de quartier", SEQUENCE="1")
    await until(lambda: any("2. Fête de quartier" in (one.description or "") for one in life.coming))

    await life.bot.kill()
    life.events[1] = event("conseil", after, "Bancs", "Fête de quartier", SEQUENCE="2")
    await life.bot.start()
    await until(lambda: life.shown == expected(("Conseil", after), *bureau))
    moved = next(one for one in life.coming if one.name == "Conseil")
    assert before.utcoffset() != after.utcoffset()
    assert moved.start == after

    ids_of = [f"{month:{STAMP}}" for month in months]
    life.events.append(event("bureau", months[1], RECURRENCE_ID="", STATUS="CANCELLED"))
    life.events[-1] = life.events[-1].replace("RECURRENCE-ID:", f"RECURRENCE-ID;TZID=Europe/Paris:{ids_of[1]}")
    later = months[2] + timedelta(days=2, hours=1)
    life.events.append(event("bureau", later, "Budget", RECURRENCE_ID=""))
    life.events[-1] = life.events[-1].replace("RECURRENCE-ID:", f"RECURRENCE-ID;TZID=Europe/Paris:{ids_of[2]}")
    final = expected(("Conseil", after), ("Bureau", months[0]), ("Bureau", later), ("Bureau", months[3]))
    await until(lambda: life.shown == final)
    assert await life.followed() == final

    life.status = 500
    await until(lambda: life.said("n’a pas pu être lu") == 1)
    await life.bot.kill()
    await life.bot.start()
    kept, life.events = life.events, []
    life.status = 200
    await until(lambda: life.said("ne contient plus ces séances") == 1)
    assert life.shown == final
    life.events = kept
    life.events[0] = event("bienvenue", near, "Accueil", "Verre de l'amitié", SEQUENCE="1")
    await until(lambda: any("2. Verre" in (one.description or "") for one in life.coming))
    assert life.shown == final
    assert {one.id for one in life.discord.world.guild.events.values()} == ids
    assert (life.said("vous êtes convoqués"), life.said("n’a pas pu être lu")) == (1, 1)
