"""The document as its reader sees it: all labels, numbers and sentences in words; templates only lay it out."""

from dataclasses import asdict
from datetime import datetime

from meetings.domain.rules import Transcript
from meetings.i18n import Translator, dates, lists, translator
from meetings.minutes import amended
from meetings.minutes.annex import Leads, annex, keys, substance
from meetings.minutes.document import Attendee, Minutes, Planned, Rectification, Task
from meetings.minutes.proceedings import Table, View, missing, number, section
from meetings.minutes.text import inner_quotes


def view(minutes: Minutes) -> View:
    """What every rendering of `minutes` shows."""
    t = translator(minutes.lang)
    day = dates.day(minutes.opened or minutes.planned, minutes.lang)
    leads = keys(minutes)
    return {
        "lang": minutes.lang,
        "title": t("minutes.title", council=minutes.council, date=day),
        "council": minutes.council,
        "heading": t("minutes.heading"),
        "meeting": minutes.title,
        "day": day[:1].upper() + day[1:],
        "banner": t("minutes.banner") if minutes.draft else "",
        "labels": {name: t(f"minutes.{name}") for name in ("contents", "page", "skip")},
        "opening": _opening(t, minutes),
        "facts": _facts(t, minutes),
        "attendance": {
            "heading": t("minutes.attendance.heading"),
            "table": asdict(_attendance(t, minutes.present)),
            "lines": _away(t, minutes),
            "quorum": _quorum(t, minutes),
        },
        "agenda": {
            "heading": t("minutes.agenda.heading"),
            "items": [_planned(t, item) for item in minutes.agenda],
        },
        "sections": _sections(t, minutes, leads),
        "annex": annex(t, minutes, leads),
        "decisions": {
            "heading": t("minutes.decisions.heading"),
            "rows": [(number(t, one.number), one.sentence) for one in minutes.decisions],
            "none": t("minutes.decisions.none"),
        },
        "list": {
            "heading": t("minutes.list.heading"),
            "title": t("minutes.list.title", council=minutes.council, date=day),
            "about": t("minutes.list.about"),
        },
        "parts": [part for part in (_tasks(t, minutes), _rectifications(t, minutes), _amendments(t, minutes)) if part],
        "closing": {"heading": t("minutes.closing.heading"), "paragraphs": _closing(t, minutes)},
        "signatures": {
            "heading": t("minutes.signature.heading"),
            "note": _approved(t, minutes),
            "lines": [
                (t("minutes.signature.chair"), minutes.chair or missing(t, "chair")),
                (t("minutes.signature.secretary"), minutes.secretary or missing(t, "secretary")),
            ],
        },
        "about": {"heading": t("minutes.about.heading"), "paragraphs": _about(t, minutes)},
    }


def _sections(t: Translator, minutes: Minutes, leads: Leads) -> list[View]:
    """The proceedings; an opening or an end of which nothing is to be told here is left out."""
    annexed = minutes.transcript is Transcript.ANNEX
    shown = [
        section(t, one, first=place == 0, annexed=annexed) | {"substance": substance(t, minutes, one, leads)}
        for place, one in enumerate(minutes.sections)
    ]
    return [one for one in shown if one["number"] is not None or one["entries"] or one["substance"]]


def _tasks(t: Translator, minutes: Minutes) -> View | None:
    """What was noted to be done: who, what, by when."""
    if not minutes.actions:
        return None
    columns = [t(f"minutes.actions.{column}") for column in ("who", "what", "due", "item")]
    rows = [_task(t, one) for one in minutes.actions]
    table = asdict(Table(t("minutes.actions.caption"), columns, rows))
    return {"heading": t("minutes.actions.heading"), "table": table, "paragraphs": []}


