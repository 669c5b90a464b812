"""A story read act by act, each put to a council in memory: what that would refuse cannot be played."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from meetings.domain import commands as c
from meetings.domain import polling
from meetings.domain.decide import decide
from meetings.domain.events import Event, Planned, Recorded
from meetings.domain.meeting import Meeting, evolve
from meetings.domain.refusals import Refusal
from meetings.domain.rules import Rules
from meetings.domain.values import BallotId, MeetingId, MemberId, PlannedItem, Role, Seat, Slip
from meetings.domain.voting import BallotCast
from meetings.recording.packets import NotOggOpusError, opus_packets
from meetings.rehearsal.acts import ACTS
from meetings.rehearsal.entries import Entry, Fault
from meetings.rehearsal.steps import Act, Arrive, Kill, Leave, Line, Member, Overlap, Pause, Say, Step

START = datetime(2026, 1, 1, 18, tzinfo=UTC)
ITEMS = 99
"""More than any agenda has: which one is played is not known yet."""

THUMB = timedelta(seconds=1)
"""Between two acts."""


class Playthrough:
    """The meeting as it stands between two acts."""

    def __init__(self, members: Sequence[Member], rules: Rules, audio: Path) -> None:
        self._members, self._audio = {member.key: member for member in members}, audio
        self._meeting, self._at = Meeting(MeetingId("story")), START
        self._slips: list[Slip] = []
        self._steps: list[Step] = []
        self.chair = next(member.key for member in members if member.role is Role.CHAIR)
        self._own: Mapping[str, Callable[[Entry], Step]] = {
            "arrive": self._arrive,
            "leave": self._leave,
            "say": self._say,
            "pause": self._pause,
            "kill": self._kill,
        }
        roster = tuple(Seat(MemberId(member.key), member.role, member.college) for member in members)
        self._house(c.Plan, plan=replace(PLAN, roster=roster, rules=rules))
        self._house(c.Convene)

    def play(self, entries: Sequence[Entry], late: frozenset[str]) -> tuple[Step, ...]:
        """Every act, typed; who is not `late` is there from the start.

        Raises ScenarioError at the first that cannot be.
        """
        for member in self._members.keys() - late:
            self._house(c.Arrive, member=MemberId(member))
        for entry in entries:
            name = entry.one_of("do", (*ACTS, *self._own))
            self._in_session(entry, name)
            self._pass(THUMB)
            step = self._own[name](entry) if name in self._own else self._act(entry, name)
            if isinstance(step, Say) and step.over:
                self._steps[-1] = step
            else:
                self._steps.append(step)
        return tuple(self._steps)

    @property
    def presiding(self) -> str:
        """Who holds the gavel."""
        return self._meeting.chair or self.chair

    @property
    def ballot(self) -> BallotId:
        """The latest ballot, or the next where there was none."""
        return next(reversed(list(self._meeting.ballots)), BallotId("1"))

    def new_ballot(self) -> BallotId:
        """The id of the ballot to come."""
        return BallotId(str(len(self._meeting.ballots) + 1))

    def member(self, entry: Entry, key: str = "who") -> str:
        """The member that the file names. Raises ScenarioError."""
        return self.known(entry, entry.text(key))

    def known(self, entry: Entry, member: str) -> str:
        """That member. Raises ScenarioError where nobody has this key."""
        if member not in self._members:
            raise entry.fault(Fault.UNKNOWN_MEMBER, member=member, known=", ".join(self._members))
        return member

    def _in_session(self, entry: Entry, name: str) -> None:
        if not self._steps and name != "open":
            raise entry.fault(Fault.NOT_OPEN)
        if self._meeting.adjourned:
            raise entry.fault(Fault.OVER)

    def _act(self, entry: Entry, name: str) -> Act:
        deed = ACTS[name](entry, self)
        asked = self._asked(deed.command, MemberId(deed.by))
        if isinstance(asked, c.CloseBallot):
            asked = replace(asked, slips=tuple(self._slips), decision="2026-001")
        outcome = self._do(asked)
        if isinstance(outcome, Refusal):
            raise entry.fault(Fault.REFUSED, refusal=outcome)
        self._fill_urn(asked, outcome)
        return Act(name, deed.by, deed.way, tuple(outcome))

    def _fill_urn(self, asked: c.Command, outcome: list[Event]) -> None:
        """Keep what the log would: a paper for each vote whose mark the event does not tell."""
        if isinstance(asked, c.CastVote):
            sealed = sum(event.weight for event in outcome if isinstance(event, BallotCast) and event.mark is None)
            self._slips += [Slip(str(len(self._slips) + n), asked.mark) for n in range(sealed)]
        elif isinstance(asked, polling.OPENINGS):
            self._slips = []

    def _arrive(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        member = self.member(entry)
        if self._house(c.Arrive, member=MemberId(member)):
            raise entry.fault(Fault.PRESENT, member=member)
        return Arrive(member)

    def _leave(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        member = self.member(entry)
        if self._house(c.Leave, member=MemberId(member)):
            raise entry.fault(Fault.ABSENT, member=member)
        return Leave(member)

    def _say(self, entry: Entry) -> Step:
        entry.allow("do", "who", "text", "audio", "over")
        member = self.member(entry)
        if member not in self._meeting.attendance.present:
            raise entry.fault(Fault.ABSENT, member=member)
        if member not in self._meeting.open_microphones():
            raise entry.fault(Fault.NO_FLOOR, member=member)
        private = self._meeting.interludes.silent_since is not None
        line = Line(member, entry.text("text"), self._meeting.current, *self._sound(entry), private=private)
        said = self._said_over(entry, line) if "over" in entry.table else Say(line)
        self._pass(timedelta(seconds=said.seconds))
        return said

    def _sound(self, entry: Entry) -> tuple[Path, tuple[bytes, ...]]:
        path = self._audio / entry.text("audio")
        try:
            return path, tuple(opus_packets(path))
        except FileNotFoundError as missing:
            raise entry.fault(Fault.NO_AUDIO, audio=path) from missing
        except NotOggOpusError as bad:
            raise entry.fault(Fault.BAD_AUDIO, audio=path, why=bad.problem) from bad

    def _said_over(self, entry: Entry, line: Line) -> Say:
        below, after = self._steps[-1], entry.seconds("over")
        if not isinstance(below, Say) or below.over or below.line.member == line.member or below.line.seconds <= after:
            raise entry.fault(Fault.NOTHING_BELOW, after=after)
        return replace(below, over=Overlap(line, after))

    def _pause(self, entry: Entry) -> Step:
        entry.allow("do", "seconds")
        pause = Pause(entry.seconds("seconds"))
        self._pass(timedelta(seconds=pause.seconds))
        return pause

    @staticmethod
    def _kill(entry: Entry) -> Step:
        entry.allow("do", "seconds")
        return Kill(entry.seconds("seconds"))

    def _pass(self, time: timedelta) -> None:
        """Time passes; a speech whose time is over then is told, as the house does it."""
        self._at += time
        speech = self._meeting.floor.speaker
        if speech and speech.ends and not speech.up and speech.ends <= self._at:
            self._house(c.NoteTimeUp, member=speech.member)

    def _house(self, command: Callable[..., c.Command], **fields: object) -> Refusal | None:
        """What nobody in particular does; the refusal, where it is one."""
        outcome = self._do(self._asked(partial(command, **fields)))
        return outcome if isinstance(outcome, Refusal) else None

    def _asked(self, command: Callable[..., c.Command], by: MemberId | None = None) -> c.Command:
        return command(meeting=self._meeting.id, at=self._at, by=by)

    def _do(self, asked: c.Command) -> list[Event] | Refusal:
        outcome = decide(self._meeting, asked, self._meeting.rules)
        for event in () if isinstance(outcome, Refusal) else outcome:
            recorded = Recorded(self._meeting.id, self._meeting.seq + 1, self._at, asked.by, "", event)
            self._meeting = evolve(self._meeting, recorded)
        return outcome


PLAN = Planned(
    council="",
    title="",
    starts=START,
    ends=START + timedelta(hours=2),
    channel="",
    venue="stage",
    lang="fr",
    items=tuple(PlannedItem(number, str(number)) for number in range(1, ITEMS + 1)),
    roster=(),
)
"""A meeting to play in; the real one has its own words and places, which no act depends on."""
