"""A member is forgotten: no byte of name, words or voice is left, wherever it was cut short, and the chain holds."""

import asyncio
import os
import shutil
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sessions import ANNE, CHAIR, ID, PLAN, SAID, START, Table, in_session, note, over
from sqlalchemy import Engine, event

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.diary import ProposeItem
from meetings.domain.erasure import MemberErased
from meetings.domain.marks import Mark
from meetings.domain.meeting import fold
from meetings.domain.refusals import Code, Refusal
from meetings.domain.values import BallotId, Form, MeetingId, MemberId, RequestId, UtteranceId
from meetings.jobs.drafting import Drafting
from meetings.jobs.erasing import Erasing, demands, holdings, unnamed
from meetings.jobs.office import sweeper
from meetings.jobs.personal import archive
from meetings.jobs.transcription import Transcription
from meetings.jobs.vocabulary import Vocabulary
from meetings.log.corrections import Corrections, Version
from meetings.log.requests import Asked, keep
from meetings.log.search import Passage, Search
from meetings.log.store import Log, Words
from meetings.minutes import signing, versions
from meetings.recording import journal
from meetings.recording.rtp import Heard
from meetings.settings import Settings
from transcribe.store import Store

NEXT = MeetingId("next")
VOICE, OTHER = b"\xf8ANNESVOICE", b"\xf8CLAIRESVOICE"
TRACES = (
    b"Anne Roux",
    b"anne roux",
    b"ANNESVOICE",
    b"Je suis pour",
    b"tout a fait pour",
    b"trop cher",
    b"kiosque",
    b"mal entendue",
)
PARIS = START.tzinfo
assert PARIS is not None


def drafting(council: Council, folder: Path) -> Drafting:
    words = Transcription(council, Table(SAID), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base")
    return Drafting(council, words, folder / "documents", PARIS, lambda: START)


def erasing(council: Council, folder: Path) -> Erasing:
    return Erasing(council, folder / "recordings", folder / "documents")


def draft(council: Council, folder: Path) -> str:
    """A version is kept, beside what would be typeset."""
    minutes, papers = drafting(council, folder).composed(council.meeting(ID)), folder / "documents" / ID
    versions.keep(papers, minutes)
    (papers / "minutes.json").write_bytes(signing.canonical(minutes))
    (papers / "minutes.md").write_text("Anne Roux : Je suis pour.", "utf-8")
    return signing.digest(signing.canonical(minutes))


async def lived(folder: Path) -> Council:
    """A meeting over in which Anne spoke, objected, proposed an item, asked for a correction; drafted twice."""
    council = await in_session(folder)
    do = note(council)
    await do(c.CastVote, by=ANNE, ballot=await consented(council), mark=Mark("objection"), text="C'est trop cher")
    await do(c.CloseBallot, by=CHAIR, ballot=BallotId("b"))
    for key, text in SAID.items():
        words = Words(key, text if key == "u2" else f"{text} Merci à Anne Roux, merci anne roux.", "fr")
        council.log.put_words(ID, words)
        await do(c.NoteTranscript, utterance=key, digest="d", model="base")
    await over(council)
    Corrections(council.log).keep(ID, Version("u2", "Je suis tout a fait pour."))  # type: ignore[arg-type]
    Search(council.log).index(ID, "x", [Passage("speech", ID, key, text) for key, text in SAID.items()])
    for _ in range(2):
        await do(c.NoteDraft, digest=draft(council, folder))
        council.log.put_words(ID, Words(UtteranceId("u1"), "Bonsoir, Anne Roux.", "fr"))
    await do(c.ProposeMinutes, by=CHAIR)
    keep(council.log, ID, Asked(RequestId("r"), ANNE, "J'ai été mal entendue"))
    await do(c.AskCorrection, by=ANNE, request=RequestId("r"), digest="d", utterance=UtteranceId("u2"))
    plan = replace(PLAN, starts=START + timedelta(days=30), ends=START + timedelta(days=30, hours=1))
    await council.handle(c.Plan(meeting=NEXT, at=START, plan=plan))
    proposal = ProposeItem(meeting=NEXT, at=START, by=ANNE, title="Un kiosque")
    assert not isinstance(await council.handle(proposal), Refusal)
    record(folder / "recordings" / ID)
    for term in ("Anne Roux", "Lunel"):
        Vocabulary(folder).learn(term)
    return council


async def consented(council: Council) -> BallotId:
    await note(council)(
        c.OpenBallot, by=CHAIR, ballot=BallotId("b"), motion="Des bancs", form=Form.CONSENT, secret=False
    )
    return BallotId("b")


def record(folder: Path) -> None:
    (folder / "tracks").mkdir(parents=True)
    for number in (1, 2):
        packets = [
            Heard(user, user, n, 960 * n, n * 20_000_000, n * 20_000_000, voice)
            for n in range(50)
            for user, voice in ((int(CHAIR), OTHER), (int(ANNE), VOICE))
        ]
        body = b"".join(journal.packet(one, 0) for one in packets)
        (folder / f"{number:04}.journal").write_bytes(journal.head(START + timedelta(minutes=number)) + body)
    (folder / "tracks" / f"{ANNE}.ogg").write_bytes(VOICE)
    (folder / "tracks" / f"{CHAIR}.ogg").write_bytes(OTHER)


def traces(folder: Path) -> list[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, one) for path in files for one in TRACES if one in path.read_bytes()]


