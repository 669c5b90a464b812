"""The minutes' path: proposed, corrected on request, approved at a later meeting, signed, published."""

from dataclasses import replace
from datetime import timedelta

import pytest
from test_meeting import ANNE, BILAL, CHAIR, CHLOE, ID, PLAN, SECRETARY, START, Session

from meetings.domain import commands as c
from meetings.domain.approving import audio_due, words_due
from meetings.domain.consent import declined
from meetings.domain.meeting import Meeting, fold
from meetings.domain.path import Stage
from meetings.domain.refusals import Code
from meetings.domain.rules import CGCT, MinutesRules
from meetings.domain.values import BallotId, Choice, Mark, MeetingId, RequestId, UtteranceId

NEXT = MeetingId("next")
ONE = RequestId("r1")


def begun() -> Session:
    session = Session()
    assert session.do(c.Plan, plan=replace(PLAN, rules=CGCT)) is None
    assert session.do(c.Convene) is None
    for member in (CHAIR, SECRETARY, ANNE, BILAL):
        assert session.do(c.Arrive, member=member) is None
    assert session.do(c.Open, CHAIR) is None
    assert session.do(c.NextItem, CHAIR) is None
    return session


@pytest.fixture
def drafted() -> Session:
    """A meeting over, in which Anne spoke, with a first draft."""
    session = begun()
    spoken = {"utterance": UtteranceId("u1"), "member": ANNE, "start": START, "end": START + timedelta(seconds=3)}
    assert session.do(c.NoteUtterance, **spoken) is None
    assert session.do(c.Adjourn, CHAIR) is None
    assert session.do(c.NoteDraft, digest="d1") is None
    return session


@pytest.fixture
def approved(drafted: Session) -> Session:
    assert drafted.do(c.ProposeMinutes, SECRETARY) is None
    assert drafted.do(c.NoteApproval, digest="d1", during=NEXT, approved=START) is None
    return drafted


def sign(session: Session, by: str, digest: str = "final") -> Code | None:
    return session.code(c.SignMinutes, by, digest=digest, key="k", signature="s")  # type: ignore[arg-type]


def test_the_whole_way(drafted: Session) -> None:
    stages = [drafted.state.path.stage]
    steps = [
        (c.ProposeMinutes, SECRETARY, {}),
        (c.NoteApproval, None, {"digest": "d1", "during": NEXT, "approved": START}),
        (c.SignMinutes, CHAIR, {"digest": "final", "key": "k1", "signature": "s1"}),
        (c.SignMinutes, SECRETARY, {"digest": "final", "key": "k2", "signature": "s2"}),
        (c.PublishMinutes, SECRETARY, {}),
    ]
    for kind, by, fields in steps:
        assert drafted.do(kind, by, **fields) is None
        stages.append(drafted.state.path.stage)
    assert stages == [
        Stage.DRAFT,
        Stage.PROPOSED,
        Stage.APPROVED,
        Stage.APPROVED,
        Stage.SIGNED,
        Stage.PUBLISHED,
    ]
    assert fold(ID, drafted.log) == drafted.state


def test_no_step_is_taken_before_the_one_before_it(drafted: Session) -> None:
    note = {"digest": "d1", "during": NEXT, "approved": START}
    assert drafted.code(c.NoteApproval, **note) is Code.NOT_PROPOSED
    assert sign(drafted, CHAIR) is Code.NOT_APPROVED
    assert drafted.code(c.PublishMinutes, CHAIR) is Code.NOT_SIGNED
    assert drafted.code(c.AskCorrection, ANNE, request=ONE, digest="x") is Code.NOT_PROPOSED
    fresh = begun()
    assert fresh.code(c.ProposeMinutes, SECRETARY) is Code.NO_MINUTES


@pytest.mark.parametrize("kind", [c.ProposeMinutes, c.PublishMinutes])
def test_officers_alone_take_them_on(drafted: Session, kind: type[c.Command]) -> None:
    assert drafted.code(kind, ANNE) is Code.OFFICERS_ONLY
    assert drafted.code(c.AnswerCorrection, ANNE, request=ONE, accepted=True) is Code.OFFICERS_ONLY


