"""`hemicycle privacy`: the register, and a member erased by who hosts the council."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from test_cli_refusals import hemicycle

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.refusals import Refusal
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat, UtteranceId
from meetings.log.store import Log, Words

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
ID, CLAIRE, ANNE = MeetingId("m"), MemberId("1"), MemberId("2")


async def held(folder: Path) -> None:
    """A meeting over, in which Anne said one thing; nothing of it is drafted yet."""
    council = Council(Log.open(folder / "council.db"))
    council.log.remember({CLAIRE: "Claire Martin", ANNE: "Anne Roux"})
    roster = (Seat(CLAIRE, Role.CHAIR), Seat(ANNE))
    plan = Planned("C", "S", AT, AT + timedelta(hours=1), "7", "voice", "fr", (PlannedItem(1, "Bancs"),), roster)
    said = {"utterance": UtteranceId("u1"), "member": ANNE, "start": AT, "end": AT + timedelta(seconds=2)}
    for command in (
        c.Plan(meeting=ID, at=AT, plan=plan),
        c.Convene(meeting=ID, at=AT),
        c.Arrive(meeting=ID, at=AT, member=CLAIRE),
        c.Arrive(meeting=ID, at=AT, member=ANNE),
        c.Open(meeting=ID, at=AT, by=CLAIRE),
        c.NoteUtterance(meeting=ID, at=AT, **said),
        c.NoteTranscript(meeting=ID, at=AT, utterance=UtteranceId("u1"), digest="d", model="base"),
        c.Adjourn(meeting=ID, at=AT, by=CLAIRE),
        c.NoteDraft(meeting=ID, at=AT, digest="d"),
    ):
        assert not isinstance(await council.handle(command), Refusal)
    council.log.put_words(ID, Words(UtteranceId("u1"), "Saperlipopette", "fr"))
    council.log.close()


def test_a_member_who_left_is_erased_and_the_minutes_written_anew(tmp_path: Path) -> None:
    data = tmp_path / "data"
    asyncio.run(held(data))
    unknown = asyncio.run(hemicycle(tmp_path, "en", "privacy", "erase", "Nobody", "--yes"))
    assert (unknown.status, "Nothing is kept of “Nobody”" in unknown.said) == (2, True)
    done = asyncio.run(hemicycle(tmp_path, "en", "privacy", "erase", "anne roux", "--yes"))
    assert (done.status, done.said) == (0, "")
    assert "1 passage, in 1 meeting" in done.printed.replace("\u00a0", " ")
    minutes = (data / "documents" / ID / "minutes.md").read_text("utf-8")
    assert "membre effacé n° 1" in minutes.replace("\u00a0", " ").replace("\u202f", " ")
    for path in data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"Anne Roux" not in content, path
        assert b"Saperlipopette" not in content, path
    assert asyncio.run(hemicycle(tmp_path, "en", "log", "verify", "data")).status == 0
    shown = asyncio.run(hemicycle(tmp_path, "en", "log", "show", "data")).printed
    assert "ErasureAsked" in shown
    assert '"utterances": 1' in next(line for line in shown.splitlines() if "MemberErased" in line)
