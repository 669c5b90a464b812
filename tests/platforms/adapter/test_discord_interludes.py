"""Recess and closed doors on Discord: who may speak, who hears, and not one byte of what is said there is kept."""

import asyncio
import hashlib
from pathlib import Path

import pytest
from hall import CHAIR, GUEST, MEETING, PAUL, SALMA, SECRETARY, Hall, member, until
from test_discord_voices import said, voice

from meetings.domain import commands as c
from meetings.domain.values import BallotId, Choice
from meetings.platforms.discord.tape import Tape
from meetings.rehearsal.cast.voice import MemberVoice

BOTH = pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)
SPEECH = bytes(range(200, 240))
"""What the packets of somebody heard in an interlude would leave in a file."""


def whispered(seconds: float) -> list[bytes]:
    return [b"\x78" + number.to_bytes(4) + SPEECH for number in range(int(seconds * 50))]


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its bytes."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def bot_in_room(hall: Hall) -> bool:
    bot = int(hall.server.describe()["bots"][0]["id"])
    return bot in hall.server.world.guild.voice_states


async def speaking(hall: Hall) -> dict[int, MemberVoice]:
    """The session is open and recorded; the chair and Paul have voices."""
    await hall.plan()
    voices = {who: await voice(hall, who) for who in (CHAIR, PAUL)}
    await hall.enter(SECRETARY)
    await hall.do(c.Convene)
    await until(lambda: len(hall.meeting.attendance.present) == 3)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await until(hall.listening)
    await until(lambda: hall.may_speak(CHAIR))
    await voices[CHAIR].say(said(0.5))
    return voices


async def doors_closed(hall: Hall) -> None:
    doors = BallotId("doors")
    await hall.do(c.AskClosedSession, by=member(CHAIR), ballot=doors)
    await hall.do(c.CastVote, by=member(PAUL), ballot=doors, mark=Choice.FOR)
    await hall.do(c.CloseBallot, by=member(CHAIR), ballot=doors)


async def ended(hall: Hall, voices: dict[int, MemberVoice]) -> None:
    await hall.do(c.Adjourn, by=member(CHAIR))
    await until(lambda: not hall.meeting.recording.running)
    for one in voices.values():
        await one.close()


@BOTH
async def test_behind_closed_doors_the_bot_is_gone_and_not_a_byte_is_kept(hall: Hall) -> None:
    voices = await speaking(hall)
    recordings = hall.folder / "recordings" / MEETING
    whisper = asyncio.create_task(voices[CHAIR].say(said(0.3) + whispered(1.0)))
    await doors_closed(hall)
    await until(lambda: not hall.meeting.recording.running and not bot_in_room(hall))
    await whisper
    before = digests(recordings)
    spoken = len(hall.meeting.recording.utterances)
    await voices[CHAIR].say(whispered(1.0))
    await hall.board("session", "🔒 Huis clos depuis")
    assert digests(recordings) == before
    assert len(hall.meeting.recording.utterances) == spoken
    await hall.do(c.EndClosedSession, by=member(CHAIR))
    await until(lambda: bot_in_room(hall) and hall.meeting.recording.running and hall.listening())
    await voices[CHAIR].say(said(0.8))
    await until(lambda: len(hall.meeting.recording.utterances) > spoken)
    await ended(hall, voices)
    private = hall.meeting.interludes.all[0]
    assert private.until
    for start, end in hall.meeting.recording.holes:
        assert not (start < private.until and private.since < end)


@BOTH
async def test_what_is_said_from_the_closing_of_the_doors_on_is_in_no_file(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She goes on talking while the bot is slow to leave: it hears her, and what is on the disk ends at the vote."""
    slow, pause = asyncio.Event(), Tape.pause

    async def late(tape: Tape) -> None:
        await slow.wait()
        await pause(tape)

    monkeypatch.setattr(Tape, "pause", late)
    voices = await speaking(hall)
    await doors_closed(hall)
    await voices[CHAIR].say(whispered(1.0))
    assert bot_in_room(hall)
    slow.set()
    await until(lambda: not bot_in_room(hall))
    await voices[CHAIR].say(whispered(0.4))
    await hall.do(c.EndClosedSession, by=member(CHAIR))
    await until(lambda: bot_in_room(hall) and hall.meeting.recording.running and hall.listening())
    await ended(hall, voices)
    for path in hall.folder.rglob("*"):
        if path.is_file():
            assert SPEECH not in path.read_bytes(), path


@BOTH
async def test_a_recess_opens_microphones_and_records_nothing(hall: Hall) -> None:
    voices = await speaking(hall)
    await hall.enter(GUEST)
    await until(lambda: not hall.may_speak(GUEST) and not hall.may_speak(PAUL))
    await hall.phones[PAUL].slash("main lever")
    await hall.do(c.Suspend, by=member(CHAIR))
    await until(lambda: not hall.meeting.recording.running and bot_in_room(hall))
    if hall.venue == "voice":
        await until(lambda: hall.may_speak(GUEST) and hall.may_speak(PAUL))
    else:
        assert not hall.may_speak(GUEST)
    before = digests(hall.folder / "recordings" / MEETING)
    await voices[CHAIR].say(whispered(0.6))
    assert digests(hall.folder / "recordings" / MEETING) == before
    await hall.do(c.Resume, by=member(CHAIR))
    await until(lambda: hall.meeting.recording.running and hall.listening())
    await until(lambda: not hall.may_speak(PAUL) and not hall.may_speak(GUEST))
    assert hall.meeting.floor.place(member(PAUL)) == 1
    await ended(hall, voices)


async def test_a_bot_started_again_behind_closed_doors_stays_outside(hall: Hall) -> None:
    voices = await speaking(hall)
    await doors_closed(hall)
    await until(lambda: not bot_in_room(hall))
    await hall.stop_bot()
    await hall.start_bot()
    await hall.enter(SALMA)
    await until(lambda: member(SALMA) in hall.meeting.attendance.present)
    assert not bot_in_room(hall)
    await hall.do(c.EndClosedSession, by=member(CHAIR))
    await until(lambda: bot_in_room(hall) and hall.meeting.recording.running)
    await ended(hall, voices)
