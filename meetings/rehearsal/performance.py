"""The cast plays the scenario: each act goes to the council's bot as a member's phone would send it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from meetings.i18n import translator
from meetings.rehearsal import steps
from meetings.rehearsal.cast.client import InteractionFailed, MemberClient, RefusedError, SeenMessage
from meetings.rehearsal.cast.voice import Heard, MemberVoice
from meetings.rehearsal.errors import StuckError
from meetings.rehearsal.scenario import Scenario

BREATH = 1.2
"""Seconds before anybody speaks under a new item: chairs take a breath, and it ends their last utterance."""

THUMB = 0.3
"""Seconds a person needs from one act to the next."""

PATIENCE = 20.0
"""Seconds one waits for the bot before a person would call it broken."""


@dataclass(frozen=True, slots=True)
class Venue:
    """Where the play is given: the loopback's addresses and CA, the text channel and the room."""

    rest: str
    gateway: str
    ca: Path
    text: int
    room: int
    kind: Literal["stage", "voice"]


@dataclass(slots=True)
class Actor:
    """A member at their phone."""

    name: str
    client: MemberClient
    voice: MemberVoice | None = None

    async def enter(self, venue: Venue) -> None:
        """Join the room."""
        credentials = await self.client.join_voice(venue.room)
        self.voice = await MemberVoice.connect(credentials, ca=venue.ca)

    async def leave(self) -> int:
        """Leave the room; returns the packets sent while in it."""
        sent = self.voice.packets_sent if self.voice else 0
        if self.voice:
            await self.voice.close()
            self.voice = None
            await self.client.leave_voice()
        return sent


