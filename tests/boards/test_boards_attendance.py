"""Boards about who is there: the quorum lost or waived, the whole roll, one's own presence, where the meeting is."""

from dataclasses import replace
from datetime import timedelta

from test_boards import ANNE, BILAL, CHAIR, CHLOE, NAMES, START, Story, read

from meetings.boards import Action, Tone, catch_up_board, floor_board, panel, record_board, roll_board, session_board
from meetings.domain import commands as c
from meetings.domain.rules import CGCT, FloorRules
from meetings.domain.values import BallotId, MeetingId, MemberId, Role, Seat, Waiver
from meetings.i18n import translator
from meetings.platforms.discord.views import TEXT_LIMIT, layout

FR = translator("fr")


def test_a_quorum_lost_stands_out_until_it_is_back() -> None:
    story = Story().opened().then(c.Leave, member=ANNE)
    board = session_board(story.meeting, NAMES, CGCT)
    assert board.tone is Tone.BAD
    assert read(board)[2:4] == ["*✗ Quorum non atteint : 2 présents sur 4, il en faut 3", "(quorum perdu) ..."]
    story.then(c.NoteArrival, CHAIR, member=CHLOE)
    board = session_board(story.meeting, NAMES, CGCT)
    assert board.tone is Tone.LIVE
    assert read(board)[2:4] == [
        "✓ Quorum atteint : 3 présents sur 4, il en faut 3",
        "(dont 1 présent hors du salon vocal)",
    ]


def test_a_meeting_without_quorum_says_why_and_one_put_off_says_until_when() -> None:
    story = Story(waiver=Waiver(MeetingId("before"), START - timedelta(days=7))).opened(CHAIR)
    assert read(session_board(story.meeting, NAMES, CGCT))[2:4] == [
        "Sans condition de quorum · présents : 1 sur 4",
        "(Faute de quorum le dimanche 15 novembre 2026, le conseil est reconvoqué sur le même ordre du jour.)",
    ]
    lacking = Story().then(c.Convene).then(c.Reconvene, CHAIR, starts=START + timedelta(days=7))
    closed = read(session_board(lacking.meeting, NAMES, CGCT))[1]
    assert closed.startswith("*Séance levée à 18 h 32, faute de quorum.")
    assert closed.endswith("Le conseil se réunit de nouveau le dimanche 29 novembre 2026 à 18 h 30.")


def test_the_roll_names_everybody_once() -> None:
    story = Story(rules=CGCT).then(c.Excuse, CHLOE).then(c.GiveProxy, BILAL, holder=CHAIR)
    story.then(c.AcceptProxy, CHAIR, giver=BILAL).then(c.Convene).arrive(CHAIR).then(c.NoteArrival, CHAIR, member=ANNE)
    assert read(roll_board(story.meeting, NAMES, story.clock, FR)) == [
        "# Les présences",
        "✗ Quorum non atteint : 2 présents sur 4, il en faut 3",
        "(et 1 membre représenté, qui vote mais ne compte pas pour le quorum)",
        "(dont 1 présent hors du salon vocal)",
        "## Présents",
        "Aminata Diallo, Anne Martin (hors du salon)",
        "## Représentés",
        "Bilal Haddad (par Aminata Diallo)",
        "## Excusés",
        "Membre sans nom connu",
    ]


def test_the_roll_of_five_hundred_fits_one_message() -> None:
    members = [MemberId(str(number)) for number in range(500)]
    seats = (Seat(members[0], Role.CHAIR), *(Seat(one) for one in members[1:]))
    names = {one: f"*_Membre au nom fort long_* {one}" for one in members}
    story = Story(roster=seats, rules=CGCT).then(c.Convene)
    for one in members[:170]:
        story.then(c.Arrive, member=one)
    for one in members[170:340]:
        story.then(c.Excuse, one)
    shown = layout([roll_board(story.meeting, names, story.clock, FR)])
    assert shown.content_length() <= TEXT_LIMIT
    lines = read(roll_board(story.meeting, names, story.clock, FR))
    assert [line for line in lines if line.startswith("## ")] == ["## Présents", "## Excusés", "## Absents"]
    assert all("autres" in line for line in lines if line.startswith("*_Membre"))


def test_where_we_are_is_told_to_who_has_no_seat() -> None:
    story = Story().opened().then(c.NextItem, CHAIR).then(c.GiveFloor, CHAIR, member=ANNE)
    story.then(c.OpenBallot, CHAIR, ballot=BallotId("b"), motion="Poser deux bancs")
    assert read(catch_up_board(story.meeting, NAMES, FR)) == [
        "# La séance",
        "*▶ 1. Bancs du parc",
        "Anne Martin a la parole ...",
        "*Un vote est en cours : Poser deux bancs",
        "✓ Quorum atteint : 3 présents sur 4, il en faut 3",
    ]
    assert floor_board(story.meeting, NAMES).buttons[-1].action is Action.CATCH_UP


def test_ones_record_says_how_one_attends_and_why_one_waits() -> None:
    story = Story(rules=CGCT).opened(CHAIR, ANNE, BILAL).then(c.RaiseHand, BILAL).then(c.RaiseHand, ANNE)
    lines = read(record_board(story.meeting, ANNE, NAMES, story.clock, FR))
    assert "Vous êtes dans la salle depuis 18 h 33." in lines
    assert "*Vous êtes en position 2 sur 2. ..." in lines
    assert "(Bilal Haddad a demandé la parole avant vous.)" in lines
    story.then(c.NoteArrival, CHAIR, member=CHLOE)
    assert "noté présent hors du salon vocal, depuis" in " ".join(
        read(record_board(story.meeting, CHLOE, NAMES, story.clock, FR))
    )


def test_the_panel_offers_nothing_that_would_be_refused() -> None:
    """Whatever the state, each act of the panel that says nothing more is one the council takes."""
    rules = replace(CGCT, floor=FloorRules(order=CGCT.floor.order, speech=60))
    acts = {
        Action.OPEN: c.Open,
        Action.NEXT: c.NextItem,
        Action.GIVE: c.GiveFloor,
        Action.SKIP: c.SkipHand,
        Action.TAKE: c.TakeFloor,
        Action.CLOSE_LIST: c.CloseList,
        Action.REOPEN_LIST: c.ReopenList,
        Action.SUSPEND: c.Suspend,
        Action.RESUME: c.Resume,
    }
    story = Story(rules=rules).then(c.Convene).arrive(CHAIR, ANNE)
    seen: set[Action] = set()
    steps: list[tuple[type[c.Command], MemberId | None, dict[str, object]]] = [
        (c.Arrive, None, {"member": BILAL}),
        (c.Open, CHAIR, {}),
        (c.RaiseHand, ANNE, {}),
        (c.RaiseHand, BILAL, {}),
        (c.NextItem, CHAIR, {}),
        (c.GiveFloor, CHAIR, {}),
        (c.CloseList, CHAIR, {}),
        (c.Leave, None, {"member": BILAL}),
        (c.Suspend, CHAIR, {}),
        (c.Arrive, None, {"member": BILAL}),
        (c.Resume, CHAIR, {}),
    ]
    for kind, by, fields in steps:
        for button in panel(story.meeting, NAMES, FR).buttons:
            seen.add(button.action)
            if button.action in acts:
                Fork(story).then(acts[button.action], CHAIR)
        story.then(kind, by, **fields)
    assert acts.keys() | {Action.RECONVENE, Action.EXTEND, Action.ADJOURN} <= seen


class Fork(Story):
    """The same story, to try another end."""

    def __init__(self, story: Story) -> None:
        self.meeting, self.clock = story.meeting, story.clock
