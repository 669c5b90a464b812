"""The review: lines are heard, corrected, moved, struck, split, merged; two who do so at once lose nothing."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from website import ANNE, BILAL, CHAIR, ID, SECRETARY, Evening, Site, house, site

from meetings.domain import commands as c
from meetings.domain.path import Stage
from meetings.domain.review import LineId
from meetings.domain.values import MemberId, RequestId, UtteranceId
from meetings.jobs.vocabulary import Vocabulary
from meetings.log import requests
from meetings.log.corrections import Corrections
from meetings.log.store import Words
from meetings.minutes import render
from meetings.web.figures import talk


@pytest.fixture
async def evening(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path)
    await evening.convene()
    await evening.speak(ANNE, "Un ban cassé.", doubtful=True)
    await evening.speak(BILAL, "Il y en a trois, des ban.")
    return evening


def keys(evening: Evening) -> list[UtteranceId]:
    return list(evening.council.meeting(ID).recording.utterances)


async def act(pages: Site, **form: Any) -> tuple[int, dict[str, str]]:
    status, body = await pages.post(f"/review/{ID}/act", form)
    return status, json.loads(body)


def texts(html: str) -> list[str]:
    return [re.sub("<[^>]*>", "", text) for text in re.findall(r'<p class="text">(.*?)</p>', html)]


async def test_the_page_shows_every_line_and_marks_what_needs_an_ear(evening: Evening) -> None:
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        _, html = await pages.get(f"/review/{ID}")
        assert texts(html) == ["Un ban cassé.", "Il y en a trois, des ban."]
        assert html.count("à écouter</span>") == 1


async def test_what_two_microphones_had_is_marked_and_taken_in_again(evening: Evening) -> None:
    key, text = keys(evening)[0], "Un ban cassé."
    spoken = evening.council.meeting(ID).recording.utterances[key]
    echo = UtteranceId("echo")
    await evening.do(c.NoteUtterance, None, utterance=echo, member=BILAL, start=spoken.start, end=spoken.end)
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        assert "entendue deux fois" not in (await pages.get(f"/review/{ID}"))[1]
        events = pages.client.get(pages.url + f"/review/{ID}/events")
        async with events as stream:
            await evening.do(c.NoteEcho, None, utterance=echo, of=key)
            async with asyncio.timeout(20):
                told = await anext(line.decode() async for line in stream.content if b"entendue deux fois" in line)
        assert "Bilal Ferrand" in told  # whoever has the page open sees it come
        _, html = await pages.get(f"/review/{ID}")
        assert sorted(texts(html)) == sorted([text, text, "Il y en a trois, des ban."])  # it has no words of its own
        assert html.count("entendue deux fois") == 1
        assert 'struck" id="line-echo"' in html
        assert {one.member: one.seconds for one in talk(evening.council.meeting(ID))} == {ANNE: 4.0, BILAL: 4.0}
        _, html = await pages.get(f"/meetings/{ID}/minutes")
        assert html.count("ban cassé") == 1
        assert await act(pages, act="strike", line=echo) == (200, {"version": ""})
        evening.log.put_words(ID, Words(echo, "Tout à fait.", "fr"))
        await evening.do(c.NoteTranscript, None, utterance=echo, digest="d", model="base")
        assert "Tout à fait." in (await pages.get(f"/meetings/{ID}/minutes"))[1]
        assert "Tout à fait." in (await pages.get(f"/review/{ID}"))[1]
        await act(pages, act="undo")
        assert "Tout à fait." not in (await pages.get(f"/meetings/{ID}/minutes"))[1]


async def test_what_is_corrected_is_in_the_minutes_and_every_version_is_kept(evening: Evening) -> None:
    first, second = keys(evening)
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        status, done = await act(pages, act="correct", line=first, base="", text="Un banc cassé.")
        assert status == 200
        await act(pages, act="correct", line=first, base=done["version"], text="Un banc est cassé.")
        await act(pages, act="strike", line=second)
        _, html = await pages.get(f"/meetings/{ID}/minutes")
        assert "Un banc est cassé." in html
        assert "trois" not in html
        assert "cassé" in (await pages.get("/search?q=banc"))[1]
        kept = Corrections(evening.log).texts(ID)
        assert sorted(kept.values()) == ["Un banc cassé.", "Un banc est cassé."]
        assert evening.log.words(ID)[first].text == "Un ban cassé."
        assert evening.log.verify(ID) is None
        assert "cassé" not in json.dumps(list(evening.log.export(ID)), ensure_ascii=False)  # the chain holds digests


async def test_who_was_slower_is_told_and_overwrites_nothing(evening: Evening) -> None:
    first = keys(evening)[0]
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        await act(pages, act="correct", line=first, base="", text="Un banc.")
        await pages.enter(CHAIR)
        status, told = await act(pages, act="correct", line=first, base="", text="Un bond.")
        assert status == 409
        assert "rien n’a été écrasé" in told["refused"]
        assert "Un banc." in texts((await pages.get(f"/review/{ID}"))[1])


async def test_lines_are_split_merged_reassigned_and_all_of_it_undone(evening: Evening) -> None:
    first, second = keys(evening)
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        before = texts((await pages.get(f"/review/{ID}"))[1])
        await act(pages, act="split", line=second, base="", text="Il y en a trois, des ban.", at=16)
        assert texts((await pages.get(f"/review/{ID}"))[1])[1:] == ["Il y en a trois,", "des ban."]
        part = next(key for key in evening.council.meeting(ID).review.touched if key not in (first, second))
        await act(pages, act="merge", line=second, base=line(evening, second).digest)
        assert texts((await pages.get(f"/review/{ID}"))[1]) == ["Un ban cassé. Il y en a trois,", "des ban."]
        await act(pages, act="attribute", line=part, member=CHAIR)
        await act(pages, act="move", line=part, item=3)
        moved = line(evening, part)
        assert (moved.member, moved.item) == (CHAIR, 3)
        for _ in range(4):
            assert (await act(pages, act="undo"))[0] == 200
        assert texts((await pages.get(f"/review/{ID}"))[1]) == before
        assert (await act(pages, act="undo"))[0] == 409
        await act(pages, act="redo")
        assert len(texts((await pages.get(f"/review/{ID}"))[1])) == 3


def line(evening: Evening, key: str) -> Any:
    meeting = evening.council.meeting(ID)
    return meeting.review.line(LineId(key), meeting.recording.utterances)


async def test_a_sentence_is_chosen_the_minutes_follow_and_the_other_sees_it(evening: Evening) -> None:
    first, second = keys(evening)
    await evening.do(c.Adjourn)

    def kept(html: str) -> list[str]:
        return re.findall(r'aria-pressed="true"[^>]*></button>(.*?)</span>', html)

    def told() -> list[str]:
        minutes = house(evening).drafting.composed(evening.council.meeting(ID))
        return [quote.text for section in minutes.sections for quote in section.substance]

    async with site(evening) as pages:
        await pages.enter(CHAIR)
        seen = evening.council.meeting(ID).seq
        assert kept((await pages.get(f"/review/{ID}"))[1]) == told() == ["Il y en a trois, des ban."]
        async with asyncio.timeout(20), aclosing(news(pages, seen)) as live:
            told_kept = (line async for line in live if line.startswith("data: 2026"))
            assert await anext(told_kept) == f"data: {second}:0\n"
            assert (await act(pages, act="choose", line=first, place=0, kept="yes"))[0] == 200
            assert await anext(told_kept) == f"data: {first}:0 {second}:0\n"
        assert told() == ["Un ban cassé.", "Il y en a trois, des ban."]
        await act(pages, act="correct", line=first, base="", text="Bon. Un banc cassé.")
        assert told() == ["Un banc cassé.", "Il y en a trois, des ban."]
        await act(pages, act="choose", line=second, place=0, kept="no")
        assert kept((await pages.get(f"/review/{ID}"))[1]) == told() == ["Un banc cassé."]
        await act(pages, act="undo")
        assert told() == ["Un banc cassé.", "Il y en a trois, des ban."]
        assert (await act(pages, act="choose", line=second, base="other", place=0, kept="no"))[0] == 409


async def test_what_a_member_asked_for_is_on_the_line_once_it_is_accepted(evening: Evening) -> None:
    first, second = keys(evening)
    await evening.bring(Stage.PROPOSED)
    for key, line, text in (("r1", first, "Un banc est cassé."), ("r2", second, "Il y en a deux.")):
        requests.keep(evening.log, ID, requests.Asked(RequestId(key), ANNE, text))
        whose = evening.council.meeting(ID).recording.utterances[line].member
        await evening.do(c.AskCorrection, whose, request=RequestId(key), digest=f"of {key}", utterance=line)
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        assert "2 demandes de membres attendent votre réponse" in (await pages.get(f"/review/{ID}"))[1].replace(
            "\u00a0", " "
        )
        seen = evening.council.meeting(ID).seq
        async with asyncio.timeout(20), aclosing(news(pages, seen)) as live:
            await anext(live)
            await pages.post(f"/review/{ID}/answer", {"request": "r1", "accepted": "yes"})
            assert "Un banc est cassé." in await anext(line async for line in live if 'class="text"' in line)
        _, html = await pages.get(f"/review/{ID}")
        assert texts(html) == ["Un banc est cassé.", "Il y en a trois, des ban."]
        assert html.count("rectifié à sa demande</span>") == 1
        assert (await act(pages, act="correct", line=first, base="", text="Un ban."))[0] == 409
        assert (await act(pages, act="correct", line=first, base="of r1", text="Un banc est bien cassé."))[0] == 200
        minutes = house(evening).drafting.composed(evening.council.meeting(ID))
        assert "Un banc est bien cassé." in render.markdown(minutes)
        assert minutes.rectifications[0].original == "Un ban cassé."
        await act(pages, act="merge", line=second, base="")
        await pages.post(f"/review/{ID}/answer", {"request": "r2", "accepted": "yes"})
        _, html = await pages.get(f"/review/{ID}")
        assert "écrivez vous-même ces mots" in html
        assert f'href="#line-{first}"' in html.partition("écrivez vous-même")[0].rpartition("Demandes des membres")[2]


async def news(pages: Site, after: int) -> AsyncIterator[str]:
    async with pages.client.get(f"{pages.url}/review/{ID}/events?after={after}") as answer:
        async for line in answer.content:
            yield line.decode()


async def test_each_sees_what_the_other_changes(evening: Evening) -> None:
    first = keys(evening)[0]
    async with site(evening) as pages:
        await pages.enter(CHAIR)
        seen = evening.council.meeting(ID).seq
        async with asyncio.timeout(20), aclosing(news(pages, seen)) as live:
            await anext(live)
            await act(pages, act="correct", line=first, base="", text="Un banc cassé.")
            assert "Un banc cassé." in await anext(line async for line in live if 'class="text"' in line)
        async with asyncio.timeout(20), aclosing(news(pages, seen)) as again:
            assert "Un banc cassé." in await anext(line async for line in again if 'class="text"' in line)


async def test_replacing_is_previewed_and_changes_what_was_chosen(evening: Evening) -> None:
    first, _ = keys(evening)
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        _, shown = await pages.get(f"/review/{ID}/replace?find=ban&put=banc")
        assert re.findall("<ins>(.*?)</ins>", shown) == ["Un banc cassé.", "Il y en a trois, des banc."]
        form = {"find": "ban", "put": "banc", "line": first}
        _, told = await pages.post(f"/review/{ID}/replace", form)
        assert "1 ligne" in told.replace("\u00a0", " ")
        assert texts((await pages.get(f"/review/{ID}"))[1]) == ["Un banc cassé.", "Il y en a trois, des ban."]
        assert "retenu" not in told
        assert "<ins>" not in (await pages.get(f"/review/{ID}/replace?find=ba&put=x"))[1]  # whole words
        assert "<ins>" not in (await pages.get(f"/review/{ID}/replace?find=(&put=x"))[1]


async def test_what_was_put_right_everywhere_is_spelled_so_by_the_next_transcription(evening: Evening) -> None:
    vocabulary = Vocabulary(evening.folder)
    (evening.folder / "vocabulary.txt").write_text("# noms\nLunel\n", "utf-8")
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        for find, put in (("ban", "banc"), ("banc", "Caladons")):
            form = {"find": find, "put": put, "line": keys(evening)[0], "learn": "on"}
            _, told = await pages.post(f"/review/{ID}/replace", form)
            assert f"{put}\u202f» est retenu" in told
        assert vocabulary.terms() == ("Caladons", "banc", "Lunel")
        _, told = await pages.post(f"/review/{ID}/replace", {"find": "rien", "put": "Rien", "learn": "on"})
        assert vocabulary.terms() == ("Caladons", "banc", "Lunel")  # nothing was replaced
        _, told = await pages.post(f"/review/{ID}/vocabulary", {"term": "banc"})
        assert "Caladons" in told
        assert vocabulary.terms() == ("Caladons", "Lunel")
        assert (evening.folder / "vocabulary.txt").read_text("utf-8").startswith("# noms")


@pytest.mark.parametrize(
    "form", [{"act": "move", "item": "x"}, {"act": "split", "at": "x", "text": "a b"}, {"act": "?"}, {}]
)
async def test_a_form_that_makes_no_sense_changes_nothing(evening: Evening, form: dict[str, str]) -> None:
    before = evening.council.meeting(ID)
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        status, _ = await pages.post(f"/review/{ID}/act", form | {"line": keys(evening)[0]})
        assert status < 500
        assert evening.council.meeting(ID) == before


async def test_a_voice_is_served_by_ranges_to_members_and_gone_with_its_recording(evening: Evening) -> None:
    first, second = keys(evening)
    evening.record(first, second)
    async with site(evening) as pages:
        voice, wave = f"/meetings/{ID}/voices/{ANNE}.ogg", f"/review/{ID}/waves/{first}.svg"
        assert (await pages.get(voice))[0] == 403
        await pages.enter(SECRETARY)
        async with pages.client.get(pages.url + voice, headers={"Range": "bytes=0-3"}) as answer:
            assert (answer.status, await answer.read()) == (206, b"OggS")
            assert int(answer.headers["Content-Range"].rpartition("/")[2]) > 1000
        status, drawn = await pages.get(wave)
        heights = [float(half) for half in re.findall(r" ([\d.]+)V", drawn)]
        assert (status, len(heights)) == (200, 240)
        assert min(heights) < 5 < 20 < max(heights)  # a tone, then a pause
        assert "data-since" in (await pages.get(f"/review/{ID}"))[1]
        assert (await pages.get(f"/meetings/{ID}/voices/{MemberId('../council')}.ogg"))[0] == 404
        assert (await pages.get(f"/meetings/{ID}/voices/999.ogg"))[0] == 404
        shutil.rmtree(evening.folder / "recordings" / ID)
        assert (await pages.get(voice))[0] == 404
        assert (await pages.get(wave))[0] == 404
        assert "data-since" not in (await pages.get(f"/review/{ID}"))[1]
