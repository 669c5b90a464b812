"""The review's doors: what was said, line by line beside its sound, for who writes the minutes."""

import asyncio
from typing import Any

from av.error import FFmpegError
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute

from meetings.domain.commands import AnswerCorrection
from meetings.domain.meeting import Phase
from meetings.domain.path import Request as Asked
from meetings.domain.rectified import holder, pending
from meetings.domain.refusals import Code, Refusal
from meetings.domain.review import LineId
from meetings.domain.values import MeetingId, MemberId, RequestId
from meetings.i18n.dates import day
from meetings.log import requests
from meetings.log.store import NotWrittenError
from meetings.web.access import Door, Visitor, Who
from meetings.web.archive import found, shelf
from meetings.web.desk import Desk
from meetings.web.house import house
from meetings.web.pages import page, reader
from meetings.web.sheet import Sheet, replaced
from meetings.web.voices import Voices
from meetings.web.waves import wave


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [
        Door("/review/{meeting}", review, Who.SECRETARY),
        Door("/review/{meeting}/events", events, Who.SECRETARY),
        Door("/review/{meeting}/act", act, Who.SECRETARY, ("POST",)),
        Door("/review/{meeting}/replace", preview, Who.SECRETARY),
        Door("/review/{meeting}/replace", replace, Who.SECRETARY, ("POST",)),
        Door("/review/{meeting}/answer", answer, Who.SECRETARY, ("POST",)),
        Door("/review/{meeting}/vocabulary", forget, Who.SECRETARY, ("POST",)),
        Door("/review/{meeting}/draft", draft, Who.SECRETARY, ("POST",)),
        Door("/review/{meeting}/waves/{line}.svg", waveform, Who.SECRETARY),
    ]


async def review(request: Request) -> Response:
    """The agenda, the text, the sound."""
    sheet = await _sheet(request)
    t, desk = reader(request), _desk(request)
    drawn = [
        (
            number,
            title,
            desk.draw(sheet, [key for key, line in sheet.lines.items() if sheet.section(line) == number], t),
            count,
        )
        for number, title, count in _sections(sheet, t("web.figures.opening"))
    ]
    shown = {"meeting": sheet.meeting, "sections": drawn, "names": sheet.names, "closed": _closed(request, sheet)}
    asked = await asyncio.to_thread(requests.asked_of, house(request).council.log, sheet.meeting.id)
    answered = sheet.meeting.path.requests
    shown |= {"asked": [(one, asked.get(key), _holder(sheet, one)) for key, one in answered.items()]}
    shown |= {"pending": pending(sheet.meeting), "chosen": bool(sheet.marks)}
    shown |= {"sound": _voices(request).start(sheet.meeting) is not None}
    drafted = "drafted" in request.query_params
    return page(request, "review.html.j2", drafted=drafted, shown=shown, terms=_terms(request))


def _holder(sheet: Sheet, request: Asked) -> LineId | None:
    """The line, of those shown, that a request is about."""
    line = holder(sheet.meeting, request)
    return line.id if line and line.id in sheet.lines else None


def _closed(request: Request, sheet: Sheet) -> str:
    """Why nothing can be changed any more; empty while it can."""
    approval = sheet.meeting.path.approval
    zone, t = house(request).zone, reader(request)
    return t("web.review.closed", day=day(approval.at.astimezone(zone), t.lang)) if approval else ""


def _sections(sheet: Sheet, opening: str) -> list[tuple[int, str, int]]:
    """Number and title of each part, and how many of its lines need an ear."""
    titles = {0: opening} | {item.plan.number: item.plan.title for item in sheet.meeting.items}
    doubts = dict.fromkeys(titles, 0)
    for key, line in sheet.lines.items():
        doubts[sheet.section(line)] += sheet.words[key].doubtful and not line.struck
    spoken = {sheet.section(line) for line in sheet.lines.values()}
    return [(number, title, doubts[number]) for number, title in titles.items() if number or 0 in spoken]


