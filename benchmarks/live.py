"""How soon an utterance's words are known while a meeting goes on, and whether anybody waits for the bot meanwhile.

    python benchmarks/live.py FOLDER [--minutes 3] [--model base] [--workers 0] [--ways WAYS]

FOLDER holds recorded clips (see meeting.py), of which a French meeting of several speakers is made, somebody speaking
nine tenths of the time. Its Opus packets come at their real pace to the real recorder, as a member's client sends them:
nothing while its gate is shut, five frames of silence when it shuts, a fifth of a second after the last sound. Pauses
close utterances, the real jobs have them transcribed by worker processes (int8; `--workers 0`: as many as the house
would have), the real bot draws captions on a loopback Discord that is another process, where a member raises and lowers
a hand every half second. The same meeting each time: without transcription (`none`), with each utterance heard once it
is over (`words`), heard when its speaker falls silent (`ahead`), and with the words of who speaks on, too (`partial`).
An utterance is over when its last packet came; the recorder knows that 0.8 s later. The load of the machine is printed
with each.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from meeting import meeting, opus

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.tape import UtteranceTranscribed
from meetings.domain.values import MeetingId, MemberId, PlannedItem, UtteranceId
from meetings.jobs.listening import Listening
from meetings.jobs.saying import Saying
from meetings.jobs.transcription import Transcription
from meetings.log.store import Log
from meetings.platforms.discord import CouncilBot, DiscordConfig
from meetings.recording import Heard, Recorder, Utterance
from meetings.recording.opus import SILENCE
from meetings.recording.packets import opus_packets
from meetings.rehearsal.cast.client import MemberClient
from meetings.rehearsal.cast.commands import InteractionFailed
from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.kinds import ChannelType
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import VoiceState, Wire
from transcribe.audio import Samples
from transcribe.catalogue import crew
from transcribe.fetch import fetch
from transcribe.pool import Pool
from transcribe.score import word_error_rate

MEETING, FIRST, SPEAKERS = MeetingId("m"), 900000000000000000, 3
TICK, PRESSES = 0.02, 0.5  # seconds
FRAME, GATE, HOLD = 320, 1e-4, 10  # samples of a packet at 16 kHz; share of the loudest power; packets it stays open
WAYS = ("none", "words", "ahead", "partial")


def packets(folder: Path, minutes: float) -> list[tuple[float, int, int, bytes]]:
    """When each packet of the meeting comes, in seconds, whose it is, its place on that track, and its Opus."""
    found = []
    with tempfile.NamedTemporaryFile(suffix=".ogg") as file:
        for user, track in enumerate(meeting(folder, minutes, languages=("fr",))):
            for spoken in track.spoken:
                Path(file.name).write_bytes(opus(spoken.samples))
                for number, packet in gated(opus_packets(Path(file.name)), spoken.samples):
                    at = spoken.start + number * 0.02
                    found.append((at, FIRST + user, int(at / 0.02), packet))
    return sorted(found)


def gated(coming: list[bytes], samples: Samples) -> Iterator[tuple[int, bytes]]:
    """The packets that a client sends, with their numbers: those its gate lets through, and silence when it shuts."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    power = (frames**2).mean(axis=1)
    loud = power > power.max() * GATE
    shut = 5 + HOLD
    for number in range(len(loud) + shut):
        heard = loud[max(0, number - HOLD) : number + 1].any()
        if heard and number < len(coming):
            yield number, coming[number]
        elif heard or loud[max(0, number - shut) : number + 1].any():
            yield number, SILENCE


