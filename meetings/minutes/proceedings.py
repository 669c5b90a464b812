"""The proceedings in words: each section's heading and, in order of time, what was said, voted, decided and noted."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from meetings.domain.values import Choice, Form
from meetings.i18n import Translator, dates, lists
from meetings.minutes.document import (
    Act,
    Approves,
    Ballot,
    Fall,
    Gap,
    Interlude,
    Movement,
    Passage,
    Section,
    Speech,
    Vote,
)
from meetings.minutes.text import inner_quotes

View = dict[str, object]
"""Strings, numbers, lists and dicts only: what a template or JSON takes."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its column heads, its rows."""

    caption: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, in its place: `kind` is speech, note, vote or decision; `lead` heads it, `key` is where
    others lead to it.
    """

    kind: str
    at: datetime
    lead: str = ""
    detail: str = ""
    mark: str = ""
    paragraphs: tuple[str, ...] = ()
    key: str = ""
    table: Table | None = None
    names: tuple[tuple[str, str], ...] = ()


def missing(t: Translator, what: str, **fields: object) -> str:
    """What is to be completed, in words."""
    return t("minutes.missing", what=t(f"minutes.missing.{what}", **fields))


def section(t: Translator, section: Section, *, first: bool, annexed: bool = False) -> View:
    """A section; one that is no item of the agenda is the opening where it is `first`, else the end.

    What was said, and what of it was not recorded, may be `annexed` instead.
    """
    entries = [
        *(speech(t, one) for one in section.speeches if not annexed),
        *(_ballot(t, ballot) for ballot in section.ballots),
        *(_movement(t, movement) for movement in section.movements),
        *(gap(t, one) for one in section.gaps if not annexed),
        *(note for fall in section.falls for note in _fall(t, fall)),
        *(_interlude(t, one) for one in section.interludes),
        *(_act(t, act) for act in section.acts),
        *(_approves(t, one) for one in section.approves),
        *(Entry("decision", one.at, number(t, one.number), paragraphs=(one.sentence,)) for one in section.decisions),
    ]
    return headed(t, section, first=first) | {"detail": _treated(t, section), "entries": ordered(entries)}


def headed(t: Translator, section: Section, *, first: bool) -> View:
    """A section's number and heading."""
    if section.plan:
        return {"number": section.plan.number, "heading": section.plan.title}
    return {"number": None, "heading": t("minutes.opening.heading" if first else "minutes.end.heading")}


_ORDER = {"note": 0, "speech": 1, "vote": 2, "decision": 3}


def ordered(entries: Iterable[Entry]) -> list[View]:
    """What happened, in order of time."""
    return [_plain(entry) for entry in sorted(entries, key=lambda entry: (entry.at, _ORDER[entry.kind]))]


def _plain(entry: Entry) -> View:
    shown = asdict(entry)
    del shown["at"]
    return shown


def _treated(t: Translator, section: Section) -> str:
    """Who presented an item, when it was treated and before how many; or that it was not."""
    if section.plan is None:
        return ""
    if section.opened is None:
        return t(f"minutes.item.{section.fate or 'untreated'}")
    times = _times(t, section.opened, section.closed)
    for one in section.again:
        times = t("minutes.item.again", times=times, again=_times(t, one.since, one.until))
    details = [times[:1].upper() + times[1:]]
    details += [t("minutes.item.added")] if section.added else []
    details += [t(f"minutes.item.stopped.{section.fate}")] if section.fate else []
    if section.plan.rapporteur:
        details.append(t("minutes.agenda.rapporteur", name=section.plan.rapporteur))
    if quorum := section.quorum:
        held = "minutes.item.quorum" if quorum.reached else "minutes.item.quorum-lost"
        told = t(held + ("-proxies" if quorum.proxies else ""), present=quorum.present, needed=quorum.needed)
        noted = "" if quorum.noted is None else " " + t("minutes.item.quorum-noted", noted=quorum.noted)
        details.append(told + noted)
    return " · ".join(details)


def _times(t: Translator, since: datetime, until: datetime | None) -> str:
    opened, closed = (dates.clock(at, t.lang) if at else "" for at in (since, until))
    return t("minutes.item.times" if until else "minutes.item.since", opened=opened, closed=closed)


def speech(t: Translator, speech: Speech, key: str = "") -> Entry:
    """What one member said in one go."""
    return Entry(
        "speech",
        speech.start,
        speech.speaker,
        dates.clock(speech.start, t.lang),
        t("minutes.speech.doubtful") if speech.doubtful else "",
        tuple(" ".join(_said(t, passage) for passage in part) for part in speech.paragraphs),
        key,
    )


def _said(t: Translator, passage: Passage) -> str:
    if passage.text is None:
        return missing(t, "words", duration=dates.duration(max(1, passage.seconds), t.lang))
    return passage.text + (" [?]" if passage.doubtful else "")


