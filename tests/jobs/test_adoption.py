"""From a draft to signed minutes: every version kept, the approved one signed and verified, the sound gone by rule."""

import json
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sessions import ANNE, CHAIR, ID, PLAN, SAID, START, Table, in_session, note, over

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.approval import WordsDeleted
from meetings.domain.meeting import Meeting
from meetings.domain.path import Stage
from meetings.domain.refusals import Code, Refusal
from meetings.domain.rules import CGCT
from meetings.domain.values import MeetingId, RequestId, Role, Seat, UtteranceId
from meetings.jobs.adoption import SIGNED, Adoption, awaiting, delete, signature
from meetings.jobs.drafting import Drafting
from meetings.jobs.transcription import Transcription
from meetings.log.requests import Asked, keep
from meetings.log.store import Log, Words
from meetings.minutes import signing, versions
from meetings.minutes.document import from_json

NEXT = MeetingId("next")
ONE = RequestId("r1")
RULES = replace(CGCT, minutes=replace(CGCT.minutes, words_days=10))
PARIS = START.tzinfo
assert PARIS is not None


def adoption(council: Council, folder: Path) -> Adoption:
    return Adoption(council, folder / "recordings", folder / "documents", PARIS, lambda: START)


def drafting(council: Council, folder: Path) -> Drafting:
    words = Transcription(council, Table(SAID), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base")
    return Drafting(council, words, folder / "documents", PARIS, lambda: START)


async def draft(council: Council, folder: Path) -> None:
    """A version is kept and noted; nothing is typeset."""
    minutes = drafting(council, folder).composed(council.meeting(ID))
    versions.keep(folder / "documents" / ID, minutes)
    digest = signing.digest(signing.canonical(minutes))
    await note(council)(c.NoteDraft, digest=digest)


async def open_next(council: Council) -> None:
    """The next meeting is in session, the same chair presiding."""
    roster = (Seat(CHAIR, Role.CHAIR), Seat(ANNE, Role.SECRETARY))
    plan = replace(PLAN, starts=START + timedelta(days=30), roster=roster, rules=CGCT)
    steps = [
        c.Plan(meeting=NEXT, at=START, plan=plan),
        c.Convene(meeting=NEXT, at=START),
        c.Arrive(meeting=NEXT, at=START, member=CHAIR),
        c.Arrive(meeting=NEXT, at=START, member=ANNE),
        c.Open(meeting=NEXT, at=START, by=CHAIR),
    ]
    for step in steps:
        assert not isinstance(await council.handle(step), Refusal)


@pytest.fixture
async def drafted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Council]:
    """A meeting over and drafted, with sounds in its folder; Anne is its secretary."""
    monkeypatch.setattr(
        "sessions.PLAN", replace(PLAN, roster=(PLAN.roster[0], Seat(ANNE, Role.SECRETARY)), rules=RULES)
    )
    council = await in_session(tmp_path)
    await over(council)
    words = Transcription(council, Table(SAID), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base")
    await words.catch_up(ID)
    await draft(council, tmp_path)
    sounds = tmp_path / "recordings" / ID
    sounds.mkdir(parents=True)
    for name in ("1.ogg", "2.ogg"):
        (sounds / name).write_bytes(b"Opus" * 25)
    yield council
    council.log.close()


async def approve(council: Council, folder: Path) -> Meeting:
    await note(council)(c.ProposeMinutes, by=ANNE)
    await open_next(council)
    waiting = awaiting(council)
    assert waiting is not None
    asked = c.ApproveMinutes(meeting=NEXT, at=START, by=CHAIR, of=waiting.id, digest=waiting.draft)
    assert not isinstance(await council.handle(asked), Refusal)
    await adoption(council, folder).settle()
    return council.meeting(ID)


async def test_a_correction_that_is_accepted_makes_a_version_and_its_difference(
    drafted: Council, tmp_path: Path
) -> None:
    do = note(drafted)
    await do(c.ProposeMinutes, by=ANNE)
    keep(drafted.log, ID, Asked(ONE, ANNE, "Je suis contre."))
    await do(c.AskCorrection, by=ANNE, request=ONE, digest="x", utterance=UtteranceId("u2"))
    await do(c.AnswerCorrection, by=ANNE, request=ONE, accepted=True)
    await draft(drafted, tmp_path)
    folder = tmp_path / "documents" / ID
    assert [path.name for path in versions.kept(folder)] == ["001.json", "002.json"]
    changed = (folder / "versions" / "002.diff").read_text("utf-8")
    assert "Je suis pour." in next(line for line in changed.splitlines() if line.startswith("-**Anne"))
    assert "Je suis contre." in next(line for line in changed.splitlines() if line.startswith("+**Anne"))
    minutes = from_json(versions.kept(folder)[-1].read_bytes())
    assert [(one.original, one.asked, one.accepted) for one in minutes.rectifications] == [
        ("Je suis pour.", "Je suis contre.", True)
    ]
    assert not drafted.meeting(ID).path.stale


@pytest.mark.slow
async def test_approved_minutes_are_final_signed_and_verified_by_their_file_alone(
    drafted: Council, tmp_path: Path
) -> None:
    meeting = await approve(drafted, tmp_path)
    folder = tmp_path / "documents" / ID
    assert meeting.path.stage is Stage.APPROVED
    minutes = from_json((folder / "minutes.json").read_bytes())
    assert not minutes.draft
    assert minutes.approved is not None
    assert meeting.path.audio is not None
    assert (meeting.path.audio.files, meeting.path.audio.size, meeting.path.audio.why) == (2, 200, "approved")
    assert list((tmp_path / "recordings").iterdir()) == []
    assert "brouillon" not in (folder / "minutes.md").read_text("utf-8").casefold()
    for member in (CHAIR, ANNE):
        asked = signature(drafted, tmp_path / "documents", tmp_path / "keys", drafted.meeting(ID), member, PARIS)
        assert asked is not None
        assert not isinstance(await drafted.handle(asked), Refusal)
        assert stat.S_IMODE((tmp_path / "keys" / f"{member}.key").stat().st_mode) == 0o600
    await adoption(drafted, tmp_path).settle()
    assert len([one for one in drafted.log.read(ID) if type(one.event).__name__ == "AudioDeleted"]) == 1
    verdict = signing.verify(folder / SIGNED)
    assert verdict.holds
    assert [(one.role, one.name) for one, _ in verdict.signatures] == [
        ("chair", "Claire Martin"),
        ("secretary", "Anne Roux"),
    ]
    assert drafted.meeting(ID).path.stage is Stage.SIGNED
    before = (folder / "minutes.json").read_bytes()
    assert await drafting(drafted, tmp_path).draft(drafted.meeting(ID))  # approved, they stay as they are
    assert (folder / "minutes.json").read_bytes() == before
    outcome = await drafted.handle(c.NoteDraft(meeting=ID, at=START, digest="other"))
    assert outcome == Refusal(Code.MINUTES_APPROVED)
    altered = json.loads((folder / SIGNED).read_text("utf-8"))
    altered["document"]["title"] += "!"
    (tmp_path / "altered.json").write_text(json.dumps(altered), "utf-8")
    wrong = signing.verify(tmp_path / "altered.json")
    assert not wrong.holds
    assert not wrong.whole
    assert [good for _, good in wrong.signatures] == [False, False]


@pytest.mark.slow
async def test_a_deletion_cut_short_is_finished_and_told_whole(drafted: Council, tmp_path: Path) -> None:
    folder = tmp_path / "recordings" / ID
    assert delete(folder) == (2, 200)  # then the power fails, before the log was told
    assert not folder.exists()
    drafted.log.close()
    again = Council(Log.open(tmp_path / "council.db"))
    meeting = await approve(again, tmp_path)
    assert meeting.path.audio is not None
    assert (meeting.path.audio.files, meeting.path.audio.size) == (2, 200)
    again.log.close()


@pytest.mark.slow
async def test_the_transcript_goes_by_rule_and_the_minutes_stay(
    drafted: Council, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    drafted.log.put_words(NEXT, Words(UtteranceId("other"), "Autre chose", "fr"))
    await approve(drafted, tmp_path)
    heard = drafted.log.words(ID)
    assert heard.keys() == SAID.keys()
    later = START + timedelta(days=10)
    for _ in range(2):
        await Adoption(drafted, tmp_path / "recordings", tmp_path / "documents", PARIS, lambda: later).settle()
        assert drafted.log.words(ID) == {}
    assert drafted.log.words(NEXT).keys() == {"other"}
    told = [one.event for one in drafted.log.read(ID) if isinstance(one.event, WordsDeleted)]
    assert told == [WordsDeleted(len(SAID))]
    assert len([one for one in caplog.records if "deleted by rule" in one.getMessage()]) == 2  # the sound before
    assert "Je suis pour." in (tmp_path / "documents" / ID / "minutes.md").read_text("utf-8")


def test_a_file_that_is_no_signed_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "minutes.json"
    for text, code in (("{", "not-json"), ("{}", "not-signed"), ("[]", "not-signed")):
        path.write_text(text)
        with pytest.raises(signing.UnsignedError) as refused:
            signing.verify(path)
        assert refused.value.code == code