class Performance:
    """One play of a scenario before one bot.

    `watch` is told what happens, in the scenario's own terms; `cut` takes the bot's power for so many seconds.
    """

    def __init__(
        self,
        scenario: Scenario,
        venue: Venue,
        tokens: dict[str, str],
        watch: Callable[[steps.Step], None],
        cut: Callable[[float], Awaitable[None]],
    ) -> None:
        self.scenario, self.venue, self._watch, self._cut = scenario, venue, watch, cut
        self._t = translator(scenario.lang)
        self._actors = {
            member.key: Actor(member.name, MemberClient(venue.rest, venue.gateway, tokens[member.name]))
            for member in scenario.members
        }
        self._chair = self._actors[scenario.chair.key]
        self._sent_before = 0
        self.heard: list[bytes] = []
        """Opus packets of the bot's voice, as the chair heard them."""

    @property
    def packets_sent(self) -> int:
        """RTP packets the whole cast has sent."""
        talking = sum(actor.voice.packets_sent for actor in self._actors.values() if actor.voice)
        return self._sent_before + talking

    async def gather(self) -> None:
        """Everybody picks up the phone; those who do not arrive later enter the room."""
        await asyncio.gather(*(actor.client.connect() for actor in self._actors.values()))
        await asyncio.gather(*(self._actors[member.key].enter(self.venue) for member in self.scenario.at_opening))

    async def await_bot(self, bot: int) -> None:
        """Wait until the bot has convened the meeting: it stands in the room. Raises StuckError."""
        phone, ear = self._chair.client, self._chair.voice

        def hear(packet: Heard) -> None:
            if packet.user_id == bot:
                self.heard.append(packet.opus)

        if ear:
            ear.on_heard = hear
        try:
            async with asyncio.timeout(PATIENCE * 3):
                while str(self.venue.room) != phone.voice_states.get(bot, {}).get("channel_id"):
                    await phone.wait_for(lambda event: event.name == "VOICE_STATE_UPDATE", PATIENCE * 3)
        except TimeoutError:
            raise StuckError("convening") from None

    async def play(self, some: Sequence[steps.Step] | None = None) -> None:
        """Every step in its order, or `some` of them. Raises StuckError."""
        for step in self.scenario.steps if some is None else some:
            await asyncio.sleep(THUMB)
            await self.act(step)

    async def act(self, step: steps.Step) -> None:
        """One step, until the bot has answered it. Raises StuckError."""
        self._watch(step)
        try:
            async with asyncio.timeout(PATIENCE + self._length(step)):
                await self._act(step)
        except TimeoutError:
            raise StuckError("late", self._name(step)) from None
        except (InteractionFailed, RefusedError, ConnectionError) as refused:
            raise StuckError("refused", self._name(step), str(refused)) from refused

    async def disperse(self) -> None:
        """Everybody leaves and puts the phone away."""
        for actor in self._actors.values():
            self._sent_before += await actor.leave()
        await asyncio.gather(*(actor.client.close() for actor in self._actors.values()))

    async def _act(self, step: steps.Step) -> None:
        match step:
            case steps.Arrive(member=member):
                await self._actors[member].enter(self.venue)
            case steps.Leave(member=member):
                self._sent_before += await self._actors[member].leave()
            case steps.Say(line=line, over=over):
                await self._say(line, over)
            case steps.Pause(seconds=seconds):
                await asyncio.sleep(seconds)
            case steps.Kill(seconds=seconds):
                await self._cut(seconds)
            case steps.Act():
                await self._do(step)

    async def _do(self, act: steps.Act) -> None:
        """An act, as the member does it; then what a chair waits for before going on."""
        actor = self._actors[act.by]
        match act.way:
            case steps.Slash() as typed:
                await self._open(actor, typed) if act.name == "open" else await self._type(actor, typed)
            case steps.Press(start=start, end=end):
                await self._press(actor, start, end)
            case steps.Ask() if self.venue.kind == "stage":
                await actor.client.request_to_speak()
            case steps.Ask():
                await self._press(actor, "hand:", ":raise")
        if act.name == "next":
            await asyncio.sleep(BREATH)
        if act.name in {"resume", "reopen"}:
            recorded = self._t("boards.session.recorded")
            await actor.client.see(lambda seen: recorded in seen.text)

    async def _type(self, actor: Actor, typed: steps.Slash) -> None:
        """Type a command in the language of the council, as its members' Discord shows it."""
        group, _ = typed.key.split(".")
        name = " ".join(self._t(f"discord.command.{key}.name") for key in (group, typed.key))
        options = {self._option(typed.key, key): self._value(value) for key, value in typed.options.items()}
        await actor.client.slash(name, **options)

    def _option(self, command: str, key: str) -> str:
        return self._t(f"discord.command.{command}.{key}.name")

    def _value(self, value: steps.Value) -> str | int | bool:
        if isinstance(value, tuple):
            return " ; ".join(self._actors[who.member].name for who in value)
        return self._actors[value.member].client.user_id if isinstance(value, steps.Who) else value

    async def _open(self, chair: Actor, typed: steps.Slash) -> None:
        """Ask again as a chair would, while the bot still counts who is there."""
        while True:
            await self._type(chair, typed)
            with suppress(TimeoutError):
                await chair.client.see(lambda seen: _button(seen, "hand:", ":raise") is not None, timeout=2.0)
                return

    async def _press(self, actor: Actor, start: str, end: str) -> None:
        """Press the newest button of that kind the member sees, once the bot has drawn it."""
        message = await actor.client.see(lambda seen: _button(seen, start, end) is not None)
        await actor.client.press(message.id, _button(message, start, end) or "")

    async def _say(self, line: steps.Line, over: steps.Overlap | None) -> None:
        await asyncio.gather(self._speak(line), *([self._speak(over.line, over.after)] if over else []))

    async def _speak(self, line: steps.Line, after: float = 0.0) -> None:
        """Speak, `after` seconds from now, once the microphone is open, as one who sees the light go on."""
        await asyncio.sleep(after)
        actor = self._actors[line.member]
        while not actor.client.may_speak:
            await actor.client.wait_for(lambda event: event.name == "VOICE_STATE_UPDATE")
        if actor.voice:
            await actor.voice.say(line.packets)

    def _name(self, step: steps.Step) -> str:
        """The step as its file writes it, with its number."""
        number = next((n for n, one in enumerate(self.scenario.steps, 1) if one is step), 0)
        return f"{number} ({step.name if isinstance(step, steps.Act) else type(step).__name__.lower()})"

    @staticmethod
    def _length(step: steps.Step) -> float:
        match step:
            case steps.Say() | steps.Pause():
                return step.seconds
            case steps.Kill(seconds=seconds):
                return seconds + PATIENCE
        return 0


def _button(seen: SeenMessage, start: str, end: str) -> str | None:
    """The custom_id of a button one can press now, by how it begins and ends."""
    for one in seen.buttons:
        if not one.disabled and one.custom_id.startswith(start) and one.custom_id.endswith(end):
            return one.custom_id
    return None
