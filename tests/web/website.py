"""A council's evening and its pages, served on a real socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from starlette.applications import Starlette

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.events import Planned
from meetings.domain.meeting import Phase
from meetings.domain.path import Stage
from meetings.domain.refusals import Refusal
from meetings.domain.values import BallotId, Choice, MeetingId, MemberId, PlannedItem, Role, Seat, UtteranceId
from meetings.jobs import adoption
from meetings.log.store import Log, Words
from meetings.minutes import signing, versions
from meetings.recording import journal
from meetings.recording.rtp import Heard
from meetings.settings import Settings
from meetings.web import House, bind, create, furnish, serve
from tests.recording.voices import beeps, spurt

START = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
CHAIR, SECRETARY, ANNE, BILAL, CHLOE = (MemberId(str(10 + n)) for n in range(5))
NAMES = {
    CHAIR: "Claire Martin",
    SECRETARY: "Samir Haddad",
    ANNE: "Anne Le Goff",
    BILAL: "Bilal Ferrand",
    CHLOE: "Chloé Weiß",
}
ID = MeetingId("m")
PLAN = Planned(
    council="Conseil citoyen de Lunel",
    title="Séance <ordinaire>",
    starts=START,
    ends=START + timedelta(hours=1),
    channel="1",
    venue="voice",
    lang="fr",
    items=(PlannedItem(1, "Bancs publics", 10), PlannedItem(2, "Affaire privée", 5), PlannedItem(3, "Piste cyclable")),
    roster=(
        Seat(CHAIR, Role.CHAIR),
        Seat(SECRETARY, Role.SECRETARY),
        Seat(ANNE, college="habitants"),
        Seat(BILAL, college="associations"),
        Seat(CHLOE, college="habitants"),
    ),
)


class Evening:
    """A council to which things happen, each a second after the last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = Log.open(folder / "council.db")
        self.log.remember(NAMES)
        self.council = Council(self.log)
        self.now = START

    async def do(
        self, kind: type[c.Command], by: MemberId | None = CHAIR, meeting: MeetingId = ID, **more: Any
    ) -> None:
        self.now += timedelta(seconds=1)
        outcome = await self.council.handle(kind(meeting=meeting, at=self.now, by=by, **more))
        assert not isinstance(outcome, Refusal), outcome

    async def convene(self, meeting: MeetingId = ID, plan: Planned = PLAN) -> None:
        await self.do(c.Plan, None, meeting, plan=plan)
        await self.do(c.Convene, None, meeting)
        for member in (CHAIR, SECRETARY, ANNE, BILAL):
            await self.do(c.Arrive, None, meeting, member=member)
        await self.do(c.Open, meeting=meeting)
        await self.do(c.NextItem, meeting=meeting)

    async def speak(self, member: MemberId, text: str, seconds: float = 4, *, doubtful: bool = False) -> UtteranceId:
        """The floor, then words that are transcribed."""
        await self.do(c.GiveFloor, member=member)
        start = self.now
        self.now += timedelta(seconds=seconds)
        key = UtteranceId(f"{start:%Y%m%dT%H%M%S}000Z-{member}")
        await self.do(c.NoteUtterance, None, utterance=key, member=member, start=start, end=self.now)
        await self.do(c.TakeFloor)
        self.log.put_words(ID, Words(key, text, "fr", -0.2, doubtful=doubtful))
        await self.do(c.NoteTranscript, None, utterance=key, digest="0" * 64, model="base")
        return key

    async def vote(self, motion: str, choices: dict[MemberId, Choice], *, secret: bool = False) -> BallotId:
        key = BallotId(f"b{len(self.council.meeting(ID).ballots) + 1}")
        await self.do(c.OpenBallot, ballot=key, motion=motion, secret=secret)
        for member, choice in choices.items():
            await self.do(c.CastVote, member, ballot=key, mark=choice.value)
        await self.do(c.CloseBallot, ballot=key)
        return key

    async def closed_session(self) -> None:
        """The doors are closed by a vote; item 2 is treated behind them."""
        key = BallotId("doors")
        await self.do(c.AskClosedSession, ballot=key)
        for member in (CHAIR, ANNE, BILAL):
            await self.do(c.CastVote, member, ballot=key, mark=Choice.FOR.value)
        await self.do(c.CloseBallot, ballot=key)

    def record(self, *spoken: UtteranceId) -> None:
        """The journal of what was said: a tone for each utterance."""
        folder = self.folder / "recordings" / ID
        folder.mkdir(parents=True)
        packets: list[Heard] = []
        for utterance in (self.council.meeting(ID).recording.utterances[key] for key in spoken):
            since = (utterance.start - START).total_seconds()
            tone = beeps((utterance.end - utterance.start).total_seconds(), on=0.8)
            packets += spurt(int(utterance.member), 50 * len(packets), since * 1000, tone)
        body = b"".join(journal.packet(packet, 0) for packet in sorted(packets, key=lambda one: one.opened_ns))
        (folder / "0001.journal").write_bytes(journal.head(START) + body)

    async def bring(self, stage: Stage) -> None:
        """The session ends, and its minutes go on their way up to a stage, as the house and its officers take them."""
        steps = (self.drafted, self.proposed, self.approved, self.signed, self.published)
        if self.council.meeting(ID).phase is Phase.OPEN:
            await self.do(c.Adjourn)
        for step, reached in zip(steps, list(Stage)[1:], strict=True):
            if list(Stage).index(self.council.meeting(ID).path.stage) < list(Stage).index(reached):
                await step()
            if reached is stage:
                return

    async def drafted(self) -> None:
        minutes = house(self).drafting.composed(self.council.meeting(ID))
        versions.keep(self.documents / ID, minutes)
        (self.documents / ID / "minutes.pdf").write_bytes(b"%PDF")
        await self.do(c.NoteDraft, None, digest=signing.digest(signing.canonical(minutes)))

    async def proposed(self) -> None:
        await self.do(c.ProposeMinutes, SECRETARY)

    async def approved(self) -> None:
        """At a meeting of which no more is known here than that it approved."""
        draft = self.council.meeting(ID).draft
        await self.do(c.NoteApproval, None, digest=draft, during=MeetingId("next"), approved=self.now)

    async def signed(self) -> None:
        for officer in (CHAIR, SECRETARY):
            keys, meeting = self.folder / "keys", self.council.meeting(ID)
            signs = adoption.signature(self.council, self.documents, keys, meeting, officer, house(self).zone)
            assert signs
            assert not isinstance(await self.council.handle(replace(signs, at=self.now)), Refusal)

    async def published(self) -> None:
        await self.do(c.PublishMinutes, SECRETARY)

    @property
    def documents(self) -> Path:
        return self.folder / "documents"

    def close(self) -> None:
        self.log.close()


