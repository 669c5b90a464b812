"""A session in which votes are taken: members by number, an urn kept as the council keeps it."""

from datetime import UTC, datetime, timedelta
from itertools import count

from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.decide import decide
from meetings.domain.events import Planned, Recorded
from meetings.domain.marks import spelled
from meetings.domain.meeting import Meeting, evolve
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import CGCT, Rules
from meetings.domain.values import BallotId, Form, Mark, MeetingId, MemberId, PlannedItem, Role, Seat, Slip
from meetings.domain.voting import BallotCast, BallotClosed

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID = MeetingId("m")
CHAIR = MemberId("0")
SEED = "00ff"


class Session:
    """An open session of `members`, member 0 in the chair, the last ones `absent`. Odd ones are of college B."""

    def __init__(self, members: int = 7, rules: Rules = CGCT, absent: int = 0) -> None:
        self.rules, self.state, self.clock, self.log = rules, Meeting(ID), START, list[Recorded]()
        self.urn: dict[BallotId, list[Slip]] = {}
        self.numbers, self.receipts = count(1), count(1)
        self.members = [MemberId(str(number)) for number in range(members)]
        roster = tuple(
            Seat(one, Role.CHAIR if one == CHAIR else Role.MEMBER, "B" if int(one) % 2 else "A") for one in self.members
        )
        items = (PlannedItem(1, "Bancs"), PlannedItem(2, "Fête"))
        self.do(c.Plan, plan=Planned("C", "S", START, START + timedelta(hours=2), "1", "stage", "fr", items, roster))
        self.do(c.Convene)
        for one in self.members[: members - absent]:
            self.do(c.Arrive, member=one)
        self.do(c.Open, CHAIR).do(c.NextItem, CHAIR)

    def ask(self, asked: type[c.Command], by: MemberId | None = None, wait: float = 1, **fields: object) -> Code | None:
        self.clock += timedelta(seconds=wait)
        command = asked(meeting=ID, at=self.clock, by=by, **fields)
        outcome = decide(self.state, command, self.rules)
        if isinstance(outcome, Refusal):
            return outcome.code
        for event in outcome:
            if isinstance(event, BallotCast) and event.mark is None:
                assert isinstance(command, c.CastVote)
                self.lay(event, command.mark)
            self.log.append(Recorded(ID, self.state.seq + 1, self.clock, by, "", event))
            self.state = evolve(self.state, self.log[-1])
        return None

    def lay(self, event: BallotCast, said: str) -> None:
        ballot = self.state.ballots[event.ballot]
        mark = spelled(ballot.form, ballot.places, said)
        assert mark
        slips = [Slip(f"{next(self.receipts):04}", mark) for _ in range(event.weight)]
        self.urn.setdefault(event.ballot, []).extend(slips)

    def do(self, asked: type[c.Command], by: MemberId | None = None, wait: float = 1, **fields: object) -> "Session":
        assert self.ask(asked, by, wait, **fields) is None
        return self

    def put(self, form: Form = Form.MOTION, **fields: object) -> "Session":
        """Put to the vote as the next ballot."""
        ballot = BallotId(f"b{next(self.numbers)}")
        return self.do(c.OpenBallot, CHAIR, ballot=ballot, motion="Q", form=form, commitment="c", key="k", **fields)

    @property
    def ballot(self) -> Ballot:
        return [*self.state.ballots.values()][-1]

    def vote(self, by: int | MemberId, mark: str, text: str = "") -> "Session":
        return self.do(c.CastVote, MemberId(str(by)), ballot=self.ballot.id, mark=Mark(mark), text=text)

    def votes(self, *marks: str) -> "Session":
        """The members' votes, in order, from member 0 on."""
        for by, mark in enumerate(marks):
            self.vote(by, mark)
        return self

    def closing(self, by: MemberId | None = CHAIR) -> Code | None:
        slips = tuple(self.urn.get(self.ballot.id, ()))
        return self.ask(c.CloseBallot, by, ballot=self.ballot.id, slips=slips, seed=SEED, decision="2026-001")

    def closed(self) -> BallotClosed:
        assert self.closing() is None
        assert self.ballot.result
        return self.ballot.result
