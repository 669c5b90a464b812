"""Ballots of every form in the minutes: the figures, the steps, who said what or the papers' receipts; annulments."""

import io

import pytest
from pypdf import PdfReader
from sitting import CIRCUMSTANCES, NAMES, begun

from meetings.domain import commands as c
from meetings.domain.count import Threshold
from meetings.domain.values import BallotId, Form, Mark, Slip
from meetings.minutes import compose, from_json, to_json
from meetings.minutes.render import html, markdown, pdf


class Votes:
    """A sitting in which votes are taken one after the other, from member 1 on."""

    def __init__(self, lang: str = "en") -> None:
        self.session = begun(lang)
        self.session.do(c.NextItem, 60)
        self.now = 100

    def put(self, *marks: str, text: str = "", **fields: object) -> BallotId:
        key, secret = BallotId(f"b{self.now}"), bool(fields.get("secret"))
        self.session.do(c.OpenBallot, self.now, ballot=key, motion="Que faire ?", commitment="c0ffee", **fields)
        for member, mark in enumerate(marks, 1):
            self.session.do(c.CastVote, self.now + 1, by=str(member), ballot=key, mark=Mark(mark), text=text)
        slips = tuple(Slip(f"AAAA-000{number}", Mark(mark)) for number, mark in enumerate(marks)) if secret else ()
        self.session.do(c.CloseBallot, self.now + 2, ballot=key, slips=slips, seed="5eed", decision=f"2026-{self.now}")
        self.now += 10
        return key

    def annul(self, key: BallotId) -> "Votes":
        self.session.do(c.AnnulBallot, self.now, ballot=key, reason="Une coupure.")
        return self

    def minutes(self):
        return compose(self.session.meeting, {}, NAMES, CIRCUMSTANCES)


def read(votes: Votes):
    minutes = votes.minutes()
    assert from_json(to_json(minutes)) == minutes
    section = next(one for one in minutes.sections if one.ballots)
    return section.ballots, section.decisions, markdown(minutes)


def test_a_choice_among_options_tells_its_figures_and_who_chose_what():
    votes = Votes()
    votes.put("2", "1", "2", "abstain", form=Form.OPTIONS, options=("Ancre", "Barque"))
    (ballot,), (decision,), page = read(votes)
    assert ballot.result == "The council chooses: Barque."
    assert [(one.label, one.votes) for one in ballot.counts] == [("Ancre", 1), ("Barque", 2), ("Blank", 1)]
    assert decision.sentence == "On the question “Que faire ?”, the council chooses: Barque."
    assert "| Barque | 2 |" in page
    assert "Elected by the most votes: Barque." in page
    assert f"- **Ancre** — {NAMES['2']}" in page


def test_an_order_in_secret_is_told_by_receipts_and_no_name():
    votes = Votes("fr")
    votes.put("1>2", "2", "1>2", form=Form.IRV, options=("Ancre", "Barque"), secret=True)
    (ballot,), _, page = read(votes)
    assert ballot.votes == ()
    assert [(paper.receipt, paper.said) for paper in ballot.papers][1] == ("AAAA-0001", "Barque")
    assert "- **Ancre > Barque** — AAAA-0000 et AAAA-0002" in page.replace("\\", "")
    assert "récépissés" in page


def test_a_lot_stands_with_all_it_takes_to_draw_it_again():
    votes = Votes()
    votes.put("1", "2", form=Form.OPTIONS, options=("Ancre", "Barque"), secret=True)
    (ballot,), _, _ = read(votes)
    assert 'the lot "seat 1" elects' in ballot.steps[-3].replace("“", '"').replace("”", '"')
    assert ballot.steps[-1].endswith("c0ffee was published when the vote was opened: 5eed.")


def test_an_appointment_tells_each_of_its_rounds():
    votes = Votes()
    first = votes.put("1", "2", form=Form.APPOINTMENT, options=("Ancre", "Barque"), waive_secret=True)
    votes.session.do(c.NextRound, votes.now, ballot="r2", of=first)
    votes.session.do(c.CastVote, votes.now + 1, by="1", ballot="r2", mark="1")
    votes.session.do(c.CloseBallot, votes.now + 2, ballot="r2", decision="2026-100")
    (one, two), (decision,), page = read(votes)
    assert (one.result, one.request) == (
        "Nothing is decided.",
        "The council decided unanimously not to vote in secret.",
    )
    assert one.steps[-1] == "Nobody has the absolute majority: round 2 is needed."
    assert two.steps[-1] == "Stage 2, elected by absolute majority: Ancre."
    assert (decision.number, page.count("2026-100")) == ("2026-100", 2)


def test_consent_tells_the_objections_in_their_words():
    votes = Votes()
    votes.put("consent", "objection", form=Form.CONSENT, text="Too small.")
    (ballot,), (decision,), page = read(votes)
    assert ballot.result == "The motion is not adopted: there are objections."
    assert f"Objection by {NAMES['2']}: Too small." in page
    assert "does not adopt by consent" in decision.sentence


def test_grades_and_another_majority_tell_their_steps():
    votes = Votes()
    votes.put("1,7", "2,7", form=Form.JUDGEMENT, options=("Ancre", "Barque"))
    votes.put("for", "for", "against", threshold=Threshold.TWO_THIRDS)
    (graded, motion), _, page = read(votes)
    assert graded.steps[-1] == "Elected by the best grade: Ancre."
    assert "Ancre: Excellent, Barque: To reject" in page
    assert motion.steps == ("Adopted: for 2, against 1, abstentions 0; needed: at least two thirds of votes cast (3).",)


@pytest.mark.parametrize("secret", [False, True])
def test_an_annulled_vote_says_so_and_keeps_its_number(secret: bool):
    votes = Votes()
    votes.annul(votes.put("for", secret=secret))
    (ballot,), (decision,), page = read(votes)
    assert ballot.result == "This vote was annulled: Une coupure."
    assert (decision.number, decision.sentence) == ("2026-100", "Annulled (Une coupure.): “Que faire ?”.")
    assert "adopts" not in page


def test_every_form_can_be_printed():
    votes = Votes("fr")
    for form, mark in ((Form.STV, "1>2"), (Form.APPROVAL, "1,2"), (Form.JUDGEMENT, "1,4"), (Form.OPTIONS, "2")):
        for secret in (False, True):
            votes.put(mark, mark, form=form, options=("Ancre", "Barque"), secret=secret)
    minutes = votes.minutes()
    assert pdf(minutes).startswith(b"%PDF")
    assert html(minutes).count("<h3>") == 8


def test_a_count_of_many_steps_goes_on_to_the_next_page():
    votes = Votes("fr")
    options = tuple(f"Projet numéro {number:02}" for number in range(25))
    votes.put(">".join(map(str, range(1, 26))), *map(str, range(2, 7)), form=Form.STV, options=options, seats=8)
    minutes = votes.minutes()
    pages = PdfReader(io.BytesIO(pdf(minutes))).pages
    (ballot,), _, _ = read(votes)
    assert len(ballot.steps) > 25
    assert len(pages) > 5  # what does not fit is not printed over the edge of a page
