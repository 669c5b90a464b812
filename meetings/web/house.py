"""What the pages are drawn from, and what the council chose for them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from starlette.requests import HTTPConnection

from meetings.council import Council
from meetings.jobs.drafting import Drafting
from meetings.jobs.office import DOCUMENTS, RECORDINGS
from meetings.jobs.saying import Saying
from meetings.jobs.vocabulary import Vocabulary
from meetings.minutes.stationery import PLAIN, Stationery
from meetings.schedule import utc_now

Naming = Literal["full", "short", "none"]


@dataclass(frozen=True, slots=True)
class Discord:
    """The council's application at Discord, for signing in; `site` is another address in tests."""

    client: str
    secret: str
    site: str = "https://discord.com"


@dataclass(frozen=True)
class House:
    """The council and its choices.

    `folder` is the data folder, `url` the address under which the public reaches the pages. `names` says how members
    are called on public pages. `saying` is what is being said; `paper` is what its documents are written on.
    """

    council: Council
    folder: Path
    drafting: Drafting
    zone: ZoneInfo
    title: str = ""
    url: str = ""
    names: Naming = "full"
    discord: Discord | None = None
    now: Callable[[], datetime] = field(default=utc_now)
    saying: Saying | None = None
    paper: Stationery = PLAIN

    @property
    def vocabulary(self) -> Vocabulary:
        """Words that the transcription is told to spell."""
        return Vocabulary(self.folder)

    @property
    def documents(self) -> Path:
        """One folder a meeting with its minutes."""
        return self.folder / DOCUMENTS

    @property
    def recordings(self) -> Path:
        """One folder a meeting with its voices."""
        return self.folder / RECORDINGS


def house(request: HTTPConnection) -> House:
    """The house of the application that answers this request."""
    found: House = request.app.state.house
    return found
