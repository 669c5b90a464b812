"""What minutes say of who was there by whose word, of excuses, and of a quorum lost, regained or waived."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sitting import NAMES, START, Session, minutes_of, planned

from meetings.domain import commands as c
from meetings.domain.meeting import Meeting
from meetings.domain.quorum import replanned
from meetings.domain.rules import CGCT
from meetings.domain.values import MeetingId, MemberId
from meetings.minutes.document import Minutes, from_json, to_json
from meetings.minutes.render import html, markdown

PARIS = ZoneInfo("Europe/Paris")
AGAIN = datetime(2026, 12, 1, 18, 30, tzinfo=PARIS)


def convened(*members: str) -> Session:
    session = Session(Meeting(MeetingId("m")))
    session.do(c.Plan, -3600, plan=replace(planned(), rules=CGCT))
    session.do(c.Excuse, -1800, by="7")
    session.do(c.Convene, 0)
    for member in members:
        session.do(c.Arrive, 10, member=MemberId(member))
    return session


def wavering() -> Session:
    """Mehdi attends in the hall, by the secretary's word; Solène leaves and comes back, and with her the quorum."""
    s = convened("1", "2", "3", "5")
    s.do(c.NoteArrival, 20, by="2", member=MemberId("4"))
    s.do(c.Open, 60)
    s.do(c.NextItem, 120)
    s.do(c.Leave, 600, member=MemberId("5"))
    s.do(c.Arrive, 900, member=MemberId("5"))
    s.do(c.NoteArrival, 1000, by="1", member=MemberId("6"))
    s.do(c.NoteDeparture, 1200, by="2", member=MemberId("4"))
    return s


def told(minutes: Minutes) -> str:
    return markdown(minutes).replace("\u00a0", " ").replace("\u202f", " ")


def test_presence_by_hand_names_who_noted_it() -> None:
    s = wavering()
    s.do(c.Adjourn, 1300)
    words = told(minutes_of(s))
    assert (
        "Mehdi Ben Youssef | Habitants | Membre | jusqu’à 18 h 50, hors du salon vocal (constaté par Karim Haddad)"
        in words
    )
    assert (
        "Paul Nguyen rejoint la séance à 18 h 46, hors du salon vocal ; sa présence est constatée par Claire Martin."
        in words
    )
    assert "Mehdi Ben Youssef quitte la séance à 18 h 50 ; son départ est constaté par Karim Haddad." in words
    assert "Solène Le Goff quitte la séance à 18 h 40." in words
    assert "**Absences excusées** — Odile Ferrand et Thomas Weiß" in words


def test_a_quorum_lost_and_regained_stands_at_its_hours() -> None:
    s = wavering()
    s.do(c.Adjourn, 1300)
    words = told(minutes_of(s))
    assert "À 18 h 40, le quorum n’est plus atteint : 4 présents, 5 requis." in words
    assert "À 18 h 45, le quorum est de nouveau atteint : 5 présents, 5 requis." in words
    assert words.index("le quorum n’est plus") < words.index("de nouveau atteint") < words.index("Paul Nguyen rejoint")


@pytest.mark.parametrize("opened", [True, False])
def test_a_meeting_put_off_says_when_it_is_held_again(opened: bool) -> None:
    s = wavering() if opened else convened("1", "2")
    if opened:
        s.do(c.Leave, 1250, member=MemberId("5"))
    s.do(c.Reconvene, 1300, starts=AGAIN)
    minutes = minutes_of(s)
    words = told(minutes)
    assert "mardi 1er décembre 2026 à 18 h 30" in words
    assert ("la séance est levée à 18 h 51" if opened else "la séance n’est pas ouverte") in words
    assert ("non ouverte, faute de quorum" in words) is not opened
    assert "heure d" not in words  # nothing is left to be completed of the hours
    assert from_json(to_json(minutes)) == minutes
    assert "reconvoqué" in html(minutes)


def test_the_meeting_held_again_says_that_it_needs_no_quorum_and_why() -> None:
    first = convened("1", "2")
    first.do(c.Reconvene, 1300, starts=AGAIN)
    plan = replanned(first.meeting, first.meeting.attendance.roster)
    second = Session(Meeting(MeetingId("m2")))
    since = (AGAIN.astimezone(UTC) - START).total_seconds()
    second.do(c.Plan, 2000, plan=plan)
    second.do(c.Convene, since)
    second.do(c.Arrive, since, member=MemberId("1"))
    second.do(c.Open, since + 60)
    second.do(c.NextItem, since + 120)
    second.do(c.Adjourn, since + 180)
    words = told(minutes_of(second))
    assert "à la séance du dimanche 22 novembre 2026" in words
    assert "délibère sans condition de quorum. Membres présents à l’ouverture : 1 sur 8" in words
    assert len(NAMES) == 8
