"""The archive's doors: meetings, decisions at their permanent addresses, search, and all of it as open data."""

import base64
import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from meetings.boards.outcome import result_lines
from meetings.domain.meeting import Item, Meeting, Phase
from meetings.domain.values import Choice, Form, MemberId, UtteranceId
from meetings.i18n import Translator
from meetings.i18n.dates import clock, day, duration_short
from meetings.log.search import Passage, folded, terms
from meetings.minutes import render
from meetings.minutes.document import Minutes
from meetings.minutes.stationery import LogoError, Stationery
from meetings.web.access import Door, Visitor, Who, listeners, readers
from meetings.web.guard import CSP
from meetings.web.house import house
from meetings.web.naming import called
from meetings.web.pages import base, page, reader
from meetings.web.shelf import Decided, Shelf, decided

T = TypeVar("T")
_log = logging.getLogger(__name__)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class Absent(Exception):  # noqa: N818  # what is not there is no fault
    """Nothing is at this address."""


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [
        Door("/", home, Who.PUBLIC),
        Door("/meetings", meetings, Who.PUBLIC),
        Door("/meetings/{meeting}", meeting, Who.PUBLIC),
        Door("/meetings/{meeting}/minutes", minutes, readers),
        Door("/meetings/{meeting}/files/{name}", file, readers),
        Door("/decisions", decisions, Who.PUBLIC),
        Door("/decisions/{number}", decision, Who.PUBLIC),
        Door("/search", search, Who.PUBLIC),
    ]


def shelf(request: Request) -> Shelf:
    """The archive."""
    found: Shelf = request.app.state.shelf
    return found


def found(thing: T | None) -> T:
    """The thing. Raises Absent where there is none."""
    if thing is None:
        raise Absent
    return thing


async def home(request: Request) -> Response:
    """The meeting being held, or else all of them."""
    held = any(one.phase in {Phase.CONVENED, Phase.OPEN} for one in shelf(request).meetings())
    return RedirectResponse("/live" if held else "/meetings", 303)


async def meetings(request: Request) -> Response:
    """All meetings."""
    rows = [(one, _told(request, one)) for one in shelf(request).meetings()]
    webcal = f"webcal://{base(request).partition('://')[2]}/calendar.ics"
    return page(request, "meetings.html.j2", rows=rows, webcal=webcal)


async def meeting(request: Request) -> Response:
    """One meeting: when, who, what was on the agenda, what was decided."""
    one = found(shelf(request).find(request.path_params["meeting"]))
    t, zone = reader(request), house(request).zone
    names = called(one, house(request).council.log.names(), house(request).names, t)
    sat = [names.get(member, "") for member in one.attendance.ever_present()]
    items = [(item, _spent(item)) for item in one.items]
    facts = [
        (t("web.fact.opened"), clock(one.opened.astimezone(zone), t.lang) if one.opened else "—"),
        (t("web.fact.closed"), clock(one.adjourned.astimezone(zone), t.lang) if one.adjourned else "—"),
        (t("web.fact.place"), (one.plan.place if one.plan else "") or "Discord"),
        (t("web.attendance"), t.n("web.live.present", len(sat), entitled=len(one.attendance.roster))),
    ]
    shown: dict[str, Any] = {
        "meeting": one,
        "told": _told(request, one),
        "facts": facts,
        "items": items,
        "names": sorted(sat),
        "read": (read := request.state.visitor.may(readers(one))),
        "stage": _stage(request, one) if one.path.drafts else "",
        "files": [path.name for path in shelf(request).files(one)] if read else [],
    }
    return page(request, "meeting.html.j2", **shown, made=list(decided(one)))


def _stage(request: Request, one: Meeting) -> str:
    """How far the minutes are, and who reads them."""
    published = one.path.published
    told = day(published.astimezone(house(request).zone), reader(request).lang) if published else ""
    return reader(request)(f"web.stage.{one.path.stage}", day=told)


def _spent(item: Item) -> str:
    return duration_short(item.spent(item.closed).total_seconds()) if item.closed else ""


async def minutes(request: Request) -> Response:
    """A meeting's minutes as their readers have them; their style sheet is allowed by its hash."""
    one = found(shelf(request).find(request.path_params["meeting"]))
    html = _on_paper(await shelf(request).minutes(one), house(request).paper)
    hashes = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in _STYLE.findall(html)]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    policy = CSP.replace("style-src 'self'", f"style-src {allowed}")
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})