async def house(told: Wire, way: str, asked: argparse.Namespace) -> None:
    """The bot's process: a session in which people speak, from `ready` on standard output to the figures."""
    folder, coming = Path(told["folder"]), packets(asked.folder, asked.minutes)
    council = Council(Log.open(folder / "council.db"))
    room = told["channels"]["voice"]
    places = {"recordings": folder / "recordings", "documents": folder / "documents", "room": int(room)}
    config = DiscordConfig(token=told["bots"][0]["token"], rest=told["rest"], gateway=told["gateway"], **places)
    saying = Saying(council)
    bot = CouncilBot(council, replace(config, captions=way != "none"), saying)
    await bot.start()
    await open_session(council, bot, room)

    async def noted(said: Utterance) -> None:
        key, member = UtteranceId(said.id), MemberId(str(said.user_id))
        at = datetime.now(UTC)
        await council.handle(
            c.NoteUtterance(meeting=MEETING, at=at, utterance=key, member=member, start=said.start, end=said.end)
        )

    writing: set[asyncio.Task[None]] = set()
    recorder = Recorder(folder / "voices", on_utterance=lambda said: writing.add(asyncio.create_task(noted(said))))
    workers, threads = crew(asked.model, live=True, workers=asked.workers)
    async with Pool(fetch(asked.model), workers=workers, threads=threads) as pool:
        await pool.warm()
        listening = Listening(council, pool, lambda _: recorder.open(), saying, partial=way == "partial")
        job = Transcription(
            council,
            pool if way == "words" else listening,
            lambda _, keys: {key: recorder.fresh(key) or b"" for key in keys},
            asked.model,
        )
        work = {"none": [], "words": [job.run]}.get(way, [job.run, listening.run])
        tasks = [asyncio.create_task(one()) for one in work]
        seats = [psutil.Process(seat.pid) for seat in pool.stats() if seat.pid]
        before, own = sum(map(spent, seats)), spent(psutil.Process())
        print("ready", flush=True)
        await play(recorder, coming)
        await asyncio.gather(*writing)
        with council.feed.subscribe() as bell:
            while way != "none" and council.meeting(MEETING).pending():
                await bell.wait()
                bell.clear()
        figures = {"workers": sum(map(spent, seats)) - before, "bot": spent(psutil.Process()) - own}
        figures |= {"hearings": listening.hearings, "foreseen": listening.foreseen}
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    ends = {one.utterance: one.end for one in council.meeting(MEETING).recording.utterances.values()}
    known = {
        one.event.utterance: one.at
        for one in council.log.history(MEETING)
        if isinstance(one.event, UtteranceTranscribed)
    }
    waits = sorted((at - ends[key]).total_seconds() for key, at in known.items())
    shown = {"waits": waits, "utterances": len(ends), "seconds": coming[-1][0], "errors": errors(council, asked)}
    print(json.dumps(figures | shown), flush=True)
    await asyncio.to_thread(sys.stdin.readline)  # the last press is answered
    await bot.stop()


def errors(council: Council, asked: argparse.Namespace) -> float | None:
    """The word error rate of what was heard, each speaker's words in their order; None where nothing was."""
    words, state = council.log.words(MEETING), council.meeting(MEETING)
    heard = [
        " ".join(words[key].text for key, one in state.recording.utterances.items() if int(one.member) == user)
        for user in range(FIRST, FIRST + SPEAKERS)
        if words
    ]
    tracks = meeting(asked.folder, asked.minutes, languages=("fr",))
    return word_error_rate(zip((track.reference for track in tracks), heard, strict=True), "fr") if heard else None


async def open_session(council: Council, bot: CouncilBot, room: str) -> None:
    at, roster = datetime.now(UTC), await bot.roster()
    plan = Planned(
        "Conseil", "Séance", at, at + timedelta(hours=2), room, "voice", "fr", (PlannedItem(1, "Bancs"),), roster
    )
    for command, fields in (
        (c.Plan, {"plan": plan}),
        (c.Convene, {}),
        *((c.Arrive, {"member": seat.member}) for seat in roster),
        (c.Open, {"by": roster[0].member}),
        (c.NextItem, {"by": roster[0].member}),
        (c.StartRecording, {}),
    ):
        await council.handle(command(meeting=MEETING, at=datetime.now(UTC), **fields))


