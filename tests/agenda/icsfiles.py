"""Small calendars written line by line, and the council's way of reading them."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from agenda import Reading, read

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SHARED = ROOT / "../shared/data/ics"


def event(*lines: str, uid: str | None = "one@test") -> str:
    named = [f"UID:{uid}"] if uid else []
    return "\r\n".join(["BEGIN:VEVENT", *named, *lines, "END:VEVENT"])


def calendar(*parts: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//FR", *parts, "END:VCALENDAR", ""])


def read_all(data: bytes | str, *, cancelled: bool = False) -> Reading:
    return read(
        data,
        zone=PARIS,
        start=datetime(2026, 1, 1, tzinfo=UTC),
        end=datetime(2028, 1, 1, tzinfo=UTC),
        now=NOW,
        cancelled=cancelled,
    )


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def starts(reading: Reading) -> list[str]:
    return [one.start.isoformat() for one in reading.occurrences]
