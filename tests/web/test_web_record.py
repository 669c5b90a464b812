"""Presence and votes put right: with a reason, by forms that need no script; the minutes say so."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from website import ANNE, BILAL, CHAIR, CHLOE, ID, SECRETARY, Evening, house, site

from meetings.domain.path import Stage
from meetings.domain.values import BallotId, Choice, Mark
from meetings.minutes import render

RECORD = f"/review/{ID}/record"


@pytest.fixture
async def evening(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path)
    await evening.convene()
    await evening.vote("Réparer trois bancs.", {CHAIR: Choice.FOR, ANNE: Choice.FOR, BILAL: Choice.AGAINST})
    await evening.vote("Élire Anne.", {CHAIR: Choice.FOR, ANNE: Choice.FOR}, secret=True)
    await evening.bring(Stage.DRAFT)
    return evening


def told(evening: Evening) -> str:
    minutes = house(evening).drafting.composed(evening.council.meeting(ID))
    return render.markdown(minutes).replace("\u00a0", " ").replace("\u202f", " ")


async def test_a_presence_is_put_right_and_the_minutes_say_why(evening: Evening) -> None:
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        _, html = await pages.get(f"{RECORD}?member={ANNE}")
        (since,) = re.findall('name="since" value="([^"]+)"', html)
        noted = evening.council.meeting(ID).attendance.stays(ANNE)
        form = [("member", ANNE), ("since", since), ("until", "18:30:09"), ("since", ""), ("until", "")]
        status, html = await pages.post(RECORD, form)
        assert (status, "demande un motif" in html) == (409, True)
        status, html = await pages.post(RECORD, [*form, ("reason", "Partie prendre son train.")])
        assert (status, 'role="status"' in html) == (200, True)
        (stay,) = evening.council.meeting(ID).attendance.stays(ANNE)
        assert stay.since == noted[0].since  # what the form repeats to the second is as it was noted
        assert stay.until
        assert f"{stay.until:%H:%M:%S}" == "17:30:09"
        assert "présence rectifiée par Samir Haddad" in told(evening)
        assert "Motif : Partie prendre son train." in told(evening)
        assert evening.council.meeting(ID).path.stale  # a new version is due
        assert "Partie prendre son train" in (await pages.get(RECORD))[1]


async def test_who_came_after_all_and_who_was_excused(evening: Evening) -> None:
    async with site(evening) as pages:
        await pages.enter(CHAIR)
        why = ("reason", "Appel nominal.")
        await pages.post(RECORD, [("member", CHLOE), ("since", "18:30:05"), ("until", ""), why])
        await pages.post(RECORD, [("member", BILAL), ("since", ""), ("until", ""), ("excused", "on"), why])
        minutes = house(evening).drafting.composed(evening.council.meeting(ID))
        assert "Chloé Weiß" in [one.name for one in minutes.present]
        assert minutes.excused == ("Bilal Ferrand",)
        for bad in (
            [("since", "19:00"), ("until", "18:00")],
            [("since", "x")],
            [("until", "18:00")],
            [("since", "23:00")],
        ):
            assert (await pages.post(RECORD, [("member", ANNE), *bad, why]))[0] == 409


async def test_a_vote_is_put_right_and_no_secret_one(evening: Evening) -> None:
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        _, html = await pages.get(RECORD)
        assert "?ballot=b1" in html
        assert "?ballot=b2" not in html
        form = {"ballot": "b1", "member": BILAL, "mark": "abstain", "reason": "Dit au micro, pressé à côté."}
        assert (await pages.post(RECORD, form))[0] == 200
        assert evening.council.meeting(ID).ballots[BallotId("b1")].votes[BILAL] == Mark("abstain")
        assert "2 voix pour" in told(evening)
        assert "À lire : Abstention ; noté en séance : Contre. Motif : Dit au micro, pressé à côté." in told(evening)
        status, html = await pages.post(RECORD, form | {"member": ANNE, "mark": ""} | {"ballot": "b2"})
        assert (status, "Seul un vote public" in html) == (409, True)
        for member, mark in ((ANNE, "against"), (CHAIR, "against")):
            status, html = await pages.post(RECORD, form | {"member": member, "mark": mark})
        assert "Le résultat proclamé tient" in html


async def test_once_approved_all_is_read_only_and_says_why(evening: Evening) -> None:
    await evening.bring(Stage.APPROVED)
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        _, html = await pages.get(f"/review/{ID}")
        assert "il ne change plus" in html
        assert "data-closed" in html
        assert 'action="/review/m/draft"' not in html
        _, html = await pages.get(f"{RECORD}?member={ANNE}")
        assert "<form" not in html.partition("<main")[2].partition("</main")[0]
        status, html = await pages.post(RECORD, {"member": ANNE, "reason": "Trop tard."})
        assert (status, "il ne change plus" in html) == (409, True)


async def test_where_the_log_cannot_be_written_one_is_told_that_nothing_happened(evening: Evening) -> None:
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        with closing(sqlite3.connect(evening.folder / "council.db")) as other:
            other.execute("ALTER TABLE requests RENAME TO elsewhere")
            status, html = await pages.post(RECORD, {"ballot": "b1", "member": BILAL, "mark": "", "reason": "Retiré."})
            other.execute("ALTER TABLE elsewhere RENAME TO requests")
        assert (status, "n’a été fait" in html) == (503, True)
        assert not evening.council.meeting(ID).amendments.all
