"""What every command carries."""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.values import MeetingId, MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Who asks (`by`, None for the house itself), when (`at`, aware UTC), by what act (`cause`), of which meeting."""

    meeting: MeetingId
    at: datetime
    by: MemberId | None = None
    cause: str = ""
