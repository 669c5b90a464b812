"""Who declines to be recorded: said once, it holds from meeting to meeting until it is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, get_args

from meetings.domain.values import MemberId

if TYPE_CHECKING:  # which imports the events below
    from meetings.domain.events import Recorded


@dataclass(frozen=True, slots=True)
class RecordingDeclined:
    """A member no longer lets their voice be recorded, from here on."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class RecordingAccepted:
    """A member lets their voice be recorded again, from here on."""

    member: MemberId


ConsentEvent = RecordingDeclined | RecordingAccepted


@dataclass(frozen=True, slots=True)
class Consent:
    """What members said of it in one meeting's log: the last word of each, and when; `ever` are all who declined."""

    HEEDS: ClassVar = get_args(ConsentEvent)

    words: Mapping[MemberId, tuple[datetime, bool]] = field(default_factory=dict)
    ever: frozenset[MemberId] = frozenset()

    def evolve(self, recorded: "Recorded") -> "Consent":
        """What is known after an event."""
        at = recorded.at
        match recorded.event:
            case RecordingDeclined(member=member):
                return Consent({**self.words, member: (at, True)}, self.ever | {member})
            case RecordingAccepted(member=member):
                return Consent({**self.words, member: (at, False)}, self.ever)
        return self


def declined(consents: Iterable[Consent]) -> frozenset[MemberId]:
    """Whose last word, over all these meetings, is no."""
    last: dict[MemberId, tuple[datetime, bool]] = {}
    for consent in consents:
        for member, word in consent.words.items():
            last[member] = max(last.get(member, word), word)
    return frozenset(member for member, (_, no) in last.items() if no)