async def events(request: Request) -> Response:
    """What others, and oneself, change."""
    meeting = found(shelf(request).find(request.path_params["meeting"]))
    seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
    after = int(seen) if seen.isdecimal() else meeting.seq
    stream = _desk(request).stream(meeting.id, reader(request), after)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def act(request: Request) -> Response:
    """Change a line. 409 with the reason in words where that cannot be; 503 where the log cannot be written."""
    meeting = found(shelf(request).find(request.path_params["meeting"]))
    visitor: Visitor = request.state.visitor
    form = {name: str(value) for name, value in (await request.form()).items()}
    try:
        answer = await _desk(request).act(meeting.id, visitor.member or MemberId(""), form)
    except ValueError:
        return JSONResponse({}, 400)
    except NotWrittenError:
        return JSONResponse({"refused": reader(request)("web.review.unwritten")}, 503)
    if isinstance(answer, Refusal) and answer.code is not Code.NOTHING_CHANGED:
        return JSONResponse({"refused": reader(request)(f"refusal.{answer.code}", **answer.fields)}, 409)
    line = house(request).council.meeting(meeting.id).review.touched.get(LineId(form.get("line", "")))
    return JSONResponse({"version": line.digest if line else ""})


async def preview(request: Request) -> Response:
    """What replacing would change."""
    sheet = await _sheet(request)
    find, put = (request.query_params.get(name, "")[:200] for name in ("find", "put"))
    rows = [(line.id, sheet.words[line.id].text, new) for line, new in replaced(sheet, find, put)]
    shown: dict[str, Any] = {"rows": rows, "find": find, "put": put, "done": None, "learned": ""}
    return page(request, "review-replace.html.j2", meeting=sheet.meeting, terms=_terms(request), **shown)


async def replace(request: Request) -> Response:
    """Replace, in the lines that were chosen; what was put is spelled so by the next transcription, if so wished."""
    sheet = await _sheet(request)
    form, visitor = await request.form(), request.state.visitor
    find, put = (str(form.get(name, ""))[:200] for name in ("find", "put"))
    chosen = {str(key) for key in form.getlist("line")}
    done = await _desk(request).replace(sheet.meeting.id, visitor.member, find, put, chosen)
    learned = put.strip() if done and "learn" in form and house(request).vocabulary.learn(put) else ""
    shown: dict[str, Any] = {"rows": [], "find": find, "put": put, "done": done, "learned": learned}
    return page(request, "review-replace.html.j2", meeting=sheet.meeting, terms=_terms(request), **shown)


async def answer(request: Request) -> Response:
    """Accept what a member asked for, or not; who was quicker has answered already."""
    meeting = found(shelf(request).find(request.path_params["meeting"]))
    form, visitor = await request.form(), request.state.visitor
    key, accepted = RequestId(str(form.get("request", ""))), form.get("accepted") == "yes"
    common: dict[str, Any] = {"meeting": meeting.id, "at": house(request).now(), "by": visitor.member}
    await house(request).council.handle(AnswerCorrection(**common, request=key, accepted=accepted))
    return RedirectResponse(f"/review/{meeting.id}#asked", 303)


async def forget(request: Request) -> Response:
    """A word need not be spelled so any more."""
    meeting = found(shelf(request).find(request.path_params["meeting"]))
    house(request).vocabulary.forget(str((await request.form()).get("term", "")))
    return page(request, "review-vocabulary.html.j2", meeting=meeting, terms=_terms(request))


def _terms(request: Request) -> tuple[str, ...]:
    return house(request).vocabulary.terms()


async def draft(request: Request) -> Response:
    """Write the minutes again, with what was corrected."""
    meeting = found(shelf(request).find(request.path_params["meeting"]))
    drafted = meeting.phase is Phase.ADJOURNED and await house(request).drafting.draft(meeting)
    return RedirectResponse(f"/review/{meeting.id}" + ("?drafted" if drafted else ""), 303)


async def waveform(request: Request) -> Response:
    """A line's waveform."""
    sheet, voices = await _sheet(request), _voices(request)
    line, start = sheet.lines.get(LineId(request.path_params["line"])), voices.start(sheet.meeting)
    track = await voices.track(sheet.meeting, line.member) if line and start else None
    if line is None or start is None or track is None:
        return Response(status_code=404)
    try:
        drawn = await wave(track, *((at - start).total_seconds() for at in (line.start, line.end)))
    except (FFmpegError, OSError, IndexError):
        return Response(status_code=404)
    return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})


async def _sheet(request: Request) -> Sheet:
    meeting = found(shelf(request).find(request.path_params["meeting"]))
    return await _desk(request).sheet(MeetingId(meeting.id))


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _voices(request: Request) -> Voices:
    voices: Voices = request.app.state.voices
    return voices
