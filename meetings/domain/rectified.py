"""Lines whose words are those that their speaker asked for, and requests whose words nobody can put in their place."""

from dataclasses import replace

from meetings.domain.meeting import Meeting
from meetings.domain.path import Request
from meetings.domain.review import Line, LineId
from meetings.domain.values import RequestId


def rectified(meeting: Meeting) -> dict[LineId, Line]:
    """The lines as requests that were accepted left them, with the digests of the requests; the last answer stands.

    Who puts a line's words right afterwards has the last word on it.
    """
    return {key: replace(line, digest=request.asked.digest) for key, (line, request) in _granted(meeting).items()}


def granted(meeting: Meeting) -> dict[LineId, RequestId]:
    """The requests whose words stand in lines."""
    return {key: request.asked.request for key, (_, request) in _granted(meeting).items()}


def pending(meeting: Meeting) -> frozenset[RequestId]:
    """Requests that were accepted about a line that was split or merged, and not put right since: it is for somebody
    to write their words where they belong.
    """
    return frozenset(
        request.asked.request
        for request in _accepted(meeting)
        if (line := holder(meeting, request)) and not line.whole and line.worded < request.answered
    )


def holder(meeting: Meeting, request: Request) -> Line | None:
    """The line in which the words stand that a request is about."""
    key = request.asked.utterance
    line = meeting.review.line(LineId(key), meeting.recording.utterances) if key else None
    while line and line.into:
        line = meeting.review.line(line.into, meeting.recording.utterances)
    return line


def _granted(meeting: Meeting) -> dict[LineId, tuple[Line, Request]]:
    held = ((holder(meeting, request), request) for request in _accepted(meeting))
    return {line.id: (line, one) for line, one in held if line and line.whole and line.worded < one.answered}


def _accepted(meeting: Meeting) -> list[Request]:
    return sorted((one for one in meeting.path.requests.values() if one.accepted), key=lambda one: one.answered)
