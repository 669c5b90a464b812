"""The record's doors: presence and votes as the session noted them, put right by acts that say why."""

import asyncio
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import zip_longest
from typing import Any

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from meetings.domain import amending
from meetings.domain.amending import Amend, AmendPresence, AmendVote, amendable
from meetings.domain.ballot import Ballot
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.record import PresenceAmended, Stay
from meetings.domain.recount import Recount, recounted, unseated
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import WORDS_LIMIT
from meetings.domain.values import BallotId, Choice, Mark, MemberId, RequestId, Seat
from meetings.i18n import Translator
from meetings.log import requests
from meetings.log.requests import Asked
from meetings.minutes import amended
from meetings.web.access import Door, Visitor, Who
from meetings.web.archive import found, shelf
from meetings.web.house import house
from meetings.web.pages import page, reader

EARLY = timedelta(hours=6)
"""An hour further before the room's opening than this is of the next day: some sessions end after midnight."""

SPARE = 1
"""Further arrivals that the form has room for."""


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [
        Door("/review/{meeting}/record", record, Who.SECRETARY),
        Door("/review/{meeting}/record", amend, Who.SECRETARY, ("POST",)),
    ]


async def record(request: Request) -> Response:
    """The roll and the votes, and a form to put one of them right."""
    return await _page(request, found(shelf(request).find(request.path_params["meeting"])), request.query_params)


async def amend(request: Request) -> Response:
    """Put one right, with its reason. 409 with the page again, and in words why, where that cannot be."""
    meeting = found(shelf(request).find(request.path_params["meeting"]))
    form, visitor = await request.form(), request.state.visitor
    reason = " ".join(str(form.get("reason", "")).split())[:WORDS_LIMIT]
    command = _command(request, meeting, form, visitor, reason)
    answer: object = amending.amend(meeting, command) if command else Refusal(Code.STAYS)
    effects = _effects(meeting, answer)
    if effects and form.get("sure") != effects.sure:
        return await _page(request, meeting, form, effects, reason=reason)
    if command and not isinstance(answer, Refusal):  # no reason is kept for what is not done
        kept = Asked(command.reason, visitor.member, reason)
        await asyncio.to_thread(requests.keep, house(request).council.log, meeting.id, kept)
        answer = await house(request).council.handle(command)
    if isinstance(answer, Refusal):
        told = reader(request)(f"refusal.{answer.code}", **answer.fields)
        return await _page(request, meeting, form, refused=told, reason=reason)
    return RedirectResponse(f"/review/{meeting.id}/record?amended", 303)


