"""What boards say, line by line, as a member reads them."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.boards import Action, Board, Style, Tone, ballot_board, cut, floor_board, session_board, sitting
from meetings.boards.text import cut_lines
from meetings.domain import commands as c
from meetings.domain.decide import decide
from meetings.domain.events import Planned, Recorded
from meetings.domain.meeting import Meeting, evolve
from meetings.domain.refusals import Refusal
from meetings.domain.rules import CGCT
from meetings.domain.values import BallotId, Choice, Mark, MeetingId, MemberId, PlannedItem, Role, Seat, Slip

START = datetime(2026, 11, 22, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
CHAIR, ANNE, BILAL, CHLOE = (MemberId(name) for name in ("1", "2", "3", "4"))
NAMES = {CHAIR: "Aminata Diallo", ANNE: "Anne Martin", BILAL: "Bilal Haddad"}
PLAN = Planned(
    council="Conseil citoyen de Lunel",
    title="Séance de novembre",
    starts=START,
    ends=START + timedelta(hours=2),
    channel="1",
    venue="stage",
    lang="fr",
    items=(PlannedItem(1, "Bancs du parc", 15), PlannedItem(2, "Fête de quartier", 20), PlannedItem(3, "Divers")),
    roster=(Seat(CHAIR, Role.CHAIR), Seat(ANNE), Seat(BILAL), Seat(CHLOE)),
)
ID = MeetingId("m")
BALLOT = BallotId("b")


class Story:
    """A meeting told command by command, a minute after each other."""

    def __init__(self, **changes: object) -> None:
        self.meeting, self.clock = Meeting(ID), START - timedelta(minutes=1)
        self.then(c.Plan, plan=replace(PLAN, **changes))

    def then(self, kind: type[c.Command], by: MemberId | None = None, **fields: object) -> "Story":
        self.clock += timedelta(minutes=1)
        outcome = decide(self.meeting, kind(meeting=ID, at=self.clock, by=by, **fields), CGCT)
        assert not isinstance(outcome, Refusal), outcome
        for event in outcome:
            self.meeting = evolve(self.meeting, Recorded(ID, self.meeting.seq + 1, self.clock, by, "", event))
        return self

    def arrive(self, *members: MemberId) -> "Story":
        for member in members:
            self.then(c.Arrive, member=member)
        return self

    def opened(self, *members: MemberId) -> "Story":
        return self.then(c.Convene).arrive(*members or (CHAIR, ANNE, BILAL)).then(c.Open, CHAIR)

    def voted(self, secret: bool = False, **choices: Choice) -> "Story":
        self.then(c.OpenBallot, CHAIR, ballot=BALLOT, motion="Poser deux bancs.", secret=secret)
        for member, choice in choices.items():
            self.then(c.CastVote, {"chair": CHAIR, "anne": ANNE, "bilal": BILAL}[member], ballot=BALLOT, mark=choice)
        return self

    def closed(self, slips: tuple[Choice, ...] = ()) -> "Story":
        urn = tuple(Slip(str(number), Mark(choice)) for number, choice in enumerate(slips))
        return self.then(c.CloseBallot, CHAIR, ballot=BALLOT, slips=urn, decision="2026-014")

    def ballot(self) -> Board:
        return ballot_board(self.meeting, self.meeting.ballots[BALLOT], NAMES)


def read(board: Board) -> list[str]:
    """The board as plain lines; done is `~`, now is `*`, beside the point is `(...)`, a motion is `>`."""
    marks = {Style.PLAIN: "{}", Style.STRONG: "*{}", Style.DONE: "~{}", Style.QUOTE: "> {}", Style.SMALL: "({})"}
    lines = [f"# {board.title}"]
    for section in board.sections:
        lines += [f"## {section.heading}"] if section.heading else []
        lines += [marks[line.style].format(line.text) + (" ..." if line.since else "") for line in section.lines]
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in lines]


def test_nothing_is_drawn_before_the_hour() -> None:
    assert sitting(Story().meeting, NAMES, CGCT) == ()
    assert sitting(Meeting(ID), NAMES, CGCT) == ()
    with pytest.raises(ValueError, match="not planned"):
        session_board(Meeting(ID), NAMES, CGCT)


def test_the_convened_room_says_who_is_missing() -> None:
    (board,) = sitting(Story().then(c.Convene).arrive(CHAIR, ANNE).meeting, NAMES, CGCT)
    assert read(board) == [
        "# Séance de novembre",
        "*Les membres arrivent ; la présidence va ouvrir la séance.",
        "✗ Quorum non atteint : 2 présents sur 4, il en faut 3",
        "## Ordre du jour",
        "1. Bancs du parc · 15 min",
        "2. Fête de quartier · 20 min",
        "3. Divers",
    ]
    assert [button.action for button in board.buttons] == [Action.CATCH_UP]


def test_the_session_shows_what_was_is_and_will_be_debated_and_the_floor_below() -> None:
    story = Story().opened().then(c.StartRecording).then(c.NextItem, CHAIR)
    story.then(c.RaiseHand, ANNE).then(c.RaiseHand, BILAL, native=True).then(c.NextItem, CHAIR)
    session, floor = sitting(story.meeting, NAMES, CGCT)
    assert read(session) == [
        "# Séance de novembre",
        "*Séance ouverte à 18 h 35",
        "✓ Quorum atteint : 3 présents sur 4, il en faut 3",
        "(● La séance est enregistrée.)",
        "## Ordre du jour",
        "~1. Bancs du parc · 3 min sur 15 min",
        "*▶ 2. Fête de quartier",
        "(20 min · depuis 18 h 40) ...",
        "3. Divers",
    ]
    assert read(floor) == [
        "# La parole",
        "Personne n’a la parole.",
        "1. Anne Martin",
        "2. Bilal Haddad (depuis la scène)",
    ]
    assert [(button.action, button.subject) for button in floor.buttons] == [
        (Action.RAISE, ID),
        (Action.POINT, ID),
        (Action.LOWER, ID),
        (Action.CATCH_UP, ID),
    ]
    assert (session.tone, floor.tone) == (Tone.LIVE, Tone.QUIET)
    story.then(c.GiveFloor, CHAIR)
    assert read(floor_board(story.meeting, NAMES))[1:] == [
        "*Anne Martin a la parole ...",
        "1. Bilal Haddad (depuis la scène)",
    ]


def test_the_adjourned_session_keeps_its_agenda_and_loses_its_buttons() -> None:
    story = Story(lang="en").opened().then(c.NextItem, CHAIR).then(c.Adjourn, CHAIR)
    (board,) = sitting(story.meeting, NAMES, CGCT)
    assert read(board) == [
        "# Séance de novembre",
        "*Session closed at 18:37",
        "## Agenda",
        "~1. Bancs du parc · 1 min of 15 min",
        "2. Fête de quartier · 20 min",
        "3. Divers",
    ]


def test_a_long_agenda_shows_what_a_phone_holds() -> None:
    items = tuple(PlannedItem(number, f"Point {'très ' * 30}long") for number in range(1, 31))
    story = Story(items=items).opened().then(c.NextItem, CHAIR, number=10)
    lines = read(session_board(story.meeting, NAMES, CGCT))
    agenda = lines[lines.index("## Ordre du jour") + 1 :]
    assert agenda[0] == "(6 points déjà traités)"
    assert agenda[-1] == "(puis 13 autres points)"
    assert len(agenda) == 2 + 11 + 1
    assert all(len(line) <= 100 for line in agenda)


def test_a_long_queue_is_counted_and_unknown_names_are_said_so() -> None:
    seats = tuple(Seat(MemberId(str(n)), Role.CHAIR if n == 1 else Role.MEMBER) for n in range(1, 15))
    story = Story(roster=seats).opened(*(seat.member for seat in seats))
    for seat in seats[1:]:
        story.then(c.RaiseHand, seat.member)
    lines = read(floor_board(story.meeting, NAMES))
    assert lines[2] == "1. Anne Martin"
    assert lines[4] == "3. Membre sans nom connu"
    assert lines[-1] == "(et 3 autres)"
    assert len(lines) == 13


def test_a_public_vote_counts_while_it_runs_and_names_when_it_is_closed() -> None:
    story = Story().opened().voted(chair=Choice.FOR, anne=Choice.FOR, bilal=Choice.AGAINST)
    assert read(story.ballot()) == [
        "# Vote public en cours",
        "> Poser deux bancs.",
        "*Pour 2 · Contre 1 · Abstention 0",
        "3 votes reçus sur 3 présents",
        "(Il faut plus de la moitié des suffrages exprimés.)",
    ]
    assert [(button.action, button.value) for button in story.ballot().buttons] == [
        (Action.CAST, "for"),
        (Action.CAST, "against"),
        (Action.CAST, "abstain"),
        (Action.CAST, "out"),
        (Action.MINE, ""),
    ]
    closed = story.closed().ballot()
    assert read(closed) == [
        "# Adopté : délibération 2026-014",
        "> Poser deux bancs.",
        "*Pour 2 · Contre 1 · Abstention 0",
        "Majorité absolue des suffrages exprimés : 2 pour sur 3, 1 contre.",
        "(Pour : Aminata Diallo, Anne Martin)",
        "(Contre : Bilal Haddad)",
    ]
    assert ([button.action for button in closed.buttons], closed.tone) == ([Action.MINE], Tone.GOOD)


def test_a_secret_vote_says_only_how_many_and_never_who() -> None:
    story = Story(lang="en").opened().voted(secret=True, anne=Choice.FOR, bilal=Choice.AGAINST)
    assert read(story.ballot()) == [
        "# Secret vote under way",
        "> Poser deux bancs.",
        "2 votes received, 3 present",
        "(More than half of the votes cast is needed.)",
    ]
    closed = story.closed(slips=(Choice.AGAINST, Choice.FOR)).ballot()
    assert read(closed) == [
        "# Rejected: decision 2026-014",
        "> Poser deux bancs.",
        "*For 1 · Against 1 · Abstain 0",
        "Votes are equal (1 for, 1 against) and nothing breaks the tie: nothing is adopted.",
        "(Secret vote: choices were kept apart from names.)",
    ]
    assert closed.tone is Tone.BAD


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ({"anne": Choice.FOR, "chair": Choice.AGAINST}, "la voix de la présidence est prépondérante, elle est contre"),
        ({"anne": Choice.AGAINST, "chair": Choice.FOR}, "la voix de la présidence est prépondérante, elle est pour"),
        ({"anne": Choice.AGAINST, "bilal": Choice.FOR, "chair": Choice.ABSTAIN}, "que rien ne départage"),
        ({"anne": Choice.ABSTAIN}, "Aucun suffrage exprimé"),
        ({"anne": Choice.AGAINST}, "1 contre sur 1, 0 pour"),
    ],
)
def test_every_result_says_the_rule_that_settled_it(choices: dict[str, Choice], reason: str) -> None:
    assert reason in "\n".join(read(Story().opened().voted(**choices).closed().ballot()))


@given(st.text(max_size=300), st.integers(1, 100))
def test_cut_keeps_within_the_limit_on_one_line_and_changes_nothing_that_fits(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    assert cut(shown, limit) == shown
    assert len(cut_lines(text, limit)) <= limit


def test_cut_ends_at_a_word() -> None:
    assert cut("Examen du projet de règlement", 20) == "Examen du projet de…"
    assert cut("Anticonstitutionnellement", 10) == "Anticonst…"
    assert cut_lines("un\ndeux\ntrois", 9) == "un\ndeux…"


def test_a_recess_is_said_with_its_end_and_nothing_is_recorded() -> None:
    story = Story().opened().then(c.StartRecording).then(c.NextItem, CHAIR).then(c.Suspend, CHAIR, minutes=10)
    session, floor = sitting(story.meeting, NAMES, CGCT)
    assert read(session)[1:5] == [
        "*Séance ouverte à 18 h 35",
        "*Séance suspendue depuis 18 h 38",
        "Reprise prévue à 18 h 48 ...",
        "✓ Quorum atteint : 3 présents sur 4, il en faut 3",
    ]
    assert "enregistrée" not in "".join(read(session))
    assert floor.buttons
    assert "● La séance est enregistrée." in "".join(read(sitting(story.then(c.Resume, CHAIR).meeting, NAMES, CGCT)[0]))


def test_closed_doors_are_asked_for_voted_and_said() -> None:
    story = Story().opened().then(c.StartRecording).then(c.AskClosedSession, ANNE, ballot=BALLOT)
    assert "(1 membre demande le huis clos ; il en faut 3)" in read(session_board(story.meeting, NAMES, CGCT))
    story.then(c.AskClosedSession, CHAIR, ballot=BALLOT)
    assert read(story.ballot())[:3] == [
        "# Vote public en cours",
        "> Le conseil siège à huis clos.",
        "(Ce vote a lieu sans débat.)",
    ]
    story.then(c.CastVote, ANNE, ballot=BALLOT, mark=Choice.FOR).closed()
    assert "(Pour : Anne Martin)" in read(story.ballot())
    lines = read(session_board(story.meeting, NAMES, CGCT))
    assert lines[2] == "*🔒 Huis clos depuis 18 h 40"
    assert "le robot a quitté la salle" in lines[3]
    assert not any("enregistrée." in line for line in lines)
    inside = BallotId("inside")
    story.then(c.OpenBallot, CHAIR, ballot=inside, motion="Radier").then(
        c.CastVote, ANNE, ballot=inside, mark=Choice.FOR
    )
    story.then(c.CloseBallot, CHAIR, ballot=inside, decision="2026-015")
    shown = read(ballot_board(story.meeting, story.meeting.ballots[inside], NAMES))
    assert not any("Anne" in line for line in shown)
    assert "(Voté à huis clos : qui a voté quoi ne se publie pas.)" in shown


def test_the_agenda_shows_what_was_withdrawn_postponed_and_returned_to() -> None:
    story = Story().opened().then(c.NextItem, CHAIR).then(c.PostponeItem, CHAIR, number=2)
    story.then(c.WithdrawItem, CHAIR, number=3)
    lines = read(session_board(story.meeting, NAMES, CGCT))
    assert lines[-2:] == ["(2. Fête de quartier · reporté à la prochaine séance)", "(3. Divers · retiré)"]
    story.then(c.NextItem, CHAIR, number=3).then(c.NextItem, CHAIR, number=1)
    lines = read(session_board(story.meeting, NAMES, CGCT))
    assert "(15 min · depuis 18 h 40) ..." in lines
    assert "~3. Divers · 1 min" in lines
    closed = session_board(story.then(c.Adjourn, CHAIR).meeting, NAMES, CGCT)
    assert "~1. Bancs du parc · 4 min sur 15 min" in read(closed)


def test_who_presides_is_said_where_it_is_not_the_chair() -> None:
    story = Story().opened().then(c.HandGavel, CHAIR, member=ANNE)
    assert "Anne Martin préside la séance" in read(session_board(story.meeting, NAMES, CGCT))
    story.then(c.Leave, member=ANNE)
    assert any(
        line.startswith("*Personne ne préside : Anne Martin a quitté la salle.")
        for line in read(session_board(story.meeting, NAMES, CGCT))
    )
