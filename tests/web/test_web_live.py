"""The live page: what everybody may see, as it happens, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from website import ANNE, BILAL, CHAIR, ID, SECRETARY, Evening, Site, site

from meetings.council import Council
from meetings.domain import commands as c
from meetings.domain.values import BallotId, Choice, UtteranceId
from meetings.jobs.saying import Provisional
from meetings.log.store import Words


@dataclass
class Message:
    """One server-sent event."""

    event: str
    id: str
    data: str


async def messages(pages: Site, path: str = "/live/events", **headers: str) -> AsyncIterator[Message]:
    """A viewer's stream."""
    async with pages.client.get(pages.url + path, headers=headers) as answer:
        assert answer.content_type == "text/event-stream"
        fields: dict[str, str] = {}
        async for line in answer.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = fields.get(name, "") + value + "\n"
            elif "data" in fields:
                yield Message(fields["event"].strip(), fields.get("id", "").strip(), fields["data"])
                fields = {}
            else:
                fields = {}


async def next_with(stream: AsyncIterator[Message], words: str) -> Message:
    async with asyncio.timeout(20):
        return await anext(message async for message in stream if words in message.data)


@pytest.fixture
async def evening(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path)
    await evening.convene()
    return evening


async def test_everybody_sees_the_item_the_speaker_the_queue_and_the_room(evening: Evening) -> None:
    await evening.do(c.GiveFloor, member=ANNE)
    await evening.do(c.RaiseHand, BILAL)
    async with site(evening) as pages:
        html = (await pages.get("/live"))[1].replace("\u00a0", " ")
        for shown in ("Séance &lt;ordinaire&gt;", "Bancs publics", "Anne Le Goff", "Bilal Ferrand", "4 présents sur 5"):
            assert shown in html
        assert "Chloé" not in html
        html = (await pages.get("/live", headers={"Accept-Language": "en"}))[1].replace("\u00a0", " ")
        assert "4 present of 5" in html
        assert "1 person is waiting" in html


async def test_what_happens_reaches_who_watches(evening: Evening) -> None:
    async with site(evening) as pages:
        stream = messages(pages)
        first = await next_with(stream, "Bancs publics")
        assert first.event == "fresh"
        await evening.do(c.GiveFloor, member=BILAL)
        board = await next_with(stream, "Bilal Ferrand")
        assert (board.event, board.id) == ("board", f"{ID}:{evening.council.meeting(ID).seq}")
        await evening.speak(ANNE, "Un banc de plus.")
        caption = await next_with(stream, "Un banc de plus.")
        assert caption.event == "caption"
        assert "Anne Le Goff" in caption.data


async def test_what_is_being_said_is_shown_until_it_was_said(evening: Evening) -> None:
    async with site(evening) as pages:
        saying = pages.app.state.broadcast.saying
        stream = messages(pages)
        place = (await next_with(stream, "Bancs publics")).id
        saying.put(ID, Provisional(UtteranceId("now"), ANNE, evening.now, "Un <banc> de"))
        told = await next_with(stream, "Un &lt;banc&gt; de …")
        assert (told.event, told.id) == ("saying", "")
        assert "Anne Le Goff" in told.data
        assert "Un &lt;banc&gt; de …" in (await pages.get("/live"))[1]
        await evening.do(
            c.NoteUtterance, None, utterance=UtteranceId("now"), member=ANNE, start=evening.now, end=evening.now
        )
        evening.log.put_words(ID, Words(UtteranceId("now"), "Un banc de plus.", "fr"))
        await evening.do(c.NoteTranscript, None, utterance=UtteranceId("now"), digest="0" * 64, model="base")
        assert (await next_with(stream, "Un banc de plus.")).event == "caption"
        async with asyncio.timeout(20):
            assert "banc" not in await anext(one.data async for one in stream if one.event == "saying")
        back = messages(pages, **{"Last-Event-ID": place})
        assert (await anext(back)).event == "caption"


async def test_words_that_are_heard_again_are_no_new_caption(evening: Evening) -> None:
    async with site(evening) as pages:
        stream = messages(pages)
        await next_with(stream, "Bancs publics")
        key = await evening.speak(ANNE, "Un blanc.")
        await next_with(stream, "Un blanc.")
        evening.log.put_words(ID, Words(key, "Un banc.", "fr"))
        await evening.do(c.NoteTranscript, None, utterance=key, digest="1" * 64, model="small")
        await evening.speak(BILAL, "Et voilà.")
        assert "Un banc." not in (await next_with(stream, "Et voilà.")).data


