"""How the session was conducted, as minutes tell it: recesses and closed doors, the agenda's changes, who presided."""

from datetime import datetime

from meetings.domain.conduct import ItemAdded, ItemMoved, ItemPostponed, ItemWithdrawn
from meetings.domain.events import Recorded
from meetings.domain.values import MemberId
from meetings.minutes.document import Act, Interlude, Presided
from meetings.minutes.sources import Sources


def interludes(sources: Sources) -> list[tuple[datetime, Interlude]]:
    """Each recess and closed session, with its beginning."""
    return [
        (one.since, Interlude(one.kind, sources.here(one.since), sources.local(one.until)))
        for one in sources.meeting.interludes.all
    ]


def acts(sources: Sources) -> list[tuple[datetime, Act]]:
    """What was done to the agenda and with the gavel, each with its moment."""
    done = [(recorded.at, _agenda(sources, recorded)) for recorded in sources.meeting.agenda.acts]
    for handing in sources.meeting.gavel.handings:
        by = _name(sources, handing.by)
        done.append((handing.at, Act("gavel", sources.here(handing.at), by, sources.name(handing.member))))
    return sorted(done, key=lambda act: act[0])


def presided(sources: Sources) -> tuple[Presided, ...]:
    """Who presided from when on, after the opening; empty where nobody took the chair's place."""
    opened = sources.meeting.opened
    handings = sources.meeting.gavel.handings if opened else ()
    return tuple(
        Presided(sources.name(handing.member), sources.here(handing.at))
        for handing in handings
        if opened is None or handing.at > opened
    )


def _agenda(sources: Sources, recorded: Recorded) -> Act:
    at, by = sources.here(recorded.at), _name(sources, recorded.by)
    match recorded.event:
        case ItemMoved(number=number, before=before):
            return Act("moved", at, by, _title(sources, number), number, before)
        case ItemWithdrawn(number=number):
            return Act("withdrawn", at, by, _title(sources, number), number)
        case ItemPostponed(number=number):
            return Act("postponed", at, by, _title(sources, number), number)
        case ItemAdded(item=item):
            return Act("added", at, by, sources.tidy(item.title), item.number)
    raise TypeError(f"no act of the agenda: {type(recorded.event).__name__}")


def _title(sources: Sources, number: int) -> str:
    item = sources.meeting.agenda.find(number)
    return sources.tidy(item.plan.title) if item else ""


def _name(sources: Sources, member: MemberId | None) -> str | None:
    return sources.name(member) if member else None