async def ask(council: Council, member: MemberId = ANNE, by: MemberId | None = ANNE) -> None:
    for asked in demands(council, member, by):
        outcome = await council.handle(asked)
        assert not isinstance(outcome, Refusal), outcome


def test_no_trace_is_left_and_all_else_is(tmp_path: Path) -> None:
    async def forget() -> None:
        council = await lived(tmp_path)
        assert {one for _, one in traces(tmp_path)} == set(TRACES)
        found = holdings(council, ANNE)
        assert (len(found.meetings), found.utterances, found.requests, found.approved) == (2, 1, 1, 0)
        await ask(council)
        await erasing(council, tmp_path).settle()
        assert traces(tmp_path) == []  # while the log is open, too
        state = council.meeting(ID)
        assert state == fold(ID, council.log.history(ID))
        assert state.path.stale
        assert not state.erasures.pending
        done = [one.event for one in council.log.read(ID) if isinstance(one.event, MemberErased)]
        assert done == [MemberErased(ANNE, 1, 1, 1)]
        assert [council.log.verify(one) for one in council.log.meetings()] == [None, None]
        assert council.log.names() == {CHAIR: "Claire Martin", ANNE: "membre effacé n° 1"}
        assert (
            council.log.words(ID)[UtteranceId("u3")].text
            == "Moi aussi. Merci à membre effacé n° 1, merci membre effacé n° 1."
        )
        assert Vocabulary(tmp_path).terms() == ("Lunel",)
        sound = tmp_path / "recordings" / ID
        assert (sound / "tracks" / f"{CHAIR}.ogg").read_bytes() == OTHER
        assert all(path.read_bytes().count(OTHER) == 50 for path in sound.glob("*.journal"))
        assert archive(council, tmp_path / "recordings", ANNE).count(b"u2") == 0
        council.log.close()

    asyncio.run(forget())


def test_sounds_on_their_way_to_other_machines_go_too(tmp_path: Path) -> None:
    async def forget() -> None:
        council, shared = await lived(tmp_path / "house"), tmp_path / "shared"
        Store(shared.as_uri()).put(VOICE)
        sweep = sweeper(Settings(_env_file=None, audio_store=shared.as_uri()))
        await ask(council)
        recordings, documents = tmp_path / "house" / "recordings", tmp_path / "house" / "documents"
        await Erasing(council, recordings, documents, sweep=sweep).settle()
        assert list(shared.iterdir()) == []
        assert not council.meeting(ID).erasures.pending
        council.log.close()

    asyncio.run(forget())


def test_minutes_are_drafted_without_the_member_and_say_so(tmp_path: Path) -> None:
    async def forget() -> None:
        council = await lived(tmp_path)
        await ask(council)
        await erasing(council, tmp_path).settle()
        minutes = drafting(council, tmp_path).composed(council.meeting(ID))
        said = {
            speech.speaker: [part.text for row in speech.paragraphs for part in row]
            for section in minutes.sections
            for speech in section.speeches
        }
        assert said["membre effacé n° 1"] == ["[paroles effacées à la demande de leur auteur]."]
        assert "Claire Martin" in said
        quoted = [quote.text for section in minutes.sections for quote in section.substance]
        assert quoted
        assert not any("effacées" in text for text in quoted)
        council.log.close()

    asyncio.run(forget())


def test_approved_minutes_stay_and_their_drafts_go(tmp_path: Path) -> None:
    async def forget() -> None:
        council = await lived(tmp_path)
        await note(council)(c.AnswerCorrection, by=CHAIR, request=RequestId("r"), accepted=False)
        digest = draft(council, tmp_path)
        await note(council)(c.NoteDraft, digest=digest)
        await note(council)(c.NoteApproval, digest=digest, during=NEXT, approved=START)
        papers = tmp_path / "documents" / ID
        (_, approved) = kept = versions.kept(papers)[-2:]
        final = {path.name: path.read_bytes() for path in papers.iterdir() if path.is_file()}
        await ask(council, by=None)
        await erasing(council, tmp_path).settle()
        assert versions.kept(papers) == [approved]
        assert kept[0] != approved
        assert {path.name: path.read_bytes() for path in papers.iterdir() if path.is_file()} == final
        assert not council.meeting(ID).path.stale
        assert {name for name, _ in traces(tmp_path)} <= {*final, approved.name}
        council.log.close()

    asyncio.run(forget())


