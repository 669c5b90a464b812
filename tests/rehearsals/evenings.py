"""Evenings of the brief scenario in which something goes wrong, and what they leave behind."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psutil
import pytest

from meetings.domain import events as e
from meetings.domain import tape, values
from meetings.domain.meeting import Meeting, fold
from meetings.i18n import translator
from meetings.recording import Report, check
from meetings.recording.writer import RESERVE
from meetings.rehearsal import steps as acts
from meetings.rehearsal.errors import StuckError
from meetings.rehearsal.loopback.faults import Faults
from meetings.rehearsal.order import Order
from meetings.rehearsal.rehearsal import Rehearsal
from meetings.rehearsal.scenario import STORIES, load
from meetings.rehearsal.summary import Summary
from meetings.rehearsal.view import View

HERE = Path(__file__).parent
SCRIPT, AGENDA = HERE / "brief.toml", HERE / "brief.ics"
DOWN = 2.0
HEMICYCLE = (sys.executable, "-m", "meetings")

Channel = Literal["stage", "voice"]


class Evening(Rehearsal):
    """A rehearsal of the brief scenario, played part by part."""

    def __init__(self, out: Path, channel: Channel, faults: Faults | None = None, **environment: str) -> None:
        out.mkdir(parents=True, exist_ok=True)
        order = Order(out, AGENDA, SCRIPT, channel, quiet=True)
        view = View(translator("fr"), quiet=True)
        super().__init__(order, load(SCRIPT), AGENDA, view, faults, environment)

    def history(self) -> list[e.Recorded]:
        return self.log.read(self.log.meetings()[0])

    def meeting(self) -> Meeting:
        return fold(self.log.meetings()[0], self.history())

    def messages(self) -> dict[int, str]:
        """The text channel, by message id."""
        text = int(self.server.describe()["channels"]["text"])
        return {message.id: message.content for message in self.server.world.history(text)}

    async def until(self, condition: Callable[[], bool], seconds: float = 90.0) -> None:
        """Wait for what another process is about to do; a machine may be busy."""
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.1)

    async def end(self) -> Summary:
        """Wait for the minutes, let everybody go, and read what is left."""
        await self.minutes()
        await self.go_home()
        return self.summary()

    def captions(self) -> tuple[str, bool]:
        """What the thread of captions says, and whether it was put away."""
        world = self.server.world
        (thread,) = world.guild.threads.values()
        boards = [part for message in world.history(thread.id) for part in message.components]
        texts = [text["content"] for board in boards for text in board["components"] if "content" in text]
        return "\n".join(texts), thread.thread is not None and thread.thread.archived

    async def kill_worker(self) -> None:
        """The process that transcribes dies as for lack of memory."""
        await self.until(lambda: bool(self._workers()))
        self._workers()[0].kill()

    def _workers(self) -> list[psutil.Process]:
        assert self.bot.pid
        family = psutil.Process(self.bot.pid).children(recursive=True)
        return [one for one in family if "transcribe.worker" in one.cmdline()]

    def minutes_text(self) -> str:
        return (self.order.out / "minutes.md").read_text("utf-8")


@dataclass(frozen=True)
class BadNetwork:
    """A rehearsal's figures, and the faults that really struck."""

    summary: Summary
    struck: Counter[str]


async def bad_network(out: Path, channel: Channel, faults: Faults) -> BadNetwork:
    """The whole scenario over an impaired network."""
    async with Evening(out, channel, faults) as evening:
        await evening.play()
        assert evening.server.voice
        return BadNetwork(await evening.end(), Counter(evening.server.voice.stats))


@dataclass(frozen=True)
class Unheard:
    """What a bot without a speech model leaves, then what `hemicycle transcribe` makes of it."""

    summary: Summary
    minutes: str
    said: str
    status: int
    words: list[tape.UtteranceTranscribed]
    new_minutes: str
    spoken: list[tape.UtteranceRecorded]


async def unheard(out: Path) -> Unheard:
    """The whole scenario while no source gives the model; then the model is there."""
    nowhere = {
        "HEMICYCLE_MODELS": str(out / "models"),
        "HF_ENDPOINT": "http://127.0.0.1:9",  # the port `discard`, where nobody listens
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
    }
    async with Evening(out, "voice", **nowhere) as evening:
        await evening.play()
        summary = await evening.end()
        minutes = evening.minutes_text()
        command = (*HEMICYCLE, "transcribe", str(out))
        ran = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=out)
        said, _ = await ran.communicate()
        meeting = evening.meeting()
        drafted = out / "documents" / meeting.id / "minutes.md"
        known = list(meeting.recording.transcribed.values())
        new = drafted.read_text("utf-8")
        return Unheard(summary, minutes, said.decode(), ran.returncode or 0, known, new, meeting.spoken)


