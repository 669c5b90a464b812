"""What minutes say of their own path: corrections asked for, minutes approved; and what was noted to be done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from meetings.domain.meeting import Meeting
from meetings.domain.path import Request
from meetings.domain.rectified import granted
from meetings.domain.values import BallotId, UtteranceId
from meetings.minutes.document import Approved, Approves, Minutes, Rectification, Task
from meetings.minutes.sources import Circumstances, Sources, Words


@dataclass(frozen=True, slots=True)
class Rectified:
    """An utterance's words as its speaker had them corrected: nobody need listen to them again."""

    text: str
    doubtful: bool = False


def rectified(
    meeting: Meeting, transcript: Mapping[UtteranceId, Words], circumstances: Circumstances
) -> Mapping[UtteranceId, Words]:
    """The transcript with the corrections that the secretary accepted, where nobody put the words right since."""
    corrected: dict[UtteranceId, Words] = dict(transcript)
    for line, request in granted(meeting).items():
        if (words := circumstances.asked.get(request)) is not None:
            corrected[UtteranceId(line)] = Rectified(words)
    return corrected


def tasks(sources: Sources) -> tuple[Task, ...]:
    """What was noted to be done, in the order in which it was."""
    return tuple(
        Task(
            what=sources.tidy(action.noted.what),
            who=sources.name(action.noted.member) if action.noted.member else None,
            due=date.fromisoformat(action.noted.due) if action.noted.due else None,
            at=sources.here(action.at),
            by=sources.name(action.by) if action.by else "",
            item=action.item,
        )
        for action in sources.meeting.actions
    )


def rectifications(sources: Sources) -> tuple[Rectification, ...]:
    """Every correction asked for, accepted or not."""
    return tuple(_rectification(sources, request) for request in sources.meeting.path.requests.values())


def approves(sources: Sources) -> tuple[Approves, ...]:
    """The minutes of earlier meetings that were approved during this one."""
    return tuple(
        Approves(sources.here(at), sources.here(held), _decision(sources.meeting, approved.ballot))
        for approved, at in sources.meeting.path.approves
        if (held := sources.circumstances.held.get(approved.of))
    )


def definitive(minutes: Minutes, meeting: Meeting, during: Meeting, zone: tzinfo) -> Minutes:
    """The document that is signed: the version approved, saying so. The same log gives the same bytes.

    Raises ValueError where the minutes of `meeting` were not approved.
    """
    noted = meeting.path.approval
    if noted is None:
        raise ValueError(f"the minutes of {meeting.id} are not approved")
    approved = Approved(noted.at.astimezone(zone), _decision(during, noted.ballot))
    return replace(minutes, draft=False, approved=approved, silenced=meeting.rules.minutes.delete_audio)


def _rectification(sources: Sources, request: Request) -> Rectification:
    return Rectification(
        name=sources.name(request.asked.member),
        asked=sources.tidy(sources.circumstances.asked.get(request.asked.request, "")),
        accepted=request.accepted,
        original=sources.tidy(sources.circumstances.objected.get(request.asked.request, "")),
    )


def _decision(meeting: Meeting, ballot: BallotId | None) -> str:
    voted = meeting.ballots.get(ballot) if ballot else None
    return voted.result.decision if voted and voted.result else ""
