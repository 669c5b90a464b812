"""What was put right in the record after the session, as the minutes tell it: a fold of the meeting's log."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from meetings.domain.change import replace
from meetings.domain.events import Recorded
from meetings.domain.record import PresenceAmended, VoteAmended
from meetings.domain.values import MemberId


@dataclass(frozen=True, slots=True)
class Amendment:
    """What was put right, when and by whom."""

    event: PresenceAmended | VoteAmended
    at: datetime
    by: MemberId | None


@dataclass(frozen=True)
class Amendments:
    """All of them, in the order in which they were made."""

    HEEDS: ClassVar = (PresenceAmended, VoteAmended)

    all: tuple[Amendment, ...] = ()

    def evolve(self, recorded: Recorded) -> "Amendments":
        """With one more."""
        event = recorded.event
        if not isinstance(event, self.HEEDS):
            return self
        return replace(self, all=(*self.all, Amendment(event, recorded.at, recorded.by)))
