"""What every command carries; the commands themselves are in `commands`."""

from dataclasses import dataclass
from datetime import datetime

from meetings.domain.values import MeetingId, MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command carries."""

    meeting: MeetingId
    at: datetime
    by: MemberId | None = None
    cause: str = ""
