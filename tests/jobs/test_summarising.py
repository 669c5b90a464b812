"""Debates summarised by a model behind an endpoint of our own on loopback: honest, lying, slow, broken."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sessions
from aiohttp import web
from sessions import ID, Table, in_session, meeting, over

from meetings.council import Council
from meetings.domain.rules import CGCT
from meetings.domain.values import UtteranceId
from meetings.i18n import translator
from meetings.jobs.drafting import Drafting
from meetings.jobs.summarising import KEPT, Summariser
from meetings.jobs.transcription import Transcription
from meetings.minutes.document import Minutes, from_json
from meetings.register import register
from meetings.settings import Settings

SAID = {
    UtteranceId("u1"): "Je propose de poser douze bancs sur la place. Le devis est de 4 000 euros.",
    UtteranceId("u2"): "Je suis contre, parce que les bancs gênent le marché.",
    UtteranceId("u3"): "Je m'engage à en parler aux commerçants en janvier.",
}
HONEST = "Claire Martin propose douze bancs, pour 4 000 euros [u1].\nAnne Roux s'y oppose à cause du marché [u2]."
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Endpoint:
    """An OpenAI-compatible server that answers as it is told and keeps what it was asked."""

    def __init__(self, answer: Handler) -> None:
        self.answer, self.asked = answer, []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.headers.get("Authorization"), await request.json()))
        return await self.answer(request)


def saying(text: object) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": text}}]})

    return answer


async def broken(_: web.Request) -> web.StreamResponse:
    return web.Response(status=500, text="out of memory")


async def garbage(_: web.Request) -> web.StreamResponse:
    return web.Response(text='{"choices": [{"mess')


async def empty(_: web.Request) -> web.StreamResponse:
    return web.json_response({"choices": []})


async def endless(request: web.Request) -> web.StreamResponse:
    reply = web.StreamResponse()
    await reply.prepare(request)
    while True:
        await reply.write(b" " * 100_000)


async def silent(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def elsewhere(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://127.0.0.1:9/v1/chat/completions")


@asynccontextmanager
async def serving(answer: Handler) -> AsyncIterator[tuple[Endpoint, str]]:
    endpoint = Endpoint(answer)
    app = web.Application()
    app.router.add_post("/v1/chat/completions", endpoint.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield endpoint, f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()


@pytest.fixture
async def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Council:
    monkeypatch.setattr(sessions, "SAID", SAID)
    council = await in_session(tmp_path)
    await Transcription(council, Table(SAID), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base").catch_up(ID)
    await over(council)
    return council


def drafting(council: Council, folder: Path, summariser: Summariser | None) -> Drafting:
    words = Transcription(council, Table(SAID), lambda _, wanted: dict.fromkeys(wanted, b"Ogg"), "base")
    return Drafting(council, words, folder, ZoneInfo("Europe/Paris"), summariser=summariser)


async def drafted(council: Council, folder: Path, summariser: Summariser | None) -> Minutes:
    assert await drafting(council, folder, summariser).draft(meeting(council))
    return from_json((folder / ID / "minutes.json").read_bytes())


def summaries(minutes: Minutes) -> list[str]:
    return [claim.text for section in minutes.sections for claim in section.summary]


@pytest.mark.slow
async def test_an_honest_model_is_asked_once_and_named(council: Council, tmp_path: Path) -> None:
    async with serving(saying(HONEST)) as (endpoint, url):
        model = Summariser(url, "mistral-small", "secret")
        minutes = await drafted(council, tmp_path, model)
        assert [text.replace("\u202f", " ") for text in summaries(minutes)] == [
            "Claire Martin propose douze bancs, pour 4 000 euros.",
            "Anne Roux s’y oppose à cause du marché.",
        ]
        assert (minutes.summariser, minutes.struck) == ("mistral-small", 0)
        ((key, asked),) = endpoint.asked
        assert key == "Bearer secret"
        assert asked["model"] == "mistral-small"
        assert "[u1] Claire Martin: Je propose de poser douze bancs" in asked["messages"][1]["content"]
        again = drafting(council, tmp_path, model)
        assert await model.ask(tmp_path / ID, again.questions(meeting(council)))
        assert again.composed(meeting(council)) == minutes
        assert len(endpoint.asked) == 1
    assert "mistral-small" in (tmp_path / ID / "minutes.html").read_text("utf-8")
    assert not meeting(council).recording.troubles
    await drafted(council, tmp_path, None)  # the settings name no model any more
    assert not (tmp_path / ID / KEPT).exists()
    assert "mistral-small" not in (tmp_path / ID / "minutes.html").read_text("utf-8")


LIES = {
    "uncited": ("Claire Martin propose douze bancs.\nAnne Roux est contre.", 2),
    "wrong numbers": ("Claire Martin propose quinze bancs [u1].\nLe devis est de 40 000 euros [u1].", 2),
    "nobody there": ("Le maire approuve les bancs [u1].\nPaul Nguyen est d'accord avec Claire Martin [u1].", 2),
    "no such words": ("Claire Martin propose douze bancs [u42].", 1),
    "decided nothing": ("Le conseil adopte les douze bancs à l'unanimité [u1].", 1),
}


@pytest.mark.parametrize("lie", LIES)
async def test_lies_are_struck_and_the_substance_stands(council: Council, tmp_path: Path, lie: str) -> None:
    answer, struck = LIES[lie]
    async with serving(saying(answer)) as (_, url):
        composed = drafting(council, tmp_path, model := Summariser(url, "liar"))
        assert await model.ask(tmp_path / ID, composed.questions(meeting(council)))
    minutes = composed.composed(meeting(council))
    assert not summaries(minutes)
    assert (minutes.summariser, minutes.struck) == ("liar", struck)
    assert [quote.text for section in minutes.sections for quote in section.substance]


@pytest.mark.parametrize("answer", [broken, garbage, empty, endless, silent, elsewhere, saying(None), saying([1])])
async def test_an_endpoint_that_fails_leaves_the_substance(council: Council, tmp_path: Path, answer: Handler) -> None:
    async with serving(answer) as (endpoint, url):
        composed = drafting(council, tmp_path, model := Summariser(url, "ill", seconds=1.0))
        assert not await model.ask(tmp_path / ID, composed.questions(meeting(council)))
        assert len(endpoint.asked) == 1
    minutes = composed.composed(meeting(council))
    assert (minutes.summariser, minutes.struck) == (None, 0)
    assert [quote.text for section in minutes.sections for quote in section.substance]


@pytest.mark.slow
async def test_a_failure_is_said_once_and_the_minutes_come(council: Council, tmp_path: Path) -> None:
    for url in ("http://127.0.0.1:9/v1", "no address"):
        minutes = await drafted(council, tmp_path, Summariser(url, "ill", seconds=5))
        assert [quote.text for section in minutes.sections for quote in section.substance]
    assert meeting(council).recording.troubles == ("summary-failed",)
    assert json.loads((tmp_path / ID / KEPT).read_bytes())["answers"] == {}
    assert (tmp_path / ID / "minutes.pdf").is_file()


def test_the_register_says_where_the_debates_go() -> None:
    t = translator("fr")
    asked = Settings(summary_url="https://api.mistral.ai/v1", summary_model="mistral-small")
    assert "« mistral-small » à l’adresse api.mistral.ai" in register(asked, CGCT, t).replace("\u202f", " ")
    assert "modèle de langage" not in register(Settings(), CGCT, t)
