"""The pages put together from the settings, and served in a process of their own."""

import asyncio
import logging
import signal
from contextlib import suppress

from meetings.council import Council
from meetings.jobs.office import DOCUMENTS, RECORDINGS, drafting, stationery
from meetings.jobs.saying import Saying
from meetings.jobs.sounds import from_journal
from meetings.jobs.transcription import Transcription
from meetings.log.store import Log
from meetings.settings import Settings
from meetings.web.app import create
from meetings.web.house import Discord, House
from meetings.web.serve import bind, serve
from transcribe.engine import Job, Transcript
from transcribe.errors import AudioUnreadable

logger = logging.getLogger(__name__)

PORT = 8765
"""Where `hemicycle web` serves when nothing says otherwise."""

LOOK = 1.0
"""Seconds until the pages of their own process look again for what the bot's wrote."""


class _Deaf:
    """The pages transcribe nothing."""

    async def submit(self, _: Job) -> Transcript:
        """Raises AudioUnreadable."""
        raise AudioUnreadable("The pages transcribe nothing.")


def address(settings: Settings) -> str:
    """Where the pages are reached: by the public, or else on this machine."""
    return settings.web_url or f"http://{settings.web_host}:{settings.web_port or PORT}"


def furnish(council: Council, settings: Settings, saying: Saying | None = None) -> House:
    """The council and its choices, as the pages need them; `saying` is what is being said, where that is heard."""
    secret, data = settings.web_secret.get_secret_value(), settings.data
    words = Transcription(council, _Deaf(), from_journal(data / RECORDINGS), "")
    return House(
        council,
        data,
        drafting(council, words, data / DOCUMENTS, settings),
        settings.zone,
        title=settings.council,
        url=settings.web_url,
        names=settings.web_names,
        discord=Discord(settings.web_client, secret) if settings.web_client and secret else None,
        saying=saying,
        paper=stationery(settings),
    )


def run(settings: Settings, port: int | None = None) -> None:
    """Serve the pages until asked to end. Raises as `watch` does."""
    with suppress(asyncio.CancelledError):
        asyncio.run(_until_asked_to_end(settings, port))


async def _until_asked_to_end(settings: Settings, port: int | None) -> None:
    watching = asyncio.create_task(watch(settings, port))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, watching.cancel)
    await watching


async def watch(settings: Settings, port: int | None = None) -> None:
    """Serve the pages of a data folder until cancelled, following what the bot's process writes.

    Raises LogUnusableError, OSError, before anything is served.
    """
    wanted = next((one for one in (port, settings.web_port) if one is not None), PORT)
    log = Log.open(settings.log_of(settings.data), make=False)
    council = Council(log)
    try:
        bound = bind(settings.web_host, wanted)
        logger.info("http://%s:%s", *bound.getsockname()[:2])
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(serve(create(furnish(council, settings)), bound), name="pages")
            tasks.create_task(_follow(council), name="following")
    finally:
        log.close()


async def _follow(council: Council) -> None:
    while True:
        await council.look()
        await asyncio.sleep(LOOK)
