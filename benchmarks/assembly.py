"""A whole assembly votes at once: every press on a real button, over sockets, acknowledged and in the log.

    python benchmarks/assembly.py [--members 2000] [--seconds 10] [--bots together,one-by-one,ordinary]

The loopback Discord, the bot and the members' phones are three processes. Members press in turn, evenly over the
seconds, whether the bot follows or not. A press is acknowledged when the loopback tells its member so. Then the bot is
killed (SIGKILL) and its votes are counted in what it wrote. `together` is the bot as it is; `one-by-one` is the same
bot with one commit an event; `ordinary` is the bot that a discord.py tutorial gives: a persistent view, and an INSERT
and a COMMIT a vote through one thread, as aiosqlite makes them.
"""

import argparse
import asyncio
import json
import os
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import discord
import psutil

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.values import BallotId, MeetingId, PlannedItem
from meetings.domain.voting import BallotCast
from meetings.log.store import Log
from meetings.platforms.discord import CouncilBot, DiscordConfig
from meetings.rehearsal.loopback.founding import MemberSpec
from meetings.rehearsal.loopback.kinds import ChannelType
from meetings.rehearsal.loopback.server import LoopbackServer
from meetings.rehearsal.loopback.world import VoiceState, Wire

MEETING, BALLOT, FIRST = MeetingId("m"), BallotId("b"), 900000000000000000


class Stopwatch:
    """When each press was made and when its member was told that it counts, by the loopback's own events."""

    def __init__(self, server: LoopbackServer, members: int) -> None:
        self.settled, self._members = asyncio.Event(), members
        self.pressed: dict[str, float] = {}
        self.told: dict[str, float] = {}
        self.failed = 0
        self._tell, server.hub.tell = server.hub.tell, self._timed  # type: ignore[method-assign]

    def _timed(self, user_ids: Iterable[int], event: str, data: Wire) -> bool:
        now = time.perf_counter()
        if event == "INTERACTION_CREATE" and "application_id" not in data:
            self.pressed[data["id"]] = now
        elif event == "INTERACTION_SUCCESS":
            self.told[data["id"]] = now
        elif event == "INTERACTION_FAILURE":
            self.failed += 1
        if len(self.told) + self.failed >= self._members:
            self.settled.set()
        return self._tell(user_ids, event, data)

    def waits(self) -> list[float]:
        """Seconds from each press to its acknowledgement, the shortest first."""
        return sorted(self.told[one] - at for one, at in self.pressed.items() if one in self.told)


class OneByOne(Council):
    """One commit an event: nobody's command waits to be written with another's."""

    def _together(self) -> list[Any]:
        return [self._waiting.popleft()]


async def council_bot(told: Wire, folder: Path, kind: type[Council]) -> None:
    council = kind(Log.open(folder / "council.db"))
    room = told["channels"]["stage"]
    config = DiscordConfig(
        token=told["bots"][0]["token"],
        recordings=folder / "recordings",
        documents=folder / "documents",
        room=int(room),
        rest=told["rest"],
        gateway=told["gateway"],
    )
    bot = CouncilBot(council, config)
    await bot.start()
    at, roster = datetime.now(UTC), await bot.roster()
    end, items = at + timedelta(hours=2), (PlannedItem(1, "Bancs"),)
    plan = Planned("Conseil", "Séance", at, end, room, "stage", "fr", items, roster)
    chair = roster[0].member

    async def do(command: type[c.Command], **fields: object) -> None:
        await council.handle(command(meeting=MEETING, at=datetime.now(UTC), **fields))

    await do(c.Plan, plan=plan)
    await do(c.Convene)
    await asyncio.gather(*(do(c.Arrive, member=seat.member) for seat in roster))
    await do(c.Open, by=chair)
    await do(c.OpenBallot, by=chair, ballot=BALLOT, motion="Oui ?")
    await bot.closed()


class Poll(discord.ui.View):
    """What a tutorial shows: a button that never times out, a row a vote, a reply."""

    def __init__(self, database: sqlite3.Connection) -> None:
        super().__init__(timeout=None)
        self._database, self._thread = database, ThreadPoolExecutor(1)

    @discord.ui.button(label="Pour", custom_id="vote:b:for")
    async def vote(self, interaction: discord.Interaction, _: discord.ui.Button["Poll"]) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._write, interaction.user.id)
        await interaction.response.send_message("A voté.", ephemeral=True)

    def _write(self, user_id: int) -> None:
        self._database.execute("INSERT INTO votes VALUES (?, 'for')", (user_id,))
        self._database.commit()