async def test_words_that_turn_out_to_repeat_anothers_go_away_again(evening: Evening) -> None:
    async with site(evening) as pages:
        stream = messages(pages)
        await next_with(stream, "Bancs publics")
        start, end = evening.now, evening.now + timedelta(seconds=4)
        for member, text in ((BILAL, "Un ban de plus."), (ANNE, "Un banc de plus.")):
            key = UtteranceId(member)
            await evening.do(c.NoteUtterance, None, utterance=key, member=member, start=start, end=end)
            evening.log.put_words(ID, Words(key, text, "fr"))
            await evening.do(c.NoteTranscript, None, utterance=key, digest="0" * 64, model="base")
        place = (await next_with(stream, "Un banc de plus.")).id
        echo = {"utterance": UtteranceId(BILAL), "of": UtteranceId(ANNE)}
        await evening.do(c.NoteEcho, None, **echo)
        for viewer in (stream, messages(pages, **{"Last-Event-ID": place})):
            async with asyncio.timeout(20):
                anew = await anext(message async for message in viewer if message.event == "fresh")
            assert "Un banc de plus." in anew.data
            assert "Un ban de plus." not in anew.data
        assert "Un ban de plus." not in (await pages.get("/live"))[1]
        await evening.speak(ANNE, "Et voilà.")
        assert (await next_with(stream, "Et voilà.")).event == "caption"


async def test_who_was_cut_off_gets_every_caption_since_once(evening: Evening) -> None:
    async with site(evening) as pages:
        await evening.speak(ANNE, "Avant.")
        seen = await next_with(messages(pages), "Avant.")
        await evening.speak(BILAL, "Pendant.")
        await evening.speak(ANNE, "Et encore.")
        async with asyncio.timeout(20):
            while pages.app.state.broadcast.place != f"{ID}:{evening.council.meeting(ID).seq}":
                await asyncio.sleep(0.05)
        back = messages(pages, **{"Last-Event-ID": seen.id})
        said = [await anext(back), await anext(back)]
        assert [message.event for message in said] == ["caption", "caption"]
        assert ["Pendant." in said[0].data, "Et encore." in said[1].data] == [True, True]
        strange = messages(pages, **{"Last-Event-ID": "another:7"})
        assert (await anext(strange)).event == "fresh"


async def test_a_running_secret_ballot_says_how_many_voted_and_nothing_else(evening: Evening) -> None:
    await evening.do(c.OpenBallot, ballot=BallotId("b"), motion="Qui élire ?", secret=True)
    await evening.do(c.CastVote, ANNE, ballot=BallotId("b"), mark=Choice.AGAINST.value)
    async with site(evening) as pages:
        html = (await pages.get("/live"))[1].replace("\u00a0", " ")
        assert "1 vote" in html
        ballot = html[html.index("ballot-heading") : html.index("agenda-heading")]
        assert "Anne" not in ballot
        assert "Contre" not in ballot


async def test_a_public_ballots_result_is_shown(evening: Evening) -> None:
    await evening.vote("Poser un banc.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, BILAL: Choice.AGAINST})
    async with site(evening) as pages:
        _, html = await pages.get("/live")
        assert "Poser un banc." in html
        assert "2026-001" in html


async def test_nothing_of_a_closed_session_is_shown(evening: Evening) -> None:
    await evening.closed_session()
    await evening.do(c.NextItem)
    await evening.do(c.GiveFloor, member=BILAL)
    key = UtteranceId("private")
    start = evening.now
    await evening.do(c.NoteUtterance, None, utterance=key, member=BILAL, start=start, end=start)
    evening.log.put_words(ID, Words(key, "Entre nous.", "fr"))
    await evening.do(c.NoteTranscript, None, utterance=key, digest="0" * 64, model="base")
    await evening.vote("Le motif réservé.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, SECRETARY: Choice.FOR})
    async with site(evening) as pages:
        _, html = await pages.get("/live")
        assert "huis clos" in html
        for hidden in ("Affaire privée", "Bilal", "Entre nous", "Le motif réservé"):
            assert hidden not in html
        await evening.do(c.EndClosedSession)
        open_again = await next_with(messages(pages), "2026-002")
        assert "Entre nous" not in open_again.data
        assert "Le motif réservé" in open_again.data  # the decision alone
        ballots = open_again.data.partition("agenda-heading")[0]
        assert "Anne" not in ballots


@pytest.mark.parametrize(("names", "shown"), [("full", "Anne Le Goff"), ("short", "Anne L."), ("none", "Membre 3")])
async def test_members_are_called_as_the_council_chose(evening: Evening, names: str, shown: str) -> None:
    await evening.speak(ANNE, "Un banc.")
    await evening.vote("Poser un banc.", {CHAIR: Choice.FOR, ANNE: Choice.FOR})
    await evening.do(c.GiveFloor, member=ANNE)
    async with site(evening, names=names) as pages:
        html = (await pages.get("/live"))[1].replace("\u00a0", " ")
        assert html.count(shown) >= 3
        assert ("Le Goff" in html) is (names == "full")


async def test_another_processs_events_are_seen_by_who_only_looks(evening: Evening) -> None:
    watching = Council(evening.log)
    await evening.do(c.GiveFloor, member=BILAL)
    assert watching.meeting(ID).floor.speaker is None
    assert await watching.look()
    assert watching.meeting(ID) == evening.council.meeting(ID)
    assert not await watching.look()