def _on_paper(document: Minutes, paper: Stationery) -> str:
    """The page under the council's letterhead; a logo that is gone since must not take the minutes with it."""
    try:
        return render.html(document, paper=paper)
    except (OSError, LogoError) as missing:
        _log.warning("the minutes are shown without the council's logo: %s", missing)
        return render.html(document, paper=replace(paper, logo=None))


async def file(request: Request) -> Response:
    """The minutes as a file; once signed, what anyone verifies them by."""
    one, name = found(shelf(request).find(request.path_params["meeting"])), request.path_params["name"]
    path = found(next((path for path in shelf(request).files(one) if path.name == name), None))
    shown = "inline" if path.suffix == ".pdf" else "attachment"
    headers = {"Cache-Control": "private, no-cache"}
    return FileResponse(path, filename=name, content_disposition_type=shown, headers=headers)


async def decisions(request: Request) -> Response:
    """All decisions."""
    return page(request, "decisions.html.j2", made=shelf(request).decisions())


async def decision(request: Request) -> Response:
    """One decision, at its permanent address."""
    one = found(shelf(request).decision(request.path_params["number"]))
    t, here = reader(request), house(request)
    names = called(one.meeting, here.council.log.names(), here.names, t)
    lines = [] if one.ballot.annulled is not None else result_lines(one.meeting, one.ballot, names, t)
    shown: dict[str, Any] = {"one": one, "motion": one.motion(t), "told": _told(request, one.meeting)}
    shown |= {"sentence": await shelf(request).sentence(one), "lines": lines, "votes": _votes(one, names, t)}
    return page(request, "decision.html.j2", **shown)


def _votes(one: Decided, names: Mapping[MemberId, str], t: Translator) -> list[tuple[str, list[str]]]:
    """Who voted what: of a public ballot in public session, no other (CGCT L2121-21)."""
    hidden = one.ballot.secret or one.ballot.private or one.ballot.annulled is not None
    if hidden or one.ballot.form is not Form.MOTION:
        return []
    rows = []
    for choice in Choice:
        voters = sorted(names.get(who, "") for who, cast in one.ballot.votes.items() if cast == choice.value)
        rows += [(t(f"count.mark.{choice}"), voters)] if voters else []
    return rows


async def search(request: Request) -> Response:
    """What was said, decided and planned, by its words."""
    question = request.query_params.get("q", "")[:200]
    visitor: Visitor = request.state.visitor
    passages = await shelf(request).search(question, visitor) if question.strip() else []
    results = [_result(request, one, question) for one in passages]
    template = "search-results.html.j2" if request.headers.get("hx-request") else "search.html.j2"
    return page(request, template, question=question, results=[one for one in results if one])


def _result(request: Request, one: Passage, question: str) -> dict[str, object] | None:
    """A passage as it is shown: where it is, who said it, its sound where one may hear it."""
    state = shelf(request).find(one.meeting)
    if state is None or state.plan is None:
        return None
    t, visitor = reader(request), request.state.visitor
    shown: dict[str, object] = {"kind": one.kind, "words": marked(one.words, question), "who": "", "sound": ""}
    shown["day"] = day(state.plan.starts.astimezone(house(request).zone), t.lang)
    shown["url"] = f"/decisions/{one.ref}" if one.kind == "decision" else f"/meetings/{one.meeting}"
    if one.kind == "speech" and (spoken := state.recording.utterances.get(UtteranceId(one.ref))):
        names = called(state, house(request).council.log.names(), house(request).names, t)
        shown["who"] = names.get(spoken.member, "")
        shown["url"] = f"/meetings/{one.meeting}/minutes"
        if visitor.may(listeners(state)):
            shown["sound"] = request.app.state.voices.address(state, spoken)
    return shown


def marked(words: str, question: str) -> Markup:
    """The words with those that were sought marked."""
    sought = tuple(terms(question))
    parts = re.split(r"(\w+)", words)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if part and folded(part).startswith(sought) else escape(part)
        for part in parts
    )


def _told(request: Request, one: Meeting) -> str:
    """A meeting's day and hour."""
    starts = one.plan.starts.astimezone(house(request).zone) if one.plan else None
    return reader(request)("web.when", when=starts)