def _ballot(t: Translator, ballot: Ballot) -> Entry:
    """The question, the result and who asked for it; then how it was reached, and what receipts are."""
    manner = "secret" if ballot.secret else "public"
    detail = f"minutes.ballot.{manner}" + ("-at" if ballot.closed else "")
    receipts = (t("minutes.ballot.receipts"),) if ballot.papers else ()
    motion = ballot.form is Form.MOTION
    return Entry(
        "vote",
        ballot.closed or ballot.opened,
        t("minutes.ballot.heading"),
        t(detail, time=dates.clock(ballot.closed, t.lang) if ballot.closed else ""),
        paragraphs=(
            ballot.question,
            ballot.result or t("minutes.ballot.open"),
            ballot.request or "",
            *ballot.steps,
            *receipts,
        ),
        table=_tally(t, ballot) if motion else _counts(t, ballot),
        names=_papers(t, ballot) if ballot.secret else _roll(t, ballot),
    )


def _tally(t: Translator, ballot: Ballot) -> Table:
    out = [(Choice.OUT, ballot.out)] if ballot.out else []
    votes = [(Choice.FOR, ballot.for_), (Choice.AGAINST, ballot.against), (Choice.ABSTAIN, ballot.abstain), *out]
    head = [*(t(f"minutes.choice.{choice}") for choice, _ in votes), t("minutes.choice.none")]
    return Table(t("minutes.votes.caption"), head, [[*(str(number) for _, number in votes), str(ballot.not_voting)]])


def _counts(t: Translator, ballot: Ballot) -> Table:
    rows = [[one.label, str(one.votes)] for one in ballot.counts]
    rows.append([t("minutes.choice.none"), str(ballot.not_voting)])
    return Table(t("minutes.votes.caption"), [t("minutes.votes.option"), t("minutes.votes.number")], rows)


def _roll(t: Translator, ballot: Ballot) -> tuple[tuple[str, str], ...]:
    """Who voted what, in the order of the votes."""
    voters: dict[str, list[str]] = {}
    for vote in ballot.votes:
        label = vote.said or t(f"minutes.choice.{vote.choice.value if vote.choice else 'none'}")
        voters.setdefault(label, []).append(_voter(t, vote))
    return tuple((label, lists.both(names, t.lang)) for label, names in voters.items())


def _papers(t: Translator, ballot: Ballot) -> tuple[tuple[str, str], ...]:
    """The receipts of the papers that say the same."""
    receipts: dict[str, list[str]] = {}
    for paper in sorted(ballot.papers, key=lambda paper: (paper.said, paper.receipt)):
        receipts.setdefault(paper.said, []).append(paper.receipt)
    return tuple((said, lists.both(found, t.lang)) for said, found in receipts.items())


def _voter(t: Translator, vote: Vote) -> str:
    return t("minutes.vote.by", name=vote.name, by=vote.by) if vote.by else vote.name


def _movement(t: Translator, movement: Movement) -> Entry:
    key = "minutes.movement.arrived" if movement.arrived else "minutes.movement.left"
    key += "-noted" if movement.noted else ""
    words = t(key, name=movement.name, time=dates.clock(movement.at, t.lang), by=movement.noted)
    return Entry("note", movement.at, paragraphs=(words,))


def _fall(t: Translator, fall: Fall) -> list[Entry]:
    """That the quorum was lost, and where it was that it came back."""
    told = [("lost", fall.since, fall.present), *([("regained", fall.until, fall.regained)] if fall.until else [])]
    return [
        Entry(
            "note",
            at,
            paragraphs=(
                t(f"minutes.note.quorum-{what}", time=dates.clock(at, t.lang), present=present, needed=fall.needed),
            ),
        )
        for what, at, present in told
    ]


def gap(t: Translator, gap: Gap) -> Entry:
    """That nothing was recorded for a while."""
    start, end = (dates.precise(at, t.lang) for at in (gap.start, gap.end))
    return Entry("note", gap.start, paragraphs=(t("minutes.gap", start=start, end=end),))


def _interlude(t: Translator, one: Interlude) -> Entry:
    end = dates.clock(one.until, t.lang) if one.until else ""
    key = f"minutes.note.{one.kind}" + ("" if one.until else "-open")
    return Entry("note", one.since, paragraphs=(t(key, start=dates.clock(one.since, t.lang), end=end),))


def _act(t: Translator, act: Act) -> Entry:
    fields = {"time": dates.clock(act.at, t.lang), "by": act.by or missing(t, "chair")}
    if act.what == "gavel":
        key = "minutes.note.gavel-back" if act.by == act.subject else "minutes.note.gavel"
        return Entry("note", act.at, paragraphs=(t(key, name=act.subject, **fields),))
    title = inner_quotes(act.subject)
    key = f"minutes.note.{act.what}" + ("-last" if act.what == "moved" and act.before is None else "")
    return Entry("note", act.at, paragraphs=(t(key, number=act.item, title=title, before=act.before, **fields),))


def _approves(t: Translator, one: Approves) -> Entry:
    """That the minutes of an earlier meeting are approved, and how."""
    key = "minutes.note.approves" + ("-decision" if one.decision else "")
    words = t(key, time=dates.clock(one.at, t.lang), day=dates.day(one.meeting, t.lang), number=one.decision)
    return Entry("note", one.at, paragraphs=(words,))


def number(t: Translator, number: str) -> str:
    """`Décision n° 2026-014`."""
    return t("minutes.decision.number", number=number)
