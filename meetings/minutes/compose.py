"""From a meeting's state and what was said, its minutes. Pure: the same meeting gives the same document."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from meetings.domain.attendance import Fall as Fallen
from meetings.domain.attendance import Movement as Moved
from meetings.domain.events import Planned as PlannedMeeting
from meetings.domain.meeting import Item, Meeting
from meetings.domain.values import MemberId, PlannedItem, Role, UtteranceId
from meetings.i18n import translator
from meetings.minutes import amended, conduct, debate, essence, path, votes
from meetings.minutes.document import Fall, Gap, Minutes, Movement, Period, Planned, Represented, Section
from meetings.minutes.quoting import Key
from meetings.minutes.sources import Circumstances, Sources, Words
from meetings.minutes.summary import Question

Place = int | Literal["opening", "end"]
"""A section of the minutes: an item by its number, what came before the first, what came after the adjournment."""


def compose(
    meeting: Meeting,
    transcript: Mapping[UtteranceId, Words],
    names: Mapping[MemberId, str],
    circumstances: Circumstances | None = None,
) -> Minutes:
    """The minutes of a planned meeting, at any moment of it. Raises ValueError where the meeting was never planned.

    An utterance belongs to the item in debate when it began. One that `transcript` lacks is left to be completed; one
    whose words are empty is no speech. Members whom `names` lacks are left to be completed.
    """
    plan, sources = _sources(meeting, transcript, names, circumstances or Circumstances())
    sections, struck = essence.told(sources, plan.lang, _sections(sources))
    present = sources.attendees()
    sat = {seat.member for seat, _ in present}
    away = [seat.member for seat in meeting.attendance.roster if seat.member not in sat]
    proxies, excused = sources.represented(), sources.circumstances.excused | meeting.attendance.excused.keys()
    reconvened = meeting.attendance.reconvened
    return Minutes(
        lang=plan.lang,
        council=sources.tidy(plan.council),
        title=sources.tidy(plan.title),
        planned=sources.here(plan.starts),
        opened=sources.local(meeting.opened),
        closed=sources.local(meeting.adjourned),
        place=sources.tidy(sources.circumstances.place or "") or None,
        chair=_chair(sources, sat),
        secretary=_holder(sources, Role.SECRETARY, sat),
        present=tuple(attendee for _, attendee in present),
        represented=tuple(Represented(sources.name(m), sources.name(holder)) for m, holder in proxies.items()),
        excused=tuple(sources.name(m) for m in away if m in excused and m not in proxies),
        absent=tuple(sources.name(m) for m in away if m not in excused and m not in proxies),
        quorum=sources.quorum_at(meeting.opened or (meeting.adjourned if reconvened else None)),
        agenda=tuple(_planned(sources, item) for item in plan.items),
        sections=sections,
        transcript=meeting.rules.minutes.transcript,
        summariser=sources.circumstances.summariser if struck or any(one.summary for one in sections) else None,
        struck=struck,
        next_meeting=sources.local(reconvened or sources.circumstances.next_meeting),
        unrecorded=tuple(sources.name(member) for member in sorted(sources.circumstances.unrecorded)),
        model=sources.circumstances.model,
        presided=conduct.presided(sources),
        rules=sources.rules(),
        reconvened=sources.local(reconvened),
        waived=sources.local(plan.waiver.held) if plan.waiver else None,
        actions=path.tasks(sources),
        rectifications=path.rectifications(sources),
        amendments=amended.amendments(sources),
        chosen=len(essence.choices(sources)),
    )


def questions(
    meeting: Meeting,
    transcript: Mapping[UtteranceId, Words],
    names: Mapping[MemberId, str],
    circumstances: Circumstances | None = None,
) -> list[Question]:
    """What a language model is to be asked for the minutes that `compose` makes of the same; nothing where the whole
    debate stands in them. Raises ValueError as `compose`.
    """
    plan, sources = _sources(meeting, transcript, names, circumstances or Circumstances())
    return [asked for section in _sections(sources) if (asked := essence.asked(sources, plan.lang, section))]


def marks(
    meeting: Meeting,
    transcript: Mapping[UtteranceId, Words],
    names: Mapping[MemberId, str],
    circumstances: Circumstances | None = None,
) -> Mapping[Key, tuple[Key, bool]]:
    """Every sentence that somebody may choose for the minutes that `compose` makes of the same, by each part of it: the
    utterance it begins in and its place there, and whether it is in the substance. Raises ValueError as `compose`.
    """
    plan, sources = _sources(meeting, transcript, names, circumstances or Circumstances())
    return essence.marks(sources, plan.lang, _sections(sources))


def _sources(
    meeting: Meeting,
    transcript: Mapping[UtteranceId, Words],
    names: Mapping[MemberId, str],
    circumstances: Circumstances,
) -> tuple[PlannedMeeting, Sources]:
    if meeting.plan is None:
        raise ValueError(f"meeting {meeting.id} has no plan")
    corrected = path.rectified(meeting, transcript, circumstances)
    t = translator(meeting.plan.lang)
    return meeting.plan, Sources(meeting, corrected, names, circumstances, t)


def _chair(sources: Sources, sat: set[MemberId]) -> str | None:
    """Who presided at the opening."""
    meeting = sources.meeting
    begun = [handing.member for handing in meeting.gavel.handings if meeting.opened and handing.at <= meeting.opened]
    return sources.name(begun[-1]) if begun else _holder(sources, Role.CHAIR, sat)


def _holder(sources: Sources, role: Role, sat: set[MemberId]) -> str | None:
    member = sources.meeting.attendance.holder(role)
    return sources.name(member) if member in sat and member is not None else None


def _planned(sources: Sources, item: PlannedItem) -> Planned:
    title, rapporteur, kind = sources.tidy(item.title), sources.tidy(item.rapporteur), sources.tidy(item.kind)
    return Planned(item.number, title, rapporteur, kind, item.minutes)


def _sections(sources: Sources) -> tuple[Section, ...]:
    """The opening and the end where something happened in them, and every item: as treated, then those left over."""
    items = sorted(sources.meeting.items, key=lambda item: (item.opened is None, item.opened or item.plan.number))
    opening, end = _section(sources, "opening"), _section(sources, "end")
    treated = [_section(sources, item.plan.number, item) for item in items]
    return (*([opening] if _happened(opening) else []), *treated, *([end] if _happened(end) else []))


def _happened(section: Section) -> bool:
    happened = (section.speeches, section.ballots, section.decisions, section.movements, section.gaps)
    return any((*happened, section.interludes, section.acts, section.falls, section.approves))


def _section(sources: Sources, place: Place, item: Item | None = None) -> Section:
    meeting = sources.meeting
    recording = meeting.recording
    moves = [move for move in sources.movements() if _place(meeting, move.at) == place]
    motions = [motion for motion in meeting.ballots.values() if (motion.item or "opening") == place]
    gaps = [(start, end) for start, end in recording.holes if _place(meeting, start) == place]
    uttered = [
        spoken
        for spoken in recording.utterances.values()
        if (meeting.review.item(spoken.utterance) or _place(meeting, spoken.start)) == place
        and not meeting.interludes.hide(spoken.start, spoken.end)
    ]
    marks = [move.at for move in moves] + [motion.opened for motion in motions] + [start for start, _ in gaps]
    marks += [motion.closed for motion in motions if motion.closed]
    pauses = [(at, pause) for at, pause in conduct.interludes(sources) if _place(meeting, at) == place]
    acts = [(at, act) for at, act in conduct.acts(sources) if _place(meeting, at) == place]
    falls = [fall for fall in meeting.attendance.falls if _place(meeting, fall.since) == place]
    marks += [at for fall in falls for at in (fall.since, fall.until) if at]
    again = item.openings[1:] if item else ()
    approves = tuple(one for one in path.approves(sources) if _place(meeting, one.at) == place)
    marks += [one.at for one in approves]
    marks += [at for at, _ in (*pauses, *acts)] + [opening.since for opening in again]
    number = item.plan.number if item else None
    decisions = (votes.decision(sources, motion) for motion in motions)
    return Section(
        plan=_planned(sources, item.plan) if item else None,
        opened=sources.local(item.opened) if item else None,
        closed=sources.local(item.openings[0].until) if item and item.openings else None,
        quorum=sources.quorum_at(item.opened) if item else None,
        speeches=debate.speeches(sources, uttered, marks),
        ballots=tuple(votes.ballot(sources, motion) for motion in motions if not motion.private),
        decisions=tuple(decision for decision in decisions if decision),
        movements=tuple(_movement(sources, move, number) for move in moves),
        gaps=tuple(Gap(sources.here(start), sources.here(end)) for start, end in gaps),
        interludes=tuple(pause for _, pause in pauses),
        acts=tuple(act for _, act in acts),
        again=tuple(Period(sources.here(one.since), sources.local(one.until)) for one in again),
        fate=item.fate if item else None,
        added=item.added if item else False,
        falls=tuple(_fall(sources, fall) for fall in falls),
        approves=approves,
    )


def _movement(sources: Sources, move: Moved, item: int | None) -> Movement:
    noted = sources.name(move.noted) if move.noted else ""
    return Movement(sources.name(move.member), sources.here(move.at), move.arrived, item, noted)


def _fall(sources: Sources, fall: Fallen) -> Fall:
    return Fall(sources.here(fall.since), fall.present, fall.needed, sources.local(fall.until), fall.regained)


def _place(meeting: Meeting, instant: datetime) -> Place:
    if meeting.adjourned and instant >= meeting.adjourned:
        return "end"
    return meeting.item_at(instant) or "opening"
