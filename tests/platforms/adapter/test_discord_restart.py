"""The bot is closed in the middle and started over the same log: it goes on, and draws nothing twice."""

import asyncio

import discord
import pytest
from hall import CHAIR, MEETING, PAUL, SECRETARY, Hall, member, plain, to_secretary, until

from meetings.domain import commands as c
from meetings.domain.meeting import fold
from meetings.i18n import translator
from meetings.platforms.discord import room

BOTH = pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)


def posts(hall: Hall) -> int:
    return len(hall.server.world.history(hall.text))


@BOTH
async def test_a_restart_edits_the_boards_and_old_buttons_work(hall: Hall) -> None:
    await hall.opened()
    board = await hall.board("session", "Séance ouverte")
    await hall.phones[PAUL].press(board.id, board.buttons[0].custom_id)
    ballot = await hall.put_to_the_vote("Poser deux bancs")
    before = posts(hall)

    await hall.stop_bot()
    await hall.phones[SECRETARY].leave_voice()  # nobody of ours sees it
    await hall.start_bot()

    await hall.board("session", "2 présents sur 4")
    await hall.board("quorum:1", "le quorum n’est plus atteint")
    assert posts(hall) == (before := before + 1)
    assert hall.meeting.floor.place(member(PAUL)) == 1
    reply = await hall.phones[PAUL].press(board.id, board.buttons[-2].custom_id)
    assert reply.message
    assert reply.message.id == board.id
    assert hall.meeting.floor.queue == ()
    await hall.phones[PAUL].press(ballot.id, ballot.buttons[0].custom_id)
    await until(lambda: hall.meeting.running_ballot is not None and len(hall.meeting.running_ballot.votes) == 1)
    await until(lambda: hall.may_speak(CHAIR) and not hall.may_speak(PAUL))
    await until(lambda: fold(MEETING, hall.council.log.read(MEETING)) == hall.meeting)  # also what it notes just now
    assert posts(hall) == before


@BOTH
@pytest.mark.slow
async def test_the_recording_goes_on_in_the_same_folder_and_its_hole_is_noted_once(hall: Hall) -> None:
    await hall.opened()
    folder = hall.folder / "recordings" / MEETING
    await until(lambda: hall.meeting.recording.running and bool(hall.server.world.guild.voice_states))
    bot = int(hall.server.describe()["bots"][0]["id"])
    await until(lambda: bot in hall.server.world.guild.voice_states)
    for run in (1, 2):
        await asyncio.sleep(1.2)  # the journal's beat says each second that the recorder lives
        await hall.stop_bot()
        await hall.start_bot()
        await until(lambda run=run: len(hall.meeting.recording.holes) == run)
    assert len(list(folder.glob("*.journal"))) == 3
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    assert len(hall.meeting.recording.holes) == 2


async def test_a_deleted_message_is_posted_anew(hall: Hall) -> None:
    await hall.opened()
    board = await hall.board("session", "Séance ouverte")
    await (
        hall.bot._connection.get_guild(hall.bot._premises.guild)
        .get_channel(hall.text)
        .get_partial_message(board.id)
        .delete()
    )
    await hall.phones[CHAIR].slash("séance point")
    await until(lambda: hall.meeting.posted["session"] != str(board.id))
    again = await hall.board("session", "▶ 1. Bancs du parc")
    reply = await hall.phones[PAUL].press(again.id, again.buttons[0].custom_id)
    assert r"1. Paul\_Roux\*" in plain(reply.text)


async def test_minutes_troubles_and_the_notice_are_posted_once_to_whom_they_concern(hall: Hall) -> None:
    await hall.opened()
    notice = await hall.board("notice", "Cette séance sera enregistrée")
    assert notice.wire["mentions"] == []
    await hall.do(c.NoteTrouble, code="disk-full")
    trouble = await hall.board("trouble:0", "le disque est plein")
    assert [user["id"] for user in trouble.wire["mentions"]] == [str(CHAIR)]
    await hall.phones[CHAIR].slash("séance lever")
    folder = hall.folder / "documents" / MEETING
    folder.mkdir(parents=True)
    for name in ("minutes.pdf", "minutes.md", "minutes.docx", "notes.txt"):
        (folder / name).write_bytes(b"%PDF")
    await hall.do(c.NoteDraft, digest="0" * 64)
    await hall.board("minutes:drafted", "est rédigé")
    minutes = await to_secretary(hall, "minutes", "le projet de procès-verbal est prêt")
    assert [file["filename"] for file in minutes.wire["attachments"]] == ["minutes.pdf", "minutes.docx"]
    await until(lambda: not hall.meeting.recording.running and "event:over" in hall.meeting.posted)
    before = posts(hall)
    await hall.stop_bot()
    await hall.start_bot()
    assert hall.bot._connection.sittings == {}
    assert posts(hall) == before
    await hall.do(c.NoteDraft, digest="1" * 64)
    await to_secretary(hall, "draft:2", "version 2 du projet")


async def test_a_room_that_cannot_be_entered_is_told_and_the_session_goes_on(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.2)
    assert hall.server.voice
    await hall.server.voice.stop()
    await hall.opened()
    await hall.board("session", "Séance ouverte")
    await hall.board("trouble:0", plain(translator("fr")("discord.trouble.room-closed")))
    await hall.phones[CHAIR].slash("parole donner", membre=PAUL)
    await until(lambda: hall.may_speak(PAUL))
    async with asyncio.timeout(8):
        await hall.stop_bot()
    await hall.server.voice.start()
    await hall.start_bot()
    await until(lambda: hall.meeting.recording.running)


async def test_who_shuts_us_out_of_the_text_channel_stops_no_microphone(hall: Hall) -> None:
    await hall.opened()
    await hall.board("session", "Séance ouverte")
    channel = hall.server.world.guild.channels.pop(hall.text)
    hall.server.hub.broadcast("CHANNEL_DELETE", {"id": str(channel.id), "type": 0, "guild_id": str(channel.guild_id)})
    await hall.do(c.GiveFloor, by=member(CHAIR), member=member(PAUL))
    await until(lambda: hall.may_speak(PAUL))
    assert isinstance(hall.bot._connection, discord.Client)
