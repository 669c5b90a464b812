"""The drafting of minutes as a council's settings want it: its paper, its language model, its way with numbers."""

import logging
from collections.abc import Callable
from pathlib import Path

from meetings.council import Council
from meetings.jobs.drafting import Drafting
from meetings.jobs.summarising import Summariser
from meetings.jobs.transcription import Settled
from meetings.minutes.stationery import Stationery
from meetings.settings import Settings

logger = logging.getLogger(__name__)

RECORDINGS, DOCUMENTS, KEYS, RUN = "recordings", "documents", "keys", "run.json"
"""What lies in a data folder, beside the log."""


def drafting(council: Council, words: Settled, documents: Path, settings: Settings) -> Drafting:
    """Who drafts; `words` says when none is to come any more, `documents` holds one folder a meeting."""
    paper, model = stationery(settings), summariser(settings)
    return Drafting(council, words, documents, settings.zone, paper=paper, summariser=model, figures=settings.figures)


def stationery(settings: Settings) -> Stationery:
    """The council's own paper."""
    return Stationery(settings.template, settings.logo, settings.address)


def sweeper(settings: Settings) -> Callable[[], None]:
    """Empties the store of sounds on their way to a cluster, where there is one. Blocks. Raises OSError."""

    def sweep() -> None:
        if settings.audio_store:
            from transcribe.store import Store  # here: of a library that only a cluster needs

            Store(settings.audio_store).empty()

    return sweep


def summariser(settings: Settings) -> Summariser | None:
    """The language model that summarises debates, where the settings name one."""
    if not (settings.summary_url and settings.summary_model):
        if settings.summary_url or settings.summary_model:
            logger.warning("no debate is summarised: HEMICYCLE_SUMMARY_URL and HEMICYCLE_SUMMARY_MODEL go together")
        return None
    key = settings.summary_key.get_secret_value()
    return Summariser(settings.summary_url, settings.summary_model, key, settings.summary_seconds)
