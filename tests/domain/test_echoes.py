"""Echoes: one voice in two microphones counts once, whatever comes in which order, and nobody's words go with it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.domain import commands as c
from meetings.domain import reviewing as r
from meetings.domain.decide import decide
from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import Meeting, evolve, fold
from meetings.domain.refusals import Code, Refusal
from meetings.domain.review import LineId
from meetings.domain.rules import CGCT
from meetings.domain.values import MeetingId, MemberId, Role, Seat, UtteranceId

ID, START = MeetingId("m"), datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
SECRETARY, ANNE, BILAL, CHLOE = map(MemberId, ("secretary", "anne", "bilal", "chloe"))
PLAN = Planned(
    *("Conseil", "Séance", START, START + timedelta(hours=1), "1", "voice", "fr"),
    items=(),
    roster=(Seat(SECRETARY, Role.SECRETARY), Seat(ANNE), Seat(BILAL), Seat(CHLOE)),
)
SAID = {
    f"{member[0]}{number}": (member, START + timedelta(seconds=8 * number), START + timedelta(seconds=8 * number + 10))
    for number in range(3)
    for member in (ANNE, BILAL, CHLOE)
}
"""Each of three members says three things, a0 to c2, and everybody at the same time."""


class Room:
    """A meeting in which all that was said, and what is done to it."""

    def __init__(self) -> None:
        self.log: list[Recorded] = []
        self.meeting = Meeting(ID)
        self.do(c.Plan, None, plan=PLAN)
        for key, (member, start, end) in SAID.items():
            self.do(c.NoteUtterance, None, utterance=UtteranceId(key), member=member, start=start, end=end)

    def do(self, kind: type[c.Command], by: MemberId | None = SECRETARY, **fields: Any) -> Code | None:
        outcome = decide(self.meeting, kind(meeting=ID, at=START, by=by, **fields), CGCT)
        if isinstance(outcome, Refusal):
            return outcome.code
        news = [Recorded(ID, self.meeting.seq + n, START, by, "", event) for n, event in enumerate(outcome, 1)]
        self.log += news
        self.meeting = reduce(evolve, news, self.meeting)
        return None

    def echo(self, key: str, of: str) -> Code | None:
        return self.do(c.NoteEcho, None, utterance=UtteranceId(key), of=UtteranceId(of))

    def act(self, kind: type[c.Command], key: str) -> Code | None:
        return self.do(kind, line=LineId(key))

    def undo(self, *, undoing: bool = False) -> Code | None:
        act = self.meeting.review.last(SECRETARY, undoing=undoing)
        return self.do(r.UndoReview, act=act) if act else Code.NOT_UNDOABLE

    @property
    def spoken(self) -> set[str]:
        return {one.utterance for one in self.meeting.spoken}


def test_an_echo_is_neither_counted_nor_waited_for() -> None:
    room = Room()
    assert room.spoken == SAID.keys()
    assert room.echo("b0", "a0") is None
    assert room.spoken == SAID.keys() - {"b0"}
    assert {one.utterance for one in room.meeting.pending()} == SAID.keys() - {"b0"}
    room.do(c.NoteTranscript, None, utterance=UtteranceId("b0"), digest="d", model="base")  # it was under way
    room.do(c.NoteTranscript, None, utterance=UtteranceId("a0"), digest="d", model="base")
    assert {one.utterance for one in room.meeting.pending()} == SAID.keys() - {"a0", "b0"}
    assert room.spoken == SAID.keys() - {"b0"}
    struck = {line.id: line.of for line in room.meeting.review.lines(room.meeting.recording.utterances) if line.struck}
    assert struck == {"b0": "a0"}


def test_the_secretary_takes_an_echo_in_again_and_it_stays() -> None:
    room = Room()
    room.echo("b0", "a0")
    assert room.act(r.RestoreLine, "b0") is None
    assert room.spoken == SAID.keys()
    assert room.echo("b0", "a0") is Code.NOTHING_CHANGED
    assert room.undo() is None
    assert room.spoken == SAID.keys() - {"b0"}
    assert room.undo(undoing=True) is None
    assert room.spoken == SAID.keys()


@pytest.mark.parametrize(
    ("key", "of", "code"),
    [
        ("a0", "none", Code.NO_SUCH_LINE),
        ("none", "a0", Code.NO_SUCH_LINE),
        ("a0", "a0", Code.NO_ECHO),
        ("a0", "a1", Code.NO_ECHO),  # the same member
        ("a0", "b2", Code.NO_ECHO),  # not at the same time
        ("b0", "c0", Code.NOTHING_CHANGED),  # it is an echo already
        ("c0", "b0", Code.NO_ECHO),  # of an echo
        ("a0", "b1", Code.NO_ECHO),  # a0 stands for what Bilal said: it would go with it
        ("b1", "a0", Code.NO_ECHO),  # likewise
        ("c1", "b2", Code.NO_ECHO),  # of what the secretary struck
        ("a2", "c2", Code.NOTHING_CHANGED),  # the secretary had it in hand
    ],
)
def test_what_makes_no_sense_is_refused(key: str, of: str, code: Code) -> None:
    room = Room()
    assert room.echo("b0", "a0") is None
    assert room.echo("a1", "b1") is None
    assert room.act(r.StrikeLine, "b2") is None
    assert room.act(r.StrikeLine, "a2") is None
    assert room.act(r.RestoreLine, "a2") is None
    before = room.meeting
    assert room.echo(key, of) is code
    assert room.meeting == before


def test_three_microphones_have_one_voice_whichever_came_first() -> None:
    room = Room()
    assert room.echo("c0", "b0") is None
    assert room.echo("b0", "a0") is None
    assert room.spoken == SAID.keys() - {"b0", "c0"}
    assert room.meeting.review.voice(LineId("c0")) == "a0"


keys = st.sampled_from(sorted(SAID))
deeds: st.SearchStrategy[Callable[[Room], Code | None]] = st.one_of(
    st.builds(lambda key, of: lambda room: room.echo(key, of), keys, keys),
    st.builds(lambda kind, key: lambda room: room.act(kind, key), st.sampled_from([r.StrikeLine, r.RestoreLine]), keys),
    st.builds(lambda again: lambda room: room.undo(undoing=again), st.booleans()),
)


@given(st.lists(deeds, max_size=40))
def test_whatever_is_noted_every_voice_stands_somewhere(script: list[Callable[[Room], Code | None]]) -> None:
    room = Room()
    for deed in script:
        before = room.meeting
        refused = deed(room)
        assert (room.meeting == before) is (refused is not None)
    review, uttered = room.meeting.review, room.meeting.recording.utterances
    assert fold(ID, room.log) == room.meeting
    by_hand = {key for act in review.acts.values() if act.by for key in act.after}
    for key, spoken in uttered.items():
        voice = review.voice(LineId(key))
        standing = review.line(voice, uttered)
        assert standing
        assert standing.of is None
        assert voice == key or standing.member != spoken.member
        assert voice in by_hand or not standing.struck
    assert room.spoken == SAID.keys() - review.echoes()
    assert all(key in by_hand or review.touched[LineId(key)].of for key in review.touched)
