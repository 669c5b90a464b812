"""The review: who corrects overwrites nobody, everything can be undone while nobody built on it, nothing is lost."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.domain import commands as c
from meetings.domain import reviewing as r
from meetings.domain.approval import MinutesProposed
from meetings.domain.decide import decide
from meetings.domain.events import Adjourned, MinutesDrafted, Planned, Recorded
from meetings.domain.meeting import Meeting, evolve, fold
from meetings.domain.rectified import pending, rectified
from meetings.domain.refusals import Code, Refusal
from meetings.domain.review import Line, LineId
from meetings.domain.rules import CGCT
from meetings.domain.values import MeetingId, MemberId, PlannedItem, RequestId, Role, Seat, UtteranceId

ID, START = MeetingId("m"), datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
CHAIR, SECRETARY, ANNE = MemberId("chair"), MemberId("secretary"), MemberId("anne")
PLAN = Planned(
    *("Conseil", "Séance", START, START + timedelta(hours=1), "1", "voice", "fr"),
    items=(PlannedItem(1, "Bancs"), PlannedItem(2, "Piste")),
    roster=(Seat(CHAIR, Role.CHAIR), Seat(SECRETARY, Role.SECRETARY), Seat(ANNE)),
)


class Table:
    """A meeting of three utterances, ten seconds each, and what is done to it."""

    def __init__(self) -> None:
        self.log: list[Recorded] = []
        self.meeting = Meeting(ID)
        self.do(c.Plan, None, plan=PLAN)
        for number in range(3):
            start = START + timedelta(seconds=20 * number)
            key = UtteranceId(f"u{number}")
            self.do(c.NoteUtterance, None, utterance=key, member=ANNE, start=start, end=start + timedelta(seconds=10))

    def do(self, kind: type[c.Command], by: MemberId | None = SECRETARY, **fields: Any) -> Refusal | None:
        outcome = decide(self.meeting, kind(meeting=ID, at=START, by=by, **fields), CGCT)
        if isinstance(outcome, Refusal):
            return outcome
        news = [Recorded(ID, self.meeting.seq + n, START, by, "", event) for n, event in enumerate(outcome, 1)]
        self.log += news
        self.meeting = reduce(evolve, news, self.meeting)
        return None

    @property
    def lines(self) -> dict[str, Line]:
        return {line.id: line for line in self.meeting.review.lines(self.meeting.recording.utterances)}

    def undo(self, by: MemberId = SECRETARY, *, undoing: bool = False) -> Refusal | None:
        act = self.meeting.review.last(by, undoing=undoing)
        return self.do(r.UndoReview, by, act=act) if act else Refusal(Code.NOT_UNDOABLE)


def test_only_the_secretary_and_the_chair_review() -> None:
    table = Table()
    refusal = table.do(r.StrikeLine, ANNE, line=LineId("u0"))
    assert refusal
    assert refusal.code is Code.SECRETARY_ONLY
    assert table.do(r.StrikeLine, CHAIR, line=LineId("u0")) is None


def test_who_corrects_old_words_overwrites_nothing() -> None:
    table = Table()
    assert table.do(r.CorrectLine, line=LineId("u0"), base="", digest="mine") is None
    refusal = table.do(r.CorrectLine, CHAIR, line=LineId("u0"), base="", digest="theirs")
    assert refusal
    assert refusal.code is Code.LINE_CHANGED
    assert table.lines["u0"].digest == "mine"
    assert table.do(r.CorrectLine, CHAIR, line=LineId("u0"), base="mine", digest="theirs") is None


def test_a_line_is_split_and_merged() -> None:
    table = Table()
    at = START + timedelta(seconds=4)
    split = {"line": LineId("u0"), "base": "", "digest": "a", "part": LineId("u0/5"), "rest": "b", "since": at}
    assert table.do(r.SplitLine, **split) is None
    assert [(key, line.digest) for key, line in table.lines.items()][:2] == [("u0", "a"), ("u0/5", "b")]
    assert (table.lines["u0"].end, table.lines["u0/5"].start) == (at, at)
    merge = {"line": LineId("u0/5"), "base": "b", "into": LineId("u0"), "into_base": "a", "digest": "ab"}
    assert table.do(r.MergeLine, **merge) is None
    assert "u0/5" not in table.lines
    assert (table.lines["u0"].digest, table.lines["u0"].end) == ("ab", START + timedelta(seconds=10))


def test_a_chosen_sentence_stays_chosen_wherever_the_words_go() -> None:
    table = Table()
    for place, kept in ((0, False), (2, True)):
        assert table.do(r.ChooseSentence, line=LineId("u0"), base="", place=place, kept=kept) is None
    again = table.do(r.ChooseSentence, CHAIR, line=LineId("u0"), base="", place=2, kept=True)
    assert again
    assert again.code is Code.NOTHING_CHANGED
    table.do(r.CorrectLine, line=LineId("u0"), base="", digest="a", moved=((0, 0), (1, 1), (2, 3)))
    assert table.lines["u0"].chosen == ((0, False), (3, True))
    stale = table.do(r.ChooseSentence, CHAIR, line=LineId("u0"), base="", place=0, kept=True)
    assert stale
    assert stale.code is Code.LINE_CHANGED  # the sentence at that place may be another by now
    at = START + timedelta(seconds=4)
    split = {"line": LineId("u0"), "base": "a", "digest": "b", "part": LineId("u0/5"), "rest": "c", "since": at}
    table.do(r.SplitLine, **split, moved=((0, 0), (1, 1)), rest_moved=((2, 0), (3, 1)))
    assert (table.lines["u0"].chosen, table.lines["u0/5"].chosen) == (((0, False),), ((1, True),))
    merge = {"line": LineId("u0/5"), "base": "c", "into": LineId("u0"), "into_base": "b", "digest": "ab"}
    table.do(r.MergeLine, **merge, into_moved=((0, 0), (1, 1)), moved=((0, 2), (1, 3)))
    assert table.lines["u0"].chosen == ((0, False), (3, True))
    for _ in range(5):
        table.undo()
    assert table.lines["u0"].chosen == ()


def test_words_that_a_member_asked_for_stand_until_somebody_puts_them_right() -> None:
    table = Table()
    ended = START + timedelta(hours=1)
    for event in (Adjourned(), MinutesDrafted("d"), MinutesProposed("d", ended)):
        table.log.append(Recorded(ID, table.meeting.seq + 1, START, None, "", event))
        table.meeting = evolve(table.meeting, table.log[-1])
    for key, line in (("one", "u0"), ("two", "u1"), ("three", "u2")):
        table.do(c.AskCorrection, ANNE, request=RequestId(key), digest=f"asked {key}", utterance=UtteranceId(line))
    table.do(r.CorrectLine, line=LineId("u0"), base="", digest="before")
    table.do(c.AnswerCorrection, request=RequestId("one"), accepted=True)
    assert {key: line.digest for key, line in rectified(table.meeting).items()} == {"u0": "asked one"}
    refusal = table.do(r.CorrectLine, line=LineId("u0"), base="before", digest="after")
    assert refusal
    assert refusal.code is Code.LINE_CHANGED  # who wrote had other words before their eyes
    assert table.do(r.CorrectLine, line=LineId("u0"), base="asked one", digest="after") is None
    assert rectified(table.meeting) == {}
    assert table.undo() is None
    assert set(rectified(table.meeting)) == {"u0"}
    merge = {"line": LineId("u1"), "base": "", "into": LineId("u2"), "into_base": "", "digest": "both"}
    assert table.do(r.MergeLine, **merge) is None
    table.do(c.AnswerCorrection, request=RequestId("two"), accepted=True)
    assert set(rectified(table.meeting)) == {"u0"}
    assert pending(table.meeting) == {"two"}  # its words are a part of a line: nobody can tell where they go
    table.do(r.CorrectLine, line=LineId("u2"), base="both", digest="by hand")
    assert not pending(table.meeting)
    table.do(c.AnswerCorrection, request=RequestId("one"), accepted=False)
    assert rectified(table.meeting) == {}


def test_what_nobody_built_on_is_undone_and_done_again() -> None:
    table = Table()
    before = table.lines
    table.do(r.AttributeLine, line=LineId("u1"), member=CHAIR)
    table.do(r.StrikeLine, CHAIR, line=LineId("u2"))
    after = table.lines
    assert table.undo() is None
    assert (table.lines["u1"], table.lines["u2"].struck) == (before["u1"], True)
    assert table.undo(undoing=True) is None
    assert table.lines == after
    table.do(r.MoveLine, CHAIR, line=LineId("u1"), item=2)
    act = next(act.seq for act in table.meeting.review.acts.values() if act.by == SECRETARY)
    refusal = table.do(r.UndoReview, act=act)
    assert refusal
    assert refusal.code is Code.NOT_UNDOABLE


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (r.StrikeLine, {"line": "none"}, Code.NO_SUCH_LINE),
        (r.RestoreLine, {"line": "u0"}, Code.NOTHING_CHANGED),
        (r.AttributeLine, {"line": "u0", "member": "stranger"}, Code.NOT_A_MEMBER),
        (r.MoveLine, {"line": "u0", "item": 9}, Code.NO_SUCH_ITEM),
        (r.MergeLine, {"line": "u0", "base": "", "into": "u0", "into_base": "", "digest": "x"}, Code.NO_SUCH_LINE),
        (r.UndoReview, {"act": 1}, Code.NOT_UNDOABLE),
    ],
)
def test_what_makes_no_sense_is_refused(kind: type[c.Command], fields: dict[str, Any], code: Code) -> None:
    refusal = Table().do(kind, **fields)
    assert refusal
    assert refusal.code is code


ACTS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=25)


def act(table: Table, which: int, one: int, other: int, by: MemberId) -> Refusal | None:
    lines = list(table.lines.values())
    line, into = lines[one % len(lines)], lines[other % len(lines)]
    new = f"d{table.meeting.seq}"
    at = line.start + (line.end - line.start) / 3
    part = LineId(f"{line.id}/{table.meeting.seq}")
    split = {"line": line.id, "base": line.digest, "digest": new, "part": part, "rest": new + "+", "since": at}
    merge = {"line": line.id, "base": line.digest, "into": into.id, "into_base": into.digest, "digest": new}
    match which:
        case 0:
            return table.do(r.CorrectLine, by, line=line.id, base=line.digest, digest=new)
        case 1:
            return table.do(r.StrikeLine, by, line=line.id)
        case 2:
            return table.do(r.RestoreLine, by, line=line.id)
        case 3:
            return table.do(r.AttributeLine, by, line=line.id, member=(CHAIR, ANNE)[other % 2])
        case 4:
            return table.do(r.MoveLine, by, line=line.id, item=1 + other % 2)
        case 5:
            return table.do(r.SplitLine, by, **split)
        case 6:
            return table.do(r.MergeLine, by, **merge)
        case 7:
            kept = {"place": other % 3, "kept": other % 2 == 0}
            return table.do(r.ChooseSentence, by, line=line.id, base=line.digest, **kept)
    return table.undo(by, undoing=other % 2 == 1)


@given(ACTS)
def test_every_act_can_be_undone_at_once_and_then_all_is_as_before(acts: list[tuple[int, int, int, bool]]) -> None:
    table = Table()
    for which, one, other, chair in acts:
        by = CHAIR if chair else SECRETARY
        before = table.lines
        if act(table, which, one, other, by) is None:
            after, seq = table.lines, table.meeting.seq
            assert table.do(r.UndoReview, by, act=seq) is None
            assert table.lines == before
            assert table.do(r.UndoReview, by, act=table.meeting.seq) is None
            assert table.lines == after
    assert fold(ID, table.log) == table.meeting


@given(ACTS)
def test_every_utterance_ends_in_a_line_that_stands(acts: list[tuple[int, int, int, bool]]) -> None:
    table = Table()
    for which, one, other, chair in acts:
        act(table, which, one, other, CHAIR if chair else SECRETARY)
    review, uttered = table.meeting.review, table.meeting.recording.utterances
    for key in uttered:
        line, steps = review.line(LineId(key), uttered), 0
        while line and line.into and steps < 100:
            line, steps = review.line(line.into, uttered), steps + 1
        assert line
        assert line.id in table.lines
    assert all(line.start < line.end for line in table.lines.values())


def test_what_was_done_again_is_what_is_undone_next() -> None:
    table = Table()
    assert table.do(r.CorrectLine, line=LineId("u0"), base="", digest="a") is None
    assert table.do(r.StrikeLine, line=LineId("u1")) is None
    for _ in range(3):
        assert table.undo() is None
        assert not table.lines["u1"].struck
        assert table.undo(undoing=True) is None
        assert table.lines["u1"].struck
    refusal = table.undo(undoing=True)  # nothing is left to do again
    assert refusal
    assert refusal.code is Code.NOT_UNDOABLE
    assert table.undo() is None
    assert table.undo() is None
    assert (table.lines["u0"].digest, table.lines["u1"].struck) == ("", False)
    assert table.undo(undoing=True) is None
    assert table.lines["u0"].digest == "a"
    assert fold(ID, table.log) == table.meeting