@dataclass(frozen=True)
class FullDisk:
    """What a bot leaves whose data folder's disk was full from item 2 on."""

    filled: datetime
    meeting: Meeting
    messages: dict[int, str]
    chain_holds: bool
    recording: Report
    summary: Summary
    minutes: str


@contextmanager
def own_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A file system of its own in `folder`, in memory. Skips the test where none may be mounted."""
    folder.mkdir(parents=True)
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if sys.platform != "linux" or not mount or not umount:
        pytest.skip("no file system can be mounted here")
    command = [mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)]
    if (mounted := subprocess.run(command, capture_output=True, text=True)).returncode:  # noqa: S603  no input of others
        pytest.skip(f"no file system may be mounted here: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run([umount, str(folder)], check=True)  # noqa: S603


async def full_disk(out: Path) -> FullDisk:
    """Somebody fills the disk of the data folder after item 1, down to half of what recordings leave to the log."""
    with own_disk(out, megabytes=64):
        async with Evening(out, "stage") as evening:
            play, steps = evening.performance, evening.scenario.steps
            second = [n for n, step in enumerate(steps) if isinstance(step, acts.Act) and step.name == "next"][1]
            await evening.convened()
            await play.play(steps[: second + 1])
            await evening.until(lambda: len(evening.meeting().recording.utterances) == 1)
            (out / "ballast").write_bytes(bytes(shutil.disk_usage(out).free - RESERVE // 2))
            filled = datetime.now(UTC)
            await play.play(steps[second + 1 :])
            summary = await evening.end()
            meeting = evening.meeting()
            return FullDisk(
                filled=filled,
                meeting=meeting,
                messages=evening.messages(),
                chain_holds=evening.log.verify(meeting.id) is None,
                recording=check(out / "recordings" / meeting.id),
                summary=summary,
                minutes=evening.minutes_text(),
            )


@dataclass(frozen=True)
class PowerCut:
    """What there was when the bot was killed, and what in the end."""

    killed: datetime
    back: datetime
    """Seen by the server: the new process is connected to the room's voice."""
    answer_meanwhile: str
    steps: tuple[list[acts.Step], list[acts.Step]]
    """Those answered before the kill, and all."""
    logs: tuple[list[e.Recorded], list[e.Recorded]]
    messages: tuple[dict[int, str], dict[int, str]]
    chain_holds: bool
    recording: Path
    names: dict[values.MemberId, str]
    words: dict[values.UtteranceId, str]
    captions: str
    summary: Summary
    minutes: str

    @property
    def meeting(self) -> Meeting:
        return fold(self.logs[1][0].meeting, self.logs[1])


async def power_cut(out: Path, channel: Channel) -> PowerCut:
    """Kill the bot while the chair speaks, a hand is up and a secret vote is open; it comes back, the play goes on.

    Before the last words the worker is killed that transcribes.
    """
    async with Evening(out, channel) as evening:
        play, steps = evening.performance, evening.scenario.steps
        at = next(n for n, step in enumerate(steps) if isinstance(step, acts.Say) and "17-" in step.line.audio.name)
        await evening.convened()
        await play.play(steps[:at])
        sent = play.packets_sent
        longer = acts.Say(load(STORIES["fr"]).lines[-1])  # so that she still speaks when the bot is back
        speech = asyncio.create_task(play.play([steps[at], longer]))
        await evening.until(lambda: play.packets_sent > sent + 80)
        await play.act(steps[at + 1])
        await evening.bot.kill()
        killed, log, messages = datetime.now(UTC), evening.history(), evening.messages()
        meanwhile = await _answer(play.act(steps[at + 2]))
        await asyncio.sleep(max(0.0, DOWN - (datetime.now(UTC) - killed).total_seconds()))
        earlier = evening.voice_session
        await evening.bot.start()
        await evening.until(lambda: evening.voice_session != earlier and evening.bot_hears)
        back = datetime.now(UTC)
        await evening.until(lambda: bool(evening.meeting().recording.holes))
        await speech
        await play.play(steps[at + 2 : -2])
        await evening.kill_worker()
        await play.play(steps[-2:])
        await evening.minutes()
        await evening.until(lambda: evening.captions()[1])
        summary = await evening.end()
        meeting = evening.meeting()
        return PowerCut(
            killed=killed,
            back=back,
            answer_meanwhile=meanwhile,
            steps=([*steps[:at], steps[at + 1]], list(steps)),
            logs=(log, evening.history()),
            messages=(messages, evening.messages()),
            chain_holds=evening.log.verify(meeting.id) is None,
            recording=out / "recordings" / meeting.id,
            names=evening.log.names(),
            words={key: said.text for key, said in evening.log.words(meeting.id).items()},
            captions=evening.captions()[0],
            summary=summary,
            minutes=evening.minutes_text(),
        )


async def _answer(act: Coroutine[None, None, None]) -> str:
    """What becomes of an act while nobody answers."""
    try:
        await act
    except StuckError as stuck:
        return stuck.code
    return "answered"