@dataclass(frozen=True, slots=True)
class Effects:
    """What an amendment does, of which one reads before: to counts of the quorum, to votes of who would be away."""

    counts: tuple[Recount, ...] = ()
    voted: tuple[BallotId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.counts or self.voted)

    @property
    def sure(self) -> str:
        """What who has read of these effects sends with the form: of others they are told first."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def _effects(meeting: Meeting, answer: object) -> Effects:
    match answer:
        case [PresenceAmended() as event]:
            return Effects(recounted(meeting, event), unseated(meeting, event))
    return Effects()


def _command(request: Request, meeting: Meeting, form: FormData, visitor: Visitor, reason: str) -> Amend | None:
    """What the form asks for; None where its hours are none."""
    here, member = house(request), MemberId(str(form.get("member", "")))
    digest = hashlib.sha256(reason.encode()).hexdigest() if reason else ""
    common: dict[str, Any] = {"meeting": meeting.id, "at": here.now(), "by": visitor.member, "member": member}
    common |= {"reason": RequestId(secrets.token_hex(8)), "digest": digest}
    if form.get("ballot"):
        mark = str(form.get("mark", ""))
        return AmendVote(**common, ballot=BallotId(str(form["ballot"])), mark=Mark(mark) if mark else None)
    try:
        stays = tuple(_stays(meeting, member, form, here.zone))
    except ValueError:
        return None
    return AmendPresence(**common, stays=stays, excused="excused" in form)


def _stays(meeting: Meeting, member: MemberId, form: FormData, zone: tzinfo) -> list[Stay]:
    """The hours of the form; one that says the same to the second is that which was noted. Raises ValueError."""
    before = meeting.attendance.stays(member)
    known = {at.astimezone(zone).replace(microsecond=0): at for one in before for at in (one.since, one.until) if at}
    first = (meeting.convened or meeting.opened or meeting.at or datetime.now(zone)).astimezone(zone)

    def instant(written: str) -> datetime:
        at = datetime.combine(first.date(), time.fromisoformat(written), zone)
        at += timedelta(days=1) if at < first - EARLY else timedelta()
        return known.get(at, at.astimezone(UTC))

    return [Stay(instant(since), instant(until) if until else None) for since, until in _pairs(form)]


def _pairs(form: FormData | QueryParams) -> Iterator[tuple[str, str]]:
    """The hours as they were written."""
    for since, until in zip_longest(form.getlist("since"), form.getlist("until"), fillvalue=""):
        if since or until:
            yield str(since), str(until)


async def _page(
    request: Request,
    meeting: Meeting,
    asked: FormData | QueryParams,
    effects: Effects = Effects(),
    refused: str = "",
    reason: str = "",
) -> Response:
    """The page; with a form that was sent, as it was sent, where it is refused, or has effects to be read of."""
    t, zone = reader(request), house(request).zone
    names = house(request).council.log.names()
    member, ballot = MemberId(str(asked.get("member", ""))), meeting.ballots.get(BallotId(str(asked.get("ballot", ""))))
    minutes = await asyncio.to_thread(house(request).drafting.composed, meeting)
    sent = isinstance(asked, FormData)
    stays = list(_pairs(asked)) if sent else [_clocks(one, zone) for one in meeting.attendance.stays(member)]
    shown: dict[str, Any] = {
        "meeting": meeting,
        "names": names,
        "rows": [(seat, _presence(meeting, seat, zone, t)) for seat in meeting.attendance.roster],
        "votes": [(one, _votes(one, names, t)) for one in meeting.ballots.values() if amendable(one)],
        "choices": [(choice.value, t(f"count.mark.{choice}")) for choice in Choice],
        "stays": stays + [("", "")] * SPARE,
        "member": member if meeting.attendance.seat(member) else "",
        "ballot": ballot if ballot and amendable(ballot) else None,
        "mark": asked.get("mark"),
        "told": [amended.sentence(t, one) for one in minutes.amendments],
        "open": meeting.phase is Phase.ADJOURNED and not meeting.path.approval,
        "done": "amended" in request.query_params and not refused,
        "excused": "excused" in asked if sent else member in meeting.attendance.excused,
        "refused": refused,
        "recounts": [amended.recount(t, one) for one in amended.recounts(t, meeting, effects.counts, zone)],
        "lost": any(one.lost for one in effects.counts),
        "voted": [amended.question(t, meeting, one).rstrip(".") for one in effects.voted],
        "sure": effects.sure if effects else "",
        "reason": reason,
        "limit": WORDS_LIMIT,
    }
    return page(request, "record.html.j2", status=409 if refused else 200, **shown)


def _clocks(stay: Stay, zone: tzinfo) -> tuple[str, str]:
    since, until = (f"{at.astimezone(zone):%H:%M:%S}" if at else "" for at in (stay.since, stay.until))
    return since, until


def _presence(meeting: Meeting, seat: Seat, zone: tzinfo, t: Translator) -> str:
    stays = [_clocks(one, zone) for one in meeting.attendance.stays(seat.member)]
    if not stays:
        return t("web.record.excused" if seat.member in meeting.attendance.excused else "web.record.absent")
    return ", ".join(f"{since} – {until or t('web.record.end')}" for since, until in stays)


def _votes(ballot: Ballot, names: Mapping[MemberId, str], t: Translator) -> list[tuple[str, list[str]]]:
    """Who voted what."""
    cast = [(Mark(choice), [who for who, mark in ballot.votes.items() if mark == Mark(choice)]) for choice in Choice]
    return [(t(f"count.mark.{mark}"), sorted(names.get(who, "?") for who in voters)) for mark, voters in cast if voters]
