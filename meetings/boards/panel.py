"""The chair's panel: what can be done now, one press each; what cannot be undone is asked once more."""

from collections.abc import Iterator, Mapping

from meetings.boards.board import Accent, Action, Board, Button, Line, Section, Style, Tone
from meetings.boards.text import cut, named
from meetings.domain.ballot import Ballot
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.rules import Rules
from meetings.domain.values import MemberId, Why
from meetings.i18n import Translator

_SURE = {Action.ADJOURN: Action.ADJOURN_INDEED, Action.ANNUL: Action.ANNUL_INDEED}
"""What cannot be undone, and what then does it."""

TITLE = 40
"""Characters of an item's title on a button."""


def panel(
    meeting: Meeting, names: Mapping[MemberId, str], rules: Rules, t: Translator, asked: Action | None = None
) -> Board:
    """The panel of who presides over a planned meeting, in the reader's words; `asked`: what they are asked again."""
    if asked in _SURE and meeting.phase is Phase.OPEN:
        sure = Section((Line(t(f"boards.panel.sure.{asked}"), Style.STRONG),))
        buttons = _buttons(meeting, t, {_SURE[asked]: Accent.BAD, Action.STAY: Accent.SIDE})
        return Board("panel", t("boards.panel.title"), (sure,), buttons, tone=Tone.BAD)
    lines = tuple(_state(meeting, names, rules, t))
    buttons = _buttons(meeting, t, _possible(meeting))
    return Board("panel", t("boards.panel.title"), (Section(lines),), buttons, tone=Tone.LIVE)


def _state(meeting: Meeting, names: Mapping[MemberId, str], rules: Rules, t: Translator) -> Iterator[Line]:
    """Where the session is, for who acts next."""
    roll, interludes = meeting.attendance, meeting.interludes
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
    key = "boards.session.quorum" if roll.quorate(rules) else "boards.session.no-quorum"
    yield Line(t(key, present=len(roll.present), entitled=len(roll.roster), needed=roll.needed(rules)), Style.SMALL)


def another_round(meeting: Meeting) -> Ballot | None:
    """The appointment that waits for its next round: the last vote, where nobody was elected by it."""
    last = list(meeting.ballots.values())[-1:]
    waits = [ballot for ballot in last if ballot.annulled is None and ballot.result]
    return next((ballot for ballot in waits if ballot.result and ballot.result.why is Why.NEXT_ROUND), None)


def _possible(meeting: Meeting) -> dict[Action, Accent]:
    """What would not be refused now, in the order in which it is reached for."""
    if meeting.phase is Phase.CONVENED:
        return {Action.OPEN: Accent.GOOD}
    if meeting.phase is not Phase.OPEN:
        return {}
    if meeting.interludes.recess:
        return {Action.RESUME: Accent.GOOD, Action.ADJOURN: Accent.BAD}
    if meeting.running_ballot:
        return {Action.COUNT: Accent.MAIN, Action.ANNUL: Accent.BAD}
    private = meeting.interludes.private is not None
    wanted = {
        Action.NEXT: Accent.MAIN if meeting.agenda.waiting() else None,
        Action.GIVE: Accent.GOOD if meeting.floor.queue else None,
        Action.TAKE: Accent.SIDE if meeting.floor.speaker else None,
        Action.ROUND: Accent.MAIN if another_round(meeting) else None,
        Action.BALLOT: Accent.SIDE,
        Action.URN: Accent.SIDE,
        Action.OTHER: Accent.SIDE,
        Action.SUSPEND: Accent.SIDE,
        Action.REOPEN: Accent.SIDE if private else None,
        Action.DOORS: None if private else Accent.SIDE,
        Action.ADJOURN: Accent.BAD,
    }
    return {action: accent for action, accent in wanted.items() if accent}


def _buttons(meeting: Meeting, t: Translator, actions: Mapping[Action, Accent]) -> tuple[Button, ...]:
    return tuple(Button(action, meeting.id, _label(action, meeting, t), accent) for action, accent in actions.items())


def _label(action: Action, meeting: Meeting, t: Translator) -> str:
    if action is Action.NEXT:
        plan = meeting.agenda.waiting()[0].plan
        return t("boards.panel.next-item", number=plan.number, title=cut(plan.title, TITLE))
    if action is Action.ROUND and (before := another_round(meeting)):
        return t("boards.panel.round", round=before.round + 1)
    return t(f"boards.panel.{action}")
