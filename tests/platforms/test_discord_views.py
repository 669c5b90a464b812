"""Whatever people wrote, a board is a message that Discord takes."""

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.boards import Action, Board, Button, Line, Menu, Section, Style
from meetings.platforms.discord.views import layout
from meetings.rehearsal.loopback.errors import FormErrors
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.message_forms import read_message

TEXTS = st.text(max_size=400) | st.sampled_from(
    ["*_~`|" * 60, "🌳" * 300, "@everyone <@123456789012345678> " * 9, "\n# a\n- b\n> c"]
)
LINES = st.builds(Line, TEXTS, st.sampled_from(Style))
MENU = Menu("1", "Choisir", tuple((str(n), "x" * 120) for n in range(25)), chosen=("3", "4"), least=0, most=25)
BUTTONS = tuple(Button(Action.CAST, "1", "Voter " * 30, value=str(n)) for n in range(12))


def payload(boards: list[Board]) -> dict[str, Any]:
    async def drawn() -> list[dict[str, Any]]:
        return layout(boards).to_components()  # discord.py makes views inside a running loop alone

    return {"flags": 1 << 15, "components": asyncio.run(drawn())}


@settings(max_examples=40)
@given(st.lists(st.builds(Section, st.lists(LINES, max_size=12).map(tuple), TEXTS), max_size=4), TEXTS)
def test_a_board_of_any_words_is_a_message_that_discord_takes(sections: list[Section], title: str) -> None:
    board = Board("b", title, tuple(sections), BUTTONS, MENU)
    sent = payload([board])
    read_message(Form(sent, FormErrors()), {})
    text = "".join(one["content"] for one in sent["components"][0]["components"] if one["type"] == 10)
    assert len(text) <= 4_000
    assert len(text.encode()) <= 10_000
    assert "@everyone" not in text
    assert "<@1" not in text


def test_lines_that_do_not_fit_are_left_out_from_the_end_and_a_sign_says_so() -> None:
    lines = tuple(Line(f"{number} {'x' * 200}") for number in range(40))
    told = payload([Board("b", "Titre", (Section(lines), Section((Line("après"),))))])
    text = told["components"][0]["components"][0]["content"]
    assert text.splitlines()[2].startswith("0 x")
    assert text.endswith("\n…")
    assert "après" not in text


def test_rows_of_buttons_are_about_as_long() -> None:
    rows = [
        one["components"] for one in payload([Board("b", "Titre", (), BUTTONS[:7])])["components"][0]["components"][1:]
    ]
    assert [len(row) for row in rows] == [3, 4]