async def play(recorder: Recorder, coming: list[tuple[float, int, int, bytes]]) -> None:
    """Every packet at its time, and time passing for the recorder as the voice client lets it."""
    recorder.listening(present=True)
    began, place = recorder.clock(), 0
    while place < len(coming) or recorder.clock() < began + int((coming[-1][0] + 1.5) * 1e9):
        now = recorder.clock()
        while place < len(coming) and began + coming[place][0] * 1e9 <= now:
            _, user, number, packet = coming[place]
            recorder.hear(Heard(user, user - FIRST, number & 0xFFFF, 960 * number, now, now, packet))
            place += 1
        recorder.tick()
        await asyncio.sleep(TICK)


def spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def press(client: MemberClient, over: asyncio.Event) -> list[float]:
    """Seconds until each of a member's presses was answered; the floor's buttons, turn about."""
    waits = []
    while not over.is_set():
        for button in ("raise", "lower"):
            seen = await client.see(
                lambda seen, name=button: any(one.custom_id.endswith(f":{name}") for one in seen.buttons)
            )
            (custom_id,) = {one.custom_id for one in seen.buttons if one.custom_id.endswith(f":{button}")}
            began = time.perf_counter()
            with suppress(InteractionFailed):  # too late for Discord, and as long as it took
                await client.press(seen.id, custom_id)
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(PRESSES)
    return waits


async def measured(way: str, asked: argparse.Namespace) -> dict[str, Any]:
    people = [MemberSpec(FIRST + n, f"Membre {n}", ("Membre", *(["Présidence"] * (n == 0)))) for n in range(SPEAKERS)]
    server = LoopbackServer("Conseil", people)
    await server.start()
    room = server.channel(ChannelType.VOICE)
    for one in people:
        server.world.guild.voice_states[one.id] = VoiceState(one.id, room.id, "s", "t", "g")
    with tempfile.TemporaryDirectory() as folder:
        told = server.describe() | {"folder": folder}
        client = MemberClient(told["rest"], told["gateway"], told["members"][1]["token"])
        await client.connect()  # whoever comes later sees no message from before
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, __file__, *sys.argv[1:], "--house", way),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None if asked.verbose else asyncio.subprocess.DEVNULL,
            env=os.environ | {"SSL_CERT_FILE": told["ca"]},
        )
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps(told).encode() + b"\n")
        await child.stdout.readline()
        over = asyncio.Event()
        pressing = asyncio.create_task(press(client, over))
        figures: dict[str, Any] = json.loads(await child.stdout.readline())
        over.set()
        presses = sorted(await pressing)
        child.stdin.close()
        await child.wait()
        await client.close()
    await server.stop()
    return figures | {"presses": presses, "load": os.getloadavg()[0]}


def row(way: str, figures: dict[str, Any]) -> str:
    waits, presses = figures["waits"], figures["presses"]
    words = " |  | "
    if waits:
        words = f"{statistics.median(waits):.2f} | {rank(waits, 95):.2f} | {figures['errors']:.1%}"
    cpu = " | ".join(f"{figures[who] / figures['seconds']:.1%}" for who in ("workers", "bot"))
    answers = f"{1000 * statistics.median(presses):.0f} | {1000 * rank(presses, 99):.0f}"
    counts = " | ".join(str(figures[what]) for what in ("utterances", "hearings", "foreseen"))
    return f"| {way} | {counts} | {words} | {cpu} | {len(presses)} | {answers} | {figures['load']:.1f} |"


def rank(values: list[float], percent: int) -> float:
    return values[min(len(values) - 1, len(values) * percent // 100)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--model", default="base")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--house", default="", help=argparse.SUPPRESS)
    parser.add_argument("-v", "--verbose", action="store_true")
    asked = parser.parse_args()
    if asked.house:
        asyncio.run(house(json.loads(sys.stdin.readline()), asked.house, asked))
        return
    print("| way | utterances | heard before their end | all of them | known after, p50 s | p95 s | WER", end="")
    print(" | CPU workers | CPU bot | presses | answered, p50 ms | p99 ms | load |\n" + "|---" * 13 + "|")
    for way in asked.ways.split(","):
        print(row(way, asyncio.run(measured(way, asked))), flush=True)


if __name__ == "__main__":
    main()
