"""Words for what is said, minutes for what is over: while the house runs, and in a data folder without it."""

import asyncio
import json
import logging
import resource
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from meetings.council import Council
from meetings.domain.meeting import Phase
from meetings.domain.values import MeetingId, MemberId
from meetings.jobs.erasing import Erasing, demands
from meetings.jobs.listening import Listening
from meetings.jobs.office import DOCUMENTS, RECORDINGS, RUN, sweeper
from meetings.jobs.office import drafting as drafting_of
from meetings.jobs.saying import Saying
from meetings.jobs.second import SecondPass
from meetings.jobs.sounds import first, from_journal
from meetings.jobs.transcription import Transcription
from meetings.jobs.vocabulary import Vocabulary
from meetings.log.store import Log
from meetings.platforms.port import Platform
from meetings.settings import Settings
from transcribe.ears import Ears, find
from transcribe.engine import Job, Transcript, tongues
from transcribe.errors import ModelUnavailable, WorkerLost, WorkersAway
from transcribe.pool import Pool

logger = logging.getLogger(__name__)


class Unheard:
    """The transcriber of a house without a speech model: every utterance keeps its sound and waits for its words."""

    def __init__(self, why: ModelUnavailable) -> None:
        self._why = why

    async def submit(self, _: Job) -> Transcript:
        """Raises ModelUnavailable."""
        raise self._why


async def write_down(council: Council, platform: Platform, settings: Settings, saying: Saying) -> None:
    """Words for what is said, minutes for what is over. Nobody's voice waits while the model gets ready."""
    pool: Pool | Unheard | None = None
    try:
        await _swept(settings)
        pool, model = await _transcriber(settings)
        sounds = first(platform.sounds, from_journal(settings.data / RECORDINGS))
        terms, partial = Vocabulary(settings.data).terms, settings.captions == "live"
        listening = None
        if isinstance(pool, Pool):
            await _warmed(pool)
            listening = Listening(council, pool, platform.speaking, saying, terms, partial=partial)
        transcription = Transcription(council, listening or pool, sounds, model, terms=terms)
        again = await _second(council, transcription, model, settings)
        drafting = drafting_of(council, again or transcription, settings.data / DOCUMENTS, settings)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(transcription.run(), name="transcription")
            tasks.create_task(drafting.run(), name="drafting")
            if again:
                tasks.create_task(again.run(), name="second pass")
            if listening:
                tasks.create_task(listening.run(), name="listening")
    finally:
        if isinstance(pool, Pool):
            await pool.close()
        _note_run(settings.data / RUN, pool)


async def _swept(settings: Settings) -> None:
    """Throw away the sounds that a crash left on their way. Raises ClusterMissing."""
    try:
        await asyncio.to_thread(sweeper(settings))
    except OSError as error:
        logger.warning("%s", error)


async def _warmed(pool: Pool) -> None:
    """Load the model before the first word. A worker that dies over it is started again once there is what to hear.

    Raises ModelBroken.
    """
    try:
        await pool.warm()
    except WorkerLost as lost:
        logger.warning("%s It is started again for the first words.", lost)
    except WorkersAway as away:
        logger.warning("%s", away)


async def _second(council: Council, heard: Transcription, model: str, settings: Settings) -> SecondPass | None:
    """What hears a meeting again with a better model, where one is wanted and can be had."""
    if settings.second_model == "off":
        return None
    try:
        better = await _ears(settings, settings.second_model, live=False)
    except ModelUnavailable as error:
        logger.error("%s Meetings are heard once.", error)
        return None
    if better.model == model:
        return None
    sounds, within = from_journal(settings.data / RECORDINGS), timedelta(minutes=settings.second_minutes)
    return SecondPass(council, heard, sounds, better.open, better.model, within, terms=Vocabulary(settings.data).terms)


def transcribe_folder(folder: Path, model: str, scheduler: str = "") -> dict[MeetingId, int]:
    """Give the words to what a data folder's meetings still lack, and draft their minutes again.

    The number of utterances transcribed, by meeting. Raises ModelUnavailable, LogUnusableError, WorkersAway.
    """
    return asyncio.run(_catch_up(folder, Settings(model=model, scheduler=scheduler)))


async def _catch_up(folder: Path, settings: Settings) -> dict[MeetingId, int]:
    log = Log.open(settings.log_of(folder), make=False)
    council = Council(log)
    ears = await _ears(settings, settings.model, live=False)
    done = {}
    async with ears.open() as pool:
        if settings.scheduler:
            await pool.warm()  # an address where nobody is is told at once
        sounds = from_journal(folder / RECORDINGS)
        transcription = Transcription(council, pool, sounds, ears.model, terms=Vocabulary(folder).terms)
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
    await Erasing(council, recordings, documents, sweep=sweeper(settings)).settle()
    silent = Transcription(council, Unheard(ModelUnavailable("", (), "")), from_journal(recordings), "")
    drafting = drafting_of(council, silent, documents, settings)
    for meeting in council.meetings():
        if meeting.path.stale:
            await drafting.draft(meeting)


async def _transcriber(settings: Settings) -> tuple[Pool | Unheard, str]:
    """Who transcribes, and the model's name; a house whose model cannot be had still records."""
    try:
        ears = await _ears(settings, settings.model, live=True)
    except ModelUnavailable as error:
        logger.error("%s Meetings are recorded all the same; `hemicycle transcribe` gives them their words.", error)
        return Unheard(error), settings.model
    return ears.open(), ears.model


async def _ears(settings: Settings, model: str, *, live: bool) -> Ears:
    """Who hears with a model, at the scheduler of the settings or here. Raises ModelUnavailable, ClusterMissing."""
    return await asyncio.to_thread(
        find,
        model,
        scheduler=settings.scheduler,
        store=settings.audio_store,
        others=tongues(settings.also),
        live=live,
        workers=settings.workers if live else 0,
    )


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
