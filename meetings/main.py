"""The house put together: settings in, a council that meets out."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote

from agenda.calendar import read
from agenda.feed import read_once
from agenda.source import load, source
from agenda.web import Web
from meetings.council import Council
from meetings.domain import rulebook
from meetings.domain.rulebook import Fault, RulesError
from meetings.domain.rules import PRESETS, Rules
from meetings.hearing import write_down
from meetings.jobs.adoption import Adoption
from meetings.jobs.erasing import Erasing
from meetings.jobs.office import DOCUMENTS, RECORDINGS, stationery, sweeper
from meetings.jobs.reconvening import Reconvening
from meetings.jobs.saying import Saying
from meetings.log.store import Log
from meetings.planning import Follower, Host, plan_soon
from meetings.platforms.discord.bot import CouncilBot
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.port import Pages, Platform
from meetings.schedule import Schedule, utc_now
from meetings.settings import Settings
from transcribe import catalogue

logger = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Hold the council's meetings until asked to end. Raises what keeps it from starting, before it starts."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(_until_asked_to_end(settings))


async def _until_asked_to_end(settings: Settings) -> None:
    house = asyncio.create_task(hold(settings))
    loop = asyncio.get_running_loop()
    for request in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(request, house.cancel)
    with suppress(asyncio.CancelledError):
        await house


async def hold(settings: Settings) -> None:
    """Everything the council needs, running side by side until cancelled; the first failure ends all of it."""
    await _look_at(settings)  # like the model's name: a slip of the pen is told at once
    rules = rules_of(settings.rules)
    for model in {settings.model, settings.second_model} - {"auto", "off"}:
        catalogue.model(model)
    log = Log.open(settings.log_of(settings.data))
    council = Council(log, rules)
    saying = Saying(council)
    platform, pages = CouncilBot(council, discord_config(settings), saying), None
    follower = _follower(council, platform, settings)
    platform.refresh = follower.refresh if settings.agenda else None
    try:
        pages = _pages(council, settings, saying)
        await platform.start()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(Schedule(council, roster=platform.roster).run(), name="schedule")
            recordings, documents = settings.data / RECORDINGS, settings.data / DOCUMENTS
            adoption = Adoption(council, recordings, documents, settings.zone, paper=stationery(settings))
            tasks.create_task(adoption.run(), name="adoption")
            erasing = Erasing(council, recordings, documents, sweep=sweeper(settings))
            tasks.create_task(erasing.run(), name="erasing")
            tasks.create_task(Reconvening(council, platform.roster).run(), name="reconvening")
            tasks.create_task(write_down(council, platform, settings, saying), name="writing")
            tasks.create_task(platform.closed(), name="platform")
            if pages:
                tasks.create_task(pages, name="pages")
            if settings.agenda and settings.soon is not None:
                tasks.create_task(_rehearse(council, platform, settings, settings.soon), name="planning")
            elif settings.agenda:
                every = timedelta(minutes=settings.agenda_minutes)
                tasks.create_task(follower.run(every), name="planning")
    except BaseExceptionGroup as group:
        raise _first(group) from group
    finally:
        if pages:
            pages.close()
        await platform.stop()
        log.close()


def _pages(council: Council, settings: Settings, saying: Saying) -> Coroutine[None, None, None] | None:
    """The web pages, their place taken; None where the settings want none. Raises OSError."""
    if settings.web_port is None:
        return None
    from meetings.web import bind, create, furnish, serve  # here, for the bot's memory

    return serve(create(furnish(council, settings, saying)), bind(settings.web_host, settings.web_port))


async def _look_at(settings: Settings) -> None:
    """The calendars that are files, and how the addresses of others are written. Raises CalendarError."""
    for written in settings.calendars():
        where = source(written)
        if where.kind == "file":
            read(await asyncio.to_thread(load, where.path), zone=settings.zone, file=where.label)


def _follower(council: Council, platform: Platform, settings: Settings) -> Follower:
    """Raises CalendarError (bad-address)."""
    host = partial(_host, platform, settings)
    return Follower(council, settings.calendars(), host, zone=settings.zone, private=settings.agenda_private)


async def _host(platform: Platform, settings: Settings) -> Host:
    venue = platform.venue
    return Host(settings.council, settings.lang, venue.channel, venue.kind, await platform.roster())


async def _rehearse(council: Council, platform: Platform, settings: Settings, soon: float) -> None:
    """The calendar's next meeting soon, unless there was one. Raises CalendarError where it has none to hold."""
    if not council.meetings():
        async with Web(private=settings.agenda_private) as web:
            reading = await read_once(settings.calendars(), web, zone=settings.zone, now=utc_now())
        await plan_soon(council, reading, await _host(platform, settings), utc_now, timedelta(seconds=soon))


def rules_of(named: str) -> Rules:
    """A preset by its name, or the rules of a file. Raises RulesError, OSError."""
    if named in PRESETS:
        return PRESETS[named]
    path = Path(named)
    try:
        return rulebook.read(path.read_bytes())
    except FileNotFoundError as absent:
        wrong = RulesError(Fault.ABSENT, 0, known=tuple(PRESETS))
        wrong.file = str(path)
        raise wrong from absent
    except RulesError as wrong:
        wrong.file = path.name
        raise


def discord_config(settings: Settings) -> DiscordConfig:
    """What the settings say of Discord."""
    return DiscordConfig(
        token=settings.token.get_secret_value(),
        recordings=settings.data / RECORDINGS,
        documents=settings.data / DOCUMENTS,
        guild=settings.guild,
        text_channel=settings.text,
        room=settings.room,
        secretary_channel=settings.secretary_channel,
        pages=_addresses(settings),
        chair_role=settings.chair_role,
        secretary_role=settings.secretary_role,
        member_role=settings.member_role,
        college_role=settings.college_role,
        zone=settings.zone,
        rest=settings.rest,
        gateway=settings.gateway,
        captions=settings.captions != "off",
        announcement=settings.announcement,
    )


def _addresses(settings: Settings) -> Pages | None:
    """Where the pages are found; None where the council has none."""
    if not settings.web_url and settings.web_port is None:
        return None
    from meetings.web.alone import address
    from meetings.web.links import Links

    where = address(settings).rstrip("/")
    return Pages(
        enter=lambda member: Links(settings.data).address(where, member),
        review=lambda meeting: f"{where}/review/{quote(meeting)}",
        minutes=lambda meeting: f"{where}/meetings/{quote(meeting)}/minutes",
    )


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The failure that ended the house: the others were cancelled for it."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
