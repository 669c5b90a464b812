"""What is to be rehearsed, checked before anything starts or is written."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from agenda.calendar import next_meeting, read
from agenda.items import plan
from agenda.source import load as load_calendar
from meetings.domain.conduct import ItemPostponed
from meetings.domain.events import ItemOpened
from meetings.rehearsal.errors import TooFewItemsError
from meetings.rehearsal.scenario import STORIES, Scenario, load
from transcribe import catalogue

LEFT_BEHIND = ("council.*", "recordings", "documents", "minutes.*", "bot.log", "run.json")
"""What a rehearsal writes; an earlier one's is moved aside, never overwritten."""

ZONE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be rehearsed, and where it is written; None means the example of `lang`."""

    out: Path
    agenda: Path | None = None
    script: Path | None = None
    channel: Literal["stage", "voice"] = "stage"
    lang: Literal["fr", "en"] = "fr"
    model: str = "base"
    keep: bool = False
    quiet: bool = False


def prepare(order: Order) -> tuple[Scenario, Path]:
    """The scenario and the calendar of an order, which fit each other.

    Raises CalendarError, ScenarioError, TooFewItemsError, ModelUnknown.
    """
    scenario = load(order.script or STORIES[order.lang])
    calendar = order.agenda or example(order.lang)
    _match(scenario, calendar)
    if order.model != "auto":
        catalogue.model(order.model)
    return scenario, calendar


def example(lang: str) -> Path:
    """The example calendar of a language."""
    name = {"fr": "conseil-lunel.ics", "en": "council-en.ics"}[lang]
    packaged = Path(__file__).with_name("examples") / name
    return packaged if packaged.is_file() else Path(__file__).parents[2] / "examples" / name


def make_room(out: Path) -> None:
    """Make room in `out`: what an earlier rehearsal left goes to `earlier/` and its time. Raises OSError."""
    left = [path for pattern in LEFT_BEHIND for path in out.glob(pattern)]
    if left:
        aside = out / "earlier" / time.strftime("%Y-%m-%d-%H%M%S")
        aside.mkdir(parents=True)
        for path in left:
            path.rename(aside / path.name)


def _match(scenario: Scenario, calendar: Path) -> None:
    """Refuse a scenario that goes beyond the next meeting's agenda. Raises CalendarError, TooFewItemsError."""
    now = datetime.now(UTC)
    occurrence = next_meeting(read(load_calendar(calendar), zone=ZONE, file=calendar.name), now)
    found = sum(item.level == 1 for item in plan(occurrence).items)
    events = [event for act in scenario.acts for event in act.events]
    wanted = max((event.number for event in events if isinstance(event, ItemOpened | ItemPostponed)), default=0)
    if wanted > found:
        raise TooFewItemsError(wanted, found)
