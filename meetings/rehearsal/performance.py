"""The cast plays the scenario: each act goes to the council's bot as a member's phone would send it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from meetings.i18n import translator
from meetings.rehearsal import steps as acts
from meetings.rehearsal.cast.client import InteractionFailed, MemberClient, RefusedError, SeenMessage
from meetings.rehearsal.cast.voice import MemberVoice
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
    """One play of a scenario before one bot. `watch` is told what happens, in the scenario's own terms."""

    def __init__(
        self, scenario: Scenario, venue: Venue, tokens: dict[str, str], watch: Callable[[acts.Step], None]
    ) -> None:
        self.scenario, self.venue, self._watch = scenario, venue, watch
        self._actors = {
            member.key: Actor(member.name, MemberClient(venue.rest, venue.gateway, tokens[member.name]))
            for member in scenario.members
        }
        self._chair = self._presiding = self._actors[scenario.chair.key]
        self._sent_before = 0

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
        phone = self._chair.client
        try:
            async with asyncio.timeout(PATIENCE * 3):
                while str(self.venue.room) != phone.voice_states.get(bot, {}).get("channel_id"):
                    await phone.wait_for(lambda event: event.name == "VOICE_STATE_UPDATE", PATIENCE * 3)
        except TimeoutError:
            raise StuckError("convening") from None

    async def play(self, steps: Sequence[acts.Step] | None = None) -> None:
        """Every step in its order; `steps` are some of the scenario's. Raises StuckError."""
        for step in self.scenario.steps if steps is None else steps:
            await asyncio.sleep(THUMB)
            await self.act(step)

    async def act(self, step: acts.Step) -> None:
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

    async def _act(self, step: acts.Step) -> None:
        match step:
            case acts.Raise(member=member, native=native):
                await self._raise(self._actors[member], native=native)
            case acts.Lower(member=member):
                await self._press(self._actors[member], "hand:", ":lower")
            case acts.Vote(member=member, choice=choice):
                await self._press(self._actors[member], "vote:", f":{choice.value}")
            case acts.Arrive(member=member):
                await self._actors[member].enter(self.venue)
            case acts.Leave(member=member):
                self._sent_before += await self._actors[member].leave()
            case acts.Say(line=line, over=over):
                await self._say(line, over)
            case acts.AskDoors(member=member):
                await self._actors[member].client.slash("huis-clos demander")
            case acts.Gavel(member=member):
                await self._hand(member)
            case acts.Pause(seconds=seconds):
                await asyncio.sleep(seconds)
            case acts.Recess() | acts.Resume() | acts.Reopen() | acts.Postpone():
                await self._conduct(step)
            case _:
                await self._preside(step)

    async def _hand(self, member: str | None) -> None:
        """Who presides hands the gavel over, or the chair takes it back; from then on theirs are the chair's acts."""
        if member is None:
            self._presiding = self._chair
            await self._chair.client.slash("présidence reprendre")
        else:
            giver, self._presiding = self._presiding, self._actors[member]
            await giver.client.slash("présidence confier", membre=self._presiding.client.user_id)

    async def _conduct(self, step: acts.Recess | acts.Resume | acts.Reopen | acts.Postpone) -> None:
        """The course of the session, by slash commands."""
        chair = self._presiding.client
        match step:
            case acts.Recess():
                await chair.slash("séance suspendre")
            case acts.Resume():
                await chair.slash("séance reprendre")
                await self._bot_back()
            case acts.Reopen():
                await chair.slash("huis-clos finir")
                await self._bot_back()
            case acts.Postpone(number=number):
                await chair.slash("ordre-du-jour reporter", numéro=number)

    async def _bot_back(self) -> None:
        """A chair who goes on waits until the board says that the session is recorded again."""
        recorded = translator(self.scenario.lang)("boards.session.recorded")
        await self._presiding.client.see(lambda seen: recorded in seen.text)

    async def _preside(self, step: acts.Step) -> None:
        """The chair's acts, by slash commands."""
        chair = self._presiding.client
        match step:
            case acts.Open():
                await self._open()
            case acts.Next():
                await chair.slash("séance point")
                await asyncio.sleep(BREATH)
            case acts.Adjourn():
                await chair.slash("séance lever")
            case acts.Give(member=None):
                await chair.slash("parole donner")
            case acts.Give(member=str(member)):
                await chair.slash("parole donner", membre=self._actors[member].client.user_id)
            case acts.Take():
                await chair.slash("parole retirer")
            case acts.Ballot(text=text, secret=secret):
                await chair.slash("vote ouvrir", motion=text, secret=secret)
            case acts.Close():
                await chair.slash("vote clore")

    async def _open(self) -> None:
        """Ask again as a chair would, while the bot still counts who is there."""
        chair = self._chair.client
        while True:
            await chair.slash("séance ouvrir")
            with suppress(TimeoutError):
                await chair.see(lambda seen: _button(seen, "hand:", ":raise") is not None, timeout=2.0)
                return

    async def _raise(self, actor: Actor, *, native: bool) -> None:
        if native and self.venue.kind == "stage":
            await actor.client.request_to_speak()
        else:
            await self._press(actor, "hand:", ":raise")

    async def _press(self, actor: Actor, start: str, end: str) -> None:
        """Press the newest button of that kind the member sees, once the bot has drawn it."""
        message = await actor.client.see(lambda seen: _button(seen, start, end) is not None)
        await actor.client.press(message.id, _button(message, start, end) or "")

    async def _say(self, line: acts.Line, over: acts.Overlap | None) -> None:
        await asyncio.gather(self._speak(line), *([self._speak(over.line, over.after)] if over else []))

    async def _speak(self, line: acts.Line, after: float = 0.0) -> None:
        """Speak, `after` seconds from now, once the microphone is open, as one who sees the light go on."""
        await asyncio.sleep(after)
        actor = self._actors[line.member]
        while not actor.client.may_speak:
            await actor.client.wait_for(lambda event: event.name == "VOICE_STATE_UPDATE")
        if actor.voice:
            await actor.voice.say(line.packets)

    def _name(self, step: acts.Step) -> str:
        """The step as its file writes it, with its number."""
        number = next((n for n, one in enumerate(self.scenario.steps, 1) if one is step), 0)
        return f"{number} ({type(step).__name__.lower()})"

    @staticmethod
    def _length(step: acts.Step) -> float:
        match step:
            case acts.Say(line=line, over=over):
                return line.seconds + (over.after + over.line.seconds if over else 0)
            case acts.Pause(seconds=seconds):
                return seconds
        return 0


def _button(seen: SeenMessage, start: str, end: str) -> str | None:
    """The custom_id of a button one can press now, by how it begins and ends."""
    for one in seen.buttons:
        if not one.disabled and one.custom_id.startswith(start) and one.custom_id.endswith(end):
            return one.custom_id
    return None
