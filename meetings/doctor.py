"""The council's house looked over, before a meeting rather than in it: nothing is changed."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from agenda.errors import CalendarError
from agenda.feed import Feed
from agenda.web import Web
from meetings.domain.rulebook import RulesError
from meetings.findings import AilingError, Finding, Findings
from meetings.jobs.office import stationery
from meetings.log.errors import LogUnusableError
from meetings.log.store import Log
from meetings.main import discord_config, rules_of
from meetings.minutes import specimen
from meetings.platforms.discord.checkup import check_up
from meetings.platforms.port import PlatformError
from meetings.recording.announcement import announcement as spoken
from meetings.recording.errors import RecordingError
from meetings.settings import Settings
from transcribe import catalogue
from transcribe.errors import ModelUnknown, TranscribeError
from transcribe.fetch import check, folder_of, status

LEAST = 2 * 10**9
"""Bytes that a meeting of 3 hours may take: ten people heard all the time, at 128 kbit/s each."""

DRIFT = 5.0
"""Seconds by which a clock may be off before people see it: votes are dated and countdowns drawn by it."""

EXPECTED = (
    AilingError,
    PlatformError,
    LogUnusableError,
    CalendarError,
    RulesError,
    ModelUnknown,
    RecordingError,
    OSError,
)
"""What a look may find; all else is a mistake of ours."""

DISCORD = "https://discord.com/api/v10"


async def look_over(settings: Settings) -> list[Finding]:
    """Everything that a meeting needs, looked at in turn."""
    findings = Findings(*EXPECTED)
    findings.append(Finding("settings"))
    findings += await check_up(discord_config(settings))
    looks: dict[str, Callable[[Settings], Awaitable[None]]] = {
        "clock": clock,
        "rules": rules,
        "calendar": calendar,
        "announcement": announcement,
        "letterhead": letterhead,
        "template": template,
        **({} if settings.scheduler else {"model": model}),
        "disk": disk,
        "log": log,
    }
    for name, look in looks.items():
        with findings.look(name):
            await look(settings)
    if settings.scheduler:
        findings.append(await cluster(settings))
    return findings


async def clock(settings: Settings) -> None:
    """Raises AilingError (clock) where this machine's and the server's differ, PlatformError (unreachable)."""
    try:
        async with aiohttp.request("GET", f"{settings.rest or DISCORD}/gateway") as reply:
            theirs = parsedate_to_datetime(reply.headers["Date"])
    except (aiohttp.ClientError, OSError, KeyError, ValueError) as refusal:
        raise PlatformError("discord", "unreachable", reason=str(refusal)) from refusal
    off = abs((datetime.now(UTC) - theirs).total_seconds())
    if off > DRIFT:
        raise AilingError("clock", seconds=round(off))


async def rules(settings: Settings) -> None:
    """Raises RulesError."""
    rules_of(settings.rules)


async def calendar(settings: Settings) -> None:
    """Each as the house reads it. Raises CalendarError where one cannot be read."""
    async with Web(private=settings.agenda_private) as web:
        for written in settings.calendars():
            await Feed(written, zone=settings.zone).read(web, datetime.now(UTC))


async def announcement(settings: Settings) -> None:
    """What is said aloud when the recording begins. Raises RecordingError, OSError."""
    spoken(settings.announcement)


async def letterhead(settings: Settings) -> None:
    """The council's logo and address, printed. Raises AilingError (logo, logo-broken, address), OSError."""
    await asyncio.to_thread(specimen.letterhead, stationery(settings))


async def template(settings: Settings) -> None:
    """The council's DOCX or ODT, written on. Raises AilingError (template, template-kind), OSError."""
    await asyncio.to_thread(specimen.template, stationery(settings))


async def model(settings: Settings) -> None:
    """Raises AilingError (model-absent, model-wrong), ModelUnknown."""
    here = {one.model.name for one in status() if one.present}
    best = next((name for name in catalogue.suited() if name in here), catalogue.DEFAULT)
    name = best if settings.model == "auto" else settings.model
    folder = folder_of(name)
    if problems := check(catalogue.model(name), folder):
        code = "model-wrong" if folder.is_dir() else "model-absent"
        raise AilingError(code, name=name, problems="; ".join(map(str, problems)))


async def cluster(settings: Settings) -> Finding:
    """How many workers of this version hear with the model at the scheduler, and what keeps others from it."""
    name = catalogue.DEFAULT if settings.model == "auto" else settings.model
    here: dict[str, object] = {"scheduler": settings.scheduler, "model": name}
    try:
        from transcribe.cluster import census  # here: of a library that only a cluster needs
        from transcribe.remote import version

        found = await census(settings.scheduler, name)
    except TranscribeError as error:
        return Finding("cluster", settings.scheduler, error)
    fault = None
    if found.versions:
        fault = AilingError("cluster-version", versions=found.versions, own=version(), **here)
    elif not found.fit:
        code = "cluster-model" if found.models else "cluster-empty"
        fault = AilingError(code, models=found.models, **here)
    return Finding("cluster", str(found.fit), fault)


async def disk(settings: Settings, least: int = LEAST) -> None:
    """Raises AilingError (disk) where fewer bytes than `least` are free for the data folder, OSError."""
    there = next(folder for folder in (settings.data, *settings.data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < least:
        raise AilingError("disk", path=settings.data, free=free // 10**6, least=least // 10**6)


async def log(settings: Settings) -> None:
    """Raises AilingError (log-*, the first break of a chain), LogUnusableError. No log yet is no fault."""
    where = settings.log_of(settings.data)
    if isinstance(where, Path) and not where.exists():
        return
    events = Log.open(where, make=False)
    try:
        for meeting in events.meetings():
            if broken := events.verify(meeting):
                raise AilingError(f"log-{broken.what}", meeting=meeting, seq=broken.seq)
    finally:
        events.close()
