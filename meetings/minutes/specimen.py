"""A blank document on the council's own paper: whether that can be written on is seen before anything is."""

from datetime import UTC, datetime
from zipfile import BadZipFile

from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import fold
from meetings.domain.values import MeetingId, PlannedItem
from meetings.findings import AilingError
from meetings.minutes import render
from meetings.minutes.compose import compose
from meetings.minutes.document import Minutes
from meetings.minutes.stationery import LARGEST, LogoError, Stationery

LINES, SIGNS = 8, 90
"""What of an address leaves the first page to the minutes, and a line unbroken."""

_WRITERS = {".docx": render.docx, ".odt": render.odt, ".ott": render.odt}
_UNREADABLE = (ValueError, SyntaxError, LookupError, BadZipFile)
"""What files raise that are no DOCX or ODT, or not whole."""


def letterhead(paper: Stationery) -> None:
    """Write on it as PDF and HTML. Raises AilingError (logo, logo-broken, address), OSError."""
    from typst import TypstError  # here, for the bot's memory

    try:
        render.html(_blank(), paper=paper)
        render.pdf(_blank(), paper=paper)
    except LogoError as wrong:
        raise AilingError("logo", path=paper.logo, most=LARGEST // 1000) from wrong
    except TypstError as wrong:
        raise AilingError("logo-broken", path=paper.logo) from wrong
    longest = max(map(len, paper.lines), default=0)
    if len(paper.lines) > LINES or longest > SIGNS:
        raise AilingError("address", lines=len(paper.lines), longest=longest, most=LINES, signs=SIGNS)


def template(paper: Stationery) -> None:
    """Write on its DOCX or ODT template, where it has one. Raises AilingError (template, template-kind), OSError."""
    if paper.template is None:
        return
    if (writer := _WRITERS.get(paper.template.suffix)) is None:
        raise AilingError("template-kind", path=paper.template, kinds=list(_WRITERS))
    try:
        writer(_blank(), paper)
    except _UNREADABLE as wrong:
        raise AilingError("template", path=paper.template) from wrong


def _blank() -> Minutes:
    now = datetime.now(UTC)
    items = (PlannedItem(1, "…"),)
    plan = Planned("…", "…", starts=now, ends=now, channel="", venue="stage", lang="fr", items=items, roster=())
    meeting = MeetingId("specimen")
    return compose(fold(meeting, [Recorded(meeting, 1, now, None, "", plan)]), {}, {})