def _task(t: Translator, one: Task) -> list[str]:
    who = one.who or missing(t, "who")
    due = dates.day(one.due, t.lang) if one.due else missing(t, "due")
    noted = t("minutes.actions.noted", by=one.by or missing(t, "who"), time=dates.clock(one.at, t.lang))
    return [who, one.what, due, f"{one.item} · {noted}" if one.item else noted]


def _rectifications(t: Translator, minutes: Minutes) -> View | None:
    """Each correction asked for, in its member's words, and what became of it."""
    if not minutes.rectifications:
        return None
    told = [_rectification(t, one) for one in minutes.rectifications]
    return {"heading": t("minutes.rectifications.heading"), "table": None, "paragraphs": told}


def _amendments(t: Translator, minutes: Minutes) -> View | None:
    """Each correction of the record after the session."""
    if not minutes.amendments:
        return None
    told = [amended.sentence(t, one) for one in minutes.amendments]
    return {"heading": t("minutes.amended.heading"), "table": None, "paragraphs": told}


def _rectification(t: Translator, one: Rectification) -> str:
    state = "waiting" if one.accepted is None else "accepted" if one.accepted else "declined"
    key = f"minutes.rectifications.{state}" + ("" if one.original else "-whole")
    asked = inner_quotes(one.asked) or missing(t, "asked")
    return t(key, name=one.name, asked=asked.rstrip("."), original=inner_quotes(one.original).rstrip("."))


def _approved(t: Translator, minutes: Minutes) -> str:
    """That the council approved the document, on which day, by which decision."""
    if minutes.approved is None:
        return ""
    key = "minutes.approved" + ("-decision" if minutes.approved.decision else "")
    return t(key, day=dates.day(minutes.approved.at, t.lang), number=minutes.approved.decision)


def _clock(t: Translator, when: datetime | None, what: str) -> str:
    return dates.clock(when, t.lang) if when else missing(t, what)


def _opening(t: Translator, minutes: Minutes) -> str:
    return t(
        "minutes.opening",
        date=dates.opening_words(minutes.opened or minutes.planned, t.lang),
        chair=minutes.chair or missing(t, "chair"),
        secretary=minutes.secretary or missing(t, "secretary"),
    )


def _facts(t: Translator, minutes: Minutes) -> list[tuple[str, str]]:
    return [
        (t("minutes.fact.place"), minutes.place or missing(t, "place")),
        (t("minutes.fact.opened"), _opened(t, minutes)),
        (t("minutes.fact.closed"), _clock(t, minutes.closed, "closed")),
        (t("minutes.fact.chair"), _presided(t, minutes)),
        (t("minutes.fact.secretary"), minutes.secretary or missing(t, "secretary")),
    ]


def _opened(t: Translator, minutes: Minutes) -> str:
    """The hour; a meeting put off for lack of quorum may have none."""
    unopened = minutes.opened is None and minutes.reconvened is not None
    return t("minutes.fact.unopened") if unopened else _clock(t, minutes.opened, "opened")


def _presided(t: Translator, minutes: Minutes) -> str:
    """The chair, then from when on somebody else presided."""
    later = [t("minutes.fact.presided", name=one.name, time=dates.clock(one.since, t.lang)) for one in minutes.presided]
    return ", ".join([minutes.chair or missing(t, "chair"), *later])


def _attendance(t: Translator, present: tuple[Attendee, ...]) -> Table:
    """The roll of those present; a column nobody fills is left out."""
    colleges = any(one.college for one in present)
    columns = ["member", *(["college"] if colleges else []), "role", "presence"]
    rows = [
        [one.name, *([one.college] if colleges else []), t(f"minutes.role.{one.role.value}"), _presence(t, one)]
        for one in present
    ]
    return Table(t("minutes.attendance.caption"), [t(f"minutes.attendance.{column}") for column in columns], rows)


def _presence(t: Translator, one: Attendee) -> str:
    when = _when(t, one)
    return t("minutes.attendance.noted", when=when, by=one.noted) if one.noted else when


