"""A council in session, and a transcriber that answers from a table."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Meeting
from meetings.domain.refusals import Refusal
from meetings.domain.values import MeetingId, MemberId, PlannedItem, Role, Seat, UtteranceId
from meetings.log.store import Log
from transcribe.engine import Job, Transcript
from transcribe.errors import TranscribeError
from transcribe.scripted import Line, Scripted

START = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)
ID = MeetingId("m")
CHAIR, ANNE = MemberId("1"), MemberId("2")
PLAN = Planned(
    council="Conseil",
    title="Séance",
    starts=START,
    ends=START + timedelta(hours=1),
    channel="7",
    venue="voice",
    lang="fr",
    items=(PlannedItem(1, "Bancs"),),
    roster=(Seat(CHAIR, Role.CHAIR), Seat(ANNE)),
)
SAID = {UtteranceId("u1"): "Bonsoir à tous.", UtteranceId("u2"): "Je suis pour.", UtteranceId("u3"): "Moi aussi."}


class Table:
    """A transcriber in this process: what is heard of each utterance, in the order it was asked for."""

    def __init__(self, said: dict[UtteranceId, str]) -> None:
        self._engine = Scripted({key: Line(text) for key, text in said.items()})
        self.asked: list[str] = []

    async def submit(self, job: Job) -> Transcript:
        self.asked.append(job.key)
        (result,) = self._engine.transcribe([job])
        if isinstance(result, TranscribeError):
            raise result
        return result


def note(council: Council) -> Callable[..., "asyncio.Future[None]"]:
    async def do(kind: type[c.Command], **fields: object) -> None:
        outcome = await council.handle(kind(meeting=ID, at=START, **fields))
        assert not isinstance(outcome, Refusal), outcome

    return do


async def in_session(folder: Path) -> Council:
    """Two members in the room, item 1 in debate, the recorder running, three utterances recorded."""
    council = Council(Log.open(folder / "council.db"))
    council.log.remember({CHAIR: "Claire Martin", ANNE: "Anne Roux"})
    do = note(council)
    await do(c.Plan, plan=PLAN)
    await do(c.Convene)
    for member in (CHAIR, ANNE):
        await do(c.Arrive, member=member)
    await do(c.Open, by=CHAIR)
    await do(c.NextItem, by=CHAIR)
    await do(c.StartRecording)
    for number, key in enumerate(SAID):
        start = START + timedelta(seconds=10 * number)
        member = (CHAIR, ANNE)[number % 2]
        await do(c.NoteUtterance, utterance=key, member=member, start=start, end=start + timedelta(seconds=3))
    return council


async def over(council: Council) -> None:
    do = note(council)
    await do(c.Adjourn, by=CHAIR)
    await do(c.StopRecording)


def meeting(council: Council) -> Meeting:
    return council.meeting(ID)


@contextmanager
def refusing(log: Log) -> Iterator[None]:
    """The log cannot be written: a table of it is away."""
    log.close()
    rename(log, "words", "elsewhere")
    try:
        yield
    finally:
        rename(log, "elsewhere", "words")


def rename(log: Log, table: str, name: str) -> None:
    raw = sqlite3.connect(log.where)
    raw.execute(f"ALTER TABLE {table} RENAME TO {name}")
    raw.close()


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)