async def ordinary_bot(told: Wire, folder: Path) -> None:
    discord.http.Route.BASE = told["rest"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = discord.gateway.yarl.URL(told["gateway"])
    database = sqlite3.connect(folder / "votes.db", check_same_thread=False)
    database.execute("CREATE TABLE votes (user_id INTEGER, choice TEXT)")
    client = discord.Client(intents=discord.Intents(guilds=True))

    @client.event
    async def on_ready() -> None:
        view = Poll(database)
        client.add_view(view)
        await client.get_partial_messageable(int(told["channels"]["text"])).send("Oui ?", view=view)

    await client.start(told["bots"][0]["token"])


async def press_all(told: Wire, message: Wire, seconds: float) -> None:
    """Every member's phone, pressing in its turn."""
    members = told["members"]
    body = message | {"type": 3, "guild_id": told["guild"], "channel_id": told["channels"]["text"], "session_id": "s"}
    began = time.perf_counter()

    async def press(number: int, token: str) -> None:
        await asyncio.sleep(began + number * seconds / len(members) - time.perf_counter())
        headers = {"Authorization": token}
        pressed = body | {"nonce": str(number)}
        async with http.post(f"{told['rest']}/interactions", json=pressed, headers=headers) as reply:
            assert reply.status == 204, await reply.text()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as http:
        await asyncio.gather(*(press(number, one["token"]) for number, one in enumerate(members)))


def count(folder: Path, bot: str) -> Counter[str]:
    """Each member's votes, in what the bot wrote before it was killed."""
    if bot == "ordinary":
        with sqlite3.connect(folder / "votes.db") as database:
            return Counter(str(user) for (user,) in database.execute("SELECT user_id FROM votes"))
    log = Log.open(folder / "council.db", make=False)
    cast = Counter(str(one.by) for one in log.read(MEETING) if isinstance(one.event, BallotCast))
    log.close()
    return cast


def hall(members: int) -> LoopbackServer:
    """Everybody is in the audience of the stage."""
    people = [MemberSpec(FIRST + n, f"Membre {n}", ("Membre", *(["Présidence"] * (n == 0)))) for n in range(members)]
    server = LoopbackServer("Conseil", people)
    stage = server.channel(ChannelType.STAGE)
    for one in people:
        server.world.guild.voice_states[one.id] = VoiceState(one.id, stage.id, "s", "t", "g", suppress=True)
    return server


async def child(*words: str, told: Wire) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, __file__, *words),
        stdin=asyncio.subprocess.PIPE,
        stderr=None if "-v" in sys.argv else asyncio.subprocess.DEVNULL,
        env=os.environ | {"SSL_CERT_FILE": told["ca"]},
    )
    assert process.stdin
    process.stdin.write(json.dumps(told).encode() + b"\n")
    await process.stdin.drain()
    return process


async def ballot_of(server: LoopbackServer) -> Wire:
    """The press that the message asks for, once it is drawn."""
    while True:
        for message in server.world.messages.values():
            for component in walk(message.components):
                if str(component.get("custom_id", "")).endswith(("b:for", f"{BALLOT}:for")):
                    data = {"component_type": 2, "custom_id": component["custom_id"]}
                    return {"message_id": str(message.id), "application_id": str(message.author_id), "data": data}
        await asyncio.sleep(0.1)


def walk(components: Iterable[Wire]) -> Iterable[Wire]:
    for one in components:
        yield one
        yield from walk([*one.get("components", []), *filter(None, [one.get("accessory")])])


def cpu(pid: int) -> float:
    """Seconds of processor that a process has used: unlike waiting times, the same on a machine that others use too."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


async def measured(bot: str, members: int, seconds: float) -> None:
    server = hall(members)
    await server.start()
    watch = Stopwatch(server, members)
    with tempfile.TemporaryDirectory() as folder:
        told = server.describe()
        process = await child("--act", bot, folder, told=told)
        async with asyncio.timeout(120):
            message = await ballot_of(server)
        await asyncio.sleep(3)  # what the opening brought about is done
        spent = cpu(process.pid), cpu(os.getpid())
        phones = await child("--press", json.dumps(message), str(seconds), told=told)
        assert await phones.wait() == 0
        async with asyncio.timeout(60):
            await watch.settled.wait()
        each = [
            (now - before) * 1000 / members
            for now, before in zip((cpu(process.pid), cpu(os.getpid())), spent, strict=True)
        ]
        process.send_signal(signal.SIGKILL)
        await process.wait()
        votes = count(Path(folder), bot)
    await server.stop()
    waits = watch.waits() or [float("nan")]
    last = max(watch.told.values(), default=0.0) - min(watch.pressed.values(), default=0.0)
    quantiles = statistics.quantiles(waits, n=100) if len(waits) > 1 else waits * 99
    print(
        f"{bot:<12} pressed {len(watch.pressed):5}, acknowledged {len(watch.told):5} in {last:5.1f} s,"
        f" too late {watch.failed:5}; p50 {quantiles[49] * 1000:6.0f} ms, p99 {quantiles[98] * 1000:6.0f} ms;"
        f" in the log {len(votes):5}, twice {sum(n > 1 for n in votes.values())};"
        f" CPU a press: bot {each[0]:.1f} ms, loopback {each[1]:.1f} ms",
        flush=True,
    )


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--bots", default="together,one-by-one,ordinary")
    parser.add_argument("-v", action="store_true", help="show what the bots say")
    parser.add_argument("--act", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--press", nargs=2, help=argparse.SUPPRESS)
    order = parser.parse_args()
    if order.act:
        bot, folder = order.act
        told = json.loads(sys.stdin.readline())
        kinds = {"together": Council, "one-by-one": OneByOne}
        await (council_bot(told, Path(folder), kinds[bot]) if bot in kinds else ordinary_bot(told, Path(folder)))
    elif order.press:
        message, seconds = order.press
        await press_all(json.loads(sys.stdin.readline()), json.loads(message), float(seconds))
    else:
        for bot in order.bots.split(","):
            await measured(bot, order.members, order.seconds)


if __name__ == "__main__":
    asyncio.run(main())