def _when(t: Translator, one: Attendee) -> str:
    arrived, left = (dates.clock(at, t.lang) if at else "" for at in (one.arrived, one.left))
    if arrived and left:
        return t("minutes.attendance.both", arrived=arrived, left=left)
    if arrived or left:
        return t("minutes.attendance.arrived" if arrived else "minutes.attendance.left", time=arrived or left)
    return t("minutes.attendance.whole")


def _away(t: Translator, minutes: Minutes) -> list[tuple[str, str]]:
    proxies = [t("minutes.represented.by", name=one.name, by=one.by) for one in minutes.represented]
    lines = (("represented", proxies), ("excused", minutes.excused), ("absent", minutes.absent))
    return [(t(f"minutes.{key}"), lists.both(names, t.lang)) for key, names in lines if names]


def _quorum(t: Translator, minutes: Minutes) -> str:
    quorum = minutes.quorum
    if quorum is None:
        return missing(t, "quorum")
    if minutes.waived:
        fields = {"held": dates.day(minutes.waived, t.lang), "present": quorum.present, "members": quorum.members}
        told = t("minutes.quorum.waived", **fields)
    else:
        key = "minutes.quorum.reached" if quorum.reached else "minutes.quorum.lost"
        key += "-proxies" if quorum.proxies else ""
        told = t(key, members=quorum.members, needed=quorum.needed, present=quorum.present)
    return told if quorum.noted is None else f"{told} {t('minutes.quorum.noted', noted=quorum.noted)}"


def _planned(t: Translator, item: Planned) -> View:
    details = [t("minutes.agenda.rapporteur", name=item.rapporteur)] if item.rapporteur else []
    details += [_kind(t, item.kind)] if item.kind else []
    details += [t.n("minutes.agenda.minutes", item.minutes)] if item.minutes is not None else []
    return {"number": item.number, "title": item.title, "detail": " · ".join(details)}


def _kind(t: Translator, kind: str) -> str:
    """The kind in words; one we do not know as the agenda wrote it."""
    key = f"minutes.kind.{kind}"
    return t(key) if key in t else kind


def _closing(t: Translator, minutes: Minutes) -> list[str]:
    after = minutes.next_meeting
    following = t("minutes.next", when=dates.moment(after, t.lang) if after else missing(t, "next"))
    if minutes.reconvened and minutes.closed:
        key = "minutes.reconvened" if minutes.opened else "minutes.reconvened-unopened"
        return [t(key, time=dates.clock(minutes.closed, t.lang), when=minutes.reconvened)]
    if minutes.opened is None or minutes.closed is None:
        return [missing(t, "closed"), following]
    complete = all(section.opened or section.fate for section in minutes.sections if section.plan)
    duration = dates.duration((minutes.closed - minutes.opened).total_seconds(), t.lang)
    key = "minutes.closed" if complete else "minutes.closed-early"
    return [t(key, time=dates.clock(minutes.closed, t.lang), duration=duration), following]


def _about(t: Translator, minutes: Minutes) -> list[str]:
    told = [t("minutes.about.draft")] if minutes.draft else []
    told.append(t("minutes.about.log"))
    if minutes.rules:
        told.append(t("minutes.about.rules", rules=minutes.rules))
    if minutes.model:
        told.append(t("minutes.about.model", model=minutes.model))
    if minutes.transcript is not Transcript.PLACE:
        told.append(t("minutes.about.substance"))
        told += [t.n("minutes.about.chosen", minutes.chosen)] if minutes.chosen else []
    if minutes.summariser:
        told.append(t("minutes.about.summary", model=minutes.summariser))
    if minutes.struck:
        told.append(t.n("minutes.about.struck", minutes.struck))
    if minutes.unrecorded:
        told.append(t("minutes.about.unrecorded", names=minutes.unrecorded))
    if minutes.silenced:
        told.append(t("minutes.about.silenced"))
    return [*told, t("minutes.about.doubtful")]