def test_a_member_asks_for_their_own_words_and_in_time(drafted: Session) -> None:
    assert drafted.do(c.ProposeMinutes, SECRETARY) is None
    own = {"request": ONE, "digest": "x", "utterance": UtteranceId("u1")}
    assert drafted.code(c.AskCorrection, BILAL, **own) is Code.NOT_YOUR_WORDS
    assert drafted.do(c.AskCorrection, ANNE, **own) is None
    assert drafted.do(c.AskCorrection, CHLOE, request=RequestId("r2"), digest="y") is None
    assert [one.asked.request for one in drafted.state.path.waiting] == [ONE, "r2"]
    assert drafted.state.path.proposed is not None
    assert drafted.state.path.proposed.until - drafted.clock < timedelta(days=14)
    drafted.clock = drafted.state.path.proposed.until
    assert drafted.code(c.AskCorrection, ANNE, request=RequestId("r3"), digest="z") is Code.CORRECTIONS_OVER


def test_answers_are_kept_and_a_new_version_follows_before_approval(drafted: Session) -> None:
    assert drafted.do(c.ProposeMinutes, SECRETARY) is None
    note = {"digest": "d1", "during": NEXT, "approved": START}
    assert drafted.do(c.AskCorrection, ANNE, request=ONE, digest="x") is None
    assert drafted.code(c.NoteApproval, **note) is Code.REQUESTS_OPEN
    assert drafted.code(c.AnswerCorrection, SECRETARY, request=RequestId("no"), accepted=True) is Code.NO_SUCH_REQUEST
    assert drafted.do(c.AnswerCorrection, SECRETARY, request=ONE, accepted=False) is None
    assert drafted.code(c.NoteApproval, **note) is Code.REQUESTS_OPEN
    assert drafted.do(c.NoteDraft, digest="d1") is None
    assert drafted.state.path.requests[ONE].accepted is False
    assert drafted.state.path.drafts == ("d1", "d1")
    assert drafted.do(c.NoteApproval, **note) is None


def test_nothing_changes_once_approved(approved: Session) -> None:
    assert approved.code(c.NoteDraft, digest="d2") is Code.MINUTES_APPROVED
    assert approved.code(c.AskCorrection, ANNE, request=ONE, digest="x") is Code.MINUTES_APPROVED
    assert approved.code(c.ProposeMinutes, SECRETARY) is Code.MINUTES_APPROVED
    assert approved.code(c.NoteApproval, digest="d1", during=NEXT, approved=START) is Code.MINUTES_APPROVED


def test_both_officers_sign_the_same_document_each_once(approved: Session) -> None:
    assert sign(approved, ANNE) is Code.OFFICERS_ONLY
    assert sign(approved, CHAIR) is None
    assert sign(approved, CHAIR) is Code.NOTHING_CHANGED
    assert sign(approved, SECRETARY, "other") is Code.OTHER_DOCUMENT
    assert approved.code(c.PublishMinutes, CHAIR) is Code.NOT_SIGNED


def test_who_presides_the_next_meeting_says_that_nobody_objects_or_names_the_vote() -> None:
    session = begun()
    earlier = {"of": ID, "digest": "d1"}
    assert session.code(c.ApproveMinutes, ANNE, **earlier) is Code.CHAIR_ONLY
    assert session.code(c.ApproveMinutes, CHAIR, **earlier, ballot=BallotId("b")) is Code.NO_SUCH_BALLOT
    assert session.do(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="Approuver", secret=False) is None
    assert session.code(c.ApproveMinutes, CHAIR, **earlier, ballot=BallotId("b")) is Code.NOT_ADOPTED
    assert session.do(c.CastVote, ANNE, ballot=BallotId("b"), mark=Mark(Choice.FOR)) is None
    assert session.do(c.CloseBallot, CHAIR, ballot=BallotId("b"), decision="2026-001") is None
    assert session.do(c.ApproveMinutes, CHAIR, **earlier, ballot=BallotId("b")) is None
    assert session.do(c.ApproveMinutes, CHAIR, **earlier) is None
    assert [one.ballot for one, _ in session.state.path.approves] == ["b", None]
    assert session.do(c.Adjourn, CHAIR) is None
    assert session.code(c.ApproveMinutes, CHAIR, **earlier) is Code.ADJOURNED


