"""Presence and votes put right: with a reason, by forms that need no script; the minutes say so."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from website import ANNE, BILAL, CHAIR, CHLOE, ID, SECRETARY, Evening, Site, house, site

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


async def confirmed(pages: Site, form: list[tuple[str, str]]) -> tuple[int, str]:
    """Send a form, and again once it was read what that does to the quorum."""
    status, html = await pages.post(RECORD, form)
    (sure,) = re.findall('name="sure" value="([^"]+)"', html)
    assert status == 200
    return await pages.post(RECORD, [*form, ("sure", sure)])


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
        status, html = await confirmed(pages, [*form, ("reason", "Partie prendre son train.")])
        assert (status, 'role="status"' in html) == (200, True)
        (stay,) = evening.council.meeting(ID).attendance.stays(ANNE)
        assert stay.since == noted[0].since  # what the form repeats to the second is as it was noted
        assert stay.until
        assert f"{stay.until:%H:%M:%S}" == "17:30:09"
        assert "présence rectifiée par Samir Haddad" in told(evening)
        assert "Motif : Partie prendre son train." in told(evening)
        assert evening.council.meeting(ID).path.stale  # a new version is due
        assert "Partie prendre son train" in (await pages.get(RECORD))[1]


async def test_who_changes_the_quorum_is_told_before_it_is_done_and_the_minutes_say_so(evening: Evening) -> None:
    why = ("reason", "Appel nominal.")
    gone = [("member", BILAL), ("since", ""), ("until", ""), why]
    async with site(evening) as pages:
        await pages.enter(SECRETARY)
        status, html = await pages.post(RECORD, gone)
        words = html.replace("\u00a0", " ").replace("\u202f", " ")
        assert (status, 'role="alert"' in html) == (200, True)
        assert "à l’ouverture (18 h 30), 3 au lieu de 4" in words
        assert "au vote sur « Réparer trois bancs » (18 h 30), 3 au lieu de 4" in words
        assert "ne délibère pas valablement" not in words  # three of five are enough
        assert "voix exprimée au vote sur « Réparer trois bancs » : elle reste comptée" in words
        assert ">Appel nominal.</textarea>" in html
        assert not evening.council.meeting(ID).amendments.all
        assert (await pages.post(RECORD, [*gone, ("sure", "of something else")]))[0] == 200
        assert not evening.council.meeting(ID).amendments.all
        assert 'role="status"' in (await confirmed(pages, gone))[1]
        assert "Compte du quorum : à l’ouverture (18 h 30), 3 au lieu de 4 ; à l’appel du point 1" in told(evening)
        away = [("member", ANNE), ("since", "18:30:08"), ("until", "18:30:09"), why]
        _, html = await pages.post(RECORD, away)
        assert "ne délibère pas valablement" in html
        assert 'name="since" value="18:30:08"' in html  # as it was sent
        await confirmed(pages, away)
        minutes = house(evening).drafting.composed(evening.council.meeting(ID))
        assert minutes.quorum
        assert (minutes.quorum.present, minutes.quorum.noted, minutes.quorum.reached) == (2, 4, False)
        (first, second) = (one.recounts for one in minutes.amendments)
        assert [(one.before, one.after) for one in (first[0], second[0])] == [(4, 3), (3, 2)]
        text = told(evening)
        assert "le quorum n’est pas atteint. En séance, 4 avaient été comptés" in text
        assert "à l’ouverture (18 h 30), 2 au lieu de 3 pour 3 requis, le quorum n’était pas atteint" in text
        assert "(comptés en séance : 4)" in text
        noted = ("since", "18:30:03")
        assert (await pages.post(RECORD, [("member", CHLOE), ("since", "18:30:50"), ("until", ""), why]))[0] == 409
        status, html = await pages.post(RECORD, [("member", ANNE), noted, ("until", ""), why])
        assert "le quorum était atteint" in html


async def test_who_came_after_all_and_who_was_excused(evening: Evening) -> None:
    async with site(evening) as pages:
        await pages.enter(CHAIR)
        why = ("reason", "Appel nominal.")
        await confirmed(pages, [("member", CHLOE), ("since", "18:30:05"), ("until", ""), why])
        await confirmed(pages, [("member", BILAL), ("since", ""), ("until", ""), ("excused", "on"), why])
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
