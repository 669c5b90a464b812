"""The house put together: settings in, a council that meets out."""

import asyncio
import json
import logging
import os
import resource
import signal
import sys
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
from meetings.domain.meeting import Phase
from meetings.domain.rulebook import Fault, RulesError
from meetings.domain.rules import PRESETS, Rules
from meetings.domain.values import MeetingId, MemberId
from meetings.jobs.adoption import Adoption
from meetings.jobs.erasing import Erasing, demands
from meetings.jobs.office import drafting as drafting_of
from meetings.jobs.office import stationery
from meetings.jobs.reconvening import Reconvening
from meetings.jobs.saying import Listening, Saying
from meetings.jobs.second import SecondPass
from meetings.jobs.transcription import Transcription, first, from_journal
from meetings.jobs.vocabulary import Vocabulary
from meetings.log.store import Log
from meetings.planning import Follower, Host, plan_soon
from meetings.platforms.discord.bot import CouncilBot
from meetings.platforms.discord.config import DiscordConfig
from meetings.platforms.port import Pages, Platform
from meetings.schedule import Schedule, utc_now
from meetings.settings import Settings
from transcribe import catalogue
from transcribe.engine import Job, Transcript, tongues
from transcribe.errors import ModelUnavailable, WorkerLost
from transcribe.fetch import fetch
from transcribe.pool import Pool

logger = logging.getLogger(__name__)

RECORDINGS, DOCUMENTS, KEYS, RUN = "recordings", "documents", "keys", "run.json"
"""What lies in a data folder, beside the log."""


THREADS = 4
"""Of a worker at most: mostly one person speaks, whose words come the sooner the more cores hear them."""


class Unheard:
    """The transcriber of a house without a speech model: every utterance keeps its sound and waits for its words."""

    def __init__(self, why: ModelUnavailable) -> None:
        self._why = why

    async def submit(self, _: Job) -> Transcript:
        """Raises ModelUnavailable."""
        raise self._why


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
            tasks.create_task(Erasing(council, recordings, documents).run(), name="erasing")
            tasks.create_task(Reconvening(council, platform.roster).run(), name="reconvening")
            tasks.create_task(_write_down(council, platform, settings, saying), name="writing")
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


async def _write_down(council: Council, platform: Platform, settings: Settings, saying: Saying) -> None:
    """Words for what is said, minutes for what is over. Nobody's voice waits while the model gets ready."""
    pool: Pool | Unheard | None = None
    try:
        pool, model = await _transcriber(settings)
        if isinstance(pool, Pool):
            await _warmed(pool)
        sounds = first(platform.sounds, from_journal(settings.data / RECORDINGS))
        transcription = Transcription(council, pool, sounds, model, terms=Vocabulary(settings.data).terms)
        again = await _second(council, transcription, model, settings)
        drafting = drafting_of(council, again or transcription, settings.data / DOCUMENTS, settings)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(transcription.run(), name="transcription")
            tasks.create_task(drafting.run(), name="drafting")
            if again:
                tasks.create_task(again.run(), name="second pass")
            if isinstance(pool, Pool) and settings.captions == "live":
                listening = Listening(council, pool, platform.speaking, saying)
                tasks.create_task(listening.run(), name="listening")
    finally:
        if isinstance(pool, Pool):
            await pool.close()
        _note_run(settings.data / RUN, pool)


async def _warmed(pool: Pool) -> None:
    """Load the model before the first word. A worker that dies over it is started again once there is what to hear.

    Raises ModelBroken.
    """
    try:
        await pool.warm()
    except WorkerLost as lost:
        logger.warning("%s It is started again for the first words.", lost)


async def _second(council: Council, heard: Transcription, model: str, settings: Settings) -> SecondPass | None:
    """What hears a meeting again with a better model, where one is wanted and can be had."""
    if settings.second_model == "off":
        return None
    try:
        path = await asyncio.to_thread(fetch, settings.second_model, live=False)
    except ModelUnavailable as error:
        logger.error("%s Meetings are heard once.", error)
        return None
    if path.name == model:
        return None
    sounds, within = from_journal(settings.data / RECORDINGS), timedelta(minutes=settings.second_minutes)
    better = partial(Pool, path, workers=catalogue.workers_for(path.name))
    return SecondPass(council, heard, sounds, better, path.name, within, terms=Vocabulary(settings.data).terms)


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


def transcribe_folder(folder: Path, model: str) -> dict[MeetingId, int]:
    """Give the words to what a data folder's meetings still lack, and draft their minutes again.

    The number of utterances transcribed, by meeting. Raises ModelUnavailable, LogUnusableError.
    """
    return asyncio.run(_catch_up(folder, model))


async def _catch_up(folder: Path, model: str) -> dict[MeetingId, int]:
    settings = Settings()
    log = Log.open(settings.log_of(folder), make=False)
    council = Council(log)
    path = await asyncio.to_thread(fetch, model)
    done = {}
    async with Pool(path, others=tongues(settings.also)) as pool:
        sounds = from_journal(folder / RECORDINGS)
        transcription = Transcription(council, pool, sounds, path.name, terms=Vocabulary(folder).terms)
        drafting = drafting_of(council, transcription, folder / DOCUMENTS, settings)
        for meeting in council.meetings():
            done[meeting.id] = await transcription.catch_up(meeting.id)
            if meeting.phase is Phase.ADJOURNED:
                await drafting.draft(council.meeting(meeting.id))
    log.close()
    return done


async def erase_member(council: Council, settings: Settings, member: MemberId) -> None:
    """Erase a member without the house running, and draft anew the minutes they were in.

    Raises OSError, NotWrittenError: what is left is done by the next start of the house, or by asking again.
    """
    recordings, documents = settings.data / RECORDINGS, settings.data / DOCUMENTS
    for asked in demands(council, member, None):
        await council.handle(asked)
    await Erasing(council, recordings, documents).settle()
    silent = Transcription(council, Unheard(ModelUnavailable("", (), "")), from_journal(recordings), "")
    drafting = drafting_of(council, silent, documents, settings)
    for meeting in council.meetings():
        if meeting.path.stale:
            await drafting.draft(meeting)


async def _transcriber(settings: Settings) -> tuple[Pool | Unheard, str]:
    """Who transcribes, and the model's name; a house whose model cannot be had still records."""
    try:
        path = await asyncio.to_thread(fetch, settings.model)
    except ModelUnavailable as error:
        logger.error("%s Meetings are recorded all the same; `hemicycle transcribe` gives them their words.", error)
        return Unheard(error), settings.model
    threads = max(1, min(THREADS, (os.cpu_count() or 1) // settings.workers))
    return Pool(path, others=tongues(settings.also), workers=settings.workers, threads=threads), path.name


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


def _note_run(path: Path, pool: Pool | Unheard | None) -> None:
    """Leave what this run cost beside the log: peak resident sizes in bytes, of this process and of its workers."""
    workers = [seat.peak_memory for seat in pool.stats()] if isinstance(pool, Pool) else []
    with suppress(OSError):  # a full disk must not hide why the house ended
        path.write_text(json.dumps({"peak_memory": peak_memory(), "workers_peak_memory": workers}))


def peak_memory() -> int:
    """The largest resident size of this process so far, in bytes."""
    with suppress(OSError), Path("/proc/self/status").open() as status:  # Linux: of this program, not of its parent
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
