"""What minutes say of the record put right after the session: whose presence or vote, by whom, when and why."""

from collections.abc import Iterable
from datetime import tzinfo

from meetings.domain.amendments import Amendment as Amended
from meetings.domain.meeting import Meeting
from meetings.domain.record import PresenceAmended, Stay, VoteAmended
from meetings.domain.recount import Recount as Changed
from meetings.domain.recount import history
from meetings.domain.values import BallotId, Mark
from meetings.i18n import Translator, dates, lists
from meetings.i18n.typography import polish
from meetings.minutes.document import Amendment, Recount
from meetings.minutes.proceedings import missing
from meetings.minutes.sources import Sources
from meetings.minutes.text import clean, inner_quotes


def amendments(sources: Sources) -> tuple[Amendment, ...]:
    """Each of them, in the order in which they were made."""
    meeting = sources.meeting
    both = zip(meeting.amendments.all, history(meeting), strict=True)
    return tuple(_amendment(sources, one, changed) for one, changed in both)


def recounts(t: Translator, meeting: Meeting, changed: Iterable[Changed], zone: tzinfo) -> tuple[Recount, ...]:
    """Counts of the quorum that are not what they were, as the minutes have them."""
    return tuple(
        Recount(
            one.count.when,
            one.count.at.astimezone(zone),
            one.before,
            one.after,
            one.needed,
            one.count.item,
            question(t, meeting, one.count.ballot) if one.count.ballot else "",
        )
        for one in changed
    )


def sentence(t: Translator, one: Amendment) -> str:
    """One of them as the minutes tell it."""
    fields = {"name": one.name, "by": one.by, "before": one.before, "after": one.after}
    fields |= {"day": dates.day(one.at, t.lang), "reason": one.reason.rstrip(".") or missing(t, "reason")}
    what = "vote" if one.question else "presence"
    told = t(f"minutes.amended.{what}", question=inner_quotes(one.question).rstrip("."), **fields)
    counted = "\u00a0; ".join(recount(t, changed) for changed in one.recounts)
    return " ".join([told, t("minutes.amended.quorum", counts=counted)]) if counted else told


def recount(t: Translator, one: Recount) -> str:
    """A count put right, as the minutes tell it: what it is and was, and the quorum where that turns."""
    fields = {"time": dates.clock(one.at, t.lang), "item": one.item, "question": inner_quotes(one.question).rstrip(".")}
    where = t(f"minutes.recount.{one.when}", **fields)
    turned = (one.before >= one.needed) is not (one.after >= one.needed)
    key = "minutes.recount" + ((".lost" if one.after < one.needed else ".reached") if turned else ".count")
    return t(key, where=where, before=one.before, after=one.after, needed=one.needed)


def _amendment(sources: Sources, one: Amended, changed: Iterable[Changed]) -> Amendment:
    event = one.event
    before, after, about = _presence(sources, event) if isinstance(event, PresenceAmended) else _vote(sources, event)
    return Amendment(
        name=sources.name(event.member),
        by=sources.name(one.by) if one.by else "",
        at=sources.here(one.at),
        reason=sources.tidy(sources.circumstances.asked.get(event.reason, "")),
        before=before,
        after=after,
        question=about,
        recounts=recounts(sources.t, sources.meeting, changed, sources.circumstances.zone),
    )


def _presence(sources: Sources, event: PresenceAmended) -> tuple[str, str, str]:
    absent = sources.t("minutes.amended.absent")
    away = sources.t("minutes.amended.excused") if event.excused else absent
    return _stays(sources, event.before) or absent, _stays(sources, event.stays) or away, ""


def _stays(sources: Sources, stays: tuple[Stay, ...]) -> str:
    return lists.both([_stay(sources, one) for one in stays], sources.t.lang)


def _stay(sources: Sources, one: Stay) -> str:
    since, until = (dates.clock(sources.here(at), sources.t.lang) if at else "" for at in (one.since, one.until))
    return sources.t("minutes.amended.between" if until else "minutes.amended.from", since=since, until=until)


def _vote(sources: Sources, event: VoteAmended) -> tuple[str, str, str]:
    return _mark(sources, event.before), _mark(sources, event.mark), question(sources.t, sources.meeting, event.ballot)


def question(t: Translator, meeting: Meeting, ballot: BallotId) -> str:
    """What a ballot was about, as minutes say it."""
    return polish(clean(meeting.ballots[ballot].motion), t.lang) or t("minutes.ballot.doors")


def _mark(sources: Sources, mark: Mark | None) -> str:
    return sources.t(f"count.mark.{mark}") if mark else sources.t("minutes.amended.no-vote")
