"""The bot's process is killed in the middle of a session; another takes over from the log and the recording."""

import asyncio
import json
import os
import signal
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hall import CHAIR, MEETING, PAUL, SECRETARY, Hall, member, until

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.meeting import fold
from meetings.log.store import Log
from meetings.platforms.discord import CouncilBot, DiscordConfig
from meetings.rehearsal.cast.voice import MemberVoice


def said(seconds: float) -> list[bytes]:
    return [b"\x78" + number.to_bytes(4) + bytes(40) for number in range(int(seconds * 50))]


@pytest.mark.slow
@pytest.mark.parametrize("hall", ["stage", "voice"], indirect=True)
async def test_after_a_kill_no_acknowledged_act_is_lost_and_the_recording_goes_on(hall: Hall) -> None:
    await hall.plan()
    await hall.stop_bot()
    config = {name: str(value) for name, value in asdict(hall.config()).items() if value is not None}
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = (sys.executable, __file__, str(hall.folder), json.dumps(config))
    with (hall.folder / "bot.log").open("wb") as output:
        bot = await asyncio.create_subprocess_exec(*command, stderr=output, env=environment)
    hall.stack.callback(lambda: bot.returncode is None and bot.kill())
    await hall.enter(CHAIR, SECRETARY)
    paul = await hall.phone(PAUL)
    voice = await MemberVoice.connect(await paul.join_voice(hall.room), ca=Path(hall.server.describe()["ca"]))
    chair = hall.phones[CHAIR]
    await chair.see(lambda seen: "3 présents sur 4" in seen.text.replace("\u00a0", " "), 20)
    await chair.slash("séance ouvrir")
    await chair.slash("parole donner", membre=PAUL)
    await until(lambda: hall.may_speak(PAUL))
    await until(hall.listening)
    await voice.say(said(1.0))
    await chair.slash("vote ouvrir", motion="Poser deux bancs")
    ballot = await chair.see(lambda seen: any(button.custom_id.startswith("vote:") for button in seen.buttons))
    await paul.press(ballot.id, ballot.buttons[0].custom_id)
    bot.send_signal(signal.SIGKILL)
    await bot.wait()
    await hall.start_bot()

    assert hall.meeting.running_ballot
    assert hall.meeting.running_ballot.votes.keys() == {member(PAUL)}
    assert hall.meeting.floor.speaker
    await until(lambda: len(hall.meeting.recording.holes) == 1)
    await until(lambda: [one.member for one in hall.meeting.recording.utterances.values()] == [member(PAUL)])
    (spoken,) = hall.meeting.recording.utterances.values()
    assert (spoken.end - spoken.start).total_seconds() > 0.9
    await voice.say(said(0.6))
    await until(lambda: len(hall.meeting.recording.utterances) == 2)
    await chair.slash("vote clore")
    await hall.board(hall.ballot, "Adopté")
    await chair.slash("séance lever")
    await until(lambda: not hall.meeting.recording.running)
    assert hall.council.log.verify(MEETING) is None
    await until(lambda: fold(MEETING, hall.council.log.read(MEETING)) == hall.meeting)  # also what it notes just now
    await voice.close()


async def serve(folder: Path, told: dict[str, str]) -> None:
    """The process that is killed: the bot alone, and a meeting convened at once."""
    ids = {name: int(told[name]) for name in ("room",)}
    paths = {name: Path(told[name]) for name in ("recordings", "documents")}
    config = DiscordConfig(token=told["token"], rest=told["rest"], gateway=told["gateway"], **ids, **paths)
    council = Council(Log.open(folder / "council.db"))
    await CouncilBot(council, config).start()
    await council.handle(c.Convene(meeting=MEETING, at=datetime.now(UTC)))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), json.loads(sys.argv[2])))
