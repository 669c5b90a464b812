"""What members ask to have corrected in minutes, in their words: beside the chain, which holds digests of it."""

from dataclasses import dataclass

from sqlalchemy import select

from meetings.domain.values import MeetingId, MemberId, RequestId
from meetings.log import tables
from meetings.log.store import Log


@dataclass(frozen=True, slots=True)
class Asked:
    """A request's words."""

    request: RequestId
    member: MemberId
    text: str


def keep(log: Log, meeting: MeetingId, asked: Asked) -> None:
    """Keep a request's words, replacing earlier ones of the same request. Blocks."""
    row: dict[str, object] = {"request": asked.request, "meeting": meeting, "member": asked.member, "text": asked.text}
    log.put(tables.requests, [row])


def asked_of(log: Log, meeting: MeetingId) -> dict[RequestId, Asked]:
    """Every request made of a meeting's minutes. Blocks."""
    query = select(tables.requests).where(tables.requests.c.meeting == meeting)
    with log.engine.connect() as connection:
        return {
            RequestId(row.request): Asked(RequestId(row.request), MemberId(row.member), row.text)
            for row in connection.execute(query)
        }
