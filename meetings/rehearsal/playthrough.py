"""A story read act by act, each checked against what a council can live at that moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from meetings.domain.values import Choice, Role
from meetings.rehearsal.cast.ogg import NotOggOpusError, opus_packets
from meetings.rehearsal.conducting import IN_RECESS, OF_THE_CHAIR, Conducting
from meetings.rehearsal.entries import Entry, Fault
from meetings.rehearsal.steps import (
    Adjourn,
    Arrive,
    AskDoors,
    Ballot,
    Close,
    Gavel,
    Give,
    Leave,
    Line,
    Lower,
    Member,
    Next,
    Open,
    Overlap,
    Pause,
    Postpone,
    Raise,
    Recess,
    Reopen,
    Resume,
    Say,
    Step,
    Take,
    Vote,
)


class Playthrough:
    """The room as it stands between two acts, and the acts so far."""

    def __init__(self, members: Sequence[Member], audio: Path) -> None:
        self._members = {member.key: member for member in members}
        self._conduct = Conducting(next(member.key for member in members if member.role is Role.CHAIR))
        self._audio = audio
        self._present: set[str] = set()
        self._queue: list[str] = []
        self._speaker: str | None = None
        self._votes: dict[str, Choice] | None = None
        self._item: int | None = None
        self._steps: list[Step] = []
        self._acts: Mapping[str, Callable[[Entry], Step]] = {
            "open": self._open,
            "next": self._next,
            "adjourn": self._adjourn,
            "arrive": self._arrive,
            "leave": self._leave,
            "raise": self._raise,
            "request": self._request,
            "lower": self._lower,
            "give": self._give,
            "take": self._take,
            "say": self._say,
            "ballot": self._ballot,
            "vote": self._vote,
            "close": self._close,
            "recess": self._recess,
            "resume": self._resume,
            "doors": self._doors,
            "reopen": self._reopen,
            "postpone": self._postpone,
            "gavel": self._gavel,
            "pause": self._pause,
        }

    def play(self, entries: Sequence[Entry]) -> tuple[Step, ...]:
        """Every act, typed. Raises ScenarioError at the first that cannot be."""
        self._present = self._members.keys() - _late(entries)
        for entry in entries:
            name = entry.one_of("do", self._acts)
            self._in_session(entry, name)
            step = self._acts[name](entry)
            if isinstance(step, Say) and step.over:
                self._steps[-1] = step
            else:
                self._steps.append(step)
        return tuple(self._steps)

    def _in_session(self, entry: Entry, act: str) -> None:
        if not self._steps and act != "open":
            raise entry.fault(Fault.NOT_OPEN)
        if self._steps and act == "open":
            raise entry.fault(Fault.OPEN_ALREADY)
        if self._steps and isinstance(self._steps[-1], Adjourn):
            raise entry.fault(Fault.OVER)
        if self._conduct.recess and act not in IN_RECESS:
            raise entry.fault(Fault.IN_RECESS)
        presiding = self._conduct.presiding
        if act in OF_THE_CHAIR and presiding not in self._present:
            raise entry.fault(Fault.ABSENT, member=presiding)

    def _open(self, entry: Entry) -> Step:
        entry.allow("do")
        return Open()

    def _next(self, entry: Entry) -> Step:
        entry.allow("do")
        self._no_ballot(entry)
        self._item = self._conduct.next_item(self._item)
        return Next()

    def _adjourn(self, entry: Entry) -> Step:
        entry.allow("do")
        self._no_ballot(entry)
        return Adjourn()

    def _arrive(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        member = self._who(entry)
        if member in self._present:
            raise entry.fault(Fault.PRESENT, member=member)
        self._present.add(member)
        return Arrive(member)

    def _leave(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        member = self._here(entry)
        self._present.remove(member)
        self._queue = [other for other in self._queue if other != member]
        self._speaker = None if self._speaker == member else self._speaker
        return Leave(member)

    def _raise(self, entry: Entry) -> Step:
        return Raise(self._queued(entry))

    def _request(self, entry: Entry) -> Step:
        return Raise(self._queued(entry), native=True)

    def _queued(self, entry: Entry) -> str:
        entry.allow("do", "who")
        member = self._here(entry)
        if member in self._queue:
            raise entry.fault(Fault.HAND_UP, member=member)
        if member == self._speaker:
            raise entry.fault(Fault.HAS_FLOOR, member=member)
        self._queue.append(member)
        return member

    def _lower(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        member = self._here(entry)
        if member not in self._queue:
            raise entry.fault(Fault.HAND_DOWN, member=member)
        self._queue.remove(member)
        return Lower(member)

    def _give(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        if self._conduct.doors_voted:
            raise entry.fault(Fault.NO_DEBATE)
        member = self._here(entry) if "who" in entry.table else None
        if member is None and not self._queue:
            raise entry.fault(Fault.NO_QUEUE)
        speaker = member or self._queue[0]
        if speaker == self._speaker:
            raise entry.fault(Fault.HAS_FLOOR, member=speaker)
        self._speaker = speaker
        self._queue = [other for other in self._queue if other != speaker]
        return Give(member)

    def _take(self, entry: Entry) -> Step:
        entry.allow("do")
        if self._speaker is None:
            raise entry.fault(Fault.NO_SPEAKER)
        self._speaker = None
        return Take()

    def _say(self, entry: Entry) -> Step:
        entry.allow("do", "who", "text", "audio", "over")
        member = self._here(entry)
        if member not in {self._conduct.presiding, self._speaker}:
            raise entry.fault(Fault.NO_FLOOR, member=member)
        private = self._conduct.private
        line = Line(member, entry.text("text"), self._item, *self._sound(entry), private=private)
        return self._said_over(entry, line) if "over" in entry.table else Say(line)

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

    def _ballot(self, entry: Entry) -> Step:
        entry.allow("do", "text", "secret")
        self._no_ballot(entry)
        self._votes = {}
        return Ballot(entry.text("text"), entry.flag("secret"))

    def _vote(self, entry: Entry) -> Step:
        entry.allow("do", "who", "choice")
        member = self._here(entry)
        choice = Choice(entry.one_of("choice", [choice.value for choice in Choice]))
        if self._votes is None:
            raise entry.fault(Fault.NO_BALLOT)
        if member in self._votes:
            raise entry.fault(Fault.VOTED, member=member)
        self._votes[member] = choice
        return Vote(member, choice)

    def _close(self, entry: Entry) -> Step:
        entry.allow("do")
        if self._votes is None:
            raise entry.fault(Fault.NO_BALLOT)
        self._conduct.counted(self._votes)
        self._votes = None
        return Close()

    def _recess(self, entry: Entry) -> Step:
        entry.allow("do")
        self._no_ballot(entry)
        self._conduct.recess, self._speaker = True, None
        return Recess()

    def _resume(self, entry: Entry) -> Step:
        entry.allow("do")
        if not self._conduct.recess:
            raise entry.fault(Fault.NO_RECESS)
        self._conduct.recess = False
        return Resume()

    def _doors(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        self._no_ballot(entry)
        member = self._here(entry)
        if self._conduct.ask(entry, member):
            self._votes, self._speaker = {}, None
        return AskDoors(member)

    def _reopen(self, entry: Entry) -> Step:
        entry.allow("do")
        self._no_ballot(entry)
        if not self._conduct.private:
            raise entry.fault(Fault.DOORS_OPEN)
        self._conduct.private = False
        return Reopen()

    def _postpone(self, entry: Entry) -> Step:
        entry.allow("do", "item")
        number = entry.number("item")
        if number in self._conduct.postponed or number < (self._item or 0):
            raise entry.fault(Fault.TREATED, number=number)
        self._conduct.postponed.add(number)
        return Postpone(number)

    def _gavel(self, entry: Entry) -> Step:
        entry.allow("do", "who")
        member = self._here(entry) if "who" in entry.table else None
        giver = self._conduct.chair if member is None else self._conduct.presiding
        if giver not in self._present:
            raise entry.fault(Fault.ABSENT, member=giver)
        self._conduct.hand(entry, member)
        return Gavel(member)

    def _pause(self, entry: Entry) -> Step:
        entry.allow("do", "seconds")
        return Pause(entry.seconds("seconds"))

    def _no_ballot(self, entry: Entry) -> None:
        if self._votes is not None:
            raise entry.fault(Fault.BALLOT_OPEN)

    def _who(self, entry: Entry) -> str:
        member = entry.text("who")
        if member not in self._members:
            raise entry.fault(Fault.UNKNOWN_MEMBER, member=member, known=", ".join(self._members))
        return member

    def _here(self, entry: Entry) -> str:
        member = self._who(entry)
        if member not in self._present:
            raise entry.fault(Fault.ABSENT, member=member)
        return member


def _late(entries: Sequence[Entry]) -> set[str]:
    """Who comes in before ever going out, and so was not there from the start."""
    first: dict[str, str] = {}
    for act, member in ((entry.table.get("do"), entry.table.get("who")) for entry in entries):
        if act in ("arrive", "leave") and isinstance(member, str):
            first.setdefault(member, str(act))
    return {member for member, act in first.items() if act == "arrive"}
