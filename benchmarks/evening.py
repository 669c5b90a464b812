"""A whole evening in real time, with captions, on which a speech worker and then the bot itself are killed.

    python benchmarks/evening.py OUT [--minutes 20] [--channel voice]

The lines of the example scenario are said again and again, the members having the floor in turn, over real sockets with
real voice encryption and real transcription. After a third of it the worker that transcribes is killed (SIGKILL), after
two thirds the bot, for two seconds. Printed: what became of the words, in the log, in the thread of captions and in the
minutes, and how long the draft took after the adjournment, apart from the words that were still to come then.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import statistics
from pathlib import Path

import psutil

from meetings.domain.events import MinutesDrafted
from meetings.domain.meeting import fold
from meetings.domain.tape import UtteranceTranscribed
from meetings.i18n import translator
from meetings.rehearsal.order import Order, make_room, prepare
from meetings.rehearsal.rehearsal import Rehearsal
from meetings.rehearsal.scenario import STORIES, load
from meetings.rehearsal.steps import Say
from meetings.rehearsal.view import View

BETWEEN = 2.0  # seconds from one line to the next: acts, answers, a breath
DOWN = 2.0  # seconds without a bot


def written(out: Path, minutes: float) -> Path:
    """A scenario of about so many minutes, as a file."""
    story = load(STORIES["fr"])
    people = [
        f'  {{key = "{one.key}", name = "{one.name}", role = "{one.role}", college = "{one.college}", voice = "-"}},'
        for one in story.members
    ]
    said: list[str] = []
    items = max(line.item or 0 for line in story.lines)
    rounds = max(1, round(minutes * 60 / (story.speech_seconds + BETWEEN * len(story.lines))))
    count = rounds * len(story.lines)
    for number in range(count):
        line = story.lines[number % len(story.lines)]
        if number * items // count != (number - 1) * items // count:
            said.append('  {do = "next"},')
        speech = (
            f'  {{do = "say", who = "{line.member}", text = {json.dumps(line.text)}, audio = "{line.audio.name}"}},'
        )
        chair = line.member == story.chair.key
        said += [speech] if chair else [f'  {{do = "give", who = "{line.member}"}},', speech, '  {do = "take"},']
    top = f'lang = "fr"\ncouncil = "{story.council}"\naudio = "{story.lines[0].audio.parent.resolve()}"\n'
    acts = "\n".join(['  {do = "open"},', *said, '  {do = "adjourn"},'])
    path = out / "evening.toml"
    path.write_text(f"{top}\nmembers = [\n{chr(10).join(people)}\n]\n\nsteps = [\n{acts}\n]\n", "utf-8")
    return path


async def evening(order: Order) -> None:
    scenario, calendar = prepare(order)
    steps = scenario.steps
    with View(translator("fr"), quiet=True) as view:
        async with Rehearsal(order, scenario, calendar, view) as rehearsal:
            await rehearsal.convened()
            spoken = [n for n, step in enumerate(steps, 1) if isinstance(step, Say)]
            third, second = spoken[len(spoken) // 3], spoken[len(spoken) * 2 // 3]
            await rehearsal.performance.play(steps[:third])
            killed = kill_worker(rehearsal.bot.pid or 0)
            await rehearsal.performance.play(steps[third:second])
            await rehearsal.power_cut(DOWN)
            await rehearsal.performance.play(steps[second:])
            await rehearsal.minutes()
            meeting = rehearsal.log.meetings()[0]
            thread = await archived(rehearsal)
            await rehearsal.go_home()
            summary = rehearsal.summary()
            state = fold(meeting, rehearsal.log.read(meeting))
            words = {key: said.text for key, said in rehearsal.log.words(meeting).items() if said.text}
    shown = plain(thread)
    missing = [text for text in words.values() if plain(text) not in shown]
    history = rehearsal.log.read(meeting)
    known = {one.event.utterance: one.at for one in history if isinstance(one.event, UtteranceTranscribed)}
    drafted = next(one.at for one in history if isinstance(one.event, MinutesDrafted))
    waits = sorted((at - state.recording.utterances[key].end).total_seconds() for key, at in known.items())
    longest, p95 = waits[-1], waits[len(waits) * 95 // 100]
    minutes, speech = summary.meeting_seconds / 60, scenario.speech_seconds / 60
    print(f"{minutes:.1f} minutes, {speech:.1f} of speech; load {os.getloadavg()[0]:.1f}")
    print(f"killed: a worker ({killed}), the bot; holes {summary.holes}")
    print(
        f"{summary.utterances} utterances, {len(known)} heard; in the thread {len(words) - len(missing)}/{len(words)}"
    )
    print(f"lines in their place {summary.lines_placed}/{summary.lines}, WER {summary.wer:.1%}")
    print(f"words known after {statistics.median(waits):.2f} s (p50), {p95:.2f} s (p95), {longest:.1f} s (longest)")
    after = (drafted - max(known.values())).total_seconds()
    print(f"draft {summary.seconds_after_adjournment:.2f} s after the adjournment, {after:.2f} s after the last words")
    for text in missing:
        print(f"not in the thread: {text}")


def kill_worker(bot: int) -> int:
    """The process that transcribes dies as for lack of memory; its id."""
    workers = [one for one in psutil.Process(bot).children(recursive=True) if "transcribe.worker" in one.cmdline()]
    os.kill(workers[0].pid, signal.SIGKILL)
    return workers[0].pid


async def archived(rehearsal: Rehearsal) -> str:
    """All that the thread of captions says, once it is put away."""
    world = rehearsal.server.world
    async with asyncio.timeout(60):
        while not any(one.thread and one.thread.archived for one in world.guild.threads.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    (thread,) = world.guild.threads
    boards = [part for message in world.history(thread) for part in message.components]
    return "\n".join(text["content"] for board in boards for text in board["components"] if "content" in text)


def plain(text: str) -> str:
    """Words alone: Discord's text is escaped, and a doubt is marked."""
    return " ".join(re.findall(r"\w+", text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--channel", choices=("stage", "voice"), default="voice")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    make_room(asked.out)
    script = written(asked.out, asked.minutes)
    asyncio.run(evening(Order(asked.out, script=script, channel=asked.channel, quiet=True)))


if __name__ == "__main__":
    main()
