"""What minutes say of a session's conduct: recess, closed doors, the agenda's changes, the gavel."""

import pytest
from sitting import Session, begun, minutes_of

from meetings.domain import commands as c
from meetings.domain.values import BallotId, Choice, MemberId
from meetings.minutes.document import Minutes, from_json, to_json
from meetings.minutes.render import html, markdown
from meetings.minutes.view import view


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def conducted(lang: str = "fr") -> Session:
    """Claire presides, suspends, hands the gavel to Agnès; closed doors, a return to item 1, items 3 and 4 let go."""
    s = begun(lang)
    s.do(c.NextItem, 100)
    s.say("1", 110, 4, "Commençons.")
    s.do(c.MoveItem, 120, number=4, before=2)
    s.do(c.Suspend, 180, minutes=10)
    s.do(c.Resume, 780)
    s.say("1", 790, 3, "Reprenons.")
    s.do(c.HandGavel, 840, member=MemberId("3"))
    s.do(c.NextItem, 900, by="3", number=2)
    for now, member in ((910, "4"), (915, "5"), (920, "6")):
        s.do(c.AskClosedSession, now, by=member, ballot=BallotId("doors"))
    for member in "3456":
        s.do(c.CastVote, 930, by=member, ballot=BallotId("doors"), mark=Choice.FOR)
    s.do(c.CloseBallot, 960, by="3", ballot=BallotId("doors"), decision="2026-020")
    s.do(c.OpenBallot, 1000, by="3", ballot=BallotId("inside"), motion="Radier un adhérent")
    s.do(c.CastVote, 1010, by="6", ballot=BallotId("inside"), mark=Choice.AGAINST)
    s.do(c.CastVote, 1010, by="5", ballot=BallotId("inside"), mark=Choice.FOR)
    s.do(c.CastVote, 1010, by="4", ballot=BallotId("inside"), mark=Choice.FOR)
    s.do(c.CloseBallot, 1050, by="3", ballot=BallotId("inside"), decision="2026-021")
    s.do(c.EndClosedSession, 1200, by="3")
    s.do(c.HandGavel, 1210)
    s.do(c.NextItem, 1260, number=1)
    s.say("2", 1270, 3, "Encore un mot.")
    s.do(c.PostponeItem, 1300, number=4)
    s.do(c.WithdrawItem, 1310, number=3)
    s.do(c.Adjourn, 1320)
    return s


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    return minutes_of(conducted())


def notes(minutes: Minutes) -> list[str]:
    return [
        plain(entry["paragraphs"][0])
        for section in view(minutes)["sections"]
        for entry in section["entries"]
        if entry["kind"] == "note"
    ]


def test_every_act_is_told_with_who_and_when(minutes: Minutes) -> None:
    assert notes(minutes) == [
        "À 18 h 32, Claire Martin place le point 4, « Questions diverses », avant le point 2.",
        "La séance est suspendue de 18 h 33 à 18 h 43.",
        "À 18 h 44, Claire Martin confie la présidence de la séance à Agnès Dufour-Leclerc.",
        "À 18 h 51, Claire Martin reporte à la prochaine séance le point 4, « Questions diverses ».",
        "À 18 h 51, Claire Martin retire de l’ordre du jour le point 3, « Désignation au comité des fêtes ».",
        "Le conseil siège à huis clos de 18 h 46 à 18 h 50 ; les débats ne sont ni enregistrés ni transcrits.",
        "À 18 h 50, Claire Martin reprend la présidence de la séance.",
    ]


def test_an_item_returned_to_has_all_its_times_and_all_its_words(minutes: Minutes) -> None:
    first, second = (view(minutes)["sections"][place] for place in (0, 1))
    assert plain(first["detail"]).startswith("De 18 h 31 à 18 h 45, puis de 18 h 51 à 18 h 52")
    annexed = view(minutes)["annex"]["sections"][0]
    said = [entry["paragraphs"][0] for entry in annexed["entries"] if entry["kind"] == "speech"]
    assert said == ["Commençons.", "Reprenons.", "Encore un mot."]
    assert second["number"] == 2


def test_what_was_not_treated_says_what_became_of_it(minutes: Minutes) -> None:
    details = {section["number"]: plain(section["detail"]) for section in view(minutes)["sections"]}
    assert details[3] == "Ce point a été retiré de l’ordre du jour."
    assert details[4] == "Ce point est reporté à la prochaine séance."
    assert "l’ordre du jour étant épuisé" in " ".join(view(minutes)["closing"]["paragraphs"]).lower()


def test_closed_doors_have_their_vote_and_then_the_decision_alone(minutes: Minutes) -> None:
    section = next(one for one in minutes.sections if one.plan and one.plan.number == 2)
    (doors,) = section.ballots
    assert doors.question == "Le conseil siège à huis clos"
    assert plain(doors.request or "") == (
        "Huis clos demandé par Mehdi Ben Youssef, Solène Le Goff et Paul Nguyen ; le vote a lieu sans débat."
    )
    assert len([vote for vote in doors.votes if vote.choice]) == 4
    assert [decision.number for decision in section.decisions] == ["2026-020", "2026-021"]
    assert "Radier un adhérent" in section.decisions[1].sentence
    assert section.speeches == ()


def test_who_presided_when_stands_at_the_head(minutes: Minutes) -> None:
    assert minutes.chair == "Claire Martin"
    facts = {label: plain(value) for label, value in view(minutes)["facts"]}
    assert (
        facts["Présidence"]
        == "Claire Martin, Agnès Dufour-Leclerc à partir de 18 h 44, Claire Martin à partir de 18 h 50"
    )


def test_a_deputy_who_opens_is_the_chair_of_the_minutes() -> None:
    s = begun()
    assert minutes_of(s).presided == ()
    deputy = Session(s.meeting)
    deputy.do(c.HandGavel, 70, member=MemberId("4"))
    assert [one.name for one in minutes_of(deputy).presided] == ["Mehdi Ben Youssef"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_rendering_tells_it_and_the_document_comes_back_whole(lang: str) -> None:
    minutes = minutes_of(conducted(lang))
    assert from_json(to_json(minutes)) == minutes
    words = {"fr": "huis clos de", "en": "behind closed doors from"}[lang]
    assert words in plain(markdown(minutes))
    assert words in plain(html(minutes))