@dataclass
class Site:
    """Pages being served, and a browser's worth of a client."""

    url: str
    app: Starlette
    client: aiohttp.ClientSession
    evening: Evening
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **more: Any) -> tuple[int, str]:
        async with self.client.get(self.url + path, **more) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, data: Any = None, **more: Any) -> tuple[int, str]:
        headers = {"Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        async with self.client.post(self.url + path, data=data, headers=headers, **more) as answer:
            return answer.status, await answer.text()

    async def enter(self, member: MemberId | None) -> None:
        """Sign in as a member by a link, or out."""
        if member is None:
            await self.post("/leave")
            return
        status, _ = await self.post("/enter/" + self.app.state.links.make(member), allow_redirects=False)
        assert status == 303


def house(evening: Evening, **choices: Any) -> House:
    settings = Settings(data=evening.folder, council="Conseil citoyen de Lunel", zone=ZoneInfo("Europe/Paris"))
    furnished = replace(furnish(evening.council, settings), now=lambda: evening.now)
    return replace(furnished, **choices)


@asynccontextmanager
async def site(evening: Evening, **choices: Any) -> AsyncIterator[Site]:
    app = create(house(evening, **choices))
    bound = bind("127.0.0.1", 0)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    serving = asyncio.create_task(serve(app, bound))
    jar = aiohttp.CookieJar(unsafe=True)
    try:
        async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept-Language": "fr"}) as client:
            bound.listen()  # who comes before the server is ready waits
            yield Site(url, app, client, evening)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        evening.close()
