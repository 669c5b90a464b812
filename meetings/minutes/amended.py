"""What minutes say of the record put right after the session: whose presence or vote, by whom, when and why."""

from meetings.domain.amendments import Amendment as Amended
from meetings.domain.record import PresenceAmended, Stay, VoteAmended
from meetings.domain.values import Mark
from meetings.i18n import Translator, dates, lists
from meetings.minutes.document import Amendment
from meetings.minutes.proceedings import missing
from meetings.minutes.sources import Sources
from meetings.minutes.text import inner_quotes


def amendments(sources: Sources) -> tuple[Amendment, ...]:
    """Each of them, in the order in which they were made."""
    return tuple(_amendment(sources, one) for one in sources.meeting.amendments.all)


def sentence(t: Translator, one: Amendment) -> str:
    """One of them as the minutes tell it."""
    fields = {"name": one.name, "by": one.by, "before": one.before, "after": one.after}
    fields |= {"day": dates.day(one.at, t.lang), "reason": one.reason.rstrip(".") or missing(t, "reason")}
    what = "vote" if one.question else "presence"
    return t(f"minutes.amended.{what}", question=inner_quotes(one.question).rstrip("."), **fields)


def _amendment(sources: Sources, one: Amended) -> Amendment:
    event = one.event
    before, after, question = _presence(sources, event) if isinstance(event, PresenceAmended) else _vote(sources, event)
    return Amendment(
        name=sources.name(event.member),
        by=sources.name(one.by) if one.by else "",
        at=sources.here(one.at),
        reason=sources.tidy(sources.circumstances.asked.get(event.reason, "")),
        before=before,
        after=after,
        question=question,
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
    ballot = sources.meeting.ballots[event.ballot]
    doors = sources.t("minutes.ballot.doors")
    return _mark(sources, event.before), _mark(sources, event.mark), sources.tidy(ballot.motion) or doors


def _mark(sources: Sources, mark: Mark | None) -> str:
    return sources.t(f"count.mark.{mark}") if mark else sources.t("minutes.amended.no-vote")