def test_who_may_ask_and_when(tmp_path: Path) -> None:
    async def refused() -> None:
        council = await in_session(tmp_path)
        asked = c.AskErasure(meeting=ID, at=START, by=ANNE, member=ANNE)
        assert await council.handle(asked) == Refusal(Code.SESSION_LASTS)
        assert holdings(council, ANNE).meetings == ()
        await over(council)
        assert await council.handle(replace(asked, by=CHAIR, cause="")) == Refusal(Code.NOT_YOUR_DATA)
        assert not isinstance(await council.handle(replace(asked, cause="a")), Refusal)
        assert await council.handle(replace(asked, cause="b")) == Refusal(Code.NOTHING_CHANGED)
        noted = c.NoteErasure(meeting=ID, at=START, member=CHAIR)
        assert await council.handle(noted) == Refusal(Code.NOTHING_CHANGED)
        council.log.close()

    asyncio.run(refused())


def test_who_comes_again_is_known_again_but_not_where_they_were_erased(tmp_path: Path) -> None:
    async def again() -> None:
        council = await lived(tmp_path)
        await ask(council)
        await erasing(council, tmp_path).settle()
        assert unnamed(council) == {ANNE}
        later = datetime.now(UTC) + timedelta(days=1)
        for command in (c.Convene(meeting=NEXT, at=later), c.Arrive(meeting=NEXT, at=later, member=ANNE)):
            assert not isinstance(await council.handle(command), Refusal)
        assert unnamed(council) == frozenset()
        council.log.remember({ANNE: "Anne Roux"})
        minutes = drafting(council, tmp_path).composed(council.meeting(ID))
        assert "Anne Roux" not in signing.canonical(minutes).decode()
        council.log.close()

    asyncio.run(again())


def test_another_process_forgets_what_it_had_read(tmp_path: Path) -> None:
    async def watched() -> None:
        council = await lived(tmp_path)
        watcher = Council(Log.open(tmp_path / "council.db"))
        assert "trop cher" in str(watcher.meeting(ID).ballots)
        await ask(council)
        await erasing(council, tmp_path).settle()
        assert await watcher.look()
        assert watcher.meeting(ID) == council.meeting(ID)
        assert "trop cher" not in str(watcher.meeting(ID).ballots)
        watcher.log.close()
        council.log.close()

    asyncio.run(watched())


def test_words_that_come_after_are_not_kept(tmp_path: Path) -> None:
    async def late() -> None:
        council = await in_session(tmp_path)
        await over(council)
        await ask(council)
        await erasing(council, tmp_path).settle()
        words = Transcription(council, Table(SAID), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base")
        await words.catch_up(ID)
        assert council.log.words(ID).keys() == {"u1", "u3"}
        assert words.settled(council.meeting(ID))
        council.log.close()

    asyncio.run(late())


def killed_at(step: int, folder: Path) -> bool:
    """Go on with the erasure in a process that is killed at that step of its work; false where it came to its end."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)
    left = [step]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(lambda name, _: count() if name in {"os.rename", "os.remove", "os.rmdir"} else None)
    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    try:
        asyncio.run(resumed(folder))
    finally:
        os._exit(0)


async def resumed(folder: Path) -> None:
    council = Council(Log.open(folder / "council.db"))
    await erasing(council, folder).settle()
    council.log.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process of its own, forked")
def test_killed_at_any_step_it_goes_on_and_leaves_no_trace(tmp_path: Path) -> None:
    async def asked() -> None:
        council = await lived(tmp_path / "first")
        await ask(council)
        council.log.close()

    (tmp_path / "first").mkdir()
    asyncio.run(asked())
    step, ended = 0, False
    while not ended:
        folder = tmp_path / f"at{step}"
        shutil.copytree(tmp_path / "first", folder)
        ended = not killed_at(step, folder)
        log = Log.open(folder / "council.db")
        assert all(log.verify(one) is None for one in log.meetings()), step
        log.close()
        asyncio.run(resumed(folder))
        assert traces(folder) == [], step
        log = Log.open(folder / "council.db")
        assert all(not fold(one, log.history(one)).erasures.pending for one in log.meetings()), step
        log.close()
        shutil.rmtree(folder)
        step += 7
    assert step > 70
