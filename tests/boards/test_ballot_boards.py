"""Boards of every form of ballot, and the booth in which one fills in a vote."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_boards import ANNE, BALLOT, BILAL, CHAIR, CHLOE, NAMES, Story, read

from meetings.boards import Action, Board, Tone, ballot_board, booth_board, cut, mark_words, panel, picked
from meetings.boards.text import cut_lines
from meetings.domain import commands as c
from meetings.domain.ballot import Ballot
from meetings.domain.count import Base, Threshold
from meetings.domain.marks import spelled
from meetings.domain.rules import OPTIONS_LIMIT
from meetings.domain.values import BallotId, Form, Mark, MemberId, Slip
from meetings.i18n import translator

FR = translator("fr")
THREE = ("Bancs", "Arbres", "Jeux")
SIX = (*THREE, "Fontaine", "Kiosque", "Haies")


class Poll(Story):
    """A session in which one ballot is opened."""

    def put(self, form: Form, options: tuple[str, ...] = (), **fields: object) -> "Poll":
        self.opened()
        self.then(
            c.OpenBallot, CHAIR, ballot=BALLOT, motion="Que faire du square ?", form=form, options=options, **fields
        )
        return self

    def cast(self, **marks: str) -> "Poll":
        for member, mark in marks.items():
            who = {"chair": CHAIR, "anne": ANNE, "bilal": BILAL}[member]
            self.then(c.CastVote, who, ballot=BALLOT, mark=Mark(mark), text="Trop cher" if mark == "objection" else "")
        return self

    @property
    def paper(self) -> Ballot:
        return self.meeting.ballots[BALLOT]

    def booth(self, filled: str) -> Board:
        return booth_board(self.paper, filled, NAMES, FR)


def labels(board: Board) -> list[str]:
    return [button.label.replace("\u00a0", " ") for button in board.buttons]


def value(board: Board, label: str) -> str:
    return next(button.value for button in board.buttons if button.label == label)


def test_a_choice_among_few_has_a_button_each_and_counts_them() -> None:
    poll = Poll().put(Form.OPTIONS, THREE).cast(anne="2", bilal="2", chair="abstain")
    assert read(poll.ballot()) == [
        "# Vote public en cours",
        "> Que faire du square ?",
        "3 votes reçus sur 3 présents",
        "(Choix entre options)",
        "(L’option qui a le plus de voix est choisie.)",
        "1. Bancs · 0",
        "2. Arbres · 2",
        "3. Jeux · 0",
    ]
    assert labels(poll.ballot()) == ["1. Bancs", "2. Arbres", "3. Jeux", "Blanc", "Ne prend pas part", "Mon vote"]
    closed = poll.closed().ballot()
    lines = read(closed)
    assert lines[:3] == ["# Décidé : délibération 2026-014", "> Que faire du square ?", "*✓ Arbres"]
    assert lines[3:6] == ["Arbres : 2", "Bancs, Jeux : 0", "Votes blancs : 1"]
    assert lines[-2:] == ["(Arbres : Anne Martin, Bilal Haddad)", "(Blanc : Aminata Diallo)"]
    assert closed.tone is Tone.GOOD


def test_a_choice_among_many_is_made_in_the_booth_and_shown_before_it_is_cast() -> None:
    poll = Poll().put(Form.OPTIONS, SIX)
    assert labels(poll.ballot()) == ["Voter", "Mon vote"]
    empty = poll.booth("")
    assert empty.menu
    assert (empty.menu.least, empty.menu.most) == (1, 1)
    assert empty.menu.options[3] == ("4", "4. Fontaine")
    assert labels(empty) == ["Blanc", "Ne prend pas part"]
    filled = poll.booth(picked(poll.paper, "", ("4",)))
    assert "*✓ Fontaine" in read(filled)
    assert "(Voici ce que vous allez voter.)" in read(filled)
    assert (labels(filled), value(filled, "Voter ainsi")) == (["Voter ainsi"], "4")


@pytest.mark.parametrize(("form", "seats"), [(Form.IRV, 1), (Form.STV, 2)])
def test_a_ranking_grows_choice_by_choice_and_can_be_undone(form: Form, seats: int) -> None:
    poll = Poll().put(form, THREE, seats=seats)
    assert labels(poll.ballot()) == ["Voter", "Mon vote"]
    first = poll.booth(picked(poll.paper, "", ("3",)))
    second = poll.booth(picked(poll.paper, "3", ("1",)))
    assert first.menu
    assert [value for value, _ in first.menu.options] == ["1", "2"]
    assert (first.menu.value, first.menu.prompt.replace("\u00a0", " ")) == ("3", "Choix n° 2")
    assert read(second)[2:4] == ["*1. Jeux", "*2. Bancs"]
    assert value(second, "Voter ainsi") == "3>1"
    assert value(second, "Retirer le dernier") == "3"
    whole = poll.booth("3>1>2")
    assert whole.menu is None
    assert "(Voici ce que vous allez voter.)" in read(whole)
    poll.cast(anne=value(whole, "Voter ainsi"))
    assert mark_words(poll.paper, Mark("3>1>2"), NAMES, FR) == "Jeux > Bancs > Arbres"
    poll.cast(bilal="3").closed()
    assert f"*✓ {THREE[2]}" in read(poll.ballot())
    assert any("quotient" in line or "Étape" in line for line in read(poll.ballot()))


def test_approval_takes_several_and_may_take_them_back() -> None:
    poll = Poll().put(Form.APPROVAL, THREE)
    filled = poll.booth(picked(poll.paper, "", ("3", "1")))
    assert filled.menu
    assert (filled.menu.least, filled.menu.most, filled.menu.chosen) == (0, 3, ("1", "3"))
    assert value(filled, "Voter ainsi") == "1,3"
    assert labels(poll.booth(picked(poll.paper, "1,3", ()))) == ["Blanc", "Ne prend pas part"]
    poll.cast(anne="1,3")
    assert "1. Bancs · 1" in read(poll.ballot())


def test_judgement_grades_each_option_in_turn() -> None:
    poll = Poll().put(Form.JUDGEMENT, THREE)
    board = poll.booth("")
    assert "*1 sur 3 · Bancs" in read(board)
    assert labels(board)[0] == "Excellent"
    assert value(board, "À rejeter") == "7"
    board = poll.booth("7,1")
    assert read(board)[2:5] == ["Bancs : À rejeter", "Arbres : Excellent", "*3 sur 3 · Jeux"]
    assert value(board, "Retirer le dernier") == "7"
    assert value(board, "Bien") == "7,1,3"
    done = poll.booth("7,1,3")
    assert labels(done) == ["Voter ainsi", "Retirer le dernier"]
    poll.cast(anne="7,1,3", bilal="7,2,4").closed()
    assert "*✓ Arbres" in read(poll.ballot())


def test_consent_asks_for_an_objections_words_and_lists_them() -> None:
    poll = Poll().put(Form.CONSENT)
    board = poll.ballot()
    assert [(button.action, button.value) for button in board.buttons][:3] == [
        (Action.CAST, "consent"),
        (Action.OBJECT, "reservation"),
        (Action.OBJECT, "objection"),
    ]
    poll.cast(anne="consent", bilal="objection")
    assert "*Consentent 1 · Objectent 1 · Abstention 0" in read(poll.ballot())
    lines = read(poll.closed().ballot())
    assert lines[0] == "# Rejeté : délibération 2026-014"
    assert any("Bilal Haddad" in line and "Trop cher" in line for line in lines)


def test_an_appointment_says_its_round_its_candidates_and_the_lots_commitment() -> None:
    poll = Poll().put(Form.APPOINTMENT, candidates=(ANNE, BILAL), commitment="ab" * 32)
    lines = read(poll.ballot())
    assert lines[0] == "# Vote secret en cours"
    assert "(Nomination · tour 1 sur 3)" in lines
    assert any("ab" * 32 in line for line in lines)
    assert lines[-2:] == ["1. Anne Martin", "2. Bilal Haddad"]
    assert labels(poll.ballot())[:2] == ["1. Anne Martin", "2. Bilal Haddad"]
    poll.then(c.CastVote, ANNE, ballot=BALLOT, mark=Mark("1")).then(c.CastVote, BILAL, ballot=BALLOT, mark=Mark("2"))
    urn = (Slip("AAAA", Mark("1")), Slip("BBBB", Mark("2")))
    poll.then(c.CloseBallot, CHAIR, ballot=BALLOT, slips=urn, decision="2026-014")
    closed = poll.ballot()
    assert read(closed)[0] == "# Pas encore de décision"
    assert (closed.tone, labels(closed)) == (Tone.QUIET, ["Bulletins", "Mon vote"])
    assert not any("Anne Martin :" in line for line in read(closed) if line.startswith("("))
    shown = panel(poll.meeting, NAMES, FR)
    assert "Ouvrir le tour 2" in labels(shown)


@pytest.mark.parametrize(
    ("threshold", "basis", "said"),
    [
        (Threshold.TWO_THIRDS, Base.PRESENT, "(Il faut les deux tiers des présents.)"),
        (Threshold.UNANIMITY, Base.ALL, "(Il faut l’unanimité des membres en exercice.)"),
        (Threshold.SIMPLE, Base.CAST, "(Il faut plus de voix pour que contre.)"),
    ],
)
def test_a_motion_says_what_it_needs_and_whether_it_had_it(threshold: Threshold, basis: Base, said: str) -> None:
    poll = Poll().put(Form.MOTION, threshold=threshold, basis=basis).cast(anne="for", bilal="against")
    assert said in read(poll.ballot())
    lines = read(poll.closed().ballot())
    assert lines[0].startswith("# Rejeté")
    assert len(lines) > 4


def test_an_annulled_vote_shows_its_reason_and_nothing_that_was_cast() -> None:
    poll = Poll().put(Form.OPTIONS, THREE).cast(anne="2").closed()
    poll.then(c.AnnulBallot, CHAIR, ballot=BALLOT, reason="Une option manquait")
    assert read(poll.ballot()) == [
        "# Vote annulé",
        "> Que faire du square ?",
        "*Motif : Une option manquait",
        "Rien de ce qui a été voté ici ne compte.",
        "(Le numéro 2026-014 reste attribué à ce vote annulé.)",
    ]
    assert poll.ballot().buttons == ()


def test_a_deadline_is_shown_as_a_moment_to_come() -> None:
    poll = Poll().put(Form.MOTION, minutes=10)
    assert "Clôture automatique ..." in read(poll.ballot())
    assert "Clôture automatique ..." in read(panel(poll.meeting, NAMES, FR))


def test_annulling_is_asked_once_more() -> None:
    poll = Poll().put(Form.MOTION)
    assert labels(panel(poll.meeting, NAMES, FR)) == ["Clore le vote", "Annuler le vote…"]
    sure = panel(poll.meeting, NAMES, FR, Action.ANNUL)
    assert [button.action for button in sure.buttons] == [Action.ANNUL_INDEED, Action.STAY]


@pytest.mark.parametrize("filled", ["4", "1,1,1,1", "8", "0"])
def test_what_no_booth_makes_is_refused(filled: str) -> None:
    form = Form.JUDGEMENT if filled in {"8", "1,1,1,1"} else Form.IRV
    with pytest.raises(ValueError, match=r"\d"):
        Poll().put(form, THREE).booth(filled)


@given(st.data())
def test_whatever_is_filled_in_is_a_mark_that_counts_and_fits_a_custom_id(data: st.DataObject) -> None:
    """Through the booth's own menus and buttons, step by step, with as many options as there may be."""
    form = data.draw(st.sampled_from([form for form in Form if form.elects]))
    many = data.draw(st.integers(6, OPTIONS_LIMIT))
    options = tuple(f"Option {number}" for number in range(many))
    paper = replace(Poll().put(Form.OPTIONS, THREE).paper, id=BallotId("9" * 19), form=form, options=options, seats=1)
    filled = ""
    for _ in range(data.draw(st.integers(0, 2 * many))):
        board = booth_board(paper, filled, NAMES, FR)
        if board.menu and data.draw(st.booleans()):
            values = [value for value, _ in board.menu.options]
            chosen = st.lists(st.sampled_from(values), min_size=board.menu.least, max_size=board.menu.most, unique=True)
            filled = picked(paper, board.menu.value, tuple(data.draw(chosen)))
        elif steps := [button for button in board.buttons if button.action is Action.BOOTH]:
            filled = data.draw(st.sampled_from(steps)).value
    for button in booth_board(paper, filled, NAMES, FR).buttons:
        assert len(f"booth:{button.subject}:{button.value}") <= 100
        if button.action is Action.CAST:
            assert spelled(form, many, button.value) == button.value
            assert mark_words(paper, Mark(button.value), NAMES, FR)


HOSTILE = ("@everyone", "**gras**", "\u202eabc", "שלום עולם", "<@123>", "`" * 90, "\u200b")


def test_hostile_options_stay_one_line_each_and_turn_no_line_around() -> None:
    poll = Poll().put(Form.OPTIONS, HOSTILE)
    lines = read(poll.ballot())
    assert "3. abc · 0" in lines
    assert "4. שלום עולם · 0" in lines
    assert all(not re.search("[\u202a-\u202e\u2066-\u2069]", line) for line in lines)
    menu = poll.booth("").menu
    assert menu
    assert all(words.strip() for _, words in menu.options)


@given(st.text(max_size=200))
def test_no_text_turns_the_direction_of_what_stands_beside_it(text: str) -> None:
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", cut(text, 100) + cut_lines(text, 100))


def test_members_who_are_candidates_are_named_as_the_reader_knows_them() -> None:
    poll = Poll().put(Form.APPOINTMENT, candidates=(CHLOE, MemberId("2")))
    assert mark_words(poll.paper, Mark("1"), NAMES, FR) == "Membre sans nom connu"
    board = ballot_board(poll.meeting, poll.paper, NAMES)
    assert labels(board)[1] == "2. Anne Martin"
