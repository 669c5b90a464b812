"""Minutes of a reviewed meeting: words as corrected, speakers and items as reassigned, nothing that was struck."""

from sitting import NAMES, Session, planned

from meetings.domain import commands as c
from meetings.domain import reviewing as r
from meetings.domain.meeting import Meeting
from meetings.domain.review import LineId
from meetings.domain.values import MeetingId, MemberId, PlannedItem
from meetings.minutes import Minutes, compose
from meetings.minutes.reviewed import reviewed


def said(minutes: Minutes) -> list[tuple[int | None, str, str | None]]:
    return [
        (section.plan.number if section.plan else None, speech.speaker, passage.text)
        for section in minutes.sections
        for speech in section.speeches
        for part in speech.paragraphs
        for passage in part
    ]


def test_minutes_say_what_the_review_left() -> None:
    session = Session(Meeting(MeetingId("m")))
    session.do(c.Plan, -60, plan=planned(items=(PlannedItem(1, "Bancs"), PlannedItem(2, "Piste"))))
    session.do(c.Convene, -30)
    for member in NAMES:
        session.do(c.Arrive, -20, member=MemberId(member))
    session.do(c.Open, 0)
    session.do(c.NextItem, 1)
    session.say("3", 10, 4, "Un ban cassé.", doubtful=True)
    session.say("4", 20, 4, "Euh.")
    session.say("5", 30, 4, "La piste est prête.")
    session.say("6", 40, 4, "Très bien.")
    session.do(c.NextItem, 50)
    by = {"by": "2"}
    session.do(r.CorrectLine, 60, **by, line=LineId("u1"), base="", digest="d1")
    session.do(r.StrikeLine, 61, **by, line=LineId("u2"))
    session.do(r.MoveLine, 62, **by, line=LineId("u3"), item=2)
    session.do(r.AttributeLine, 63, **by, line=LineId("u4"), member=MemberId("1"))
    corrected = reviewed(session.meeting, session.transcript, {"d1": "Un banc cassé."})
    assert said(compose(*corrected, {MemberId(key): name for key, name in NAMES.items()})) == [
        (1, NAMES["3"], "Un banc cassé."),
        (1, NAMES["1"], "Très bien."),
        (2, NAMES["5"], "La piste est prête."),
    ]
    erased = reviewed(session.meeting, session.transcript, {})
    assert said(compose(*erased, {MemberId(key): name for key, name in NAMES.items()}))[0][2] is None


def test_minutes_without_a_review_are_what_they_were() -> None:
    session = Session(Meeting(MeetingId("m")))
    session.do(c.Plan, -60, plan=planned())
    session.say("3", 10, 4, "Bonsoir.")
    names = {MemberId(key): name for key, name in NAMES.items()}
    corrected = reviewed(session.meeting, session.transcript, {})
    assert compose(*corrected, names) == compose(session.meeting, session.transcript, names)
