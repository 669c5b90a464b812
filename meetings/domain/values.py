"""What events are made of: identifiers, roles, an item as convened."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

MeetingId = NewType("MeetingId", str)
MemberId = NewType("MemberId", str)
BallotId = NewType("BallotId", str)
UtteranceId = NewType("UtteranceId", str)


class Role(StrEnum):
    """What a member does in the meeting."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item of the agenda as convened. `minutes` is the time planned for it."""

    number: int
    title: str
    minutes: int | None = None
    rapporteur: str = ""
    kind: str = ""
