"""How a closed ballot of any form came out, as lines of its board, in both languages."""

import pytest
from test_boards import ANNE, BALLOT, BILAL, CHAIR, NAMES, Story

from meetings.boards.outcome import STEPS, option_names, result_lines
from meetings.domain import commands as c
from meetings.domain.count import Base, Threshold
from meetings.domain.values import Form, Mark
from meetings.i18n import translator

VOTERS = (CHAIR, ANNE, BILAL)


def told(*marks: str, lang: str = "en", text: str = "", **fields: object) -> list[str]:
    """The lines of a ballot's result after the votes of the three who are there."""
    story = Story(lang=lang).opened()
    story.then(c.OpenBallot, CHAIR, ballot=BALLOT, motion="Que faire ?", commitment="c0", **fields)
    for voter, mark in zip(VOTERS, marks, strict=False):
        story.then(c.CastVote, voter, ballot=BALLOT, mark=Mark(mark), text=text)
    story.then(c.CloseBallot, CHAIR, ballot=BALLOT, seed="5eed", decision="2026-014")
    ballot = story.meeting.ballots[BALLOT]
    return [line.text for line in result_lines(story.meeting, ballot, NAMES, translator(lang))]


def test_a_running_ballot_has_no_result() -> None:
    story = Story().opened().voted(anne="for")  # type: ignore[arg-type]
    assert result_lines(story.meeting, story.meeting.ballots[BALLOT], NAMES, translator("fr")) == ()


def test_a_motion_says_the_majority_it_needed() -> None:
    assert told("for", "for", "against", basis=Base.ALL, threshold=Threshold.FOUR_FIFTHS) == [
        "For 2 · Against 1 · Abstain 0",
        "Rejected: for 2, against 1, abstentions 0; needed: at least four fifths of all members (4).",
    ]


def test_candidates_are_called_by_name() -> None:
    lines = told("1", "1", "2", form=Form.APPOINTMENT, candidates=(ANNE, BILAL), waive_secret=True)
    assert lines == [
        "Chosen: Anne Martin",
        "Stage 1: Anne Martin 2 and Bilal Haddad 1.",
        "Stage 1: absolute majority of 3 votes: 2.",
        "Stage 1, elected by absolute majority: Anne Martin.",
    ]


def test_a_casting_vote_and_a_lot_are_told() -> None:
    assert told("2", "1", form=Form.OPTIONS, options=("Ancre", "Barque"))[-1] == (
        "Votes are equal: the chair has the casting vote, for Barque."
    )
    lines = told("1", "2", form=Form.APPROVAL, options=("Ancre", "Barque"))
    assert "lot" in lines[-3]
    assert lines[-1].endswith("c0 was published when the vote was opened: 5eed.")


def test_an_objection_is_heard() -> None:
    assert told("consent", "objection", form=Form.CONSENT, text="Trop petit.") == [
        "Objection by Anne Martin: Trop petit.",
        "No consent: objections to resolve: 1, consents: 1.",
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", [form for form in Form if form.elects])
def test_nothing_chosen_is_told_in_every_form(form: Form, lang: str) -> None:
    lines = told("abstain", lang=lang, form=form, options=("Ancre", "Barque"), waive_secret=True)
    assert lines[0] == {"fr": "Rien n’est choisi", "en": "Nothing is chosen"}[lang]
    assert len(lines) > 1


def test_a_long_count_is_cut_to_its_end() -> None:
    options = tuple(f"Le candidat numéro {number:02}" for number in range(25))
    order = ">".join(str(number) for number in range(1, 26))
    lines = told(order, "2", "3", lang="fr", form=Form.STV, options=options, seats=12)
    assert lines[1].endswith("au procès-verbal.")
    assert sum(map(len, lines[2:])) <= STEPS


def test_options_are_named_in_order() -> None:
    story = Story().opened()
    story.then(c.OpenBallot, CHAIR, ballot=BALLOT, motion="Qui ?", form=Form.IRV, candidates=(BILAL, ANNE))
    ballot = story.meeting.ballots[BALLOT]
    assert option_names(ballot, NAMES, translator("fr")) == ("Bilal Haddad", "Anne Martin")
