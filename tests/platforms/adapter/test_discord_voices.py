"""Voices in the room become utterances in the log, under their members, and a burst of presses meets no rate limit."""

import asyncio
from pathlib import Path

import pytest
from hall import CHAIR, GUEST, MEETING, PAUL, SECRETARY, Hall, member, until

from meetings.domain import commands as c
from meetings.rehearsal.cast.voice import MemberVoice

BOTH = pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)


def said(seconds: float) -> list[bytes]:
    """Packets of 20 ms that are no silence."""
    return [b"\x78" + number.to_bytes(4) + bytes(40) for number in range(int(seconds * 50))]


async def voice(hall: Hall, user_id: int) -> MemberVoice:
    phone = await hall.phone(user_id)
    credentials = await phone.join_voice(hall.room)
    return await MemberVoice.connect(credentials, ca=Path(hall.server.describe()["ca"]))


@BOTH
async def test_what_members_say_is_noted_and_what_visitors_say_is_not_kept(hall: Hall) -> None:
    await hall.plan()
    voices = {who: await voice(hall, who) for who in (CHAIR, PAUL, GUEST)}
    await hall.enter(SECRETARY)
    await hall.do(c.Convene)
    await until(lambda: len(hall.meeting.attendance.present) == 3)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await until(hall.listening)
    await hall.phones[CHAIR].slash("parole donner", membre=PAUL)
    await until(lambda: hall.may_speak(PAUL))
    await asyncio.gather(voices[PAUL].say(said(1.0)), voices[GUEST].say(said(0.5)))
    await until(lambda: len(hall.meeting.recording.utterances) == 1)
    await hall.phones[CHAIR].slash("parole retirer")
    await voices[CHAIR].say(said(0.6))
    await hall.phones[CHAIR].slash("séance lever")  # what is being said is kept
    await until(lambda: not hall.meeting.recording.running)
    spoken = list(hall.meeting.recording.utterances.values())
    assert [one.member for one in spoken] == [member(PAUL), member(CHAIR)]
    assert 0.9 < (spoken[0].end - spoken[0].start).total_seconds() < 1.3
    assert (hall.folder / "recordings" / MEETING).is_dir()
    for one in voices.values():
        await one.close()


async def test_a_burst_of_presses_meets_no_rate_limit(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    await hall.opened()
    board = await hall.board("session", "Séance ouverte")
    up, _, down, _ = (button.custom_id for button in board.buttons)
    for _ in range(15):
        await hall.phones[PAUL].press(board.id, up)
        await hall.phones[PAUL].slash("main baisser")
        await hall.phones[CHAIR].press(board.id, down)
    await hall.phones[PAUL].press(board.id, up)
    await hall.board("session", r"1. Paul\_Roux\*")
    assert "rate limited" not in caplog.text
