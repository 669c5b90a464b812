"""Figures: who spoke for how long, who came, whether the plan was kept; charts, and CSV for whoever counts again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeVar

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from meetings.boards import private
from meetings.domain.meeting import Meeting
from meetings.domain.values import MemberId
from meetings.i18n import Translator
from meetings.i18n.dates import day, duration_short
from meetings.web.access import Door, Who
from meetings.web.archive import found, shelf
from meetings.web.charts import Bar, bars
from meetings.web.house import house
from meetings.web.naming import called
from meetings.web.opendata import meeting_row, table
from meetings.web.pages import page, reader
from meetings.web.shelf import decided

K = TypeVar("K")


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [
        Door("/figures", figures, Who.PUBLIC),
        Door("/figures/meetings.csv", figures_csv, Who.PUBLIC),
        Door("/figures/{meeting}", of_meeting, Who.PUBLIC),
        Door("/figures/{meeting}/speaking.csv", speaking_csv, Who.PUBLIC),
    ]


@dataclass(frozen=True, slots=True)
class Talk:
    """A stretch of somebody's speech under an item (None before the first), in seconds."""

    member: MemberId
    item: int | None
    seconds: float


def talk(meeting: Meeting) -> list[Talk]:
    """Who spoke for how long in public: as recorded, or where nothing was, as the floor was given."""
    spoken = [(one.member, one.start, one.end) for one in meeting.spoken]
    given = [(turn.member, turn.since, turn.until or turn.since) for turn in meeting.floor.turns]
    return [
        Talk(member, meeting.item_at(start), (end - start).total_seconds())
        for member, start, end in spoken or given
        if not private(meeting, start, end)
    ]


def half(seconds: Iterable[float]) -> int:
    """How few speakers held half of the time: the fewer, the less it was shared."""
    ranked = sorted(seconds, reverse=True)
    rest, speakers = sum(ranked) / 2, 0
    for spent in ranked:
        if rest <= 0:
            break
        rest, speakers = rest - spent, speakers + 1
    return speakers


def late(meeting: Meeting) -> float | None:
    """Minutes between the hour it was convened for and its opening."""
    return (meeting.opened - meeting.plan.starts).total_seconds() / 60 if meeting.opened and meeting.plan else None


def overrun(meeting: Meeting) -> float | None:
    """Minutes between the hour at which it was to end and its end; negative where it ended sooner."""
    return (meeting.adjourned - meeting.plan.ends).total_seconds() / 60 if meeting.adjourned and meeting.plan else None


def lasted(meeting: Meeting) -> float | None:
    """Seconds from the opening to the end."""
    return (meeting.adjourned - meeting.opened).total_seconds() if meeting.opened and meeting.adjourned else None


def present(meeting: Meeting) -> float:
    """The share of the members who came, of 1."""
    return len(meeting.attendance.ever_present()) / (len(meeting.attendance.roster) or 1)


def summed(talks: list[Talk], key: Callable[[Talk], K]) -> dict[K, float]:
    """Seconds by member, college or item, the most first."""
    seconds: dict[K, float] = {}
    for one in talks:
        seconds[key(one)] = seconds.get(key(one), 0) + one.seconds
    return dict(sorted(seconds.items(), key=lambda pair: -pair[1]))


async def figures(request: Request) -> Response:
    """Over time: who came, whether it began and ended as planned, what was decided."""
    t, zone = reader(request), house(request).zone
    held = [one for one in shelf(request).meetings() if one.opened and one.plan]
    came = [
        Bar(_day(one, zone, t), present(one) * 100, t("web.figures.percent", share=round(present(one) * 100)))
        for one in held
    ]
    rows = [_row(one, t, _day(one, zone, t)) for one in held]
    return page(request, "figures.html.j2", rows=rows, turnout=bars(came, t("web.figures.turnout")))


def _day(one: Meeting, zone: tzinfo, t: Translator) -> str:
    return day(one.plan.starts.astimezone(zone), t.lang) if one.plan else ""


def _row(one: Meeting, t: Translator, when: str) -> dict[str, object]:
    seconds = lasted(one)
    return {
        "id": one.id,
        "day": when,
        "present": len(one.attendance.ever_present()),
        "entitled": len(one.attendance.roster),
        "late": t("web.figures.minutes", minutes=round(late(one) or 0)),
        "overrun": t("web.figures.minutes", minutes=round(over)) if (over := overrun(one)) is not None else "",
        "lasted": duration_short(seconds) if seconds is not None else "",
        "decisions": sum(1 for _ in decided(one)),
    }


async def of_meeting(request: Request) -> Response:
    """One meeting: speaking time by member, college and item; each item against its plan."""
    one = found(shelf(request).find(request.path_params["meeting"]))
    t, zone = reader(request), house(request).zone
    names = called(one, house(request).council.log.names(), house(request).names, t)
    talks = talk(one)
    colleges = one.floor.colleges
    members = summed(talks, lambda each: each.member)
    charts = {
        "members": {names.get(member, ""): spent for member, spent in members.items()},
        "colleges": summed(talks, lambda each: colleges.get(each.member) or t("web.figures.no-college")),
        "items": summed(talks, lambda each: _item(one, each.item, t)),
    }
    drawn = [(key, _chart(rows, t(f"web.figures.{key}"))) for key, rows in charts.items() if rows]
    return page(
        request,
        "figures-meeting.html.j2",
        meeting=one,
        told=_day(one, zone, t),
        charts=drawn,
        plan=bars(_plan(one), t("web.figures.plan")),
        half=t.n("web.figures.half", half(members.values()), speakers=len(members)) if members else "",
    )


def _chart(seconds: dict[str, float], title: str) -> Markup:
    return bars([Bar(label, spent, duration_short(spent)) for label, spent in seconds.items()], title)


def _item(one: Meeting, number: int | None, t: Translator) -> str:
    item = one.agenda.find(number)
    return f"{number}. {item.plan.title}" if item else t("web.figures.opening")


def _plan(one: Meeting) -> list[Bar]:
    """Each item treated: the time it took, and a mark at the time planned."""
    rows = []
    for item in one.items:
        if item.closed:
            spent = item.spent(item.closed).total_seconds()
            planned = item.plan.minutes * 60 if item.plan.minutes else None
            shown = duration_short(spent) + (f" / {item.plan.minutes} min" if planned else "")
            rows.append(Bar(f"{item.plan.number}. {item.plan.title}", spent, shown, planned))
    return rows


async def figures_csv(request: Request) -> Response:
    """Every meeting's figures."""
    rows = [
        meeting_row(one)
        | {"late_minutes": round(late(one) or 0, 1), "overrun_minutes": round(overrun(one) or 0, 1)}
        | {"lasted_seconds": _whole(lasted(one))}
        for one in shelf(request).meetings()
    ]
    return table(rows, "figures")


async def speaking_csv(request: Request) -> Response:
    """Speaking time in one meeting by member and item, in seconds."""
    one = found(shelf(request).find(request.path_params["meeting"]))
    names = called(one, house(request).council.log.names(), house(request).names, reader(request))
    seconds = summed(talk(one), lambda each: (each.member, each.item))
    rows: list[dict[str, object]] = []
    for (member, item), spent in seconds.items():
        college = one.floor.colleges.get(member, "")
        rows.append({"member": names.get(member, ""), "college": college, "item": item, "seconds": round(spent, 1)})
    return table(rows, f"speaking-{one.id}", ("member", "college", "item", "seconds"))


def _whole(seconds: float | None) -> int | None:
    return round(seconds) if seconds is not None else None
