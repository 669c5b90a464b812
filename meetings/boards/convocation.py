"""The convocation: date, place and agenda of a meeting to come, and what one may answer."""

from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.session import TITLE
from meetings.boards.text import cut
from meetings.domain.events import Planned
from meetings.domain.meeting import Meeting, Phase
from meetings.i18n import Translator, translator

ITEMS = 30
"""Items shown: a longer agenda is in the calendar's event."""


def convocation_board(meeting: Meeting) -> Board:
    """As the meeting stands now; buttons until its hour. Raises ValueError for an unplanned meeting."""
    if meeting.plan is None:
        raise ValueError(f"meeting {meeting.id} is not planned")
    plan, t = meeting.plan, translator(meeting.plan.lang)
    off = meeting.phase is Phase.CANCELLED
    head = [
        Line(t("boards.convocation.off" if off else "boards.convocation.called", council=plan.council), Style.STRONG),
        Line(t("boards.convocation.when"), at=plan.starts),
        *([Line(t("boards.convocation.place", place=cut(plan.place, 200)))] if plan.place else []),
        *_documents(plan, t),
        Line(t("boards.convocation.zones"), Style.SMALL),
    ]
    sections = (Section(tuple(head)), Section(tuple(_agenda(plan, t)), t("boards.session.agenda")))
    buttons = _buttons(meeting, t) if meeting.phase is Phase.PLANNED else ()
    title, tone = cut(plan.title, TITLE) or plan.council, Tone.BAD if off else Tone.LIVE
    return Board("convocation", title, sections, buttons, tone=tone)


def _documents(plan: Planned, t: Translator) -> list[Line]:
    url = plan.entry.url if plan.entry else ""
    shown = url.startswith(("https://", "http://")) and len(url) <= 500 and not any(map(str.isspace, url))
    return [Line(t("boards.convocation.documents", url=url))] if shown else []


def _agenda(plan: Planned, t: Translator) -> list[Line]:
    lines = []
    for item in plan.items[:ITEMS]:
        minutes = [t("boards.session.minutes", minutes=item.minutes)] if item.minutes else []
        title = t("boards.session.to-come", number=item.number, title=cut(item.title, TITLE))
        lines.append(Line(" · ".join([title, *([cut(item.rapporteur, 60)] if item.rapporteur else []), *minutes])))
    if (more := len(plan.items) - ITEMS) > 0:
        lines.append(Line(t.n("boards.session.after", more), Style.SMALL))
    return lines


def _buttons(meeting: Meeting, t: Translator) -> tuple[Button, ...]:
    excuse = Button(Action.EXCUSE, meeting.id, t("boards.convocation.excuse"))
    proxy = Button(Action.PROXY, meeting.id, t("boards.convocation.proxy"), Accent.SIDE)
    return (excuse, proxy) if meeting.rules.proxies.held else (excuse,)
