"""The recording announced by voice: heard packet by packet, once whenever it begins; a silent bot harms nothing."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hall import CHAIR, MEETING, PAUL, SECRETARY, Hall, member, until
from test_discord_interludes import doors_closed
from test_discord_trouble import LEAST, allow, deny, owner, permit, robot, rung, said
from test_discord_voices import said as sound
from test_discord_voices import voice

from meetings.domain import commands as c
from meetings.platforms.discord import CouncilBot
from meetings.recording.errors import RecordingError
from meetings.recording.ogg import OggOpusWriter
from meetings.rehearsal.cast.voice import Heard, MemberVoice
from meetings.rehearsal.loopback.kinds import Permission
from meetings.rehearsal.loopback.server import LoopbackServer

BOTH = pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)
VOICE = pytest.mark.parametrize("hall", ["voice"], indirect=True)
WORDS = [b"\x78" + number.to_bytes(4) + b"announced" for number in range(40)]


def spoken(folder: Path) -> str:
    """The council's own file: 0.8 s, every packet another."""
    path = folder / "announcement.ogg"
    with path.open("wb") as file:
        writer = OggOpusWriter(file, 1)
        for packet in WORDS:
            writer.packet(packet, 960)
        writer.close()
    return str(path)


@pytest.fixture(params=["stage"])
async def hall(server: LoopbackServer, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    """The bot is to announce WORDS."""
    async with AsyncExitStack() as phones:
        hall = Hall(server, tmp_path, request.param, phones)
        await hall.start_bot(announcement=spoken(tmp_path))
        yield hall
        await hall.stop_bot()


async def convened(hall: Hall) -> tuple[list[bytes], MemberVoice]:
    """Three are in the room, and the roll is called; what Paul hears of the bot, and the chair's voice."""
    heard: list[bytes] = []

    def hear(packet: Heard) -> None:
        if packet.user_id == robot(hall):
            heard.append(packet.opus)

    await hall.plan()
    voices = {who: await voice(hall, who) for who in (CHAIR, PAUL)}
    for one in voices.values():
        hall.stack.push_async_callback(one.close)
    voices[PAUL].on_heard = hear
    if hall.venue == "voice":  # the keys that the bot is to share are there
        await until(lambda: all(one.members == voices.keys() for one in voices.values()))
    await hall.enter(SECRETARY)
    await hall.convened()
    return heard, voices[CHAIR]


def announced(hall: Hall) -> set[str]:
    return {surface for surface in hall.meeting.posted if surface.startswith("announced")}


async def told(hall: Hall, heard: list[bytes], times: int) -> None:
    await until(lambda: len(announced(hall)) == times and heard == WORDS * times)


def at_rest(hall: Hall) -> bool:
    """The bot's microphone is closed; on a stage it sits in the audience."""
    state = hall.server.world.guild.voice_states[robot(hall)]
    return state.self_mute and state.suppress is (hall.venue == "stage")


@BOTH
async def test_every_packet_is_heard_in_order_and_counts_as_nobodys_speech(hall: Hall) -> None:
    heard, _ = await convened(hall)
    assert at_rest(hall)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await told(hall, heard, 1)
    await until(lambda: at_rest(hall))
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    assert len(hall.meeting.recording.utterances) == 0
    assert not any(packet in path.read_bytes() for packet in WORDS for path in hall.folder.rglob("*.journal"))
    assert len(hall.meeting.attendance.ever_present()) == 3
    assert not hall.meeting.attendance.falls
    assert heard == WORDS


async def test_it_is_said_again_after_a_recess_and_not_after_a_restart(hall: Hall) -> None:
    heard, chair = await convened(hall)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await told(hall, heard, 1)
    await hall.stop_bot()
    await hall.start_bot(announcement=spoken(hall.folder))
    await until(hall.listening)
    await chair.say(sound(0.6))
    await until(lambda: len(hall.meeting.recording.utterances) == 1)
    await hall.do(c.Suspend, by=member(CHAIR))
    await until(lambda: not hall.meeting.recording.running)
    assert heard == WORDS
    await hall.do(c.Resume, by=member(CHAIR))
    await told(hall, heard, 2)


@VOICE
async def test_it_is_said_again_when_the_doors_open(hall: Hall) -> None:
    heard, _ = await convened(hall)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await told(hall, heard, 1)
    await doors_closed(hall)
    await until(lambda: robot(hall) not in hall.server.world.guild.voice_states)
    await hall.do(c.EndClosedSession, by=member(CHAIR))
    await told(hall, heard, 2)
    await until(lambda: at_rest(hall))


@VOICE
async def test_a_room_where_the_bot_may_not_speak_is_told_once_and_recorded(hall: Hall) -> None:
    await deny(hall, hall.room, Permission.SPEAK)
    heard, _ = await convened(hall)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await rung(hall, hall.text, "n’a pas pu annoncer", "« Parler »")
    await until(hall.listening)
    await hall.phones[CHAIR].slash("parole donner", membre=PAUL)
    await until(lambda: hall.may_speak(PAUL))
    assert (announced(hall), heard, len(said(hall, hall.text))) == (set(), [], 1)
    await hall.stop_bot()
    await allow(hall, hall.room)
    await hall.start_bot(announcement=spoken(hall.folder))
    await told(hall, heard, 1)


async def test_on_a_stage_that_is_not_its_own_the_bot_asks_and_speaks_once_invited(hall: Hall) -> None:
    heard, _ = await convened(hall)
    await permit(hall, LEAST & ~Permission.MUTE_MEMBERS)
    await hall.do(c.Open, by=member(CHAIR))
    await rung(hall, hall.text, "n’a pas pu annoncer", "Invitez-le")
    state = hall.server.world.guild.voice_states[robot(hall)]
    await until(lambda: state.request_to_speak_at is not None)
    assert (announced(hall), heard) == (set(), [])
    guild = hall.server.world.guild.id
    await owner(hall, "PATCH", f"/guilds/{guild}/voice-states/{robot(hall)}", channel_id=str(hall.room), suppress=False)
    await told(hall, heard, 1)
    await until(lambda: at_rest(hall))


@VOICE
async def test_a_bot_that_somebody_muted_speaks_once_it_is_given_back_its_microphone(hall: Hall) -> None:
    heard, _ = await convened(hall)
    guild = hall.server.world.guild.id
    await owner(hall, "PATCH", f"/guilds/{guild}/members/{robot(hall)}", mute=True)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await rung(hall, hall.text, "n’a pas pu annoncer", "quelqu’un a coupé son micro")
    assert (announced(hall), heard) == (set(), [])
    await owner(hall, "PATCH", f"/guilds/{guild}/members/{robot(hall)}", mute=False)
    await told(hall, heard, 1)


async def test_a_council_that_wants_none_hears_none(hall: Hall) -> None:
    await hall.stop_bot()
    await hall.start_bot(announcement="off")
    heard, _ = await convened(hall)
    await hall.phones[CHAIR].slash("séance ouvrir")
    await until(hall.listening)
    await hall.phones[CHAIR].slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    assert (announced(hall), heard) == (set(), [])


async def test_a_file_that_cannot_be_spoken_keeps_the_bot_from_starting(hall: Hall) -> None:
    path = hall.folder / "song.mp3"
    path.write_bytes(b"ID3")
    with pytest.raises(RecordingError, match="unspeakable"):
        CouncilBot(hall.council, hall.config(announcement=str(path)))
    with pytest.raises(RecordingError, match="nothing_to_say"):
        CouncilBot(hall.council, hall.config(announcement=str(hall.folder / MEETING / "none.ogg")))
