"""Events of the minutes' path after their draft: proposed, corrected on request, approved, signed, published.

As in `events`: a field is only ever added with a default; a change of meaning is a new event. Who acted and when is
said by the `Recorded` around each. Digests are SHA-256, in hexadecimal, of a document's canonical JSON or of a
text that lies beside the chain.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from meetings.domain.values import BallotId, MeetingId, MemberId, RequestId, UtteranceId


@dataclass(frozen=True, slots=True)
class MinutesProposed:
    """The draft is open to the members, who may ask for corrections of their own words until then."""

    digest: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """A member asks that their words read otherwise: those of an `utterance`, or (None) a remark on the whole."""

    request: RequestId
    member: MemberId
    digest: str
    utterance: UtteranceId | None = None


@dataclass(frozen=True, slots=True)
class CorrectionAnswered:
    """The secretary accepts the request, or does not; either way it is kept."""

    request: RequestId
    accepted: bool


@dataclass(frozen=True, slots=True)
class MinutesApproved:
    """This meeting approves the minutes of an earlier one (`of`): nobody objected, or this `ballot` of it decided."""

    of: MeetingId
    digest: str
    ballot: BallotId | None = None


@dataclass(frozen=True, slots=True)
class ApprovalNoted:
    """The council approved this meeting's minutes, in the version with this digest, at a later meeting (`during`)."""

    digest: str
    during: MeetingId
    at: datetime
    ballot: BallotId | None = None


@dataclass(frozen=True, slots=True)
class MinutesSigned:
    """An officer signed the approved document (`digest`): Ed25519 (RFC 8032), key and signature in hexadecimal."""

    role: Literal["chair", "secretary"]
    member: MemberId
    digest: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class MinutesPublished:
    """The signed minutes are public."""

    digest: str


@dataclass(frozen=True, slots=True)
class AudioDeleted:
    """The meeting's sound is gone, so many files and bytes of it, because its minutes are `approved`, or of `age`."""

    files: int
    size: int
    why: Literal["approved", "age"]


@dataclass(frozen=True, slots=True)
class WordsDeleted:
    """The meeting's transcript is gone by rule, so many utterances of it, and its corrections: the minutes stay."""

    utterances: int


ApprovalEvent = (
    MinutesProposed
    | CorrectionAsked
    | CorrectionAnswered
    | MinutesApproved
    | ApprovalNoted
    | MinutesSigned
    | MinutesPublished
    | AudioDeleted
    | WordsDeleted
)
