"""Votes on Discord: by buttons, public and secret, each counted once, the result with its reason."""

import asyncio

import pytest
from hall import CHAIR, GUEST, PAUL, SALMA, SECRETARY, Hall, member, plain, until

from meetings.domain.refusals import Code
from meetings.domain.values import Choice
from meetings.i18n import translator
from meetings.rehearsal.cast.client import MemberClient, SeenMessage


async def vote(phone: MemberClient, board: SeenMessage, choice: str) -> str:
    custom_id = next(button.custom_id for button in board.buttons if button.custom_id.endswith(f":{choice}"))
    return plain((await phone.press(board.id, custom_id)).text)


async def test_public_vote_shows_counts_then_names_and_the_rule(hall: Hall) -> None:
    await hall.opened()
    board = await hall.put_to_the_vote("Poser deux bancs\n@everyone **vite**")
    assert r"> Poser deux bancs" in board.text
    assert "@everyone" not in board.text
    assert r"\*\*vite\*\*" in board.text
    answer = await vote(hall.phones[PAUL], board, "for")
    assert "Votre vote : Pour" in answer
    board = await hall.board(hall.ballot, "Pour 1 · Contre 0 · Abstention 0", "1 vote reçu sur 3 présents")
    await vote(hall.phones[SECRETARY], board, "against")
    await vote(hall.phones[CHAIR], board, "for")
    await vote(hall.phones[PAUL], board, "abstain")
    await hall.phones[CHAIR].slash("vote clore")
    closed = await hall.board(hall.ballot, "Adopté", "voix de la présidence est prépondérante")
    assert [button.label for button in closed.buttons] == ["Mon vote"]
    assert r"Abstention : Paul\_Roux\*" in plain(closed.text)
    assert "Pour : Aminata Diallo" in plain(closed.text)


async def test_secret_vote_tells_the_voter_alone_and_never_what(hall: Hall) -> None:
    await hall.opened()
    board = await hall.put_to_the_vote("Désigner Salma déléguée", secret=True)
    chair = hall.phones[CHAIR]
    answer = await hall.phones[PAUL].press(board.id, board.buttons[1].custom_id)
    assert answer.message
    assert answer.message.ephemeral
    assert "urne" in answer.text
    assert not any(word in answer.text.lower() for word in ("pour ", "contre", "abst"))
    again = await hall.phones[PAUL].press(board.id, board.buttons[0].custom_id)
    assert "vot" in again.text
    shown = await hall.board(hall.ballot, "1 vote reçu sur 3 présents")
    assert "Contre" not in shown.text
    assert "Roux" not in shown.text
    await chair.slash("vote clore")
    closed = await hall.board(hall.ballot, "Rejeté", "Pour 0 · Contre 1", "séparés des noms")
    assert "Roux" not in closed.text
    assert all(answer.message.id not in other.messages for other in (chair, hall.phones[SECRETARY]))


async def test_refusals_are_told_to_the_one_who_asked_in_their_language(hall: Hall) -> None:
    hall.server.world.users[GUEST].locale = "en-GB"
    await hall.opened()
    board = await hall.put_to_the_vote("Poser deux bancs")
    guest = await hall.phone(GUEST)
    refused = await guest.press(board.id, board.buttons[0].custom_id)
    assert refused.message
    assert refused.message.ephemeral
    assert refused.text == translator("en")(f"refusal.{Code.NOT_A_MEMBER}")
    late = await hall.phone(SALMA)
    away = await late.press(board.id, board.buttons[0].custom_id)
    assert away.text == translator("fr")(f"refusal.{Code.NOT_PRESENT}")
    assert hall.meeting.running_ballot
    assert hall.meeting.running_ballot.votes == {}


async def test_many_presses_at_once_count_once_each_and_the_board_has_the_last_word(hall: Hall) -> None:
    await hall.opened()
    await hall.enter(SALMA)
    await until(lambda: member(SALMA) in hall.meeting.attendance.present)
    board = await hall.put_to_the_vote("Poser deux bancs")
    voters = [CHAIR, SECRETARY, PAUL, SALMA]
    for choice in ("for", "against", "abstain", "for"):
        await asyncio.gather(*(vote(hall.phones[who], board, choice) for who in voters))
    assert hall.meeting.running_ballot
    assert hall.meeting.running_ballot.votes == {member(who): Choice.FOR for who in voters}
    await hall.board(hall.ballot, "Pour 4 · Contre 0 · Abstention 0", "4 votes reçus sur 4 présents")


@pytest.mark.parametrize("hall", ["voice"], indirect=True)
async def test_a_long_motion_and_many_lines_fit_one_message(hall: Hall) -> None:
    await hall.opened()
    board = await hall.put_to_the_vote(("*_~`" * 200 + "\n- # ")[:990])
    assert len(board.text) <= 4000
    assert len(board.buttons) == 5