def test_the_transcript_goes_by_rule_so_long_after_the_approval(drafted: Session) -> None:
    drafted.do(c.ProposeMinutes, SECRETARY)
    drafted.do(c.NoteApproval, digest="d1", during=NEXT, approved=START)
    later = START + timedelta(days=30)
    assert not words_due(drafted.state, START + timedelta(days=9999))  # the rules say nothing of it
    plan = drafted.state.plan
    assert plan is not None
    rules = replace(drafted.state.rules, minutes=MinutesRules(words_days=30))
    state = replace(drafted.state, plan=replace(plan, rules=rules))
    assert not words_due(state, later - timedelta(seconds=1))
    assert words_due(state, later)
    assert not words_due(replace(state, path=replace(state.path, approval=None)), later)
    assert drafted.do(c.NoteWordsDeleted) is None
    assert not words_due(replace(state, path=drafted.state.path), later)
    assert drafted.code(c.NoteWordsDeleted) is Code.NOTHING_CHANGED


def test_sound_goes_by_rule_once_the_minutes_are_approved_or_with_age(drafted: Session) -> None:
    later = START + timedelta(days=3650)
    assert audio_due(drafted.state, START) is None
    assert audio_due(drafted.state, later) == "age"
    drafted.do(c.ProposeMinutes, SECRETARY)
    drafted.do(c.NoteApproval, digest="d1", during=NEXT, approved=START)
    assert audio_due(drafted.state, START) == "approved"
    assert audio_due(kept(drafted.state), later) is None
    assert drafted.do(c.NoteAudioDeleted, files=3, size=1000, why="approved") is None
    assert audio_due(drafted.state, later) is None
    assert drafted.state.path.audio_gone == drafted.clock
    assert drafted.code(c.NoteAudioDeleted, files=3, size=1000, why="age") is Code.NOTHING_CHANGED


def kept(meeting: Meeting) -> Meeting:
    """The same meeting under rules that keep sounds."""
    assert meeting.plan is not None
    return replace(meeting, plan=replace(meeting.plan, rules=replace(CGCT, minutes=MinutesRules())))


def test_actions_are_what_somebody_present_has_noted() -> None:
    session = begun()
    assert session.code(c.NoteAction, CHLOE, what="Écrire") is Code.NOT_PRESENT
    assert session.code(c.NoteAction, ANNE, what=" ") is Code.ACTION_EMPTY
    assert session.code(c.NoteAction, ANNE, what="x" * 301) is Code.ACTION_LENGTH
    assert session.code(c.NoteAction, ANNE, what="Écrire", due="demain") is Code.DATE_UNREADABLE
    assert session.code(c.NoteAction, ANNE, what="Écrire", member="nobody") is Code.NO_SEAT
    assert session.do(c.NoteAction, ANNE, what="Écrire  à la mairie", member=CHLOE, due="2026-12-01") is None
    (action,) = session.state.actions
    assert (action.noted.what, action.noted.member, action.by, action.item) == ("Écrire à la mairie", CHLOE, ANNE, 1)


def test_who_declines_to_be_recorded_is_known_from_meeting_to_meeting() -> None:
    first, second = begun(), begun()
    assert first.code(c.ChooseRecording, "nobody", declined=True) is Code.NOT_A_MEMBER  # type: ignore[arg-type]
    assert first.do(c.ChooseRecording, ANNE, declined=True) is None
    assert declined([first.state.consent, second.state.consent]) == {ANNE}
    second.clock += timedelta(hours=1)
    assert second.do(c.ChooseRecording, ANNE, declined=False) is None
    assert declined([second.state.consent, first.state.consent]) == set()
    assert first.state.consent.ever == {ANNE}
