"""The archive: what was decided keeps its address, what was said is found by those who may read it, figures add up."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from website import ANNE, BILAL, CHAIR, ID, PLAN, SECRETARY, Evening, house, site

from meetings.domain import commands as c
from meetings.domain import reviewing
from meetings.domain.path import Stage
from meetings.domain.review import LineId
from meetings.domain.values import BallotId, Choice, Form, MeetingId, UtteranceId
from meetings.jobs.drafting import write
from meetings.minutes.stationery import Stationery
from meetings.web.figures import half, late, overrun, present, summed, talk


@pytest.fixture
async def evening(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path)
    await evening.convene()
    await evening.speak(ANNE, "Les bancs de l'été sont cassés.", 30)
    await evening.speak(BILAL, "Réparons-les.", 10)
    await evening.vote("Réparer trois bancs.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, BILAL: Choice.AGAINST})
    await evening.vote("Élire Anne.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, BILAL: Choice.AGAINST}, secret=True)
    return evening


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_a_decision_has_an_address_of_its_own(evening: Evening) -> None:
    async with site(evening) as pages:
        status, html = await pages.get("/decisions/2026-001")
        assert status == 200
        assert "Réparer trois bancs." in html
        assert "Bilal Ferrand" in html  # a public vote: names and their sense (CGCT L2121-21)
        _, html = await pages.get("/decisions/2026-002")
        assert "Élire Anne." in html
        assert "Bilal" not in html
        assert (await pages.get("/decisions/2026-003"))[0] == 404
        assert (await pages.get("/meetings/nothing"))[0] == 404


async def test_what_was_voted_behind_closed_doors_is_a_decision_alone(evening: Evening) -> None:
    await evening.closed_session()
    await evening.do(c.NextItem)
    await evening.vote("Vendre le terrain.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, SECRETARY: Choice.FOR})
    async with site(evening) as pages:
        _, html = await pages.get("/decisions/2026-004")
        assert "Vendre le terrain." in html
        assert "Anne" not in html


async def test_what_was_said_is_found_by_who_may_read_the_minutes(evening: Evening) -> None:
    async with site(evening) as pages:

        async def found(question: str) -> str:
            return (await pages.get(f"/search?q={question}"))[1]

        assert "Réparer trois <mark>bancs</mark>" in await found("banc")
        await evening.bring(Stage.DRAFT)
        await pages.enter(ANNE)
        assert "cassés" not in await found("banc")
        await pages.enter(SECRETARY)
        assert "<mark>été</mark> sont cassés" in await found("ETE")
        await evening.bring(Stage.PROPOSED)
        await pages.enter(ANNE)
        assert "cassés" in await found("banc")
        _, part = await pages.get("/search?q=banc", headers={"HX-Request": "true"})
        assert "<html" not in part
        await pages.enter(None)
        assert "cassés" not in await found("banc")
        await evening.bring(Stage.PUBLISHED)
        assert "cassés" in await found("banc")
        assert "<audio" not in await found("banc")
        assert "<script>" not in await found("%3Cscript%3E")


async def test_what_a_member_finds_is_heard_where_its_sound_is_kept(evening: Evening) -> None:
    evening.record(*evening.council.meeting(ID).recording.utterances)
    await evening.bring(Stage.PROPOSED)
    async with site(evening) as pages:
        await pages.enter(ANNE)
        (sound,) = re.findall('<audio[^>]*src="([^"#]+)#t=', (await pages.get("/search?q=cassés"))[1])
        async with pages.client.get(pages.url + sound, headers={"Range": "bytes=0-3"}) as answer:
            assert (answer.status, await answer.read()) == (206, b"OggS")


async def test_members_read_what_was_proposed_and_everybody_what_was_signed(evening: Evening) -> None:
    minutes, page = f"/meetings/{ID}/minutes", f"/meetings/{ID}"
    async with site(evening) as pages:
        await evening.bring(Stage.PROPOSED)
        await pages.enter(ANNE)
        assert "cassés" in (await pages.get(minutes))[1]
        first = next(iter(evening.council.meeting(ID).recording.utterances))
        await evening.do(reviewing.StrikeLine, SECRETARY, line=LineId(first))
        assert "cassés" in (await pages.get(minutes))[1]  # until the secretary writes a new version
        assert "minutes.pdf" in (await pages.get(page))[1]
        await pages.enter(None)
        assert "minutes" not in (await pages.get(page))[1].partition("<main")[2]
        assert (await pages.get(f"{page}/files/minutes.pdf"))[0] == 403
        await evening.bring(Stage.PUBLISHED)
        told = (await pages.get(page))[1]
        assert "Procès-verbal publié le dimanche 22 novembre 2026." in told.replace("\u00a0", " ")
        assert "approuvé" in (await pages.get(minutes))[1]
        assert (await pages.get(f"{page}/files/minutes.pdf"))[1] == "%PDF"
        assert (await pages.get(f"{page}/files/..%2Fcouncil.db"))[0] == 404


async def test_the_minutes_style_is_allowed_by_its_hash_alone(evening: Evening) -> None:
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        async with pages.client.get(f"{pages.url}/meetings/{ID}/minutes") as answer:
            policy = answer.headers["Content-Security-Policy"]
        assert "style-src 'sha256-" in policy
        assert "unsafe-inline" not in policy


async def test_the_minutes_stand_under_the_councils_letterhead_as_its_documents_do(evening: Evening) -> None:
    logo = evening.folder / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="3"><rect width="9" height="3"/></svg>')
    paper = Stationery(None, logo, "Maison des Tanneries\\n34400 Lunel")
    document = evening.folder / "written"
    write(house(evening).drafting.composed(evening.council.meeting(ID)), document, paper)
    async with site(evening, paper=paper) as pages:
        await pages.enter(SECRETARY)
        status, html = await pages.get(f"/meetings/{ID}/minutes")
        assert status == 200
        assert '<img class="logo" src="data:image/svg+xml;base64,' in html
        assert '<p class="address">34400 Lunel</p>' in html
        assert header(html) == header((document / "minutes.html").read_text("utf-8"))
        async with pages.client.get(f"{pages.url}/meetings/{ID}/minutes") as answer:
            assert "img-src 'self' data:;" in answer.headers["Content-Security-Policy"]
        logo.unlink()
        status, html = await pages.get(f"/meetings/{ID}/minutes")
        assert status == 200
        assert '<p class="address">34400 Lunel</p>' in html
        assert "<img" not in header(html)


def header(html: str) -> str:
    return html[html.index("<header>") : html.index("</header>")]


async def test_open_data_says_the_same_as_the_pages(evening: Evening) -> None:
    async with site(evening) as pages:
        decisions = json.loads((await pages.get("/data/decisions.json"))[1])
        assert [one["number"] for one in decisions] == ["2026-002", "2026-001"]
        assert (decisions[1]["for"], decisions[1]["against"], decisions[1]["outcome"]) == (2, 1, "adopted")
        rows = read_csv((await pages.get("/data/decisions.csv"))[1])
        assert [row["number"] for row in rows] == ["2026-002", "2026-001"]
        meetings = json.loads((await pages.get("/data/meetings.json"))[1])
        assert [(one["present"], one["members"], one["decisions"]) for one in meetings] == [(4, 5, 2)]
        assert [item["title"] for item in meetings[0]["items"]] == [item.title for item in PLAN.items]


async def test_a_cell_is_never_a_formula(evening: Evening) -> None:
    plan = replace(PLAN, title="=HYPERLINK(1)", starts=PLAN.starts + timedelta(days=7))
    await evening.do(c.Plan, None, MeetingId("n"), plan=plan)
    async with site(evening) as pages:
        assert ",'=HYPERLINK(1)," in (await pages.get("/data/meetings.csv"))[1]


async def test_figures_add_up(evening: Evening) -> None:
    meeting = evening.council.meeting(ID)
    talks = talk(meeting)
    assert summed(talks, lambda one: one.member) == {ANNE: 30.0, BILAL: 10.0}
    assert summed(talks, lambda one: one.item) == {1: 40.0}
    assert present(meeting) == 4 / 5
    assert late(meeting) == pytest.approx(7 / 60)
    assert overrun(meeting) is None
    await evening.do(c.Adjourn)
    assert overrun(evening.council.meeting(ID)) == pytest.approx((evening.now - PLAN.ends).total_seconds() / 60)
    assert [half([]), half([5]), half([1, 1, 1, 1]), half([30, 10])] == [0, 1, 2, 1]
    async with site(evening) as pages:
        rows = read_csv((await pages.get(f"/figures/{ID}/speaking.csv"))[1])
        assert [(row["member"], row["college"], row["item"], row["seconds"]) for row in rows] == [
            ("Anne Le Goff", "habitants", "1", "30.0"),
            ("Bilal Ferrand", "associations", "1", "10.0"),
        ]
        _, html = await pages.get(f"/figures/{ID}")
        assert html.count("<svg") >= 3
        assert "80" in (await pages.get("/figures"))[1]


async def test_figures_leave_closed_sessions_out(evening: Evening) -> None:
    await evening.closed_session()
    start = evening.now + timedelta(seconds=1)
    evening.now += timedelta(seconds=60)
    key = UtteranceId("private")
    await evening.do(c.NoteUtterance, None, utterance=key, member=CHAIR, start=start, end=evening.now)
    assert CHAIR not in summed(talk(evening.council.meeting(ID)), lambda one: one.member)


async def test_a_council_that_never_met_has_an_empty_archive(tmp_path: Path) -> None:
    async with site(Evening(tmp_path)) as pages:
        for path in ("/", "/meetings", "/decisions", "/figures", "/search?q=banc", "/live", "/data/meetings.csv"):
            assert (await pages.get(path))[0] == 200, path


@pytest.mark.parametrize("names", ["full", "none"])
async def test_who_is_elected_is_told_as_the_council_publishes_names(evening: Evening, names: str) -> None:
    candidates = {"form": Form.APPOINTMENT, "candidates": (ANNE, BILAL)}
    key = BallotId("election")
    await evening.do(c.OpenBallot, ballot=key, motion="Qui nous représente ?", secret=True, **candidates)
    for member in (CHAIR, SECRETARY, ANNE):
        await evening.do(c.CastVote, member, ballot=key, mark="1")
    await evening.do(c.CloseBallot, ballot=key)
    async with site(evening, names=names) as pages:
        for path in ("/decisions/2026-003", "/live", "/data/decisions.json"):
            html = (await pages.get(path))[1].replace("\u00a0", " ")
            assert "Qui nous représente ?" in html
            if path != "/data/decisions.json" or names == "full":
                assert ("Anne Le Goff" if names == "full" else "Membre 3") in html
            assert ("Le Goff" in html) is (names == "full")


async def test_a_vote_that_was_annulled_says_so(evening: Evening) -> None:
    await evening.do(c.AnnulBallot, ballot=BallotId("b1"), reason="Le quorum manquait.")
    async with site(evening) as pages:
        for path in ("/decisions", "/decisions/2026-001", f"/meetings/{ID}", "/live"):
            assert "annulé" in (await pages.get(path))[1], path
        data = json.loads((await pages.get("/data/decisions.json"))[1])
        assert [one["outcome"] for one in data] == ["adopted", "annulled"]
