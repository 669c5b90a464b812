"""What a person sees while a meeting is rehearsed: what happens, line by line, and the room as it stands."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from meetings.domain import conduct, debate, presence, tape, voting
from meetings.domain import events as e
from meetings.domain.meeting import Meeting, Phase
from meetings.domain.values import MemberId, UtteranceId
from meetings.i18n import Translator
from meetings.i18n.dates import clock
from meetings.log.store import Words

PLAIN = (
    e.Convened,
    e.Adjourned,
    e.MinutesDrafted,
    e.Arrived,
    e.Left,
    debate.HandRaised,
    debate.FloorGiven,
    conduct.Suspended,
    conduct.Resumed,
    conduct.ClosedSessionAsked,
    conduct.ClosedSessionBegun,
    conduct.ClosedSessionEnded,
    conduct.ItemPostponed,
    conduct.GavelHanded,
    debate.ListClosed,
    debate.TimeUp,
    presence.Excused,
    presence.QuorumLost,
    presence.QuorumRegained,
    voting.BallotAnnulled,
    voting.BallotAsked,
    voting.ProxyAccepted,
)
"""Events told in one sentence with the member's name, if they have one."""


class View:
    """Told the meeting's news, it writes them; on a terminal the room stands below, redrawn."""

    def __init__(self, t: Translator, *, quiet: bool) -> None:
        self._t = t
        self._console = Console(file=sys.stderr, quiet=quiet, highlight=False)
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._names: Mapping[MemberId, str] = {}
        self._saying = ""

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._live.stop()

    def tell(self, key: str, **fields: object) -> None:
        """Write one line of the catalogue's section `rehearsal`."""
        self._console.print(Text(self._t(f"rehearsal.{key}", **fields), style="dim"))

    def saying(self, words: str) -> None:
        """What the cast says now, by the script."""
        self._saying = words

    def show(
        self,
        meeting: Meeting,
        news: list[e.Recorded],
        names: Mapping[MemberId, str],
        words: Mapping[UtteranceId, Words],
    ) -> None:
        """Write what is new, and redraw the room."""
        self._names = names
        for recorded in news:
            if line := self._line(meeting, recorded, words):
                self._console.print(line)
        if self._console.is_terminal:
            self._live.update(self._room(meeting), refresh=True)

    def end(self, rows: Mapping[str, str]) -> None:
        """Write the summary, a row a figure; the keys are the catalogue's."""
        self._live.stop()
        table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
        for key, value in rows.items():
            table.add_row(Text(self._t(f"rehearsal.summary.{key}"), style="dim"), Text(value))
        self._console.print(Panel(table, title=self._t("rehearsal.summary"), expand=False))

    def _name(self, member: MemberId) -> str:
        return self._names.get(member, member)

    def _line(self, meeting: Meeting, recorded: e.Recorded, words: Mapping[UtteranceId, Words]) -> Text | None:
        """One event as a line, or None for what a person need not read."""
        match recorded.event:
            case e.ItemOpened(number=number):
                title = next(item.plan.title for item in meeting.items if item.plan.number == number)
                return Text(self._t("rehearsal.item", number=number, title=title), style="bold cyan")
            case voting.BallotOpened(motion=""):
                return None  # closed doors: the event that follows says so
            case conduct.ClosedSessionPut():
                return Text(self._t("rehearsal.ballot.public", motion=self._t("boards.ballot.doors")), style="yellow")
            case voting.BallotOpened(motion=motion, secret=secret):
                kind = "secret" if secret else "public"
                return Text(self._t(f"rehearsal.ballot.{kind}", motion=motion), style="yellow")
            case voting.BallotClosed(tally=tally, outcome=outcome, decision=decision):
                fields = {"for_": tally.for_, "against": tally.against, "abstain": tally.abstain}
                return Text(self._t(f"rehearsal.ballot.{outcome}", decision=decision, **fields), style="bold yellow")
            case tape.UtteranceTranscribed(utterance=key) if key in words and words[key].text:
                if key in meeting.review.echoes():
                    return None
                name = self._name(meeting.recording.utterances[key].member)
                return Text.assemble((f"  {name} — ", "green"), words[key].text)
            case tape.RecordingInterrupted(start=start, end=end):
                return Text(self._t("rehearsal.hole", seconds=round((end - start).total_seconds(), 1)), style="red")
            case e.Opened(present=present, needed=needed):
                return Text(self._t("rehearsal.opened", present=present, needed=needed), style="bold")
            case event if isinstance(event, PLAIN):
                return self._plain(event)
        return None

    def _plain(self, event: e.Event) -> Text:
        member = event.giver if isinstance(event, voting.ProxyAccepted) else getattr(event, "member", None)
        fields: dict[str, object] = {"name": self._name(member)} if member else {}
        fields |= {"number": event.number} if isinstance(event, conduct.ItemPostponed) else {}
        return Text(self._t(f"rehearsal.{type(event).__name__.lower()}", **fields), style="dim")

    def _room(self, meeting: Meeting) -> RenderableType:
        t, room = self._t, meeting.attendance
        rows = Table.grid(padding=(0, 2))
        item = meeting.item
        speaker = meeting.floor.speaker
        queue = ", ".join(self._name(request.member) for request in meeting.floor.queue)
        ballot = meeting.running_ballot
        for key, value in (
            ("item", f"{item.plan.number}. {item.plan.title}" if item else t(f"rehearsal.phase.{meeting.phase}")),
            ("present", ", ".join(self._name(member) for member in room.present)),
            ("speaker", self._name(speaker.member) if speaker else "—"),
            ("queue", queue or "—"),
            ("vote", f"{len(ballot.votes)}/{len(room.present)}" if ballot else "—"),
            ("words", f"{len(meeting.spoken) - len(meeting.pending())}/{len(meeting.spoken)}"),
        ):
            rows.add_row(Text(t(f"rehearsal.room.{key}"), style="dim"), Text(value))
        title = meeting.plan.title if meeting.plan else ""
        now = Text(self._saying if meeting.phase is Phase.OPEN else "", style="italic")
        return Panel(Group(rows, now), title=Text(title), subtitle=_since(meeting, t))


def _since(meeting: Meeting, t: Translator) -> str:
    return clock(meeting.opened.astimezone(), t.lang) if meeting.opened else ""
