"""The chair's panel: what can be done now, one press each; what cannot be undone is asked once more."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from meetings.boards.attendance import quorum_lines
from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.text import cut, named
from meetings.domain.ballot import Ballot
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.rules import Falls
from meetings.domain.values import MemberId, Why
from meetings.i18n import Translator
from meetings.i18n.dates import duration_short

_SURE = {Action.ADJOURN: Action.ADJOURN_INDEED, Action.ANNUL: Action.ANNUL_INDEED}
"""What cannot be undone, and what then does it."""

LATE = timedelta(seconds=30)
"""Within which words are expected."""

TITLE = 40
"""Characters of an item's title on a button."""


def panel(
    meeting: Meeting,
    names: Mapping[MemberId, str],
    t: Translator,
    asked: Action | None = None,
    now: datetime | None = None,
) -> Board:
    """The panel of who presides over a planned meeting, in the reader's words.

    `asked` is what they are asked again; `now` tells what is late.
    """
    if asked in _SURE and meeting.phase is Phase.OPEN:
        sure = Section((Line(t(f"boards.panel.sure.{asked}"), Style.STRONG),))
        buttons = _buttons(meeting, t, {_SURE[asked]: Accent.BAD, Action.STAY: Accent.SIDE})
        return Board("panel", t("boards.panel.title"), (sure,), buttons, tone=Tone.BAD)
    lines = (*_state(meeting, names, t), *(_late(meeting, now, t) if now else ()))
    buttons = _buttons(meeting, t, _possible(meeting))
    return Board("panel", t("boards.panel.title"), (Section(lines),), buttons, tone=Tone.LIVE)


def _state(meeting: Meeting, names: Mapping[MemberId, str], t: Translator) -> Iterator[Line]:
    """Where the session is, for who acts next; once it is over, how far its minutes are."""
    roll, interludes = meeting.attendance, meeting.interludes
    if meeting.phase is Phase.ADJOURNED:
        yield from _progress(meeting, t)
        return
    if interludes.private:
        yield Line(t("boards.panel.private"), Style.STRONG)
    if interludes.recess:
        yield Line(t("boards.panel.recess"), Style.STRONG)
    if item := meeting.item:
        yield Line(t("boards.session.current", number=item.plan.number, title=cut(item.plan.title, 80)), Style.STRONG)
    if speaker := meeting.floor.speaker:
        yield Line(t("boards.floor.speaks", name=named(speaker.member, names, t)), Style.PLAIN, speaker.since)
    if ballot := meeting.running_ballot:
        yield Line(t.n("boards.ballot.voted", len(ballot.votes), present=len(roll.present)), Style.STRONG)
        if ballot.deadline:
            yield Line(t("boards.ballot.deadline"), Style.PLAIN, ballot.deadline)
    if meeting.floor.queue:
        yield Line(t.n("boards.panel.waiting", len(meeting.floor.queue)))
    yield from quorum_lines(meeting, t)


def _progress(meeting: Meeting, t: Translator) -> Iterator[Line]:
    """Of the minutes: the words that are known, of all that was recorded; and whether they are drafted."""
    total = len(meeting.spoken)
    done = total - len(meeting.pending())
    yield Line(t("boards.panel.transcribed", done=done, total=total), Style.STRONG if done < total else Style.PLAIN)
    drafted = "drafted" if meeting.draft else "drafting" if done == total else "undrafted"
    yield Line(t(f"boards.panel.{drafted}"), Style.STRONG)


def _late(meeting: Meeting, now: datetime, t: Translator) -> Iterator[Line]:
    """What the transcription owes for too long."""
    ends = [spoken.end for spoken in meeting.pending() if now - spoken.end > LATE]
    if ends:
        yield Line(t.n("boards.panel.late", len(ends), time=duration_short((now - min(ends)).total_seconds())))


def another_round(meeting: Meeting) -> Ballot | None:
    """The appointment that waits for its next round: the last vote, where nobody was elected by it."""
    last = list(meeting.ballots.values())[-1:]
    waits = [ballot for ballot in last if ballot.annulled is None and ballot.result]
    return next((ballot for ballot in waits if ballot.result and ballot.result.why is Why.NEXT_ROUND), None)


def _possible(meeting: Meeting) -> dict[Action, Accent]:
    """What would not be refused now, in the order in which it is reached for."""
    lacking = not meeting.attendance.quorate(meeting.rules)
    if meeting.phase is Phase.CONVENED:
        return {Action.RECONVENE: Accent.BAD} if lacking else {Action.OPEN: Accent.GOOD}
    if meeting.phase is Phase.ADJOURNED and not meeting.draft:
        return {Action.LOOK: Accent.SIDE}
    if meeting.phase is not Phase.OPEN:
        return {}
    if meeting.running_ballot:
        return {Action.COUNT: Accent.MAIN, Action.ANNUL: Accent.BAD}
    wanted = (
        _in_recess(meeting, lacking=lacking) if meeting.interludes.recess else _in_session(meeting, lacking=lacking)
    )
    return {action: accent for action, accent in wanted.items() if accent}


def _in_recess(meeting: Meeting, *, lacking: bool) -> dict[Action, Accent | None]:
    held = lacking and meeting.rules.quorum.falls is Falls.RECESS
    return {
        Action.RESUME: None if held else Accent.GOOD,
        Action.RECONVENE: Accent.BAD if lacking else None,
        Action.ADJOURN: Accent.BAD,
    }


def _in_session(meeting: Meeting, *, lacking: bool) -> dict[Action, Accent | None]:
    """Items and votes want a quorum; what is said meanwhile does not."""
    private, floor = meeting.interludes.private is not None, meeting.floor
    debated = floor.queue or floor.speaker
    return {
        Action.NEXT: Accent.MAIN if meeting.agenda.waiting() and not lacking else None,
        Action.GIVE: Accent.GOOD if floor.queue else None,
        Action.SKIP: Accent.SIDE if len(floor.queue) > 1 and not floor.queue[0].skipped else None,
        Action.TAKE: Accent.SIDE if floor.speaker else None,
        Action.EXTEND: Accent.SIDE if floor.speaker and floor.speaker.ends else None,
        Action.CLOSE_LIST: Accent.SIDE if debated and not floor.closed else None,
        Action.REOPEN_LIST: Accent.SIDE if floor.closed else None,
        Action.ROUND: Accent.MAIN if another_round(meeting) and not lacking else None,
        Action.BALLOT: None if lacking else Accent.SIDE,
        Action.URN: None if lacking else Accent.SIDE,
        Action.OTHER: None if lacking else Accent.SIDE,
        Action.SUSPEND: Accent.SIDE,
        Action.REOPEN: Accent.SIDE if private else None,
        Action.DOORS: None if private or lacking else Accent.SIDE,
        Action.RECONVENE: Accent.BAD if lacking else None,
        Action.ADJOURN: Accent.BAD,
    }


def _buttons(meeting: Meeting, t: Translator, actions: Mapping[Action, Accent]) -> tuple[Button, ...]:
    return tuple(Button(action, meeting.id, _label(action, meeting, t), accent) for action, accent in actions.items())


def _label(action: Action, meeting: Meeting, t: Translator) -> str:
    if action is Action.NEXT:
        plan = meeting.agenda.waiting()[0].plan
        return t("boards.panel.next-item", number=plan.number, title=cut(plan.title, TITLE))
    if action is Action.ROUND and (before := another_round(meeting)):
        return t("boards.panel.round", round=before.round + 1)
    return t(f"boards.panel.{action}")
