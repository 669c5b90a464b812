"""How far the minutes are on their way from a draft to what the council publishes: a fold of the meeting's log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, get_args

from meetings.domain.approval import (
    ApprovalEvent,
    ApprovalNoted,
    AudioDeleted,
    CorrectionAnswered,
    CorrectionAsked,
    MinutesApproved,
    MinutesProposed,
    MinutesPublished,
    MinutesSigned,
    WordsDeleted,
)
from meetings.domain.change import replace
from meetings.domain.erasure import MemberErased
from meetings.domain.events import Event, MinutesDrafted, Recorded
from meetings.domain.record import PresenceAmended, RecordEvent, VoteAmended
from meetings.domain.review import ReviewEvent
from meetings.domain.values import RequestId


class Stage(StrEnum):
    """How far they are."""

    NONE = "none"
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SIGNED = "signed"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Request:
    """A correction asked for, at place `seq` of the log; `accepted` is None until it is answered, at `answered`."""

    asked: CorrectionAsked
    at: datetime
    accepted: bool | None = None
    answered: int = 0
    seq: int = 0


@dataclass(frozen=True)
class Path:
    """Where the minutes stand. `drafts` are the digests of every version, the last one last; `stale` says that requests
    were answered, the record amended or a member erased since; `undrafted` that the review changed lines since.
    `approves` are the minutes of earlier meetings that this meeting approved.
    """

    HEEDS: ClassVar = (
        MinutesDrafted,
        MemberErased,
        *get_args(ApprovalEvent),
        *get_args(ReviewEvent),
        *get_args(RecordEvent),
    )

    drafts: tuple[str, ...] = ()
    stale: bool = False
    undrafted: bool = False
    proposed: MinutesProposed | None = None
    requests: Mapping[RequestId, Request] = field(default_factory=lambda: MappingProxyType({}))
    approval: ApprovalNoted | None = None
    signatures: tuple[tuple[MinutesSigned, datetime], ...] = ()
    published: datetime | None = None
    audio: AudioDeleted | None = None
    audio_gone: datetime | None = None
    words_gone: datetime | None = None
    approves: tuple[tuple[MinutesApproved, datetime], ...] = ()

    @property
    def stage(self) -> Stage:
        """How far they are."""
        if self.published:
            return Stage.PUBLISHED
        if {signed.role for signed, _ in self.signatures} == {"chair", "secretary"}:
            return Stage.SIGNED
        if self.approval:
            return Stage.APPROVED
        if self.proposed:
            return Stage.PROPOSED
        return Stage.DRAFT if self.drafts else Stage.NONE

    @property
    def waiting(self) -> tuple[Request, ...]:
        """Requests without an answer."""
        return tuple(one for one in self.requests.values() if one.accepted is None)

    def evolve(self, recorded: Recorded) -> "Path":
        """The path after an event."""
        at = recorded.at
        match recorded.event:
            case MinutesDrafted(digest=digest):
                return replace(self, drafts=(*self.drafts, digest), stale=False, undrafted=False)
            case MinutesProposed() as proposed:
                return replace(self, proposed=proposed)
            case CorrectionAsked(request=key) as asked:
                return replace(self, requests={**self.requests, key: Request(asked, at, seq=recorded.seq)})
            case CorrectionAnswered(request=key, accepted=accepted):
                answered = replace(self.requests[key], accepted=accepted, answered=recorded.seq)
                return replace(self, requests={**self.requests, key: answered}, stale=True)
            case MinutesApproved() as approved:
                return replace(self, approves=(*self.approves, (approved, at)))
            case ApprovalNoted() as noted:
                return replace(self, approval=noted)
            case MinutesSigned() as signed:
                return replace(self, signatures=(*self.signatures, (signed, at)))
            case MinutesPublished():
                return replace(self, published=at)
            case AudioDeleted() as deleted:
                return replace(self, audio=deleted, audio_gone=at)
            case WordsDeleted():
                return replace(self, words_gone=at)
        return self._outdated(recorded.event)

    def _outdated(self, event: Event) -> "Path":
        """After what changes of which a draft tells."""
        match event:
            case MemberErased() | PresenceAmended() | VoteAmended():
                return replace(self, stale=bool(self.drafts) and self.approval is None)
        return replace(self, undrafted=bool(self.drafts)) if isinstance(event, ReviewEvent) else self
