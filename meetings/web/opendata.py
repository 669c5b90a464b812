"""Open data: meetings and decisions as JSON and CSV, for anyone's own reading and reckoning."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from meetings.domain.meeting import Meeting
from meetings.web.access import Door, Who
from meetings.web.archive import shelf
from meetings.web.house import house
from meetings.web.pages import reader
from meetings.web.shelf import decided


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [
        Door("/data/decisions.json", decisions_json, Who.PUBLIC),
        Door("/data/decisions.csv", decisions_csv, Who.PUBLIC),
        Door("/data/meetings.json", meetings_json, Who.PUBLIC),
        Door("/data/meetings.csv", meetings_csv, Who.PUBLIC),
    ]


async def decisions_json(request: Request) -> Response:
    """Open data: every decision."""
    return JSONResponse([row async for row in _decision_rows(request)], headers=_OPEN)


async def decisions_csv(request: Request) -> Response:
    """Open data: every decision."""
    return table([row async for row in _decision_rows(request)], "decisions")


async def meetings_json(request: Request) -> Response:
    """Open data: every meeting with its agenda."""
    rows = [row | {"items": _items(one)} for one in shelf(request).meetings() for row in [meeting_row(one)]]
    return JSONResponse(rows, headers=_OPEN)


async def meetings_csv(request: Request) -> Response:
    """Open data: every meeting."""
    return table([meeting_row(one) for one in shelf(request).meetings()], "meetings")


_OPEN = {"Access-Control-Allow-Origin": "*"}


async def _decision_rows(request: Request) -> AsyncIterator[dict[str, object]]:
    for one in shelf(request).decisions():
        result = one.ballot.result
        if result is None:
            continue
        yield {
            "number": one.number,
            "date": stamp(one.ballot.closed, request),
            "meeting": one.meeting.id,
            "item": one.ballot.item,
            "motion": one.motion(reader(request)),
            "decision": await shelf(request).sentence(one),
            "outcome": one.outcome,
            "secret": one.ballot.secret,
            "for": result.tally.for_,
            "against": result.tally.against,
            "abstain": result.tally.abstain,
            "url": f"/decisions/{one.number}",
        }


def meeting_row(one: Meeting) -> dict[str, object]:
    """A meeting's facts; times are ISO 8601."""
    plan = one.plan
    return {
        "id": one.id,
        "title": plan.title if plan else "",
        "planned": plan.starts.isoformat() if plan else None,
        "opened": one.opened.isoformat() if one.opened else None,
        "closed": one.adjourned.isoformat() if one.adjourned else None,
        "members": len(one.attendance.roster),
        "present": len(one.attendance.ever_present()),
        "decisions": sum(1 for _ in decided(one)),
    }


def _items(one: Meeting) -> list[dict[str, object]]:
    return [
        {
            "number": item.plan.number,
            "title": item.plan.title,
            "planned_minutes": item.plan.minutes,
            "seconds": round(item.spent(item.closed).total_seconds()) if item.closed else None,
            "fate": item.fate,
        }
        for item in one.items
    ]


def stamp(at: datetime | None, request: Request) -> str | None:
    """A moment in the council's zone, ISO 8601 to the second."""
    return at.astimezone(house(request).zone).isoformat(timespec="seconds") if at else None


def table(rows: Iterable[dict[str, object]], name: str, columns: Sequence[str] = ()) -> Response:
    """Rows as CSV (RFC 4180; UTF-8 with its mark, for spreadsheets); nothing in a cell is taken for a formula."""
    listed = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or (list(listed[0]) if listed else ()))
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in listed)
    headers = _OPEN | {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
